//! φ as somebody types it.

use crate::expr::{Expression, FormulaError, FormulaErrorKind, Tape};

/// φ as it is typed, in t and numbers.
#[derive(Clone, Debug)]
pub struct TypedFactor {
    text: String,
    pub(super) tape: Tape,
}

impl PartialEq for TypedFactor {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl TypedFactor {
    /// Reads a formula.
    ///
    /// # Errors
    /// Where it does not parse, or names something else than t; the span lies in `text`.
    pub fn new(text: impl Into<String>) -> Result<Self, FormulaError> {
        let text = text.into();
        // A cost has two variables; here both are the one that there is.
        let tape = Expression::parse(&text).and_then(|read| read.compile(["t", "t"], &[])).map_err(in_t)?;
        Ok(Self { text, tape })
    }

    /// As it is typed.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A mistake in a formula that has but one variable.
fn in_t(error: FormulaError) -> FormulaError {
    use FormulaErrorKind as Kind;
    let kind = match error.kind {
        Kind::Empty => Kind::EmptySchedule,
        Kind::UnknownName { name, suggestions, .. } => Kind::NotOfSchedule { name, suggestions },
        Kind::ThirdVariable { name, .. } => Kind::NotOfSchedule { name, suggestions: Vec::new() },
        kind => kind,
    };
    FormulaError { kind, ..error }
}
