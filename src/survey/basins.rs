//! Where each start of a window leads.

use std::num::NonZeroUsize;

use super::crowd::Crowd;
use super::grouping::Grouping;
use crate::landscape::Region;
use crate::objective::{Goal, Point, Problem};
use crate::optimizer::{End, Plan, Task, Treatment};
use crate::work::{Progress, Work};

/// How many optima are told apart; an end at another one is known to be an optimum, and not which.
pub const MOST_OPTIMA: usize = 1000;

/// An optimum that runs reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BasinOptimum {
    /// Where it is.
    pub at: Point,
    /// J there.
    pub value: f64,
    /// So many starts lead to it.
    pub starts: u32,
}

/// Where each start of a window leads.
#[derive(Clone, Debug)]
pub struct BasinMap {
    region: Region,
    columns: usize,
    rows: usize,
    /// The end of the run from each start: row by row from the lowest up, each from the left to the right.
    pub ends: Vec<End>,
    /// The place of the optimum that it reached, likewise.
    pub reached: Vec<Option<u16>>,
    /// The optima, the best for the goal first, then by x and y.
    pub optima: Vec<BasinOptimum>,
}

impl BasinMap {
    /// What is covered.
    pub fn region(&self) -> Region {
        self.region
    }

    /// The number of starts along each axis.
    pub fn size(&self) -> [usize; 2] {
        [self.columns, self.rows]
    }

    /// The start at a place among all.
    pub fn start(&self, place: usize) -> Point {
        start(self.region, [self.columns, self.rows], place)
    }

    /// The place of the start that is nearest to a point of the window.
    pub fn nearest(&self, at: Point) -> Option<usize> {
        let along = |at: f64, [low, high]: [f64; 2], count: usize| {
            let share = (at - low) / (high - low);
            let last = count.saturating_sub(1) as f64;
            (-0.5..=last + 0.5)
                .contains(&(share * last))
                .then(|| (share * last).round().clamp(0.0, last) as usize)
        };
        let column = along(at.x, self.region.x, self.columns)?;
        let row = along(at.y, self.region.y, self.rows)?;
        Some(row * self.columns + column)
    }
}

/// A value without what rounding makes of it, so that optima of one value are in the order of their places.
fn told(value: f64) -> f64 {
    const UNIT: f64 = 1e-10;
    let unit = UNIT * value.abs().max(1.0);
    let rounded = (value / UNIT).round() * UNIT;
    // Of a large value all digits but the last ones count.
    if unit > UNIT { value } else { rounded }
}

/// The start at a place of a grid whose nodes include the edges of the region.
fn start(region: Region, [columns, rows]: [usize; 2], place: usize) -> Point {
    region.node([place % columns, place / columns], [columns, rows])
}

/// Finds a [`BasinMap`], in slices.
pub struct BasinSearch {
    goal: Goal,
    region: Region,
    size: [usize; 2],
    plan: Plan,
    crowd: Crowd,
    is_over: bool,
}

impl std::fmt::Debug for BasinSearch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BasinSearch").field("size", &self.size).finish_non_exhaustive()
    }
}

impl BasinSearch {
    /// The runs of a plan from so many starts along each axis, each at least 2 and at most [`super::MOST_ALONG`]; its own start
    /// does not matter.
    pub fn new(
        problem: &Problem,
        plan: &Plan,
        region: Region,
        size: [usize; 2],
        cores: NonZeroUsize,
    ) -> Self {
        let size = size.map(|count| count.clamp(2, super::MOST_ALONG));
        let is_smooth = problem.constraints.is_empty() && matches!(plan.treatment, Treatment::Plain);
        let crowd = Crowd::new(problem, plan, size[0] * size[1], is_smooth, cores);
        Self { goal: problem.cost.goal(), region, size, plan: plan.clone(), crowd, is_over: false }
    }

    /// The map, where all of it is found.
    pub fn map(&self) -> Option<BasinMap> {
        if !self.crowd.found.iter().all(Option::is_some) {
            return None;
        }
        let found = || self.crowd.found.iter().flatten();
        let mut grouping = Grouping::default();
        let sign = self.goal.sign();
        let places = found().enumerate().map(|(place, (end, polished))| {
            grouping.place_of(start(self.region, self.size, place), end, *polished, sign)
        });
        let places: Vec<Option<usize>> = places.collect();
        let mut order: Vec<usize> = (0..grouping.groups.len()).collect();
        order.sort_by(|a, b| {
            let [a, b] = [a, b].map(|place| grouping.groups[*place]);
            let by_value = told(sign * a.value).total_cmp(&told(sign * b.value));
            by_value.then(a.at.x.total_cmp(&b.at.x)).then(a.at.y.total_cmp(&b.at.y))
        });
        let mut rank = vec![0; order.len()];
        order.iter().enumerate().for_each(|(new, old)| rank[*old] = new);
        let optimum = |old: &usize| {
            let group = &grouping.groups[*old];
            BasinOptimum { at: group.at, value: group.value, starts: 0 }
        };
        let mut optima: Vec<BasinOptimum> = order.iter().map(optimum).collect();
        let mut reached = Vec::with_capacity(places.len());
        for place in places {
            let place = place.map(|old| rank[old]);
            if let Some(place) = place {
                optima[place].starts += 1;
            }
            reached.push(place.and_then(|place| u16::try_from(place).ok()));
        }
        let ends = found().map(|(end, _)| *end).collect();
        let [columns, rows] = self.size;
        Some(BasinMap { region: self.region, columns, rows, ends, reached, optima })
    }
}

impl Work for BasinSearch {
    fn advance(&mut self, budget: u64) -> bool {
        let Self { region, size, plan, crowd, .. } = self;
        let task = |number: usize| {
            let id = u32::try_from(number).unwrap_or(u32::MAX);
            Some(Task { id, settings: plan.settings.clone(), start: start(*region, *size, number) })
        };
        self.is_over = self.is_over || crowd.advance(budget, &task);
        self.is_over
    }

    fn progress(&self) -> Progress {
        self.crowd.progress()
    }
}

#[cfg(test)]
mod tests;
