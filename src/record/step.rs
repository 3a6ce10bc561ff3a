//! The numbers of a step.

use crate::optimizer::{Entry, StepRate, Trajectory};

/// Those that every run has, 0 being the start: both coordinates, J, both entries of its gradient and their norm. `None`
/// beyond the end.
pub fn state(path: &Trajectory, step: usize) -> Option<[f64; 6]> {
    let (Entry { at, value, gradient }, norm) = (path.entry(step)?, path.gradient_norm(step)?);
    Some([at.x, at.y, value, gradient.x, gradient.y, norm])
}

/// Those of the columns that its method and its constraints have beside these.
pub fn more(path: &Trajectory, step: usize) -> impl Iterator<Item = f64> + Clone + use<> {
    path.more(step).into_iter()
}

/// Both multipliers, both values of constraints and the residual of ∇f = Σ λ∇g, as far as the run has them.
pub fn of_constraints(path: &Trajectory, step: usize) -> [Option<f64>; 5] {
    let mut found = [None; 5];
    if path.treatment().is_none() {
        return found;
    }
    let count = path.constraints();
    let more = path.more(step);
    // They come last.
    let own = more.get(more.len().saturating_sub(2 * count + 1)..).unwrap_or_default();
    let places = (0..count).chain((0..count).map(|k| 2 + k)).chain([4]);
    for (place, number) in places.zip(own) {
        found[place] = Some(*number);
    }
    found
}

/// The learning rate of the step that leads on, where a schedule changes it: one number, or one for each variable. Nothing at
/// the last point.
pub fn rate(path: &Trajectory, step: usize) -> impl Iterator<Item = f64> + Clone + use<> {
    let is_scheduled = path.has_schedule() && step < path.steps();
    let rate = is_scheduled.then(|| path.rates().step_rate(u32::try_from(step).unwrap_or(u32::MAX)));
    rate.into_iter().flat_map(StepRate::numbers)
}

/// All of them, from left to right.
pub fn numbers(path: &Trajectory, step: usize) -> impl Iterator<Item = f64> + Clone + use<> {
    state(path, step).into_iter().flatten().chain(more(path, step)).chain(rate(path, step))
}
