//! Numbers with few digits: the doubles nearest to them, and their texts.
//!
//! A product with a power of ten is rounded twice, so that 3 · 0.001 is not the number that is written 0.003. All of these
//! go through a text instead, which is rounded once.

use std::fmt::Display;

/// A number `digits` · 10^`exponent`, with which can be reckoned exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: i64,
    exponent: i32,
}

impl Decimal {
    /// That number.
    pub fn new(digits: i64, exponent: i32) -> Self {
        Self { digits, exponent }
    }

    /// The nearest number of 64 bits.
    pub fn value(self) -> f64 {
        // Through its text, since a product with a power of ten is rounded twice.
        scaled(self.digits, self.exponent)
    }

    /// The nearest number to the sum with another one.
    pub fn plus(self, other: Self) -> f64 {
        let exponent = self.exponent.min(other.exponent);
        let aligned = |number: Self| {
            let shift = 10_i128.checked_pow((number.exponent - exponent).unsigned_abs())?;
            i128::from(number.digits).checked_mul(shift)
        };
        let sum = aligned(self).zip(aligned(other)).and_then(|(a, b)| a.checked_add(b));
        sum.and_then(|digits| format!("{digits}e{exponent}").parse().ok())
            .unwrap_or_else(|| self.value() + other.value())
    }
}

/// The decimal with the fewest digits from `low` to `high`: 0 if it lies there, else as near to `value`, which lies
/// between, as so many digits come.
pub fn roundest(value: f64, low: f64, high: f64) -> Decimal {
    if low <= 0.0 && 0.0 <= high {
        return Decimal::new(0, 0);
    }
    let rounded = |decimals: usize| {
        let text = format!("{value:.decimals$e}");
        let (mantissa, exponent) = text.split_once('e')?;
        let digits = mantissa.replace('.', "").parse().ok()?;
        Some(Decimal::new(digits, exponent.parse::<i32>().ok()? - decimals as i32))
    };
    // 17 digits are always enough to say the value itself.
    let candidates = (0..17).filter_map(rounded);
    let mut last = Decimal::new(0, 0);
    for candidate in candidates {
        if (low..=high).contains(&candidate.value()) {
            return candidate;
        }
        last = candidate;
    }
    last
}

/// The number with the fewest digits within `room` of a value: 0 if it lies there.
pub fn rounded(value: f64, room: f64) -> f64 {
    roundest(value, value - room, value + room).value()
}

/// The number nearest to `lead` · 10^`exponent`; not a number if `lead` is none.
pub fn scaled(lead: impl Display, exponent: i32) -> f64 {
    format!("{lead}e{exponent}").parse().unwrap_or(f64::NAN)
}

/// The number nearest to what a value is with so many decimals, 0 without a sign. `None` of what is not finite.
pub fn with_decimals(value: f64, decimals: usize) -> Option<f64> {
    let parsed = format!("{value:.decimals$}").parse().ok().filter(|number: &f64| number.is_finite());
    parsed.map(|number| number + 0.0)
}

/// The text of a number with a true minus sign.
pub fn with_minus(text: &str) -> String {
    text.replace('-', "\u{2212}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_roundest_number_is_the_one_with_the_fewest_digits() {
        let roundest = |value, low, high| super::roundest(value, low, high).value();
        assert_eq!(roundest(3.162, 2.4, 4.2), 3.0);
        assert_eq!(roundest(3.162, 3.1, 3.3), 3.2);
        assert_eq!(roundest(-106.7645, -106.79, -106.74), -106.76);
        assert_eq!(roundest(1e-9, -1e-3, 2e-3), 0.0);
        assert_eq!(roundest(9.96, 9.9, 10.1), 10.0);
        assert_eq!(roundest(0.1 + 0.2, 0.3, 0.1 + 0.2), 0.3);
        let value = 1.234_567_890_123_456_7e-300;
        assert_eq!(roundest(value, value, value), value);
    }

    #[test]
    fn sums_of_decimals_are_exact() {
        assert_eq!(Decimal::new(-10676, -2).plus(Decimal::new(1, -1)), -106.66);
        assert_eq!(Decimal::new(0, 0).plus(Decimal::new(5, -300)), 5e-300);
        assert_eq!(Decimal::new(1, -300).plus(Decimal::new(1, 300)), 1e300);
    }

    #[test]
    fn what_is_scaled_or_cut_is_the_shortest_number() {
        assert_eq!((scaled(3.0, -3), scaled(1.6, 22), scaled(f64::NAN, 0).is_nan()), (0.003, 1.6e22, true));
        assert_eq!(with_decimals(2.9999e-3, 3), Some(0.003));
        assert_eq!(with_decimals(-1e-9, 3).map(f64::to_bits), Some(0.0_f64.to_bits()));
        assert_eq!(with_decimals(f64::INFINITY, 3), None);
        assert_eq!(with_minus("-1e-7"), "\u{2212}1e\u{2212}7");
    }
}
