//! The text of a file to the tree of a TOML document.

use std::ops::Range;

use toml::de::DeTable;

use super::error::{ScenarioError, Source};
use crate::expr::{lookalike, unexpected};

/// Parses TOML; of several mistakes the first in the file is reported.
pub(super) fn parse<'t>(source: Source<'t>) -> Result<DeTable<'t>, ScenarioError> {
    let (document, errors) = DeTable::parse_recoverable(source.text);
    let place = |error: &toml::de::Error| error.span().unwrap_or(0..0);
    match errors.iter().min_by_key(|error| place(error).start) {
        None => Ok(document.into_inner()),
        Some(error) => {
            Err(source.error(place(error), syntax_message(source.text, error.message(), place(error))))
        }
    }
}

/// The parser's message, as a sentence for somebody who has not read the specification of TOML.
fn syntax_message(text: &str, message: &str, place: Range<usize>) -> String {
    let typed = text.get(place.clone()).unwrap_or_default();
    let after = text.get(place.start..).unwrap_or_default();
    if let Some(c) = foreign(text, place.start) {
        return format!("not valid TOML: {}", unexpected(c, "TOML"));
    }
    let begins = |start: &str| message.starts_with(start);
    let sentence = match message {
        "duplicate key" if typed == "optimizer" => {
            return "`optimizer` is given twice: write [[optimizer]], with two brackets, for each".to_owned();
        }
        "duplicate key" => return format!("`{typed}` is given twice in the same table"),
        _ if begins("string values must be quoted") && typed.trim().is_empty() => "a value is missing here",
        _ if begins("string values must be quoted") && is_number_and_more(typed) => {
            "a comma is missing after a number"
        }
        _ if begins("string values must be quoted") => "text must stand in quotes",
        _ if begins("invalid basic string") => "the closing `\"` of this text is missing",
        _ if begins("invalid literal string") => "the closing `'` of this text is missing",
        _ if begins("invalid mantissa") || begins("invalid fraction") => {
            "a number needs a digit before and after its decimal point, as in 0.5"
        }
        _ if begins("missing escaped value") => {
            "a backslash means something in \"…\": put text with backslashes in single quotes"
        }
        _ if begins("unexpected key or value") && after.starts_with(',') => {
            "one value ends here: decimals are written with a point, as in 0.5"
        }
        _ => message,
    };
    format!("not valid TOML: {sentence}")
}

/// The character that was typed for a quote, a sign or a letter that it only looks like: where the mistake is found, or at
/// the end of a line whose text was to end there.
fn foreign(text: &str, at: usize) -> Option<char> {
    let (before, after) = text.split_at_checked(at)?;
    let is_sign = |c: &char| lookalike(*c).is_some_and(|(_, plain)| !plain.is_ascii_alphabetic());
    let is_quote = |c: &char| lookalike(*c).is_some_and(|(_, plain)| matches!(plain, '"' | '\''));
    let rest_of_line = after.lines().next().unwrap_or_default();
    let first = rest_of_line.trim_start().chars().next().filter(is_sign);
    let last = [rest_of_line, before].into_iter().find(|part| !part.trim_end().is_empty());
    let last = last.and_then(|part| part.trim_end().chars().next_back()).filter(is_quote);
    // A word of another script is no slip, one of two scripts is.
    let is_of_word = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let start = before.trim_end_matches(|c| is_of_word(&c)).len();
    let word: Vec<char> = text.get(start..)?.chars().take_while(is_of_word).collect();
    let is_mixed = word.iter().any(char::is_ascii_alphabetic);
    first.or(last).or(word.into_iter().find(|c| is_mixed && lookalike(*c).is_some()))
}

/// "1.0 b", as in `{ a = 1.0 b = 2.0 }`.
fn is_number_and_more(typed: &str) -> bool {
    let mut words = typed.split_whitespace();
    words.next().is_some_and(|first| first.parse::<f64>().is_ok()) && words.next().is_some()
}
