//! The first minimum along the ray, to rounding: the first change of sign of φ′.
//!
//! Convention: lengths are tried from a quarter of −φ′(0)/φ″(0), where the parabola of φ has its minimum (from the first length
//! that is given where φ does not curve up there), and doubled while φ falls. Between the last two the root of φ′ is found by false
//! position with halved weights (Dowell & Jarratt, *A modified regula falsi*, BIT 11, 1971), and by halving where that is slow.
//! A minimum that lies wholly between two of the first lengths is passed over.

use super::{MOST_TRIALS, NoStep, Ray, Trial};

pub(super) fn length(ray: &mut Ray<'_>, first: f64) -> Result<f64, NoStep> {
    let direction = ray.search.direction;
    let curvature = direction.dot(&(ray.oracle.hessian(ray.search.from) * direction));
    let parabola = -ray.search.slope / curvature;
    let scale = if parabola.is_finite() && parabola > 0.0 { parabola } else { first };
    let (mut low, mut length) = (ray.start(), 0.25 * scale);
    loop {
        let trial = ray.farther(length)?;
        if is_beyond(ray, &trial, &low) {
            return between(ray, low, trial);
        }
        low = trial;
        length *= 2.0;
    }
}

/// Whether the first minimum lies before a length, seen from one after which φ falls: φ rises there, or is higher by more than a
/// fall could make of rounding.
fn is_beyond(ray: &Ray<'_>, trial: &Trial, low: &Trial) -> bool {
    let room = 0.01 * ray.search.slope.abs() * (trial.length - low.length) + noise(ray);
    !trial.is_finite() || !trial.falls() || trial.value > low.value + room
}

/// What rounding may make of a difference of values where the terms of a cost are larger than their sum.
fn noise(ray: &Ray<'_>) -> f64 {
    512.0 * ray.search.rounding()
}

/// The root of φ′ between two lengths. Slopes that rounding leaves no better tell how near is near enough.
fn between(ray: &mut Ray<'_>, mut low: Trial, mut high: Trial) -> Result<f64, NoStep> {
    // The slopes that false position draws its line through: that of an end that stays is halved.
    let mut drawn = [low.slope.unwrap_or(f64::NAN), high.slope.unwrap_or(f64::NAN)];
    let mut moved_low = None;
    let enough = 2.0 * f64::EPSILON * ray.search.slope.abs();
    loop {
        let (width, spacing) = (high.length - low.length, 2.0 * f64::EPSILON * high.length);
        if width <= 2.0 * spacing || ray.search.trials.len() >= MOST_TRIALS {
            return nearest(ray, &low, &high);
        }
        let secant = low.length - drawn[0] * width / (drawn[1] - drawn[0]);
        // Beside an end that is the root but for rounding, the next length tells so.
        let length = if high.is_finite() && drawn[1] > 0.0 && secant.is_finite() {
            secant.clamp(low.length + spacing, high.length - spacing)
        } else {
            low.length + 0.5 * width
        };
        let trial = ray.value_and_slope(length)?;
        let slope = trial.slope.unwrap_or(f64::NAN);
        if slope.abs() <= enough {
            return Ok(length);
        }
        // So near to the root slopes tell what values no longer do.
        let is_near = slope.abs() <= 1e-3 * ray.search.slope.abs();
        let is_beyond =
            if is_near { !trial.is_finite() || !trial.falls() } else { is_beyond(ray, &trial, &low) };
        let ends = if is_beyond { [low.length, length] } else { [length, high.length] };
        // A line that hardly narrows the bracket is followed by a halving.
        let is_slow = ends[1] - ends[0] > 0.5 * width;
        if is_beyond {
            (high, drawn[1]) = (trial, slope);
            if moved_low == Some(false) && is_slow {
                drawn[0] *= 0.5;
            }
        } else {
            (low, drawn[0]) = (trial, slope);
            if moved_low == Some(true) && is_slow {
                drawn[1] *= 0.5;
            }
        }
        moved_low = Some(!is_beyond);
    }
}

/// That of two lengths where φ is flatter. The start is none.
fn nearest(ray: &Ray<'_>, low: &Trial, high: &Trial) -> Result<f64, NoStep> {
    let flatness = |trial: &Trial| trial.slope.filter(|_| trial.is_finite()).map_or(f64::INFINITY, f64::abs);
    if low.length > 0.0 && flatness(low) <= flatness(high) {
        return Ok(low.length);
    }
    let is_low = high.value <= ray.search.value + noise(ray);
    if high.is_finite() && is_low { Ok(high.length) } else { Err(NoStep::TrialsSpent(ray.search.kind)) }
}
