//! The value axis of a chart: where a number stands, and which numbers are written beside it.

use serde::{Deserialize, Serialize};

use crate::elementary;
use crate::figure::look::number::superscript;
use crate::figure::plane::ticks::{TickLabels, marks, nice_step};
use crate::spelling::Selectable;

/// How values are spread over the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartScale {
    /// Evenly.
    Linear,
    /// By powers of ten; negative values by powers of ten on the other side of 0.
    Log,
}

impl Selectable for ChartScale {
    const ALL: &'static [Self] = &[Self::Linear, Self::Log];

    fn id(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Log => "log",
        }
    }
}

/// An axis over some values. Positions are 0 at its lower end and 1 at its upper one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::figure) enum ValueAxis {
    Linear {
        low: f64,
        high: f64,
    },
    /// By the logarithm to base 10, of values above 0.
    Log {
        low: f64,
        high: f64,
    },
    /// By asinh(v / unit), which is even near 0 and logarithmic beyond the unit.
    Symmetric {
        unit: f64,
        low: f64,
        high: f64,
    },
}

/// Decades below the largest value that are shown at most: below is rounding.
const MOST_DECADES: f64 = 18.0;
/// Of what is negative too, those that are told apart.
const SYMMETRIC_DECADES: f64 = 1e-4;

impl ValueAxis {
    /// An axis that shows all of these values that can be shown.
    pub fn over(scale: ChartScale, values: impl Iterator<Item = f64> + Clone) -> Self {
        let finite = values.filter(|value| value.is_finite());
        let (low, high) = finite
            .clone()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return Self::Linear { low: 0.0, high: 1.0 };
        }
        match scale {
            ChartScale::Log if low < 0.0 && low < high => {
                let unit = SYMMETRIC_DECADES * low.abs().max(high.abs());
                Self::Symmetric { unit, low, high }
            }
            ChartScale::Log if low >= 0.0 && high > 0.0 => {
                let least = elementary::pow(10.0, elementary::log10(high) - MOST_DECADES);
                let low = finite.filter(|value| *value > least).fold(high, f64::min);
                if low < high {
                    Self::Log { low, high }
                } else {
                    Self::Log { low: 0.5 * low, high: 2.0 * high }
                }
            }
            _ if low < high => {
                let margin = 0.04 * (high - low);
                Self::Linear { low: low - margin, high: high + margin }
            }
            _ => {
                let margin = if low == 0.0 { 1.0 } else { 0.5 * low.abs() };
                Self::Linear { low: low - margin, high: low + margin }
            }
        }
    }

    /// The least value that is shown.
    #[cfg(test)]
    fn lowest(&self) -> f64 {
        match *self {
            Self::Linear { low, .. } | Self::Log { low, .. } | Self::Symmetric { low, .. } => low,
        }
    }

    /// Where a value stands; beyond 0 and 1 where it is not on the axis, not a number where it cannot be.
    pub fn position(&self, value: f64) -> f64 {
        let share = |low: f64, high: f64, value: f64| (value - low) / (high - low);
        match *self {
            Self::Linear { low, high } => share(low, high, value),
            Self::Log { low, high } => {
                let log = |value: f64| if value > 0.0 { elementary::log10(value) } else { f64::NEG_INFINITY };
                let margin = 0.03 * (log(high) - log(low));
                share(log(low) - margin, log(high) + margin, log(value))
            }
            Self::Symmetric { unit, low, high } => {
                let bent = |value: f64| elementary::asinh(value / unit);
                let margin = 0.03 * (bent(high) - bent(low));
                share(bent(low) - margin, bent(high) + margin, bent(value))
            }
        }
    }

    /// The numbers beside the axis with their texts, in a height with room for so many.
    pub fn ticks(&self, room: f32) -> Vec<(f64, String)> {
        match *self {
            Self::Linear { low, high } => {
                let step = nice_step(high - low, room);
                let labels = TickLabels::new([low, high], step);
                marks((low, high), step).iter().map(|mark| (mark.value, labels.label(mark.value))).collect()
            }
            Self::Log { low, high } => powers(low, high, room),
            Self::Symmetric { unit, low, high } => {
                let largest = low.abs().max(high.abs());
                let positive = powers(10.0 * unit, largest, 0.4 * room);
                let negative = positive.iter().map(|(value, text)| (-value, format!("\u{2212}{text}")));
                let zero = std::iter::once((0.0, "0".to_owned()));
                let all = positive.iter().cloned().chain(negative).chain(zero);
                all.filter(|(value, _)| (low..=high).contains(value)).collect()
            }
        }
    }
}

/// Powers of ten between two numbers above 0, so many at the most that there is room; where there is hardly one, other numbers.
fn powers(low: f64, high: f64, room: f32) -> Vec<(f64, String)> {
    let [first, last] = [elementary::log10(low).ceil() as i32, elementary::log10(high).floor() as i32];
    if last - first < 1 {
        let step = nice_step(high - low, room);
        let labels = TickLabels::new([low, high], step);
        return marks((low, high), step).iter().map(|mark| (mark.value, labels.label(mark.value))).collect();
    }
    let stride = ((last - first + 1) as f32 / room.max(1.0)).ceil().max(1.0) as i32;
    let of = |power: i32| {
        let text = match power {
            0..4 => format!("1{}", "0".repeat(power as usize)),
            _ => format!("10{}", superscript(power)),
        };
        (crate::decimal::scaled(1.0, power), text)
    };
    (first..=last).filter(|power| power.rem_euclid(stride) == 0).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(scale: ChartScale, values: &[f64]) -> ValueAxis {
        ValueAxis::over(scale, values.iter().copied())
    }

    #[test]
    fn every_value_that_can_be_shown_is_on_the_axis() {
        let sets: [&[f64]; 9] = [
            &[1.0, 2.0, 5.0],
            &[24.2, 1e-13, 3.0, f64::NAN],
            &[-1.5, -1.5],
            &[0.0],
            &[],
            &[-4.0, 1e6],
            &[1e-300, 1e300],
            &[5.0, 5.0],
            &[f64::INFINITY, 3.0, 0.0],
        ];
        for values in sets {
            for scale in ChartScale::ALL {
                let axis = over(*scale, values);
                for value in values.iter().filter(|value| value.is_finite()) {
                    let at = axis.position(*value);
                    let is_below = matches!(axis, ValueAxis::Log { .. }) && *value <= axis.lowest();
                    assert!(
                        (0.0..=1.0).contains(&at) || is_below,
                        "{value} of {values:?} is at {at}: {axis:?}"
                    );
                }
                for (value, text) in axis.ticks(6.0) {
                    assert!((0.0..=1.0).contains(&axis.position(value)), "{text}: {axis:?}");
                }
                assert!(axis.ticks(6.0).len() <= 12, "{axis:?}");
            }
        }
    }

    #[test]
    fn powers_of_ten_are_written_where_there_is_room() {
        let texts = |values: &[f64], room| {
            let ticks = over(ChartScale::Log, values).ticks(room);
            ticks.into_iter().map(|(_, text)| text).collect::<Vec<_>>()
        };
        assert_eq!(texts(&[1e-2, 1e3], 9.0), ["10⁻²", "10⁻¹", "1", "10", "100", "1000"]);
        assert_eq!(texts(&[1e-6, 1e6], 5.0), ["10⁻⁶", "10⁻³", "1", "1000", "10⁶"]);
        assert_eq!(texts(&[2.0, 4.0], 3.0), ["2", "3", "4"]);
        assert!(texts(&[-100.0, 100.0], 9.0).contains(&"\u{2212}1".to_owned()));
    }
}
