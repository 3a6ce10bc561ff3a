//! The error of central differences, told by the exact derivatives of the same cost.

use super::{Derivatives, Objective, Point};

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
