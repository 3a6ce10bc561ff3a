//! Mathematics as it is written on a board: a cost and its derivatives, for people.
//!
//! ```text
//! formula ──parse──► Expression ──► Term ──differentiate──► Terms ──tidy──► text, LaTeX
//! ```
//!
//! The cost is written as it was typed. Derivatives keep the factors of the cost and are simplified as they are formed;
//! each is made tidy before it is shown.
//! Nothing of it is evaluated by the program: numbers come from the tape of [`crate::expr`], and those of a [`Computation`] from
//! the operations as they were typed.

mod computation;
mod derive;
mod equations;
mod factors;
mod latex;
mod number;
mod power;
mod read;
mod signs;
mod simplify;
mod term;
mod text;
mod tidy;
mod whole;

use crate::expr::{Expression, FormulaError, MAX_FORMULA_BYTES, Names};

pub use computation::{
    Computation, ComputationEvaluator, Computed, ComputedNode, Factor, Folded, Link, MAX_NODES, MOST_PATHS,
    NoGraph, NodeKind, Paths,
};
pub use equations::{Equation, Equations, Line};
pub use whole::Whole;

pub use latex::{function_latex, name_latex};

use derive::derivative;
use term::Term;
use tidy::tidied;

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
    /// A derivative that has no closed form, and of what.
    #[error("no closed form is shown for the derivative of {0}")]
    NoClosedForm(&'static str),
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

/// A cost as it stands on the board, with its derivatives in the order of the variables. What stands for them, such as
/// ∂J/∂x, is the caller's.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    /// What the cost is called: J, unless the formula names it.
    pub name: String,
    /// The cost as it was typed.
    pub cost: Written,
    /// The first derivatives.
    pub gradient: [Result<Written, Unwritable>; 2],
    /// The second derivatives, by rows; symmetric.
    pub hessian: [[Result<Written, Unwritable>; 2]; 2],
}

impl Board {
    /// Writes the formula and its derivatives down. Letters that are no variables stay letters.
    ///
    /// # Errors
    /// The formula cannot be read, or it is too long or too deeply nested. That a derivative is not written is said in its
    /// place.
    pub fn of(formula: &str, variables: [&str; 2]) -> Result<Self, Unwritable> {
        let names = Names::new(variables, []).with_free_letters();
        Self::of_expression(&Expression::parse(formula)?.resolved(&names)?, variables, &[], &[])
    }

    /// As [`Board::of`], of a formula whose letters side by side have been resolved, with numbers in the place of these
    /// constants, and with these names being columns of rows.
    ///
    /// # Errors
    /// The formula is too long or too deeply nested.
    pub fn of_expression(
        expression: &Expression,
        variables: [&str; 2],
        constants: &[(String, f64)],
        columns: &[String],
    ) -> Result<Self, Unwritable> {
        let cost = Term::of(expression, variables, constants, columns)?;
        let gradient = [0, 1].map(|axis| derivative(&cost, axis));
        let second = |row: usize, column: usize| match &gradient[row] {
            Ok(slope) => derivative(slope, column).and_then(|term| Written::of(&tidied(&term))),
            Err(reason) => Err(reason.clone()),
        };
        let mixed = second(0, 1);
        let hessian = [[second(0, 0), mixed.clone()], [mixed, second(1, 1)]];
        let gradient = gradient.map(|slope| slope.and_then(|term| Written::of(&tidied(&term))));
        let name = expression.name().unwrap_or("J").to_owned();
        Ok(Self { name, cost: Written::of(&cost)?, gradient, hessian })
    }
}

/// A formula as it was typed, whose letters side by side have been resolved. Names that are no variables stay letters.
///
/// # Errors
/// It is too long or too deeply nested.
pub fn written(expression: &Expression, variables: [&str; 2]) -> Result<Written, Unwritable> {
    Written::of(&Term::of(expression, variables, &[], &[])?)
}

impl Written {
    fn of(term: &Term) -> Result<Self, Unwritable> {
        let text = text::write(term);
        // Signs of several bytes may make it longer than what is read.
        if text.len() > MAX_FORMULA_BYTES {
            return Err(Unwritable::TooLong);
        }
        Ok(Self { text, latex: latex::write(term) })
    }
}
