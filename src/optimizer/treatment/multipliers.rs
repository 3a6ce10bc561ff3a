//! The multipliers that fit a point best: least squares of ∇F ≈ Σ Λₖ ∇gₖ under the signs that inequalities allow.
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, equation (18.21). With two unknowns the few sets of
//! multipliers that are not 0 are gone through, of which the best is the answer of non-negative least squares.

use crate::objective::{Point, Relation};
use crate::optimizer::quotient::quotient;

/// A constraint that takes part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    /// ∇g.
    pub slope: Point,
    pub relation: Relation,
}

/// Λ for each constraint, 0 for those that take no part.
pub(super) fn least_squares(gradient: Point, sides: [Option<Side>; 2]) -> [f64; 2] {
    let alone =
        |Side { slope, relation }: Side| relation.clip(quotient(gradient.dot(&slope), slope.norm_squared()));
    let [first, second] = sides;
    let singles = [first.map_or(0.0, alone), second.map_or(0.0, alone)];
    let (Some(a), Some(b)) = (first, second) else { return singles };
    if let Some(both) = both(gradient, a, b) {
        return both;
    }
    let left = |[p, q]: [f64; 2]| (gradient - p * a.slope - q * b.slope).norm();
    let choices = [[singles[0], 0.0], [0.0, singles[1]]];
    if left(choices[1]) < left(choices[0]) { choices[1] } else { choices[0] }
}

/// Both, where their gradients are independent and the signs are allowed: then nothing is left of ∇F.
fn both(gradient: Point, a: Side, b: Side) -> Option<[f64; 2]> {
    let determinant = a.slope.perp(&b.slope);
    if determinant.abs() <= 4.0 * f64::EPSILON * a.slope.norm() * b.slope.norm() {
        return None;
    }
    let solution = [gradient.perp(&b.slope) / determinant, a.slope.perp(&gradient) / determinant];
    let is_allowed = |side: Side, multiplier: f64| side.relation.clip(multiplier) == multiplier;
    (is_allowed(a, solution[0]) && is_allowed(b, solution[1])).then_some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(x: f64, y: f64, relation: Relation) -> Option<Side> {
        Some(Side { slope: Point::new(x, y), relation })
    }

    #[test]
    fn multipliers_fit_under_their_signs() {
        let g = Point::new(2.0, 4.0);
        for (sides, wanted) in [
            ([None, None], [0.0, 0.0]),
            ([side(1.0, 2.0, Relation::Equal), None], [2.0, 0.0]),
            ([side(1.0, 2.0, Relation::AtMost), None], [0.0, 0.0]),
            ([side(-1.0, -2.0, Relation::AtMost), None], [-2.0, 0.0]),
            ([side(0.0, 0.0, Relation::Equal), None], [0.0, 0.0]),
            ([side(1.0, 0.0, Relation::Equal), side(0.0, 1.0, Relation::Equal)], [2.0, 4.0]),
            ([side(1.0, 0.0, Relation::AtLeast), side(0.0, 1.0, Relation::AtMost)], [2.0, 0.0]),
            // Dependent gradients: one of them says it all.
            ([side(1.0, 2.0, Relation::Equal), side(2.0, 4.0, Relation::Equal)], [2.0, 0.0]),
        ] {
            assert_eq!(least_squares(g, sides), wanted, "{sides:?}");
        }
    }
}
