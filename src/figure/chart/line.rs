//! The curve of a run with its place across, and the values of several that choose the scale of a chart.

use super::axis::ChartScale;
use crate::optimizer::{StepRate, Trajectory};
use crate::record::across::Across;
use crate::record::quantity::Curve;

/// A run in the chart.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub run: usize,
    /// Where its points stand across.
    pub places: Across,
    pub curve: Curve,
    /// What came of it, where it ran away.
    pub ran_away: Option<String>,
    /// 2/α, above which gradient descent is unstable: for each step where a schedule changes α, else once for all.
    pub limits: Vec<(usize, f64)>,
}

/// 2/α along a run; nothing where each variable has an α of its own.
pub(super) fn limits(path: &Trajectory) -> Vec<(usize, f64)> {
    let rates = path.rates();
    if rates.are_per_variable() {
        return Vec::new();
    }
    let limit = |(step, rate): (usize, StepRate)| Some((step, 2.0 / rate.numbers().next()?));
    let steps = if path.has_schedule() { usize::MAX } else { 1 };
    path.rates_of_steps().enumerate().take(steps).filter_map(limit).collect()
}

impl Line {
    /// Where an entry stands across.
    pub fn across(&self, entry: usize) -> f64 {
        self.places.at(entry)
    }

    /// The entries of a coordinate that stand in a range across, with one more at each end, from which lines lead into it.
    pub fn seen<'l>(&self, list: &'l [(usize, f64)], [left, right]: [f64; 2]) -> &'l [(usize, f64)] {
        let first = list.partition_point(|(entry, _)| self.across(*entry) < left).saturating_sub(1);
        let end = list.partition_point(|(entry, _)| self.across(*entry) <= right) + 1;
        list.get(first..end.min(list.len())).unwrap_or_default()
    }

    /// Its first coordinate at a step, or at its end before that.
    pub fn at_step(&self, step: u32) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.curve.coordinates.iter().filter_map(move |list| {
            let after = list.partition_point(|(entry, _)| *entry <= step as usize);
            list.get(after.saturating_sub(1)).copied()
        })
    }
}

/// The values in a range across that choose the scale: those of runs that did not run away, and on an even scale none that is so far above the
/// highest of most runs that beside it nothing else could be told apart.
pub(super) fn usual_values(lines: &[Line], scale: ChartScale, across: [f64; 2]) -> Vec<f64> {
    /// In heights of the range of a run in the middle.
    const FAR: f64 = 8.0;
    let has_tame = lines.iter().any(|line| line.ran_away.is_none());
    let shown = || lines.iter().filter(|line| !has_tame || line.ran_away.is_none());
    let values = |line: &Line| {
        let lists = line.curve.coordinates.iter();
        let all = lists.flat_map(|list| line.seen(list, across)).map(|(_, value)| *value);
        all.filter(|value| value.is_finite()).collect::<Vec<_>>()
    };
    let ends = |values: Vec<f64>| {
        let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        [top, values.into_iter().fold(f64::INFINITY, f64::min)]
    };
    let mut ranges: Vec<[f64; 2]> = shown().map(values).filter(|list| !list.is_empty()).map(ends).collect();
    ranges.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let most = match (scale, ranges.get(ranges.len() / 2)) {
        (ChartScale::Linear, Some([top, bottom])) if ranges.len() > 2 => top + FAR * (top - bottom),
        _ => f64::INFINITY,
    };
    shown().flat_map(values).filter(|value| *value <= most).collect()
}
