//! The functions of formulas. Adding one is adding a row: its name, its value, and its first and second derivatives.
//!
//! Conventions: log is the natural logarithm; the derivative of abs at 0 is 0. A derivative that does not exist is NaN or
//! infinite in its row: relu, sign, floor and their like at a jump or a kink, max and min at a tie, the second one of abs at 0.
//! Where such an entry reaches a result, `rays` looks whether what is made of it has the derivative after all.

use std::f64::consts::{LOG2_E, LOG10_E};

use super::logistic::{
    asymmetry, ln_cosh, log_sum_exp, log_sum_exp_partials, sech_squared, sigmoid, softplus,
};
use super::operator::Operator;
use super::power::{power_partials, remainder_partials};
use super::real::Real;
use super::wide::Wide;
use crate::elementary;
use further::FURTHER;
pub(super) use lookup::is_reserved;
pub(super) use lookup::{
    callable_names, called, inverse, is_also_a_letter, is_comparison, is_logical, logical,
};
pub(super) use piecewise::sign;
use piecewise::{larger, nan_where, positive, relu, select, smaller};

/// Value, ∂a, ∂b, ∂aa, ∂ab, ∂bb of a function of two arguments a, b.
pub(super) type Derivatives2<T = f64> = [T; 6];

/// A row of the table: what may be called by name in a formula.
#[derive(Clone, Copy)]
pub struct Function {
    /// The name as it is typed.
    pub name: &'static str,
    /// What it is, in a few words.
    pub meaning: &'static str,
    pub(super) kind: Kind,
}

/// The same row.
impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// How a function is evaluated.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Unary(Unary),
    Binary(Binary),
    /// `max` and `min`: one argument or more, taken two by two.
    Fold(Binary),
    /// `pow(a, b)`, the same as `a^b`.
    Power,
    /// `clamp(x, low, high)`
    Clamp,
    /// `log(x, base)`
    LogToBase,
    /// `if(condition, a, b)`
    If,
    /// `sum(i, a, b, term)` and `prod(i, a, b, factor)`, where this is what joins the terms.
    Repeated(Operator),
}

/// A function of one argument. At most two numbers are returned at a time, in registers: a list of three would go through memory,
/// which costs more than the arithmetic. `row` maps whole slices, so that the loop is compiled with the function inside.
#[derive(Clone, Copy)]
pub(super) struct Unary {
    pub value: fn(f64) -> f64,
    /// f(a) and f'(a), together because they share work: sine and cosine, or one exponential.
    pub with_first: fn(f64) -> (f64, f64),
    /// f''(a), from a, f(a) and f'(a).
    pub second: fn(f64, f64, f64) -> f64,
    pub row: fn(&[f64], &mut [f64]),
    /// f(a), f'(a) and f''(a) where one of them or a leaves the range of f64.
    pub wide: fn(Wide) -> [Wide; 3],
}

/// A function of two arguments.
#[derive(Clone, Copy)]
pub(super) struct Binary {
    pub value: fn(f64, f64) -> f64,
    pub derivatives: fn(f64, f64) -> Derivatives2,
    /// The same where one of them or an argument leaves the range of f64.
    pub wide: fn(Wide, Wide) -> Derivatives2<Wide>,
}

/// The function with this name.
pub fn function(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|row| row.name == name)
}

/// A function of one argument that a compiled formula uses whether or not it was typed.
pub(super) fn unary(name: &str) -> Option<&'static Unary> {
    match &function(name)?.kind {
        Kind::Unary(unary) => Some(unary),
        _ => None,
    }
}

/// Likewise of two arguments.
pub(super) fn binary(name: &str) -> Option<&'static Binary> {
    match &function(name)?.kind {
        Kind::Binary(binary) | Kind::Fold(binary) => Some(binary),
        _ => None,
    }
}

