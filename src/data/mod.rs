//! Rows of numbers that a cost is made of, and their scales.

pub mod csv;
mod scaling;
mod sum;
mod table;

pub use scaling::{Scale, Scaling};
pub use sum::Sum;
pub use table::{MAX_COLUMNS, MAX_ROWS, Table, TableError};
