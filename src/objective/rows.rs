//! A cost made of rows of data: the mean or the sum of a loss over all of them.
//!
//! ```text
//! J(θ) = 1/m Σᵢ ℓ(θ; row i)   or   Σᵢ ℓ(θ; row i)
//! ```
//!
//! Value, gradient and Hessian are those of ℓ, exact, added up without loss: they are the same however the rows are grouped,
//! but for the last bit.

use std::sync::{Arc, OnceLock};

use super::whole::Whole;
use crate::data::Table;
use crate::expr::{Shape, Tape, TapeEvaluator};
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
    /// How many rows these stand for, as a batch does for all.
    pub stand_for: usize,
}

impl Rows {
    /// What a sum over all rows is divided by.
    pub(super) fn divisor(&self) -> f64 {
        match self.reduce {
            Reduce::Mean => self.table.rows() as f64,
            Reduce::Sum => self.table.rows() as f64 / self.stand_for as f64,
        }
    }

    /// The cost on a grid by a loss on one grid after the other, as [`Tape::fill_grid`] fills them.
    fn fill_grid(&self, loss: &Tape, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        let mut evaluator = loss.evaluator();
        let (mut of_row, mut row) = (vec![f64::NAN; out.len()], Vec::new());
        out.fill(0.0);
        for index in 0..self.table.rows() {
            self.bind(&mut evaluator, index, &mut row);
            evaluator.fill_grid(xs, ys, &mut of_row);
            out.iter_mut().zip(&of_row).for_each(|(sum, value)| *sum += value);
        }
    }

    /// Gives a loss the numbers of a row.
    fn bind(&self, loss: &mut TapeEvaluator, index: usize, row: &mut Vec<f64>) {
        row.clear();
        row.extend(self.table.columns().iter().map(|column| column[index]));
        loss.bind(row);
    }
}

/// Rows with the sum over all of them, which is found when it is first asked for and shared by all evaluators.
#[derive(Clone, Debug)]
pub(super) struct SummedRows {
    pub rows: Rows,
    whole: Arc<OnceLock<Option<Whole>>>,
}

impl SummedRows {
    pub fn new(rows: Rows) -> Self {
        Self { rows, whole: Arc::default() }
    }

    /// The sum of a loss over all rows, where it is a function by itself. The loss is always the same.
    pub fn whole(&self, loss: &Tape) -> Option<&Whole> {
        self.whole.get_or_init(|| Whole::of(loss, &self.rows.table)).as_ref()
    }

    /// About how much work a value by itself is, as [`Tape::work`] counts it.
    pub fn work(&self, loss: &Tape) -> u64 {
        /// What a polynomial of numbers with twice the digits is at most.
        const OF_POLYNOMIAL: u64 = 512;
        let of_all = loss.work() * self.rows.table.rows() as u64;
        let is_polynomial = matches!(loss.shape(), Some(Shape::Polynomial(_)));
        if is_polynomial { of_all.min(OF_POLYNOMIAL) } else { of_all }
    }

    /// About how much work a value on a grid of so many nodes is.
    pub fn work_of_node(&self, loss: &Tape, nodes: u64) -> u64 {
        /// What an operation on coefficients is, beside one on numbers.
        const COEFFICIENTS: u64 = 64;
        let rows = self.rows.table.rows();
        let of_all = loss.work() * rows as u64;
        let once = if self.whole.get().is_some() { 0 } else { COEFFICIENTS * of_all / nodes.max(1) };
        Whole::work_of_node(loss, rows).map_or(of_all, |of_node| of_node + once)
    }

    /// The cost on a grid, as [`Tape::fill_grid`] fills it.
    pub fn fill_grid(&self, loss: &Tape, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        match self.whole(loss) {
            Some(whole) => whole.fill_grid(xs, ys, out),
            None => self.rows.fill_grid(loss, xs, ys, out),
        }
        let divisor = self.rows.divisor();
        out.iter_mut().for_each(|value| *value /= divisor);
    }
}
