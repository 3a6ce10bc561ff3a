//! A constraint of a run: g, which can be asked, and with what it is compared.

use crate::objective::{Constraint, Evaluator, Relation};

/// A constraint of a run.
#[derive(Debug)]
pub(super) struct Held {
    pub relation: Relation,
    pub level: f64,
    pub g: Evaluator,
}

/// |h| up to this, times the largest of 1 and |level|, counts as on the boundary.
const ON_BOUNDARY: f64 = 1e-9;

impl Held {
    pub fn of(Constraint { function, relation, level }: &Constraint) -> Self {
        Self { relation: *relation, level: *level, g: function.evaluator() }
    }

    pub fn is_on_boundary(&self, h: f64) -> bool {
        h.abs() <= ON_BOUNDARY * self.level.abs().max(1.0)
    }
}
