//! Where the axes have their ticks, at multiples of 1, 2 or 5 times a power of ten, and what stands at them.
//!
//! Each number has as many digits as tell it from the next one. Where that is more than an axis has room for, because the window
//! is narrow beside its place, the name of the axis takes what is common, and a tick says the rest: of an axis "x − 1 in
//! 10⁻⁸" the tick 2 is at x = 1 + 2·10⁻⁸.

use egui_plot::GridMark;

use crate::decimal::{scaled, with_minus};
use crate::elementary;
use crate::figure::look::number::{short, signed, superscript, trimmed};

/// The smallest 1, 2 or 5 times a power of ten that divides `span` into at most about `parts` parts.
pub fn nice_step(span: f64, parts: f32) -> f64 {
    let least = span / f64::from(parts.max(1.0));
    let power = elementary::pow(10f64, elementary::log10(least).floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= least).unwrap_or(10.0);
    factor * power
}

/// A mark at every multiple of `step` between two ends, no two at the same number.
pub fn marks((low, high): (f64, f64), step: f64) -> Vec<GridMark> {
    /// More marks are no help, and a step that is no number would make them without end.
    const MOST: f64 = 200.0;
    let (first, last) = ((low / step).ceil(), (high / step).floor());
    let count = last - first + 1.0;
    if !(1.0..=MOST).contains(&count) {
        return Vec::new();
    }
    let at = |i: u32| GridMark { value: (first + f64::from(i)) * step, step_size: step };
    let mut marks: Vec<GridMark> = (0..count as u32).map(at).collect();
    marks.dedup_by_key(|mark| mark.value);
    marks
}

/// How the ticks of one axis are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TickLabels {
    /// The exponent of ten of the last digit that is written, and that power of ten.
    last_digit: i32,
    unit: f64,
    has_exponents: bool,
    /// What is left out at the ticks, a multiple of ten last digits, and its decimals; then ticks count last digits.
    common: Option<(f64, usize)>,
}

/// The most digits of a tick, and of one with an exponent.
const MOST_DIGITS: i32 = 6;
const MOST_BEFORE_EXPONENT: i32 = 3;
/// From here on numbers are written with an exponent.
const LARGE: f64 = 1e6;

impl TickLabels {
    /// For ticks at multiples of `step` within a range.
    pub fn new(range: [f64; 2], step: f64) -> Self {
        // 0.1 is a little more than a tenth, which must not cost a digit.
        let mut last_digit = (elementary::log10(step) + 1e-9).floor() as i32;
        let largest = range[0].abs().max(range[1].abs());
        let digits = elementary::log10(largest).floor() as i32 - last_digit + 1;
        let has_exponents = largest >= LARGE || last_digit < -(MOST_DIGITS - 1);
        let most = if has_exponents { MOST_BEFORE_EXPONENT } else { MOST_DIGITS };
        let common = (digits > most).then(|| {
            let span_digit =
                elementary::log10(range[1] - range[0]).ceil().max(f64::from(last_digit) + 1.0) as i32;
            let middle = 0.5 * range[0] + 0.5 * range[1];
            let multiple = (middle / scaled(1.0, span_digit)).round();
            (scaled(multiple, span_digit), (-span_digit).max(0) as usize)
        });
        if common.is_some() && (1..=3).contains(&last_digit) {
            // Tens and hundreds are counted as they are.
            last_digit = 0;
        }
        Self { last_digit, unit: scaled(1.0, last_digit), has_exponents, common }
    }

    /// The number at a mark.
    pub fn label(&self, value: f64) -> String {
        if let Some((common, _)) = self.common {
            let count = format!("{:.0}", (value - common) / self.unit);
            // Nothing is left of it at the common number itself.
            return if count == "-0" { "0".to_owned() } else { with_minus(&count) };
        }
        let decimals = (-self.last_digit).max(0) as usize;
        if self.has_exponents {
            let digits = if value == 0.0 {
                1
            } else {
                elementary::log10(value.abs()).floor() as i32 - self.last_digit + 1
            };
            return trimmed(&short(value, digits.max(1) as usize));
        }
        signed(value, &format!("{:.decimals$}", value.abs()))
    }

