//! A point that is held on the curve of a constraint.

use serde::{Deserialize, Serialize};

use crate::objective::Point;

/// A point that is held on the curve of a constraint, wherever that goes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Touched {
    /// The place of the constraint among those that count.
    pub constraint: usize,
    /// Where it was last.
    at: [f64; 2],
}

impl Touched {
    /// At or near a point of the curve.
    pub fn new(constraint: usize, at: Point) -> Self {
        Self { constraint, at: at.into() }
    }

    /// Where it was last.
    pub fn at(&self) -> Point {
        self.at.into()
    }
}
