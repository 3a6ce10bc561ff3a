//! Formulas that are polynomials in x and y: their coefficients, which are found once and evaluated on a whole grid.
//!
//! A sum of many such formulas, as that of a loss over rows of data, is one polynomial. Convention: it is written in
//! u = (x − center) / half and v alike, which run from −1 to 1 over the rectangle that is looked at, so that nothing is lost
//! where that is small and far from the origin.

use std::sync::Arc;

use super::op::{Op, SLOT_X, SLOT_Y, Slot};
use super::program::Program;
use super::tape::Tape;

/// The highest degree that is taken apart.
const MOST: usize = 8;

/// A polynomial in two variables: the coefficient of uⁱvʲ stands at `place(i, j)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Polynomial {
    degree: usize,
    coefficients: Vec<f64>,
}

/// A rectangle, for the variables of a polynomial.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rectangle {
    center: [f64; 2],
    half: [f64; 2],
}

impl Rectangle {
    /// The rectangle between these ends of x and y.
    pub fn between(x: [f64; 2], y: [f64; 2]) -> Self {
        let half = |[low, high]: [f64; 2]| {
            let half = 0.5 * (high - low).abs();
            if half > 0.0 { half } else { 1.0 }
        };
        let center = |[low, high]: [f64; 2]| 0.5 * low + 0.5 * high;
        Self { center: [center(x), center(y)], half: [half(x), half(y)] }
    }
}

fn place(i: usize, j: usize) -> usize {
    let d = i + j;
    d * (d + 1) / 2 + j
}

fn count(degree: usize) -> usize {
    (degree + 1) * (degree + 2) / 2
}

impl Polynomial {
    /// 0, with room for a degree.
    fn zero(degree: usize) -> Self {
        Self { degree, coefficients: vec![0.0; count(degree)] }
    }

    fn constant(number: f64) -> Self {
        Self { degree: 0, coefficients: vec![number] }
    }

    /// a + factor · this, which has no higher degree than a.
    fn add_to(&self, a: &mut Self, factor: f64) {
        a.coefficients.iter_mut().zip(&self.coefficients).for_each(|(sum, own)| *sum += factor * own);
    }

    fn times(&self, other: &Self) -> Self {
        let mut product = Self::zero(self.degree + other.degree);
        for (i, j) in terms(self.degree) {
            let own = self.coefficients[place(i, j)];
            if own == 0.0 {
                continue;
            }
            for (k, l) in terms(other.degree) {
                product.coefficients[place(i + k, j + l)] += own * other.coefficients[place(k, l)];
            }
        }
        product
    }

    fn scaled(mut self, factor: f64) -> Self {
        self.coefficients.iter_mut().for_each(|own| *own *= factor);
        self
    }

    fn shifted(mut self, by: f64) -> Self {
        self.coefficients[0] += by;
        self
    }

    fn plus(&self, other: &Self, factor: f64) -> Self {
        let mut sum = Self::zero(self.degree.max(other.degree));
        self.add_to(&mut sum, 1.0);
        other.add_to(&mut sum, factor);
        sum
    }

    /// Whether every coefficient is a finite number.
    pub fn is_finite(&self) -> bool {
        self.coefficients.iter().all(|coefficient| coefficient.is_finite())
    }

    /// The values on a grid, as [`Tape::fill_grid`] has them, divided by a number.
    pub fn fill_grid(&self, over: Rectangle, xs: &[f64], ys: &[f64], divisor: f64, out: &mut [f64]) {
        let us: Vec<f64> = xs.iter().map(|x| (x - over.center[0]) / over.half[0]).collect();
        for (line, y) in out.chunks_exact_mut(xs.len().max(1)).zip(ys) {
            let v = (y - over.center[1]) / over.half[1];
            // In u alone, highest power first.
            let mut powers = [0.0; MOST + 1];
            for (i, power) in powers.iter_mut().enumerate().take(self.degree + 1) {
                let of_v = (0..=self.degree - i).rev().map(|j| self.coefficients[place(i, j)]);
                *power = of_v.fold(0.0, |sum, coefficient| sum * v + coefficient) / divisor;
            }
            let powers = &powers[..=self.degree];
            for (value, u) in line.iter_mut().zip(&us) {
                *value = powers.iter().rev().fold(0.0, |sum, power| sum * u + power);
            }
        }
    }
}

