//! A cost made of rows of data: the mean or the sum of a loss over all of them.
//!
//! ```text
//! J(θ) = 1/m Σᵢ ℓ(θ; row i)   or   Σᵢ ℓ(θ; row i)
//! ```
//!
//! Value, gradient and Hessian are those of ℓ, exact, added up without loss: they are the same however the rows are grouped,
//! but for the last bit.

use std::array::from_fn;
use std::sync::Arc;

use super::{Penalty, Point};
use crate::data::{Sums, Table};
use crate::expr::{Jet1, Jet2, LANES, PolynomialSum, Rectangle, RowsEvaluator, Tape, TapeEvaluator};
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
    /// What a sum over all rows is multiplied by, as a divisor.
    fn divisor(&self) -> f64 {
        match self.reduce {
            Reduce::Mean => self.table.rows() as f64,
            Reduce::Sum => self.table.rows() as f64 / self.stand_for as f64,
        }
    }

    /// About how much work a node of a grid of so many nodes is, in terms of [`Tape::work`]: a loss that is a polynomial is
    /// summed once for all of them.
    pub(super) fn work_of_node(&self, loss: &Tape, nodes: u64) -> u64 {
        /// What an operation on coefficients is, beside one on numbers.
        const COEFFICIENTS: u64 = 16;
        let of_all = loss.work() * self.table.rows() as u64;
        match loss.degree() {
            Some(_) => loss.work() + COEFFICIENTS * of_all / nodes.max(1),
            None => of_all,
        }
    }

    /// The cost on a grid, as [`Tape::fill_grid`] fills it.
    pub(super) fn fill_grid(&self, loss: &Tape, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        if !self.fill_grid_at_once(loss, xs, ys, out) {
            self.fill_grid_by_rows(loss, xs, ys, out);
        }
    }

    /// The same where the loss is a polynomial, whose coefficients are added up first. Returns whether it is.
    fn fill_grid_at_once(&self, loss: &Tape, xs: &[f64], ys: &[f64], out: &mut [f64]) -> bool {
        let ends = |list: &[f64]| Some([*list.first()?, *list.last()?]);
        let Some((x, y)) = ends(xs).zip(ends(ys)) else { return false };
        let over = Rectangle::between(x, y);
        let Some(mut sum) = PolynomialSum::new(loss, over) else { return false };
        let mut row = Vec::new();
        for index in 0..self.table.rows() {
            self.read_row(index, &mut row);
            sum.add(&row);
        }
        let is_finite = sum.total().is_finite();
        if is_finite {
            sum.total().fill_grid(over, xs, ys, self.divisor(), out);
        }
        is_finite
    }

    fn fill_grid_by_rows(&self, loss: &Tape, xs: &[f64], ys: &[f64], out: &mut [f64]) {
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

    fn read_row(&self, index: usize, row: &mut Vec<f64>) {
        row.clear();
        row.extend(self.table.columns().iter().map(|column| column[index]));
    }

    /// Gives a loss the numbers of a row.
    fn bind(&self, loss: &mut TapeEvaluator, index: usize, row: &mut Vec<f64>) {
        self.read_row(index, row);
        loss.bind(row);
    }
}

/// Evaluates a cost at single points: a formula, or a loss over rows.
#[derive(Debug)]
pub(super) struct CostEvaluator {
    tape: TapeEvaluator,
    rows: Option<OverRows>,
    penalty: Penalty,
}

/// Evaluates a loss over rows.
#[derive(Debug)]
struct OverRows {
    loss: RowsEvaluator,
    rows: Rows,
    /// Those of the rows that are looked at, where they are not all.
    batch: Option<Arc<[u32]>>,
}