/// One row of a function of one argument: `a` is the argument, `f` the value, `d` the first derivative.
macro_rules! unary {
    ($name:literal, $meaning:literal, ($a:ident, $f:ident, $d:ident), $value:expr, $first:expr, $second:expr) => {
        Function {
            name: $name,
            meaning: $meaning,
            kind: Kind::Unary(Unary {
                value: |$a| $value,
                with_first: |$a| {
                    let $f = $value;
                    ($f, $first)
                },
                second: |$a, $f, $d| {
                    let _ = ($a, $f, $d);
                    $second
                },
                row: |from, to| {
                    for (out, &$a) in to.iter_mut().zip(from) {
                        *out = $value;
                    }
                },
                wide: |$a| {
                    let $f = Wide::from($value);
                    let $d = Wide::from($first);
                    let _ = ($a, $f, $d);
                    [$f, $d, Wide::from($second)]
                },
            }),
        }
    };
}

macro_rules! binary {
    ($kind:ident, $name:literal, $meaning:literal, $value:expr, $derivatives:expr) => {
        Function {
            name: $name,
            meaning: $meaning,
            kind: Kind::$kind(Binary { value: $value, derivatives: $derivatives, wide: $derivatives }),
        }
    };
}

mod further;
mod lookup;
mod piecewise;

/// `a^b` and `a % b` where both vary, evaluated as functions are.
pub(super) static POWER: Binary =
    Binary { value: elementary::pow, derivatives: power_partials, wide: power_partials };
pub(super) static REMAINDER: Binary = Binary {
    value: |a, b| a % b,
    derivatives: remainder_partials,
    wide: |a, b| remainder_partials(a.to_f64(), b.to_f64()).map(Wide::from),
};

/// `ln(exp(a) + exp(b))`, which a formula may contain without calling it.
pub(super) static LOG_SUM_EXP: Binary =
    Binary { value: log_sum_exp, derivatives: log_sum_exp_partials, wide: log_sum_exp_partials };

/// `ln(cosh(a))`, likewise.
static LN_COSH: Function =
    unary!("ln cosh", "ln(cosh(x)), without overflow", (a, f, d), ln_cosh(a), Real::tanh(a), sech_squared(a));

pub(super) fn ln_cosh_function() -> Option<&'static Unary> {
    match &LN_COSH.kind {
        Kind::Unary(unary) => Some(unary),
        _ => None,
    }
}

/// Every function of formulas.
pub static FUNCTIONS: &[Function] = &ALL;

static ALL: [Function; FIRST.len() + FURTHER.len()] = {
    let mut all = [FIRST[0]; FIRST.len() + FURTHER.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < FIRST.len() { FIRST[at] } else { FURTHER[at - FIRST.len()] };
        at += 1;
    }
    all
};

