//! Whether a cost falls for ever from where its gradient is nearly 0, as exp(-x) does: there is no minimum then, although
//! the gradient vanishes as on the way to one.
//!
//! Newton's steps tell both apart. Near a minimum they shrink: at once where the Hessian is regular, by a fixed factor r
//! where it is singular (r = (m - 2)/(m - 1) towards a minimum of order m), so that their sum length/(1 - r), which is
//! how far the minimum is, shrinks likewise. Without a minimum that sum stays, grows or has no bound, while ‖∇J‖ and J fall.
//!
//! Source: the rates are those of Newton's method at a multiple root: Ostrowski, *Solution of Equations and Systems of
//! Equations*, 2nd ed. 1966, chapter 8. Convention: only directions in which the cost curves up are walked along.

use nalgebra::Matrix2;

use super::linear::norm;
use super::linear::solve;
use crate::objective::{Curvature, Point, SecondOrder};

/// The most of Newton's steps that are tried.
const STEPS: usize = 100;
/// The fewest that tell something.
const FEWEST: usize = 8;
/// A step of this share of the first one has shrunk.
const SHRUNK: f64 = 0.01;
/// How much of the distance must be left, and how many steps of the first length it is at the most.
const LEFT: f64 = 0.9;
const FAR: f64 = 1e3;

/// A unit vector along which the cost falls for ever from `start`, if there is one, by its `exact` derivatives.
pub(super) fn endless_descent(start: Point, mut exact: impl FnMut(Point) -> SecondOrder) -> Option<Point> {
    let mut at = start;
    let mut here = exact(start);
    let mut lengths = Vec::new();
    let mut was_regular = false;
    while lengths.len() < STEPS {
        let Some((step, is_regular)) = step(&here.hessian, here.gradient) else { break };
        let there = exact(at + step);
        // The first two steps only lead to the floor of the valley.
        let has_shrunk = lengths.get(2).is_some_and(|first| norm(step) < SHRUNK * first);
        // An eigenvalue has drowned in the rounding of the other one: nothing more can be told.
        let has_drowned = was_regular && !is_regular;
        if has_drowned || there.gradient == Point::zeros() {
            break;
        }
        let rounding = 4.0 * f64::EPSILON * here.value.abs();
        let falls = there.value <= here.value + rounding && norm(there.gradient) < norm(here.gradient);
        if has_shrunk || at + step == at {
            return None;
        }
        if !falls {
            // After enough steps it is rounding that it has come to, as of a sum whose terms cancel.
            if lengths.len() < FEWEST {
                return None;
            }
            break;
        }
        lengths.push(norm(step));
        (at, here, was_regular) = (at + step, there, is_regular);
    }
    let stays = lengths.len() >= FEWEST && !shrinks(&lengths[2..]);
    stays.then(|| (at - start) / norm(at - start))
}

/// Whether the distance that is left shrinks from the first steps to the last quarter of them, of which some may have come near
/// what rounding leaves.
fn shrinks(lengths: &[f64]) -> bool {
    let left =
        |pair: &[f64]| if pair[1] < pair[0] { pair[0] / (1.0 - pair[1] / pair[0]) } else { f64::INFINITY };
    let first = &lengths[..2];
    let of_last = lengths.windows(2).rev().take((lengths.len() / 4).max(1));
    let last = of_last.map(left).fold(0.0, f64::max);
    last < LEFT * left(first).min(FAR * first[0])
}

/// Newton's step along the directions in which the cost curves up, and whether that is all of them; nothing where there
/// is none.
fn step(hessian: &Matrix2<f64>, gradient: Point) -> Option<(Point, bool)> {
    let curvature = Curvature::of(hessian)?;
    let [largest, smallest] = curvature.eigenvalues;
    if let Some(direction) = solve(hessian, gradient).filter(|_| smallest > 0.0) {
        return Some((-direction, true));
    }
    let [along, _] = curvature.eigenvectors;
    (largest > 0.0).then(|| (-along * (along.dot(&gradient) / largest), false))
}
