//! The numbers of a step.

use crate::elementary;
use crate::optimizer::{Entry, StepRate, Trajectory};

/// Those that every run has, 0 being the start: each coordinate, J, each entry of its gradient and their norm. None beyond the end.
pub fn state(path: &Trajectory, step: usize) -> impl Iterator<Item = f64> + Clone + use<> {
    let count = path.variables();
    let all = path.entry(step).zip(path.gradient_norm(step));
    all.into_iter().flat_map(move |(Entry { at, value, gradient }, norm)| {
        let coordinates = <[f64; 2]>::from(at).into_iter().take(count);
        let slopes = <[f64; 2]>::from(gradient).into_iter().take(count);
        coordinates.chain([value]).chain(slopes).chain([norm])
    })
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

/// Of a run that looks for a root: how far the step that led here went, the order in which the iterates up to here come near, and
/// the significant digits in which this one agrees with the one before. What cannot be told is not a number.
pub fn of_root(path: &Trajectory, step: usize) -> impl Iterator<Item = f64> + Clone + use<> {
    let told = path.looks_for_root().then(|| {
        let at = path.point(step).map_or(f64::NAN, |at| at.x);
        let before = step.checked_sub(1).and_then(|before| path.point(before));
        let moved = before.map_or(f64::NAN, |before| (at - before.x).abs());
        let digits = (-elementary::log10(moved / at.abs())).clamp(0.0, 16.0);
        [moved, path.order(step).unwrap_or(f64::NAN), digits]
    });
    told.into_iter().flatten()
}

/// All of them, from left to right.
pub fn numbers(path: &Trajectory, step: usize) -> impl Iterator<Item = f64> + Clone + use<> {
    state(path, step).chain(more(path, step)).chain(rate(path, step)).chain(of_root(path, step))
}
