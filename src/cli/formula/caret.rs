//! A formula with carets under its wrong characters, for a terminal.

use std::ops::Range;

/// How many characters are shown before the wrong ones, of them, and after them.
const SHOWN: usize = 40;

/// Two lines: the formula, or the part of it around `span` (in bytes), and the carets under it. Nothing where the
/// formula has no visible character.
pub(super) fn lines(formula: &str, span: &Range<usize>) -> Option<String> {
    if formula.trim().is_empty() {
        return None;
    }
    let part = |range: Range<usize>| -> Vec<char> {
        let chars = formula.char_indices().filter(|(at, _)| range.contains(at));
        // Every character takes one column, so that the carets meet their place.
        chars.map(|(_, c)| if c.is_control() { ' ' } else { c }).collect()
    };
    let before = part(0..span.start);
    let wrong = part(span.clone());
    let after = part(span.end.max(span.start)..formula.len());

    let mut line = String::from("  ");
    line.extend((before.len() > SHOWN).then_some('…'));
    line.extend(before.iter().skip(before.len().saturating_sub(SHOWN)));
    let column = line.chars().count();
    line.extend(wrong.iter().take(SHOWN));
    if wrong.len() > SHOWN {
        line.push('…');
    } else {
        line.extend(after.iter().take(SHOWN));
        line.extend((after.len() > SHOWN).then_some('…'));
    }
    let carets = wrong.len().clamp(1, SHOWN);
    Some(format!("{}\n{}{}", line.trim_end(), " ".repeat(column), "^".repeat(carets)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_the_wrong_characters() {
        for (formula, span, drawn) in [
            ("x + q", 4..5, "  x + q\n      ^"),
            ("θ₀ + αβγ", 8..14, "  θ₀ + αβγ\n       ^^^"),
            ("x +", 3..3, "  x +\n     ^"),
            ("x\n+\tq", 4..5, "  x + q\n      ^"),
        ] {
            assert_eq!(lines(formula, &span).unwrap(), drawn);
        }
        assert_eq!(lines(" \n", &(0..0)), None);
    }

    #[test]
    fn of_a_long_formula_the_part_around_them_is_shown() {
        let formula = format!("{}q{}", "x+".repeat(50), "+y".repeat(50));
        let drawn = lines(&formula, &(100..101)).unwrap();
        let expected = format!("  …{}q{}…\n{}^", "x+".repeat(20), "+y".repeat(20), " ".repeat(43));
        assert_eq!(drawn, expected);
        let drawn = lines(&formula, &(0..200)).unwrap();
        assert_eq!(drawn, format!("  {}…\n  {}", "x+".repeat(20), "^".repeat(40)));
    }
}
