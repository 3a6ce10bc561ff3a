//! Values that carry their derivatives through the operations of a tape: forward differentiation in two variables.
//!
//! Chain rule, for u = u(x, y): f(u)_x = f'u_x and f(u)_xy = f''u_x u_y + f'u_xy; product and quotient rules likewise
//! (Griewank & Walther 2008, ch. 3 and 13). The quotient is differentiated as q = a/b, q_x = (a_x - q b_x)/b, so that b is
//! never squared. At a singular point this plain arithmetic makes 0·∞ of a derivative that does not depend on the
//! singular variable at all; where a result is not finite, `careful` computes it again.

use super::functions::Derivatives2;
use super::jet::{Jet1, Jet2, Number};

/// A number on 16 bytes of its own. Two numbers that are computed apart but lie side by side would be stored singly and
/// loaded as a pair, which stalls the processor until the stores have reached the cache: most of an operation's time.
#[derive(Clone, Copy, Default)]
#[repr(align(16))]
struct Lone(f64);

/// The two entries of a gradient or the diagonal of a Hessian, computed together.
#[derive(Clone, Copy, Default)]
#[repr(align(16))]
struct Pair([f64; 2]);

impl Pair {
    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self(self.0.map(f))
    }

    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self([f(self.0[0], other.0[0]), f(self.0[1], other.0[1])])
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }

    #[inline(always)]
    fn product(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }

    #[inline(always)]
    fn times(self, by: f64) -> Self {
        self.map(|a| a * by)
    }

    #[inline(always)]
    fn over(self, by: f64) -> Self {
        self.map(|a| a / by)
    }
}

/// A value with its gradient, as the tape keeps it.
#[derive(Clone, Copy, Default)]
pub(super) struct First {
    d: Pair,
    value: Lone,
}

impl First {
    pub(super) fn jet(self) -> Jet1 {
        let [dx, dy] = self.d.0;
        Jet1 { value: self.value.0, dx, dy }
    }

    /// Whether everything is finite: a sum is finite only if all its terms are. It may overflow and say no too often.
    #[inline(always)]
    pub(super) fn is_surely_finite(self) -> bool {
        let [dx, dy] = self.d.0;
        (self.value.0 + (dx + dy)).is_finite()
    }

    #[inline(always)]
    fn new(value: f64, d: Pair) -> Self {
        Self { d, value: Lone(value) }
    }
}

impl Number for First {
    #[inline(always)]
    fn constant(value: f64) -> Self {
        Self::new(value, Pair::default())
    }
    #[inline(always)]
    fn x() -> Self {
        Self::new(0.0, Pair([1.0, 0.0]))
    }
    #[inline(always)]
    fn y() -> Self {
        Self::new(0.0, Pair([0.0, 1.0]))
    }
    #[inline(always)]
    fn set_value(&mut self, value: f64) {
        self.value = Lone(value);
    }
    #[inline(always)]
    fn neg(self) -> Self {
        Self::new(-self.value.0, self.d.map(|d| -d))
    }
    #[inline(always)]
    fn add(self, b: Self) -> Self {
        Self::new(self.value.0 + b.value.0, self.d.plus(b.d))
    }
    #[inline(always)]
    fn sub(self, b: Self) -> Self {
        Self::new(self.value.0 - b.value.0, self.d.minus(b.d))
    }
    #[inline(always)]
    fn mul(self, b: Self) -> Self {
        let (va, vb) = (self.value.0, b.value.0);
        Self::new(va * vb, self.d.times(vb).plus(b.d.times(va)))
    }
    #[inline(always)]
    fn div(self, b: Self) -> Self {
        let q = self.value.0 / b.value.0;
        Self::new(q, self.d.minus(b.d.times(q)).over(b.value.0))
    }
    #[inline(always)]
    fn shift(self, by: f64) -> Self {
        Self::new(self.value.0 + by, self.d)
    }
    #[inline(always)]
    fn scale(self, by: f64) -> Self {
        Self::new(self.value.0 * by, self.d.times(by))
    }
    #[inline(always)]
    fn unscale(self, by: f64) -> Self {
        Self::new(self.value.0 / by, self.d.over(by))
    }
    #[inline(always)]
    fn square(self) -> Self {
        let value = self.value.0;
        Self::new(value * value, self.d.times(2.0 * value))
    }
    #[inline(always)]
    fn chain(
        self,
        _: impl Fn(f64) -> f64,
        with_first: impl Fn(f64) -> (f64, f64),
        _: impl Fn(f64, f64, f64) -> f64,
    ) -> Self {
        let (value, first) = with_first(self.value.0);
        Self::new(value, self.d.times(first))
    }
    #[inline(always)]
    fn chain2(
        self,
        b: Self,
        _: impl Fn(f64, f64) -> f64,
        derivatives: impl Fn(f64, f64) -> Derivatives2,
    ) -> Self {
        let [value, da, db, ..] = derivatives(self.value.0, b.value.0);
        Self::new(value, self.d.times(da).plus(b.d.times(db)))
    }
}

/// A value with its gradient and its Hessian, as the tape keeps it.
#[derive(Clone, Copy, Default)]
pub(super) struct Second {
    d: Pair,
    /// ∂xx and ∂yy.
    dd: Pair,
    dxy: Lone,
    value: Lone,
}

impl Second {
    pub(super) fn jet(self) -> Jet2 {
        let ([dx, dy], [dxx, dyy]) = (self.d.0, self.dd.0);
        Jet2 { value: self.value.0, dx, dy, dxx, dxy: self.dxy.0, dyy }
    }

