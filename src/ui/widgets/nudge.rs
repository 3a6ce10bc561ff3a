//! Small steps of a slider by keys and by the wheel: to the next number that a person would have typed.

use std::ops::RangeInclusive;

use crate::decimal::{scaled, with_decimals};
use crate::elementary;

/// How a slider is stepped.
#[derive(Clone, Debug)]
pub struct Nudge {
    /// The ends of the slider. A value beyond them is stepped too, but not further away.
    pub range: RangeInclusive<f64>,
    /// Whether equal distances are equal ratios.
    pub logarithmic: bool,
    /// A tenth of the usual step.
    pub fine: bool,
}

/// Steps of a logarithmic slider within a factor of ten: nearly equal ratios (the series R10 of ISO 3, rounded).
const PREFERRED: [f64; 10] = [1.0, 1.25, 1.6, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0];

impl Nudge {
    /// The value that many steps further; a negative number steps down.
    pub fn apply(&self, value: f64, steps: i32) -> f64 {
        if !value.is_finite() || steps == 0 {
            return value;
        }
        let stepped = if self.logarithmic && value > 0.0 {
            self.by_ratio(value, steps)
        } else {
            self.evenly(value, steps)
        };
        let (low, high) = (self.range.start().min(value), self.range.end().max(value));
        stepped.clamp(low, high)
    }

    fn evenly(&self, value: f64, steps: i32) -> f64 {
        let unit =
            nice_below((self.range.end() - self.range.start()) / 100.0) * if self.fine { 0.1 } else { 1.0 };
        on_grid(value, unit, steps)
    }

    fn by_ratio(&self, value: f64, steps: i32) -> f64 {
        if self.fine {
            return on_grid(value, elementary::pow(10f64, elementary::log10(value).floor() - 2.0), steps);
        }
        // The place among the preferred numbers; a value between two of them steps to its neighbors.
        let decade = elementary::log10(value).floor();
        let lead = value / elementary::pow(10f64, decade);
        let tolerance = 1e-9;
        let above = PREFERRED.iter().position(|p| *p > lead * (1.0 - tolerance)).unwrap_or(PREFERRED.len());
        let is_preferred = PREFERRED.get(above).is_some_and(|p| (p / lead - 1.0).abs() < tolerance);
        let first = if steps > 0 && !is_preferred { above as i32 - 1 } else { above as i32 };
        let place = first + steps;
        let count = PREFERRED.len() as i32;
        let lead = PREFERRED[place.rem_euclid(count) as usize];
        let decade = decade as i32 + place.div_euclid(count);
        scaled(lead, decade)
    }
}

/// The largest of 1, 2, 5 times a power of ten that is not above `size`.
fn nice_below(size: f64) -> f64 {
    let decade = elementary::pow(10f64, elementary::log10(size).floor());
    [5.0, 2.0].into_iter().find(|lead| lead * decade <= size * (1.0 + 1e-9)).unwrap_or(1.0) * decade
}

/// The multiple of `unit` that many steps from `value`, which need not be one.
fn on_grid(value: f64, unit: f64, steps: i32) -> f64 {
    let place = value / unit;
    let nearest = place.round();
    let from = match (place - nearest).abs() < 1e-6 {
        true => nearest,
        false if steps > 0 => place.floor(),
        false => place.ceil(),
    };
    let decimals = (-elementary::log10(unit).floor()).clamp(0.0, 300.0) as usize;
    let stepped = (from + f64::from(steps)) * unit;
    with_decimals(stepped, decimals).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nudge(range: RangeInclusive<f64>, logarithmic: bool, fine: bool) -> Nudge {
        Nudge { range, logarithmic, fine }
    }

    #[test]
    fn a_linear_slider_steps_over_round_numbers() {
        let beta = nudge(0.0..=0.999, false, false);
        assert_eq!(beta.apply(0.9, 1), 0.905);
        assert_eq!(beta.apply(0.9, -2), 0.89);
        assert_eq!(beta.apply(0.999, 1), 0.999);
        assert_eq!(nudge(0.0..=0.999, false, true).apply(0.9, 1), 0.9005);
        let constant = nudge(-100.0..=300.0, false, false);
        assert_eq!(constant.apply(100.0, 1), 102.0);
        assert_eq!(constant.apply(100.7, 1), 102.0);
        assert_eq!(constant.apply(100.7, -1), 100.0);
        assert_eq!(constant.apply(-1.0, 1), 0.0);
    }

    #[test]
    fn a_logarithmic_slider_steps_over_preferred_numbers() {
        let rate = nudge(1e-6..=10.0, true, false);
        let mut value = 0.001;
        let mut seen = Vec::new();
        for _ in 0..11 {
            value = rate.apply(value, 1);
            seen.push(value);
        }
        assert_eq!(seen, [0.00125, 0.0016, 0.002, 0.0025, 0.003, 0.004, 0.005, 0.006, 0.008, 0.01, 0.0125]);
        assert_eq!(rate.apply(0.001, -1), 0.0008);
        assert_eq!(rate.apply(0.0033, 1), 0.004);
        assert_eq!(rate.apply(0.0033, -1), 0.003);
        assert_eq!(nudge(1e-6..=10.0, true, true).apply(0.001, 1), 0.00101);
    }

    #[test]
    fn a_step_never_leads_further_beyond_the_ends() {
        let rate = nudge(1e-6..=10.0, true, false);
        assert_eq!(rate.apply(25.0, 1), 25.0);
        assert!(rate.apply(25.0, -1) < 25.0);
        for value in [f64::MAX, f64::MIN_POSITIVE, -1e300, 0.0, 1e-320] {
            for steps in [-40, -1, 1, 40] {
                for n in [&rate, &nudge(-1e308..=1e307, false, true), &nudge(0.0..=1e-320, false, false)] {
                    assert!(n.apply(value, steps).is_finite(), "{value} {steps} {n:?}");
                }
            }
        }
    }
}
