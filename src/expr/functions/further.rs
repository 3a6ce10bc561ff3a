//! Functions that came after the first version of formulas. A constant of the same name hides them, so that a formula that
//! was written before they came keeps its meaning. They give the same bits on every platform.

use std::f64::consts::{LN_2, LN_10};

use super::{Binary, Derivatives2, Function, Kind, Real, Unary, Wide, nan_where, positive};
use crate::elementary::{gamma, polygammas};

pub(super) const FURTHER: [Function; 24] = [
    unary!("log1p", "ln(1+x), exact for small x", (a, f, d), Real::ln_1p(a), 1.0 / positive(1.0 + a), -d * d),
    unary!("expm1", "exp(x)-1, exact for small x", (a, f, d), Real::exp_m1(a), Real::exp(a), d),
    unary!("exp2", "2^x", (a, f, d), Real::exp2(a), f * LN_2, d * LN_2),
    unary!("exp10", "10^x", (a, f, d), Real::exp10(a), f * LN_10, d * LN_10),
    unary!(
        "sec",
        "secant, 1/cos(x)",
        (a, f, d),
        1.0 / Real::cos(a),
        f * Real::tan(a),
        f * (2.0 * f * f - 1.0)
    ),
    unary!(
        "csc",
        "cosecant, 1/sin(x)",
        (a, f, d),
        1.0 / Real::sin(a),
        -f / Real::tan(a),
        f * (2.0 * f * f - 1.0)
    ),
    unary!("cot", "cotangent, 1/tan(x)", (a, f, d), 1.0 / Real::tan(a), -(1.0 + f * f), -2.0 * f * d),
    unary!(
        "asec",
        "arc secant, acos(1/x)",
        (a, f, d),
        Real::acos(1.0 / a),
        1.0 / (a.abs() * ((a - 1.0) * (a + 1.0)).sqrt()),
        -d * (1.0 / a + a / ((a - 1.0) * (a + 1.0)))
    ),
    unary!(
        "acsc",
        "arc cosecant, asin(1/x)",
        (a, f, d),
        Real::asin(1.0 / a),
        -1.0 / (a.abs() * ((a - 1.0) * (a + 1.0)).sqrt()),
        -d * (1.0 / a + a / ((a - 1.0) * (a + 1.0)))
    ),
    unary!(
        "acot",
        "arc cotangent, between 0 and pi",
        (a, f, d),
        a.by(|a| libm::atan2(1.0, a)),
        -1.0 / (1.0 + a * a),
        2.0 * (a * d) * d
    ),
    unary!(
        "sech",
        "hyperbolic secant, 1/cosh(x)",
        (a, f, d),
        1.0 / Real::cosh(a),
        -f * Real::tanh(a),
        f * (1.0 - 2.0 * f * f)
    ),
    unary!(
        "csch",
        "hyperbolic cosecant, 1/sinh(x)",
        (a, f, d),
        1.0 / Real::sinh(a),
        -f / Real::tanh(a),
        f * (1.0 + 2.0 * f * f)
    ),
    unary!(
        "coth",
        "hyperbolic cotangent, 1/tanh(x)",
        (a, f, d),
        1.0 / Real::tanh(a),
        -1.0 / Real::sinh(a) / Real::sinh(a),
        -2.0 * f * d
    ),
    unary!(
        "asech",
        "inverse hyperbolic secant",
        (a, f, d),
        Real::asinh(((1.0 - a) * (1.0 + a)).sqrt() / positive(a)),
        -1.0 / (positive(a) * ((1.0 - a) * (1.0 + a)).sqrt()),
        d * (a / ((1.0 - a) * (1.0 + a)) - 1.0 / a)
    ),
    unary!(
        "acsch",
        "inverse hyperbolic cosecant",
        (a, f, d),
        Real::asinh(1.0 / a),
        -1.0 / (a.abs() * Real::hypot(a, 1.0)),
        -d * (1.0 / a + (a / Real::hypot(a, 1.0)) / Real::hypot(a, 1.0))
    ),
    unary!(
        "acoth",
        "inverse hyperbolic cotangent",
        (a, f, d),
        a.by(|a| 0.5 * libm::log1p(2.0 / (a.abs() - 1.0)).copysign(a)),
        1.0 / ((1.0 - beyond_one(a)) * (1.0 + a)),
        2.0 * (a * d) * d
    ),
    unary!(
        "sinc",
        "sin(x)/x, and 1 at 0",
        (a, f, d),
        a.by(sinc),
        a.by(|a| sinc_derivatives(a)[0]),
        a.by(|a| sinc_derivatives(a)[1])
    ),
    unary!(
        "heaviside",
        "unit step: 0, 1/2 at 0, 1",
        (a, f, d),
        0.5 * (1.0 + super::sign(a)),
        nan_where(a == 0.0),
        d
    ),
    unary!(
        "gamma",
        "gamma function",
        (a, f, d),
        a.by(gamma),
        f * a.by(|a| polygammas(a)[0]),
        f * a.by(gamma_curvature)
    ),
    unary!(
        "factorial",
        "x! = gamma(x+1), also x!",
        (a, f, d),
        a.by(|a| gamma(a + 1.0)),
        f * a.by(|a| polygammas(a + 1.0)[0]),
        f * a.by(|a| gamma_curvature(a + 1.0))
    ),
    unary!(
        "digamma",
        "gamma'(x)/gamma(x)",
        (a, f, d),
        a.by(|a| polygammas(a)[0]),
        a.by(|a| polygammas(a)[1]),
        a.by(|a| polygammas(a)[2])
    ),
    unary!(
        "trigamma",
        "digamma'(x)",
        (a, f, d),
        a.by(|a| polygammas(a)[1]),
        a.by(|a| polygammas(a)[2]),
        a.by(|a| polygammas(a)[3])
    ),
    Function {
        name: "mod",
        meaning: "a - b*floor(a/b), the remainder with the sign of b",
        kind: Kind::Binary(Binary {
            value: modulo,
            derivatives: modulo_partials,
            wide: |a, b| modulo_partials(a.to_f64(), b.to_f64()).map(Wide::from),
        }),
    },
    Function { name: "clamp", meaning: "x, but at least low and at most high", kind: Kind::Clamp },
];

