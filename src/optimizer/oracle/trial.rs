//! What a method asks at points where its step may end, before it knows; and what of that the run need not ask again.

use nalgebra::Matrix2;

use super::Oracle;
use crate::objective::{Evaluations, FirstOrder, Point};

impl Oracle {
    /// The value at a point where the step may end.
    pub fn value(&mut self, at: Point) -> f64 {
        self.rows += self.rows_at_once();
        let value = self.evaluator.value(at);
        self.trial(at, FirstOrder { value, gradient: Point::zeros() }).value
    }

    /// Value and gradient at a point where the step may end.
    pub fn value_and_gradient(&mut self, at: Point) -> FirstOrder {
        self.rows += self.rows_at_once();
        let there = self.evaluator.first_order(at);
        self.trial(at, there)
    }

    /// A = Σ ∇r ∇rᵀ over the rows of what J is made of at a point, and what ∇J is multiplied by to be on the sum as A is. Nothing
    /// where J is not made of squares, has a corner or is to be maximized.
    pub(in crate::optimizer) fn squares(&mut self, at: Point) -> Option<(Matrix2<f64>, f64)> {
        if self.corners.is_some() || self.sign < 0.0 {
            return None;
        }
        let (normal, rows) = self.evaluator.squares(at)?;
        self.rows += self.rows_at_once();
        Some((self.hessian_along_free(normal, |_| 1.0), rows))
    }

    /// What is walked on at a point where the run does not stand, from J there.
    pub(super) fn trial(&mut self, at: Point, j: FirstOrder) -> FirstOrder {
        let mut there = self.of_j(at, j);
        if let Some(constrained) = &mut self.constrained {
            there = constrained.merit_at(at, there);
        }
        FirstOrder { gradient: self.along_free(there.gradient), ..there }
    }

    /// The step ends where the method has evaluated `asked` already, so that the run, which asks for it once more, does not
    /// count it again. Where the next step looks at other rows, or the step is projected elsewhere, it has not been evaluated.
    pub(in crate::optimizer) fn has_evaluated(&mut self, asked: Evaluations) {
        let is_elsewhere = self.constrained.as_ref().is_some_and(|constrained| !constrained.has_merit());
        if self.batch.is_none() && !is_elsewhere {
            self.twice += asked;
        }
    }

    /// Whether what is walked on is the same function in each step.
    pub(in crate::optimizer) fn is_unchanging(&self) -> bool {
        self.batch.is_none() && self.constrained.is_none()
    }

    /// The step ends where it began, where everything has been evaluated.
    pub(in crate::optimizer) fn stays(&mut self) {
        if self.is_unchanging() {
            let value = if self.is_exact() { 1 } else { 5 };
            let asked = Evaluations { value, gradient: 1, hessian: 0, rows: self.rows_at_once() };
            self.twice += asked;
        }
    }
}
