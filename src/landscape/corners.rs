//! Where a cost with l1 stands at a corner of its penalty: points of the axes at which no variable that is 0 is pulled away from
//! it by more than l1, and the others are stationary.
//!
//! Formula. With f for J without l1: θₖ = 0 and |∂f/∂θₖ| ≤ l1, and for the other variable ∂J/∂θⱼ = 0, or the same.
//! Source: Tibshirani 1996, section 2; Rockafellar, *Convex Analysis*, 1970, theorem 23.8. Convention: along an axis the slope is
//! looked at in 1,025 places, so that two points nearer than these may be missed.

use nalgebra::Matrix2;

use super::Region;
use super::region::nodes;
use crate::objective::{Evaluator, Objective, Point, SecondOrder, sign};

/// Places along an axis.
const PLACES: usize = 1025;
const HALVINGS: usize = 200;

/// A point where the cost has a corner and no slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corner {
    /// Where.
    pub at: Point,
    /// J there.
    pub value: f64,
    /// How J curves along the axis; infinitely at the origin, where both variables are held.
    pub curvature: f64,
    /// The Hessian of J without l1.
    pub hessian: Matrix2<f64>,
}

/// All of them in a region. None of a cost without l1.
pub fn corners(objective: &Objective, region: Region) -> Vec<Corner> {
    let penalty = objective.penalty();
    let l1 = penalty.l1_of_each();
    if l1 == Point::zeros() {
        return Vec::new();
    }
    let mut search =
        Search { smooth: objective.clone().with_penalty(penalty.smooth()).exact().evaluator(), l1 };
    let mut found = search.at_the_origin(region);
    for held in 0..2 {
        if l1[held] > 0.0 {
            search.along(held, region, &mut found);
        }
    }
    found
}

struct Search {
    smooth: Evaluator,
    l1: Point,
}

impl Search {
    /// The origin, where each variable that l1 counts is held, and the other is stationary as it is.
    fn at_the_origin(&mut self, region: Region) -> Vec<Corner> {
        let at = Point::zeros();
        let is_corner = self.l1.iter().all(|l1| *l1 > 0.0) && region.contains(at);
        let here = self.smooth.exact_uncounted(at);
        let is_held = (0..2).all(|axis| here.gradient[axis].abs() <= self.l1[axis]);
        let corner = Corner { at, value: here.value, curvature: f64::INFINITY, hessian: here.hessian };
        (is_corner && is_held).then_some(corner).into_iter().collect()
    }

    /// Those on the axis where a variable is 0.
    fn along(&mut self, held: usize, region: Region, found: &mut Vec<Corner>) {
        let free = 1 - held;
        let (across, side) = if held == 0 { (region.x, region.y) } else { (region.y, region.x) };
        if !(across[0] <= 0.0 && across[1] >= 0.0) {
            return;
        }
        let places = nodes(side, PLACES);
        let slopes: Vec<f64> = places.iter().map(|place| self.slope(free, *place)).collect();
        for (ends, slopes) in places.windows(2).zip(slopes.windows(2)) {
            let root = match slopes {
                [a, _] if *a == 0.0 => Some(ends[0]),
                [a, b] if *a < 0.0 && *b > 0.0 || *a > 0.0 && *b < 0.0 => self.root(free, ends, *a),
                _ => None,
            };
            // Where the sign changes at the corner of the other variable there is no slope of 0.
            let root = root.filter(|place| *place != 0.0 || self.l1[free] == 0.0);
            found.extend(root.and_then(|place| self.corner(held, place)));
        }
    }

    fn point(free: usize, place: f64) -> Point {
        let mut at = Point::zeros();
        at[free] = place;
        at
    }

    /// The slope of J along the axis.
    fn slope(&mut self, free: usize, place: f64) -> f64 {
        let here = self.smooth.exact_first_order(Self::point(free, place));
        here.gradient[free] + self.l1[free] * sign(place)
    }

    fn root(&mut self, free: usize, ends: &[f64], at_first: f64) -> Option<f64> {
        let (mut a, mut b) = (ends[0], ends[1]);
        for _ in 0..HALVINGS {
            let middle = 0.5 * a + 0.5 * b;
            if middle <= a || middle >= b {
                break;
            }
            let slope = self.slope(free, middle);
            if slope == 0.0 {
                return Some(middle);
            }
            if (slope > 0.0) == (at_first > 0.0) { a = middle } else { b = middle }
        }
        // A jump over 0 is no root.
        let [before, beyond] = [a, b].map(|place| self.slope(free, place).abs());
        let nearer = if before <= beyond { a } else { b };
        let here = self.smooth.exact_uncounted(Self::point(free, nearer));
        let rounding = 1e-9 * (here.gradient.amax() + here.hessian.amax() * nearer.abs() + self.l1.amax());
        (before.min(beyond) <= rounding).then_some(nearer)
    }

    fn corner(&mut self, held: usize, place: f64) -> Option<Corner> {
        let free = 1 - held;
        let at = Self::point(free, place);
        let SecondOrder { value, gradient, hessian } = self.smooth.exact_uncounted(at);
        let value = value + self.l1.dot(&at.abs());
        let is_held = gradient[held].abs() <= self.l1[held] && value.is_finite();
        is_held.then_some(Corner { at, value, curvature: hessian[(free, free)], hessian })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;
    use crate::objective::{Derivatives, Goal, Penalty};

    const SEEN: Region = Region { x: [-3.0, 4.0], y: [-3.0, 3.0] };

    fn found(formula: &str, l1: f64, counts: [bool; 2]) -> Vec<[f64; 2]> {
        let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
        let cost = Objective::new(tape, Goal::Minimize, Derivatives::Exact);
        let penalty = Penalty { l1, l2: 0.0, counts };
        corners(&cost.with_penalty(penalty), SEEN).into_iter().map(|corner| corner.at.into()).collect()
    }

    #[test]
    fn corners_are_where_the_rest_pulls_less_than_l1() {
        for (formula, l1, counts, expected) in [
            ("(x-2)^2 + (y-0.2)^2", 1.0, [true, true], vec![[1.5, 0.0]]),
            ("(x-2)^2 + (y-0.2)^2", 5.0, [true, true], vec![[0.0, 0.0]]),
            ("(x-2)^2 + (y-0.2)^2", 1.0, [false, true], vec![[2.0, 0.0]]),
            ("(x-2)^2 + (y-0.2)^2", 0.1, [true, true], vec![]),
            ("(x-2)^2 + (y-0.2)^2", 0.0, [true, true], vec![]),
            ("(x^2-1)^2 + y^2 + 0.1*y", 0.2, [false, true], vec![[-1.0, 0.0], [0.0, 0.0], [1.0, 0.0]]),
        ] {
            let found = found(formula, l1, counts);
            assert_eq!(found.len(), expected.len(), "{formula}, {l1}: {found:?}");
            for (found, expected) in found.iter().zip(&expected) {
                let off = (Point::from(*found) - Point::from(*expected)).amax();
                assert!(off < 1e-9, "{formula}, {l1}: {found:?}, not {expected:?}");
            }
        }
    }
}
