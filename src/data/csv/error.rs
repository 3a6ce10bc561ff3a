//! What can be wrong with a text of rows.

use crate::data::TableError;

/// Why a text is no table. Its `Display` is one sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CsvError {
    /// Nothing is there.
    #[error("there are no rows")]
    Empty,
    /// It cannot be taken apart.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// A line with more or fewer cells than the first.
    #[error("line {line} has {found} cells, and the first has {expected}")]
    Uneven {
        /// The line, counted from 1.
        line: u64,
        /// Its cells.
        found: usize,
        /// Those of the first.
        expected: usize,
    },
    /// A cell without a number in a column of numbers.
    #[error("line {line}, column `{column}`: `{cell}` is no number")]
    NoNumber {
        /// The line, counted from 1.
        line: u64,
        /// The column.
        column: String,
        /// What stands there.
        cell: String,
    },
    /// An empty cell in a column of numbers.
    #[error("line {line}, column `{column}`: a number is missing")]
    Missing {
        /// The line, counted from 1.
        line: u64,
        /// The column.
        column: String,
    },
    /// Both decimal marks.
    #[error("line {line}: `{cell}` has another decimal mark than the lines before")]
    TwoMarks {
        /// The line, counted from 1.
        line: u64,
        /// What stands there.
        cell: String,
    },
    /// A column that is asked for and not there.
    #[error("there is no column `{name}`; it has {known}")]
    NoColumn {
        /// The column.
        name: String,
        /// Those that there are.
        known: String,
    },
    /// What is read makes no table.
    #[error(transparent)]
    Table(#[from] TableError),
}

impl CsvError {
    /// The line that is wrong, counted from 1; nothing where that is the whole text.
    pub fn line(&self) -> Option<u64> {
        match self {
            Self::Uneven { line, .. }
            | Self::NoNumber { line, .. }
            | Self::Missing { line, .. }
            | Self::TwoMarks { line, .. } => Some(*line),
            Self::Empty | Self::Unreadable(_) | Self::NoColumn { .. } | Self::Table(_) => None,
        }
    }
}
