//! Sums and products with the limits at their sign, as LaTeX writes them: `\sum_{i=1}^{5} i x` is `sum(i, 1, 5, i*x)`.
//!
//! What is summed ends as on the board: at the next `+` or `-` between terms, a comparison, a comma, or what closes.

use std::ops::Range;

use super::enclosure::{Enclosure, EnclosureKind};
use super::pieces::{Bracket, Mark, Piece};
use super::scan::Scanner;
use super::{FormulaError, Kind, Lexer, Step, Token};
use crate::expr::functions::called;

/// The name of the function that a sign with limits stands for.
fn written(name: &str) -> (&'static str, &'static str) {
    if name == "prod" { ("prod", "prod(i, 1, 5, x - i)") } else { ("sum", "sum(i, 1, 5, x^i)") }
}

impl Scanner {
    /// Whether limits come next; `\limits`, which only places them, is then taken.
    pub fn has_limits(&mut self) -> bool {
        let before = self.at;
        self.skip_blanks();
        if self.takes(r"\limits") || self.takes(r"\nolimits") {
            self.skip_blanks();
        }
        let come = matches!(self.peek(), Some('_' | '^'));
        if !come {
            self.at = before;
        }
        come
    }

    /// What stands below and above the sign `name` at `span`.
    pub fn limits(&mut self, name: &str, span: Range<usize>) -> Result<(), FormulaError> {
        let (name, words) = written(name);
        let error = || FormulaError::new(Kind::InWords(words, "what runs over an index"), span.clone());
        let (mut below, mut above) = (None, None);
        while let Some(sign @ ('_' | '^')) = self.peek() {
            self.skip(1);
            let limit = if sign == '_' { &mut below } else { &mut above };
            if limit.replace(self.group()?).is_some() {
                return Err(error());
            }
            self.skip_blanks();
        }
        let (Some((from, below)), Some((to, above))) = (below, above) else { return Err(error()) };
        let [Piece { mark: Mark::Word(index), .. }, Piece { mark: Mark::Equals, .. }, first @ ..] =
            below.as_slice()
        else {
            return Err(error());
        };
        self.push(Mark::Repeated { name, index: index.name.clone() }, span.clone());
        for (pieces, [open, close]) in [(first, from), (above.as_slice(), to)] {
            self.push(Mark::Open(Bracket::Curly), open);
            self.pieces.extend_from_slice(pieces);
            self.push(Mark::Close(Bracket::Curly), close);
        }
        Ok(())
    }

    /// A group in braces, or one character or command: where it opens and closes, and its pieces.
    fn group(&mut self) -> Result<([Range<usize>; 2], Vec<Piece>), FormulaError> {
        self.skip_blanks();
        let start = self.place();
        if self.takes("{") {
            let open = self.since(start);
            let inner = self.until_closing_brace();
            let end = self.place();
            if !self.takes("}") {
                return Err(FormulaError::new(Kind::UnclosedBracket("{"), open));
            }
            return Ok(([open, self.since(end)], self.pieces_of(inner)?));
        }
        let command = usize::from(self.peek() == Some('\\'));
        let letters = (1..).take_while(|n| self.peek_at(*n).is_some_and(|c| c.is_ascii_alphabetic()));
        let inner = self.characters_ahead(1 + command * letters.count());
        let end = self.since(start).end;
        Ok(([start..start, end..end], self.pieces_of(inner)?))
    }
}

impl Lexer<'_> {
    /// A sign with limits; they follow as two groups.
    pub(super) fn repeated(&mut self, name: &str, index: String, span: Range<usize>) -> Step {
        let Some(function) = called(name) else { return Ok(()) };
        self.before_operand(&span, false)?;
        let at = self.advance();
        let tokens = vec![
            Token::Call(function),
            Token::Name { name: index.clone(), called: false },
            Token::Comma,
            Token::Open,
        ];
        self.enter(EnclosureKind::LowerLimit, tokens, &span, at, Vec::new());
        self.indices.push(index);
        Ok(())
    }

    /// After the lower limit comes the upper one, after that what is summed.
    pub(super) fn close_limit(&mut self, limit: EnclosureKind, span: &Range<usize>) {
        let Some(Enclosure { start, .. }) = self.open.pop() else { return };
        self.push(Token::Close, span.clone());
        self.push(Token::Comma, span.clone());
        if limit == EnclosureKind::LowerLimit {
            let at = self.advance();
            self.enter(EnclosureKind::UpperLimit, vec![Token::Open], &at, at.clone(), Vec::new());
        } else {
            let sign = self.lexemes.get(start).map_or_else(|| span.clone(), |call| call.span.clone());
            self.enter(EnclosureKind::Summand, Vec::new(), span, sign, vec![Token::Close]);
        }
        let index = if limit == EnclosureKind::UpperLimit { self.indices.pop() } else { None };
        if let Some(entered) = self.open.last_mut() {
            entered.start = start;
            entered.index = index;
        }
    }

    /// Ends functions without parentheses, letters side by side and what is summed.
    pub(super) fn end_term(&mut self) -> Step {
        self.end_bare(false)?;
        while !self.operand_expected
            && let Some(Enclosure { kind: EnclosureKind::Summand, .. }) = self.open.last()
        {
            let end = self.lexemes.last().map_or(0, |l| l.span.end);
            self.leave(&(end..end))?;
            self.end_bare(false)?;
        }
        Ok(())
    }
}
