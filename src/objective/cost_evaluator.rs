//! Values and exact derivatives of a cost at single points: those of its formula, or of a loss over rows, with the penalty.

use std::array::from_fn;
use std::sync::Arc;

use nalgebra::Matrix2;

use super::rows::SummedRows;
use super::whole::Whole;
use super::{Penalty, Point, Reduce, Rows, is_finite};
use crate::data::Sums;
use crate::expr::{Jet1, Jet2, LANES, RowsEvaluator, Tape, TapeEvaluator};

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
    loss: Tape,
    of_row: RowsEvaluator,
    /// Evaluates what is squared of a row, once it has been asked for.
    residual: Option<RowsEvaluator>,
    summed: SummedRows,
    /// Those of the rows that are looked at, where they are not all.
    batch: Option<Arc<[u32]>>,
}

impl OverRows {
    /// The sum over all rows and what it is divided by, where that is less work than they are and all of them are looked at.
    fn whole(&self) -> Option<(&Whole, f64)> {
        /// Fewer rows are as quick one by one.
        const FEW: usize = 64;
        let Self { loss, summed, batch, .. } = self;
        let is_worth_it = batch.is_none() && summed.rows.table.rows() >= FEW;
        let whole = if is_worth_it { summed.whole(loss)? } else { return None };
        Some((whole, summed.rows.divisor()))
    }

    fn value(&mut self, at: Point) -> f64 {
        let of_whole = self.whole().map(|(whole, divisor)| whole.value(at) / divisor);
        of_whole.filter(|value| value.is_finite()).unwrap_or_else(|| {
            let [value] = self.reduced(|loss, columns, places| [loss.values(at.x, at.y, columns, places)]);
            value
        })
    }

    #[inline]
    fn gradient(&mut self, at: Point) -> Point {
        let of_whole = self.whole().map(|(whole, divisor)| whole.gradient(at) / divisor);
        of_whole.filter(|gradient| is_finite(*gradient)).unwrap_or_else(|| {
            let Jet1 { dx, dy, .. } = self.first_by_rows(at);
            Point::new(dx, dy)
        })
    }

    #[inline]
    fn first(&mut self, at: Point) -> Jet1 {
        let of_whole = self.whole().map(|(whole, divisor)| {
            let Jet1 { value, dx, dy } = whole.first(at);
            Jet1 { value: value / divisor, dx: dx / divisor, dy: dy / divisor }
        });
        of_whole.filter(Jet1::is_finite).unwrap_or_else(|| self.first_by_rows(at))
    }

    #[inline]
    fn first_by_rows(&mut self, at: Point) -> Jet1 {
        let [value, dx, dy] = self.reduced(|loss, columns, places| {
            let found = loss.firsts(at.x, at.y, columns, places);
            [found.map(|jet| jet.value), found.map(|jet| jet.dx), found.map(|jet| jet.dy)]
        });
        Jet1 { value, dx, dy }
    }

    #[inline]
    fn second(&mut self, at: Point) -> Jet2 {
        let of_whole = self.whole().map(|(whole, divisor)| {
            let Jet2 { value, dx, dy, dxx, dxy, dyy } = whole.second(at);
            let over = |sum: f64| sum / divisor;
            Jet2 {
                value: over(value),
                dx: over(dx),
                dy: over(dy),
                dxx: over(dxx),
                dxy: over(dxy),
                dyy: over(dyy),
            }
        });
        of_whole.filter(Jet2::is_finite).unwrap_or_else(|| self.second_by_rows(at))
    }

