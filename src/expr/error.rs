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
    /// What would mend the text, the likeliest first.
    pub repairs: Vec<Repair>,
}

/// A change to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What is taken out, as a byte range of the typed text.
    pub span: Range<usize>,
    /// What is put in its place.
    pub text: String,
}

impl Repair {
    /// Puts `text` in the place of `span`.
    pub fn new(span: Range<usize>, text: String) -> Self {
        Self { span, text }
    }

    /// The text, mended.
    pub fn applied(&self, text: &str) -> String {
        let part = |range: Range<usize>| text.get(range).unwrap_or_default();
        [part(0..self.span.start), &self.text, part(self.span.end..text.len())].concat()
    }
}

impl FormulaError {
    /// A mistake that only the reader of the formula can mend.
    pub fn new(kind: FormulaErrorKind, span: Range<usize>) -> Self {
        Self { kind, span, repairs: Vec::new() }
    }

    /// A function that there is not, with what it may have been meant to be.
    pub(super) fn of_unknown(name: &str, suggestions: Vec<String>, span: &Range<usize>) -> Self {
        let repairs = suggestions.iter().map(|text| Repair::new(span.clone(), text.clone())).collect();
        let kind = FormulaErrorKind::UnknownFunction { name: name.to_owned(), suggestions };
        Self { kind, span: span.clone(), repairs }
    }

    pub(super) fn repaired(mut self, repair: Repair) -> Self {
        self.repairs.push(repair);
        self
    }
}

