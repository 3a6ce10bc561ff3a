//! The logistic function and what belongs to it, each without overflow and without the loss of small values: the exponential
//! is only ever taken of a number below 0.

use super::real::Real;

/// 1/(1+exp(-a)) without overflow: the exponential is only ever taken of a negative number.
#[inline(always)]
pub(super) fn sigmoid<T: Real>(a: T) -> T {
    let (e, one) = ((-a.abs()).exp_of_nonpositive(), T::from(1.0));
    if a >= 0.0 { one / (one + e) } else { e / (one + e) }
}

/// 1 - 2f = -tanh(a/2) for f = sigmoid(a). The difference cancels near 0 alone, where exp(-a) - 1 does not.
pub(super) fn asymmetry<T: Real>(a: T, f: T) -> T {
    let difference = T::from(1.0) - f * 2.0;
    if difference.abs() > 0.01 {
        difference
    } else {
        let e = (-a).exp_m1();
        e / (e + T::from(2.0))
    }
}

/// ln(1+exp(a)) = max(a, 0) + ln(1+exp(-|a|)): neither overflows nor loses the small values far left.
#[inline(always)]
pub(super) fn softplus<T: Real>(a: T) -> T {
    let above = if a < 0.0 { T::from(0.0) } else { a };
    above + (-a.abs()).exp_of_nonpositive().ln_1p_of_fraction()
}

/// ln(exp(a)+exp(b)), from the larger of the two: the smaller one may be so far below that it would drown it.
pub(super) fn log_sum_exp<T: Real>(a: T, b: T) -> T {
    let larger = if a > b { a } else { b };
    if a == b { a + T::from(std::f64::consts::LN_2) } else { larger + softplus(-(a - b).abs()) }
}

/// Value and derivatives: the weights of a and b, and their product.
pub(super) fn log_sum_exp_partials<T: Real>(a: T, b: T) -> [T; 6] {
    let (p, q) = (sigmoid(a - b), sigmoid(b - a));
    [log_sum_exp(a, b), p, q, p * q, -p * q, p * q]
}

/// ln(cosh(a)): near 0 from cosh a - 1 = m²/(2 + 2m) with m = exp|a| - 1, elsewhere from ln(exp(a) + exp(-a)) - ln 2.
pub(super) fn ln_cosh<T: Real>(a: T) -> T {
    let x = a.abs();
    if x < 1.0 {
        let m = x.exp_m1();
        (m * m / (m * 2.0 + T::from(2.0))).ln_1p_of_fraction()
    } else {
        log_sum_exp(x, -x) - T::from(std::f64::consts::LN_2)
    }
}

/// 1/cosh², accurate where tanh has saturated.
pub(super) fn sech_squared<T: Real>(a: T) -> T {
    let (e, one) = ((a.abs() * -2.0).exp_of_nonpositive(), T::from(1.0));
    e * 4.0 / ((one + e) * (one + e))
}
