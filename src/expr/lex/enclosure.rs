//! Parentheses, bars and the arguments of calls: what is open, and what may close it.

use std::ops::Range;

use super::{FormulaError, Kind, Lexeme, Lexer, Step, Token};
use crate::expr::functions::function;

/// What is open, and where it was opened.
pub(super) struct Enclosure {
    kind: EnclosureKind,
    at: Range<usize>,
    /// The number of lexemes when it was opened, to tell empty ones.
    lexemes: usize,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum EnclosureKind {
    Group,
    Call,
    Bars,
}

impl Enclosure {
    /// The error for one that is open at the end.
    pub(super) fn never_closed(&self) -> FormulaError {
        let kind = match self.kind {
            EnclosureKind::Bars => Kind::UnclosedBar,
            EnclosureKind::Group | EnclosureKind::Call => Kind::UnclosedParenthesis,
        };
        // Of a call, only the parenthesis is marked.
        FormulaError::new(kind, self.at.end - 1..self.at.end)
    }
}

impl Lexer<'_> {
    /// Opens something whose first lexeme is `token`.
    pub(super) fn enter(&mut self, kind: EnclosureKind, token: Token, at: Range<usize>) {
        self.push(token, at.clone());
        self.open.push(Enclosure { kind, at, lexemes: self.lexemes.len() });
        self.operand_expected = true;
    }

    /// The error for an operand that is missing before `closing`.
    pub(super) fn missing_operand(&self, closing: &Range<usize>) -> FormulaError {
        match self.lexemes.last() {
            Some(Lexeme { token: Token::Sign(_) | Token::Operator(_), span }) => {
                FormulaError::new(Kind::MissingRightOperand(self.typed(span).to_owned()), span.clone())
            }
            Some(Lexeme { token: Token::Open, span }) => {
                FormulaError::new(Kind::EmptyParentheses, span.start..closing.end)
            }
            Some(_) => FormulaError::new(Kind::MissingArgument, closing.clone()),
            None => FormulaError::new(Kind::Empty, 0..self.text.len()),
        }
    }

    fn leave(&mut self, span: Range<usize>) {
        self.open.pop();
        self.at = span.end;
        self.push(Token::Close, span);
        self.operand_expected = false;
    }

    /// A closing parenthesis.
    pub(super) fn close(&mut self, span: Range<usize>) -> Step {
        match self.open.last() {
            None => self.fail(Kind::UnopenedParenthesis, span),
            Some(Enclosure { kind: EnclosureKind::Bars, at, .. }) => self.fail(Kind::UnclosedBar, at.clone()),
            Some(_) if self.operand_expected => Err(self.missing_operand(&span)),
            Some(_) => {
                self.leave(span);
                Ok(())
            }
        }
    }

    /// A bar closes if bars are open and an operand has just ended, and opens otherwise.
    pub(super) fn bar(&mut self, span: Range<usize>) -> Step {
        let innermost = self.open.last().filter(|e| e.kind == EnclosureKind::Bars);
        match innermost {
            Some(_) if !self.operand_expected => {
                self.leave(span);
                Ok(())
            }
            Some(bars) if bars.lexemes == self.lexemes.len() => {
                self.fail(Kind::EmptyBars, bars.at.start..span.end)
            }
            _ => {
                let Some(abs) = function("abs") else {
                    return self.fail(Kind::UnexpectedCharacter('|'), span);
                };
                self.before_operand(&span, "|")?;
                self.at = span.end;
                self.enter(EnclosureKind::Bars, Token::Call(abs), span);
                Ok(())
            }
        }
    }

    /// A comma between two arguments.
    pub(super) fn comma(&mut self, span: Range<usize>) -> Step {
        if self.open.last().is_none_or(|e| e.kind != EnclosureKind::Call) {
            return self.fail(Kind::StrayComma, span);
        }
        if self.operand_expected {
            return Err(self.missing_operand(&span));
        }
        self.at = span.end;
        self.push(Token::Comma, span);
        self.operand_expected = true;
        Ok(())
    }
}
