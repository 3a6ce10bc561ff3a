//! Numbers as they are typed or pasted: in a line, or one below the other as a column of a spreadsheet.
//!
//! Between them stand commas, blanks or line breaks; with semicolons or tabs a comma is a decimal mark. A word before the first number
//! is what the column is called, and passed over.

use super::{LARGEST_VALUE, MAX_TYPED_VALUES, is_value};

/// Why a text is no series. Its `Display` is one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeriesTextError {
    /// There is nothing.
    #[error("there are no numbers: type some, such as 10, 12, 11")]
    Empty,
    /// There are too many to be typed.
    #[error(
        "at most {MAX_TYPED_VALUES} numbers are typed here, not {0}: save them as a CSV file, and name that in a [series]"
    )]
    TooMany(usize),
    /// Something else stands there.
    #[error("line {line}, column {column}: `{word}` is no number")]
    NoNumber {
        /// The line, from 1.
        line: usize,
        /// The character of the line, from 1.
        column: usize,
        /// What stands there.
        word: String,
    },
    /// Too large for a series.
    #[error(
        "line {line}, column {column}: `{word}` is too large: a series has numbers up to {LARGEST_VALUE:e} in size"
    )]
    TooLarge {
        /// The line, from 1.
        line: usize,
        /// The character of the line, from 1.
        column: usize,
        /// What stands there.
        word: String,
    },
}

/// The numbers of a text.
///
/// # Errors
/// The first thing that is none, with its place.
pub fn typed_values(text: &str) -> Result<Vec<f64>, SeriesTextError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let has_decimal_commas = text.contains([';', '\t']);
    let is_between = |c: char| c.is_whitespace() || c == ';' || c == ',' && !has_decimal_commas;
    let mut values = Vec::new();
    let mut has_name = false;
    for (line, row) in (1..).zip(text.lines()) {
        let mut from = 0;
        while let Some(begin) = row[from..].find(|c| !is_between(c)).map(|at| from + at) {
            let end = row[begin..].find(is_between).map_or(row.len(), |at| begin + at);
            let word = &row[begin..end];
            from = end;
            let place = || (line, 1 + row[..begin].chars().count(), shortened(word));
            match number(word, has_decimal_commas) {
                Some(value) if is_value(value) => values.push(value),
                Some(_) => {
                    let (line, column, word) = place();
                    return Err(SeriesTextError::TooLarge { line, column, word });
                }
                None if values.is_empty() && !has_name && word.starts_with(char::is_alphabetic) => {
                    has_name = true;
                }
                None => {
                    let (line, column, word) = place();
                    return Err(SeriesTextError::NoNumber { line, column, word });
                }
            }
        }
    }
    match values.len() {
        0 => Err(SeriesTextError::Empty),
        count if count > MAX_TYPED_VALUES => Err(SeriesTextError::TooMany(count)),
        _ => Ok(values),
    }
}

/// A number, which may be infinite where it is typed with too large an exponent.
fn number(word: &str, has_decimal_commas: bool) -> Option<f64> {
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    let mut word = word.replace('\u{2212}', "-");
    if has_decimal_commas {
        word = word.replacen(',', ".", 1);
    }
    word.chars().all(is_plain).then(|| word.parse().ok()).flatten()
}

fn shortened(word: &str) -> String {
    const MOST: usize = 40;
    let cut: String = word.chars().take(MOST).collect();
    if cut.len() < word.len() { format!("{cut}…") } else { cut }
}
