//! Where stationary points may be: by the slopes at the nodes of a grid.

use super::{CELLS, Search};
use crate::landscape::region::nodes;
use crate::objective::{MAX_CONSTRAINTS, Objective, Point};

impl Search<'_> {
    /// The stationary points of f where all constraints hold.
    pub(super) fn inside(&mut self, f: &Objective) {
        for start in self.starts_of(f) {
            if let Some(at) = self.polish_inside(start) {
                self.take(at, [false; MAX_CONSTRAINTS]);
            }
        }
    }

    /// Points near which a function may be stationary.
    pub(super) fn starts_of(&self, function: &Objective) -> Vec<Point> {
        let (xs, ys) = (nodes(self.region.x, CELLS + 1), nodes(self.region.y, CELLS + 1));
        let mut evaluator = function.evaluator();
        let slopes: Vec<Point> = ys
            .iter()
            .flat_map(|y| xs.iter().map(|x| Point::new(*x, *y)))
            .map(|at| evaluator.exact_first_order(at).gradient)
            .collect();
        let columns = CELLS + 1;
        let slope = |i: usize, j: usize| slopes[j * columns + i];
        let mut starts = Vec::new();
        for j in 0..CELLS {
            for i in 0..CELLS {
                let corners = [slope(i, j), slope(i + 1, j), slope(i, j + 1), slope(i + 1, j + 1)];
                if (0..2).all(|axis| changes_sign(corners.map(|corner| corner[axis]))) {
                    starts.push(Point::new(0.5 * (xs[i] + xs[i + 1]), 0.5 * (ys[j] + ys[j + 1])));
                }
            }
        }
        for j in 0..columns {
            for i in 0..columns {
                let length = slope(i, j).norm_squared();
                let around = (j.saturating_sub(1)..=(j + 1).min(CELLS))
                    .flat_map(|j| (i.saturating_sub(1)..=(i + 1).min(CELLS)).map(move |i| (i, j)));
                let is_shortest = around.into_iter().all(|(a, b)| {
                    let other = slope(a, b).norm_squared();
                    // Of several that are equally short the first one stands for all.
                    other.is_nan() || length < other || (length == other && (b, a) >= (j, i))
                });
                if length.is_finite() && is_shortest {
                    starts.push(Point::new(xs[i], ys[j]));
                }
            }
        }
        starts
    }
}

/// Whether some of the numbers are below 0 and some above; 0 is on both sides.
fn changes_sign(numbers: [f64; 4]) -> bool {
    let (least, greatest) =
        numbers.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, greatest), number| {
            (least.min(*number), greatest.max(*number))
        });
    numbers.iter().all(|number| number.is_finite()) && least <= 0.0 && greatest >= 0.0
}
