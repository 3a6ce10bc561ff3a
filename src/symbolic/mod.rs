//! Mathematics as it is written on a board: a cost and its derivatives, for people.
//!
//! ```text
//! formula ──parse──► Expression ──► Term ──differentiate──► Terms ──► text, LaTeX
//! ```
//!
//! The cost is written as it was typed. Derivatives keep the factors of the cost and are simplified as they are formed.
//! Nothing here is evaluated by the program: numbers come from the tape of [`crate::expr`].

#[allow(dead_code, reason = "derivatives, which come next, ask for more")]
mod latex;
#[allow(dead_code, reason = "derivatives, which come next, ask for more")]
mod number;
#[allow(dead_code, reason = "derivatives, which come next, ask for more")]
mod term;
#[allow(dead_code, reason = "derivatives, which come next, ask for more")]
mod text;

use crate::expr::{Expression, FormulaError, canonical_name};

use term::Term;

/// Why a formula or one of its derivatives is not written down. Its `Display` is one sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Unwritable {
    /// It cannot be read.
    #[error("{0}")]
    Formula(#[from] FormulaError),
    /// It would fill the board.
    #[error("it is too long to be written down")]
    TooLong,
    /// Its parentheses, powers or fractions are nested too deeply.
    #[error("it is too deeply nested to be written down")]
    TooDeep,
    /// Its steps do not make a formula.
    #[error("it cannot be read")]
    Unreadable,
}

/// A formula, written twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// One line of Unicode, such as `−2(1 − x) − 400x(y − x²)`. [`Expression::parse`] reads it back.
    pub text: String,
    /// LaTeX for math mode, without dollar signs.
    pub latex: String,
}

/// A cost as it stands on the board.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    /// The cost as it was typed.
    pub cost: Written,
}

impl Board {
    /// Writes the formula down.
    ///
    /// # Errors
    /// The formula cannot be read, or it is too long or too deeply nested.
    pub fn of(formula: &str, variables: [&str; 2]) -> Result<Self, Unwritable> {
        let cost = Term::of(&Expression::parse(formula)?)?;
        let _ = variables.map(canonical_name);
        Ok(Self { cost: Written::of(&cost) })
    }
}

impl Written {
    fn of(term: &Term) -> Self {
        Self { text: text::write(term), latex: latex::write(term) }
    }
}
