//! What regularization adds to a cost.
//!
//! ```text
//! J(θ) + l1 (|θ₀| + |θ₁|) + l2 (θ₀² + θ₁²)
//! ```
//!
//! Source: Hoerl & Kennard, *Ridge regression*, Technometrics 12(1), 1970, 55-67 (l2); Tibshirani, *Regression shrinkage and
//! selection via the lasso*, Journal of the Royal Statistical Society B 58(1), 1996, 267-288 (l1). Conventions: neither is
//! divided by the number of rows; the derivative of |θ| at 0 is 0, and its second derivative is 0 everywhere.

use nalgebra::Matrix2;

use super::Point;

/// Weights on the size of the variables, none below 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Penalty {
    /// The weight of |θ|.
    pub l1: f64,
    /// The weight of θ².
    pub l2: f64,
    /// Which of the variables are counted.
    pub counts: [bool; 2],
}

impl Default for Penalty {
    /// Nothing; of both variables.
    fn default() -> Self {
        Self { l1: 0.0, l2: 0.0, counts: [true; 2] }
    }
}

impl Penalty {
    /// Whether nothing is added.
    pub fn is_nothing(&self) -> bool {
        (self.l1 == 0.0 && self.l2 == 0.0) || self.counts == [false; 2]
    }

    /// The same without the corner that |θ| has at 0.
    pub fn smooth(self) -> Self {
        Self { l1: 0.0, ..self }
    }

    /// l1 of each variable, 0 of one that is not counted.
    pub fn l1_of_each(&self) -> Point {
        self.of_each(self.l1)
    }

    /// What one coordinate adds.
    pub fn share(&self, axis: usize, coordinate: f64) -> f64 {
        if self.counts[axis] { self.l1 * coordinate.abs() + self.l2 * coordinate * coordinate } else { 0.0 }
    }

    /// What it adds at a point.
    pub fn value(&self, at: Point) -> f64 {
        self.share(0, at.x) + self.share(1, at.y)
    }

    /// The gradient of what it adds.
    pub fn gradient(&self, at: Point) -> Point {
        let (l1, l2) = (self.l1_of_each(), self.of_each(self.l2));
        l1.component_mul(&at.map(sign)) + 2.0 * l2.component_mul(&at)
    }

    /// The Hessian of what it adds, the same everywhere.
    pub fn hessian(&self) -> Matrix2<f64> {
        Matrix2::from_diagonal(&(2.0 * self.of_each(self.l2)))
    }

    fn of_each(&self, weight: f64) -> Point {
        let [x, y] = self.counts.map(|counts| if counts { weight } else { 0.0 });
        Point::new(x, y)
    }
}

/// The sign of a number, 0 of 0.
pub fn sign(number: f64) -> f64 {
    if number == 0.0 { 0.0 } else { number.signum() }
}

/// sign(a) max(0, |a| − by) of each coordinate, the soft threshold: what is smaller than `by` becomes 0, the rest comes nearer
/// to it.
pub fn soft_threshold(at: Point, by: Point) -> Point {
    at.zip_map(&by, |a, by| if a.abs() <= by { 0.0 } else { a - by.copysign(a) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_has_the_slope_and_the_curvature_of_differences() {
        for counts in [[true, true], [false, true], [true, false]] {
            let penalty = Penalty { l1: 0.7, l2: 0.3, counts };
            let h = 1e-4;
            for at in [Point::new(1.5, -2.0), Point::new(-0.25, 3.0)] {
                for axis in 0..2 {
                    let mut to = Point::zeros();
                    to[axis] = h;
                    let [up, here, down] = [at + to, at, at - to].map(|at| penalty.value(at));
                    assert!((penalty.gradient(at)[axis] - (up - down) / (2.0 * h)).abs() < 1e-9);
                    let curvature = (up - 2.0 * here + down) / (h * h);
                    assert!((penalty.hessian()[(axis, axis)] - curvature).abs() < 1e-6);
                }
            }
            assert_eq!(penalty.gradient(Point::zeros()), Point::zeros());
            assert_eq!(penalty.smooth().l1_of_each(), Point::zeros());
        }
    }

    #[test]
    fn a_soft_threshold_gives_zeros_that_are_exact() {
        let by = Point::new(0.5, 0.5);
        for (at, to) in [([0.5, -0.5], [0.0, 0.0]), ([0.75, -2.0], [0.25, -1.5]), ([-0.0, 0.1], [0.0, 0.0])] {
            assert_eq!(soft_threshold(at.into(), by), Point::from(to));
        }
        assert_eq!(soft_threshold(Point::new(3.0, -4.0), Point::zeros()), Point::new(3.0, -4.0));
        assert!(soft_threshold(Point::new(f64::NAN, 0.0), by).x.is_nan());
    }
}
