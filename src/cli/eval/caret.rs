//! A formula with carets under its wrong characters, for a terminal.

use std::ops::Range;

/// How many characters are shown before and after the wrong ones.
const CONTEXT: usize = 40;
/// How many of the wrong characters are shown.
const MAX_WRONG: usize = 40;

/// Two lines: the formula, or the part of it around `span` (in bytes), and the carets under it.
pub(super) fn lines(formula: &str, span: &Range<usize>) -> String {
    // Every character takes one column, so that the carets meet their place.
    let shown = |c: char| if c.is_control() { ' ' } else { c };
    let is_within = |at: usize| at >= span.start && at < span.end;
    let before: Vec<char> =
        formula.char_indices().filter(|(at, _)| *at < span.start).map(|(_, c)| shown(c)).collect();
    let wrong: Vec<char> =
        formula.char_indices().filter(|(at, _)| is_within(*at)).map(|(_, c)| shown(c)).collect();
    let after: Vec<char> = formula
        .char_indices()
        .filter(|(at, _)| *at >= span.start && !is_within(*at))
        .map(|(_, c)| shown(c))
        .collect();

    let mut line = String::from("  ");
    if before.len() > CONTEXT {
        line.push('…');
    }
    line.extend(before.iter().skip(before.len().saturating_sub(CONTEXT)));
    let carets_from = line.chars().count();
    line.extend(wrong.iter().take(MAX_WRONG));
    let is_cut = wrong.len() > MAX_WRONG;
    if is_cut {
        line.push('…');
    } else {
        line.extend(after.iter().take(CONTEXT));
        if after.len() > CONTEXT {
            line.push('…');
        }
    }
    let carets = wrong.len().clamp(1, MAX_WRONG);
    format!("{}\n{}{}", line.trim_end(), " ".repeat(carets_from), "^".repeat(carets))
}
