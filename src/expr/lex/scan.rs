//! Typed text to pieces: plain characters for their look-alikes, numbers, words, signs. LaTeX commands become what they
//! stand for, see [`super::latex`].

mod operands;

use std::ops::Range;

use super::characters::{fraction, lowered, plain};
use super::pieces::{Bracket, Mark, Piece, Relation, Word};
use super::{FormulaError, Kind};
use crate::expr::error::Repair;
use crate::expr::lookalike::lookalike;
use crate::expr::names::{canonical_name, is_greek};

/// A character as it is read, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Character {
    plain: char,
    typed: char,
    span: Range<usize>,
}

impl Character {
    pub fn plain(&self) -> char {
        self.plain
    }

    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }
}

pub(super) struct Scanner {
    characters: Vec<Character>,
    pub at: usize,
    end: usize,
    pub pieces: Vec<Piece>,
    /// Open braces, and whether the denominator of a fraction follows what they hold.
    pub braces: Vec<bool>,
    /// Whether the next thing is a group in braces or, without them, one character; and whether it is a numerator.
    pub argument: Option<bool>,
    /// How many limits and cases are around.
    depth: usize,
}

/// The most limits and cases within each other.
const MAX_DEPTH: usize = 16;

/// The pieces of a formula.
///
/// # Errors
/// A character, a number or a command that has no meaning.
pub(super) fn scan(text: &str) -> Result<Vec<Piece>, FormulaError> {
    let characters = text.char_indices().map(|(at, typed)| Character {
        plain: plain(typed),
        typed,
        span: at..at + typed.len_utf8(),
    });
    let mut scanner = Scanner::of(characters.collect(), text.len());
    scanner.run()?;
    Ok(scanner.pieces)
}

impl Scanner {
    fn of(characters: Vec<Character>, end: usize) -> Self {
        Self { characters, at: 0, end, pieces: Vec::new(), braces: Vec::new(), argument: None, depth: 0 }
    }

    fn run(&mut self) -> Result<(), FormulaError> {
        while let Some(c) = self.peek() {
            self.step(c)?;
        }
        Ok(())
    }

