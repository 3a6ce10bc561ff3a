//! Lexemes to reverse Polish order, by meval's shunting yard. meval is named in this file alone.
//!
//! meval knows no places and fewer spellings than lecturers use. So every operand and call is handed to it under a name
//! that is its index, and read back from there.

use std::ops::Range;

use meval::shunting_yard::to_rpn;
use meval::tokenizer::{Operation, Token as Meval, tokenize};

use super::error::{FormulaError, FormulaErrorKind as Kind};
use super::functions::Function;
use super::lex::{Lexeme, Token, lex};
use super::names::canonical_name;

/// A formula that has been read. Its names have no meaning yet.
#[derive(Clone, Debug)]
pub struct Expression {
    pub(super) steps: Vec<Step>,
    /// Bytes of the typed text.
    pub(super) length: usize,
}

/// A name in a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The canonical form, see [`canonical_name`].
    pub name: String,
    /// Where it stands first, in bytes.
    pub span: Range<usize>,
    /// Whether a parenthesis follows, so that a function may have been meant.
    pub called: bool,
}

/// One step of a formula in reverse Polish order: operands are taken from a stack, and the result is put there.
#[derive(Clone, Debug)]
pub enum Step {
    /// Puts a number, above or below 0.
    Number(f64),
    /// Puts what the name stands for.
    Name(Name),
    /// Takes one operand, and puts its negative.
    Negate,
    /// Takes two operands, the left one first put.
    Binary(Operator),
    /// Takes as many operands as there are arguments, the first one first put.
    Call {
        /// The function that is called.
        function: &'static Function,
        /// How many arguments it has here.
        arguments: usize,
    },
}

/// What stands between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `a + b`
    Add,
    /// `a - b`
    Sub,
    /// `a * b`
    Mul,
    /// `a / b`
    Div,
    /// `a % b`, with the sign of `a`
    Rem,
    /// `a ^ b`
    Pow,
}

impl Expression {
    /// Reads a formula. Multiplication signs may be left out; `2x^2` is 2·(x²) and `1/2x` is (1/2)·x.
    ///
    /// # Errors
    /// The first mistake, with its place in `text`. Unknown names are found by [`Expression::compile`].
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        let lexemes = lex(text)?;
        let unreadable = || FormulaError::new(Kind::Unreadable, 0..text.len());
        let tokens = tokenize(spell(&lexemes)).map_err(|_| unreadable())?;
        let rpn = to_rpn(&tokens).map_err(|_| unreadable())?;
        let mut steps = Vec::with_capacity(rpn.len());
        for token in rpn {
            steps.extend(translate(token, &lexemes, text)?);
        }
        Ok(Self { steps, length: text.len() })
    }

    /// The formula step by step. It leaves one result on the stack, and takes nothing that was not put.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The names that stand in the formula, each once, in the order of their first appearance; `e` and `pi` excepted.
    pub fn names(&self) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        let stand = self.steps.iter().filter_map(|p| match p {
            Step::Name(name) if !matches!(name.name.as_str(), "e" | "pi") => Some(name),
            _ => None,
        });
        for name in stand {
            match names.iter_mut().find(|n| n.name == name.name) {
                Some(first) if first.span.start > name.span.start => *first = name.clone(),
                Some(_) => {}
                None => names.push(name.clone()),
            }
        }
        names.sort_by_key(|name| name.span.start);
        names
    }

    /// Whether the canonical form of `name` stands in the formula.
    pub fn uses(&self, name: &str) -> bool {
        let canonical = canonical_name(name);
        self.steps.iter().any(|p| matches!(p, Step::Name(n) if n.name == canonical))
    }
}

/// The formula as meval reads it, one meval token for each lexeme.
fn spell(lexemes: &[Lexeme]) -> String {
    let mut spelled = String::with_capacity(6 * lexemes.len());
    for (index, lexeme) in lexemes.iter().enumerate() {
        match &lexeme.token {
            Token::Number(_) | Token::Name { .. } => spelled.push_str(&format!("v{index}")),
            Token::Call(_) => spelled.push_str(&format!("v{index}(")),
            Token::Open => spelled.push('('),
            Token::Close => spelled.push(')'),
            Token::Comma => spelled.push(','),
            Token::Sign(c) | Token::Operator(c) => spelled.push(*c),
        }
    }
    spelled
}

fn translate(token: Meval, lexemes: &[Lexeme], text: &str) -> Result<Option<Step>, FormulaError> {
    let unreadable = || FormulaError::new(Kind::Unreadable, 0..text.len());
    let lexeme = |name: &str| {
        name.get(1..)
            .and_then(|index| index.parse::<usize>().ok())
            .and_then(|i| lexemes.get(i))
            .ok_or_else(unreadable)
    };
    Ok(Some(match token {
        Meval::Var(name) => {
            let Lexeme { token, span } = lexeme(&name)?;
            match token {
                Token::Number(number) => Step::Number(*number),
                Token::Name { name, called } => {
                    Step::Name(Name { name: name.clone(), span: span.clone(), called: *called })
                }
                _ => return Err(unreadable()),
            }
        }
        Meval::Func(name, arguments) => {
            let Lexeme { token: Token::Call(function), span } = lexeme(&name)? else {
                return Err(unreadable());
            };
            let found = arguments.unwrap_or(0);
            if !function.accepts(found) {
                let kind =
                    Kind::WrongArgumentCount { name: function.name, expected: function.arguments(), found };
                return Err(FormulaError::new(kind, span.start..span.end.max(span.start + 1)));
            }
            Step::Call { function, arguments: found }
        }
        Meval::Unary(Operation::Minus) => Step::Negate,
        Meval::Unary(_) => return Ok(None),
        Meval::Binary(operation) => Step::Binary(match operation {
            Operation::Plus => Operator::Add,
            Operation::Minus => Operator::Sub,
            Operation::Times => Operator::Mul,
            Operation::Div => Operator::Div,
            Operation::Rem => Operator::Rem,
            Operation::Pow => Operator::Pow,
        }),
        Meval::Number(_) | Meval::LParen | Meval::RParen | Meval::Comma => return Err(unreadable()),
    }))
}
