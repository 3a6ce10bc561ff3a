//! What can be wrong with a typed rule: one sentence, and where.

use std::ops::Range;

use super::{MOST_GRADIENTS, MOST_RULE_LINES, MOST_RULE_PARAMETER, MOST_RULE_PARAMETERS, MOST_STATE_VECTORS};
use crate::expr::{FormulaErrorKind, Repair};

/// A mistake in a rule. Its `Display` is one sentence that says what is wrong and what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{kind}")]
pub struct RuleError {
    /// What is wrong.
    pub kind: RuleErrorKind,
    /// In which of its texts.
    pub place: RulePlace,
    /// Where there, as a byte range of the typed text.
    pub span: Range<usize>,
    /// What would mend the text, the likeliest first.
    pub repairs: Vec<Repair>,
}

/// The texts of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulePlace {
    /// All of it.
    Whole,
    /// A line, from 0.
    Line(usize),
    /// The name of a parameter, from 0.
    Parameter(usize),
    /// The name of a state vector, from 0.
    State(usize),
}

/// The kinds of mistakes in a rule.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[allow(missing_docs, reason = "the sentence of each variant is its documentation")]
pub enum RuleErrorKind {
    #[error("{0}")]
    Formula(Box<FormulaErrorKind>),
    #[error("the rule is empty: type lines such as v = beta*v + alpha*g and theta = theta - v")]
    Empty,
    #[error("no line says what theta becomes: end with one such as theta = theta - alpha*g")]
    WithoutTheta,
    #[error("a rule has at most {most} lines, not {0}", most = MOST_RULE_LINES)]
    TooManyLines(usize),
    #[error("a rule has at most {most} parameters, not {0}", most = MOST_RULE_PARAMETERS)]
    TooManyParameters(usize),
    #[error("a rule has at most {most} state vectors, not {0}", most = MOST_STATE_VECTORS)]
    TooManyState(usize),
    #[error("a parameter is a number from -{most} to {most}, not {0}", most = MOST_RULE_PARAMETER)]
    OutOfRange(f64),
    #[error("a line says what a name becomes, as in v = beta*v + alpha*g")]
    NoAssignment,
    #[error("a line has one `=`: write one line for each name")]
    SecondAssignment,
    #[error("a line is one line: write a line of its own for each name")]
    LineBreak,
    #[error("left of `=` stands one name, such as v or theta")]
    NoName,
    #[error("`{name}` cannot be a name of a rule: {why}")]
    ReservedName { name: String, why: &'static str },
    #[error("`{0}` is named twice: each parameter and each state vector has a name of its own")]
    NamedTwice(String),
    #[error("`{0}` is a parameter, which a rule does not change: assign to another name")]
    ChangesParameter(String),
    #[error("`=` needs something to its right, as in theta = theta - alpha*g")]
    NothingAssigned,
    #[error("{}", unknown(name, suggestions, *assigned_in))]
    UnknownName {
        name: String,
        suggestions: Vec<String>,
        /// The line, from 0, that assigns it, itself or a later one.
        assigned_in: Option<u32>,
    },
    #[error("`grad` needs a point in parentheses, as in grad(theta - beta*v); the gradient at theta is g")]
    GradientOfNothing,
    #[error("this `(` is never closed")]
    UnclosedGradient,
    #[error("a line asks for at most {most} gradients", most = MOST_GRADIENTS)]
    TooManyGradients,
    #[error("the lines of this rule make more than {0} operations")]
    TooManyOperations(usize),
}

fn unknown(name: &str, suggestions: &[String], assigned_in: Option<u32>) -> String {
    if let Some(line) = assigned_in {
        let line = line + 1;
        return format!("`{name}` has no value yet: line {line} assigns it; a state vector begins at 0");
    }
    if suggestions.is_empty() {
        return format!(
            "unknown name `{name}`: it is no parameter, no state vector, and no line before assigns it"
        );
    }
    let quoted: Vec<String> = suggestions.iter().map(|text| format!("`{text}`")).collect();
    format!("unknown name `{name}`: did you mean {}?", quoted.join(" or "))
}
