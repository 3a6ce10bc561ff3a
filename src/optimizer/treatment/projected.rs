//! Projection: every step ends at the feasible point nearest to where the method would go.
//!
//! ```text
//! θ ← P(θ − what the method subtracts),  P(t) = the p that minimizes ½ ‖p − t‖² where all constraints hold
//! line      P(t) = t − h(t) ∇g / ‖∇g‖²
//! circle    ∇g = c (t − m):  P(t) = m + r (t − m) / ‖t − m‖,  r² = ‖t − m‖² − 2 h(t) / c
//! else      Newton on p − t + ν ∇g(p) = 0, g(p) = level
//! ```
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, section 16.7 (gradient projection) and theorem 12.1 for the
//! conditions of the nearest point. Convention: of a set with several pieces the nearest point that is found from t counts.
//! Where there are several nearest points, as from the centre of a circle, or none is found, the step does not exist. The state
//! of the method is not projected. Multipliers are told by least squares over the boundaries that the iterate is on.

use nalgebra::{Matrix2, Matrix3, Vector3};

use super::held::Held;
use super::{TreatmentParameter, TreatmentRow};
use crate::objective::{Point, Relation, SecondOrder, is_finite};
use crate::optimizer::NoStep;
use crate::optimizer::linear::norm;

pub(super) const ROW: TreatmentRow = TreatmentRow {
    id: "projected",
    name: "Projection",
    short_name: "projected",
    summary: "Lets the method step as if there were no constraint, then goes to the nearest point where it holds.",
    formula: "F, then the nearest feasible point",
    source: "Nocedal & Wright 2006, section 16.7",
    parameters: NO_PARAMETERS,
};

const NO_PARAMETERS: &[TreatmentParameter] = &[];
/// The most steps of an iteration to a nearest point.
const MOST_STEPS: usize = 60;

/// The feasible point nearest to a finite one.
///
/// # Errors
/// Where none is found, or there are several.
pub(super) fn nearest_feasible(held: &mut [Held], to: Point) -> Result<Point, NoStep> {
    if holds_all(held, to, |held, h| is_inside(held.relation, h)) {
        return Ok(to);
    }
    let mut nearest: Option<Point> = None;
    let mut reason = NoStep::NothingFeasible;
    // Each set of boundaries that the point may be on: one of them, then both.
    for place in 0..held.len() {
        match on_boundary(&mut held[place], to) {
            Ok(at) => nearest = nearer(held, to, nearest, at),
            Err(error) => reason = error,
        }
    }
    if let [a, b] = held
        && let Some(at) = on_both(a, b, to)
    {
        nearest = nearer(held, to, nearest, at);
    }
    nearest.ok_or(reason)
}

/// The nearer of two points to `to`, where the other one is feasible.
fn nearer(held: &mut [Held], to: Point, nearest: Option<Point>, other: Point) -> Option<Point> {
    let is_nearer = nearest.is_none_or(|nearest| norm(other - to) < norm(nearest - to));
    let is_feasible =
        is_nearer && holds_all(held, other, |held, h| held.is_on_boundary(h) || is_inside(held.relation, h));
    if is_feasible { Some(other) } else { nearest }
}

fn is_inside(relation: Relation, h: f64) -> bool {
    relation != Relation::Equal && relation.violation(h) == 0.0
}

fn holds_all(held: &mut [Held], at: Point, holds: impl Fn(&Held, f64) -> bool) -> bool {
    held.iter_mut().all(|held| {
        let h = held.g.value(at) - held.level;
        holds(held, h)
    })
}

/// The point of the curve g = level nearest to another one.
fn on_boundary(held: &mut Held, to: Point) -> Result<Point, NoStep> {
    let here = held.g.exact_uncounted(to);
    let h = here.value - held.level;
    let found = match closed_form(&here, h, to)? {
        // What looks like a line or a circle from afar need not be one.
        Some(at) if is_nearest(held, &here, at) => Some(at),
        _ => by_newton(held, to),
    };
    found.filter(|at| is_finite(*at)).ok_or(NoStep::NothingFeasible)
}

