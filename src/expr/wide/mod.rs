//! Numbers whose exponent has no bounds. Where f″(u) or u_x·u_y leaves the range of f64 though f″(u)·u_x·u_y does not, the
//! derivatives are computed again with these.
//!
//! A number is m·2^e with 1 ≤ |m| < 2. Sums and products round as those of f64 do, and functions are those of f64 wherever
//! argument and value are normal: what never leaves the range is the same to the last bit.

mod functions;

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Neg, Sub};

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wide {
    m: f64,
    e: i64,
}

/// Beyond, a number counts as infinite or 0, so that sums and products of exponents do not overflow.
const LARGEST_EXPONENT: i64 = 1 << 56;
/// With exponents so far apart the smaller term is less than half a unit in the last place of the larger.
const NEGLIGIBLE: i64 = 120;

/// 2^e for the exponent of a normal number.
fn power_of_two(e: i64) -> f64 {
    f64::from_bits(((e + 1023) as u64) << 52)
}

impl From<f64> for Wide {
    fn from(number: f64) -> Self {
        Self::new(number, 0)
    }
}

impl Wide {
    /// m·2^e for any m.
    fn new(m: f64, e: i64) -> Self {
        if m == 0.0 || !m.is_finite() {
            return Self { m, e: 0 };
        }
        if m.is_subnormal() {
            return Self::new(m * power_of_two(60), e - 60);
        }
        let own = (m.to_bits() >> 52 & 0x7ff) as i64 - 1023;
        let e = e + own;
        if e > LARGEST_EXPONENT {
            Self { m: m * f64::INFINITY, e: 0 }
        } else if e < -LARGEST_EXPONENT {
            Self { m: m * 0.0, e: 0 }
        } else {
            let mantissa = m.to_bits() & !(0x7ff << 52) | 1023 << 52;
            Self { m: f64::from_bits(mantissa), e }
        }
    }

    /// The nearest f64; infinite or 0 beyond its range.
    pub(super) fn to_f64(self) -> f64 {
        match self.e {
            1024.. => self.m * f64::INFINITY,
            -1022..=1023 => self.m * power_of_two(self.e),
            -1140..=-1023 => self.m * power_of_two(self.e + 200) * power_of_two(-200),
            _ => self.m * 0.0,
        }
    }

    fn is_in_range(self) -> bool {
        (-1022..=1023).contains(&self.e)
    }

    fn is_number_but_zero(self) -> bool {
        self.m != 0.0 && self.m.is_finite()
    }
}

impl PartialEq<f64> for Wide {
    fn eq(&self, other: &f64) -> bool {
        *self == Self::from(*other)
    }
}

impl PartialEq for Wide {
    fn eq(&self, other: &Self) -> bool {
        self.m == other.m && self.e == other.e
    }
}

impl PartialOrd<f64> for Wide {
    fn partial_cmp(&self, other: &f64) -> Option<Ordering> {
        self.partial_cmp(&Self::from(*other))
    }
}

impl PartialOrd for Wide {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let both_finite = self.m.is_finite() && other.m.is_finite();
        let (a, b) = if both_finite { ((*self - *other).m, 0.0) } else { (self.m, other.m) };
        a.partial_cmp(&b)
    }
}

impl Neg for Wide {
    type Output = Self;
    fn neg(self) -> Self {
        Self { m: -self.m, ..self }
    }
}

impl Add for Wide {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        if !(self.is_number_but_zero() && other.is_number_but_zero()) {
            let both = self.m + other.m;
            return match (self.m == 0.0, other.m == 0.0) {
                (true, false) => other,
                (false, true) => self,
                _ => Self { m: both, e: 0 },
            };
        }
        let (large, small) = if self.e < other.e { (other, self) } else { (self, other) };
        match large.e - small.e {
            NEGLIGIBLE.. => large,
            apart => Self::new(large.m + small.m * power_of_two(-apart), large.e),
        }
    }
}

impl Sub for Wide {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Wide {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::new(self.m * other.m, self.e + other.e)
    }
}

impl Div for Wide {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        Self::new(self.m / other.m, self.e - other.e)
    }
}

macro_rules! with_f64 {
    ($($operation:ident $method:ident),*) => {$(
        impl $operation<f64> for Wide {
            type Output = Wide;
            fn $method(self, other: f64) -> Wide {
                self.$method(Wide::from(other))
            }
        }
        impl $operation<Wide> for f64 {
            type Output = Wide;
            fn $method(self, other: Wide) -> Wide {
                Wide::from(self).$method(other)
            }
        }
    )*};
}

with_f64!(Add add, Sub sub, Mul mul, Div div);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::elementary;
    use crate::expr::real::Real as _;

    #[test]
    fn what_stays_in_the_range_of_f64_is_the_same_to_the_last_bit() {
        let mut random = fastrand::Rng::with_seed(3);
        for _ in 0..100_000 {
            let mut number = || (random.f64() - 0.5) * 2.0_f64.powi(random.i32(-200..200));
            let (a, b) = (number(), number());
            let (wa, wb) = (Wide::from(a), Wide::from(b));
            let pairs = [
                (wa + wb, a + b),
                (wa - wb, a - b),
                (wa * wb, a * b),
                (wa / wb, a / b),
                (wa.abs().sqrt(), a.abs().sqrt()),
                (wa.hypot(wb), elementary::hypot(a, b)),
                (wa.atan2(wb), elementary::atan2(a, b)),
            ];
            for (index, (wide, plain)) in pairs.into_iter().enumerate() {
                assert_eq!(wide.to_f64().to_bits(), plain.to_bits(), "operation {index} of {a:e} and {b:e}");
            }
            assert_eq!(wa.partial_cmp(&wb), a.partial_cmp(&b));
        }
        for special in [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 5e-324, -f64::MAX, 2.3e-308] {
            let wide = Wide::from(special);
            let sum = (wide + 1.0 - wide * 0.0).to_f64();
            for (found, plain) in [(wide.to_f64(), special), (sum, special + 1.0 - special * 0.0)] {
                assert!(found.to_bits() == plain.to_bits() || found.is_nan() && plain.is_nan(), "{special}");
            }
        }
    }

    #[test]
    fn beyond_the_range_of_f64_functions_and_their_inverses_cancel() {
        for exponent in [-1e6, -3000.0, -745.0, -720.5, 709.9, 800.25, 12_345.0, 1e6] {
            let far = Wide::from(exponent).exp();
            let close = |number: Wide, expected: f64| {
                let error = (number.to_f64() - expected).abs();
                assert!(error <= 1e-13 * expected.abs(), "{number:?} from {far:?} is not {expected}");
            };
            close(far.ln(), exponent);
            close((far * far).sqrt() / far, 1.0);
            close((far * far * far).cbrt() / far, 1.0);
            close(far.powf(Wide::from(-1.5)) * far * far.sqrt(), 1.0);
            close((-far).powf(Wide::from(3.0)) / far / far / far, -1.0);
            close((far * 3.0).hypot(far * 4.0) / far, 5.0);
            close((far * 2.0).atan2(far), 2.0_f64.atan());
            close((far + far) / far, 2.0);
            close(far.log2() / far.log10(), std::f64::consts::LOG2_10);
            assert!((-far).ln().to_f64().is_nan() && (-far).sqrt().to_f64().is_nan());
            assert!(far > 0.0 && -far < 0.0 && far + far > far);
        }
    }
}
