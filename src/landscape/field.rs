//! The cost sampled on a grid of nodes that covers a region, borders included.
//!
//! Node (i, j) lies at x_i = x.min + i Δx, y_j = y.min + j Δy and has its value at `values[j * columns + i]`.

use std::ops::Range;

use super::Region;
use super::poles::unbounded;
use super::region::nodes;
use crate::objective::{Objective, Point};

/// Values of a cost at the nodes of a grid. A value that is not finite marks the node as undefined.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The rectangle whose corners are the four corner nodes.
    pub region: Region,
    /// Nodes along x, at least 2.
    pub columns: usize,
    /// Nodes along y, at least 2.
    pub rows: usize,
    /// `columns * rows` values, row-major; row 0 lies at y.min.
    pub values: Vec<f64>,
    /// Whether the cost falls below every bound between the nodes, and whether it rises above every one: the
    /// smallest, or the largest, value then says how near a node came to a pole, and nothing about the cost.
    pub unbounded: [bool; 2],
}

impl Field {
    /// Samples J on `columns` times `rows` nodes (each at least 2) and looks for poles beside its extreme nodes.
    pub fn of(objective: &Objective, region: Region, columns: usize, rows: usize) -> Field {
        let mut field = Field::sample(region, columns, rows, |xs, ys, out| objective.fill_grid(xs, ys, out));
        field.look_for_poles(objective);
        field
    }

    /// Finds whether J, whose values the nodes have, is unbounded between them.
    pub fn look_for_poles(&mut self, objective: &Objective) {
        if objective.has_no_poles() {
            return;
        }
        let mut evaluator = objective.evaluator();
        self.unbounded = unbounded(self, |at| evaluator.value(at));
    }

    /// Samples a cost on `columns` times `rows` nodes (each at least 2).
    ///
    /// `fill` gets the columns' x, the rows' y and the values to write, row-major and preset to NaN. The cost
    /// counts as bounded.
    pub fn sample(
        region: Region,
        columns: usize,
        rows: usize,
        fill: impl FnOnce(&[f64], &[f64], &mut [f64]),
    ) -> Field {
        let mut field = Field::unsampled(region, columns, rows);
        field.fill_rows(0..field.rows, fill);
        field
    }

    /// A field of `columns` times `rows` nodes (each at least 2) without a value.
    pub fn unsampled(region: Region, columns: usize, rows: usize) -> Field {
        let (columns, rows) = (columns.max(2), rows.max(2));
        Field { region, columns, rows, values: vec![f64::NAN; columns * rows], unbounded: [false; 2] }
    }

    /// Samples a cost on some of the rows, as [`Field::sample`] does on all; rows beyond the last are passed over.
    pub fn fill_rows(&mut self, rows: Range<usize>, fill: impl FnOnce(&[f64], &[f64], &mut [f64])) {
        let (xs, ys) = (self.xs(), self.ys());
        let rows = rows.start.min(self.rows)..rows.end.min(self.rows);
        fill(&xs, &ys[rows.clone()], &mut self.values[rows.start * self.columns..rows.end * self.columns]);
    }

    /// The x of each column, ascending.
    pub fn xs(&self) -> Vec<f64> {
        nodes(self.region.x, self.columns)
    }

    /// The y of each row, ascending.
    pub fn ys(&self) -> Vec<f64> {
        nodes(self.region.y, self.rows)
    }

    /// Smallest and largest finite value; `None` where no node has one.
    pub fn range(&self) -> Option<[f64; 2]> {
        let mut extent = Extent::of(&self.values);
        if !extent.all_finite {
            let finite: Vec<f64> = self.values.iter().copied().filter(|value| value.is_finite()).collect();
            extent = Extent::of(&finite);
        }
        // Nothing finite leaves the starting infinities, in the wrong order.
        (extent.min <= extent.max).then_some([extent.min, extent.max])
    }

    /// The value at a point of the region, linear along each side of its cell; not a number where a corner has none.
    pub fn at(&self, point: Point) -> f64 {
        let place = |[low, high]: [f64; 2], value: f64, count: usize| {
            let place = (value - low) / (high - low) * (count - 1) as f64;
            let cell = place.floor().clamp(0.0, (count - 2) as f64);
            (cell as usize, place - cell)
        };
        let (column, right) = place(self.region.x, point.x, self.columns);
        let (row, up) = place(self.region.y, point.y, self.rows);
        let first = row * self.columns + column;
        let node = |place: usize| self.values.get(place).copied().unwrap_or(f64::NAN);
        let below = (1.0 - right) * node(first) + right * node(first + 1);
        let above = (1.0 - right) * node(first + self.columns) + right * node(first + self.columns + 1);
        (1.0 - up) * below + up * above
    }