/// The exponents of the terms up to a degree.
fn terms(degree: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..=degree).flat_map(|d| (0..=d).map(move |j| (d - j, j)))
}

impl Tape {
    /// The degree of the value as a polynomial in x and y, whatever the inputs are; nothing where it is none, or of a degree above
    /// 8.
    pub fn degree(&self) -> Option<usize> {
        let program = &*self.program;
        let mut degrees: Vec<Option<usize>> = vec![Some(0); program.first_op()];
        degrees[usize::from(SLOT_X)] = Some(1);
        degrees[usize::from(SLOT_Y)] = Some(1);
        for op in &program.ops {
            let of = |slot: Slot| degrees[usize::from(slot)];
            degrees.push(degree_of(op, of));
        }
        degrees[usize::from(program.result)]
    }
}

fn degree_of(op: &Op, of: impl Fn(Slot) -> Option<usize>) -> Option<usize> {
    let degree = match *op {
        Op::Neg(a) | Op::Shift(a, _) | Op::ShiftNeg(a, _) | Op::Scale(a, _) | Op::Unscale(a, _) => of(a)?,
        Op::Add(a, b) | Op::Sub(a, b) | Op::ScaleAdd(a, _, b) => of(a)?.max(of(b)?),
        Op::Mul(a, b) => of(a)? + of(b)?,
        Op::Div(a, b) if of(b) == Some(0) => of(a)?,
        Op::SquareShift(a, _) | Op::SquareShiftNeg(a, _) => 2 * of(a)?,
        Op::SquareAdd(a, b) | Op::SquareSub(a, b) => 2 * of(a)?.max(of(b)?),
        Op::Powi(a, n) if n >= 0 => of(a)?.checked_mul(usize::try_from(n).ok()?)?,
        // Whatever is made of constants alone is one.
        _ => op
            .operands()
            .into_iter()
            .try_fold(0, |most, slot| Some(most.max(of(slot)?)))
            .filter(|most| *most == 0)?,
    };
    (degree <= MOST).then_some(degree)
}

/// Finds the coefficients of a [`Tape`] that is a polynomial, for one set of inputs after the other, and adds them up.
#[derive(Debug)]
pub struct PolynomialSum {
    program: Arc<Program>,
    slots: Vec<Polynomial>,
    sum: Polynomial,
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Program({} operations)", self.ops.len())
    }
}

impl PolynomialSum {
    /// The sum of nothing, in the variables of a rectangle; nothing where the tape is no polynomial.
    pub fn new(tape: &Tape, over: Rectangle) -> Option<Self> {
        let degree = tape.degree()?;
        let program = Arc::clone(&tape.program);
        let mut slots: Vec<Polynomial> = program.constants.iter().map(|c| Polynomial::constant(*c)).collect();
        let [u, v] = [0, 1].map(|axis| {
            let mut linear = Polynomial::zero(1);
            linear.coefficients[0] = over.center[axis];
            linear.coefficients[place(1 - axis, axis)] = over.half[axis];
            linear
        });
        slots.splice(0..0, [u, v]);
        slots.resize(program.first_op() + program.ops.len(), Polynomial::constant(0.0));
        Some(Self { program, slots, sum: Polynomial::zero(degree) })
    }

    /// Adds the polynomial that the formula is with these inputs, as [`TapeEvaluator::bind`](super::TapeEvaluator::bind) has them.
    pub fn add(&mut self, inputs: &[f64]) {
        let Self { program, slots, sum } = self;
        for (input, slot) in &program.inputs {
            slots[*slot].coefficients[0] = inputs.get(*input).copied().unwrap_or(f64::NAN);
        }
        let first = program.first_op();
        for (index, op) in program.ops.iter().enumerate() {
            slots[first + index] = applied(op, slots);
        }
        slots[usize::from(program.result)].add_to(sum, 1.0);
    }

    /// The sum.
    pub fn total(&self) -> &Polynomial {
        &self.sum
    }
}