impl OverRows {
    /// Means or sums of what `look` finds at rows, of which it takes several at a time.
    #[inline]
    fn reduced<const N: usize>(
        &mut self,
        look: impl Fn(&mut RowsEvaluator, &[Vec<f64>], [usize; LANES]) -> [[f64; LANES]; N],
    ) -> [f64; N] {
        let Self { loss, rows, batch, .. } = self;
        let columns = rows.table.columns();
        let all = rows.table.rows();
        let count = batch.as_ref().map_or(all, |batch| batch.len());
        let number = |place: usize| batch.as_ref().map_or(place, |batch| batch[place] as usize);
        let mut sums = [Sums::<LANES>::default(); N];
        for first in (0..count).step_by(LANES) {
            // The last row stands in for those that are missing, and is not counted again.
            let places = from_fn(|lane| number((first + lane).min(count - 1)));
            let mut terms = look(loss, columns, places);
            for missing in (count - first).min(LANES)..LANES {
                terms.iter_mut().for_each(|terms| terms[missing] = 0.0);
            }
            sums.iter_mut().zip(terms).for_each(|(sum, terms)| sum.add(terms));
        }
        let of_all = rows.divisor();
        match batch {
            None => sums.map(|sum| sum.total() / of_all),
            // The mean of the rows looked at stands for that of all.
            Some(_) => {
                let weight = all as f64 / of_all;
                sums.map(|sum| sum.total() / count as f64 * weight)
            }
        }
    }
}

impl CostEvaluator {
    pub fn new(tape: &Tape, rows: Option<&Rows>, penalty: Penalty) -> Self {
        let over = |rows: &Rows| OverRows { loss: RowsEvaluator::new(tape), rows: rows.clone(), batch: None };
        Self { tape: tape.evaluator(), rows: rows.map(over), penalty }
    }

    /// Looks at these rows alone, or at all of them. Without rows nothing changes.
    pub fn look_at(&mut self, batch: Option<Arc<[u32]>>) {
        if let Some(rows) = &mut self.rows {
            rows.batch = batch;
        }
    }

    pub fn value(&mut self, x: f64, y: f64) -> f64 {
        let value = match &mut self.rows {
            None => self.tape.value(x, y),
            Some(rows) => {
                let [value] = rows.reduced(|loss, columns, places| [loss.values(x, y, columns, places)]);
                value
            }
        };
        if self.penalty.is_nothing() { value } else { value + self.penalty.value(Point::new(x, y)) }
    }

    #[inline]
    pub fn first(&mut self, x: f64, y: f64) -> Jet1 {
        let Jet1 { value, dx, dy } = match &mut self.rows {
            None => self.tape.first(x, y),
            Some(rows) => {
                let [value, dx, dy] = rows.reduced(|loss, columns, places| {
                    let found = loss.firsts(x, y, columns, places);
                    [found.map(|jet| jet.value), found.map(|jet| jet.dx), found.map(|jet| jet.dy)]
                });
                Jet1 { value, dx, dy }
            }
        };
        if self.penalty.is_nothing() {
            return Jet1 { value, dx, dy };
        }
        let at = Point::new(x, y);
        let slope = self.penalty.gradient(at);
        Jet1 { value: value + self.penalty.value(at), dx: dx + slope.x, dy: dy + slope.y }
    }

    #[inline]
    pub fn second(&mut self, x: f64, y: f64) -> Jet2 {
        let jet = match &mut self.rows {
            None => self.tape.second(x, y),
            Some(rows) => {
                let [value, dx, dy, dxx, dxy, dyy] = rows.reduced(|loss, columns, places| {
                    let found = loss.seconds(x, y, columns, places);
                    [
                        found.map(|jet| jet.value),
                        found.map(|jet| jet.dx),
                        found.map(|jet| jet.dy),
                        found.map(|jet| jet.dxx),
                        found.map(|jet| jet.dxy),
                        found.map(|jet| jet.dyy),
                    ]
                });
                Jet2 { value, dx, dy, dxx, dxy, dyy }
            }
        };
        if self.penalty.is_nothing() {
            return jet;
        }
        let at = Point::new(x, y);
        let (slope, curvature) = (self.penalty.gradient(at), self.penalty.hessian());
        Jet2 {
            value: jet.value + self.penalty.value(at),
            dx: jet.dx + slope.x,
            dy: jet.dy + slope.y,
            dxx: jet.dxx + curvature.m11,
            dxy: jet.dxy,
            dyy: jet.dyy + curvature.m22,
        }
    }
}