/// The kinds of mistakes in a formula.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[allow(missing_docs, reason = "the sentence of each variant is its documentation")]
pub enum FormulaErrorKind {
    #[error("the formula is empty: type a cost such as x^2 + 10*y^2")]
    Empty,
    #[error("the formula is empty: type φ in t, such as 1/(1 + 0.01 t)")]
    EmptySchedule,
    #[error("the formula is empty: type a series in t, such as sin(t/10) + 0.3*noise")]
    EmptySeries,
    #[error("the formula is {bytes} bytes long: at most {max} are read", max = super::MAX_FORMULA_BYTES)]
    TooLong { bytes: usize },
    #[error("{}", super::lookalike::unexpected(*.0, "a formula"))]
    UnexpectedCharacter(char),
    #[error("`{0}` has no meaning in a formula: use ( and ) to group")]
    WrongBracket(String),
    #[error("`\\{0}` is no LaTeX command that is read here: write it in words, as in sin(x)")]
    UnknownCommand(String),
    #[error("this needs what it applies to in braces, as in \\frac{{x}}{{2}}")]
    MissingBraces,
    #[error("a name or an index in braces is letters and digits, as in \\theta_{{10}}")]
    UnreadableSubscript,
    #[error("left of `=` stands the name of the cost, as in J = or f(x, y) =: of an equation, type one side")]
    EqualsSign,
    #[error("`{0}` cannot be an argument of the cost: each is a name of its own")]
    NoArgument(String),
    #[error("`{0}` would be a third variable: a cost has two")]
    ThirdArgument(String),
    #[error("neither {0} nor {1} is in it: a constraint says something of the variables, as in x + y")]
    WithoutVariables(String, String),
    #[error("the constraint {0} does not read with this cost: it is in other letters")]
    UnreadConstraint(String),
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
    #[error("this `{0}` is never closed")]
    UnclosedBracket(&'static str),
    #[error("this `{0}` closes nothing")]
    UnopenedBracket(&'static str),
    #[error("`{1}` cannot close what `{0}` opened")]
    CrossedBrackets(&'static str, &'static str),
    #[error("this `|` is never closed: absolute values are written |x| or abs(x)")]
    UnclosedBar,
    #[error("this comma separates no arguments: decimals are written with a point, as in 0.5")]
    StrayComma,
    #[error("an argument is missing here")]
    MissingArgument,
    #[error("`{0}` needs its argument in parentheses, as in {0}(x)")]
    FunctionWithoutParentheses(String),
    #[error(
        "write ({0}(x))^… for the power of a function: at its name stands a number or a letter, as in {0}^2(x)"
    )]
    PowerOfFunctionName(String),
    #[error("`{0}` to the -1 is read as an inverse, and it has none here: write 1/{0}(x) for the reciprocal")]
    NoInverse(String),
    #[error("write {0} for {1}")]
    InWords(&'static str, &'static str),
    #[error("these cases have no \\end{{cases}}")]
    UnclosedCases,
    #[error("cases end with a row for all the rest: its condition is \\text{{otherwise}}")]
    CasesWithoutRest,
    #[error("sums and cases stand within each other too often: take some of them apart")]
    TooDeep,
    #[error("x!! is read as no factorial: write (x!)! for the factorial of a factorial")]
    DoubleFactorial,
    #[error("comparisons stand only in the first argument of if(condition, a, b)")]
    StrayComparison,
    #[error("a comparison is no number: it stands in the first argument of if(condition, a, b)")]
    ConditionAsNumber,
    #[error("this compares nothing: a condition is such as x > 0 or 0 < x < 1")]
    NoCondition,
    #[error("`{0}` needs a name for its index first, as in {0}(i, 1, 5, x^i)")]
    MissingIndex(&'static str),
    #[error("the ends of a sum or product are whole numbers or constants that are whole{}", found.map_or_else(String::new, |v| format!(", not {v}")))]
    NoWholeEnd { found: Option<f64> },
    #[error("sums, products and chains of comparisons are written out, and this makes more than {max} operations", max = super::MAX_OPERATIONS)]
    TooManyOperations,
    #[error("`{name}` takes {expected}, not {found}")]
    WrongArgumentCount { name: &'static str, expected: &'static str, found: usize },
    #[error("unknown function `{name}`{}", did_you_mean(suggestions))]
    UnknownFunction { name: String, suggestions: Vec<String> },
    #[error("unknown name `{name}`{}", if suggestions.is_empty() { format!(": {}; every other letter needs a value as a constant", the_variables(variables)) } else { did_you_mean(suggestions) })]
    UnknownName { name: String, suggestions: Vec<String>, variables: String },
    #[error("{}; give `{name}` a value as a constant", one_too_many(name, variables))]
    ThirdVariable { name: String, variables: String },
    #[error("a cost of one variable has no constraints: take them away first")]
    ConstrainedCurve,
    #[error("unknown name `{name}`{}", if suggestions.is_empty() { ": a schedule is in t".to_owned() } else { did_you_mean(suggestions) })]
    NotOfSchedule { name: String, suggestions: Vec<String> },
    #[error("unknown name `{name}`{}", if suggestions.is_empty() { ": a series is in t and noise".to_owned() } else { did_you_mean(suggestions) })]
    NotOfSeries { name: String, suggestions: Vec<String> },
    #[error("`{name}` is one constant too many: a cost has at most {most}")]
    TooManyConstants { name: String, most: usize },
    #[error("`{name}` is a column of the data, so it cannot be a variable too")]
    ColumnAsVariable { name: String },
    #[error("the formula cannot be read")]
    Unreadable,
}

/// Which the variables are.
fn the_variables(variables: &str) -> String {
    let are = if variables.contains(" and ") { "the variables are" } else { "the only variable is" };
    format!("{are} {variables}")
}

/// Why a letter cannot be a variable besides these.
fn one_too_many(name: &str, variables: &str) -> String {
    if variables.contains(" and ") {
        format!("`{name}` would be a third variable: a cost has two, {variables}")
    } else {
        format!("`{name}` would be a second variable, and {variables} is the only one of this cost")
    }
}

fn did_you_mean(suggestions: &[String]) -> String {
    let quoted: Vec<String> = suggestions.iter().map(|s| format!("`{s}`")).collect();
    if quoted.is_empty() { String::new() } else { format!(": did you mean {}?", quoted.join(" or ")) }
}
