//! A rectangle of the plane: the part that is seen and sampled.

use crate::objective::Point;

/// A closed, axis-parallel rectangle, `[min, max]` along each axis, in units of the two variables.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// Range of the first variable, `min < max`.
    pub x: [f64; 2],
    /// Range of the second variable, `min < max`.
    pub y: [f64; 2],
}

/// Why two ranges do not span a region.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum RegionError {
    /// An end, or the width between the ends, is not a finite number.
    #[error("the {axis} range [{min}, {max}] is not finite")]
    NotFinite {
        /// `x` or `y`.
        axis: char,
        /// The lower end as given.
        min: f64,
        /// The upper end as given.
        max: f64,
    },
    /// The lower end is not below the upper one.
    #[error("the {axis} range [{min}, {max}] is empty: its minimum must be below its maximum")]
    Empty {
        /// `x` or `y`.
        axis: char,
        /// The lower end as given.
        min: f64,
        /// The upper end as given.
        max: f64,
    },
}

impl Region {
    /// The rectangle spanned by two ranges, or what is wrong with the first bad one.
    pub fn new(x: [f64; 2], y: [f64; 2]) -> Result<Region, RegionError> {
        for (axis, [min, max]) in [('x', x), ('y', y)] {
            // The difference is infinite or NaN whenever an end is, and also when the width overflows.
            if !(max - min).is_finite() {
                return Err(RegionError::NotFinite { axis, min, max });
            }
            if min >= max {
                return Err(RegionError::Empty { axis, min, max });
            }
        }
        Ok(Region { x, y })
    }

    /// Extent along x.
    pub fn width(&self) -> f64 {
        self.x[1] - self.x[0]
    }

    /// Extent along y.
    pub fn height(&self) -> f64 {
        self.y[1] - self.y[0]
    }

    /// One of so many nodes on a grid that meets the border, counted from the lower left one, at least two along each axis.
    pub fn node(&self, [column, row]: [usize; 2], [columns, rows]: [usize; 2]) -> Point {
        Point::new(node(self.x, column, columns), node(self.y, row, rows))
    }

    /// Whether the point lies inside or on the border.
    pub fn contains(&self, point: Point) -> bool {
        (self.x[0]..=self.x[1]).contains(&point.x) && (self.y[0]..=self.y[1]).contains(&point.y)
    }
}

/// `count` equally spaced nodes from `min` to `max`, both ends met exactly: x_i = min + i (max - min) / (count - 1).
pub(super) fn nodes(ends: [f64; 2], count: usize) -> Vec<f64> {
    (0..count).map(|place| node(ends, place, count)).collect()
}

/// One of these.
fn node([min, max]: [f64; 2], place: usize, count: usize) -> f64 {
    let last = count.saturating_sub(1);
    let step = (max - min) / last as f64;
    if place == last && place > 0 { max } else { min + place as f64 * step }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_checked() {
        assert!(Region::new([-1.0, 2.0], [0.0, 1e-300]).is_ok());
        let cases = [
            ([1.0, 1.0], [0.0, 1.0], "the x range [1, 1] is empty: its minimum must be below its maximum"),
            ([0.0, 1.0], [2.0, 1.0], "the y range [2, 1] is empty: its minimum must be below its maximum"),
            ([f64::NAN, 1.0], [0.0, 1.0], "the x range [NaN, 1] is not finite"),
            ([0.0, f64::INFINITY], [0.0, 1.0], "the x range [0, inf] is not finite"),
        ];
        for (x, y, message) in cases {
            assert_eq!(Region::new(x, y).unwrap_err().to_string(), message);
        }
        assert!(Region::new([0.0, 1.0], [-1.5e308, 1.5e308]).is_err(), "a width that overflows");
    }

    #[test]
    fn nodes_include_both_ends() {
        assert_eq!(nodes([-1.0, 1.0], 5), [-1.0, -0.5, 0.0, 0.5, 1.0]);
        let nodes = nodes([0.1, 0.7], 512);
        assert_eq!((nodes.len(), nodes[0], nodes[511]), (512, 0.1, 0.7));
        assert!(nodes.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn the_border_belongs_to_the_region() {
        let region = Region::new([0.0, 2.0], [-1.0, 1.0]).unwrap();
        assert!(region.contains(Point::new(0.0, 1.0)) && region.contains(Point::new(1.0, 0.0)));
        assert!(!region.contains(Point::new(2.1, 0.0)) && !region.contains(Point::new(1.0, f64::NAN)));
        assert_eq!((region.width(), region.height()), (2.0, 2.0));
    }
}