/// The number itself outside -1 to 1, where alone the inverse hyperbolic cotangent is.
fn beyond_one<T: Real>(a: T) -> T {
    if a.abs() >= 1.0 { a } else { T::from(f64::NAN) }
}

fn sinc(a: f64) -> f64 {
    if a == 0.0 { 1.0 } else { libm::sin(a) / a }
}

/// sinc' and sinc''. Near 0 their closed forms cancel, and the Taylor series Σ (-1)ᵏ a²ᵏ/(2k+1)! is differentiated.
fn sinc_derivatives(a: f64) -> [f64; 2] {
    if a.abs() > 2.0 {
        let value = sinc(a);
        let first = (libm::cos(a) - value) / a;
        return [first, -value - 2.0 * first / a];
    }
    let (mut first, mut second, square) = (0.0, 0.0, a * a);
    // Term k of the second is its factor 2k(2k-1)/(2k+1)! before a²ᵏ⁻²; from the last one.
    for k in (1..=14).rev() {
        let double = 2.0 * f64::from(k);
        let ratio = -1.0 / ((double + 1.0) * double);
        first = ratio * (double + square * first);
        second = ratio * (double * (double - 1.0) + square * second);
    }
    [first * a, second]
}

/// Γ''/Γ
fn gamma_curvature(a: f64) -> f64 {
    let [psi, psi_1, ..] = polygammas(a);
    psi * psi + psi_1
}

/// a - b⌊a/b⌋, without the rounding of the quotient.
fn modulo(a: f64, b: f64) -> f64 {
    let remainder = a % b;
    if remainder != 0.0 && (remainder < 0.0) != (b < 0.0) { remainder + b } else { remainder }
}

/// It is smooth between its jumps, which are at the multiples of b.
fn modulo_partials(a: f64, b: f64) -> Derivatives2 {
    let value = modulo(a, b);
    let jump = nan_where(value == 0.0);
    let whole = ((a - value) / b).round();
    [value, 1.0 + jump, jump - whole, jump, jump, jump]
}
