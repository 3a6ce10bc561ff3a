//! Numbers that carry their derivatives: forward differentiation in two variables.
//!
//! Chain rule, for u = u(x, y): f(u)_x = f'u_x and f(u)_xy = f''u_x u_y + f'u_xy; product and quotient rules likewise
//! (Griewank & Walther 2008, ch. 3 and 13). The quotient is differentiated as q = a/b, q_x = (a_x - q b_x)/b, so that b is
//! never squared.
//!
//! [`Jet1`] and [`Jet2`] do plain arithmetic. At a singular point that makes 0·∞ of a derivative which does not depend on
//! the singular variable at all; where the plain result is not finite, `careful` computes it again.

use super::functions::{Derivatives1, Derivatives2};

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

/// What the tape computes with: a value, alone or with derivatives.
pub(super) trait Number: Copy + Default {
    fn constant(value: f64) -> Self;
    fn x(value: f64) -> Self;
    fn y(value: f64) -> Self;
    fn neg(self) -> Self;
    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    fn div(self, other: Self) -> Self;
    fn shift(self, by: f64) -> Self;
    fn scale(self, by: f64) -> Self;
    fn unscale(self, by: f64) -> Self;
    /// f(self), from the value of f alone or from its derivatives, whichever is needed.
    fn chain(self, value: impl FnOnce(f64) -> f64, derivatives: impl FnOnce(f64) -> Derivatives1) -> Self;
    /// f(self, other), likewise.
    fn chain2(
        self,
        other: Self,
        value: impl FnOnce(f64, f64) -> f64,
        derivatives: impl FnOnce(f64, f64) -> Derivatives2,
    ) -> Self;
}

impl Number for f64 {
    fn constant(value: f64) -> Self {
        value
    }
    fn x(value: f64) -> Self {
        value
    }
    fn y(value: f64) -> Self {
        value
    }
    fn neg(self) -> Self {
        -self
    }
    fn add(self, other: Self) -> Self {
        self + other
    }
    fn sub(self, other: Self) -> Self {
        self - other
    }
    fn mul(self, other: Self) -> Self {
        self * other
    }
    fn div(self, other: Self) -> Self {
        self / other
    }
    fn shift(self, by: f64) -> Self {
        self + by
    }
    fn scale(self, by: f64) -> Self {
        self * by
    }
    fn unscale(self, by: f64) -> Self {
        self / by
    }
    fn chain(self, value: impl FnOnce(f64) -> f64, _: impl FnOnce(f64) -> Derivatives1) -> Self {
        value(self)
    }
    fn chain2(
        self,
        other: Self,
        value: impl FnOnce(f64, f64) -> f64,
        _: impl FnOnce(f64, f64) -> Derivatives2,
    ) -> Self {
        value(self, other)
    }
}

impl Number for Jet1 {
    fn constant(value: f64) -> Self {
        Self { value, dx: 0.0, dy: 0.0 }
    }
    fn x(value: f64) -> Self {
        Self { value, dx: 1.0, dy: 0.0 }
    }
    fn y(value: f64) -> Self {
        Self { value, dx: 0.0, dy: 1.0 }
    }
    fn neg(self) -> Self {
        Self { value: -self.value, dx: -self.dx, dy: -self.dy }
    }
    fn add(self, b: Self) -> Self {
        Self { value: self.value + b.value, dx: self.dx + b.dx, dy: self.dy + b.dy }
    }
    fn sub(self, b: Self) -> Self {
        Self { value: self.value - b.value, dx: self.dx - b.dx, dy: self.dy - b.dy }
    }
    fn mul(self, b: Self) -> Self {
        let a = self;
        Self {
            value: a.value * b.value,
            dx: a.dx * b.value + a.value * b.dx,
            dy: a.dy * b.value + a.value * b.dy,
        }
    }
    fn div(self, b: Self) -> Self {
        let q = self.value / b.value;
        Self { value: q, dx: (self.dx - q * b.dx) / b.value, dy: (self.dy - q * b.dy) / b.value }
    }
    fn shift(self, by: f64) -> Self {
        Self { value: self.value + by, ..self }
    }
    fn scale(self, by: f64) -> Self {
        Self { value: self.value * by, dx: self.dx * by, dy: self.dy * by }
    }
    fn unscale(self, by: f64) -> Self {
        Self { value: self.value / by, dx: self.dx / by, dy: self.dy / by }
    }
    fn chain(self, _: impl FnOnce(f64) -> f64, derivatives: impl FnOnce(f64) -> Derivatives1) -> Self {
        let [value, first, _] = derivatives(self.value);
        Self { value, dx: first * self.dx, dy: first * self.dy }
    }
    fn chain2(
        self,
        b: Self,
        _: impl FnOnce(f64, f64) -> f64,
        derivatives: impl FnOnce(f64, f64) -> Derivatives2,
    ) -> Self {
        let [value, da, db, ..] = derivatives(self.value, b.value);
        Self { value, dx: da * self.dx + db * b.dx, dy: da * self.dy + db * b.dy }
    }
}

