//! Values as TOML writes them, so that they read back exactly.

use std::fmt::Write;

pub(super) fn pair([first, second]: [f64; 2]) -> String {
    format!("[{first:?}, {second:?}]")
}

/// A bare key where TOML allows one, else a quoted one.
pub(super) fn key(name: &str) -> String {
    let is_bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if is_bare { name.to_owned() } else { quoted(name) }
}

/// A basic string on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        push_escaped(&mut out, c);
    }
    out.push('"');
    out
}

/// As [`quoted`], but text with line breaks keeps them, and quotes that cannot end it stay as they are.
pub(super) fn quoted_lines(text: &str) -> String {
    if !text.contains('\n') {
        return quoted(text);
    }
    let mut out = String::from("\"\"\"\n");
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\n' => out.push('\n'),
            '"' if characters.peek().is_some_and(|next| *next != '"') => out.push('"'),
            _ => push_escaped(&mut out, c),
        }
    }
    out.push_str("\"\"\"");
    out
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '"' | '\\' => out.extend(['\\', c]),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if c.is_control() || c == '\u{feff}' => {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{:04X}", u32::from(c));
        }
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped() {
        assert_eq!(quoted("a\"b\\c\n\t\r\u{1}\u{7f}θ"), "\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u007Fθ\"");
        assert_eq!(quoted_lines("\"\"\"\n"), "\"\"\"\n\\\"\\\"\"\n\"\"\"");
        assert_eq!((key("a-1"), key("θ"), key("")), ("a-1".into(), "\"θ\"".into(), "\"\"".into()));
    }
}
