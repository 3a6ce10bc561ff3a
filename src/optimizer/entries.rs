//! What is recorded at each iterate beside the point itself.

use super::Oracle;
use crate::objective::{FirstOrder, Point};

/// A list that only some methods have.
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// What it holds.
    pub spec: &'static ColumnSpec,
    /// A point for each point of the path.
    pub entries: Vec<Point>,
}

/// What a list holds that only some methods have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ColumnSpec {
    /// Its name in JSON.
    pub id: &'static str,
    /// What its coordinates are called in tables, with the name of the variable behind it.
    pub prefix: &'static str,
    /// The same where there is little room.
    pub short_prefix: &'static str,
    /// What a coordinate is, after the name of the variable.
    pub meaning: &'static str,
}

/// Lists with an entry for each of some iterates.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub values: Vec<f64>,
    pub gradients: Vec<Point>,
    pub columns: Vec<Column>,
}

impl Record {
    /// Lists of nothing, with these columns.
    pub fn new(columns: &'static [ColumnSpec]) -> Self {
        let columns = columns.iter().map(|spec| Column { spec, entries: Vec::new() }).collect();
        Self { values: Vec::new(), gradients: Vec::new(), columns }
    }

    /// Adds the entries of an iterate, but for those of the columns.
    #[inline(always)]
    pub fn push(&mut self, oracle: &Oracle, FirstOrder { value, gradient }: FirstOrder) {
        self.values.push(oracle.sign() * value);
        self.gradients.push(oracle.sign() * gradient);
    }

    /// Makes room for so many entries.
    pub fn reserve(&mut self, entries: usize) {
        self.values.reserve_exact(entries);
        self.gradients.reserve_exact(entries);
        for column in &mut self.columns {
            column.entries.reserve_exact(entries);
        }
    }
}
