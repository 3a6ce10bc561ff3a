//! Typed text to lexemes: what lecturers write (`2x`, `x²`, `|x|`, `θ₀`, `sin x`, `\frac{x}{2}`) becomes plain operators,
//! names and calls, each with its place in the text. The grammar is checked here, where the places are known.
//!
//! ```text
//! text ──scan──► pieces ──bars──► which bars open ──lex──► lexemes
//! ```

mod bars;
mod callee;
mod cases;
mod characters;
mod commas;
mod conditions;
mod enclosure;
mod head;
mod latex;
mod limits;
mod operands;
mod pieces;
mod products;
mod scan;

use std::ops::Range;

use super::error::{FormulaError, FormulaErrorKind as Kind, Repair};
use super::functions::Function;
use super::names::Names;
use conditions::Logic;
use enclosure::{Enclosure, EnclosureKind};
pub(super) use head::Head;
use pieces::{Bracket, Mark, Piece};
pub(super) use products::suggestions;

/// The most lexemes that a formula is rewritten to: comparisons in a chain repeat what stands between them.
const MAX_LEXEMES: usize = 50_000;

/// A piece of a formula in infix order.
#[derive(Clone, Debug)]
pub(super) struct Lexeme {
    pub token: Token,
    pub span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
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
    /// A comparison or a connective, until the condition is complete.
    Logic(Logic),
}

/// A formula in lexemes.
pub(super) struct Lexed {
    pub lexemes: Vec<Lexeme>,
    pub head: Option<Head>,
}

struct Lexer<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
    opens: Vec<bool>,
    at: usize,
    names: Option<&'a Names>,
    lexemes: Vec<Lexeme>,
    open: Vec<Enclosure>,
    operand_expected: bool,
    /// The first lexeme of the last operand.
    operand: usize,
    /// The indices of sums whose limits are being read.
    indices: Vec<String>,
    /// Where a comparison in parentheses has just ended, which is no number.
    condition_ended: Option<Range<usize>>,
}

type Step = Result<(), FormulaError>;

/// Lexemes of a well-formed formula: every operator has its operands, everything opened is closed. Without `names`, words
/// of several letters are names.
pub(super) fn lex(text: &str, names: Option<&Names>) -> Result<Lexed, FormulaError> {
    if text.len() > super::MAX_FORMULA_BYTES {
        let mut end = super::MAX_FORMULA_BYTES;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        return Err(FormulaError::new(Kind::TooLong { bytes: text.len() }, end..text.len()));
    }
    let (head, pieces) = head::split(scan::scan(text)?, text)?;
    let mut lexer = Lexer {
        text,
        opens: bars::opening_bars(&pieces),
        pieces,
        at: 0,
        names,
        lexemes: Vec::new(),
        open: Vec::new(),
        operand_expected: true,
        operand: 0,
        indices: Vec::new(),
        condition_ended: None,
    };
    while lexer.at < lexer.pieces.len() {
        lexer.step()?;
    }
    Ok(Lexed { lexemes: lexer.finish()?, head })
}

