//! The first minimum along the ray, to rounding: the first change of sign of φ′.
//!
//! Convention: −φ′(0)/φ″(0), where the parabola of φ has its minimum, is tried first. Unless value and slope there are about those
//! of the parabola, lengths are tried from a quarter of it (of the first length that is given where φ does not curve up), and
//! doubled while φ falls. Between them the next length is where the polynomial through the last slopes vanishes
//! ([`super::slopes`]), and the middle where that is slow. A minimum that lies wholly between two of the first lengths is passed
//! over.
//!
//! To rounding: a slope need be no flatter than the spacing of numbers lets it be, that of lengths, 2 ε |φ′(0)|, and that of points,
//! ε/4 Σ |θᵢ| |(H d)ᵢ|. Where more trials make small slopes no smaller, they are rounding.

use super::slopes::Slopes;
use super::{MOST_TRIALS, NoStep, Ray, Trial};
use crate::objective::Point;

/// How much of φ′(0), and of the fall that it promises, may be missing where φ is like its parabola.
const LIKE_ITS_PARABOLA: f64 = 0.1;
/// So near to the minimum, as a share of φ′(0), slopes tell what values no longer do.
const NEAR: f64 = 1e-3;
/// Slopes that are no larger than this share of φ′(0) may be rounding.
const SMALL: f64 = 1e-9;

pub(super) fn length(ray: &mut Ray<'_>, first: f64) -> Result<f64, NoStep> {
    let direction = ray.search.direction;
    let curved = ray.oracle.hessian(ray.search.from) * direction;
    let curvature = direction.dot(&curved);
    let parabola = -ray.search.slope / curvature;
    let curves_up = parabola.is_finite() && parabola > 0.0;
    // Where φ curves down, as beside a cusp, curvature tells nothing of what is flat.
    let enough = flat_enough(ray, if curves_up { curved } else { Point::zeros() });
    let mut way = Way::new(ray.start(), curvature, if curves_up { 0.25 * parabola } else { 0.25 * first });
    let mut tried = None;
    if curves_up {
        let trial = ray.farther(parabola)?;
        if is_like_its_parabola(ray, &trial) {
            if trial.slope().abs() <= enough {
                return Ok(parabola);
            }
            way.reach = 2.0 * parabola;
            way.take(ray, trial);
        } else {
            tried = Some(trial);
        }
    }
    loop {
        let (length, is_root) = match &way.high {
            None => way.onward(),
            Some(high) => {
                let is_narrow = high.length - way.low.length <= 4.0 * f64::EPSILON * high.length;
                if is_narrow || ray.search.trials.len() >= MOST_TRIALS {
                    return nearest(ray, &way.low, high);
                }
                (way.between(high), true)
            }
        };
        let trial = match tried.take_if(|trial: &mut Trial| trial.length == length) {
            Some(trial) => trial,
            None => ray.farther(length)?,
        };
        if is_root && trial.slope().abs() <= enough && is_low(ray, &trial) {
            return Ok(length);
        }
        if way.take(ray, trial) && is_low(ray, &way.flattest) {
            return Ok(way.flattest.length);
        }
    }
}

/// The slope that the spacing of numbers makes of the flattest one.
fn flat_enough(ray: &Ray<'_>, curved: Point) -> f64 {
    let of_points = 0.25 * ray.search.from.abs().dot(&curved.abs());
    let of_lengths = 2.0 * ray.search.slope.abs();
    f64::EPSILON * if of_points.is_finite() { of_lengths + of_points } else { of_lengths }
}

/// Whether φ is about as high and as steep at a length as where its parabola has its minimum.
fn is_like_its_parabola(ray: &Ray<'_>, trial: &Trial) -> bool {
    let (slope, promised) = (ray.search.slope.abs(), ray.search.slope.abs() * trial.length);
    let missing = trial.value - (ray.search.value - 0.5 * promised);
    trial.slope().abs() <= LIKE_ITS_PARABOLA * slope
        && missing.abs() <= LIKE_ITS_PARABOLA * promised + noise(ray)
}

/// What rounding may make of a difference of values where the terms of a cost are larger than their sum.
fn noise(ray: &Ray<'_>) -> f64 {
    512.0 * ray.search.rounding()
}

