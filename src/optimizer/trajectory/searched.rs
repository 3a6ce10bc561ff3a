//! What is minimized along the direction of a line search, found anew: a run records what it tried, and not the curve.

use super::Trajectory;
use crate::optimizer::LineSearch;

impl Trajectory {
    /// φ at these lengths, of the search of the step from an entry. `None` beyond the end.
    pub fn values_along(
        &self,
        entry: usize,
        search: &LineSearch,
        lengths: impl IntoIterator<Item = f64>,
    ) -> Option<Vec<f64>> {
        if entry >= self.len() {
            return None;
        }
        let mut walker = self.walker_at(entry)?;
        let value = |length| walker.stand.oracle.value(search.point(length));
        Some(lengths.into_iter().map(value).collect())
    }
}