impl Number for Jet2 {
    fn constant(value: f64) -> Self {
        Self { value, ..Self::default() }
    }
    fn x(value: f64) -> Self {
        Self { value, dx: 1.0, ..Self::default() }
    }
    fn y(value: f64) -> Self {
        Self { value, dy: 1.0, ..Self::default() }
    }
    fn neg(self) -> Self {
        self.scale(-1.0)
    }
    fn add(self, b: Self) -> Self {
        let a = self;
        Self {
            value: a.value + b.value,
            dx: a.dx + b.dx,
            dy: a.dy + b.dy,
            dxx: a.dxx + b.dxx,
            dxy: a.dxy + b.dxy,
            dyy: a.dyy + b.dyy,
        }
    }
    fn sub(self, b: Self) -> Self {
        let a = self;
        Self {
            value: a.value - b.value,
            dx: a.dx - b.dx,
            dy: a.dy - b.dy,
            dxx: a.dxx - b.dxx,
            dxy: a.dxy - b.dxy,
            dyy: a.dyy - b.dyy,
        }
    }
    fn mul(self, b: Self) -> Self {
        let a = self;
        Self {
            value: a.value * b.value,
            dx: a.dx * b.value + a.value * b.dx,
            dy: a.dy * b.value + a.value * b.dy,
            dxx: a.dxx * b.value + 2.0 * (a.dx * b.dx) + a.value * b.dxx,
            dxy: a.dxy * b.value + a.dx * b.dy + a.dy * b.dx + a.value * b.dxy,
            dyy: a.dyy * b.value + 2.0 * (a.dy * b.dy) + a.value * b.dyy,
        }
    }
    fn div(self, b: Self) -> Self {
        let a = self;
        let q = a.value / b.value;
        let (dx, dy) = ((a.dx - q * b.dx) / b.value, (a.dy - q * b.dy) / b.value);
        Self {
            value: q,
            dx,
            dy,
            dxx: (a.dxx - 2.0 * (dx * b.dx) - q * b.dxx) / b.value,
            dxy: (a.dxy - dx * b.dy - dy * b.dx - q * b.dxy) / b.value,
            dyy: (a.dyy - 2.0 * (dy * b.dy) - q * b.dyy) / b.value,
        }
    }
    fn shift(self, by: f64) -> Self {
        Self { value: self.value + by, ..self }
    }
    fn scale(self, by: f64) -> Self {
        Self {
            value: self.value * by,
            dx: self.dx * by,
            dy: self.dy * by,
            dxx: self.dxx * by,
            dxy: self.dxy * by,
            dyy: self.dyy * by,
        }
    }
    fn unscale(self, by: f64) -> Self {
        Self {
            value: self.value / by,
            dx: self.dx / by,
            dy: self.dy / by,
            dxx: self.dxx / by,
            dxy: self.dxy / by,
            dyy: self.dyy / by,
        }
    }
    fn chain(self, _: impl FnOnce(f64) -> f64, derivatives: impl FnOnce(f64) -> Derivatives1) -> Self {
        let [value, first, second] = derivatives(self.value);
        let (sx, sy) = (second * self.dx, second * self.dy);
        Self {
            value,
            dx: first * self.dx,
            dy: first * self.dy,
            dxx: sx * self.dx + first * self.dxx,
            dxy: sx * self.dy + first * self.dxy,
            dyy: sy * self.dy + first * self.dyy,
        }
    }
    fn chain2(
        self,
        b: Self,
        _: impl FnOnce(f64, f64) -> f64,
        derivatives: impl FnOnce(f64, f64) -> Derivatives2,
    ) -> Self {
        let a = self;
        let [value, da, db, daa, dab, dbb] = derivatives(a.value, b.value);
        let second = |ai: f64, aj: f64, bi: f64, bj: f64| {
            daa * (ai * aj) + dab * (ai * bj + aj * bi) + dbb * (bi * bj)
        };
        Self {
            value,
            dx: da * a.dx + db * b.dx,
            dy: da * a.dy + db * b.dy,
            dxx: second(a.dx, a.dx, b.dx, b.dx) + da * a.dxx + db * b.dxx,
            dxy: second(a.dx, a.dy, b.dx, b.dy) + da * a.dxy + db * b.dxy,
            dyy: second(a.dy, a.dy, b.dy, b.dy) + da * a.dyy + db * b.dyy,
        }
    }
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