    pub fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    pub fn peek_at(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.at + ahead).map(|c| c.plain)
    }

    /// Where the next character begins.
    pub fn place(&self) -> usize {
        self.characters.get(self.at).map_or(self.end, |c| c.span.start)
    }

    /// From a place to the end of the last character that was taken.
    pub fn since(&self, start: usize) -> Range<usize> {
        let end = self.at.checked_sub(1).and_then(|last| self.characters.get(last)).map_or(0, |c| c.span.end);
        start..end.max(start)
    }

    pub fn skip(&mut self, characters: usize) {
        self.at = self.characters.len().min(self.at + characters);
    }

    pub fn take_while(&mut self, fits: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(c) = self.peek().filter(|c| fits(*c)) {
            taken.push(c);
            self.at += 1;
        }
        taken
    }

    pub fn skip_blanks(&mut self) {
        self.take_while(char::is_whitespace);
    }

    /// Whether these characters come next.
    pub fn comes(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(ahead, c)| self.peek_at(ahead) == Some(c))
    }

    /// Whether these characters come next; if so, they are taken.
    pub fn takes(&mut self, text: &str) -> bool {
        let comes = self.comes(text);
        if comes {
            self.at += text.chars().count();
        }
        comes
    }

    /// The next characters, which are taken.
    pub fn characters_ahead(&mut self, count: usize) -> Vec<Character> {
        let end = self.characters.len().min(self.at + count);
        let taken = self.characters[self.at..end].to_vec();
        self.at = end;
        taken
    }

    /// The characters up to the brace that closes the one before them; they are taken, the brace is not.
    pub fn until_closing_brace(&mut self) -> Vec<Character> {
        let mut depth = 0_usize;
        let inside = |c: &&Character| {
            match c.plain {
                '{' => depth += 1,
                '}' if depth == 0 => return false,
                '}' => depth -= 1,
                _ => {}
            }
            true
        };
        let count = self.characters[self.at..].iter().take_while(inside).count();
        self.characters_ahead(count)
    }

    /// The pieces of characters that were taken.
    ///
    /// # Errors
    /// As [`scan`], and too many of them within each other.
    pub fn pieces_of(&self, characters: Vec<Character>) -> Result<Vec<Piece>, FormulaError> {
        let end = characters.last().map_or(self.end, |c| c.span.end);
        if self.depth == MAX_DEPTH {
            let start = characters.first().map_or(end, |c| c.span.start);
            return Err(FormulaError::new(Kind::TooDeep, start..end));
        }
        let mut inner = Self { depth: self.depth + 1, ..Self::of(characters, end) };
        inner.run()?;
        Ok(inner.pieces)
    }

    pub fn push(&mut self, mark: Mark, span: Range<usize>) {
        self.pieces.push(Piece { mark, span });
    }

    /// Puts a mark of `characters` characters.
    fn mark(&mut self, mark: Mark, characters: usize) {
        let start = self.place();
        self.at += characters;
        let span = self.since(start);
        self.push(mark, span);
    }

    pub fn word(&mut self, typed: String, span: Range<usize>) {
        let greek = typed.chars().next().is_some_and(is_greek);
        let name = canonical_name(&typed);
        self.push(Mark::Word(Word { typed, name, greek }), span);
    }

    fn step(&mut self, c: char) -> Result<(), FormulaError> {
        if c.is_whitespace() {
            self.at += 1;
            return Ok(());
        }
        if let Some(numerator) = self.argument.take_if(|_| c != '{' && c != '\\') {
            return self.bare_argument(c, numerator);
        }
        let typed = self.characters.get(self.at).map_or(c, |c| c.typed);
        let next = self.peek_at(1);
        match c {
            '\\' => return self.command(),
            '0'..='9' => return self.number(),
            '.' if next.is_some_and(|c| c.is_ascii_digit()) => return self.number(),
            _ if c.is_ascii_alphabetic() || c == '_' || is_greek(c) => return self.name(),
            '√' | '∛' | '∜' | '∑' | '∏' | '∧' | '∨' | '¬' => return self.sign(c),
            '*' if next == Some('*') => self.mark(Mark::Operator('^'), 2),
            '+' | '-' | '*' | '/' | '%' | '^' => self.mark(Mark::Operator(c), 1),
            '!' if next == Some('=') => self.mark(Mark::Relation(Relation::Different), 2),
            '!' => self.mark(Mark::Factorial, 1),
            '<' if next == Some('=') => self.mark(Mark::Relation(Relation::LessOrEqual), 2),
            '>' if next == Some('=') => self.mark(Mark::Relation(Relation::GreaterOrEqual), 2),
            '=' | ':' if next == Some('=') => {
                self.mark(if c == '=' { Mark::Relation(Relation::Equal) } else { Mark::Equals }, 2);
            }
            '&' if next == Some('&') => {
                let start = self.place();
                self.at += 2;
                self.word("and".to_owned(), self.since(start));
            }
            '<' => self.mark(Mark::Relation(Relation::Less), 1),
            '>' => self.mark(Mark::Relation(Relation::Greater), 1),
            '≤' => self.mark(Mark::Relation(Relation::LessOrEqual), 1),
            '≥' => self.mark(Mark::Relation(Relation::GreaterOrEqual), 1),
            '≠' => self.mark(Mark::Relation(Relation::Different), 1),
            '=' => self.mark(Mark::Equals, 1),
            ',' => self.mark(Mark::Comma, 1),
            '|' => self.mark(Mark::Bar, 1),
            '(' | '[' | '⌊' | '⌈' => self.mark(Mark::Open(bracket(c)), 1),
            ')' | ']' | '⌋' | '⌉' => self.mark(Mark::Close(bracket(c)), 1),
            '{' => {
                self.braces.push(self.argument.take() == Some(true));
                self.mark(Mark::Open(Bracket::Curly), 1);
            }
            '}' => {
                self.mark(Mark::Close(Bracket::Curly), 1);
                self.close_brace();
            }
            _ if lowered(typed).is_some() => return self.superscript(),
            _ if let Some(parts) = fraction(typed) => self.mark(Mark::Fraction(parts), 1),
            _ => {
                let span = self.characters.get(self.at).map_or(0..0, |c| c.span.clone());
                let error = FormulaError::new(Kind::UnexpectedCharacter(typed), span.clone());
                return Err(match lookalike(typed) {
                    Some((_, plain)) => error.repaired(Repair::new(span, plain.to_string())),
                    None => error,
                });
            }
        }
        Ok(())
    }

    /// What follows the closing of a brace: after a numerator, the denominator.
    pub fn close_brace(&mut self) {
        if self.braces.pop() == Some(true) {
            self.argument = Some(false);
        }
    }

    /// A function or a connective that is a sign.
    fn sign(&mut self, c: char) -> Result<(), FormulaError> {
        let start = self.place();
        self.at += 1;
        let name = match c {
            '√' => "sqrt",
            '∛' => "cbrt",
            '∜' => "fourthroot",
            '∑' => "sum",
            '∏' => "prod",
            '∧' => "and",
            '∨' => "or",
            _ => "not",
        };
        let span = self.since(start);
        if matches!(c, '∑' | '∏') && self.has_limits() {
            return self.limits(name, span);
        }
        self.word(name.to_owned(), span);
        Ok(())
    }
}

fn bracket(c: char) -> Bracket {
    match c {
        '[' | ']' => Bracket::Square,
        '⌊' | '⌋' => Bracket::Floor,
        '⌈' | '⌉' => Bracket::Ceiling,
        _ => Bracket::Round,
    }
}
