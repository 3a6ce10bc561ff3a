//! A formula along a ray from a point, p + t d for t > 0, as a series in t.
//!
//! A smooth function takes its Taylor polynomial of degree 2 at the limit of what it is taken of, so that t² is right where
//! that is reached with an exponent above 2/3; roots and powers take theirs to the last term. At a kink or a jump it is the
//! branch beside the limit that counts, as the row of the table says it is there.

use super::form::is;
use super::functions::{self, Binary, POWER, REMAINDER, Unary};
use super::op::{FIRST_CONSTANT, Op, SLOT_X, SLOT_Y, Slot};
use super::power::{powf_first, powf_second, powi, powi_first, powi_second};
use super::program::Program;
use super::series::{Series, Term};
use crate::elementary;

/// What |u| is taken for where u = 0.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Abs {
    /// u or -u.
    Kinked,
    /// 0.
    Flat,
}

/// What the program computes along a ray; nothing where it has no series there.
pub(super) fn along(program: &Program, at: [f64; 2], direction: [f64; 2], abs: Abs) -> Option<Series> {
    let mut slots: Vec<Option<Series>> = vec![None; FIRST_CONSTANT];
    for (slot, axis) in [(SLOT_X, 0), (SLOT_Y, 1)] {
        slots[usize::from(slot)] = Series::line(at[axis], direction[axis]);
    }
    slots.extend(program.constants.iter().map(|constant| Series::constant(*constant)));
    for op in &program.ops {
        let result = apply(op, abs, |slot| slots[usize::from(slot)].as_ref());
        slots.push(result);
    }
    slots.swap_remove(usize::from(program.result))
}

fn apply<'a>(op: &Op, abs: Abs, read: impl Fn(Slot) -> Option<&'a Series>) -> Option<Series> {
    let squared = |u: Option<Series>| u.as_ref().and_then(|u| u.mul(u));
    match *op {
        Op::Neg(a) => read(a)?.scale(-1.0),
        Op::Add(a, b) => read(a)?.add(read(b)?),
        Op::Sub(a, b) => read(a)?.sub(read(b)?),
        Op::Mul(a, b) => read(a)?.mul(read(b)?),
        Op::Div(a, b) => read(a)?.div(read(b)?),
        Op::Shift(a, c) => read(a)?.shift(c),
        Op::ShiftNeg(a, c) => read(a)?.scale(-1.0)?.shift(c),
        Op::Scale(a, c) => read(a)?.scale(c),
        Op::Unscale(a, c) => read(a)?.unscale(c),
        Op::SquareShift(a, c) => squared(read(a)?.shift(c)),
        Op::SquareShiftNeg(a, c) => squared(read(a)?.scale(-1.0)?.shift(c)),
        Op::SquareAdd(a, b) => squared(read(a)?.add(read(b)?)),
        Op::SquareSub(a, b) => squared(read(a)?.sub(read(b)?)),
        Op::ScaleAdd(a, c, b) => read(a)?.scale(c)?.add(read(b)?),
        Op::Powi(a, n) => {
            power(read(a)?, f64::from(n), |v| [powi(v, n), powi_first(v, n), powi_second(v, n)])
        }
        Op::Powf(a, c) => {
            power(read(a)?, c, |v| [elementary::pow(v, c), powf_first(v, c), powf_second(v, c)])
        }
        Op::Unary(a, f) => unary(f, read(a)?, abs),
        Op::Binary(a, b, f) => binary(f, read(a)?, read(b)?, abs),
        Op::Select(condition, a, b) => {
            let truth = read(condition)?.at(0.0)?.coefficient;
            read(if truth > 0.0 { a } else { b }).cloned()
        }
    }
}

/// A constant power. Away from 0 it is a smooth function, whose limit is then what the tape computes.
fn power(base: &Series, exponent: f64, derivatives: impl Fn(f64) -> [f64; 3]) -> Option<Series> {
    match base.split() {
        Some(split) if split.0.coefficient != 0.0 => {
            let at_limit = derivatives(split.0.coefficient);
            smooth(&split, at_limit)
        }
        _ => base.power(exponent),
    }
}

fn smooth(u: &(Term, Series), [value, first, second]: [f64; 3]) -> Option<Series> {
    let none = Series::zero().split()?;
    Series::taylor(u, &none, [value, first, 0.0, second, 0.0, 0.0])
}

fn derivatives(f: &Unary, at: f64) -> [f64; 3] {
    let (value, first) = (f.with_first)(at);
    [value, first, (f.second)(at, value, first)]
}

fn is_finite(numbers: &[f64]) -> bool {
    numbers.iter().all(|number| number.is_finite())
}

