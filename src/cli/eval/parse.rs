//! The arguments of `eval` that are more than a word.

use crate::expr::{canonical_name, function, is_name};

/// `1,2` as a point.
pub(super) fn point(typed: &str) -> Result<[f64; 2], String> {
    let expected = || "expected two numbers with a comma between them, as in -1,2.5".to_owned();
    let (x, y) = typed.split_once(',').ok_or_else(expected)?;
    let [x, y] = [x, y].map(number);
    match (x, y) {
        (Some(x), Some(y)) if x.is_finite() && y.is_finite() => Ok([x, y]),
        (Some(_), Some(_)) => Err(format!("{}: both must be finite", expected())),
        _ => Err(expected()),
    }
}

/// `a=1` as a name and its value.
pub(super) fn constant(typed: &str) -> Result<(String, f64), String> {
    let expected = || "expected a name and a number, as in a=-1.5".to_owned();
    let (name, value) = typed.split_once('=').ok_or_else(expected)?;
    let name = name.trim();
    let value = number(value).ok_or_else(expected)?;
    let canonical = canonical_name(name);
    if !is_name(name) {
        Err(format!("`{name}` is no name: a letter followed by letters, digits or underscores is one"))
    } else if super::VARIABLES.contains(&canonical.as_str()) {
        Err(format!("`{name}` is a variable, so it cannot be a constant too"))
    } else if matches!(canonical.as_str(), "e" | "pi") {
        Err(format!("`{name}` is a number already"))
    } else if function(&canonical).is_some() {
        Err(format!("`{name}` is a function"))
    } else if !value.is_finite() {
        Err(format!("{}: the number must be finite", expected()))
    } else {
        Ok((name.to_owned(), value))
    }
}

/// A number as it is typed or pasted, with a hyphen or a minus sign.
fn number(typed: &str) -> Option<f64> {
    typed.trim().replace('−', "-").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_two_finite_numbers() {
        assert_eq!(point("-1,2"), Ok([-1.0, 2.0]));
        assert_eq!(point(" −1.5e3 , .5 "), Ok([-1500.0, 0.5]));
        for wrong in ["", "1", "1,", ",", "1,2,3", "1;2", "a,b", "1,nan", "inf,0", "1,1e999"] {
            let message = point(wrong).unwrap_err();
            assert!(message.starts_with("expected two numbers"), "{wrong}: {message}");
        }
    }

    #[test]
    fn constants_are_a_name_and_a_finite_number() {
        assert_eq!(constant("a=-1"), Ok(("a".to_owned(), -1.0)));
        assert_eq!(constant("θ₀ = 2"), Ok(("θ₀".to_owned(), 2.0)));
        for wrong in [
            "", "a", "a=", "=1", "a==1", "a=b", "a=nan", "a=-inf", "a=1e999", "2a=1", "x=1", "e=3", "π=3",
            "sin=1",
        ] {
            assert!(constant(wrong).is_err(), "{wrong}");
        }
    }
}
