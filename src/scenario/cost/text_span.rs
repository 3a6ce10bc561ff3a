//! From a place in the value of a TOML string to the place in the file where it was typed.
//!
//! The four kinds of string (TOML 1.1, "String"): basic `"…"` and multi-line basic `"""…"""` know escapes,
//! literal `'…'` and multi-line literal `'''…'''` do not. A newline right after three quotes is not part
//! of the value.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

/// The bytes of the file that hold the bytes `inner` of a string's value.
///
/// `token` is the string with its quotes as typed, `token_start` where it begins in the file, `value` what
/// TOML made of it. Where the two cannot be matched, the whole token is returned.
pub(in super::super) fn in_file(
    token: &str,
    token_start: usize,
    value: &str,
    inner: Range<usize>,
) -> Range<usize> {
    let whole = token_start..token_start + token.len();
    let Some((content, content_start, has_escapes)) = content(token) else {
        return whole;
    };
    let (start, end) = if content == value {
        (inner.start, inner.end)
    } else if has_escapes {
        let Some(bounds) = boundaries(content, value) else { return whole };
        let typed_at = |at: usize| {
            let index = bounds.partition_point(|&(in_value, _)| in_value <= at).saturating_sub(1);
            bounds.get(index).map_or(0, |&(_, in_content)| in_content)
        };
        (typed_at(inner.start), typed_at(inner.end))
    } else {
        return whole;
    };
    let offset = token_start + content_start;
    let end = (offset + end.max(start)).min(whole.end);
    (offset + start).min(end)..end
}

/// What stands between the quotes, where it begins in the token, and whether escapes mean something there.
fn content(token: &str) -> Option<(&str, usize, bool)> {
    for (quote, has_escapes) in [("\"\"\"", true), ("'''", false), ("\"", true), ("'", false)] {
        let Some(inner) = token.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) else {
            continue;
        };
        let trimmed = if quote.len() == 3 {
            inner.strip_prefix("\r\n").or_else(|| inner.strip_prefix('\n')).unwrap_or(inner)
        } else {
            inner
        };
        return Some((trimmed, quote.len() + inner.len() - trimmed.len(), has_escapes));
    }
    None
}

/// Pairs (byte in the value, byte in the content) for every character of the value and for its end.
/// None where decoding the content does not give the value.
fn boundaries(content: &str, value: &str) -> Option<Vec<(usize, usize)>> {
    let mut pairs = Vec::new();
    let mut decoded = String::with_capacity(value.len());
    let mut rest = content.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if c != '\\' {
            pairs.push((decoded.len(), at));
            decoded.push(c);
            continue;
        }
        let (_, escape) = rest.next()?;
        if escape.is_whitespace() {
            // A backslash at a line's end takes the white space after it along.
            while rest.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            continue;
        }
        pairs.push((decoded.len(), at));
        decoded.push(unescape(escape, &mut rest)?);
    }
    pairs.push((decoded.len(), content.len()));
    (decoded == value).then_some(pairs)
}

fn unescape(escape: char, rest: &mut Peekable<CharIndices<'_>>) -> Option<char> {
    let digits = match escape {
        'b' => return Some('\u{8}'),
        't' => return Some('\t'),
        'n' => return Some('\n'),
        'f' => return Some('\u{c}'),
        'r' => return Some('\r'),
        'e' => return Some('\u{1b}'),
        '"' | '\\' => return Some(escape),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return None,
    };
    let mut code = 0;
    for _ in 0..digits {
        let (_, digit) = rest.next()?;
        code = code * 16 + digit.to_digit(16)?;
    }
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_string_is_mapped() {
        // The value, how it is typed, a part of the value, and that part as typed.
        let cases = [
            ("x^2 + q", r#""x^2 + q""#, "q", "q"),
            ("x^2 + q", "'x^2 + q'", "q", "q"),
            ("x^2 + q", "\"\"\"\nx^2 + q\"\"\"", "q", "q"),
            ("x^2 + q", "'''\r\nx^2 + q'''", "q", "q"),
            ("θ + q", r#""\u03B8 + q""#, "q", "q"),
            ("θ + q", r#""\u03B8 + q""#, "θ", r"\u03B8"),
            ("x\t+ q", r#""x\t+ q""#, "+", "+"),
            ("x +q", "\"\"\"x \\\n   +q\"\"\"", "q", "q"),
        ];
        for (value, token, part, typed) in cases {
            let at = value.find(part).unwrap();
            let span = in_file(token, 0, value, at..at + part.len());
            assert_eq!(&token[span], typed, "{token}");
        }
    }

    #[test]
    fn what_cannot_be_matched_is_the_whole_token() {
        assert_eq!(in_file("\"abc\"", 10, "abd", 1..2), 10..15);
        assert_eq!(in_file("\"", 3, "", 0..0), 3..4);
        let at_end = in_file("'x +'", 0, "x +", 3..3);
        assert_eq!(at_end, 4..4, "the end of the value is the closing quote");
    }
}
