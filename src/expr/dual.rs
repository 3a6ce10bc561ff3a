//! Values that carry their derivatives through the operations of a tape: forward differentiation in two variables.
//!
//! Chain rule, for u = u(x, y): f(u)_x = f'u_x and f(u)_xy = f''u_x u_y + f'u_xy; product and quotient rules likewise
//! (Griewank & Walther 2008, ch. 3 and 13). The quotient is differentiated as q = a/b, q_x = (a_x - q b_x)/b, so that b is
//! never squared. At a singular point this plain arithmetic makes 0·∞ of a derivative that does not depend on the
//! singular variable at all, and far from 1 a product such as f''u_x u_y may leave the range of f64 on the way to a number
//! within. A result that may suffer from either is not sure, and `careful` computes it again.

use super::functions::Derivatives2;
use super::jet::{Jet1, Jet2, Number};
use super::pair::{Lone, Pair};
use super::wide::Wide;

/// Partial derivatives of a function, other than 0, and its arguments' slopes are of such sizes that f''u_x u_y and its
/// partial products are normal numbers, or too small to matter beside f.
const SMALLEST_PARTIAL: u64 = 1023 - 500;
const LARGEST_PARTIAL: u64 = 1023 + 100;
const LARGEST_SLOPE: f64 = f64::from_bits((1023 + 250) << 52);
/// A quotient by less enlarges what was too small to matter.
pub(super) const SMALLEST_DIVISOR: f64 = f64::from_bits((1023 - 250) << 52);

/// Whether f' or f'' or one of their kind, or a slope, is of no safe size.
#[inline(always)]
pub(super) fn are_far<const P: usize, const S: usize>(partials: [f64; P], slopes: [Pair; S]) -> bool {
    let steepness = slopes.iter().fold(0.0, |sum, pair| sum + (pair.0[0].abs() + pair.0[1].abs()));
    partials.iter().fold(steepness > LARGEST_SLOPE, |far, partial| {
        let exponent = partial.to_bits() >> 52 & 0x7ff;
        let outside = exponent.wrapping_sub(SMALLEST_PARTIAL) > LARGEST_PARTIAL - SMALLEST_PARTIAL;
        far | outside & (*partial != 0.0)
    })
}

/// The case that holds, and whether the condition is at its edge, where both sides are compared.
#[inline(always)]
pub(super) fn branch<N>(condition: f64, a: N, b: N) -> (N, bool) {
    (if condition > 0.0 { a } else { b }, condition.is_nan() || condition.abs() <= 1.0)
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
    pub(super) fn is_sure(self) -> bool {
        let [dx, dy] = self.d.0;
        (self.value.0 + (dx + dy)).is_finite()
    }

    #[inline(always)]
    fn new(value: f64, d: Pair) -> Self {
        Self { d, value: Lone(value) }
    }

    /// Not sure where that is in doubt.
    #[inline(always)]
    fn in_doubt(self, doubt: bool) -> Self {
        let [dx, dy] = self.d.0;
        Self { d: Pair([if doubt { f64::NAN } else { dx }, dy]), ..self }
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
        Self::new(q, self.d.minus(b.d.times(q)).over(b.value.0)).in_doubt(b.value.0.abs() < SMALLEST_DIVISOR)
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
        _: impl Fn(Wide) -> [Wide; 3],
    ) -> Self {
        let (value, first) = with_first(self.value.0);
        Self::new(value, self.d.times(first)).in_doubt(are_far([first], [self.d]))
    }
    #[inline(always)]
    fn select(self, a: Self, b: Self) -> Self {
        let (taken, is_edge) = branch(self.value.0, a, b);
        Self { value: Lone(self.value.0.select(a.value.0, b.value.0)), ..taken }.in_doubt(is_edge)
    }
    #[inline(always)]
    fn chain2(
        self,
        b: Self,
        _: impl Fn(f64, f64) -> f64,
        derivatives: impl Fn(f64, f64) -> Derivatives2,
        _: impl Fn(Wide, Wide) -> Derivatives2<Wide>,
    ) -> Self {
        let [value, da, db, ..] = derivatives(self.value.0, b.value.0);
        Self::new(value, self.d.times(da).plus(b.d.times(db))).in_doubt(are_far([da, db], [self.d, b.d]))
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

    /// As [`First::is_sure`].
    #[inline(always)]
    pub(super) fn is_sure(self) -> bool {
        let [a, b] = self.d.plus(self.dd).0;
        ((a + b) + (self.value.0 + self.dxy.0)).is_finite()
    }

    #[inline(always)]
    fn new(value: f64, d: Pair, dd: Pair, dxy: f64) -> Self {
        Self { d, dd, dxy: Lone(dxy), value: Lone(value) }
    }

    /// As [`First::in_doubt`].
    #[inline(always)]
    fn in_doubt(self, doubt: bool) -> Self {
        Self { dxy: if doubt { Lone(f64::NAN) } else { self.dxy }, ..self }
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
            .in_doubt(vb.abs() < SMALLEST_DIVISOR)
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
        _: impl Fn(Wide) -> [Wide; 3],
    ) -> Self {
        let (value, first) = with_first(self.value.0);
        let second = second(self.value.0, value, first);
        let [dx, dy] = self.d.0;
        let dd = self.d.product(self.d).times(second).plus(self.dd.times(first));
        let dxy = second * (dx * dy) + first * self.dxy.0;
        Self::new(value, self.d.times(first), dd, dxy).in_doubt(are_far([first, second], [self.d]))
    }
    #[inline(always)]
    fn select(self, a: Self, b: Self) -> Self {
        let (taken, is_edge) = branch(self.value.0, a, b);
        Self { value: Lone(self.value.0.select(a.value.0, b.value.0)), ..taken }.in_doubt(is_edge)
    }
    #[inline(always)]
    fn chain2(
        self,
        b: Self,
        _: impl Fn(f64, f64) -> f64,
        derivatives: impl Fn(f64, f64) -> Derivatives2,
        _: impl Fn(Wide, Wide) -> Derivatives2<Wide>,
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
        let d = a.d.times(da).plus(b.d.times(db));
        Self::new(value, d, dd, dxy).in_doubt(are_far([da, db, daa, dab, dbb], [a.d, b.d]))
    }
}
