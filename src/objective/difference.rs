//! What rounding leaves of central differences, and their error, told by the exact derivatives of the same cost.

use super::{Derivatives, Objective, Point};

/// A difference step that is lost in the spacing of floating-point numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LostStep {
    /// The distance h to each side.
    pub step: f64,
    /// What it is lost beside: a coordinate, or the cost there.
    pub beside: f64,
    /// How far apart numbers of that size are.
    pub spacing: f64,
}

impl LostStep {
    /// The step is lost where it leads to one side from a finite coordinate back to the coordinate.
    pub(super) fn beside(coordinate: f64, step: f64) -> Option<Self> {
        let is_lost = coordinate.is_finite() && width(coordinate, step).is_nan();
        is_lost.then(|| Self { step, beside: coordinate, spacing: spacing(coordinate) })
    }

    /// The step is lost in the rounding of the cost where that explains by how much the gradient is off: by a few units
    /// in the last place of each value over 2h.
    pub(super) fn of_rise(cost: f64, step: f64, error: Point) -> Option<Self> {
        let spacing = spacing(cost);
        (error.amax() <= 8.0 * spacing / step).then_some(Self { step, beside: cost, spacing })
    }
}

/// The distance to the next number of larger size.
fn spacing(number: f64) -> f64 {
    number.abs().next_up() - number.abs()
}

/// The distance from `coordinate` - h to `coordinate` + h as they are rounded; NaN where one of them is `coordinate`.
pub(super) fn width(coordinate: f64, step: f64) -> f64 {
    let [left, right] = [coordinate - step, coordinate + step];
    if left < coordinate && coordinate < right { right - left } else { f64::NAN }
}

/// How far central differences are off at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DifferenceError {
    /// The distance h to each side.
    pub step: f64,
    /// The gradient by differences less the exact one.
    pub error: Point,
}

impl Objective {
    /// The same cost with exact derivatives.
    pub fn exact(&self) -> Objective {
        Objective { derivatives: Derivatives::Exact, ..self.clone() }
    }

    /// How far the gradient is off at a point; `None` if derivatives are exact.
    pub fn difference_error(&self, at: Point) -> Option<DifferenceError> {
        match self.derivatives {
            Derivatives::Exact => None,
            Derivatives::CentralDifference { step } => {
                let error = self.evaluator().gradient(at) - self.exact().evaluator().gradient(at);
                Some(DifferenceError { step, error })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;
    use crate::objective::Goal;

    #[test]
    fn the_error_is_that_of_taylors_theorem() {
        let tape = Expression::parse("x^3 + y^2").unwrap().compile(["x", "y"], &[]).unwrap();
        let objective = Objective::new(tape, Goal::Minimize, Derivatives::CentralDifference { step: 0.1 });
        // ((x+h)³ − (x−h)³) / 2h = 3x² + h², and differences are exact for squares.
        let error = objective.difference_error(Point::new(2.0, 1.0)).unwrap();
        assert!((error.error - Point::new(0.01, 0.0)).norm() < 1e-13, "{error:?}");
        assert_eq!(error.step, 0.1);
        assert_eq!(objective.exact().difference_error(Point::new(2.0, 1.0)), None);
    }
}
