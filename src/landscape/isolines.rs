//! Isolines: the crossings of each level with the grid, joined to lines.
//!
//! Convention. Along a line the greater values lie to the left (with y up). A line that closes on itself repeats its
//! first point at the end. A line that meets the border of the region, an undefined cell, or an edge on which the cost
//! jumps over the level ends there and is open; nothing is drawn along the border.

use super::Field;
use super::breaks::Breaks;
use super::crossings::{Crossing, MOST_LEVELS, NONE, Node, crossings};
use crate::objective::{Objective, Point};

/// One connected line of constant cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Isoline {
    /// The value of the cost along the line.
    pub level: f64,
    /// At least two points, each on an edge of the grid, where linear interpolation between the nodes gives `level`.
    pub points: Vec<Point>,
    /// Whether the last point is the first one again.
    pub closed: bool,
}

/// The isolines of J at the given levels, where it was sampled in `field`: those of [`isolines`] without what runs along
/// or across a jump or a pole, which the values at the nodes alone do not show.
pub fn isolines_of(objective: &Objective, field: &Field, levels: &[f64]) -> Vec<Isoline> {
    let mut evaluator = objective.evaluator();
    let mut breaks = Breaks::new(field, objective.work(), |at| evaluator.value(at));
    trace(field, levels, |from, to| breaks.gap(from, to))
}

/// The isolines of a field at the given levels, ascending by level, open lines before closed ones. Between its nodes
/// the field is taken to be continuous.
///
/// Levels may come in any order; repeated ones count once, those that are not finite are passed over.
pub fn isolines(field: &Field, levels: &[f64]) -> Vec<Isoline> {
    trace(field, levels, |_, _| None)
}

/// The isolines of a field that leaves out the values of `gap` between two neighboring nodes.
pub(super) fn trace(
    field: &Field,
    levels: &[f64],
    mut gap: impl FnMut(&Node, &Node) -> Option<[f64; 2]>,
) -> Vec<Isoline> {
    let mut levels: Vec<f64> = levels.iter().copied().filter(|level| level.is_finite()).collect();
    levels.sort_unstable_by(f64::total_cmp);
    levels.dedup();
    let parts = levels.chunks(MOST_LEVELS);
    parts.flat_map(|levels| join(crossings(field, levels, &mut gap), levels)).collect()
}

/// Follows the crossings from each start: first those nothing leads to, then what is left, which is closed.
fn join(mut crossings: Vec<Crossing>, levels: &[f64]) -> Vec<Isoline> {
    let mut lines = Vec::new();
    let mut points = Vec::new();
    for closed in [false, true] {
        for start in 0..crossings.len() {
            let Crossing { level, next, entered, is_true, .. } = crossings[start];
            // A crossing between undefined cells has neither a next nor a previous one.
            if next == NONE || !is_true || entered && !closed {
                continue;
            }
            points.clear();
            let mut number = start as u32;
            while let Some(crossing) = crossings.get_mut(number as usize).filter(|crossing| crossing.is_true)
            {
                points.push(crossing.point);
                // A crossing is left once: back at the start of a closed line there is no next one.
                number = std::mem::replace(&mut crossing.next, NONE);
            }
            // Between two false crossings one alone is no line.
            if points.len() < 2 {
                continue;
            }
            lines.push(Isoline { level: levels[usize::from(level)], points: points.clone(), closed });
        }
    }
    lines.sort_by(|a, b| a.level.total_cmp(&b.level));
    lines
}

#[cfg(test)]
mod tests;
