//! Where a step begins.

use crate::objective::{FirstOrder, Point};

/// Where a run stands when it takes a step.
#[derive(Clone, Copy, Debug)]
pub struct Iterate {
    /// The number of the step that begins here, 1 for the first.
    pub t: u32,
    /// The point.
    pub at: Point,
    /// Value and gradient of the minimized function there, both finite.
    pub here: FirstOrder,
    /// The learning rate of this step, for each coordinate.
    pub rate: Point,
}
