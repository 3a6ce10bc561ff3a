//! Parentheses, bars and the arguments of calls: what is open, and what may close it.

use std::ops::Range;

use super::pieces::{Bracket, Mark};
use super::{FormulaError, Kind, Lexeme, Lexer, Step, Token, conditions};
use crate::expr::functions::Function;

/// What is open, and where it was opened.
pub(super) struct Enclosure {
    pub kind: EnclosureKind,
    /// What is marked where it is never closed.
    pub at: Range<usize>,
    /// The index of the first lexeme of what this is as an operand.
    pub start: usize,
    /// The number of lexemes when it was opened, or its last comma was read.
    pub begin: usize,
    /// What is put where it closes.
    closing: Vec<Token>,
    /// Whether comparisons may stand in it, here.
    pub condition: bool,
    /// The name that the first argument of a sum gives to its index.
    pub index: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum EnclosureKind {
    Group(Bracket),
    Call(&'static Function, Bracket),
    Bars,
    /// A function without parentheses; `full` where what it took is no number, name or power.
    Bare {
        full: bool,
    },
    /// Letters side by side, with the power of the last one.
    Letters,
    Numerator,
    Denominator,
    /// Of a sum with its limits at the sign.
    LowerLimit,
    UpperLimit,
    /// What is summed, up to the end of the term.
    Summand,
}

impl Enclosure {
    /// The bracket that closes it.
    fn bracket(&self) -> Option<Bracket> {
        match self.kind {
            EnclosureKind::Group(bracket) | EnclosureKind::Call(_, bracket) => Some(bracket),
            EnclosureKind::Numerator
            | EnclosureKind::Denominator
            | EnclosureKind::LowerLimit
            | EnclosureKind::UpperLimit => Some(Bracket::Curly),
            EnclosureKind::Bars
            | EnclosureKind::Bare { .. }
            | EnclosureKind::Letters
            | EnclosureKind::Summand => None,
        }
    }

    /// The error for one that is open at the end.
    pub fn never_closed(&self) -> FormulaError {
        let kind = match self.bracket() {
            None => Kind::UnclosedBar,
            Some(Bracket::Round) => Kind::UnclosedParenthesis,
            Some(bracket) => Kind::UnclosedBracket(bracket.signs()[0]),
        };
        FormulaError::new(kind, self.at.clone())
    }
}

impl Lexer<'_> {
    /// Opens something that begins with `tokens` and ends with `closing`. Of a call, only the parenthesis is marked as `at`.
    pub(super) fn enter(
        &mut self,
        kind: EnclosureKind,
        tokens: Vec<Token>,
        span: &Range<usize>,
        at: Range<usize>,
        closing: Vec<Token>,
    ) {
        let condition = match kind {
            EnclosureKind::Group(Bracket::Round | Bracket::Curly) => self.in_condition(),
            EnclosureKind::Call(function, _) => function.name == "if",
            _ => false,
        };
        let start = self.lexemes.len();
        tokens.into_iter().for_each(|token| self.push(token, span.clone()));
        let begin = self.lexemes.len();
        self.open.push(Enclosure { kind, at, start, begin, closing, condition, index: None });
        self.operand_expected = true;
    }

    /// Whether a comparison may stand here.
    pub(super) fn in_condition(&self) -> bool {
        let around = |e: &&Enclosure| {
            !matches!(e.kind, EnclosureKind::Bare { .. } | EnclosureKind::Letters | EnclosureKind::Summand)
        };
        self.open.iter().rev().find(around).is_some_and(|e| e.condition)
    }

    /// The error for an operand that is missing before `closing`.
    pub(super) fn missing_operand(&self, closing: &Range<usize>) -> FormulaError {
        let empty = self.open.last().filter(|e| e.begin == self.lexemes.len());
        if let Some(Enclosure { kind, at, .. }) = empty {
            return match kind {
                EnclosureKind::Bare { .. } => self.without_argument(at),
                EnclosureKind::Summand => {
                    FormulaError::new(Kind::MissingRightOperand(self.typed(at).to_owned()), at.clone())
                }
                EnclosureKind::Bars => {
                    let before = self.pieces.iter().take_while(|p| p.span.start < at.start).last();
                    let bars = before.filter(|p| p.mark == Mark::Bar && closing.is_empty());
                    let end = if closing.is_empty() { at.end } else { closing.end };
                    FormulaError::new(Kind::EmptyBars, bars.map_or(at.start, |p| p.span.start)..end)
                }
                EnclosureKind::Group(_) if !closing.is_empty() => {
                    FormulaError::new(Kind::EmptyParentheses, at.start..closing.end)
                }
                EnclosureKind::Call(..) if !closing.is_empty() => {
                    FormulaError::new(Kind::MissingArgument, closing.clone())
                }
                _ if closing.is_empty() => self.open.last().map_or_else(
                    || FormulaError::new(Kind::MissingArgument, closing.clone()),
                    Enclosure::never_closed,
                ),
                _ => FormulaError::new(Kind::EmptyParentheses, at.start..closing.end),
            };
        }
        match self.lexemes.last() {
            Some(Lexeme { token: Token::Sign(_) | Token::Operator(_) | Token::Logic(_), span }) => {
                FormulaError::new(Kind::MissingRightOperand(self.typed(span).to_owned()), span.clone())
            }
            Some(_) => FormulaError::new(Kind::MissingArgument, closing.clone()),
            None => FormulaError::new(Kind::Empty, 0..self.text.len()),
        }
    }

    /// Ends the innermost that is open.
    pub(super) fn leave(&mut self, span: &Range<usize>) -> Step {
        let Some(left) = self.open.pop() else { return Ok(()) };
        let is_condition = left.condition && self.finish_condition(left.begin, &left)?;
        let end = span.end..span.end;
        for (index, token) in left.closing.into_iter().enumerate() {
            self.push(token, if index == 0 { span.clone() } else { end.clone() });
        }
        self.operand_expected = false;
        self.operand = left.start;
        let in_power =
            left.start.checked_sub(1).and_then(|before| self.lexemes.get(before)).is_some_and(|l| {
                matches!(l.token, Token::Operator('^'))
                    || matches!(l.token, Token::Sign(_))
                        && matches!(
                            left.start.checked_sub(2).map(|b| &self.lexemes[b].token),
                            Some(Token::Operator('^'))
                        )
            });
        if let Some(Enclosure { kind: EnclosureKind::Bare { full }, .. }) = self.open.last_mut()
            && left.kind != EnclosureKind::Letters
            && !in_power
        {
            *full = true;
        }
        if is_condition && matches!(left.kind, EnclosureKind::Group(_)) {
            self.condition_ended = Some(left.at.start..span.end);
        }
        Ok(())
    }

    /// Comparisons from lexeme `begin` on become calls. Whether there were any.
    pub(super) fn finish_condition(
        &mut self,
        begin: usize,
        enclosure: &Enclosure,
    ) -> Result<bool, FormulaError> {
        let is_call = matches!(enclosure.kind, EnclosureKind::Call(..));
        let written = self.lexemes.split_off(begin);
        let plain = !written.iter().any(|l| matches!(l.token, Token::Logic(_)));
        if plain && !(is_call || conditions::is_condition(&written)) {
            self.lexemes.extend(written);
            return Ok(false);
        }
        self.lexemes.extend(conditions::calls(&written)?);
        if self.lexemes.len() > super::MAX_LEXEMES {
            return Err(FormulaError::new(Kind::TooManyOperations, enclosure.at.clone()));
        }
        Ok(true)
    }

    /// Ends functions without parentheses, and letters side by side, where something else follows.
    pub(super) fn end_bare(&mut self, only_full: bool) -> Step {
        while !self.operand_expected
            && let Some(Enclosure { kind, .. }) = self.open.last()
            && match kind {
                EnclosureKind::Letters => true,
                EnclosureKind::Bare { full } => *full || !only_full,
                _ => false,
            }
        {
            let end = self.lexemes.last().map_or(0, |l| l.span.end);
            self.leave(&(end..end))?;
        }
        Ok(())
    }

    /// A closing bracket.
    pub(super) fn close(&mut self, bracket: Bracket, span: Range<usize>) -> Step {
        self.end_term()?;
        let Some(open) = self.open.last() else {
            return self.fail(Kind::UnopenedBracket(bracket.signs()[1]), span);
        };
        if matches!(open.kind, EnclosureKind::Bare { .. } | EnclosureKind::Summand) {
            return Err(self.missing_operand(&span));
        }
        if open.kind == EnclosureKind::Bars {
            return self.fail(Kind::UnclosedBar, open.at.clone());
        }
        if let Some(opened) = open.bracket().filter(|opened| *opened != bracket) {
            return self.fail(Kind::CrossedBrackets(opened.signs()[0], bracket.signs()[1]), span);
        }
        if self.operand_expected {
            return Err(self.missing_operand(&span));
        }
        match open.kind {
            EnclosureKind::Numerator => {}
            limit @ (EnclosureKind::LowerLimit | EnclosureKind::UpperLimit) => {
                self.close_limit(limit, &span);
                return Ok(());
            }
            _ => return self.leave(&span),
        }
        let start = open.start;
        self.open.pop();
        self.push(Token::Close, span.clone());
        self.push(Token::Operator('/'), span.end..span.end);
        let Some(Mark::Open(Bracket::Curly)) = self.peek() else {
            return self.fail(Kind::MissingBraces, span);
        };
        let at = self.advance();
        self.enter(EnclosureKind::Denominator, vec![Token::Open], &at, at.clone(), vec![Token::Close; 2]);
        if let Some(denominator) = self.open.last_mut() {
            denominator.start = start;
        }
        Ok(())
    }

    /// A bar opens or closes as all of them were read together.
    pub(super) fn bar(&mut self, opens: bool, span: Range<usize>) -> Step {
        if opens {
            return self.open_call("abs", EnclosureKind::Bars, &span);
        }
        self.end_term()?;
        match self.open.last() {
            Some(Enclosure { kind: EnclosureKind::Bars, .. }) if !self.operand_expected => self.leave(&span),
            Some(_) if self.operand_expected => Err(self.missing_operand(&span)),
            _ => self.fail(Kind::UnclosedBar, span),
        }
    }
}
