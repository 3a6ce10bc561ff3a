//! What a run leaves behind: a list for each of the things that are recorded at every iterate.

use super::Outcome;
use crate::objective::{Evaluations, Point};

/// The path of a run. All lists have the same length, one entry for the start and one for each step taken.
#[derive(Clone, PartialEq, Debug)]
pub struct Trajectory {
    /// The start and the point after each step.
    pub points: Vec<Point>,
    /// J at each point, whatever the goal.
    pub values: Vec<f64>,
    /// The gradient of J at each point, whatever the goal.
    pub gradients: Vec<Point>,
    /// What the method has to tell beside these.
    pub columns: Vec<Column>,
    /// How the run ended; nothing while it can go on.
    pub outcome: Option<Outcome>,
    /// What was evaluated on the way.
    pub evaluations: Evaluations,
}

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

impl Trajectory {
    /// The Euclidean norm of the gradient at each point.
    pub fn gradient_norms(&self) -> Vec<f64> {
        self.gradients.iter().copied().map(norm).collect()
    }

    /// The Euclidean norm of the gradient at an entry of the lists.
    pub fn gradient_norm(&self, entry: usize) -> Option<f64> {
        self.gradients.get(entry).copied().map(norm)
    }

    /// The entry of the lists that stands at a step: the last one where no such step was taken. `None` of an empty path.
    pub fn entry_at(&self, step: u32) -> Option<usize> {
        self.points.len().checked_sub(1).map(|last| last.min(step as usize))
    }

    /// The number of steps recorded.
    pub fn steps(&self) -> usize {
        self.points.len().saturating_sub(1)
    }
}

/// The Euclidean norm, without overflow on the way.
pub(super) fn norm(vector: Point) -> f64 {
    vector.x.hypot(vector.y)
}