impl Lexer<'_> {
    fn peek(&self) -> Option<&Mark> {
        self.pieces.get(self.at).map(|piece| &piece.mark)
    }

    /// Takes the next piece, and returns where it stands.
    fn advance(&mut self) -> Range<usize> {
        let span = self.pieces.get(self.at).map_or(self.text.len()..self.text.len(), |p| p.span.clone());
        self.at += 1;
        span
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

    fn step(&mut self) -> Step {
        let Some(Piece { mark, .. }) = self.pieces.get(self.at).cloned() else { return Ok(()) };
        let span = self.advance();
        match mark {
            Mark::Number(number) => self.number(number, span),
            Mark::Fraction(parts) => self.fraction(parts, span),
            Mark::Word(word) => self.word(&word, span),
            Mark::Operator(c) => self.operator(c, span),
            Mark::Factorial => self.factorial(span),
            Mark::Relation(relation) => self.logic(Logic::Relation(relation), span),
            Mark::Equals => self.fail(Kind::EqualsSign, span),
            Mark::Open(bracket) => self.opening(bracket, span),
            Mark::Close(Bracket::Square) => self.wrong_bracket(span),
            Mark::Close(bracket) => self.close(bracket, span),
            Mark::Bar => {
                let opens = self.opens.get(self.at - 1).copied().unwrap_or_default();
                self.bar(opens, span)
            }
            Mark::Comma => self.comma(span),
            Mark::Quotient => self.quotient(span),
            Mark::Repeated { name, index } => self.repeated(name, index, span),
            Mark::Root => self.root(span),
        }
    }

    /// Puts the operator that lecturers leave out between two operands. Unless the new one is a number or a name, it ends
    /// a function without parentheses.
    fn before_operand(&mut self, span: &Range<usize>, is_name: bool) -> Step {
        self.end_bare(is_name)?;
        if let Some(condition) = self.condition_ended.take() {
            return self.fail(Kind::ConditionAsNumber, condition);
        }
        if !self.operand_expected {
            self.push(Token::Operator('*'), span.start..span.start);
            self.operand_expected = true;
        }
        Ok(())
    }

    fn opening(&mut self, bracket: Bracket, span: Range<usize>) -> Step {
        match bracket {
            Bracket::Square => return self.wrong_bracket(span),
            Bracket::Floor | Bracket::Ceiling => {
                let name = if bracket == Bracket::Floor { "floor" } else { "ceil" };
                let Some(function) = super::functions::function(name) else { return Ok(()) };
                return self.open_call(name, EnclosureKind::Call(function, bracket), &span);
            }
            Bracket::Round | Bracket::Curly => {}
        }
        self.before_operand(&span, false)?;
        self.enter(EnclosureKind::Group(bracket), vec![Token::Open], &span, span.clone(), vec![Token::Close]);
        Ok(())
    }

    fn wrong_bracket(&self, span: Range<usize>) -> Step {
        let typed = self.typed(&span).to_owned();
        let rest = self.text.get(span.start..).unwrap_or_default();
        let end = rest.rfind(']').map_or(span.end, |last| (span.start + last + 1).max(span.end));
        let plain = self.typed(&(span.start..end)).replace(['[', '［'], "(").replace([']', '］'], ")");
        Err(FormulaError::new(Kind::WrongBracket(typed), span.clone())
            .repaired(Repair::new(span.start..end, plain)))
    }

    fn operator(&mut self, c: char, span: Range<usize>) -> Step {
        match c {
            '^' => {}
            '+' | '-' => self.end_term()?,
            _ => self.end_bare(false)?,
        }
        if let Some(condition) = self.condition_ended.take() {
            return self.fail(Kind::ConditionAsNumber, condition);
        }
        if !self.operand_expected {
            self.push(Token::Operator(c), span);
            self.operand_expected = true;
        } else if matches!(c, '+' | '-') {
            self.push(Token::Sign(c), span);
        } else if let Some(Enclosure { kind: EnclosureKind::Bare { .. }, at, begin, .. }) = self.open.last()
            && *begin == self.lexemes.len()
        {
            return Err(self.without_argument(at));
        } else {
            return self.fail(Kind::MissingLeftOperand(self.typed(&span).to_owned()), span);
        }
        Ok(())
    }

    /// A comparison or a connective.
    fn logic(&mut self, logic: Logic, span: Range<usize>) -> Step {
        self.end_term()?;
        if !self.in_condition() {
            return self.fail(Kind::StrayComparison, span);
        }
        let ended = self.condition_ended.take();
        if logic == Logic::Not {
            if !self.operand_expected {
                return self.fail(Kind::MissingOperator(self.typed(&span).to_owned()), span);
            }
        } else if self.operand_expected {
            return self.fail(Kind::MissingLeftOperand(self.typed(&span).to_owned()), span);
        } else if let (Some(condition), Logic::Relation(_)) = (ended, logic) {
            return self.fail(Kind::ConditionAsNumber, condition);
        }
        self.push(Token::Logic(logic), span);
        self.operand_expected = true;
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Lexeme>, FormulaError> {
        let end = self.text.len();
        self.end_term()?;
        if let Some(unclosed) = self.open.last()
            && (!self.operand_expected || unclosed.begin == self.lexemes.len())
            && !matches!(
                unclosed.kind,
                EnclosureKind::Bare { .. } | EnclosureKind::Bars | EnclosureKind::Summand
            )
        {
            return Err(unclosed.never_closed());
        }
        if self.operand_expected {
            return Err(self.missing_operand(&(end..end)));
        }
        if let Some(unclosed) = self.open.last() {
            return Err(unclosed.never_closed());
        }
        Ok(self.lexemes)
    }
}
