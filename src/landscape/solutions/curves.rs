//! Where solutions may be on the curve of a constraint: what changes sign along it, and what is smallest there.

use super::{CELLS, Search};
use crate::landscape::{Field, Isoline, isolines_of};
use crate::objective::{Constraint, MAX_CONSTRAINTS, Point};

impl Search {
    /// The curve of a constraint.
    pub(super) fn curve(&self, k: usize) -> Vec<Isoline> {
        let Constraint { function, level, .. } = &self.constraints[k];
        let field = Field::of(function, self.region, CELLS + 1, CELLS + 1);
        isolines_of(function, &field, &[*level])
    }

    /// The solutions on a part of the curve of a constraint: alone, where the other one need not be met as an equation, and
    /// where the other one's curve crosses it.
    pub(super) fn on_curve(&mut self, k: usize, line: &Isoline) {
        let points: Vec<Point> = line.points.iter().map(|at| self.onto_curve(k, *at)).collect();
        if self.is_alone(k) {
            let turns: Vec<f64> = points.iter().map(|at| self.turn(k, *at)).collect();
            for start in starts_along(&points, &turns, line.closed) {
                if let Some(at) = self.polish_on_curve(k, start) {
                    self.take(at, only(k));
                }
            }
        }
        // Both curves cross once, whichever is followed.
        if k == 0 && self.constraints.len() == MAX_CONSTRAINTS {
            let other: Vec<f64> = points.iter().map(|at| self.h(1, *at)).collect();
            for start in starts_along(&points, &other, line.closed) {
                if let Some(at) = self.polish_crossing(start) {
                    self.take(at, [true; MAX_CONSTRAINTS]);
                }
            }
        }
    }

    /// The point of the curve of a constraint near a start where it has no slope, so that its multiplier is nothing.
    pub(super) fn flat(&mut self, k: usize, start: Point) {
        let at = self.polish_flat(k, start).filter(|_| self.is_alone(k));
        if let Some(at) = at {
            self.take(at, only(k));
        }
    }

    /// ∇f × ∇g, beside the sizes of both: the sine of the angle between them.
    fn turn(&mut self, k: usize, at: Point) -> f64 {
        let [f, g] = [self.f.exact_first_order(at).gradient, self.g[k].first_order(at).gradient];
        let sizes = f.norm() * g.norm();
        if sizes == 0.0 { 0.0 } else { f.perp(&g) / sizes }
    }

    /// A point of a curve near another one where its constraint has no slope.
    fn polish_flat(&mut self, k: usize, mut at: Point) -> Option<Point> {
        for _ in 0..60 {
            let g = self.g[k].exact_uncounted(at);
            if g.gradient == Point::zeros() {
                break;
            }
            at -= g.hessian.lu().solve(&g.gradient)?;
        }
        let level = self.constraints[k].level;
        let g = self.g[k].exact_uncounted(at);
        let is_flat = g.gradient.amax() <= 1e-9 * g.hessian.amax();
        (is_flat && (g.value - level).abs() <= super::FEASIBLE * level.abs().max(1.0)).then_some(at)
    }
}

/// One constraint of all.
fn only(k: usize) -> [bool; MAX_CONSTRAINTS] {
    std::array::from_fn(|place| place == k)
}

/// The points between which a number changes sign along a line, and those where it is smallest.
fn starts_along(points: &[Point], numbers: &[f64], is_closed: bool) -> Vec<Point> {
    let mut starts = Vec::new();
    for (pair, ends) in points.windows(2).zip(numbers.windows(2)) {
        if ends[0] * ends[1] <= 0.0 {
            let share = if ends[0] == ends[1] { 0.5 } else { ends[0] / (ends[0] - ends[1]) };
            starts.push(pair[0] + share * (pair[1] - pair[0]));
        }
    }
    // A closed line repeats its first point at its end.
    let count = if is_closed { points.len().saturating_sub(1) } else { points.len() };
    for (place, point) in points.iter().enumerate().take(count) {
        let size = |place: Option<usize>| {
            place.and_then(|place| numbers.get(place)).map_or(f64::INFINITY, |number| number.abs())
        };
        let before = if is_closed { Some((place + count - 1) % count) } else { place.checked_sub(1) };
        let after = if is_closed { Some((place + 1) % count) } else { Some(place + 1) };
        let own = size(Some(place));
        if own < size(before) && own <= size(after) {
            starts.push(*point);
        }
    }
    starts
}
