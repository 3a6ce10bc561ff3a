//! Functions with a jump, a kink or an end, and their derivatives there.

use super::{Derivatives2, Real};

/// 0, or NaN where there is no derivative.
pub(super) fn nan_where(undefined: bool) -> f64 {
    if undefined { f64::NAN } else { 0.0 }
}

/// The argument itself where a logarithm has a slope, NaN elsewhere: 1/x exists left of 0, the logarithm does not.
pub(super) fn positive<T: Real>(a: T) -> T {
    if a >= 0.0 { a } else { T::from(f64::NAN) }
}

pub(in crate::expr) fn sign<T: Real>(a: T) -> f64 {
    if a > 0.0 {
        1.0
    } else if a < 0.0 {
        -1.0
    } else {
        nan_where(a != 0.0)
    }
}

pub(super) fn relu<T: Real>(a: T) -> T {
    if a <= 0.0 { T::from(0.0) } else { a }
}

/// NaN in either argument is kept: an undefined branch is not silently dropped.
pub(super) fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}

pub(super) fn smaller(a: f64, b: f64) -> f64 {
    if a.is_nan() || a < b { a } else { b }
}

/// Partials of the branch that is taken; at a tie the slopes are not defined.
pub(super) fn select<T: Real>(a: T, b: T, first: bool) -> Derivatives2<T> {
    let [zero, one, nan] = [0.0, 1.0, f64::NAN].map(T::from);
    if a == b {
        [a, nan, nan, nan, nan, nan]
    } else if a.is_nan() || first {
        [a, one, zero, zero, zero, zero]
    } else {
        [b, zero, one, zero, zero, zero]
    }
}