    /// As [`First::is_surely_finite`].
    #[inline(always)]
    pub(super) fn is_surely_finite(self) -> bool {
        let [a, b] = self.d.plus(self.dd).0;
        ((a + b) + (self.value.0 + self.dxy.0)).is_finite()
    }

    #[inline(always)]
    fn new(value: f64, d: Pair, dd: Pair, dxy: f64) -> Self {
        Self { d, dd, dxy: Lone(dxy), value: Lone(value) }
    }
}

impl Number for Second {
    #[inline(always)]
    fn constant(value: f64) -> Self {
        Self::new(value, Pair::default(), Pair::default(), 0.0)
    }
    #[inline(always)]
    fn x() -> Self {
        Self::new(0.0, Pair([1.0, 0.0]), Pair::default(), 0.0)
    }
    #[inline(always)]
    fn y() -> Self {
        Self::new(0.0, Pair([0.0, 1.0]), Pair::default(), 0.0)
    }
    #[inline(always)]
    fn set_value(&mut self, value: f64) {
        self.value = Lone(value);
    }
    #[inline(always)]
    fn neg(self) -> Self {
        Self::new(-self.value.0, self.d.map(|d| -d), self.dd.map(|d| -d), -self.dxy.0)
    }
    #[inline(always)]
    fn add(self, b: Self) -> Self {
        let (value, dxy) = (self.value.0 + b.value.0, self.dxy.0 + b.dxy.0);
        Self::new(value, self.d.plus(b.d), self.dd.plus(b.dd), dxy)
    }
    #[inline(always)]
    fn sub(self, b: Self) -> Self {
        let (value, dxy) = (self.value.0 - b.value.0, self.dxy.0 - b.dxy.0);
        Self::new(value, self.d.minus(b.d), self.dd.minus(b.dd), dxy)
    }
    #[inline(always)]
    fn mul(self, b: Self) -> Self {
        let (va, vb) = (self.value.0, b.value.0);
        let ([ax, ay], [bx, by]) = (self.d.0, b.d.0);
        let d = self.d.times(vb).plus(b.d.times(va));
        let dd = self.dd.times(vb).plus(self.d.product(b.d).times(2.0)).plus(b.dd.times(va));
        Self::new(va * vb, d, dd, self.dxy.0 * vb + ax * by + ay * bx + va * b.dxy.0)
    }
    #[inline(always)]
    fn div(self, b: Self) -> Self {
        let (q, vb) = (self.value.0 / b.value.0, b.value.0);
        let d = self.d.minus(b.d.times(q)).over(vb);
        let ([qx, qy], [bx, by]) = (d.0, b.d.0);
        let dd = self.dd.minus(d.product(b.d).times(2.0)).minus(b.dd.times(q)).over(vb);
        Self::new(q, d, dd, (self.dxy.0 - qx * by - qy * bx - q * b.dxy.0) / vb)
    }
    #[inline(always)]
    fn shift(self, by: f64) -> Self {
        Self { value: Lone(self.value.0 + by), ..self }
    }
    #[inline(always)]
    fn scale(self, by: f64) -> Self {
        Self::new(self.value.0 * by, self.d.times(by), self.dd.times(by), self.dxy.0 * by)
    }
    #[inline(always)]
    fn unscale(self, by: f64) -> Self {
        Self::new(self.value.0 / by, self.d.over(by), self.dd.over(by), self.dxy.0 / by)
    }
    #[inline(always)]
    fn square(self) -> Self {
        let (value, twice) = (self.value.0, 2.0 * self.value.0);
        let ([dx, dy], dxy) = (self.d.0, self.dxy.0);
        let dd = self.d.product(self.d).times(2.0).plus(self.dd.times(twice));
        Self::new(value * value, self.d.times(twice), dd, 2.0 * (dx * dy) + twice * dxy)
    }
    #[inline(always)]
    fn chain(
        self,
        _: impl Fn(f64) -> f64,
        with_first: impl Fn(f64) -> (f64, f64),
        second: impl Fn(f64, f64, f64) -> f64,
    ) -> Self {
        let (value, first) = with_first(self.value.0);
        let second = second(self.value.0, value, first);
        let [dx, dy] = self.d.0;
        let dd = self.d.product(self.d).times(second).plus(self.dd.times(first));
        Self::new(value, self.d.times(first), dd, second * (dx * dy) + first * self.dxy.0)
    }
    #[inline(always)]
    fn chain2(
        self,
        b: Self,
        _: impl Fn(f64, f64) -> f64,
        derivatives: impl Fn(f64, f64) -> Derivatives2,
    ) -> Self {
        let a = self;
        let [value, da, db, daa, dab, dbb] = derivatives(a.value.0, b.value.0);
        let ([ax, ay], [bx, by]) = (a.d.0, b.d.0);
        let curvature = |ai: f64, aj: f64, bi: f64, bj: f64| {
            daa * (ai * aj) + dab * (ai * bj + aj * bi) + dbb * (bi * bj)
        };
        let linear = a.dd.times(da).plus(b.dd.times(db));
        let dd = linear.plus(Pair([curvature(ax, ax, bx, bx), curvature(ay, ay, by, by)]));
        let dxy = curvature(ax, ay, bx, by) + da * a.dxy.0 + db * b.dxy.0;
        Self::new(value, a.d.times(da).plus(b.d.times(db)), dd, dxy)
    }
}
