//! Numbers, names, and what is raised above the line.

use super::{Bracket, Character, FormulaError, Kind, Mark, Piece, Scanner, is_greek, lowered};
use crate::expr::names::is_subscript;

/// Modules that programmers write before the names of functions: `np.sin(x)`.
const MODULES: &[&str] = &["np", "numpy", "math", "Math", "jnp", "torch", "tf", "sp", "sympy", "scipy"];

impl Scanner {
    /// `\frac12` is a half: one character stands for a group.
    pub(super) fn bare_argument(&mut self, c: char, numerator: bool) -> Result<(), FormulaError> {
        let place = self.place();
        self.push(Mark::Open(Bracket::Curly), place..place);
        self.braces.push(numerator);
        let start = self.at;
        match c {
            '0'..='9' => self.mark(Mark::Number(f64::from(c.to_digit(10).unwrap_or(0))), 1),
            _ if c.is_ascii_alphabetic() || is_greek(c) => {
                self.at += 1;
                self.word(c.to_string(), self.since(place));
            }
            _ => {
                let typed = self.characters.get(start).map_or(place..place, |c| c.span.clone());
                return Err(FormulaError::new(Kind::MissingBraces, typed));
            }
        }
        let end = self.since(place).end;
        self.push(Mark::Close(Bracket::Curly), end..end);
        self.close_brace();
        Ok(())
    }

    pub(super) fn number(&mut self) -> Result<(), FormulaError> {
        let start = self.place();
        let mut typed = self.take_while(|c| c.is_ascii_digit());
        if self.takes(".") {
            typed.push('.');
            typed.push_str(&self.take_while(|c| c.is_ascii_digit()));
        }
        // An `e` belongs to the number only if digits follow: 2e is twice Euler's number.
        let signed = usize::from(matches!(self.peek_at(1), Some('+' | '-')));
        if matches!(self.peek(), Some('e' | 'E'))
            && self.peek_at(1 + signed).is_some_and(|c| c.is_ascii_digit())
        {
            typed.extend((0..=signed).filter_map(|ahead| self.peek_at(ahead)));
            self.at += 1 + signed;
            typed.push_str(&self.take_while(|c| c.is_ascii_digit()));
        }
        let span = self.since(start);
        match typed.parse::<f64>() {
            Ok(number) if number.is_finite() => {
                self.push(Mark::Number(number), span);
                Ok(())
            }
            _ => Err(FormulaError::new(Kind::NumberTooLarge(typed), span)),
        }
    }

    /// A name, or letters side by side.
    pub(super) fn name(&mut self) -> Result<(), FormulaError> {
        let start = self.place();
        let mut typed = String::new();
        if self.peek().is_some_and(is_greek) {
            typed.extend(self.peek());
            self.at += 1;
            typed.push_str(&self.take_while(|c| c.is_ascii_digit() || is_subscript(c)));
            if self.peek() == Some('_') {
                typed.push_str(&self.take_while(|c| c == '_'));
                typed.push_str(&self.take_while(|c| c.is_ascii_alphanumeric() || is_subscript(c)));
            }
        } else {
            typed.push_str(&self.take_while(|c| c.is_ascii_alphanumeric() || c == '_' || is_subscript(c)));
        }
        if MODULES.contains(&typed.as_str())
            && self.peek() == Some('.')
            && self.peek_at(1).is_some_and(|c| c.is_ascii_alphabetic())
        {
            self.at += 1;
            return Ok(());
        }
        self.subscript(&mut typed)?;
        self.word(typed, self.since(start));
        Ok(())
    }

    /// `_{max}` after a name that ends in `_`, as LaTeX writes it.
    pub fn subscript(&mut self, name: &mut String) -> Result<(), FormulaError> {
        if !(name.ends_with('_') && self.peek() == Some('{')) {
            return Ok(());
        }
        let start = self.place();
        self.at += 1;
        let is_upright =
            [r"\mathrm{", r"\text{", r"\textrm{", r"\mathit{"].iter().any(|begin| self.takes(begin));
        self.skip_blanks();
        let index = self.take_while(|c| c.is_ascii_alphanumeric() || is_subscript(c));
        self.skip_blanks();
        if index.is_empty() || !self.takes(if is_upright { "}}" } else { "}" }) {
            return Err(FormulaError::new(Kind::UnreadableSubscript, self.since(start)));
        }
        name.push_str(&index);
        Ok(())
    }

    /// A power written with raised characters.
    pub(super) fn superscript(&mut self) -> Result<(), FormulaError> {
        let start = self.at;
        let raised: Vec<Character> = self.characters[start..]
            .iter()
            .map_while(|c| Some(Character { plain: lowered(c.typed)?, ..c.clone() }))
            .collect();
        self.at += raised.len();
        let (Some(first), Some(last)) = (raised.first(), raised.last()) else { return Ok(()) };
        let (begin, end) = (first.span.start, last.span.end);
        let mut inner = Self::of(raised, end);
        inner.run()?;
        self.push(Mark::Operator('^'), begin..end);
        match inner.pieces.as_slice() {
            [Piece { mark: Mark::Number(number), .. }] => self.push(Mark::Number(*number), begin..end),
            [Piece { mark: Mark::Operator('-'), .. }, Piece { mark: Mark::Number(number), .. }] => {
                self.push(Mark::Number(-number), begin..end);
            }
            _ => {
                self.push(Mark::Open(Bracket::Round), begin..begin);
                self.pieces.extend(inner.pieces);
                self.push(Mark::Close(Bracket::Round), end..end);
            }
        }
        Ok(())
    }
}
