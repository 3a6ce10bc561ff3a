//! α n / d per coordinate: the step of AdaGrad, RMSProp and Adam; and the sign, which Lion steps by.
//!
//! Convention: 0 where n = 0, whatever d is, so that 0/0 cannot arise with ε = 0. Where a sum of squares has
//! overflowed, d = ∞ and the quotient is not a number: a path must not silently come to rest for that reason. sign(0) = 0.

use crate::objective::Point;

/// n / d.
pub(super) fn quotient(n: f64, d: f64) -> f64 {
    if n == 0.0 {
        0.0
    } else if d.is_infinite() {
        f64::NAN
    } else {
        n / d
    }
}

/// α n / d, evaluated from left to right.
pub(super) fn scaled_quotient(rate: Point, numerator: Point, denominator: Point) -> Point {
    rate.zip_zip_map(&numerator, &denominator, |rate, n, d| {
        if n == 0.0 {
            0.0
        } else if d.is_infinite() {
            f64::NAN
        } else {
            rate * n / d
        }
    })
}

/// −1, 0 or 1; what is not a number has none.
pub(super) fn sign(a: f64) -> f64 {
    if a == 0.0 { 0.0 } else { a.signum() }
}

/// ε + √s.
pub(super) fn root_plus(epsilon: f64, s: Point) -> Point {
    s.map(|s| epsilon + s.sqrt())
}

/// g², per coordinate.
pub(super) fn squared(g: Point) -> Point {
    g.component_mul(&g)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_over_zero_is_zero_and_overflow_is_not_a_number() {
        let rate = Point::repeat(0.5);
        let q = scaled_quotient(rate, Point::new(0.0, 3.0), Point::new(0.0, 2.0));
        assert_eq!(q, Point::new(0.0, 0.75));
        let overflowed =
            scaled_quotient(rate, Point::new(0.0, 1e200), Point::new(f64::INFINITY, f64::INFINITY));
        assert_eq!(overflowed.x, 0.0);
        assert!(overflowed.y.is_nan());
    }
}
