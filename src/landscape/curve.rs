//! The graph of a cost of one variable.
//!
//! Sampled where it bends: a piece is halved until its middle is nearer to the chord than a share of the height that is seen, and no
//! further than a share of the width. Neighbors are joined only where the function is continuous as far as halving tells: a jump and
//! a pole end a line. Source: the midpoint test of adaptive plotting, e.g. Avitzur, Bachmann & Kajler, *From honest to intelligent
//! plotting*, ISSAC 1995; convention: at most [`MOST`] evaluations, so that sin(1/x) ends too.

use super::Region;
use crate::objective::{Evaluator, Objective, Point};

/// The values that a window shows of a cost over an interval where nobody says which: all of them with a little room, but for those
/// of poles; with 0 among them where the axis matters.
pub fn values_that_fit(cost: &Objective, x: [f64; 2], with_axis: bool) -> [f64; 2] {
    /// Places that are looked at.
    const SAMPLES: usize = 513;
    let mut evaluator = cost.evaluator();
    let place = |k: usize| x[0] + (x[1] - x[0]) * (k as f64 / (SAMPLES - 1) as f64);
    let mut values: Vec<f64> = (0..SAMPLES)
        .map(|k| evaluator.value(Point::new(place(k), 0.0)))
        .filter(|value| value.is_finite())
        .collect();
    values.sort_by(f64::total_cmp);
    let (Some(&low), Some(&high)) = (values.first(), values.last()) else { return [-3.0, 3.0] };
    let at = |share: f64| values[((values.len() - 1) as f64 * share) as usize];
    let middle = [at(0.05), at(0.95)];
    let spread = middle[1] - middle[0];
    // A pole is far beyond what nearly all values are.
    let (mut low, mut high) = match high - low > 50.0 * spread && spread > 0.0 {
        true => (low.max(middle[0] - 0.5 * spread), high.min(middle[1] + 0.5 * spread)),
        false => (low, high),
    };
    if with_axis {
        (low, high) = (low.min(0.0), high.max(0.0));
    }
    let size = low.abs().max(high.abs());
    let height = high - low;
    let room = if height > 1e-9 * size { 0.08 * height } else { 0.5 * size.max(1.0) };
    let ends = [low - room, high + room];
    if ends.iter().all(|end| end.is_finite()) && (ends[1] - ends[0]).is_finite() { ends } else { [-3.0, 3.0] }
}

/// What of a cost of one variable is drawn as a curve.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CurveOf {
    /// f.
    Value,
    /// f′.
    Slope,
    /// f″.
    Bend,
}

/// A curve as lines that are to be drawn one by one: no pole and no jump is within one.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Curve {
    /// Each with its places and values, from left to right.
    pub lines: Vec<Vec<[f64; 2]>>,
}

/// The most evaluations of one curve.
const MOST: usize = 20_000;
/// A piece of the first division is halved at most so often.
const DEEPEST: u32 = 9;
/// Two values are asked whether the curve jumps between them where they differ by more than this share of the height.
const WIDE: f64 = 0.02;

impl Curve {
    /// What of a cost is seen in a region, whose y is that of values, in so many pieces at first.
    pub fn sample(cost: &Objective, of: CurveOf, region: Region, pieces: usize) -> Self {
        let [low, high] = region.x;
        let mut sampler = Sampler {
            evaluator: cost.evaluator(),
            of,
            y: region.y,
            height: region.y[1] - region.y[0],
            left: MOST,
            curve: Self::default(),
        };
        let pieces = pieces.max(1);
        let place =
            |k: usize| if k == pieces { high } else { low + (high - low) * (k as f64 / pieces as f64) };
        let mut from = sampler.at(low);
        sampler.begin(from);
        for k in 1..=pieces {
            let to = sampler.at(place(k));
            sampler.piece(from, to, 0);
            from = to;
        }
        sampler.curve.lines.retain(|line| line.len() > 1);
        sampler.curve
    }
}

struct Sampler {
    evaluator: Evaluator,
    of: CurveOf,
    /// The values that are seen.
    y: [f64; 2],
    height: f64,
    /// Evaluations that are left.
    left: usize,
    curve: Curve,
}

