//! Lexemes to reverse Polish order, by meval's shunting yard. meval is named in this file alone.
//!
//! meval knows no places and fewer spellings than lecturers use. So every operand and call is handed to it under a name
//! that is its index, and read back from there.

use std::ops::Range;
use std::sync::Arc;

use meval::shunting_yard::to_rpn;
use meval::tokenizer::{Operation, Token as Meval, tokenize};

use super::error::{FormulaError, FormulaErrorKind as Kind};
use super::lex::{Head, Lexed, Lexeme, Token, lex};
use super::names::{Names, canonical_name};
use super::operator::Operator;
use super::steps::{Name, Program, Step, collect_names};

/// A formula that has been read. Its names have no meaning yet.
#[derive(Clone, Debug)]
pub struct Expression {
    pub(super) steps: Vec<Step>,
    /// As it was typed.
    pub(super) text: Arc<str>,
    head: Option<Head>,
    /// Whether letters that are not known may stand for constants.
    pub(super) has_free_letters: bool,
}

impl Expression {
    /// Reads a formula. Multiplication signs may be left out; `2x^2` is 2·(x²) and `1/2x` is (1/2)·x.
    ///
    /// # Errors
    /// The first mistake, with its place in `text`. Unknown names are found by [`Expression::compile`].
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        Self::read(text.into(), None)
    }

    /// The same formula, read by the names that are known: letters side by side are their product.
    ///
    /// # Errors
    /// A mistake that it has only when it is read so.
    pub fn resolved(&self, names: &Names) -> Result<Self, FormulaError> {
        Self::read(Arc::clone(&self.text), Some(names))
    }

    fn read(text: Arc<str>, names: Option<&Names>) -> Result<Self, FormulaError> {
        let Lexed { lexemes, head } = lex(&text, names)?;
        let unreadable = || FormulaError::new(Kind::Unreadable, 0..text.len());
        let tokens = tokenize(spell(&lexemes)).map_err(|_| unreadable())?;
        let rpn = to_rpn(&tokens).map_err(|_| unreadable())?;
        let mut program = Program::default();
        for token in rpn {
            if let Some((step, span)) = translate(token, &lexemes, &text)? {
                program.push(step, &span).ok_or_else(unreadable)?;
            }
        }
        let has_free_letters = names.is_some_and(Names::has_free_letters);
        Ok(Self { steps: program.steps, text, head, has_free_letters })
    }

    /// The two variables: the arguments that stand left of `=`, or else those that are given. Where the one argument is a
    /// vector, as in `J(θ) = θ₀² + θ₁²`, its two components are.
    pub fn variables(&self, given: [&str; 2]) -> [String; 2] {
        let arguments = self.head.as_ref().map_or(&[][..], |head| &head.arguments);
        match arguments {
            [x, y] => [x.clone(), y.clone()],
            [vector] => {
                let component = |name: &str| {
                    let digits = name.strip_prefix(vector.as_str()).filter(|rest| !rest.is_empty())?;
                    digits.parse::<u32>().ok()
                };
                let mut components: Vec<(u32, String)> =
                    self.names().into_iter().filter_map(|n| Some((component(&n.name)?, n.name))).collect();
                components.sort();
                match components.as_slice() {
                    [(_, x), (_, y)] if !self.uses(vector) => [x.clone(), y.clone()],
                    _ => {
                        let other = given.iter().rev().find(|name| canonical_name(name) != *vector);
                        [vector.clone(), other.map_or_else(|| "y".to_owned(), |name| (*name).to_owned())]
                    }
                }
            }
            _ => given.map(str::to_owned),
        }
    }

    /// The text without what stands left of `=`.
    pub fn right_side(&self) -> &str {
        self.head.as_ref().and_then(|head| self.text.get(head.end..)).unwrap_or(&self.text).trim_start()
    }

    /// What the cost is called left of `=`.
    pub fn name(&self) -> Option<&str> {
        self.head.as_ref().map(|head| head.name.as_str())
    }

    /// The variable of a formula that says left of its `=` that it has one alone, as f(x) does; nothing of one that uses `other` too, or
    /// whose argument stands for components.
    pub fn only_variable(&self, other: &str) -> Option<&str> {
        let head = self.head.as_ref()?;
        let [only] = head.arguments.as_slice() else { return None };
        let of_components = self.variables([only, other])[0] != *only;
        (!of_components && !self.uses(other)).then_some(only.as_str())
    }

    /// Whether it says itself what its variables are.
    pub fn names_variables(&self) -> bool {
        self.head.as_ref().is_some_and(|head| !head.arguments.is_empty())
    }

    /// The formula step by step. It leaves one result on the stack, and takes nothing that was not put.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The names that stand in the formula, each once, in the order of their first appearance; `e` and `pi` excepted.
    pub fn names(&self) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        collect_names(&self.steps, &mut Vec::new(), &mut |name| match names
            .iter_mut()
            .find(|n| n.name == name.name)
        {
            Some(first) if first.span.start > name.span.start => *first = name.clone(),
            Some(_) => {}
            None if matches!(name.name.as_str(), "e" | "pi") => {}
            None => names.push(name.clone()),
        });
        names.sort_by_key(|name| name.span.start);
        names
    }

    /// Where a name stands in the formula, from left to right; not the index of a sum or product within it.
    pub fn places_of(&self, name: &str) -> Vec<Range<usize>> {
        let canonical = canonical_name(name);
        let mut places = Vec::new();
        collect_names(&self.steps, &mut Vec::new(), &mut |found| {
            if found.name == canonical && !places.contains(&found.span) {
                places.push(found.span.clone());
            }
        });
        places.sort_by_key(|place| place.start);
        places
    }

    /// Whether the canonical form of `name` stands in the formula.
    pub fn uses(&self, name: &str) -> bool {
        let canonical = canonical_name(name);
        let mut found = false;
        collect_names(&self.steps, &mut Vec::new(), &mut |n| found |= n.name == canonical);
        found
    }
}

/// The formula as meval reads it, one meval token for each lexeme.
fn spell(lexemes: &[Lexeme]) -> String {
    let mut spelled = String::with_capacity(6 * lexemes.len());
    for (index, lexeme) in lexemes.iter().enumerate() {
        match &lexeme.token {
            Token::Number(_) | Token::Name { .. } => spelled.push_str(&format!("v{index}")),
            Token::Call(_) => spelled.push_str(&format!("v{index}(")),
            // None is left: conditions have become calls.
            Token::Logic(_) => {}
            Token::Open => spelled.push('('),
            Token::Close => spelled.push(')'),
            Token::Comma => spelled.push(','),
            Token::Sign(c) | Token::Operator(c) => spelled.push(*c),
        }
    }
    spelled
}

/// The step of a token, and where it stands.
fn translate(
    token: Meval,
    lexemes: &[Lexeme],
    text: &str,
) -> Result<Option<(Step, Range<usize>)>, FormulaError> {
    let unreadable = || FormulaError::new(Kind::Unreadable, 0..text.len());
    let lexeme = |name: &str| {
        name.get(1..)
            .and_then(|index| index.parse::<usize>().ok())
            .and_then(|i| lexemes.get(i))
            .ok_or_else(unreadable)
    };
    let mut place = 0..0;
    let step = match token {
        Meval::Var(name) => {
            let Lexeme { token, span } = lexeme(&name)?;
            place = span.clone();
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
            place = span.clone();
            let function = function.with_arguments(found);
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
    };
    Ok(Some((step, place)))
}
