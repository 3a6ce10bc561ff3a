//! Numbers of twice the digits: the unevaluated sum of two f64, for sums over rows whose terms cancel.
//!
//! Source: T. J. Dekker, *A floating-point technique for extending the available precision*, Numerische Mathematik 18, 1971;
//! sums as in Y. Hida, X. S. Li and D. H. Bailey, *Algorithms for quad-double precision floating point arithmetic*, ARITH 15,
//! 2001. Sums, products and quotients are right to about 10⁻³¹; what leaves the range of f64 on the way is not a number.

use std::ops::{Add, Mul, Neg};

use crate::elementary::split;

/// high + low, low being at most half a unit in the last place of high.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Double {
    high: f64,
    low: f64,
}

impl From<f64> for Double {
    fn from(number: f64) -> Self {
        Self { high: number, low: 0.0 }
    }
}

impl Double {
    /// a + b for |a| ≥ |b|, exact.
    #[inline]
    fn of_ordered(a: f64, b: f64) -> Self {
        let high = a + b;
        Self { high, low: b - (high - a) }
    }

    /// a + b, exact.
    #[inline]
    fn of_sum(a: f64, b: f64) -> Self {
        let high = a + b;
        let of_b = high - a;
        Self { high, low: (a - (high - of_b)) + (b - of_b) }
    }

    /// a·b, exact.
    #[inline]
    fn of_product(a: f64, b: f64) -> Self {
        let high = a * b;
        let ([a, c], [b, d]) = (split(a), split(b));
        Self { high, low: ((a * b - high) + a * d + c * b) + c * d }
    }

    /// This divided by a number.
    pub fn over(self, divisor: f64) -> Self {
        let first = self.high / divisor;
        let rest = self + -Self::of_product(first, divisor);
        let second = rest.high / divisor;
        let rest = rest + -Self::of_product(second, divisor);
        Self::of_ordered(first, second) + Self::from(rest.high / divisor)
    }

    /// The nearest f64.
    #[inline]
    pub fn nearest(self) -> f64 {
        self.high + self.low
    }

    /// The number as an f64, where it is one.
    pub fn exact(self) -> Option<f64> {
        (self.low == 0.0).then_some(self.high)
    }
}

impl Add for Double {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        let (high, low) = (Self::of_sum(self.high, other.high), Self::of_sum(self.low, other.low));
        let sum = Self::of_ordered(high.high, high.low + low.high);
        Self::of_ordered(sum.high, sum.low + low.low)
    }
}

impl Mul for Double {
    type Output = Self;

    #[inline]
    fn mul(self, other: Self) -> Self {
        let product = Self::of_product(self.high, other.high);
        Self::of_ordered(product.high, product.low + (self.high * other.low + self.low * other.high))
    }
}

impl Mul<f64> for Double {
    type Output = Self;

    #[inline]
    fn mul(self, other: f64) -> Self {
        let product = Self::of_product(self.high, other);
        Self::of_ordered(product.high, product.low + self.low * other)
    }
}

impl Neg for Double {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self { high: -self.high, low: -self.low }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_that_one_number_has_no_room_for_are_kept() {
        let of = Double::from;
        let third = of(1.0).over(3.0);
        assert!((third * 3.0 + of(-1.0)).nearest().abs() < 1e-31);
        // (10¹⁵ + 1)² − 10³⁰ − 2·10¹⁵ = 1
        let large = of(1e15) + of(1.0);
        assert_eq!((large * large + -(of(1e15) * of(1e15)) + -(of(2e15))).nearest(), 1.0);
        assert_eq!((of(0.1) * of(0.1) + -of(0.1 * 0.1)).nearest(), -8.326_672_684_688_674e-19);
        assert_eq!((of(1e-20) + of(1.0)).exact(), None);
        assert_eq!((of(2.5) * of(2.0)).exact(), Some(5.0));
        assert!(!(of(1e200) * of(1e200)).nearest().is_finite());
    }
}
