//! How the optimum of a cost moves while the weights of its penalty go from very large to very small, in one proportion.
//!
//! Formula. For each weight coordinate descent, with Newton's step along a coordinate and the soft threshold where l1 counts it:
//! θₖ ← S(hₖθₖ − gₖ; l1)/hₖ, g and h being slope and curvature of J without l1; from the optimum of the weight before.
//! Source: Friedman, Hastie & Tibshirani, *Regularization paths for generalized linear models via coordinate descent*, Journal of
//! Statistical Software 33(1), 2010, sections 2 and 3. Convention: only of costs that curve up along both coordinates.

use crate::objective::{Objective, Penalty, Point, is_finite, soft_threshold};

/// The weights, in powers of ten times those that are given: from above to below.
const DECADES: [f64; 2] = [4.0, -4.0];
const STEPS: usize = 64;
const SWEEPS: usize = 200;

/// The optima, that of the largest weight first; as far as they are found. None of a cost without a penalty.
pub fn solution_path(objective: &Objective) -> Vec<Point> {
    let penalty = objective.penalty();
    if penalty.is_nothing() {
        return Vec::new();
    }
    let mut path = Vec::new();
    let mut at = Point::zeros();
    for step in 0..=STEPS {
        let share = step as f64 / STEPS as f64;
        let weight = crate::elementary::exp10(DECADES[0] + share * (DECADES[1] - DECADES[0]));
        let penalty = Penalty { l1: weight * penalty.l1, l2: weight * penalty.l2, ..penalty };
        let Some(next) = optimum(objective, penalty, at) else { break };
        at = next;
        path.push(at);
    }
    path
}

fn optimum(objective: &Objective, penalty: Penalty, mut at: Point) -> Option<Point> {
    let mut smooth = objective.clone().with_penalty(penalty.smooth()).exact().evaluator();
    let l1 = penalty.l1_of_each();
    for _ in 0..SWEEPS {
        let before = at;
        for axis in 0..2 {
            let here = smooth.exact_uncounted(at);
            let curvature = here.hessian[(axis, axis)];
            if !(curvature > 0.0 && is_finite(here.gradient)) {
                return None;
            }
            let to = Point::repeat(curvature * at[axis] - here.gradient[axis]);
            at[axis] = soft_threshold(to, Point::repeat(l1[axis])).x / curvature;
        }
        if (at - before).amax() <= 1e-9 * at.amax().max(1e-3) {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;
    use crate::objective::{Derivatives, Goal};

    fn path(formula: &str, l1: f64, l2: f64) -> Vec<Point> {
        let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
        let penalty = Penalty { l1, l2, counts: [true; 2] };
        solution_path(&Objective::new(tape, Goal::Minimize, Derivatives::Exact).with_penalty(penalty))
    }

    #[test]
    fn a_path_leads_from_the_origin_to_the_optimum_without_a_penalty() {
        for (l1, l2) in [(1.0, 0.0), (0.0, 1.0), (0.3, 0.7)] {
            let path = path("(x-2)^2 + (y-0.5)^2 + x*y/2", l1, l2);
            assert_eq!(path.len(), STEPS + 1);
            assert!(path[0].amax() < 1e-3);
            let end = path[STEPS];
            let slope = Point::new(2.0 * (end.x - 2.0) + end.y / 2.0, 2.0 * (end.y - 0.5) + end.x / 2.0);
            assert!(slope.amax() < 1e-3, "{end}");
            let lasso_zeros = path.iter().filter(|at| at.x == 0.0 && at.y == 0.0).count();
            assert_eq!(lasso_zeros > 5, l1 > 0.0, "{lasso_zeros}");
        }
        assert!(path("x^2 + y^2", 0.0, 0.0).is_empty());
        assert!(path("-(x^2) + y^2", 1.0, 0.0).len() < 64, "no further than it curves up");
    }
}
