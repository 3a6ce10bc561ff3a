//! What is wrong in a scenario file, and where.

use std::ops::Range;

/// The first mistake of a scenario file: one sentence and its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct ScenarioError {
    /// The file as the caller calls it.
    pub file: String,
    /// Line of the first wrong character, from 1.
    pub line: usize,
    /// Column of the first wrong character, from 1, in characters.
    pub column: usize,
    /// What is wrong and what was expected: one line, at most some 500 characters.
    pub message: String,
    /// The wrong part of the text, in bytes. Empty at the end of the text.
    pub span: Range<usize>,
}

/// A longer message quotes something absurd, and is cut.
const MAX_MESSAGE_CHARS: usize = 500;

/// The text of a file and its name, from which errors are made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'t> {
    pub text: &'t str,
    pub file: &'t str,
}

impl Source<'_> {
    /// An error at `span`, which is cut to the text and to character boundaries.
    pub fn error(&self, span: Range<usize>, message: impl Into<String>) -> ScenarioError {
        let start = floor_char_boundary(self.text, span.start);
        let end = floor_char_boundary(self.text, span.end).max(start);
        let (line, column) = position(self.text, start);
        ScenarioError {
            file: self.file.to_owned(),
            line,
            column,
            message: one_line(&message.into()),
            span: start..end,
        }
    }
}

/// Names and values are quoted from the file, so a message may hold anything before it comes here.
fn one_line(message: &str) -> String {
    let mut line = String::new();
    for (count, c) in message.chars().enumerate() {
        match c {
            _ if count == MAX_MESSAGE_CHARS => {
                line.push('…');
                break;
            }
            c if c.is_control() => line.extend(c.escape_default()),
            c => line.push(c),
        }
    }
    line
}

/// Line and column, both from 1, of the byte `offset`. A byte order mark has no column.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = 1 + before.matches('\n').count();
    let in_line = before.get(line_start..).unwrap_or("").trim_start_matches('\u{feff}');
    (line, 1 + in_line.chars().count())
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let source = Source { text: "a = 'αβ'\n\r\nb", file: "f.toml" };
        let at = |offset| {
            let error = source.error(offset..offset + 1, "m");
            (error.line, error.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(7), (1, 7), "the second Greek letter");
        assert_eq!(at(8), (1, 7), "the middle of a character is its start");
        assert_eq!(at(13), (3, 1));
        assert_eq!(at(999), (3, 2), "past the end is the end");
        assert_eq!(source.error(0..1, "wrong").to_string(), "f.toml:1:1: wrong");
    }

    #[test]
    fn a_message_is_one_line_of_bounded_length() {
        let source = Source { text: "", file: "f" };
        assert_eq!(source.error(0..0, "a\nb\0").message, "a\\nb\\u{0}");
        assert_eq!(source.error(0..0, "θ".repeat(9999)).message.chars().count(), MAX_MESSAGE_CHARS + 1);
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        let source = Source { text: "\u{feff}a", file: "f" };
        assert_eq!(source.error(3..4, "m").column, 1);
    }
}
