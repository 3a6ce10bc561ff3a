//! Powers and remainders, and their derivatives.
//!
//! Conventions: 0^0 = 1. A constant whole exponent has its polynomial derivatives everywhere, at 0 and at a negative base
//! too. With a constant exponent that is not whole the base must not be negative. Where the exponent varies, the
//! derivative in its direction exists for a positive base, and at base 0 for a positive exponent (0^w is 0 around it).

use super::real::Real;

/// The whole exponents that are multiplied out; beyond, rounding would pass that of `powf`.
pub(super) const MAX_PRODUCT_EXPONENT: f64 = 32.0;

/// `a^n` by repeated squaring; 0^0 = 1, and an undefined base stays undefined.
#[inline]
pub(super) fn powi<T: Real>(a: T, n: i32) -> T {
    match n {
        2 => a * a,
        3 => a * a * a,
        4 => (a * a) * (a * a),
        0 => {
            if a.is_nan() {
                a
            } else {
                T::from(1.0)
            }
        }
        _ => {
            let (mut base, mut left, mut product) = (a, n.unsigned_abs(), T::from(1.0));
            while left > 0 {
                if left & 1 == 1 {
                    product = product * base;
                }
                base = base * base;
                left >>= 1;
            }
            if n < 0 { T::from(1.0) / product } else { product }
        }
    }
}

/// First derivative of `a^n` for a whole n that is multiplied out.
#[inline]
pub(super) fn powi_first<T: Real>(a: T, n: i32) -> T {
    match n {
        2 => a * 2.0,
        3 => (a * a) * 3.0,
        4 => (a * a * a) * 4.0,
        0 => T::from(0.0),
        _ => powi(a, n - 1) * f64::from(n),
    }
}

/// Second derivative of `a^n` for a whole n that is multiplied out.
#[inline]
pub(super) fn powi_second<T: Real>(a: T, n: i32) -> T {
    match n {
        2 => T::from(2.0),
        3 => a * 6.0,
        4 => (a * a) * 12.0,
        0 | 1 => T::from(0.0),
        _ => powi(a, n - 2) * (f64::from(n) * (f64::from(n) - 1.0)),
    }
}

/// First derivative of `a^c` for a constant c that is not multiplied out.
pub(super) fn powf_first<T: Real>(a: T, c: T) -> T {
    if c == 0.0 { c } else { c * a.powf(c - T::from(1.0)) }
}

/// Second derivative of `a^c` for a constant c that is not multiplied out.
pub(super) fn powf_second<T: Real>(a: T, c: T) -> T {
    let coefficient = c * (c - T::from(1.0));
    if coefficient == 0.0 { coefficient } else { coefficient * a.powf(c - T::from(2.0)) }
}

/// Value, ∂a, ∂b, ∂aa, ∂ab, ∂bb of `a^b`.
pub(super) fn power_partials<T: Real>(a: T, b: T) -> [T; 6] {
    let (value, da, daa) = (a.powf(b), powf_first(a, b), powf_second(a, b));
    if a > 0.0 {
        let ln = a.ln();
        let dab = a.powf(b - T::from(1.0)) * (T::from(1.0) + b * ln);
        return [value, da, value * ln, daa, dab, value * ln * ln];
    }
    // Left of 0 the power exists at whole exponents only, at 0 it is 0 for every positive exponent.
    let along_zero = |exists: bool| T::from(if a == 0.0 && exists { 0.0 } else { f64::NAN });
    [value, da, along_zero(b > 0.0), daa, along_zero(b > 1.0), along_zero(b > 0.0)]
}

/// Partials of `a % b`, the remainder with the sign of `a`: a - b*trunc(a/b), smooth between the jumps.
pub(super) fn remainder_partials(a: f64, b: f64) -> [f64; 6] {
    // From the remainder, which is exact; a/b may have been rounded up to the next whole number.
    let value = a % b;
    let whole = ((a - value) / b).round();
    let jump = if value == 0.0 && a != 0.0 { f64::NAN } else { 0.0 };
    [value, 1.0 + jump, jump - whole, jump, jump, jump]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_powers_have_polynomial_derivatives_at_zero_and_left_of_it() {
        let powi_all = |a, n| [powi(a, n), powi_first(a, n), powi_second(a, n)];
        assert_eq!(powi_all(0.0, 2), [0.0, 0.0, 2.0]);
        assert_eq!(powi_all(0.0, 1), [0.0, 1.0, 0.0]);
        assert_eq!(powi_all(0.0, 0), [1.0, 0.0, 0.0]);
        assert_eq!(powi_all(-2.0, 5), [-32.0, 80.0, -160.0]);
        assert_eq!((powf_first(-1.0, 41.0), powf_second(-1.0, 41.0)), (41.0, -1640.0));
    }

    #[test]
    fn a_power_between_whole_ones_loses_only_what_does_not_exist() {
        assert_eq!(powf_first(0.0, 1.5), 0.0);
        assert!(!powf_second(0.0, 1.5).is_finite());
    }

    #[test]
    fn a_varying_exponent_is_flat_along_a_zero_base() {
        let partials = power_partials(0.0, 2.0);
        assert_eq!(partials, [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        assert!(power_partials(-2.0, 2.0)[2].is_nan());
        assert_eq!(power_partials(-2.0, 2.0)[1], -4.0);
    }

    #[test]
    fn a_remainder_counts_the_whole_divisors_that_were_taken_off() {
        let mut random = fastrand::Rng::with_seed(4);
        let near_whole = (1..2000).map(|k| (f64::from(k) / 10.0, 0.1));
        let anywhere = (0..20_000).map(|_| (200.0 * random.f64() - 100.0, 0.01 + random.f64()));
        for (a, b) in near_whole.chain(anywhere).flat_map(|(a, b)| [(a, b), (a, -b), (-a, b)]) {
            let [value, da, db, ..] = remainder_partials(a, b);
            if value != 0.0 {
                assert_eq!(db.mul_add(b, a), value, "the derivative of {a} % {b} by its divisor is {db}");
                assert_eq!(da, 1.0);
            }
        }
        assert_eq!(remainder_partials(1.0, 0.1)[2], -9.0);
    }
}
