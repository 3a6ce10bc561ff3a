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
    pub(super) postfix: Vec<Postfix>,
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

/// One instruction in reverse Polish order.
#[derive(Clone, Debug)]
pub(super) enum Postfix {
    Number(f64),
    Name(Name),
    Negate,
    Binary(Binary),
    Call { function: &'static Function, arguments: usize },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Binary {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
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
        let mut postfix = Vec::with_capacity(rpn.len());
        for token in rpn {
            postfix.extend(translate(token, &lexemes, text)?);
        }
        Ok(Self { postfix, length: text.len() })
    }

    /// The names that stand in the formula, each once, in the order of their first appearance; `e` and `pi` excepted.
    pub fn names(&self) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        let stand = self.postfix.iter().filter_map(|p| match p {
            Postfix::Name(name) if !matches!(name.name.as_str(), "e" | "pi") => Some(name),
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
        self.postfix.iter().any(|p| matches!(p, Postfix::Name(n) if n.name == canonical))
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

fn translate(token: Meval, lexemes: &[Lexeme], text: &str) -> Result<Option<Postfix>, FormulaError> {
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
                Token::Number(number) => Postfix::Number(*number),
                Token::Name { name, called } => {
                    Postfix::Name(Name { name: name.clone(), span: span.clone(), called: *called })
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
            Postfix::Call { function, arguments: found }
        }
        Meval::Unary(Operation::Minus) => Postfix::Negate,
        Meval::Unary(_) => return Ok(None),
        Meval::Binary(operation) => Postfix::Binary(match operation {
            Operation::Plus => Binary::Add,
            Operation::Minus => Binary::Sub,
            Operation::Times => Binary::Mul,
            Operation::Div => Binary::Div,
            Operation::Rem => Binary::Rem,
            Operation::Pow => Binary::Pow,
        }),
        Meval::Number(_) | Meval::LParen | Meval::RParen | Meval::Comma => return Err(unreadable()),
    }))
}