fn unary(f: &Unary, u: &Series, abs: Abs) -> Option<Series> {
    let Some(split) = u.split() else { return at_infinity(f, u) };
    let limit = split.0.coefficient;
    let at_limit = derivatives(f, limit);
    let is_constant = split.1.is_zero();
    if limit == 0.0 && !is_constant && is(f, "abs") {
        let flat = (abs == Abs::Flat).then(Series::zero);
        // Of something that is not known it is not known either.
        flat.or_else(|| u.scale(u.sign().unwrap_or(1.0)))
    } else if limit == 0.0 && is(f, "sqrt") {
        u.power(0.5)
    } else if limit == 0.0 && is(f, "cbrt") {
        let sign = u.sign()?;
        u.scale(sign)?.power(1.0 / 3.0)?.scale(sign)
    } else if is_finite(&at_limit) {
        smooth(&split, at_limit)
    } else if is_constant {
        Series::constant(at_limit[0])
    } else {
        let branch = beside(f, limit, split.1.sign()?)?;
        smooth(&split, branch)
    }
}

/// Value and derivatives of the branch on one side of a kink or a jump; nothing where they do not settle towards it.
fn beside(f: &Unary, limit: f64, side: f64) -> Option<[f64; 3]> {
    let near = if side > 0.0 { limit.next_up() } else { limit.next_down() };
    let far = limit + side * 1e-9 * limit.abs().max(1.0);
    let (mut at_near, at_far) = (derivatives(f, near), derivatives(f, far));
    let settles =
        at_near.iter().zip(&at_far).all(|(near, far)| (near - far).abs() <= 1e-6 * near.abs().max(1.0));
    let value = (f.value)(limit);
    let [there, slope, _] = at_near;
    if (there - value).abs() <= 2.0 * slope.abs() * (near - limit).abs() {
        at_near[0] = value;
    }
    (settles && is_finite(&at_near)).then_some(at_near)
}

/// Of something that grows beyond all bounds, functions that come to a limit faster than any power.
fn at_infinity(f: &Unary, u: &Series) -> Option<Series> {
    let end = u.sign()? * f64::INFINITY;
    let settles = is(f, "sigmoid") || is(f, "tanh") || end < 0.0 && (is(f, "exp") || is(f, "softplus"));
    if settles { Series::constant((f.value)(end)) } else { None }
}

fn binary(f: &Binary, a: &Series, b: &Series, abs: Abs) -> Option<Series> {
    let is = |name| functions::binary(name).is_some_and(|known| std::ptr::eq(known, f));
    if is("max") || is("min") {
        let excess = a.sub(b)?;
        let Some(sign) = excess.sign() else { return Some(Series { order: excess.order, ..a.clone() }) };
        return Some(if (sign > 0.0) == is("max") { a } else { b }.clone());
    }
    if functions::is_comparison(f) {
        return Series::constant((f.value)(a.sub(b)?.sign()?, 0.0));
    }
    if let (Some(at_a), Some(at_b)) = (a.split(), b.split()) {
        let (limit_a, limit_b) = (at_a.0.coefficient, at_b.0.coefficient);
        let partials = (f.derivatives)(limit_a, limit_b);
        if is_finite(&partials) {
            return Series::taylor(&at_a, &at_b, partials);
        } else if at_a.1.is_zero() && at_b.1.is_zero() {
            return Series::constant(partials[0]);
        } else if std::ptr::eq(f, &POWER) {
            let is_zero_around = a.is_zero() && limit_b > 0.0;
            return if at_b.1.is_zero() { a.power(limit_b) } else { is_zero_around.then(Series::zero) };
        }
    }
    if std::ptr::eq(f, &REMAINDER) {
        let (limit, rest) = a.div(b)?.split()?;
        let quotient = limit.coefficient;
        let beside = match rest.sign()? {
            0.0 => quotient,
            side if side > 0.0 => quotient.next_up(),
            _ => quotient.next_down(),
        };
        a.sub(&b.scale(beside.trunc())?)
    } else if is("hypot") {
        a.mul(a)?.add(&b.mul(b)?)?.power(0.5)
    } else if is("atan2") {
        angle(a, b, abs)
    } else {
        None
    }
}

/// The angle of (b, a) around the origin, by the quotient of the smaller coordinate and the larger one.
fn angle(a: &Series, b: &Series, abs: Abs) -> Option<Series> {
    use std::f64::consts::{FRAC_PI_2, PI};
    let atan = functions::unary("atan")?;
    let (up, right) = (a.sign()?, b.sign()?);
    if b.first_exponent() <= a.first_exponent() {
        let turned = match (right > 0.0, up < 0.0) {
            (true, _) => 0.0,
            (false, true) => -PI,
            (false, false) => PI,
        };
        unary(atan, &a.div(b)?, abs)?.shift(turned)
    } else {
        unary(atan, &b.div(a)?, abs)?.scale(-1.0)?.shift(up * FRAC_PI_2)
    }
}