/// The nearest point of a line or a circle, from what g is at another point; nothing where it is neither.
fn closed_form(here: &SecondOrder, h: f64, to: Point) -> Result<Option<Point>, NoStep> {
    let SecondOrder { gradient, hessian, .. } = here;
    let curvature = hessian.m11;
    if *hessian == Matrix2::zeros() {
        let square = gradient.norm_squared();
        return Ok((square > 0.0).then(|| to - h * gradient / square));
    }
    if *hessian != Matrix2::from_diagonal_element(curvature) {
        return Ok(None);
    }
    let from_middle = gradient / curvature;
    let square = from_middle.norm_squared() - 2.0 * h / curvature;
    let distance = from_middle.norm();
    match (square > 0.0, distance > 0.0) {
        (true, true) => Ok(Some(to - from_middle + square.sqrt() / distance * from_middle)),
        (true, false) => Err(NoStep::SeveralNearest),
        (false, _) => Err(NoStep::NothingFeasible),
    }
}

/// Whether g = level at a point, and g curves there as where the point was found from.
fn is_nearest(held: &mut Held, here: &SecondOrder, at: Point) -> bool {
    let there = held.g.exact_uncounted(at);
    there.hessian == here.hessian && held.is_on_boundary(there.value - held.level)
}

/// The nearest point of any curve: first down to the curve, then to where the way to it is across it.
fn by_newton(held: &mut Held, to: Point) -> Option<Point> {
    let mut at = to;
    for _ in 0..MOST_STEPS {
        let SecondOrder { value, gradient, .. } = held.g.exact_uncounted(at);
        let h = value - held.level;
        if held.is_on_boundary(h) {
            break;
        }
        at = shortened(held, at, h, h * gradient / gradient.norm_squared())?;
    }
    let mut nu = 0.0;
    for step in 0..MOST_STEPS {
        let SecondOrder { value, gradient, hessian } = held.g.exact_uncounted(at);
        let h = value - held.level;
        if step == 0 {
            nu = (to - at).dot(&gradient) / gradient.norm_squared();
        }
        let left = at - to + nu * gradient;
        let mut block = Matrix2::identity() + nu * hessian;
        let across = Point::new(-gradient.y, gradient.x);
        if across.dot(&(block * across)) <= 0.0 {
            // On this side of the centre of curvature the way is longest, not shortest: go along the curve as if it were straight.
            block = Matrix2::identity();
        }
        let kkt = Matrix3::new(
            block.m11, block.m12, gradient.x, block.m21, block.m22, gradient.y, gradient.x, gradient.y, 0.0,
        );
        let change = kkt.lu().solve(&Vector3::new(-left.x, -left.y, -h))?;
        let by = Point::new(change.x, change.y);
        at += by;
        nu += change.z;
        if norm(by) <= 1e-15 * at.amax().max(1.0) {
            break;
        }
    }
    // A place where the way is across the curve, and shortest.
    let SecondOrder { value, gradient, hessian } = held.g.exact_uncounted(at);
    let left = at - to + nu * gradient;
    let across = Point::new(-gradient.y, gradient.x);
    let curvature = across.dot(&((Matrix2::identity() + nu * hessian) * across));
    let size = at.amax().max(to.amax()).max(1.0);
    (held.is_on_boundary(value - held.level) && norm(left) <= 1e-9 * size && curvature >= 0.0).then_some(at)
}

/// A step that brings |h| down, shortened until it does.
fn shortened(held: &mut Held, at: Point, h: f64, mut by: Point) -> Option<Point> {
    for _ in 0..40 {
        let next = at - by;
        if is_finite(next) && (held.g.value(next) - held.level).abs() < h.abs() {
            return Some(next);
        }
        by *= 0.5;
    }
    None
}

/// Where both curves cross, near a point.
fn on_both(a: &mut Held, b: &mut Held, to: Point) -> Option<Point> {
    let mut at = to;
    for _ in 0..MOST_STEPS {
        let (f, g) = (a.g.first_order(at), b.g.first_order(at));
        let h = Point::new(f.value - a.level, g.value - b.level);
        let slopes = Matrix2::new(f.gradient.x, f.gradient.y, g.gradient.x, g.gradient.y);
        let by = slopes.lu().solve(&h)?;
        at -= by;
        if !is_finite(at) || norm(by) <= 1e-15 * at.amax().max(1.0) {
            break;
        }
    }
    is_finite(at).then_some(at)
}
