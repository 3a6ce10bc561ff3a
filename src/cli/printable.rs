//! What a file, a name or an argument contains must not steer the terminal: control characters are spelled out.

use std::io::{self, Write};

/// The text with its control characters spelled out. Line breaks stay.
pub(super) fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && is_steering(c) {
            printable.extend(c.escape_default());
        } else {
            printable.push(c);
        }
    }
    printable
}

/// Whether a character moves the cursor, changes colors and titles, or turns the direction of writing.
fn is_steering(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Passes on to a terminal what is written to it, with control characters spelled out. Tabs and line breaks stay. What is
/// no text stays as it is, but for the bytes of such characters.
pub(super) struct Printable<W> {
    out: W,
    /// The first bytes of a character whose others have not been written yet.
    begun: Vec<u8>,
}

impl<W: Write> Printable<W> {
    pub fn new(out: W) -> Self {
        Self { out, begun: Vec::new() }
    }

    fn pass_on(&mut self, text: &str) -> io::Result<()> {
        for line in text.split_inclusive(['\n', '\t']) {
            match line.strip_suffix('\t') {
                Some(before) => write!(self.out, "{}\t", printable(before))?,
                None => write!(self.out, "{}", printable(line))?,
            }
        }
        Ok(())
    }
}

impl<W: Write> Write for Printable<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut text = std::mem::take(&mut self.begun);
        text.extend_from_slice(bytes);
        let mut chunks = text.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.pass_on(chunk.valid())?;
            let invalid = chunk.invalid();
            let is_begun = chunks.peek().is_none()
                && std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
            if is_begun {
                self.begun = invalid.to_vec();
            } else if !invalid.is_empty() {
                self.pass_on("\u{fffd}")?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_passes_however_it_is_cut() {
        let text = "θ₀\t=\u{1b}[31m \u{9b}2J\u{7}\r\u{202e}\u{2066}x\n𝛁\u{7f}";
        let expected = "θ₀\t=\\u{1b}[31m \\u{9b}2J\\u{7}\\r\\u{202e}\\u{2066}x\n𝛁\\u{7f}";
        for cut in 1..=text.len() {
            let mut shown = Vec::new();
            let mut out = Printable::new(&mut shown);
            text.as_bytes().chunks(cut).for_each(|piece| out.write_all(piece).unwrap());
            assert_eq!(String::from_utf8(shown).unwrap(), expected, "in pieces of {cut}");
        }
        assert_eq!(printable(text), expected.replace('\t', "\\t"));
        let mut shown = Vec::new();
        Printable::new(&mut shown).write_all(b"a\xff\x9bb").unwrap();
        assert_eq!(String::from_utf8(shown).unwrap(), "a\u{fffd}\u{fffd}b");
    }
}
