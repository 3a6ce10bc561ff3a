//! Numbers as people read them: few digits, always as many, with a true minus sign.

/// `value` with `digits` significant digits: plain between 10⁻³ and 10⁵, as `1.23e-5` beyond; a dash where there is none.
///
/// ```
/// use downhill::figure::number::short;
/// assert_eq!(short(-0.25, 3), "\u{2212}0.250");
/// assert_eq!(short(1234567.0, 3), "1.23e6");
/// ```
pub fn short(value: f64, digits: usize) -> String {
    if value.is_nan() {
        return "undefined".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞".to_owned() } else { "\u{2212}∞".to_owned() };
    }
    let digits = digits.max(1);
    let scientific = format!("{:.*e}", digits - 1, value.abs());
    let exponent: i32 = scientific.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    let magnitude = if value == 0.0 || (-3..5).contains(&exponent) {
        let decimals = (digits as i32 - 1 - exponent).max(0) as usize;
        format!("{:.decimals$}", value.abs())
    } else {
        scientific.replacen("e-", "e\u{2212}", 1)
    };
    if value < 0.0 { format!("\u{2212}{magnitude}") } else { magnitude }
}

/// A coordinate with as many decimals as the width of what is shown calls for: a thousandth of `span`.
pub fn coordinate(value: f64, span: f64) -> String {
    let decimals = (3.0 - span.abs().log10().floor()).clamp(0.0, 9.0);
    if !value.is_finite() || !decimals.is_finite() || value.abs() >= 1e6 {
        return short(value, 4);
    }
    let text = format!("{:.*}", decimals as usize, value.abs());
    if value < 0.0 { format!("\u{2212}{text}") } else { text }
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
        assert_eq!(coordinate(1e12, 4.0), "1.000e12");
    }
}
