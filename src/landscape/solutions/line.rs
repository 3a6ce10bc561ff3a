//! Roots and stationary points of a cost of one variable in an interval.
//!
//! The interval is sampled evenly. Where f changes sign between two neighbors there is a root, where f′ does an extremum, where f″ does
//! and f′ vanishes a level point; each bracket is halved until there is no number within it. What is only a pole or a jump is left out:
//! there f does not come near 0, or is not finite. A root of even order is an extremum with f = 0, but for rounding. Source: bisection,
//! Burden & Faires, *Numerical Analysis*, 9th ed. 2011, section 2.1. What lies nearer together than two samples may be missed.

use super::{Candidate, ONE, SolutionKind};
use crate::objective::{Evaluator, Objective, Point, SecondOrder};

/// Samples of the interval.
const SAMPLES: usize = 4096;
/// So many samples on end where f′ is 0 are a level piece.
const LEVEL: usize = 8;

/// What is found on a line.
#[derive(Debug, Default)]
pub(super) struct OnLine {
    /// From left to right.
    pub roots: Vec<Candidate>,
    /// Extrema and level points, from left to right.
    pub stationary: Vec<Candidate>,
    /// Whether f is constant along a piece.
    pub is_level: bool,
}

#[derive(Clone, Copy)]
struct Sample {
    x: f64,
    /// f, f′, f″.
    f: [f64; 3],
}

impl OnLine {
    /// Looks along an interval.
    pub fn find(cost: &Objective, [low, high]: [f64; 2]) -> Self {
        let mut looking = Looking { evaluator: cost.exact().evaluator() };
        let place = |k: usize| low + (high - low) * (k as f64 / (SAMPLES - 1) as f64);
        let samples: Vec<Sample> = (0..SAMPLES).map(|k| looking.at(place(k))).collect();
        let mut found = Self::default();
        let level = samples.windows(LEVEL).position(|some| some.iter().all(|one| one.f[1] == 0.0));
        found.is_level = level.is_some();
        let on_level = |pair: &[Sample]| pair.iter().all(|one| one.f[1] == 0.0 && one.f[2] == 0.0);
        let height = {
            let values = || samples.iter().map(|one| one.f[0].abs()).filter(|size| size.is_finite());
            let mut sizes: Vec<f64> = values().collect();
            sizes.sort_by(f64::total_cmp);
            sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
        };
        for pair in samples.windows(2).filter(|pair| !on_level(pair)) {
            let [from, to] = [pair[0], pair[1]];
            for order in 0..3 {
                let Some(at) = looking.zero(order, from, to) else { continue };
                match order {
                    0 => found.root(at),
                    1 => found.extremum(at, [from, to], height),
                    _ => found.level_point(at, [from, to], height),
                }
            }
        }
        found
    }

    fn root(&mut self, at: Sample) {
        push(&mut self.roots, candidate(at, SolutionKind::Root));
    }

    fn extremum(&mut self, at: Sample, [from, to]: [Sample; 2], height: f64) {
        let kind = match (from.f[1], to.f[1]) {
            (before, after) if before < 0.0 || after > 0.0 => SolutionKind::Minimum,
            _ => SolutionKind::Maximum,
        };
        push(&mut self.stationary, candidate(at, kind));
        self.touching(at, [from, to], height);
    }

    fn level_point(&mut self, at: Sample, [from, to]: [Sample; 2], height: f64) {
        // f′ is as small as rounding and what f″ makes of it on the way here leave it.
        let slopes = from.f[1].abs().max(to.f[1].abs());
        if at.f[1].abs() <= 1e-9 * slopes {
            push(&mut self.stationary, candidate(at, SolutionKind::Degenerate));
            self.touching(at, [from, to], height);
        }
    }

    /// A root where f comes to 0 and does not cross it.
    fn touching(&mut self, at: Sample, [from, to]: [Sample; 2], height: f64) {
        let nearby = from.f[0].abs().max(to.f[0].abs());
        if at.f[0].abs() <= 1e-10 * nearby.min(height.max(f64::MIN_POSITIVE)) || at.f[0] == 0.0 {
            self.root(at);
        }
    }
}

fn candidate(Sample { x, f }: Sample, kind: SolutionKind) -> Candidate {
    // A zero has no sign.
    let point = Point::new(x + 0.0, 0.0);
    Candidate { point, value: f[0], multipliers: Some(Vec::new()), active: Vec::new(), kind }
}

/// Adds a candidate that is a new one.
fn push(list: &mut Vec<Candidate>, one: Candidate) {
    let at = one.point.x;
    if !list.iter().any(|known| (known.point.x - at).abs() <= ONE * at.abs().max(1.0)) {
        list.push(one);
    }
}

struct Looking {
    evaluator: Evaluator,
}

impl Looking {
    fn at(&mut self, x: f64) -> Sample {
        let SecondOrder { value, gradient, hessian } = self.evaluator.exact_uncounted(Point::new(x, 0.0));
        Sample { x, f: [value, gradient.x, hessian.m11] }
    }

    /// Where f, f′ or f″ is 0 between two neighbors, or changes its sign while f stays where it is.
    fn zero(&mut self, order: usize, from: Sample, to: Sample) -> Option<Sample> {
        if from.f[order] == 0.0 {
            return from.f[0].is_finite().then_some(from);
        }
        if to.f[order] == 0.0 {
            return to.f[0].is_finite().then_some(to);
        }
        let has_change =
            (from.f[order] < 0.0 && to.f[order] > 0.0) || (from.f[order] > 0.0 && to.f[order] < 0.0);
        if !has_change {
            return None;
        }
        let values = from.f[0].abs().max(to.f[0].abs());
        // Whatever is zero on the way into a pole.
        let is_no_pole = |at: &Sample| at.f[0].abs() <= 1e6 * values.max(1.0);
        let (mut left, mut right) = (from, to);
        loop {
            let x = left.x + (right.x - left.x) / 2.0;
            if x <= left.x || x >= right.x {
                break;
            }
            let middle = self.at(x);
            if middle.f[order] == 0.0 {
                return is_no_pole(&middle).then_some(middle);
            }
            if middle.f[order].is_nan() {
                return None;
            }
            if (middle.f[order] < 0.0) == (left.f[order] < 0.0) { left = middle } else { right = middle }
        }
        let [at_left, at_right] = [left.f[order].abs(), right.f[order].abs()];
        let nearer = if at_left <= at_right { left } else { right };
        let scale = from.f[order].abs().max(to.f[order].abs());
        let is_small = nearer.f[order].abs() <= 1e-6 * scale;
        // f is continuous at a kink, as that of |x|, where f′ only changes its sign.
        let step = (right.f[0] - left.f[0]).abs();
        let is_kink = order == 1 && step <= 1e-9 * values.max(f64::MIN_POSITIVE);
        ((is_small || is_kink) && is_no_pole(&nearer)).then_some(nearer)
    }
}
