//! What evaluating a formula gives: value, gradient, Hessian; and what a tape can compute with.

use super::functions::Derivatives2;
use super::wide::Wide;

/// Value and gradient.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Jet1 {
    /// f
    pub value: f64,
    /// ∂f/∂x
    pub dx: f64,
    /// ∂f/∂y
    pub dy: f64,
}

/// Value, gradient and Hessian.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Jet2 {
    /// f
    pub value: f64,
    /// ∂f/∂x
    pub dx: f64,
    /// ∂f/∂y
    pub dy: f64,
    /// ∂²f/∂x²
    pub dxx: f64,
    /// ∂²f/∂x∂y
    pub dxy: f64,
    /// ∂²f/∂y²
    pub dyy: f64,
}

impl Jet1 {
    /// Whether the value and every derivative are finite.
    pub fn is_finite(&self) -> bool {
        self.value.is_finite() && self.dx.is_finite() && self.dy.is_finite()
    }
}

impl Jet2 {
    /// Whether the value and every derivative are finite.
    pub fn is_finite(&self) -> bool {
        let Self { value, dx, dy, dxx, dxy, dyy } = *self;
        [value, dx, dy, dxx, dxy, dyy].iter().all(|entry| entry.is_finite())
    }

    /// The value and the gradient alone.
    pub fn first(&self) -> Jet1 {
        Jet1 { value: self.value, dx: self.dx, dy: self.dy }
    }
}

/// What the tape computes with: a value, alone or with derivatives.
pub(super) trait Number: Copy + Default {
    fn constant(value: f64) -> Self;
    /// The variable x, whose value is still to be set.
    fn x() -> Self;
    /// The variable y, likewise.
    fn y() -> Self;
    fn set_value(&mut self, value: f64);
    fn neg(self) -> Self;
    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    fn div(self, other: Self) -> Self;
    fn shift(self, by: f64) -> Self;
    fn scale(self, by: f64) -> Self;
    fn unscale(self, by: f64) -> Self;
    fn square(self) -> Self {
        self.mul(self)
    }
    /// f(self), from f(a), or (f(a), f'(a)), or f''(a, f, f') besides, as far as they are needed; or from all three in
    /// numbers without bounds.
    fn chain(
        self,
        value: impl Fn(f64) -> f64,
        with_first: impl Fn(f64) -> (f64, f64),
        second: impl Fn(f64, f64, f64) -> f64,
        wide: impl Fn(Wide) -> [Wide; 3],
    ) -> Self;
    /// `a` where this condition is above 0, `b` where it is below. At the edge of the condition, where it is 1 or -1, only
    /// the derivatives exist in which both agree.
    fn select(self, a: Self, b: Self) -> Self;
    /// f(self, other), likewise.
    fn chain2(
        self,
        other: Self,
        value: impl Fn(f64, f64) -> f64,
        derivatives: impl Fn(f64, f64) -> Derivatives2,
        wide: impl Fn(Wide, Wide) -> Derivatives2<Wide>,
    ) -> Self;
}

impl Number for f64 {
    #[inline(always)]
    fn constant(value: f64) -> Self {
        value
    }
    #[inline(always)]
    fn x() -> Self {
        0.0
    }
    #[inline(always)]
    fn y() -> Self {
        0.0
    }
    #[inline(always)]
    fn set_value(&mut self, value: f64) {
        *self = value;
    }
    #[inline(always)]
    fn neg(self) -> Self {
        -self
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self + other
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self - other
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self * other
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        self / other
    }
    #[inline(always)]
    fn shift(self, by: f64) -> Self {
        self + by
    }
    #[inline(always)]
    fn scale(self, by: f64) -> Self {
        self * by
    }
    #[inline(always)]
    fn unscale(self, by: f64) -> Self {
        self / by
    }
    #[inline(always)]
    fn chain(
        self,
        value: impl Fn(f64) -> f64,
        _: impl Fn(f64) -> (f64, f64),
        _: impl Fn(f64, f64, f64) -> f64,
        _: impl Fn(Wide) -> [Wide; 3],
    ) -> Self {
        value(self)
    }
    #[inline(always)]
    fn select(self, a: Self, b: Self) -> Self {
        if self > 0.0 {
            a
        } else if self < 0.0 {
            b
        } else {
            Self::NAN
        }
    }
    #[inline(always)]
    fn chain2(
        self,
        other: Self,
        value: impl Fn(f64, f64) -> f64,
        _: impl Fn(f64, f64) -> Derivatives2,
        _: impl Fn(Wide, Wide) -> Derivatives2<Wide>,
    ) -> Self {
        value(self, other)
    }
}
