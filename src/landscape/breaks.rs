//! Breaks: edges of the grid between whose ends a cost jumps or has a pole, so that no isoline is drawn across.
//!
//! Convention, our own. An edge is suspicious where the cost rises along it by more than three times as much as along either
//! neighboring edge of the same row or column, rises counted in its own direction: where the nodes resolve a smooth cost,
//! none is. A suspicious edge is halved, and of its halves the one with the greater rise again, up to 24 times. Where
//! the rise gets below a sixteenth of what it was, the cost is continuous, if steep. Where it grows a hundredfold, or a
//! value is not finite, there is a pole. What is left between is a jump, over the values at the ends of the last part.
//!
//! Where the cost is the same at three nodes in a row from the edge on and at both sides of the last, there is a plateau,
//! whose border is no isoline of its value.

use super::Field;
use super::crossings::Node;
use crate::objective::Point;

const SUSPICIOUS: f64 = 3.0;
/// A rise below this share of the values is their rounding.
const ROUNDING: f64 = 1e-13;
const HALVINGS: u32 = 24;
/// The rise of a continuous cost and of a pole, in rises along the whole edge.
const CONTINUOUS: f64 = 1.0 / 16.0;
const POLE: f64 = 100.0;
/// The most values that are asked for, and the most work, as `Objective::work` counts it: less than a frame. When they are
/// spent, each suspicious edge counts as broken: a cost with so many of them varies faster than its nodes can show.
const MOST_VALUES: u64 = 1 << 18;
const MOST_WORK: u64 = 10_000_000;

/// Finds the breaks of a cost along the edges of a field of it.
pub(super) struct Breaks<'a, F> {
    field: &'a Field,
    cost: F,
    values_left: u64,
}

impl<'a, F: FnMut(Point) -> f64> Breaks<'a, F> {
    /// Breaks of `cost`, which was sampled in `field` and is so much work for each value.
    pub fn new(field: &'a Field, work: u64, cost: F) -> Self {
        Self { field, cost, values_left: MOST_VALUES.min(MOST_WORK / work.max(1)) }
    }

    /// The values, smallest and largest, that have no isoline across the edge between two neighboring nodes, the
    /// first left of or below the second.
    pub fn gap(&mut self, from: &Node, to: &Node) -> Option<[f64; 2]> {
        let along_row = to.place == from.place + 1;
        let stride = if along_row { 1 } else { self.field.columns };
        let value = |place: usize| self.field.values.get(place).copied().filter(|value| value.is_finite());
        let is_first = along_row && from.column == 0;
        let is_last = along_row && to.column + 1 == self.field.columns;
        let rise = to.value - from.value;
        let before = if is_first { None } else { from.place.checked_sub(stride).and_then(value) };
        let after = if is_last { None } else { value(to.place + stride) };
        let rises = [before.map(|value| from.value - value), after.map(|value| value - to.value)];
        let steepest = rises.iter().flatten().map(|other| other * rise.signum()).fold(0.0, f64::max);
        let rounding = ROUNDING * from.value.abs().max(to.value.abs());
        if rise.abs() > (SUSPICIOUS * steepest).max(rounding) {
            let gap = self.break_between(from, to);
            if gap.is_some() {
                return gap;
            }
        }
        let plateau = [(from, before, false), (to, after, true)].into_iter().find(|(node, next, forward)| {
            *next == Some(node.value) && self.begins_plateau(node, stride, *forward)
        });
        plateau.map(|(node, ..)| [node.value; 2])
    }

    /// Whether the second node beyond this one, and those beside that one, have the same value.
    #[cold]
    fn begins_plateau(&self, node: &Node, stride: usize, forward: bool) -> bool {
        let Field { columns, values, .. } = self.field;
        let far = if forward { node.place + 2 * stride } else { node.place.wrapping_sub(2 * stride) };
        let across = if stride == 1 { *columns } else { 1 };
        let is_alike = |place: usize| values.get(place) == Some(&node.value);
        [far, far.wrapping_sub(across), far.wrapping_add(across)].into_iter().all(is_alike)
    }

    #[cold]
    fn break_between(&mut self, from: &Node, to: &Node) -> Option<[f64; 2]> {
        let everything = Some([f64::NEG_INFINITY, f64::INFINITY]);
        let [mut low, mut high] = [(from.at, from.value), (to.at, to.value)];
        let whole = (high.1 - low.1).abs();
        for _ in 0..HALVINGS {
            if self.values_left == 0 {
                return everything;
            }
            self.values_left -= 1;
            let at = low.0 + 0.5 * (high.0 - low.0);
            if at == low.0 || at == high.0 {
                // No number lies between: what is there cannot be told.
                return None;
            }
            let value = (self.cost)(at);
            if !value.is_finite() {
                return everything;
            }
            if (value - low.1).abs() > (high.1 - value).abs() {
                high = (at, value);
            } else {
                low = (at, value);
            }
            let rise = (high.1 - low.1).abs();
            if rise <= CONTINUOUS * whole {
                return None;
            }
            if rise >= POLE * whole {
                return everything;
            }
        }
        Some([low.1.min(high.1), low.1.max(high.1)])
    }
}

#[cfg(test)]
mod tests;
