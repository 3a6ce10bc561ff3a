//! Formulas whose sums over rows of inputs need not be taken anew at every point:
//!
//! ```text
//! P(x, y) + Σ w·softplus(p + q·x + r·y)      P a polynomial; its coefficients, w, p, q and r are made of the inputs alone
//! ```
//!
//! That of least squares is P alone, that of logistic regression has one soft plus. The polynomials of all rows are one, and
//! the soft pluses of a row are a few numbers.

use std::sync::Arc;

use super::form::is;
use super::op::{Op, Slot};
use super::polynomial::Polynomial;
use super::program::Program;
use super::tape::Tape;

/// w·softplus(p + q·x + r·y)
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SoftPlus {
    /// w
    pub weight: f64,
    /// p, q and r
    pub linear: [f64; 3],
}

/// Takes a [`Tape`] with a [`Shape`](super::Shape) apart, for one row of inputs after the other.
#[derive(Debug)]
pub struct Summands {
    program: Arc<Program>,
    polynomials: Vec<Polynomial>,
    /// Weights of soft pluses, and where the arguments of these are.
    soft: Vec<Vec<(f64, Slot)>>,
    scratch: Polynomial,
    found: Vec<SoftPlus>,
}

impl Summands {
    /// Nothing where the tape has no such shape.
    pub fn new(tape: &Tape) -> Option<Self> {
        tape.shape()?;
        let program = Arc::clone(&tape.program);
        let mut polynomials = vec![Polynomial::variable(0), Polynomial::variable(1)];
        polynomials.extend(program.constants.iter().map(|c| Polynomial::constant(*c)));
        let all = program.first_op() + program.ops.len();
        polynomials.resize(all, Polynomial::constant(0.0));
        let soft = vec![Vec::new(); all];
        Some(Self { program, polynomials, soft, scratch: Polynomial::default(), found: Vec::new() })
    }

    /// What the formula is with these inputs, as [`TapeEvaluator::bind`](super::TapeEvaluator::bind) has them.
    pub fn of(&mut self, inputs: &[f64]) -> (&Polynomial, &[SoftPlus]) {
        let Self { program, polynomials, soft, scratch, found } = self;
        for (input, slot) in &program.inputs {
            polynomials[*slot].set(inputs.get(*input).copied().unwrap_or(f64::NAN));
        }
        for (target, op) in (program.first_op()..).zip(&program.ops) {
            let (before, after) = polynomials.split_at_mut(target);
            if let Some(own) = after.first_mut() {
                apply(op, before, own, scratch);
            }
            let (before, after) = soft.split_at_mut(target);
            if let Some(own) = after.first_mut() {
                collect(op, before, polynomials, own);
            }
        }
        let result = usize::from(program.result);
        found.clear();
        for (weight, argument) in &soft[result] {
            let linear = polynomials[usize::from(*argument)].nearly_linear();
            found.push(SoftPlus { weight: *weight, linear });
        }
        absorb(&mut polynomials[result], found);
        (&polynomials[result], found)
    }
}

/// softplus(z) − z is softplus(−z): where classes are told apart well, their difference would be lost in the sum of all.
fn absorb(beside: &mut Polynomial, found: &mut [SoftPlus]) {
    if let [SoftPlus { weight: 1.0, linear }] = found
        && beside.linear() == Some(linear.map(|number| -number))
    {
        *linear = linear.map(|number| -number);
        beside.set(0.0);
    }
}

fn apply(op: &Op, before: &[Polynomial], own: &mut Polynomial, scratch: &mut Polynomial) {
    let of = |slot: Slot| &before[usize::from(slot)];
    match *op {
        Op::Neg(a) => own.set_scaled(of(a), -1.0),
        Op::Add(a, b) => own.set_sum(of(a), 1.0, of(b)),
        Op::Sub(a, b) => own.set_sum(of(b), -1.0, of(a)),
        Op::ScaleAdd(a, c, b) => own.set_sum(of(a), c, of(b)),
        Op::Mul(a, b) => own.set_product(of(a), of(b)),
        Op::Scale(a, c) => own.set_scaled(of(a), c),
        Op::Unscale(a, c) => own.set_quotient(of(a), c),
        Op::Shift(a, c) => {
            own.set_scaled(of(a), 1.0);
            own.shift(c);
        }
        Op::ShiftNeg(a, c) => {
            own.set_scaled(of(a), -1.0);
            own.shift(c);
        }
        Op::SquareShift(a, c) => {
            scratch.set_scaled(of(a), 1.0);
            scratch.shift(c);
            own.set_product(scratch, scratch);
        }
        Op::SquareShiftNeg(a, c) => {
            scratch.set_scaled(of(a), -1.0);
            scratch.shift(c);
            own.set_product(scratch, scratch);
        }
        Op::SquareAdd(a, b) => {
            scratch.set_sum(of(a), 1.0, of(b));
            own.set_product(scratch, scratch);
        }
        Op::SquareSub(a, b) => {
            scratch.set_sum(of(b), -1.0, of(a));
            own.set_product(scratch, scratch);
        }
        Op::Div(a, b) if of(b).degree() == 0 => own.set_quotient(of(a), of(b).at_origin()),
        Op::Powi(a, n) if n >= 0 => {
            own.set(1.0);
            for _ in 0..n {
                scratch.set_product(own, of(a));
                std::mem::swap(own, scratch);
            }
        }
        // A soft plus is kept beside the polynomial.
        Op::Unary(a, f) if is(f, "softplus") && of(a).degree() == 1 => own.set(0.0),
        // Of constants.
        _ => own.set(op.apply(|slot| of(slot).at_origin())),
    }
}

