//! Typed text to lexemes: what lecturers write (`2x`, `x²`, `|x|`, `θ₀`, `·`) becomes plain operators, names and calls,
//! each with its place in the text. The grammar is checked here, where the places are known.

mod enclosure;
mod operands;

use std::ops::Range;

use super::error::{FormulaError, FormulaErrorKind as Kind};
use super::functions::Function;
use super::names::is_greek;
use enclosure::{Enclosure, EnclosureKind};

/// A piece of a formula in infix order.
#[derive(Clone, Debug)]
pub(super) struct Lexeme {
    pub token: Token,
    pub span: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) enum Token {
    Number(f64),
    /// A canonical name; `called` where a parenthesis follows, so that it may be a misspelled function.
    Name {
        name: String,
        called: bool,
    },
    /// A function with its opening parenthesis or bar.
    Call(&'static Function),
    Open,
    Close,
    Comma,
    /// `+` or `-` before an operand.
    Sign(char),
    /// One of `+ - * / % ^` between operands.
    Operator(char),
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    lexemes: Vec<Lexeme>,
    open: Vec<Enclosure>,
    operand_expected: bool,
}

type Step = Result<(), FormulaError>;

/// Lexemes of a well-formed formula: every operator has its operands, everything opened is closed.
pub(super) fn lex(text: &str) -> Result<Vec<Lexeme>, FormulaError> {
    if text.len() > super::MAX_FORMULA_BYTES {
        let mut end = super::MAX_FORMULA_BYTES;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        return Err(FormulaError::new(Kind::TooLong { bytes: text.len() }, end..text.len()));
    }
    let mut lexer = Lexer { text, at: 0, lexemes: Vec::new(), open: Vec::new(), operand_expected: true };
    while let Some(c) = lexer.peek() {
        lexer.step(c)?;
    }
    lexer.finish()
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes characters while they fit, and returns their range.
    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        self.at += self.rest().chars().take_while(|c| fits(*c)).map(char::len_utf8).sum::<usize>();
        start..self.at
    }

    fn typed(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    fn push(&mut self, token: Token, span: Range<usize>) {
        self.lexemes.push(Lexeme { token, span });
    }

    fn fail<T>(&self, kind: Kind, span: Range<usize>) -> Result<T, FormulaError> {
        Err(FormulaError::new(kind, span))
    }

    fn step(&mut self, c: char) -> Step {
        let span = self.at..self.at + c.len_utf8();
        match c {
            _ if c.is_whitespace() => {
                self.at = span.end;
                Ok(())
            }
            '0'..='9' | '.' => self.number(),
            _ if c.is_ascii_alphabetic() || c == '_' || c == '√' || is_greek(c) => self.word(c),
            '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '⁻' if !self.operand_expected => {
                self.superscript()
            }
            '+' | '-' | '\u{2212}' | '–' | '*' | '·' | '⋅' | '×' | '∗' | '/' | '÷' | '∕' | '%' | '^' => {
                self.operator(c)
            }
            '(' => {
                self.before_operand(&span, "(")?;
                self.at = span.end;
                self.enter(EnclosureKind::Group, Token::Open, span);
                Ok(())
            }
            ')' => self.close(span),
            '|' => self.bar(span),
            ',' => self.comma(span),
            '=' => self.fail(Kind::EqualsSign, span),
            '[' | ']' | '{' | '}' => self.fail(Kind::WrongBracket(c), span),
            _ => self.fail(Kind::UnexpectedCharacter(c), span),
        }
    }

    /// Puts the operator that lecturers leave out between two operands.
    fn before_operand(&mut self, span: &Range<usize>, typed: &str) -> Step {
        if !self.operand_expected {
            let ends_an_operand = matches!(
                self.lexemes.last().map(|l| &l.token),
                Some(Token::Number(_) | Token::Name { .. } | Token::Close)
            );
            if !ends_an_operand {
                return self.fail(Kind::MissingOperator(typed.to_owned()), span.clone());
            }
            self.push(Token::Operator('*'), span.start..span.start);
            self.operand_expected = true;
        }
        Ok(())
    }

    fn operator(&mut self, c: char) -> Step {
        let start = self.at;
        self.at += c.len_utf8();
        let mut plain = match c {
            '\u{2212}' | '–' => '-',
            '·' | '⋅' | '×' | '∗' => '*',
            '÷' | '∕' => '/',
            other => other,
        };
        if c == '*' && self.peek() == Some('*') {
            self.at += 1;
            plain = '^';
        }
        let span = start..self.at;
        if !self.operand_expected {
            self.push(Token::Operator(plain), span);
            self.operand_expected = true;
        } else if matches!(plain, '+' | '-') {
            self.push(Token::Sign(plain), span);
        } else {
            return self.fail(Kind::MissingLeftOperand(self.typed(&span).to_owned()), span);
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<Lexeme>, FormulaError> {
        let end = self.text.len();
        if self.operand_expected
            && !matches!(self.lexemes.last().map(|l| &l.token), Some(Token::Open | Token::Call(_)))
        {
            return Err(self.missing_operand(&(end..end)));
        }
        if let Some(unclosed) = self.open.last() {
            return Err(unclosed.never_closed());
        }
        Ok(self.lexemes)
    }
}
