//! A step taken apart, as it stands on the board: what a method does, in order, in symbols and with the numbers of the step.
//! The lines of its update rule are those stages that define something; the others are parts of the next line that are worth
//! being seen.

pub(super) mod constrained;
mod numbers;
pub(super) mod sketch;
mod taken;

use std::borrow::Cow;

use super::term::{Numbers, Term, Value, one_minus, vector};
use crate::objective::Point;
pub use sketch::{Drawn, Sketch};
pub use taken::Taken;

/// A line of an update rule, written twice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleLine {
    /// One line of Unicode, in the symbols of the parameters and stages.
    pub text: String,
    /// LaTeX for math mode, without dollar signs.
    pub latex: String,
}

/// A part of a step.
#[derive(Clone, PartialEq, Debug)]
pub struct Stage {
    /// Its name in files and on the command line, unique within a method.
    pub id: Cow<'static, str>,
    /// What it is, for a student.
    pub title: Cow<'static, str>,
    /// What is computed.
    pub right: Term,
    /// What came out, as the method has it: never computed again from what is written.
    pub value: Value,
    /// What is defined; nothing of a mere part of the next line.
    left: Option<Defined>,
    /// What is drawn of it in the plane.
    pub sketch: Option<Sketch>,
}

#[derive(Clone, PartialEq, Debug)]
struct Defined {
    symbol: [Cow<'static, str>; 2],
    relation: [&'static str; 2],
}

/// Between something and what it is at most, as text and as LaTeX.
const AT_MOST: [&str; 2] = ["≤", r"\le"];

impl Stage {
    /// A line of the rule: `symbol`, as text and as LaTeX, becomes what is on the right, which has come out as `value`.
    pub(super) fn line(
        id: &'static str,
        title: &'static str,
        symbol: [&'static str; 2],
        right: Term,
        value: Value,
    ) -> Self {
        Self::line_named(id.into(), title.into(), symbol.map(Cow::Borrowed), right, value)
    }

    /// The same of names that somebody typed.
    pub(super) fn line_named(
        id: Cow<'static, str>,
        title: Cow<'static, str>,
        symbol: [Cow<'static, str>; 2],
        right: Term,
        value: Value,
    ) -> Self {
        let left = Some(Defined { symbol, relation: ["←", r"\leftarrow"] });
        Self { id, title, right, value, left, sketch: None }
    }

    /// A line of the rule that says `what` in another way.
    pub(super) fn identity(
        id: &'static str,
        title: &'static str,
        what: &Term,
        right: Term,
        value: Value,
    ) -> Self {
        let symbol = [what.text(None), what.latex(None)].map(Cow::Owned);
        let left = Some(Defined { symbol, relation: ["=", "="] });
        Self { id: id.into(), title: title.into(), right, value, left, sketch: None }
    }

    /// The line that says what `symbol` is at most.
    pub(super) fn at_most(
        id: &'static str,
        title: &'static str,
        symbol: [&'static str; 2],
        right: Term,
    ) -> Self {
        let left = Some(Defined { symbol: symbol.map(Cow::Borrowed), relation: AT_MOST });
        Self { id: id.into(), title: title.into(), value: right.value(), right, left, sketch: None }
    }

    /// The line of a fading average: `symbol`, [before, now], becomes β `symbol` + (1 − β) `of`.
    pub(super) fn average(
        id: &'static str,
        title: &'static str,
        symbol: [&'static str; 2],
        beta: Term,
        [before, now]: [Point; 2],
        of: Term,
    ) -> Self {
        let right = beta.clone() * vector(symbol[0], symbol[1], before) + one_minus(beta) * of;
        Self::line(id, title, symbol, right, Value::Vector(now))
    }

    /// The same of a cost of one variable: what stands for both coordinates stands for the first.
    pub(super) fn in_one_variable(self) -> Self {
        let first = |value: Value| match value {
            Value::Scalar(a) => Value::Scalar(a),
            Value::Vector(a) => Value::Scalar(a.x),
            Value::Matrix(a) => Value::Scalar(a.m11),
        };
        Self { right: self.right.map_symbols(&first), value: first(self.value), ..self }
    }

    /// A part of the next line.
    pub(super) fn part(id: &'static str, title: &'static str, right: Term) -> Self {
        Self { id: id.into(), title: title.into(), value: right.value(), right, left: None, sketch: None }
    }

    /// A last line becomes that of a point which is yet to be projected.
    fn become_unprojected(&mut self) {
        self.id = "unprojected".into();
        self.title = "where the method would go".into();
        if let Some(defined) = &mut self.left {
            defined.symbol = ["θ′", r"\theta'"].map(Cow::Borrowed);
        }
    }

    /// What it is called, in a word or two: its id as people write it, or the symbol that it defines.
    pub fn name(&self) -> String {
        match &self.left {
            Some(Defined { symbol, .. }) if self.id.len() == 1 => symbol[0].clone().into_owned(),
            // Not every font has letters with a hat.
            _ if self.id.ends_with("_hat") => format!("Corrected {}", self.id.trim_end_matches("_hat")),
            _ => {
                let words = self.id.replace('_', " ");
                let first = words.chars().take(1).flat_map(char::to_uppercase);
                first.chain(words.chars().skip(1)).collect()
            }
        }
    }

    /// Whether it is a line of the rule.
    pub fn is_line(&self) -> bool {
        self.left.is_some()
    }

    /// Its formula in symbols, with each term marked that one of `before`, the stages before it, is: with that stage's place
    /// among them, by way of a color, so that whoever sets it may draw the two alike.
    pub fn marked_formula(&self, before: &[Self]) -> RuleLine {
        let is_of = |stage: &Self, term: &Term| match (&stage.left, term) {
            (Some(defined), Term::Symbol { text, .. }) => defined.symbol[0] == *text,
            (None, term) => stage.right == *term,
            (Some(_), _) => false,
        };
        let mark = |term: &Term| before.iter().rposition(|stage| is_of(stage, term));
        let RuleLine { text, latex } = self.formula(None);
        let right = self.right.latex(None);
        // What is on the left is defined here.
        let left = latex.strip_suffix(right.as_str()).unwrap_or_default();
        RuleLine { text, latex: format!("{left}{}", self.right.marked_latex(&mark)) }
    }

    /// Its formula in symbols, `v ← β v + α g`, or with the numbers of the step in their place.
    pub fn formula(&self, numbers: Numbers<'_>) -> RuleLine {
        let (text, latex) = (self.right.text(numbers), self.right.latex(numbers));
        match &self.left {
            None => RuleLine { text, latex },
            Some(Defined { symbol, relation }) => RuleLine {
                text: format!("{} {} {text}", symbol[0], relation[0]),
                latex: format!("{} {} {latex}", symbol[1], relation[1]),
            },
        }
    }
}

#[cfg(test)]
mod tests;
