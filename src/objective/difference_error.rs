//! What a gradient by central differences is off by: ‖∇̂J − ∇J‖ at a point, with ∇J by exact differentiation.
//!
//! It is truncation, about h²/6 times the third derivatives, plus rounding, about 1e-16 |J| / h. A smaller h helps only
//! until the second outweighs the first. Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, section 8.1.

use super::{Derivatives, Objective, Point};

/// The error of a gradient by central differences at a point.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DifferenceError {
    /// The distance h to each side.
    pub step: f64,
    /// The Euclidean norm ‖∇̂J − ∇J‖, in units of J per unit of a coordinate. Not finite where one of the gradients is not.
    pub gradient_error: f64,
}

impl Objective {
    /// The error of the gradient at a point; nothing where derivatives are exact.
    pub fn difference_error(&self, at: Point) -> Option<DifferenceError> {
        let Derivatives::CentralDifference { step } = self.derivatives else { return None };
        let exact = Self { derivatives: Derivatives::Exact, ..self.clone() };
        let difference = self.evaluator().gradient(at) - exact.evaluator().gradient(at);
        Some(DifferenceError { step, gradient_error: difference.x.hypot(difference.y) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;
    use crate::objective::Goal;

    fn error_of(formula: &str, derivatives: Derivatives, at: Point) -> Option<f64> {
        let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
        let error = Objective::new(tape, Goal::Minimize, derivatives).difference_error(at)?;
        assert_eq!(Derivatives::CentralDifference { step: error.step }, derivatives);
        Some(error.gradient_error)
    }

    #[test]
    fn the_error_is_that_of_the_closed_form() {
        let at = Point::new(1.5, -0.5);
        let differences = |step| Derivatives::CentralDifference { step };
        // ((x+h)³ − (x−h)³) / 2h − 3x² = h², and likewise in y: the norm is 5h².
        for step in [0.5, 0.1, 0.01] {
            let error = error_of("3x^3 + 4y^3", differences(step), at).unwrap();
            assert!((error / (5.0 * step * step) - 1.0).abs() < 1e-9, "{step}: {error}");
        }
        assert!(error_of("x^2 + y^2", differences(0.25), at).unwrap() < 1e-14);
        assert_eq!(error_of("3x^3 + 4y^3", Derivatives::Exact, at), None);
        assert!(error_of("ln(x)", differences(0.5), Point::new(0.25, 0.0)).unwrap().is_nan());
    }
}