impl Sampler {
    fn at(&mut self, x: f64) -> [f64; 2] {
        self.left = self.left.saturating_sub(1);
        let at = Point::new(x, 0.0);
        let value = match self.of {
            CurveOf::Value => self.evaluator.value(at),
            CurveOf::Slope => self.evaluator.exact_first_order(at).gradient.x,
            CurveOf::Bend => self.evaluator.exact_uncounted(at).hessian.m11,
        };
        [x, value]
    }

    /// Begins a line.
    fn begin(&mut self, at: [f64; 2]) {
        self.curve.lines.push(if at[1].is_finite() { vec![at] } else { Vec::new() });
    }

    /// Goes on to a point.
    fn join(&mut self, to: [f64; 2]) {
        match self.curve.lines.last_mut() {
            Some(line) if to[1].is_finite() => line.push(to),
            _ => self.begin(to),
        }
    }

    /// Adds what is between two places, of which the first one is there.
    fn piece(&mut self, from: [f64; 2], to: [f64; 2], depth: u32) {
        let middle = from[0] + (to[0] - from[0]) / 2.0;
        if depth < DEEPEST && self.left > 0 && middle > from[0] && middle < to[0] {
            let between = self.at(middle);
            if !self.is_straight(from, between, to) {
                self.piece(from, between, depth + 1);
                self.piece(between, to, depth + 1);
                return;
            }
        }
        match from[1].is_finite() && to[1].is_finite() {
            true if !self.jumps(from, to) => self.join(to),
            true => self.begin(to),
            // Where it ends, and where it begins again, is looked for as finely as there are numbers.
            false => {
                let [inside, outside] = if from[1].is_finite() { [from, to] } else { [to, from] };
                if inside[1].is_finite() {
                    let end = self.last_finite(inside, outside);
                    if from[1].is_finite() { self.join(end) } else { self.begin(end) }
                }
                if to[1].is_finite() { self.join(to) } else { self.begin(to) }
            }
        }
    }

    /// Whether three neighbors are on a line as far as it is seen.
    fn is_straight(&self, from: [f64; 2], between: [f64; 2], to: [f64; 2]) -> bool {
        let values = [from[1], between[1], to[1]];
        if values.iter().any(|value| !value.is_finite()) {
            return values.iter().all(|value| !value.is_finite());
        }
        let is_out = |side: fn(f64, f64) -> bool, end: f64| values.iter().all(|value| side(*value, end));
        if is_out(|value, end| value > end, self.y[1] + self.height)
            || is_out(|value, end| value < end, self.y[0] - self.height)
        {
            return true;
        }
        let chord = from[1] / 2.0 + to[1] / 2.0;
        (between[1] - chord).abs() <= 4e-4 * self.height && (to[1] - from[1]).abs() <= 0.2 * self.height
    }

    /// Whether the curve is broken between two neighbors: halving follows the greater change, which of a continuous function
    /// becomes less and less, of a jump stays, and of a pole grows.
    fn jumps(&mut self, from: [f64; 2], to: [f64; 2]) -> bool {
        let first = (to[1] - from[1]).abs();
        if first <= WIDE * self.height || self.left == 0 {
            return false;
        }
        let (mut from, mut to) = (from, to);
        loop {
            let middle = from[0] + (to[0] - from[0]) / 2.0;
            if middle <= from[0] || middle >= to[0] || self.left == 0 {
                return (to[1] - from[1]).abs() > 0.5 * first;
            }
            let between = self.at(middle);
            if !between[1].is_finite() {
                return true;
            }
            let [before, after] = [(between[1] - from[1]).abs(), (to[1] - between[1]).abs()];
            (from, to) = if before > after { (from, between) } else { (between, to) };
            if before.max(after) <= 0.5 * first {
                return false;
            }
        }
    }

    /// The last place with a value on the way from one with to one without.
    fn last_finite(&mut self, inside: [f64; 2], outside: [f64; 2]) -> [f64; 2] {
        let (mut inside, mut outside) = (inside, outside[0]);
        for _ in 0..60 {
            let middle = inside[0] + (outside - inside[0]) / 2.0;
            if middle == inside[0] || middle == outside || self.left == 0 {
                break;
            }
            let between = self.at(middle);
            if between[1].is_finite() { inside = between } else { outside = middle }
        }
        inside
    }
}
