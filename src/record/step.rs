//! The numbers of a step.

use crate::optimizer::{Entry, Trajectory};

/// Those that every run has, 0 being the start: both coordinates, J, both entries of its gradient and their norm. `None`
/// beyond the end.
pub fn state(path: &Trajectory, step: usize) -> Option<[f64; 6]> {
    let (Entry { at, value, gradient }, norm) = (path.entry(step)?, path.gradient_norm(step)?);
    Some([at.x, at.y, value, gradient.x, gradient.y, norm])
}

/// Those of the columns that its method has beside these.
pub fn more(path: &Trajectory, step: usize) -> impl Iterator<Item = f64> + Clone + use<> {
    path.more(step).into_iter().flat_map(|at| [at.x, at.y])
}

/// All of them, from left to right.
pub fn numbers(path: &Trajectory, step: usize) -> impl Iterator<Item = f64> + Clone + use<> {
    state(path, step).into_iter().flatten().chain(more(path, step))
}
