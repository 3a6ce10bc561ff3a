//! Where a function may be stationary: by its slopes at the nodes of a grid.

use super::{CELLS, Of, Search};
use crate::landscape::Region;
use crate::landscape::region::nodes;
use crate::objective::{Evaluator, MAX_CONSTRAINTS, Objective, Point};

/// The slopes of a function at the nodes, as far as they are sampled.
#[derive(Debug)]
pub(super) struct Slopes {
    /// Of which function.
    pub of: Of,
    evaluator: Evaluator,
    /// Row by row from the lowest y up.
    sampled: Vec<Point>,
}

/// Nodes along each side.
const NODES: usize = CELLS + 1;

impl Slopes {
    /// None are sampled yet.
    pub fn new(of: Of, function: &Objective) -> Self {
        Self { of, evaluator: function.evaluator(), sampled: Vec::with_capacity(NODES * NODES) }
    }

    /// Samples another row. Returns how many evaluations that took.
    pub fn sample_row(&mut self, region: Region) -> u64 {
        let Some(y) = nodes(region.y, NODES).get(self.sampled.len() / NODES).copied() else { return 0 };
        for x in nodes(region.x, NODES) {
            self.sampled.push(self.evaluator.exact_first_order(Point::new(x, y)).gradient);
        }
        NODES as u64
    }

    /// Points near which the function may be stationary, once every row is sampled: cells in which both slopes change sign, and
    /// nodes at which the gradient is shorter than at all around.
    pub fn starts(&self, region: Region) -> Option<Vec<Point>> {
        if self.sampled.len() < NODES * NODES {
            return None;
        }
        let (xs, ys) = (nodes(region.x, NODES), nodes(region.y, NODES));
        let slope = |i: usize, j: usize| self.sampled[j * NODES + i];
        let mut starts = Vec::new();
        for j in 0..CELLS {
            for i in 0..CELLS {
                let corners = [slope(i, j), slope(i + 1, j), slope(i, j + 1), slope(i + 1, j + 1)];
                if (0..2).all(|axis| changes_sign(corners.map(|corner| corner[axis]))) {
                    starts.push(Point::new(0.5 * (xs[i] + xs[i + 1]), 0.5 * (ys[j] + ys[j + 1])));
                }
            }
        }
        for (j, y) in ys.iter().enumerate() {
            for (i, x) in xs.iter().enumerate() {
                let length = slope(i, j).norm_squared();
                let mut around = (j.saturating_sub(1)..=(j + 1).min(CELLS))
                    .flat_map(|j| (i.saturating_sub(1)..=(i + 1).min(CELLS)).map(move |i| (i, j)));
                let is_shortest = around.all(|(a, b)| {
                    let other = slope(a, b).norm_squared();
                    // Of several that are equally short the first one stands for all.
                    other.is_nan() || length < other || (length == other && (b, a) >= (j, i))
                });
                if length.is_finite() && is_shortest {
                    starts.push(Point::new(*x, *y));
                }
            }
        }
        Some(starts)
    }
}

impl Search {
    /// The stationary point of f near a start, where all constraints hold.
    pub(super) fn inside(&mut self, start: Point) {
        if let Some(at) = self.polish_inside(start) {
            self.take(at, [false; MAX_CONSTRAINTS]);
        }
    }
}

/// Whether some of the numbers are below 0 and some above; 0 is on both sides.
fn changes_sign(numbers: [f64; 4]) -> bool {
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    numbers.iter().all(|number| number.is_finite()) && least <= 0.0 && greatest >= 0.0
}