    /// The name of the axis with what is common to all of its ticks.
    pub fn axis_name(&self, name: &str) -> String {
        let Some((common, decimals)) = self.common else { return name.to_owned() };
        let unit = match self.last_digit {
            0 => String::new(),
            power => format!(" in 10{}", superscript(power)),
        };
        if common == 0.0 {
            return format!("{name}{unit}");
        }
        let sign = if common < 0.0 { '+' } else { '\u{2212}' };
        let size = if common.abs() < 1e9 {
            trimmed(&format!("{:.decimals$}", common.abs()))
        } else {
            trimmed(&short(common.abs(), 17))
        };
        format!("{name} {sign} {size}{unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_not_too_many() {
        assert_eq!(nice_step(4.0, 10.0), 0.5);
        assert_eq!(nice_step(4.0, 4.0), 1.0);
        assert_eq!(nice_step(1000.0, 9.0), 200.0);
        assert!((nice_step(3e-7, 5.0) - 1e-7).abs() < 1e-20);
        assert_eq!(nice_step(6.1, 1.0), 10.0);
    }

    #[test]
    fn marks_stand_at_multiples_inside() {
        let values = |ends, step| marks(ends, step).into_iter().map(|mark| mark.value).collect::<Vec<_>>();
        assert_eq!(values((-1.2, 1.1), 0.5), [-1.0, -0.5, 0.0, 0.5, 1.0]);
        assert!(values((0.1, 0.2), 1.0).is_empty());
        assert!(values((0.0, f64::INFINITY), 1.0).is_empty());
        assert!(values((0.0, 1.0), f64::NAN).is_empty());
    }

    #[test]
    fn labels_have_the_decimals_of_their_step() {
        let label = |value, range, step| TickLabels::new(range, step).label(value);
        assert_eq!(label(0.5, [-1.0, 1.0], 0.5), "0.5");
        assert_eq!(label(-1.0, [-1.0, 1.0], 0.5), "−1.0");
        assert_eq!(label(0.1 * 3.0, [0.0, 1.0], 0.1), "0.3");
        assert_eq!(label(0.25, [0.0, 1.0], 0.05), "0.25");
        assert_eq!(label(200.0, [0.0, 1000.0], 200.0), "200");
        assert_eq!(label(-2e9, [-4e9, 0.0], 1e9), "−2e9");
        assert_eq!(label(1.5e9, [0.0, 2e9], 5e8), "1.5e9");
        assert_eq!(label(3e-8, [0.0, 5e-8], 1e-8), "3e−8");
        assert_eq!(label(0.0, [0.0, 5e-8], 1e-8), "0");
    }

    #[test]
    fn what_is_common_to_the_ticks_of_a_narrow_window_is_in_the_name_of_the_axis() {
        let range = [1.0, 1.0000001];
        let labels = TickLabels::new(range, 2e-8);
        let seen: Vec<_> = marks((range[0], range[1]), 2e-8).iter().map(|m| labels.label(m.value)).collect();
        assert_eq!(seen, ["0", "2", "4", "6", "8", "10"]);
        assert_eq!(labels.axis_name("x"), "x − 1 in 10⁻⁸");
        assert_eq!(TickLabels::new([-2.5000002, -2.5], 1e-7).axis_name("θ"), "θ + 2.5 in 10⁻⁷");
        assert_eq!(TickLabels::new([123_456_000.0, 123_456_007.0], 1.0).axis_name("x"), "x − 123456000");
        assert_eq!(TickLabels::new([-1.0, 1.0], 0.5).axis_name("x"), "x");
        let hundreds = TickLabels::new([9_999_900.0, 10_000_900.0], 200.0);
        assert_eq!(
            (hundreds.axis_name("x"), hundreds.label(1e7)),
            ("x − 10000000".to_owned(), "0".to_owned())
        );
    }

    #[test]
    fn ticks_are_told_apart_and_can_be_read_back_at_any_zoom() {
        for place in [0.0, 1.0, -1.0, 0.1, 12.3456, -404.2, 1e6, 987_654_321.0, -1e12, 3e-7, 1e300, 1e-300] {
            for power in -310..=300 {
                for lead in [1.0, 2.7, 7.0] {
                    let span = lead * 10_f64.powi(power);
                    for range in [[place, place + span], [place - 0.3 * span, place + 0.6 * span]] {
                        let step = nice_step(range[1] - range[0], 5.0);
                        if !(step > 0.0 && step.is_finite()) {
                            continue;
                        }
                        let labels = TickLabels::new(range, step);
                        let marks = marks((range[0], range[1]), step);
                        let texts: Vec<String> = marks.iter().map(|mark| labels.label(mark.value)).collect();
                        for (text, mark) in texts.iter().zip(&marks) {
                            assert!(text.chars().count() <= 11, "{text} in {range:?}");
                            let said: f64 = text.replace('\u{2212}', "-").parse().unwrap();
                            let (common, unit) = match labels.common {
                                Some((common, _)) => (common, labels.unit),
                                None => (0.0, 1.0),
                            };
                            let off = (common + said * unit - mark.value).abs();
                            let rounding = 2.0 * f64::EPSILON * range[0].abs().max(range[1].abs());
                            assert!(off <= 0.01 * step + rounding, "{text} for {} in {range:?}", mark.value);
                        }
                        assert!(texts.windows(2).all(|pair| pair[0] != pair[1]), "{texts:?} in {range:?}");
                    }
                }
            }
        }
    }
}