/// Where the first minimum is, as far as it is known.
struct Way {
    /// The farthest length until which φ falls.
    low: Trial,
    /// The nearest length before which the minimum lies.
    high: Option<Trial>,
    /// What φ was followed by last.
    slopes: Slopes,
    /// Where the slopes tell that it vanishes; not a number where they do not.
    root: f64,
    /// The next of the lengths that are doubled.
    reach: f64,
    /// The start, or the length with the smallest slope.
    flattest: Trial,
    /// Whether the last slope was far smaller than those before.
    nears: bool,
    /// Whether the last slope was not much smaller than those before, though the minimum was between two lengths.
    is_slow: bool,
}

impl Way {
    fn new(start: Trial, curvature: f64, reach: f64) -> Self {
        let slopes = Slopes::at_start(start.slope(), curvature);
        let (low, flattest) = (start, start);
        Self { low, high: None, slopes, root: f64::NAN, reach, flattest, nears: false, is_slow: false }
    }

    /// The next length while φ falls: the root where it is near and comes first, else the next that is doubled; and whether it
    /// is the root.
    fn onward(&mut self) -> (f64, bool) {
        if self.nears && self.low.length < self.root && self.root < self.reach {
            return (self.root, true);
        }
        let length = self.reach;
        self.reach *= 2.0;
        (length, false)
    }

    /// The next length before another: the root, or the middle.
    fn between(&self, high: &Trial) -> f64 {
        let (low, high) = (self.low.length, high.length);
        if self.is_slow || self.root.is_nan() || self.root <= low || self.root >= high {
            return low + 0.5 * (high - low);
        }
        // Beside an end that is the root but for rounding, the next length tells so.
        let spacing = 2.0 * f64::EPSILON * high;
        self.root.clamp(low + spacing, high - spacing)
    }

    /// Goes on with what was found at a length. Says whether slopes are what rounding leaves of them.
    fn take(&mut self, ray: &Ray<'_>, trial: Trial) -> bool {
        let (slope, before) = (trial.slope().abs(), self.flattest.slope().abs());
        self.nears = slope <= 0.1 * before;
        self.is_slow = self.high.is_some() && (slope.is_nan() || slope > 0.5 * before);
        if slope < before {
            self.flattest = trial;
        }
        let is_near = self.high.is_some() && slope <= NEAR * ray.search.slope.abs();
        let falls = trial.is_finite() && trial.falls();
        let is_beyond = !falls || is_above(ray, &trial, &self.low, is_near);
        // Where φ is higher though it falls, it has risen on the way, and its slope says nothing of where.
        let tells = trial.is_finite() && falls != is_beyond;
        if tells {
            self.slopes.push(trial.length, trial.slope());
        }
        self.root = if tells { self.slopes.root() } else { f64::NAN };
        let is_rounding = self.is_slow && before <= SMALL * ray.search.slope.abs();
        if is_beyond {
            self.high = Some(trial);
        } else {
            self.low = trial;
        }
        is_rounding
    }
}

/// Whether φ has risen on the way to a length where it falls, seen from one after which it falls: it is higher than where it began,
/// or, while values tell, than there, by more than a fall could make of rounding.
fn is_above(ray: &Ray<'_>, trial: &Trial, low: &Trial, is_near: bool) -> bool {
    let room = 0.01 * ray.search.slope.abs() * (trial.length - low.length) + noise(ray);
    trial.value > ray.search.value + noise(ray) || (!is_near && trial.value > low.value + room)
}

/// Whether φ is no higher at a length than where it began, but for rounding.
fn is_low(ray: &Ray<'_>, trial: &Trial) -> bool {
    trial.value <= ray.search.value + noise(ray)
}

/// That of two lengths where φ is flatter. The start is none.
fn nearest(ray: &Ray<'_>, low: &Trial, high: &Trial) -> Result<f64, NoStep> {
    let flatness = |trial: &Trial| if trial.is_finite() { trial.slope().abs() } else { f64::INFINITY };
    if low.length > 0.0 && flatness(low) <= flatness(high) {
        return Ok(low.length);
    }
    if high.is_finite() && is_low(ray, high) {
        Ok(high.length)
    } else {
        Err(NoStep::TrialsSpent(ray.search.kind))
    }
}
