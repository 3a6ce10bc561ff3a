//! What the rows of the table of functions compute with: f64, and [`Wide`](super::wide::Wide), whose exponent has no bounds.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::elementary;

/// Where the standard library has a method of the same name, a row that writes `Real::atanh(a)` has one that gives the same
/// bits on every platform: ours, or that of `libm`.
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
    fn hypot(self, other: f64) -> Self;
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
        self.ln()
    }
    #[inline(always)]
    fn powf(self, exponent: Self) -> Self {
        self.powf(exponent)
    }
    fn sin(self) -> Self {
        libm::sin(self)
    }
    fn cos(self) -> Self {
        libm::cos(self)
    }
    fn tan(self) -> Self {
        libm::tan(self)
    }
    fn asin(self) -> Self {
        libm::asin(self)
    }
    fn acos(self) -> Self {
        libm::acos(self)
    }
    fn sinh(self) -> Self {
        libm::sinh(self)
    }
    fn cosh(self) -> Self {
        libm::cosh(self)
    }
    fn tanh(self) -> Self {
        libm::tanh(self)
    }
    fn hypot(self, other: f64) -> Self {
        libm::hypot(self, other)
    }
    fn exp(self) -> Self {
        libm::exp(self)
    }
    fn exp2(self) -> Self {
        libm::exp2(self)
    }
    fn exp10(self) -> Self {
        libm::exp10(self)
    }
    fn ln_1p(self) -> Self {
        libm::log1p(self)
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
