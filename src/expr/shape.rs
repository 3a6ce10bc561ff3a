//! Formulas that are polynomials in x and y, with soft pluses of linear functions or without, whatever their inputs are.

use super::form::is;
use super::op::{Op, SLOT_X, SLOT_Y, Slot};
use super::polynomial::MOST;
use super::program::Program;
use super::tape::Tape;

/// What a formula is, whatever its inputs are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A polynomial of this degree.
    Polynomial(usize),
    /// With soft pluses of linear functions, beside a polynomial of this degree.
    SoftPluses(usize),
}

impl Shape {
    fn degree(self) -> usize {
        let (Self::Polynomial(degree) | Self::SoftPluses(degree)) = self;
        degree
    }

    fn is_constant(self) -> bool {
        self == Self::Polynomial(0)
    }

    fn with(self, other: Self) -> Self {
        let degree = self.degree().max(other.degree());
        match (self, other) {
            (Self::Polynomial(_), Self::Polynomial(_)) => Self::Polynomial(degree),
            _ => Self::SoftPluses(degree),
        }
    }

    fn of(program: &Program) -> Option<Self> {
        let mut shapes = vec![Some(Self::Polynomial(0)); program.first_op()];
        shapes[usize::from(SLOT_X)] = Some(Self::Polynomial(1));
        shapes[usize::from(SLOT_Y)] = Some(Self::Polynomial(1));
        for op in &program.ops {
            let shape = Self::of_op(op, |slot| shapes[usize::from(slot)]);
            shapes.push(shape);
        }
        shapes[usize::from(program.result)]
    }

    fn of_op(op: &Op, of: impl Fn(Slot) -> Option<Self>) -> Option<Self> {
        let degree_of = |slot| match of(slot)? {
            Self::Polynomial(degree) => Some(degree),
            Self::SoftPluses(_) => None,
        };
        let shape = match *op {
            Op::Neg(a) | Op::Shift(a, _) | Op::ShiftNeg(a, _) | Op::Scale(a, _) | Op::Unscale(a, _) => of(a)?,
            Op::Add(a, b) | Op::Sub(a, b) | Op::ScaleAdd(a, _, b) => of(a)?.with(of(b)?),
            Op::Mul(a, b) => match (of(a)?, of(b)?) {
                (a, b) if b.is_constant() => a,
                (a, b) if a.is_constant() => b,
                _ => Self::Polynomial(degree_of(a)? + degree_of(b)?),
            },
            Op::Div(a, b) if of(b)?.is_constant() => of(a)?,
            Op::SquareShift(a, _) | Op::SquareShiftNeg(a, _) => Self::Polynomial(2 * degree_of(a)?),
            Op::SquareAdd(a, b) | Op::SquareSub(a, b) => {
                Self::Polynomial(2 * degree_of(a)?.max(degree_of(b)?))
            }
            Op::Powi(a, n) if n >= 0 => {
                Self::Polynomial(degree_of(a)?.checked_mul(usize::try_from(n).ok()?)?)
            }
            Op::Unary(a, f) if is(f, "softplus") && of(a)? == Self::Polynomial(1) => Self::SoftPluses(0),
            // Whatever is made of constants alone is one.
            _ if op.operands().into_iter().all(|slot| of(slot).is_some_and(Self::is_constant)) => {
                Self::Polynomial(0)
            }
            _ => return None,
        };
        (shape.degree() <= MOST).then_some(shape)
    }
}

impl Tape {
    /// What the value is, whatever the inputs are; nothing where it is none of these, or of a degree above 8.
    pub fn shape(&self) -> Option<Shape> {
        Shape::of(&self.program)
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
    fn a_shape_is_what_the_formula_is_and_what_is_none_has_none() {
        use Shape::{Polynomial, SoftPluses};
        for (formula, shape) in [
            ("(x + y*u - v)^2/2", Some(Polynomial(2))),
            ("u*x^3 - x*y^2 + sin(v)", Some(Polynomial(3))),
            ("(x*y - u)^2 * exp(v)/u", Some(Polynomial(4))),
            ("x*(1 - y)^7", Some(Polynomial(8))),
            ("(x + y)^9", None),
            ("sin(x) + y", None),
            ("x/y", None),
            ("1/u + abs(v)*x", Some(Polynomial(1))),
            ("softplus(x*u + y) - v*x", Some(SoftPluses(1))),
            ("u*softplus(x - v)/3 + 2 - softplus(y)*v + x*y^2", Some(SoftPluses(3))),
            ("ln(1 + exp(-v*(x*u + y)))", Some(SoftPluses(0))),
            ("softplus(u)*x", Some(Polynomial(1))),
            ("softplus(x*y)", None),
            ("softplus(x)*y", None),
            ("softplus(x)^2", None),
            ("softplus(softplus(x))", None),
            ("if(u > 0, v, 2)*x", Some(Polynomial(1))),
            ("if(x > 0, x, y)", None),
            ("x^(-1)", None),
            ("7", Some(Polynomial(0))),
        ] {
            assert_eq!(tape(formula).shape(), shape, "{formula}");
        }
    }
}