fn applied(op: &Op, slots: &[Polynomial]) -> Polynomial {
    let of = |slot: Slot| &slots[usize::from(slot)];
    let squared = |a: Polynomial| a.times(&a);
    match *op {
        Op::Neg(a) => of(a).clone().scaled(-1.0),
        Op::Add(a, b) => of(a).plus(of(b), 1.0),
        Op::Sub(a, b) => of(a).plus(of(b), -1.0),
        Op::Mul(a, b) => of(a).times(of(b)),
        Op::Shift(a, c) => of(a).clone().shifted(c),
        Op::ShiftNeg(a, c) => of(a).clone().scaled(-1.0).shifted(c),
        Op::Scale(a, c) => of(a).clone().scaled(c),
        Op::Unscale(a, c) => of(a).clone().scaled(1.0 / c),
        Op::SquareShift(a, c) => squared(of(a).clone().shifted(c)),
        Op::SquareShiftNeg(a, c) => squared(of(a).clone().scaled(-1.0).shifted(c)),
        Op::SquareAdd(a, b) => squared(of(a).plus(of(b), 1.0)),
        Op::SquareSub(a, b) => squared(of(a).plus(of(b), -1.0)),
        Op::ScaleAdd(a, c, b) => of(a).clone().scaled(c).plus(of(b), 1.0),
        Op::Div(a, b) if of(b).degree == 0 => of(a).clone().scaled(1.0 / of(b).coefficients[0]),
        Op::Powi(a, n) if n >= 0 => (0..n).fold(Polynomial::constant(1.0), |product, _| product.times(of(a))),
        // Of constants.
        _ => Polynomial::constant(op.apply(|slot| of(slot).coefficients[0])),
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
    fn a_degree_is_that_of_a_polynomial_and_what_is_none_has_none() {
        for (formula, degree) in [
            ("(x + y*u - v)^2/2", Some(2)),
            ("u*x^3 - x*y^2 + sin(v)", Some(3)),
            ("(x*y - u)^2 * exp(v)/u", Some(4)),
            ("x*(1 - y)^7", Some(8)),
            ("(x + y)^9", None),
            ("sin(x) + y", None),
            ("x/y", None),
            ("1/u + abs(v)*x", Some(1)),
            ("softplus(x*u + y) - v*x", None),
            ("if(u > 0, v, 2)*x", Some(1)),
            ("if(x > 0, x, y)", None),
            ("x^(-1)", None),
            ("7", Some(0)),
        ] {
            assert_eq!(tape(formula).degree(), degree, "{formula}");
        }
    }

    #[test]
    fn sums_of_polynomials_have_the_values_of_the_formulas() {
        let rows = [[0.5, 1.0], [-2.0, 3.0], [7.0, 0.25], [1.0, -1.0]];
        for formula in [
            "(x + y*u - v)^2/2",
            "u*x^3 - x*y^2 + sin(v)",
            "(x*y - u)^2*exp(v)/u - 3",
            "(2 - x)^2 + (y - u)^2*(x + y)^2 - (x - 3)^2/v",
            "-(u - x*v)*y + x",
        ] {
            for [x, y] in
                [[[-3.0, 3.0], [-2.0, 5.0]], [[1e6, 1e6 + 1.0], [-1e-3, 1e-3]], [[2.0, 2.0], [0.0, 1.0]]]
            {
                let tape = tape(formula);
                let over = Rectangle::between(x, y);
                let mut sum = PolynomialSum::new(&tape, over).unwrap();
                rows.iter().for_each(|row| sum.add(row));
                let (xs, ys) = ([x[0], 0.3 * x[0] + 0.7 * x[1], x[1]], y);
                let mut grid = [0.0; 6];
                sum.total().fill_grid(over, &xs, &ys, 2.0, &mut grid);
                let mut evaluator = tape.evaluator();
                for (at, value) in grid.into_iter().enumerate() {
                    let of_row = |row: &[f64; 2]| {
                        evaluator.bind(row);
                        evaluator.value(xs[at % 3], ys[at / 3])
                    };
                    let values: Vec<f64> = rows.iter().map(of_row).collect();
                    let size = values.iter().map(|value| value.abs()).fold(1.0, f64::max);
                    let wanted: f64 = values.iter().sum::<f64>() / 2.0;
                    assert!((value - wanted).abs() <= 1e-12 * size, "{formula}: {value}, not {wanted}");
                }
            }
        }
    }
}