/// The soft pluses of an operation's result.
fn collect(op: &Op, before: &[Vec<(f64, Slot)>], polynomials: &[Polynomial], own: &mut Vec<(f64, Slot)>) {
    own.clear();
    let mut take = |slot: Slot, factor: f64| {
        own.extend(before[usize::from(slot)].iter().map(|(weight, argument)| (factor * weight, *argument)));
    };
    let number = |slot: Slot| polynomials[usize::from(slot)].at_origin();
    match *op {
        Op::Unary(a, f) if is(f, "softplus") && polynomials[usize::from(a)].degree() == 1 => {
            own.push((1.0, a))
        }
        Op::Neg(a) | Op::ShiftNeg(a, _) => take(a, -1.0),
        Op::Shift(a, _) => take(a, 1.0),
        Op::Scale(a, c) => take(a, c),
        Op::Unscale(a, c) => take(a, 1.0 / c),
        Op::Add(a, b) => {
            take(a, 1.0);
            take(b, 1.0);
        }
        Op::Sub(a, b) => {
            take(a, 1.0);
            take(b, -1.0);
        }
        Op::ScaleAdd(a, c, b) => {
            take(a, c);
            take(b, 1.0);
        }
        Op::Mul(a, b) => {
            take(a, number(b));
            take(b, number(a));
        }
        Op::Div(a, b) => take(a, 1.0 / number(b)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;

    fn tape(formula: &str) -> Tape {
        Expression::parse(formula).unwrap().compile_with(["x", "y"], &[], &["u", "v"]).unwrap()
    }

    #[test]
    fn what_a_formula_is_taken_apart_into_has_its_value() {
        let softplus = |z: f64| z.max(0.0) + (-z.abs()).exp().ln_1p();
        for formula in [
            "(x + y*u - v)^2/2",
            "u*x^3 - x*y^2 + sin(v)",
            "(x*y - u)^2*exp(v)/u - 3",
            "(2 - x)^2 + (y - u)^2*(x + y)^2 - (x - 3)^2/v",
            "-(u - x*v)*y + x",
            "softplus(x*u + y) - v*(x*u + y)",
            "u*softplus(x - v)/3 + 2 - softplus(y)*v + x*y^2",
            "5 - (2*softplus(x) + v*(3 - softplus(u*x + v*y))*u)",
        ] {
            let tape = tape(formula);
            let (mut summands, mut evaluator) = (Summands::new(&tape).unwrap(), tape.evaluator());
            for row in [[0.5, 1.0], [-2.0, 3.0], [7.0, 0.25], [1.0, -1.0]] {
                evaluator.bind(&row);
                let (polynomial, soft) = summands.of(&row);
                for [x, y] in [[-3.0, 2.0], [0.5, 0.25], [1e3, -1e-3]] {
                    let of_soft = |SoftPlus { weight, linear: [p, q, r] }: &SoftPlus| {
                        weight * softplus(p + q * x + r * y)
                    };
                    let found = polynomial.value(x, y) + soft.iter().map(of_soft).sum::<f64>();
                    let wanted = evaluator.value(x, y);
                    let size = wanted.abs().max(1.0);
                    assert!((found - wanted).abs() <= 1e-12 * size, "{formula}: {found}, not {wanted}");
                }
            }
        }
    }

    #[test]
    fn a_label_of_one_turns_the_soft_plus_around() {
        let tape = tape("softplus(x*u + y) - v*(x*u + y)");
        let mut summands = Summands::new(&tape).unwrap();
        let (polynomial, soft) = summands.of(&[0.3, 1.0]);
        assert!(polynomial.is_zero());
        assert_eq!(soft, [SoftPlus { weight: 1.0, linear: [0.0, -0.3, -1.0] }]);
    }

    #[test]
    fn sums_that_cancel_far_from_the_origin_keep_their_digits() {
        let tape = tape("(x + y*u - v)^2/2");
        let mut summands = Summands::new(&tape).unwrap();
        let mut sum = Polynomial::default();
        let rows: Vec<[f64; 2]> = (0..100).map(f64::from).map(|k| [2000.0 + k, 1e6 + 3.0 * k]).collect();
        rows.iter().for_each(|row| sum.add(summands.of(row).0, 1.0));
        // The line through all of them, moved up by 2⁻²⁰.
        let [x, y, off] = [1e6 - 6000.0, 3.0, 2f64.powi(-20)];
        let value = sum.value(x + off, y);
        assert!((value - 50.0 * off * off).abs() <= 1e-12 * value, "{value}");
        assert_eq!([0, 1].map(|axis| sum.derivative(axis).value(x, y)), [0.0, 0.0]);
        let (xs, ys) = ([x - 1e-3, x, x + 1e-3], [y, y + 1e-6]);
        let mut grid = [0.0; 6];
        sum.fill_grid(&xs, &ys, &mut grid);
        for (at, value) in grid.into_iter().enumerate() {
            let [x, y] = [xs[at % 3], ys[at / 3]];
            let wanted: f64 = rows.iter().map(|[u, v]| (x + y * u - v).powi(2) / 2.0).sum();
            assert!((value - wanted).abs() <= 1e-9 * wanted.max(1e-9), "{at}: {value}, not {wanted}");
        }
    }
}
