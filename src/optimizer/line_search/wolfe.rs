//! Strong Wolfe conditions: Nocedal & Wright 2006, algorithms 3.5 (lengths that double until one is too far) and 3.6 (`zoom`,
//! between two lengths), with cubic interpolation (3.59) kept within the middle eight tenths.
//!
//! Convention: values are compared but for what rounds them, four units in the last place of φ(0): near a minimum slopes still
//! tell what values no longer do.

use super::{NoStep, Ray, Trial};

pub(super) fn length(ray: &mut Ray<'_>, first: f64) -> Result<f64, NoStep> {
    let (mut low, mut length) = (ray.start(), first);
    loop {
        let trial = ray.farther(length)?;
        if is_too_high(ray, &trial, &low) {
            return zoom(ray, low, trial);
        }
        let slope = trial.slope();
        if is_flat_enough(ray, slope) {
            return Ok(length);
        }
        if slope >= 0.0 {
            return zoom(ray, trial, low);
        }
        low = trial;
        length *= 2.0;
    }
}

/// A length between two, of which `low` is the lower one that is low enough, and slopes down towards the other.
fn zoom(ray: &mut Ray<'_>, mut low: Trial, mut high: Trial) -> Result<f64, NoStep> {
    loop {
        let trial = ray.value_and_slope(between(&low, &high))?;
        if is_too_high(ray, &trial, &low) {
            high = trial;
            continue;
        }
        let slope = trial.slope();
        if is_flat_enough(ray, slope) {
            return Ok(trial.length);
        }
        if slope * (high.length - low.length) >= 0.0 {
            high = low;
        }
        low = trial;
    }
}

fn is_too_high(ray: &Ray<'_>, trial: &Trial, low: &Trial) -> bool {
    let rounding = ray.search.rounding();
    !trial.is_finite()
        || !ray.search.is_low_enough(trial, rounding)
        || (low.length > 0.0 && trial.value >= low.value + rounding)
}

fn is_flat_enough(ray: &Ray<'_>, slope: f64) -> bool {
    slope.abs() <= ray.search.curvature * ray.search.slope.abs()
}

/// The minimum of the cubic that has both values and slopes, not too near to either; the middle where there is none.
fn between(a: &Trial, b: &Trial) -> f64 {
    let width = b.length - a.length;
    let middle = a.length + 0.5 * width;
    let (Some(slope_a), Some(slope_b)) = (a.slope, b.slope) else { return middle };
    let d1 = slope_a + slope_b + 3.0 * (a.value - b.value) / width;
    let d2 = width.signum() * (d1 * d1 - slope_a * slope_b).sqrt();
    let minimum = b.length - width * (slope_b + d2 - d1) / (slope_b - slope_a + 2.0 * d2);
    if !minimum.is_finite() {
        return middle;
    }
    let ends = [a.length + 0.1 * width, b.length - 0.1 * width];
    minimum.clamp(ends[0].min(ends[1]), ends[0].max(ends[1]))
}
