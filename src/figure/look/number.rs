//! Numbers as people read them: few digits, always as many, with a true minus sign.

use crate::decimal::with_minus;
use crate::elementary;

/// `value` with `digits` significant digits: plain between 10⁻³ and 10⁵, as `1.23e-5` beyond; a dash where there is none.
///
/// ```
/// use downhill::figure::look::number::short;
/// assert_eq!(short(-0.25, 3), "\u{2212}0.250");
/// assert_eq!(short(1234567.0, 3), "1.23e6");
/// ```
pub fn short(value: f64, digits: usize) -> String {
    if value.is_nan() {
        return "undefined".to_owned();
    }
    if value.is_infinite() {
        return signed(value, "∞");
    }
    let digits = digits.max(1);
    let scientific = format!("{:.*e}", digits - 1, value.abs());
    let exponent: i32 = scientific.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    let magnitude = if value == 0.0 || (-3..5).contains(&exponent) {
        let decimals = (digits as i32 - 1 - exponent).max(0) as usize;
        format!("{:.decimals$}", value.abs())
    } else {
        with_minus(&scientific)
    };
    signed(value, &magnitude)
}

/// The text of a magnitude with the sign of the value that it is of.
pub(in crate::figure) fn signed(value: f64, magnitude: &str) -> String {
    format!("{}{magnitude}", if value < 0.0 { "\u{2212}" } else { "" })
}

/// A number as it is written by [`short`] without the zeros that end its decimals: `0.5` for `0.500`, `2e6` for `2.00e6`.
pub fn trimmed(text: &str) -> String {
    let (number, exponent) = text.split_at(text.find('e').unwrap_or(text.len()));
    let kept = if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    format!("{kept}{exponent}")
}

/// An exponent as it is set above the line.
pub fn superscript(exponent: i32) -> String {
    let raised = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => digit.to_digit(10).and_then(|d| char::from_u32(0x2070 + d)).unwrap_or(digit),
    };
    exponent.to_string().chars().map(raised).collect()
}

/// A coordinate with as many decimals as the width of what is shown calls for: a thousandth of `span`, as far as the number
/// has digits.
pub fn coordinate(value: f64, span: f64) -> String {
    const DIGITS: i32 = 17;
    let last_digit = elementary::log10(span.abs()).floor() - 3.0;
    if !value.is_finite() || !last_digit.is_finite() {
        return short(value, 4);
    }
    let first_digit = if value == 0.0 { last_digit } else { elementary::log10(value.abs()).floor() };
    let digits = (first_digit - last_digit) as i32 + 1;
    if value.abs() >= 1e6 || digits > DIGITS || last_digit < -15.0 {
        return short(value, digits.clamp(4, DIGITS) as usize);
    }
    let decimals = (-last_digit).max(0.0);
    signed(value, &format!("{:.*}", decimals as usize, value.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_number_of_digits() {
        let written =
            [0.0, 1.0, 9.9996, 99999.0, 0.001, 0.0009999, -2e-7, 1e300, f64::NAN, f64::NEG_INFINITY];
        assert_eq!(
            written.map(|v| short(v, 4)),
            [
                "0.000",
                "1.000",
                "10.00",
                "1.000e5",
                "0.001000",
                "9.999e−4",
                "−2.000e−7",
                "1.000e300",
                "undefined",
                "−∞"
            ]
        );
    }

    #[test]
    fn coordinates_are_as_fine_as_the_picture() {
        assert_eq!(coordinate(-1.23456, 4.0), "−1.235");
        assert_eq!(coordinate(400.26, 1000.0), "400");
        assert_eq!(coordinate(0.5, 1e-4), "0.5000000");
        assert_eq!(coordinate(1e12, 1e12), "1.000e12");
        assert_eq!(coordinate(1.000_000_034_2, 1e-7), "1.0000000342");
        assert_eq!(coordinate(123_456_789.25, 10.0), "1.2345678925e8");
        assert_eq!(coordinate(3.4e-20, 1e-19), "3.400e−20");
    }

    #[test]
    fn zeros_that_say_nothing_are_left_out_and_exponents_raised() {
        let texts = ["0.500", "2.00e6", "10", "100.0", "1.50e\u{2212}7", "∞"];
        assert_eq!(texts.map(trimmed), ["0.5", "2e6", "10", "100", "1.5e\u{2212}7", "∞"]);
        assert_eq!([-12, 345, 0].map(superscript), ["⁻¹²", "³⁴⁵", "⁰"]);
    }
}
