//! Newton's method to rounding: on ∇f = 0, on the N + K equations with one constraint, and on two constraints.

use nalgebra::{Matrix2, Matrix3, Vector3};

use super::Search;
use crate::objective::{Point, SecondOrder, is_finite};

/// Enough for a point that is approached with half of the way at each step.
const MOST_STEPS: usize = 100;
/// What is left of an equation, beside the sizes of its terms.
const LEFT: f64 = 1e-8;

impl Search {
    /// A stationary point of f near another point.
    pub(super) fn polish_inside(&mut self, mut at: Point) -> Option<Point> {
        let mut last = f64::INFINITY;
        for _ in 0..MOST_STEPS {
            let SecondOrder { gradient, hessian, .. } = self.f.exact_uncounted(at);
            let by = newton_step(&hessian, gradient)?;
            at -= by;
            if !self.goes_on(at, by, &mut last) {
                break;
            }
        }
        let SecondOrder { gradient, hessian, .. } = self.f.exact_uncounted(at);
        let room = LEFT * (hessian.amax() * self.reach()).max(f64::MIN_POSITIVE);
        (gradient.amax() <= room).then_some(at)
    }

    /// A solution on the curve of a constraint near a point.
    pub(super) fn polish_on_curve(&mut self, k: usize, mut at: Point) -> Option<Point> {
        let level = self.constraints[k].level;
        let [f, g] = [self.f.exact_uncounted(at), self.g[k].exact_uncounted(at)];
        let mut multiplier = f.gradient.dot(&g.gradient) / g.gradient.norm_squared();
        let mut last = f64::INFINITY;
        for _ in 0..MOST_STEPS {
            let [f, g] = [self.f.exact_uncounted(at), self.g[k].exact_uncounted(at)];
            let left = f.gradient - multiplier * g.gradient;
            let hessian = f.hessian - multiplier * g.hessian;
            let slope = g.gradient;
            let kkt = Matrix3::new(
                hessian.m11,
                hessian.m12,
                -slope.x,
                hessian.m21,
                hessian.m22,
                -slope.y,
                slope.x,
                slope.y,
                0.0,
            );
            let change = kkt.lu().solve(&Vector3::new(-left.x, -left.y, level - g.value))?;
            let by = Point::new(change.x, change.y);
            at += by;
            multiplier += change.z;
            if !self.goes_on(at, by, &mut last) {
                break;
            }
        }
        let [f, g] = [self.f.exact_uncounted(at), self.g[k].exact_uncounted(at)];
        let left = f.gradient - multiplier * g.gradient;
        let size = f.gradient.amax().max((multiplier * g.gradient).amax());
        let curved = (f.hessian - multiplier * g.hessian).amax() * self.reach();
        let is_solved = left.amax() <= LEFT * size.max(curved).max(f64::MIN_POSITIVE);
        let is_on_curve = (g.value - level).abs() <= super::FEASIBLE * level.abs().max(1.0);
        (is_solved && is_on_curve).then_some(at)
    }

    /// Where the curves of both constraints cross near a point.
    pub(super) fn polish_crossing(&mut self, mut at: Point) -> Option<Point> {
        let mut last = f64::INFINITY;
        for _ in 0..MOST_STEPS {
            let [a, b] = [0, 1].map(|k| self.g[k].first_order(at));
            let h = Point::new(a.value - self.constraints[0].level, b.value - self.constraints[1].level);
            let slopes = Matrix2::new(a.gradient.x, a.gradient.y, b.gradient.x, b.gradient.y);
            let by = slopes.lu().solve(&h)?;
            at -= by;
            if !self.goes_on(at, by, &mut last) {
                break;
            }
        }
        let is_on = |k: usize, search: &mut Self| {
            search.h(k, at).abs() <= super::FEASIBLE * search.constraints[k].level.abs().max(1.0)
        };
        (is_on(0, self) && is_on(1, self)).then_some(at)
    }

    /// A point of the curve of a constraint beside one that is nearly on it.
    pub(super) fn onto_curve(&mut self, k: usize, mut at: Point) -> Point {
        for _ in 0..3 {
            let g = self.g[k].first_order(at);
            let by = (g.value - self.constraints[k].level) * g.gradient / g.gradient.norm_squared();
            if !is_finite(by) {
                break;
            }
            at -= by;
        }
        at
    }

    /// Whether another step is worth while: the point is still near the window, and comes nearer.
    fn goes_on(&self, at: Point, by: Point, last: &mut f64) -> bool {
        let step = by.amax();
        let is_near = is_finite(at) && self.is_near(at);
        // At the end rounding makes the steps no smaller.
        let rests = step <= 1e-15 * at.amax().max(1e-3) || step <= 1e-12 * self.reach() && step >= *last;
        *last = step;
        is_near && !rests
    }

    /// The longer side of the window.
    fn reach(&self) -> f64 {
        self.region.width().max(self.region.height())
    }

    fn is_near(&self, at: Point) -> bool {
        let beyond = |[low, high]: [f64; 2], value: f64| {
            let room = 0.25 * (high - low);
            value < low - room || value > high + room
        };
        !beyond(self.region.x, at.x) && !beyond(self.region.y, at.y)
    }
}

/// H⁻¹ g; where H is singular, along what it does tell.
fn newton_step(hessian: &Matrix2<f64>, gradient: Point) -> Option<Point> {
    if gradient == Point::zeros() {
        return Some(Point::zeros());
    }
    if !hessian.iter().all(|entry| entry.is_finite()) || !is_finite(gradient) {
        return None;
    }
    let decomposed = hessian.svd(true, true);
    decomposed.solve(&gradient, 1e-14 * decomposed.singular_values.amax()).ok()
}
