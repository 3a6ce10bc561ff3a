//! What can be wrong with a formula: one sentence, and where it is in the typed text.

use std::ops::Range;

/// A mistake in a formula. Its `Display` is one sentence that says what is wrong and what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{kind}")]
pub struct FormulaError {
    /// What is wrong.
    pub kind: FormulaErrorKind,
    /// Where, as a byte range of the typed text (on character boundaries, possibly empty at the end).
    pub span: Range<usize>,
}

impl FormulaError {
    pub(super) fn new(kind: FormulaErrorKind, span: Range<usize>) -> Self {
        Self { kind, span }
    }
}

/// The kinds of mistakes in a formula.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[allow(missing_docs, reason = "the sentence of each variant is its documentation")]
pub enum FormulaErrorKind {
    #[error("the formula is empty: type a cost such as x^2 + 10*y^2")]
    Empty,
    #[error("the formula is {bytes} bytes long: at most {max} are read", max = super::MAX_FORMULA_BYTES)]
    TooLong { bytes: usize },
    #[error("{}", super::lookalike::unexpected(*.0, "a formula"))]
    UnexpectedCharacter(char),
    #[error("`{0}` has no meaning in a formula: use ( and ) to group")]
    WrongBracket(char),
    #[error("a cost has no `=`: type only the expression to its right")]
    EqualsSign,
    #[error("the number `{0}` is too large")]
    NumberTooLarge(String),
    #[error("an operator is missing before `{0}`")]
    MissingOperator(String),
    #[error("`{0}` needs something to its right")]
    MissingRightOperand(String),
    #[error("`{0}` needs something to its left")]
    MissingLeftOperand(String),
    #[error("there is nothing between the parentheses")]
    EmptyParentheses,
    #[error("there is nothing between the bars of |…|")]
    EmptyBars,
    #[error("this `(` is never closed")]
    UnclosedParenthesis,
    #[error("this `)` closes nothing")]
    UnopenedParenthesis,
    #[error("this `|` is never closed: absolute values are written |x| or abs(x)")]
    UnclosedBar,
    #[error("this comma separates no arguments: decimals are written with a point, as in 0.5")]
    StrayComma,
    #[error("an argument is missing here")]
    MissingArgument,
    #[error("`{0}` needs its argument in parentheses, as in {0}(x)")]
    FunctionWithoutParentheses(&'static str),
    #[error("write {0}(x)^2 for the power of a function, not {0}^2(x)")]
    PowerOfFunctionName(&'static str),
    #[error("`{name}` takes {expected}, not {found}")]
    WrongArgumentCount { name: &'static str, expected: &'static str, found: usize },
    #[error("unknown function `{name}`{}", did_you_mean(suggestion))]
    UnknownFunction { name: String, suggestion: Option<String> },
    #[error("unknown name `{name}`{}", suggestion.as_ref().map_or_else(|| format!(": the variables are {variables}; every other letter needs a value as a constant"), |s| format!(": did you mean `{s}`?")))]
    UnknownName { name: String, suggestion: Option<String>, variables: String },
    #[error(
        "`{name}` would be a third variable: a cost has two, {variables}; give `{name}` a value as a constant"
    )]
    ThirdVariable { name: String, variables: String },
    #[error("`{name}` is one constant too many: a cost has at most {most}")]
    TooManyConstants { name: String, most: usize },
    #[error("the formula cannot be read")]
    Unreadable,
}

fn did_you_mean(suggestion: &Option<String>) -> String {
    suggestion.as_ref().map(|name| format!(": did you mean `{name}`?")).unwrap_or_default()
}
