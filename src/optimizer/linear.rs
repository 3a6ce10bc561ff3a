//! Symmetric 2×2 matrices: the solution of H d = g, and eigenvalues; and the length of a vector.
//!
//! Convention: H counts as singular where its determinant is rounding noise, |det| ≤ 4 u (|H₁₁ H₂₂| + H₁₂²) with
//! u = 2.2e-16; a diagonal H never is unless an entry is 0.

use nalgebra::Matrix2;

use crate::elementary;
use crate::objective::Point;

/// H⁻¹ g by Cramer's rule, or nothing where H is singular to rounding.
pub(super) fn solve(h: &Matrix2<f64>, g: Point) -> Option<Point> {
    // A power of two, so that scaling rounds nothing while the determinant cannot overflow.
    let scale = power_of_two_below(h.amax());
    if scale == 0.0 {
        return None;
    }
    let (a, b, c) = (h.m11 / scale, h.m12 / scale, h.m22 / scale);
    let determinant = a * c - b * b;
    if determinant.abs() <= 4.0 * f64::EPSILON * ((a * c).abs() + b * b) {
        return None;
    }
    Some(Point::new(c * g.x - b * g.y, a * g.y - b * g.x) / determinant / scale)
}

/// The Euclidean norm, without overflow on the way.
pub(super) fn norm(vector: Point) -> f64 {
    elementary::hypot(vector.x, vector.y)
}

/// The largest power of two that is not above a finite `size`; 0 below the smallest normal number.
fn power_of_two_below(size: f64) -> f64 {
    const EXPONENT_BITS: u64 = 0x7FF0_0000_0000_0000;
    f64::from_bits(size.to_bits() & EXPONENT_BITS)
}

/// The eigenvalues of a symmetric matrix, ascending; not a number where an entry is not finite.
pub(super) fn eigenvalues(h: &Matrix2<f64>) -> Point {
    if !h.iter().all(|entry| entry.is_finite()) {
        return Point::new(f64::NAN, f64::NAN);
    }
    let lambda = h.symmetric_eigenvalues();
    Point::new(lambda.min(), lambda.max())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_across_the_range_of_doubles_and_sees_singular_matrices() {
        let g = Point::new(3.0, -5.0);
        for scale in [1e-200, 1.0, 1e200] {
            let h = scale * Matrix2::new(2.0, -1.0, -1.0, 4.0);
            let d = solve(&h, g).unwrap();
            assert!((h * d - g).norm() < 1e-14, "{scale}: {d}");
        }
        assert_eq!(solve(&Matrix2::new(1.0, 0.0, 0.0, 1e-30), g), Some(Point::new(3.0, -5e30)));
        for h in [Matrix2::zeros(), Matrix2::new(2.0, 2.0, 2.0, 2.0), Matrix2::new(0.01, 0.03, 0.03, 0.09)] {
            assert_eq!(solve(&h, g), None, "{h}");
        }
    }

    #[test]
    fn eigenvalues_are_ascending() {
        assert!((eigenvalues(&Matrix2::new(2.0, 2.0, 2.0, -1.0)) - Point::new(-2.0, 3.0)).norm() < 1e-14);
        assert!(eigenvalues(&Matrix2::new(f64::NAN, 0.0, 0.0, 1.0)).x.is_nan());
    }
}
