//! Ramps: how the values of a field are spread over positions from 0 to 1.
//!
//! Formulas, with t the position:
//! - linear: J(t) = low + t (high - low), from the smallest to the largest finite value;
//! - logarithmic: J(t) = base + cut (top / cut)^t, so the distance u = J - base to the smallest value grows geometrically;
//! - quantile: J(t) is the value below which the share t of the nodes lies (Hyndman and Fan, "Sample quantiles in
//!   statistical packages", The American Statistician 50, 1996, definition 7).
//!
//! Rules that keep a ramp sensible, our own convention:
//! - Where the cost is unbounded below or above, the 3 % or 97 % quantile takes the place of that end of the range: the
//!   few extreme nodes only say how near one of them came to a pole.
//! - `cut` is the 0.1 % quantile of the positive u, so that a minimum exactly on a node, u = 0, does no harm;
//!   and at least 4 machine epsilons of base, below which u is rounding noise.
//! - `top` is the largest u, unless the last 2 % of the nodes would take more than half of the decades above `cut`:
//!   then it is the 98 % quantile of u.
//! - Where u overflows, leaves no room between `cut` and `top`, or has no smallest value to be counted from, because the
//!   cost is unbounded below, the logarithmic ramp is the linear one.
//!
//! Quantiles come from all finite values of a small field and from 16,384 evenly scattered ones of a large field.

use super::field::Field;
use super::level_scale::LevelScale;
use super::quantiles::{mix, quantile, scattered};
use crate::elementary;

/// How many values stand for a large field when quantiles are taken.
const SAMPLE: usize = 1 << 14;

/// The share of the nodes that is passed over at an end without a bound.
const EXTREME: f64 = 0.03;

/// Values spread over positions 0 to 1, ascending.
pub(super) enum Ramp {
    Linear { low: f64, high: f64 },
    Log { base: f64, cut: f64, top: f64 },
    Quantile { sorted: Vec<f64> },
}

impl Ramp {
    /// The ramp of a field; `None` where fewer than two different finite values exist.
    pub fn new(field: &Field, scale: LevelScale) -> Option<Ramp> {
        let [min, max] = field.range().filter(|[min, max]| min < max)?;
        let sorted = scattered(&field.values, SAMPLE);
        let [below, above] = field.unbounded;
        let low = if below { quantile(&sorted, EXTREME) } else { min };
        let high = if above { quantile(&sorted, 1.0 - EXTREME) } else { max };
        let [low, high] = if low < high { [low, high] } else { [min, max] };
        let linear = Ramp::Linear { low, high };
        Some(match scale {
            LevelScale::Log if !below => logarithmic(&sorted, low, high).unwrap_or(linear),
            LevelScale::Linear | LevelScale::Log => linear,
            LevelScale::Quantile => Ramp::Quantile { sorted },
        })
    }

    /// The value at a position from 0 to 1; never decreases with the position.
    pub fn value(&self, t: f64) -> f64 {
        match self {
            Ramp::Linear { low, high } => mix(*low, *high, t),
            Ramp::Log { base, cut, top } => {
                base + elementary::exp(mix(elementary::ln(*cut), elementary::ln(*top), t))
            }
            Ramp::Quantile { sorted } => quantile(sorted, t),
        }
    }
}

fn logarithmic(sorted: &[f64], base: f64, max: f64) -> Option<Ramp> {
    let largest = max - base;
    let positive = sorted.get(sorted.partition_point(|value| *value <= base)..).unwrap_or(&[]);
    let noise = 4.0 * f64::EPSILON * base.abs();
    let cut = if positive.is_empty() { noise } else { (quantile(positive, 0.001) - base).max(noise) };
    let bulk = quantile(sorted, 0.98) - base;
    let top = if bulk > cut && elementary::ln(largest / bulk) > elementary::ln(bulk / cut) {
        bulk
    } else {
        largest
    };
    (cut > 0.0 && cut < top && top.is_finite()).then_some(Ramp::Log { base, cut, top })
}
