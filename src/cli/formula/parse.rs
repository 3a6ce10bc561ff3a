//! The arguments about a formula that are more than a word.

use crate::expr::{NO_VARIABLE, canonical_name, lookalike, unexpected, why_no_name};

/// A point: `1,2`, or `1` where there is one variable.
#[derive(Clone, Debug)]
pub struct TypedPoint(pub Vec<f64>);

/// `1,2` as a point, or `1` of one variable.
pub(in crate::cli) fn point(typed: &str) -> Result<TypedPoint, String> {
    let expected =
        || saying_lookalikes("expected two numbers with a comma between them, as in -1,2.5", typed);
    let numbers: Option<Vec<f64>> = typed.splitn(2, ',').map(number).collect();
    let numbers = numbers.ok_or_else(expected)?;
    match numbers.iter().all(|number| number.is_finite()) {
        true => Ok(TypedPoint(numbers)),
        false => Err(format!("{}: both must be finite", expected())),
    }
}

/// `u,v` as the names of two variables, or `u` as that of one.
pub(in crate::cli) fn variables(typed: &str) -> Result<[String; 2], String> {
    let expected = || saying_lookalikes("expected two names with a comma between them, as in u,v", typed);
    let Some((first, second)) = typed.split_once(',') else {
        let only = typed.trim();
        return match why_no_name(only) {
            None => Ok([only.to_owned(), NO_VARIABLE.to_owned()]),
            Some(_) => Err(expected()),
        };
    };
    let [first, second] = [first, second].map(str::trim);
    check_name(first)?;
    check_name(second)?;
    if canonical_name(first) == canonical_name(second) {
        return Err(format!("the two variables must differ, and both are `{first}`"));
    }
    Ok([first.to_owned(), second.to_owned()])
}

/// `a=1` as a name and its value.
pub(in crate::cli) fn constant(typed: &str) -> Result<(String, f64), String> {
    let expected = || saying_lookalikes("expected a name and a number, as in a=-1.5", typed);
    let (name, value) = typed.split_once('=').ok_or_else(expected)?;
    let name = name.trim();
    let value = number(value).ok_or_else(expected)?;
    check_name(name)?;
    if !value.is_finite() {
        return Err(format!("{}: the number must be finite", expected()));
    }
    Ok((name.to_owned(), value))
}

/// Refuses what names neither a variable nor a constant.
fn check_name(name: &str) -> Result<(), String> {
    why_no_name(name).map_or(Ok(()), |why| Err(format!("`{name}` can be no name: {why}")))
}

/// What was expected; and of what was typed instead the first character that is taken for another.
fn saying_lookalikes(expected: &str, typed: &str) -> String {
    // Minus signs are understood.
    match typed.chars().find(|c| *c != '−' && lookalike(*c).is_some()) {
        Some(c) => format!("{expected}; {}", unexpected(c, "a number")),
        None => expected.to_owned(),
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
    fn points_are_one_finite_number_or_two() {
        let numbers = |typed: &str| point(typed).map(|TypedPoint(numbers)| numbers);
        assert_eq!(numbers("-1,2"), Ok(vec![-1.0, 2.0]));
        assert_eq!(numbers("1.5"), Ok(vec![1.5]));
        assert_eq!(numbers(" −1.5e3 , .5 "), Ok(vec![-1500.0, 0.5]));
        for wrong in ["", "1,", ",", "1,2,3", "1;2", "a,b", "1,nan", "inf,0", "1,1e999"] {
            let message = point(wrong).unwrap_err();
            assert!(message.starts_with("expected two numbers"), "{wrong}: {message}");
        }
    }

    #[test]
    fn what_looks_like_something_else_is_named() {
        for (typed, named) in
            [("1‚2", "(U+201A)"), ("‐1,2", "(U+2010)"), ("1,２", "(U+FF12)"), ("−1,2,٣", "(U+0663)")]
        {
            assert!(point(typed).unwrap_err().contains(named), "{typed}");
        }
        assert!(constant("a=‑1").unwrap_err().contains("(U+2011)"));
        assert!(constant("a：1").unwrap_err().contains("(U+FF1A)"));
        assert!(variables("u，v").unwrap_err().contains("(U+FF0C)"));
        assert!(!point("−1,").unwrap_err().contains("U+"));
    }

    #[test]
    fn constants_are_a_name_and_a_finite_number() {
        assert_eq!(constant("a=-1"), Ok(("a".to_owned(), -1.0)));
        assert_eq!(constant("θ₀ = 2"), Ok(("θ₀".to_owned(), 2.0)));
        for wrong in
            ["", "a", "a=", "=1", "a==1", "a=b", "a=nan", "a=-inf", "a=1e999", "2a=1", "e=3", "π=3", "sin=1"]
        {
            assert!(constant(wrong).is_err(), "{wrong}");
        }
    }
    #[test]
    fn variables_are_one_name_or_two() {
        assert_eq!(variables("u,v"), Ok(["u".to_owned(), "v".to_owned()]));
        assert_eq!(variables(" θ₀ , theta_1 "), Ok(["θ₀".to_owned(), "theta_1".to_owned()]));
        assert_eq!(variables(" u "), Ok(["u".to_owned(), NO_VARIABLE.to_owned()]));
        for wrong in ["", "u,", ",", "u,v,w", "u v", "2,v", "u,e", "sin,v", "theta0,θ₀"] {
            assert!(variables(wrong).is_err(), "{wrong}");
        }
    }
}
