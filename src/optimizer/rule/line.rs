//! A line of a rule as text: its comment, its two sides, its words.

use std::ops::Range;

use super::error::RuleErrorKind as Kind;
use super::names::why_reserved;
use crate::expr::canonical_name;

/// A line that assigns something: what stands left of `=` and where, and where the right side begins.
pub(super) struct Sides<'t> {
    /// The name as typed.
    pub name: &'t str,
    pub name_span: Range<usize>,
    /// Behind the `=`.
    pub right: usize,
    /// The text without its comment.
    pub text: &'t str,
}

/// Signs of an assignment; what is pasted from a board has an arrow.
const SIGNS: [&str; 3] = [":=", "=", "←"];

/// The text before `#`.
pub(super) fn without_comment(text: &str) -> &str {
    text.split('#').next().unwrap_or_default()
}

/// Takes a line apart; nothing of one that is blank or a comment.
pub(super) fn sides(typed: &str) -> Result<Option<Sides<'_>>, (Kind, Range<usize>)> {
    let text = without_comment(typed);
    if text.trim().is_empty() {
        return Ok(None);
    }
    let start = text.len() - text.trim_start().len();
    if let Some(at) = text.trim_end().find(['\n', '\r']) {
        return Err((Kind::LineBreak, at..at + 1));
    }
    let found = SIGNS.iter().filter_map(|sign| Some((text.find(sign)?, sign.len()))).min();
    let Some((at, length)) = found else { return Err((Kind::NoAssignment, start..text.trim_end().len())) };
    let name = text[..at].trim();
    if name.is_empty() {
        return Err((Kind::NoName, at..at + length));
    }
    Ok(Some(Sides { name, name_span: start..start + name.len(), right: at + length, text }))
}

/// Where the names in a text are: letters, digits and underscores that stand together and begin with a letter.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_part = c.is_alphanumeric() || c == '_' || ('₀'..='₉').contains(&c);
        match start {
            None if c.is_alphabetic() => start = Some(at),
            Some(from) if !is_part => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Whether a name stands in a text.
pub(super) fn has_word(text: &str, name: &str) -> bool {
    let canonical = canonical_name(name);
    words(text).into_iter().any(|word| canonical_name(&text[word]) == canonical)
}

/// The state vectors of lines that need not declare them: those declared that stand in a line, then every name that is read before
/// a line assigns it and is assigned.
pub(super) fn found_state(
    parameters: &[(String, f64)],
    declared: &[String],
    lines: &[String],
) -> Vec<String> {
    let is_parameter = |name: &String| parameters.iter().any(|(own, _)| canonical_name(own) == *name);
    let read: Vec<Sides<'_>> = lines.iter().filter_map(|text| sides(text).ok().flatten()).collect();
    let targets: Vec<String> = read.iter().map(|sides| canonical_name(sides.name)).collect();
    let stands = |name: &String| read.iter().any(|sides| has_word(sides.text, name));
    let mut state: Vec<String> = declared.iter().filter(|name| stands(name)).cloned().collect();
    for (at, sides) in read.iter().enumerate() {
        for word in words(sides.text).into_iter().filter(|word| word.start >= sides.right) {
            let typed = &sides.text[word];
            let name = canonical_name(typed);
            let is_kept = targets.contains(&name) && !targets[..at].contains(&name);
            let is_free = !is_parameter(&name) && why_reserved(&name).is_none();
            if is_kept && is_free && !state.iter().any(|known| canonical_name(known) == name) {
                state.push(typed.to_owned());
            }
        }
    }
    state
}
