//! What the rows of the table of functions compute with: f64, and [`Wide`](super::wide::Wide), whose exponent has no bounds.

use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::elementary;

/// What they are of. Of f64 a row writes `Real::atanh(a)`, since `a.atanh()` would be the standard library's.
pub(super) trait Real:
    Copy
    + From<f64>
    + PartialOrd
    + PartialOrd<f64>
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Mul<f64, Output = Self>
    + Div<Output = Self>
{
    /// What a function of f64 makes of the number, where neither can leave its range.
    fn by(self, f: impl Fn(f64) -> f64) -> Self;
    fn is_nan(self) -> bool;
    fn abs(self) -> Self;
    fn ln(self) -> Self;
    fn powf(self, exponent: Self) -> Self;
    fn sin(self) -> Self;
    fn cos(self) -> Self;
    fn tan(self) -> Self;
    fn asin(self) -> Self;
    fn acos(self) -> Self;
    fn sinh(self) -> Self;
    fn cosh(self) -> Self;
    fn tanh(self) -> Self;
    fn atan(self) -> Self;
    fn atan2(self, other: Self) -> Self;
    fn cbrt(self) -> Self;
    fn log2(self) -> Self;
    fn log10(self) -> Self;
    fn hypot(self, other: impl Into<Self>) -> Self;
    fn exp(self) -> Self;
    fn exp2(self) -> Self;
    fn exp10(self) -> Self;
    fn ln_1p(self) -> Self;
    fn exp_m1(self) -> Self;
    fn asinh(self) -> Self;
    fn acosh(self) -> Self;
    fn atanh(self) -> Self;
    /// exp(a) for a ≤ 0
    fn exp_of_nonpositive(self) -> Self;
    /// ln(1 + t) for 0 ≤ t ≤ 1
    fn ln_1p_of_fraction(self) -> Self;
}

impl Real for f64 {
    #[inline(always)]
    fn by(self, f: impl Fn(f64) -> f64) -> Self {
        f(self)
    }
    #[inline(always)]
    fn is_nan(self) -> bool {
        self.is_nan()
    }
    #[inline(always)]
    fn abs(self) -> Self {
        self.abs()
    }
    #[inline(always)]
    fn ln(self) -> Self {
        elementary::ln(self)
    }
    #[inline(always)]
    fn powf(self, exponent: Self) -> Self {
        elementary::pow(self, exponent)
    }
    fn sin(self) -> Self {
        elementary::sin(self)
    }
    fn cos(self) -> Self {
        elementary::cos(self)
    }
    fn tan(self) -> Self {
        elementary::tan(self)
    }
    fn asin(self) -> Self {
        elementary::asin(self)
    }
    fn acos(self) -> Self {
        elementary::acos(self)
    }
    fn sinh(self) -> Self {
        elementary::sinh(self)
    }
    fn cosh(self) -> Self {
        elementary::cosh(self)
    }
    fn tanh(self) -> Self {
        elementary::tanh(self)
    }
    fn atan(self) -> Self {
        elementary::atan(self)
    }
    fn atan2(self, other: Self) -> Self {
        elementary::atan2(self, other)
    }
    fn cbrt(self) -> Self {
        elementary::cbrt(self)
    }
    fn log2(self) -> Self {
        elementary::log2(self)
    }
    fn log10(self) -> Self {
        elementary::log10(self)
    }
    #[inline(always)]
    fn hypot(self, other: impl Into<Self>) -> Self {
        elementary::hypot(self, other.into())
    }
    fn exp(self) -> Self {
        elementary::exp(self)
    }
    fn exp2(self) -> Self {
        elementary::exp2(self)
    }
    fn exp10(self) -> Self {
        elementary::exp10(self)
    }
    fn ln_1p(self) -> Self {
        elementary::ln_1p(self)
    }
    fn exp_m1(self) -> Self {
        elementary::exp_m1(self)
    }
    fn asinh(self) -> Self {
        elementary::asinh(self)
    }
    fn acosh(self) -> Self {
        elementary::acosh(self)
    }
    fn atanh(self) -> Self {
        elementary::atanh(self)
    }
    #[inline(always)]
    fn exp_of_nonpositive(self) -> Self {
        elementary::exp_of_nonpositive(self)
    }
    #[inline(always)]
    fn ln_1p_of_fraction(self) -> Self {
        elementary::ln_1p_of_fraction(self)
    }
}
