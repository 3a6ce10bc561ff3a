//! Numbers as people type and read them.

use crate::expr::{Expression, FormulaErrorKind};

/// The shortest text that shows a setting: four significant digits, without trailing zeros.
pub fn setting_text(value: f64) -> String {
    let rounded: f64 = format!("{value:.3e}").parse().unwrap_or(value);
    plain_text(rounded, 1e6)
}

/// The shortest text that is read as this very number.
pub fn exact_text(value: f64) -> String {
    plain_text(value, 1e15)
}

fn plain_text(value: f64, most: f64) -> String {
    let is_plain = value == 0.0 || !value.is_finite() || (1e-4..most).contains(&value.abs());
    if is_plain { format!("{value}") } else { format!("{value:e}") }
}

/// What was typed, as a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    pub value: f64,
    /// How it was understood, where it could have been meant otherwise.
    pub remark: Option<String>,
}

/// Reads a number or arithmetic, with a decimal point or comma, and with the signs that people paste. In a whole number a
/// comma before three digits parts the thousands.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn read_number(text: &str, is_whole: bool) -> Result<Typed, String> {
    let text = text.trim();
    let typed = match numeral(text, is_whole) {
        Some(typed) => typed,
        None => Typed { value: calculate(text)?, remark: None },
    };
    if typed.value.is_finite() {
        return Ok(typed);
    }
    let is_long = text.chars().count() > 20;
    let what = if is_long { "this".to_owned() } else { format!("`{text}`") };
    Err(format!("{what} is not finite"))
}

/// The value of a formula without variables. Where a comma parts no arguments, it is a decimal one.
fn calculate(text: &str) -> Result<f64, String> {
    let with_points = text.replace(',', ".");
    evaluate(text)
        .or_else(|said| if text.contains(',') { evaluate(&with_points).map_err(|_| said) } else { Err(said) })
}

fn evaluate(text: &str) -> Result<f64, String> {
    let expression = Expression::parse(text).map_err(|error| match error.kind {
        FormulaErrorKind::Empty => "type a number".to_owned(),
        FormulaErrorKind::Unreadable => "this is no number".to_owned(),
        kind => kind.to_string(),
    })?;
    if let Some(name) = expression.names().first() {
        return Err(format!("`{}` is no number", name.name));
    }
    let tape = expression.compile(["x", "y"], &[]).map_err(|error| error.to_string())?;
    Ok(tape.evaluator().value(0.0, 0.0))
}

/// A number without arithmetic; `None` where it is none.
fn numeral(text: &str, is_whole: bool) -> Option<Typed> {
    let mut rest = text;
    let sign = match text.chars().next()? {
        '-' | '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2013}' => "-",
        '+' => "+",
        _ => "",
    };
    if !sign.is_empty() {
        rest = text.strip_prefix(|_| true).unwrap_or_default().trim_start();
    }
    let (mantissa, exponent) = rest.split_once(['e', 'E']).map_or((rest, "0"), |(m, e)| (m, e));
    let exponent = exponent.replace('\u{2212}', "-");
    let power: i64 = exponent.parse().ok()?;
    let (digits, is_ambiguous) = plain_mantissa(mantissa, is_whole)?;
    let value: f64 = format!("{sign}{digits}e{power}").parse().ok()?;
    let remark = is_ambiguous.then(|| {
        let rule = if is_whole { "the comma parts the thousands" } else { "a comma is a decimal point" };
        format!("read as {}: {rule}", exact_text(value))
    });
    Some(Typed { value, remark })
}

/// The digits with a decimal point and nothing between them, and whether a comma could have been meant otherwise.
fn plain_mantissa(text: &str, is_whole: bool) -> Option<(String, bool)> {
    let count = |wanted| text.chars().filter(|c| *c == wanted).count();
    let (points, commas) = (count('.'), count(','));
    let (mut decimal, mut is_ambiguous) = (None, false);
    match (points, commas) {
        (0, 1) => {
            let (before, after) = text.split_once(',')?;
            is_ambiguous = is_group(after, 3..=3) && is_group(before, 1..=3) && !before.starts_with('0');
            if !(is_ambiguous && is_whole) {
                decimal = Some(',');
            }
        }
        (1, 0) => decimal = Some('.'),
        (1, _) if text.rfind('.') > text.rfind(',') => decimal = Some('.'),
        (_, 1) if points > 0 && text.rfind(',') > text.rfind('.') => decimal = Some(','),
        (0, _) | (_, 0) => {}
        _ => return None,
    }
    let (whole, fraction) = decimal.and_then(|sign| text.split_once(sign)).unwrap_or((text, ""));
    let whole = without_separators(whole)?;
    let is_empty = whole.is_empty() && fraction.is_empty();
    let is_read = !is_empty && fraction.chars().all(|c| c.is_ascii_digit());
    is_read.then(|| (format!("0{whole}.{fraction}0"), is_ambiguous))
}