/// The functions of the first version, whose names can be given to nothing else.
const FIRST: [Function; 33] = [
    unary!("sqrt", "square root", (a, f, d), a.sqrt(), 0.5 / f, -0.5 * d / a),
    unary!("exp", "exponential", (a, f, d), Real::exp(a), f, f),
    unary!("ln", "natural logarithm", (a, f, d), Real::ln(a), 1.0 / positive(a), -d * d),
    unary!("log", "natural logarithm, as ln", (a, f, d), Real::ln(a), 1.0 / positive(a), -d * d),
    unary!("log2", "logarithm to base 2", (a, f, d), Real::log2(a), LOG2_E / positive(a), -d / a),
    unary!("log10", "logarithm to base 10", (a, f, d), Real::log10(a), LOG10_E / positive(a), -d / a),
    unary!("abs", "absolute value, also |x|", (a, f, d), a.abs(), sign(a), nan_where(a == 0.0)),
    unary!("sign", "sign: -1, 0 or 1", (a, f, d), sign(a), nan_where(a == 0.0), d),
    unary!("signum", "sign: -1, 0 or 1, as sign", (a, f, d), sign(a), nan_where(a == 0.0), d),
    unary!("sin", "sine, in radians", (a, f, d), Real::sin(a), Real::cos(a), -f),
    unary!("cos", "cosine, in radians", (a, f, d), Real::cos(a), -Real::sin(a), -f),
    unary!("tan", "tangent, in radians", (a, f, d), Real::tan(a), 1.0 + f * f, 2.0 * f * d),
    unary!(
        "asin",
        "arc sine",
        (a, f, d),
        Real::asin(a),
        1.0 / ((1.0 - a) * (1.0 + a)).sqrt(),
        (a * d) * d * d
    ),
    unary!(
        "acos",
        "arc cosine",
        (a, f, d),
        Real::acos(a),
        -1.0 / ((1.0 - a) * (1.0 + a)).sqrt(),
        (a * d) * d * d
    ),
    unary!("atan", "arc tangent", (a, f, d), Real::atan(a), 1.0 / (1.0 + a * a), -2.0 * (a * d) * d),
    unary!("sinh", "hyperbolic sine", (a, f, d), Real::sinh(a), Real::cosh(a), f),
    unary!("cosh", "hyperbolic cosine", (a, f, d), Real::cosh(a), Real::sinh(a), f),
    unary!("tanh", "hyperbolic tangent", (a, f, d), Real::tanh(a), sech_squared(a), -2.0 * f * d),
    unary!(
        "asinh",
        "inverse hyperbolic sine",
        (a, f, d),
        Real::asinh(a),
        1.0 / Real::hypot(a, 1.0),
        -(a * d) * d * d
    ),
    unary!(
        "acosh",
        "inverse hyperbolic cosine",
        (a, f, d),
        Real::acosh(a),
        1.0 / ((a - 1.0).sqrt() * (a + 1.0).sqrt()),
        -(a * d) * d * d
    ),
    unary!(
        "atanh",
        "inverse hyperbolic tangent",
        (a, f, d),
        Real::atanh(a),
        1.0 / ((1.0 - a) * (1.0 + a)),
        2.0 * (a * d) * d
    ),
    unary!("cbrt", "cube root", (a, f, d), Real::cbrt(a), 1.0 / (3.0 * f * f), -2.0 / 3.0 * d / a),
    unary!("floor", "largest whole number below", (a, f, d), a.floor(), nan_where(f == a), d),
    unary!("ceil", "smallest whole number above", (a, f, d), a.ceil(), nan_where(f == a), d),
    unary!("round", "nearest whole number", (a, f, d), a.round(), nan_where((a - a.trunc()).abs() == 0.5), d),
    unary!(
        "sigmoid",
        "logistic function 1/(1+exp(-x))",
        (a, f, d),
        sigmoid(a),
        f * sigmoid(-a),
        d * asymmetry(a, f)
    ),
    unary!("softplus", "ln(1+exp(x)), without overflow", (a, f, d), softplus(a), sigmoid(a), d * sigmoid(-a)),
    unary!(
        "relu",
        "max(0, x)",
        (a, f, d),
        relu(a),
        if a > 0.0 { 1.0 } else { nan_where(a == 0.0) },
        nan_where(a == 0.0)
    ),
    binary!(Binary, "atan2", "angle of the point (x, y) = (b, a)", elementary::atan2, |a, b| {
        let r = Real::hypot(a, b);
        let (s, c) = (a / r, b / r);
        [Real::atan2(a, b), c / r, -s / r, -2.0 * s * c / r / r, (s * s - c * c) / r / r, 2.0 * s * c / r / r]
    }),
    binary!(Binary, "hypot", "sqrt(a^2 + b^2), without overflow", elementary::hypot, |a, b| {
        let r = Real::hypot(a, b);
        let (s, c) = (a / r, b / r);
        [r, s, c, c * c / r, -s * c / r, s * s / r]
    }),
    binary!(Fold, "max", "the largest of its arguments", larger, |a, b| select(a, b, a > b)),
    binary!(Fold, "min", "the smallest of its arguments", smaller, |a, b| select(a, b, a < b)),
    Function { name: "pow", meaning: "power, as a^b", kind: Kind::Power },
];