    /// The share of nodes, 0 to 1, at which the cost has no finite value.
    pub fn undefined_share(&self) -> f64 {
        let undefined = self.values.iter().filter(|value| !value.is_finite()).count();
        undefined as f64 / self.values.len().max(1) as f64
    }
}

/// Smallest and largest of some values. NaN is passed over; infinities are not.
pub(super) struct Extent {
    pub min: f64,
    pub max: f64,
    pub all_finite: bool,
}

impl Extent {
    /// In eight independent lanes, since the compiler may not reorder one chain of float comparisons.
    pub fn of(values: &[f64]) -> Extent {
        const LANES: usize = 8;
        let (mut min, mut max) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
        let mut probe = [0.0; LANES];
        let (blocks, rest) = values.as_chunks::<LANES>();
        for block in blocks {
            for lane in 0..LANES {
                let value = block[lane];
                min[lane] = if value < min[lane] { value } else { min[lane] };
                max[lane] = if value > max[lane] { value } else { max[lane] };
                // 0 times a finite number is 0; anything else poisons the sum.
                probe[lane] += value * 0.0;
            }
        }
        let all_finite = probe.iter().chain(rest).all(|value| value.is_finite());
        let least = |a: f64, b: &f64| a.min(*b);
        let greatest = |a: f64, b: &f64| a.max(*b);
        Extent {
            min: min.iter().chain(rest).fold(f64::INFINITY, least),
            max: max.iter().chain(rest).fold(f64::NEG_INFINITY, greatest),
            all_finite,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGION: Region = Region { x: [-1.0, 3.0], y: [0.0, 1.0] };

    fn with_values(values: &[f64]) -> Field {
        Field {
            region: REGION,
            columns: values.len(),
            rows: 1,
            values: values.to_vec(),
            unbounded: [false; 2],
        }
    }

    #[test]
    fn nodes_cover_the_region_row_by_row_from_below() {
        let field = Field::sample(REGION, 5, 3, |xs, ys, out| {
            assert_eq!((xs, ys), (&[-1.0, 0.0, 1.0, 2.0, 3.0][..], &[0.0, 0.5, 1.0][..]));
            for (row, y) in out.chunks_mut(xs.len()).zip(ys) {
                for (value, x) in row.iter_mut().zip(xs) {
                    *value = x + 10.0 * y;
                }
            }
        });
        assert_eq!(field.values[..5], [-1.0, 0.0, 1.0, 2.0, 3.0]);
        assert_eq!(field.values[10..], [9.0, 10.0, 11.0, 12.0, 13.0]);
        assert_eq!(field.range(), Some([-1.0, 13.0]));
        assert_eq!(field.undefined_share(), 0.0);
    }

    #[test]
    fn what_is_not_written_is_undefined_and_a_grid_has_cells() {
        let field = Field::sample(REGION, 0, 1, |_, _, _| {});
        assert_eq!((field.columns, field.rows, field.values.len()), (2, 2, 4));
        assert_eq!((field.range(), field.undefined_share()), (None, 1.0));
    }

    #[test]
    fn the_range_is_that_of_finite_values_wherever_they_lie() {
        for length in 1..20 {
            for at in 0..length {
                let mut values: Vec<f64> = (0..length).map(|i| i as f64).collect();
                assert_eq!(with_values(&values).range(), Some([0.0, (length - 1) as f64]));
                values[at] = -7.0;
                let expected = Some([-7.0, values.iter().copied().fold(-7.0, f64::max)]);
                assert_eq!(with_values(&values).range(), expected, "{values:?}");
                for hole in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                    values[at] = hole;
                    let finite = values.iter().copied().filter(|value| value.is_finite());
                    let expected = finite.clone().reduce(f64::min).zip(finite.reduce(f64::max));
                    let field = with_values(&values);
                    assert_eq!(field.range(), expected.map(|(min, max)| [min, max]), "{values:?}");
                    assert_eq!(field.undefined_share(), 1.0 / length as f64);
                }
            }
        }
    }
}