    #[inline]
    fn second_by_rows(&mut self, at: Point) -> Jet2 {
        let [value, dx, dy, dxx, dxy, dyy] = self.reduced(|loss, columns, places| {
            let found = loss.seconds(at.x, at.y, columns, places);
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

    /// Σ ∇r ∇rᵀ, and what it is divided by in J.
    fn squares(&mut self, at: Point) -> Option<(Matrix2<f64>, f64)> {
        let residual = match self.residual.take() {
            Some(residual) => residual,
            None => RowsEvaluator::new(&self.loss.residual()?),
        };
        let of_loss = std::mem::replace(&mut self.of_row, residual);
        let [xx, xy, yy] = self.reduced(|residual, columns, places| {
            let found = residual.firsts(at.x, at.y, columns, places);
            [found.map(|r| r.dx * r.dx), found.map(|r| r.dx * r.dy), found.map(|r| r.dy * r.dy)]
        });
        self.residual = Some(std::mem::replace(&mut self.of_row, of_loss));
        let Rows { reduce, stand_for, .. } = self.summed.rows;
        let factor = if reduce == Reduce::Mean { stand_for as f64 } else { 1.0 };
        Some((factor * Matrix2::new(xx, xy, xy, yy), factor))
    }

    /// Means or sums of what `look` finds at rows, of which it takes several at a time.
    #[inline]
    fn reduced<const N: usize>(
        &mut self,
        look: impl Fn(&mut RowsEvaluator, &[Vec<f64>], [usize; LANES]) -> [[f64; LANES]; N],
    ) -> [f64; N] {
        let Self { of_row, summed, batch, .. } = self;
        let rows = &summed.rows;
        let columns = rows.table.columns();
        let all = rows.table.rows();
        let count = batch.as_ref().map_or(all, |batch| batch.len());
        let number = |place: usize| batch.as_ref().map_or(place, |batch| batch[place] as usize);
        let mut sums = [Sums::<LANES>::default(); N];
        for first in (0..count).step_by(LANES) {
            // The last row stands in for those that are missing, and is not counted again.
            let places = from_fn(|lane| number((first + lane).min(count - 1)));
            let mut terms = look(of_row, columns, places);
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
    pub fn new(tape: &Tape, rows: Option<&SummedRows>, penalty: Penalty) -> Self {
        let over = |summed: &SummedRows| OverRows {
            loss: tape.clone(),
            of_row: RowsEvaluator::new(tape),
            residual: None,
            summed: summed.clone(),
            batch: None,
        };
        Self { tape: tape.evaluator(), rows: rows.map(over), penalty }
    }

    /// Looks at these rows alone, or at all of them. Without rows nothing changes.
    pub fn look_at(&mut self, batch: Option<Arc<[u32]>>) {
        if let Some(rows) = &mut self.rows {
            rows.batch = batch;
        }
    }

    pub fn value(&mut self, at: Point) -> f64 {
        let value = match &mut self.rows {
            None => self.tape.value(at.x, at.y),
            Some(rows) => rows.value(at),
        };
        if self.penalty.is_nothing() { value } else { value + self.penalty.value(at) }
    }

    /// As [`super::Evaluator::squares`].
    pub fn squares(&mut self, at: Point) -> Option<(Matrix2<f64>, f64)> {
        let (normal, factor) = self.rows.as_mut()?.squares(at)?;
        Some((normal + factor * self.penalty.hessian(), factor))
    }

    #[inline]
    pub fn gradient(&mut self, at: Point) -> Point {
        let gradient = match &mut self.rows {
            None => {
                let Jet1 { dx, dy, .. } = self.tape.first(at.x, at.y);
                Point::new(dx, dy)
            }
            Some(rows) => rows.gradient(at),
        };
        if self.penalty.is_nothing() { gradient } else { gradient + self.penalty.gradient(at) }
    }

    #[inline]
    pub fn first(&mut self, at: Point) -> Jet1 {
        let jet = match &mut self.rows {
            None => self.tape.first(at.x, at.y),
            Some(rows) => rows.first(at),
        };
        if self.penalty.is_nothing() {
            return jet;
        }
        let slope = self.penalty.gradient(at);
        Jet1 { value: jet.value + self.penalty.value(at), dx: jet.dx + slope.x, dy: jet.dy + slope.y }
    }

    #[inline]
    pub fn second(&mut self, at: Point) -> Jet2 {
        let jet = match &mut self.rows {
            None => self.tape.second(at.x, at.y),
            Some(rows) => rows.second(at),
        };
        if self.penalty.is_nothing() {
            return jet;
        }
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
