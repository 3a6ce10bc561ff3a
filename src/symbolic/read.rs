//! A formula as a term.

use crate::expr::{Expression, Function, Operator, Step, canonical_name};

use super::Unwritable;
use super::number::Number;
use super::term::{MAX_DEPTH, Node, Role, Term};

impl Term {
    /// The term as it was typed: only parentheses and signs without effect are gone, and constants that have a value here.
    ///
    /// # Errors
    /// The formula is too long or too deeply nested.
    pub fn of(
        expression: &Expression,
        variables: [&str; 2],
        constants: &[(String, f64)],
        columns: &[String],
    ) -> Result<Self, Unwritable> {
        let scope = Scope {
            variables: variables.map(canonical_name),
            constants: constants.iter().map(|(name, value)| (canonical_name(name), *value)).collect(),
            columns: columns.iter().map(|name| canonical_name(name)).collect(),
        };
        Self::of_steps(expression.steps(), &scope, &mut Vec::new())
    }

    /// `indices` of the sums around hide variables.
    fn of_steps<'a>(
        steps: &'a [Step],
        scope: &Scope,
        indices: &mut Vec<&'a str>,
    ) -> Result<Self, Unwritable> {
        if indices.len() > MAX_DEPTH as usize {
            return Err(Unwritable::TooDeep);
        }
        let mut stack: Vec<Self> = Vec::new();
        for step in steps {
            let node = match step {
                Step::Number(value) => Node::Number(Number::typed(*value)),
                Step::Name(name) if indices.contains(&name.name.as_str()) => {
                    Node::Name(name.name.as_str().into(), Role::Constant)
                }
                Step::Name(name) => scope.node(&name.name),
                Step::Negate => {
                    let inner = pop(&mut stack)?;
                    match inner.node() {
                        Node::Negative(twice) => twice.node().clone(),
                        _ => Node::Negative(inner),
                    }
                }
                Step::Binary(operator) => {
                    let b = pop(&mut stack)?;
                    binary(*operator, pop(&mut stack)?, b)
                }
                Step::Call { function, arguments } => {
                    let start = stack.len().checked_sub(*arguments).ok_or(Unwritable::Unreadable)?;
                    called(function, stack.split_off(start))
                }
                Step::Repeat { function, index, body, .. } => {
                    let to = pop(&mut stack)?;
                    let from = pop(&mut stack)?;
                    indices.push(index);
                    let body = Self::of_steps(body, scope, indices)?;
                    indices.pop();
                    let index = Self::new(Node::Name(index.as_str().into(), Role::Constant));
                    Node::Call(function.name, vec![index, from, to, body])
                }
            };
            let term = Self::new(node).within_bounds()?;
            if term.depth() > MAX_DEPTH {
                return Err(Unwritable::TooDeep);
            }
            stack.push(term);
        }
        pop(&mut stack)
    }
}

fn pop(stack: &mut Vec<Term>) -> Result<Term, Unwritable> {
    stack.pop().ok_or(Unwritable::Unreadable)
}

/// What the names stand for.
struct Scope {
    variables: [String; 2],
    /// Constants that numbers stand for.
    constants: Vec<(String, f64)>,
    columns: Vec<String>,
}

impl Scope {
    fn node(&self, name: &str) -> Node {
        match self.constants.iter().find(|(constant, _)| constant == name) {
            Some((_, value)) if *value < 0.0 => Node::Negative(Term::number(Number::typed(-value))),
            Some((_, value)) => Node::Number(Number::typed(*value)),
            None => Node::Name(name.into(), self.role(name)),
        }
    }

    fn role(&self, name: &str) -> Role {
        match self.variables.iter().position(|variable| variable == name) {
            Some(axis) => Role::Variable(axis),
            None if matches!(name, "e" | "pi") => Role::WellKnown,
            None if self.columns.iter().any(|column| column == name) => Role::Column,
            None => Role::Constant,
        }
    }
}

/// A sign before a product or a quotient stands before the whole, and that of an exponent is its own.
pub(super) fn binary(operator: Operator, a: Term, b: Term) -> Node {
    if let (Operator::Mul | Operator::Div, Node::Negative(inner)) = (operator, a.node()) {
        return Node::Negative(Term::new(binary(operator, inner.clone(), b)));
    }
    if let (Operator::Pow, Node::Negative(inner)) = (operator, b.node())
        && let Some(number) = inner.as_number()
    {
        return Node::Power(a, Term::number(number.negated()));
    }
    match operator {
        Operator::Add => Node::Sum(joined(a, b, Node::as_sum)),
        Operator::Sub => Node::Sum(joined(a, Term::new(Node::Negative(b)), Node::as_sum)),
        Operator::Mul => Node::Product(joined(a, b, Node::as_product)),
        Operator::Div => Node::Quotient(a, b),
        Operator::Rem => Node::Remainder(a, b),
        Operator::Pow => Node::Power(a, b),
    }
}

pub(super) fn called(function: &'static Function, arguments: Vec<Term>) -> Node {
    match (function.name, arguments.as_slice()) {
        ("pow", [a, b]) => binary(Operator::Pow, a.clone(), b.clone()),
        _ => Node::Call(function.name, arguments),
    }
}

/// The parts of both in one list, without the parentheses around a sum in a sum.
fn joined(a: Term, b: Term, parts: impl Fn(&Node) -> Option<&[Term]>) -> Vec<Term> {
    let list = |term: &Term| parts(term.node()).map_or_else(|| vec![term.clone()], <[Term]>::to_vec);
    [list(&a), list(&b)].concat()
}
