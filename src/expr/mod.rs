//! Typed text to something that can be evaluated.
//!
//! ```text
//! text ──lex──► lexemes with spans ──parse (meval)──► reverse Polish ──compile──► tape ──► value, gradient, Hessian; whole grids
//! ```
//!
//! [`Expression::parse`] needs no names: what a letter means is decided when the expression is compiled with its
//! two variables and its constants.

mod careful;
mod compile;
mod double;
mod dual;
mod emit;
mod error;
mod exponentials;
mod form;
mod functions;
mod graph;
mod grid;
mod jet;
mod lanes;
mod lex;
mod logarithms;
mod logistic;
mod lookalike;
mod names;
mod node;
mod one_sided;
mod op;
mod operator;
mod pair;
mod parse;
mod points;
mod polynomial;
mod power;
mod program;
mod rays;
mod real;
mod residual;
mod reverse;
mod series;
mod shape;
mod steps;
mod summand;
mod tape;
mod wide;

pub use error::{FormulaError, FormulaErrorKind, Repair};
pub use functions::{FUNCTIONS, Function, function};
pub use jet::{Jet1, Jet2};
pub use lanes::{LANES, RowsEvaluator};
pub use lookalike::{lookalike, unexpected};
pub use names::{NO_VARIABLE, Names, canonical_name, display_name, is_letter, is_name, why_no_name};
pub use operator::Operator;
pub use parse::Expression;
pub use points::{Each, Firsts, POINTS, PointsEvaluator};
pub use polynomial::Polynomial;
pub use reverse::{GraphOperand, GraphVertex, Operation, Sweep};
pub use shape::Shape;
pub use steps::{Name, Step};
pub use summand::{SoftPlus, Summands};
pub use tape::{Tape, TapeEvaluator};

/// The longest formula that is read, in bytes.
pub const MAX_FORMULA_BYTES: usize = 4096;

/// The most operations that the sums and products of a formula are written out to.
pub const MAX_OPERATIONS: usize = 10_000;
