//! Rows of numbers that a cost is made of, their scales, and which of them a step looks at.

mod batches;
pub mod csv;
mod roles;
mod scaling;
mod series;
mod sum;
mod table;

pub use batches::{Batches, Batching, Cursor, Sampling};
pub use roles::Roles;
pub use scaling::{Scale, Scaling};
pub use series::{MovingAverage, NormalNoise, weight, window};
pub use sum::{Sum, Sums};
pub use table::{MAX_COLUMNS, MAX_ROWS, Table, TableError};
