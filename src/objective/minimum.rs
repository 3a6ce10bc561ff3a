//! The minimum that lies downhill of a point.
//!
//! Formula. Steps −H̃⁻¹∇F, with H̃ the Hessian with |λ| in place of its eigenvalues λ, halved until F falls by at least 1e-4 of
//! what the slope promises (Armijo).
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, sections 3.1 and 3.4.
//!
//! Convention. It is a minimum where the step is below 1e-9 of its distance to the origin and both eigenvalues are positive,
//! none below 1e-12 of the other.

use super::{Curvature, Point, SecondOrder, is_finite};

const STEPS: usize = 50;
const HALVINGS: usize = 30;

/// A minimum of a function F.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Minimum {
    /// Where.
    pub at: Point,
    /// F there.
    pub value: f64,
    /// The greatest and the least curvature of F, both positive.
    pub curvatures: [f64; 2],
}

/// The minimum that is reached downhill from `start`, by exact derivatives of what is minimized: at the price of at most 1500
/// of these, mostly some ten.
pub fn minimum_downhill(start: Point, mut exact: impl FnMut(Point) -> SecondOrder) -> Option<Minimum> {
    let (mut at, mut here) = (start, exact(start));
    for _ in 0..STEPS {
        let SecondOrder { value, gradient, hessian } = here;
        if !(value.is_finite() && is_finite(gradient)) {
            return None;
        }
        let curvature = Curvature::of(&hessian)?;
        let steepest = curvature.eigenvalues.iter().fold(0.0_f64, |most, lambda| most.max(lambda.abs()));
        let along = |index: usize| {
            let (lambda, q) = (curvature.eigenvalues[index], curvature.eigenvectors[index]);
            q * (q.dot(&gradient) / lambda.abs().max(1e-12 * steepest))
        };
        let step = -(along(0) + along(1));
        if !is_finite(step) {
            return None;
        }
        if step.norm() <= 1e-9 * at.norm().max(1e-3) {
            let curvatures = curvature.eigenvalues;
            return (curvatures[1] > 1e-12 * curvatures[0]).then_some(Minimum { at, value, curvatures });
        }
        let promised = 1e-4 * gradient.dot(&step);
        // At the bottom the value cannot fall any more but for rounding.
        let most = |part: f64| value + part * promised + 4.0 * f64::EPSILON * value.abs();
        let mut part = 1.0;
        let mut next = None;
        for _ in 0..HALVINGS {
            let to = at + part * step;
            let there = exact(to);
            if there.value <= most(part) {
                next = Some((to, there));
                break;
            }
            part *= 0.5;
        }
        (at, here) = next?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::{Derivatives, Goal, Objective};
    use super::*;
    use crate::expr::Expression;

    #[test]
    fn what_lies_downhill_is_found_and_where_nothing_does_it_is_said() {
        for (formula, start, minimum) in [
            ("(1-x)^2 + 100*(y-x^2)^2", [-1.2, 1.0], Some([1.0, 1.0])),
            ("(x^2+y-11)^2 + (x+y^2-7)^2", [3.5, -2.0], Some([3.584428340330492, -1.848126526964404])),
            ("x^2 + 10*y^2", [1e9, -1e9], Some([0.0, 0.0])),
            ("x^2 - y^2", [1.0, 0.5], None),
            ("x + y", [0.0, 0.0], None),
            ("ln(x) + y^2", [-1.0, 0.0], None),
            ("x^2", [1.0, 1.0], None),
        ] {
            let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
            let mut evaluator = Objective::new(tape, Goal::Minimize, Derivatives::Exact).evaluator();
            let found = minimum_downhill(start.into(), |at| evaluator.second_order(at));
            assert_eq!(found.is_some(), minimum.is_some(), "{formula}: {found:?}");
            if let (Some(found), Some(minimum)) = (found, minimum) {
                assert!((found.at - Point::from(minimum)).norm() < 1e-8, "{formula}: {found:?}");
                assert!(found.curvatures[0] >= found.curvatures[1] && found.curvatures[1] > 0.0);
            }
        }
    }
}
