//! Functions of numbers without bounds: those of f64 where argument and value are in its range; beyond it their asymptotes,
//! such as sinh u = ½ exp u, asinh u = ln 2u, and sin u = u near 0.

use std::f64::consts::{LN_2, LOG2_E, LOG10_E};

use super::{LARGEST_EXPONENT, Wide, power_of_two};
use crate::elementary;
use crate::expr::real::Real;

/// Below 2^-60 a function with f(u) = u + O(u²) is u.
const TINY: i64 = -60;
/// What the rounding of ln 2 to f64 lost.
const LN_2_REST: f64 = 2.319_046_813_846_299_6e-17;

impl Wide {
    /// What f makes of the number, or `beyond` where that or the number itself is out of the range of f64.
    fn by_or(self, f: impl Fn(f64) -> f64, beyond: impl FnOnce() -> Self) -> Self {
        let value = f(self.to_f64());
        let lost = !(value.is_normal() || value.is_nan()) || !self.is_in_range();
        if self.is_number_but_zero() && lost { beyond() } else { Self::from(value) }
    }

    /// A function that is u near 0.
    fn by_or_same(self, f: impl Fn(f64) -> f64) -> Self {
        if self.e < TINY { self } else { self.by(f) }
    }

    /// 2^w, from a product w of two numbers.
    fn power_of_product(a: f64, b: f64) -> Self {
        let w = a * b;
        let whole = w.round();
        if whole.abs() > LARGEST_EXPONENT as f64 {
            return Self::from(if w > 0.0 { f64::INFINITY } else { 0.0 });
        }
        let rest = (w - whole) + a.mul_add(b, -w);
        Self::new(elementary::exp2(rest), whole as i64)
    }

    pub(in crate::expr) fn sqrt(self) -> Self {
        self.by_or(f64::sqrt, || {
            let odd = self.e & 1;
            Self::new((self.m * power_of_two(odd)).sqrt(), (self.e - odd) / 2)
        })
    }

    /// Both as f64 divided by a power of 2, and its exponent: 0, or that of the larger where one is out of the range of f64.
    fn side_by_side(self, other: Self) -> ([f64; 2], i64) {
        let both = [self, other];
        if both.iter().all(|n| n.is_in_range()) {
            return (both.map(Self::to_f64), 0);
        }
        let e = both.iter().filter(|n| n.is_number_but_zero()).map(|n| n.e).max().unwrap_or(0);
        (both.map(|n| if n.is_number_but_zero() { Self { e: n.e - e, ..n }.to_f64() } else { n.m }), e)
    }
}

macro_rules! by {
    ($($name:ident),*) => {
        impl Wide {
            $(pub(in crate::expr) fn $name(self) -> Self {
                self.by(f64::$name)
            })*
        }
    };
}

by!(floor, ceil, round, trunc);

impl Real for Wide {
    fn by(self, f: impl Fn(f64) -> f64) -> Self {
        Self::from(f(self.to_f64()))
    }
    fn is_nan(self) -> bool {
        self.m.is_nan()
    }
    fn abs(self) -> Self {
        Self { m: self.m.abs(), ..self }
    }
    fn ln(self) -> Self {
        self.by_or(elementary::ln, || Self::from(self.e as f64 * LN_2 + elementary::ln(self.m)))
    }
    fn powf(self, exponent: Self) -> Self {
        let c = exponent.to_f64();
        self.by_or(
            |a| elementary::pow(a, c),
            || {
                // The sign, and NaN where there is no power.
                let sign = elementary::pow(self.m.signum(), c);
                let (e, rest) = (self.e as f64, elementary::log2(self.m.abs()));
                let size = (e + rest) * c;
                if size.abs() > LARGEST_EXPONENT as f64 {
                    return Self::from(if size > 0.0 { sign * f64::INFINITY } else { sign * 0.0 });
                }
                Self::power_of_product(e, c) * Self::power_of_product(rest, c) * sign
            },
        )
    }
    fn sin(self) -> Self {
        self.by_or_same(Real::sin)
    }
    fn cos(self) -> Self {
        self.by(Real::cos)
    }
    fn tan(self) -> Self {
        self.by_or_same(Real::tan)
    }
    fn asin(self) -> Self {
        self.by_or_same(Real::asin)
    }
    fn acos(self) -> Self {
        self.by(Real::acos)
    }
    fn sinh(self) -> Self {
        let grows = || Real::abs(self).exp() * (0.5 * self.m.signum());
        if self.e < TINY { self } else { self.by_or(Real::sinh, grows) }
    }
    fn cosh(self) -> Self {
        let grows = || Real::abs(self).exp() * 0.5;
        if self.e < TINY { Self::from(1.0) } else { self.by_or(Real::cosh, grows) }
    }
    fn tanh(self) -> Self {
        self.by_or_same(Real::tanh)
    }
    fn atan(self) -> Self {
        self.by_or_same(Real::atan)
    }
    fn atan2(self, other: Self) -> Self {
        let ([a, b], _) = self.side_by_side(other);
        let angle = elementary::atan2(a, b);
        if b > 0.0 && !angle.is_normal() && self.m != 0.0 { self / other } else { Self::from(angle) }
    }
    fn cbrt(self) -> Self {
        self.by_or(elementary::cbrt, || {
            let rest = self.e.rem_euclid(3);
            Self::new(elementary::cbrt(self.m * power_of_two(rest)), (self.e - rest) / 3)
        })
    }
    fn log2(self) -> Self {
        self.by_or(elementary::log2, || Self::from(elementary::log2(self.m) + self.e as f64))
    }
    fn log10(self) -> Self {
        self.by_or(elementary::log10, || Real::ln(self) * LOG10_E)
    }
    fn hypot(self, other: impl Into<Self>) -> Self {
        let ([a, b], e) = self.side_by_side(other.into());
        Self::new(elementary::hypot(a, b), e)
    }
    fn exp(self) -> Self {
        let a = self.to_f64();
        self.by_or(elementary::exp, || {
            let k = (a * LOG2_E).round();
            if k.abs() > LARGEST_EXPONENT as f64 {
                return Self::from(if a > 0.0 { f64::INFINITY } else { 0.0 });
            }
            let rest = (-k).mul_add(LN_2_REST, (-k).mul_add(LN_2, a));
            Self::new(elementary::exp(rest), k as i64)
        })
    }
    fn exp2(self) -> Self {
        Self::from(2.0).powf(self)
    }
    fn exp10(self) -> Self {
        Self::from(10.0).powf(self)
    }
    fn ln_1p(self) -> Self {
        if self.e < TINY { self } else { self.by_or(Real::ln_1p, || Real::ln(self + 1.0)) }
    }
    fn exp_m1(self) -> Self {
        if self.e < TINY { self } else { self.by_or(elementary::exp_m1, || self.exp()) }
    }
    fn asinh(self) -> Self {
        let grows = || (Real::ln(Real::abs(self)) + LN_2) * self.m.signum();
        if self.e < TINY { self } else { self.by_or(elementary::asinh, grows) }
    }
    fn acosh(self) -> Self {
        if self.e > 1000 { Real::ln(self) + LN_2 } else { self.by(elementary::acosh) }
    }
    fn atanh(self) -> Self {
        self.by_or_same(elementary::atanh)
    }
    fn exp_of_nonpositive(self) -> Self {
        self.by_or(elementary::exp_of_nonpositive, || self.exp())
    }
    fn ln_1p_of_fraction(self) -> Self {
        self.by_or_same(elementary::ln_1p_of_fraction)
    }
}
