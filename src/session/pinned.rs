//! Paths that were pinned, to be compared with what comes after a change.

use crate::objective::Point;
use crate::optimizer::Trajectory;
use crate::scenario::OptimizerChoice;

/// A path as it was when it was pinned.
#[derive(Clone, Debug, PartialEq)]
pub struct PinnedPath {
    /// Its place among the runs at that time.
    pub index: usize,
    /// The iterates, the start first.
    pub points: Vec<Point>,
    /// The cost at each.
    pub values: Vec<f64>,
}

/// Every visible path as it is now, with the runs that they belong to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pinned {
    /// All runs at that time, hidden ones too: the looks of a path depend on its place among them.
    pub optimizers: Vec<OptimizerChoice>,
    /// The paths of those that were visible.
    pub paths: Vec<PinnedPath>,
}

impl Pinned {
    pub(super) fn path(index: usize, path: &Trajectory) -> PinnedPath {
        PinnedPath { index, points: path.points.clone(), values: path.values.clone() }
    }

    /// The pinned path of the run at `index`.
    pub fn get(&self, index: usize) -> Option<&PinnedPath> {
        self.paths.iter().find(|path| path.index == index)
    }
}
