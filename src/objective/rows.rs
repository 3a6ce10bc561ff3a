//! A cost made of rows of data: the mean or the sum of a loss over all of them.
//!
//! ```text
//! J(θ) = 1/m Σᵢ ℓ(θ; row i)   or   Σᵢ ℓ(θ; row i)
//! ```
//!
//! Value, gradient and Hessian are those of ℓ, exact, added up without loss: they are the same however the rows are grouped,
//! but for the last bit.

use std::sync::Arc;

use crate::data::{Sum, Table};
use crate::expr::{Jet1, Jet2, Tape, TapeEvaluator};
use crate::spelling::Selectable;

/// What becomes of the losses of all rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reduce {
    /// Their mean.
    #[default]
    Mean,
    /// Their sum.
    Sum,
}

impl Selectable for Reduce {
    const ALL: &'static [Self] = &[Self::Mean, Self::Sum];

    fn id(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Sum => "sum",
        }
    }
}

/// The rows that a loss is taken over, and what becomes of it.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Columns in the order of the inputs of the loss.
    pub table: Arc<Table>,
    /// What becomes of the losses.
    pub reduce: Reduce,
}

impl Rows {
    /// What a sum over all rows is multiplied by, as a divisor.
    fn divisor(&self) -> f64 {
        match self.reduce {
            Reduce::Mean => self.table.rows() as f64,
            Reduce::Sum => 1.0,
        }
    }

    /// The cost on a grid, as [`Tape::fill_grid`] fills it.
    pub(super) fn fill_grid(&self, loss: &Tape, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        let mut evaluator = loss.evaluator();
        let (mut of_row, mut row) = (vec![f64::NAN; out.len()], Vec::new());
        out.fill(0.0);
        for index in 0..self.table.rows() {
            self.bind(&mut evaluator, index, &mut row);
            evaluator.fill_grid(xs, ys, &mut of_row);
            out.iter_mut().zip(&of_row).for_each(|(sum, value)| *sum += value);
        }
        let divisor = self.divisor();
        out.iter_mut().for_each(|value| *value /= divisor);
    }

    fn bind(&self, loss: &mut TapeEvaluator, index: usize, row: &mut Vec<f64>) {
        row.clear();
        row.extend(self.table.columns().iter().map(|column| column[index]));
        loss.bind(row);
    }
}

/// Evaluates a cost at single points: a formula, or a loss over rows.
#[derive(Debug)]
pub(super) struct CostEvaluator {
    tape: TapeEvaluator,
    rows: Option<Rows>,
    /// The numbers of one row.
    row: Vec<f64>,
}

impl CostEvaluator {
    pub fn new(tape: &Tape, rows: Option<&Rows>) -> Self {
        Self { tape: tape.evaluator(), rows: rows.cloned(), row: Vec::new() }
    }

    /// Sums of what `look` finds at each row.
    fn over_rows<const N: usize>(&mut self, look: impl Fn(&mut TapeEvaluator) -> [f64; N]) -> [f64; N] {
        let Self { tape, rows, row } = self;
        let Some(rows) = rows else { return look(tape) };
        let mut sums = [Sum::default(); N];
        for index in 0..rows.table.rows() {
            rows.bind(tape, index, row);
            for (sum, term) in sums.iter_mut().zip(look(tape)) {
                sum.add(term);
            }
        }
        let divisor = rows.divisor();
        sums.map(|sum| sum.total() / divisor)
    }

    pub fn value(&mut self, x: f64, y: f64) -> f64 {
        let [value] = self.over_rows(|loss| [loss.value(x, y)]);
        value
    }

    pub fn first(&mut self, x: f64, y: f64) -> Jet1 {
        let [value, dx, dy] = self.over_rows(|loss| {
            let Jet1 { value, dx, dy } = loss.first(x, y);
            [value, dx, dy]
        });
        Jet1 { value, dx, dy }
    }

    pub fn second(&mut self, x: f64, y: f64) -> Jet2 {
        let [value, dx, dy, dxx, dxy, dyy] = self.over_rows(|loss| {
            let Jet2 { value, dx, dy, dxx, dxy, dyy } = loss.second(x, y);
            [value, dx, dy, dxx, dxy, dyy]
        });
        Jet2 { value, dx, dy, dxx, dxy, dyy }
    }
}
