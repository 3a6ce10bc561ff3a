//! ln(1 + t) and exp(a) - 1 for all arguments, and the inverse hyperbolic functions by them: with t = x - 1,
//! arcosh x = ln(1 + t + √t·√(t + 2)), arsinh x = ln(1 + x + x²/(1 + √(1 + x²))), artanh x = ½ ln(1 + 2x/(1 - x)), the latter
//! two for x ≥ 0 and mirrored. None cancels, near 0, 1 or -1 either; all are within 4 units in the last place
//! (W. Kahan, Branch cuts for complex elementary functions, 1987, has the forms).

use std::f64::consts::LN_2;

use super::exponential::{exp_of_moderate, ln_1p_of_fraction};

/// Above, adding or taking away 1 changes nothing that is seen.
const LARGE: f64 = 1e17;

/// ln(1 + t)
fn ln_1p(t: f64) -> f64 {
    if t.abs() < f64::EPSILON / 2.0 {
        t
    } else if (0.0..=1.0).contains(&t) {
        ln_1p_of_fraction(t)
    } else if (-0.5..0.0).contains(&t) {
        -ln_1p_of_fraction(-t / (1.0 + t))
    } else if t > LARGE {
        ln_far_from_one(t)
    } else if t <= -1.0 {
        ln_far_from_one(1.0 + t)
    } else {
        let sum = 1.0 + t;
        // What the sum lost to rounding.
        ln_far_from_one(sum) + (t - (sum - 1.0)) / sum
    }
}

/// ln(y) for a y that is not between 1/2 and 2, where the two terms cancel.
fn ln_far_from_one(y: f64) -> f64 {
    if !(y > 0.0 && y.is_finite()) {
        return if y == 0.0 { f64::NEG_INFINITY } else { y.sqrt() };
    }
    let exponent = (y.to_bits() >> 52) as f64 - 1023.0;
    let mantissa = f64::from_bits(y.to_bits() & !(0x7ff << 52) | 1023 << 52);
    exponent * LN_2 + ln_1p_of_fraction(mantissa - 1.0)
}

/// exp(a) - 1
pub fn exp_m1(a: f64) -> f64 {
    if a.abs() <= 0.5 {
        // The Taylor series, which ends below half a unit in the last place.
        return (2..=15).rev().fold(1.0, |sum, n| 1.0 + sum * a / f64::from(n)) * a;
    }
    match a {
        _ if a < -40.0 => -1.0,
        _ if a > 709.0 => super::powi(exp_of_moderate(0.5 * a.min(1400.0)), 2),
        _ => exp_of_moderate(a) - 1.0,
    }
}

/// The inverse of the hyperbolic cosine; undefined left of 1.
pub fn acosh(a: f64) -> f64 {
    let t = a - 1.0;
    if a > LARGE { ln_far_from_one(a) + LN_2 } else { ln_1p(t + t.sqrt() * (t + 2.0).sqrt()) }
}

/// The inverse of the hyperbolic sine.
pub fn asinh(a: f64) -> f64 {
    let x = a.abs();
    let positive =
        if x > LARGE { ln_far_from_one(x) + LN_2 } else { ln_1p(x + x * x / (1.0 + (1.0 + x * x).sqrt())) };
    positive.copysign(a)
}

/// The inverse of the hyperbolic tangent; infinite at -1 and 1, undefined beyond.
pub fn atanh(a: f64) -> f64 {
    let x = a.abs();
    (0.5 * ln_1p(2.0 * x / (1.0 - x))).copysign(a)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of 25 digits: see `tests/reference/README.md`.
    #[test]
    fn they_are_within_four_units_in_the_last_place() {
        let text = include_str!("../../tests/reference/elementary.json");
        let cases: Vec<[String; 3]> = serde_json::from_str(text).unwrap();
        for [name, a, value] in &cases {
            let f = match name.as_str() {
                "ln_1p" => ln_1p,
                "exp_m1" => exp_m1,
                "asinh" => asinh,
                "acosh" => acosh,
                _ => atanh,
            };
            let [a, expected] = [a, value].map(|text| text.parse::<f64>().unwrap());
            let found = f(a);
            let units = found.to_bits().abs_diff(expected.to_bits());
            assert!(units <= 4, "{name}({a:e}) is {found:e}, not {expected:e}");
        }
        assert!(cases.len() > 700, "{}", cases.len());
    }

    #[test]
    fn they_keep_signs_bounds_and_what_is_undefined() {
        for a in (-3000..=3000).map(|i| f64::from(i) / 1000.0) {
            for odd in [atanh, asinh] {
                assert!(odd(-a).to_bits() == (-odd(a)).to_bits() || odd(a).is_nan(), "{a}");
            }
            assert_eq!(atanh(a).is_nan(), a.abs() > 1.0, "{a}");
            assert_eq!(acosh(a).is_nan(), a < 1.0, "{a}");
            assert_eq!(ln_1p(a).is_nan(), a < -1.0, "{a}");
        }
        let infinite = [ln_1p(-1.0), atanh(-1.0), asinh(f64::NEG_INFINITY)];
        assert_eq!(infinite, [f64::NEG_INFINITY; 3]);
        assert_eq!([ln_1p, asinh, acosh, exp_m1].map(|f| f(f64::INFINITY)), [f64::INFINITY; 4]);
        assert_eq!(exp_m1(f64::NEG_INFINITY), -1.0);
        assert!([ln_1p, asinh, acosh, exp_m1, atanh].iter().all(|f| f(f64::NAN).is_nan()));
        assert_eq!([ln_1p, asinh, exp_m1, atanh].map(|f| f(-0.0).to_bits()), [(-0.0_f64).to_bits(); 4]);
    }

    #[test]
    fn their_bits_are_the_same_on_every_platform() {
        let functions = [ln_1p, exp_m1, asinh, acosh, atanh];
        let mut sum = 0_u64;
        for index in 0..20_000_u64 {
            // Exact arithmetic alone, since the system's own functions differ.
            let a = (index as f64 - 10_000.0) / 1024.0;
            for f in functions {
                let value = f(a);
                sum = sum.wrapping_mul(31).wrapping_add(if value.is_nan() { 0 } else { value.to_bits() });
            }
        }
        assert_eq!(sum, 16_013_734_770_005_224_768);
    }
}