/// Whole digits without what parts the thousands, which is the same sign throughout.
fn without_separators(text: &str) -> Option<String> {
    let sign = text.chars().find(|c| !c.is_ascii_digit());
    let Some(sign) = sign else { return Some(text.to_owned()) };
    let is_separator = sign.is_whitespace() || matches!(sign, '.' | ',' | '\'' | '\u{2019}' | '_');
    let mut groups = text.split(sign);
    let first = groups.next().filter(|group| is_group(group, 1..=3))?;
    let mut digits = first.to_owned();
    for group in groups {
        digits.push_str(Some(group).filter(|group| is_group(group, 3..=3))?);
    }
    is_separator.then_some(digits)
}

fn is_group(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<f64> {
        read_number(text, false).ok().map(|typed| typed.value)
    }

    #[test]
    fn settings_are_written_as_people_write_them() {
        let written = [0.05, 0.001, 1e-8, 0.9, 0.123_456_789, 100.0, 2e7, -0.5, 0.0].map(setting_text);
        assert_eq!(written, ["0.05", "0.001", "1e-8", "0.9", "0.1235", "100", "2e7", "-0.5", "0"]);
        let written = [0.1 + 0.2, 123_456.789, 1e-7, 2e300, -0.0].map(exact_text);
        assert_eq!(written, ["0.30000000000000004", "123456.789", "1e-7", "2e300", "-0"]);
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let cases = [
            ("0.02", 0.02),
            (" \u{2212}0.5 ", -0.5),
            ("- 0.5", -0.5),
            ("\u{2013}3", -3.0),
            ("+5", 5.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("0,05", 0.05),
            ("1,5", 1.5),
            (",5", 0.5),
            ("0,125", 0.125),
            ("1e-3", 0.001),
            ("1,5E\u{2212}3", 0.0015),
            ("1 000", 1000.0),
            ("12\u{202f}345,5", 12345.5),
            ("1'000'000", 1e6),
            ("1.000.000", 1e6),
            ("1.000,5", 1000.5),
            ("1,000.5", 1000.5),
            ("1_000", 1000.0),
            ("1,125", 1.125),
            ("1.125", 1.125),
            ("1e-400", 0.0),
        ];
        for (text, expected) in cases {
            assert_eq!(value(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn arithmetic_is_worked_out() {
        let cases = [
            ("1/3", 1.0 / 3.0),
            ("2*pi", 2.0 * std::f64::consts::PI),
            ("2pi", 2.0 * std::f64::consts::PI),
            ("sqrt(2)", 2.0_f64.sqrt()),
            ("10^-3", 0.001),
            ("\u{2212}1/4", -0.25),
            ("e", std::f64::consts::E),
            ("1,5/2", 0.75),
            ("sqrt(2,25)", 1.5),
            ("max(1,2)", 2.0),
            ("2(3+4)", 14.0),
        ];
        for (text, expected) in cases {
            let found = value(text).unwrap_or(f64::NAN);
            assert!((found - expected).abs() <= 1e-15 * expected.abs(), "{text}: {found}");
        }
    }

    #[test]
    fn what_is_no_number_is_said() {
        let cases = [
            ("", "type a number"),
            ("abc", "no number"),
            ("x", "`x` is no number"),
            ("nan", "no number"),
            ("inf", "no number"),
            ("1e999", "not finite"),
            ("1/0", "not finite"),
            ("sqrt(-1)", "not finite"),
            ("1 5", "missing"),
            ("1/", "to its right"),
            ("1,2,3", "comma"),
            ("2 apples", "no number"),
            ("\u{1F600}", "no meaning"),
        ];
        for (text, said) in cases {
            let error = read_number(text, false).expect_err(text);
            assert!(error.contains(said), "{text}: {error}");
        }
    }

    #[test]
    fn a_comma_that_could_part_thousands_is_remarked_on() {
        let read =
            |text, is_whole| read_number(text, is_whole).map(|typed| (typed.value, typed.remark.is_some()));
        assert_eq!(read("1,000", true), Ok((1000.0, true)));
        assert_eq!(read("1,000", false), Ok((1.0, true)));
        assert_eq!(read("1,00", false), Ok((1.0, false)));
        assert_eq!(read("0,125", false), Ok((0.125, false)));
        assert_eq!(read("1,000,000", true), Ok((1e6, false)));
    }
}
