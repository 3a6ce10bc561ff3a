//! `grad(…)` in a line: each is taken out as a formula of its own, and a name stands in its place. Places in the text stay.

use std::ops::Range;

use super::error::RuleErrorKind as Kind;
use super::names::{GRAD, is_gradient};
use super::{MOST_GRADIENTS, line};
use crate::expr::canonical_name;

/// A line without its gradients.
pub(super) struct Taken {
    /// The text with the name of a gradient in the place of each, of the same length.
    pub text: String,
    /// The points that gradients are asked at, each a text of which all before the point is blank, the inner ones first.
    pub points: Vec<String>,
}

/// What stands for a gradient by its number.
pub(super) fn name(number: usize) -> String {
    format!("{GRAD}{}", number + 1)
}

/// Takes the gradients out of a text.
pub(super) fn take(typed: &str) -> Result<Taken, (Kind, Range<usize>)> {
    let mut text = typed.to_owned();
    let mut points = Vec::new();
    let words = line::words(typed);
    // The inner ones come last.
    for word in words.into_iter().rev().filter(|word| is_gradient(&canonical_name(&typed[word.clone()]))) {
        let spelled = canonical_name(&typed[word.clone()]);
        if spelled != GRAD {
            let kind =
                Kind::UnknownName { name: spelled, suggestions: vec![GRAD.to_owned()], assigned_in: None };
            return Err((kind, word));
        }
        let open = word.end + text[word.end..].len() - text[word.end..].trim_start().len();
        if !text[open..].starts_with('(') {
            return Err((Kind::GradientOfNothing, word));
        }
        let Some(close) = closing(&text, open) else { return Err((Kind::UnclosedGradient, open..open + 1)) };
        if text[open + 1..close].trim().is_empty() {
            return Err((Kind::GradientOfNothing, word.start..close + 1));
        }
        if points.len() == MOST_GRADIENTS {
            return Err((Kind::TooManyGradients, word));
        }
        let whole = word.start..close + 1;
        let point = blank(open + 1) + &text[open + 1..close];
        // The least, grad(a), has room for two digits.
        text.replace_range(whole.clone(), &format!("{:1$}", name(points.len()), whole.len()));
        points.push(point);
    }
    Ok(Taken { text, points })
}

/// So many blanks.
pub(super) fn blank(count: usize) -> String {
    " ".repeat(count)
}

/// Where the parenthesis that opens at `open` is closed.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text[open..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(open + at);
        }
    }
    None
}
