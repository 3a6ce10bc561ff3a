//! What a path to a root shows: whether it goes round, and how fast it comes near.
//!
//! ```text
//! order ≈ ln(d_k/d_{k−1}) / ln(d_{k−1}/d_{k−2}),  d_k = |x_{k+1} − x_k|
//! ```
//!
//! Source: the definition of the order of convergence with differences in the place of errors, Süli & Mayers, *An Introduction to
//! Numerical Analysis*, 2003, definition 1.4; Burden & Faires, *Numerical Analysis*, 9th ed. 2011, definition 2.7. Convention: the
//! last k counts for which d_k > 1e-13 max(1, |x_{k+1}|) and the three differences fall, so that rounding is not taken for order.

use super::Trajectory;
use crate::elementary;

/// The longest period that is looked for.
const MOST_PERIOD: usize = 20;
/// Two iterates are one where they differ by no more, relative to the larger of 1 and their size.
const ONE: f64 = 1e-12;
/// A difference below this, relative in the same way, is rounding.
const ROUNDING: f64 = 1e-13;

/// After how many steps the last iterate came back to where it was, at least 2; nothing where it is a new one, or rests.
pub(super) fn period(path: &Trajectory) -> Option<usize> {
    let last = path.last()?.x;
    let before = |steps: usize| path.steps().checked_sub(steps).and_then(|entry| path.point(entry));
    let is_there =
        |steps: usize| before(steps).is_some_and(|at| (at.x - last).abs() <= ONE * last.abs().max(1.0));
    if is_there(1) { None } else { (2..=MOST_PERIOD).find(|steps| is_there(*steps)) }
}

/// The order in which a path that ends at this entry comes near a root, estimated; nothing where its steps do not tell.
pub(super) fn order(path: &Trajectory, end: usize) -> Option<f64> {
    let mut backwards = (0..=end).rev().map_while(|entry| path.point(entry)).map(|at| at.x);
    let mut four = [backwards.next()?, backwards.next()?, backwards.next()?, backwards.next()?];
    loop {
        let [last, between, before] = [0, 1, 2].map(|k| (four[k] - four[k + 1]).abs());
        if last > ROUNDING * four[0].abs().max(1.0) && last < between && between < before {
            let order = elementary::ln(last / between) / elementary::ln(between / before);
            return order.is_finite().then_some(order);
        }
        four = [four[1], four[2], four[3], backwards.next()?];
    }
}
