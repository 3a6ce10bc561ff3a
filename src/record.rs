//! Runs as numbers: CSV and JSON, and what stands in the row of a step. Nothing here knows how anything is drawn.

pub mod across;
pub mod csv;
pub mod explained;
pub mod json;
pub mod quantity;
pub mod quotient;
pub mod race;
pub mod series;
pub mod solutions;
pub mod step;
pub mod survey;
pub mod verdict;
