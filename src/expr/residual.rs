//! Formulas that are a square or half of one, whatever their inputs are, and what is squared.

use std::sync::Arc;

use super::op::{Op, Slot};
use super::program::Program;
use super::tape::Tape;

impl Tape {
    /// r, where the value is r²/2 whatever the inputs are: √2 times what is squared where it is squared whole. Nothing where the
    /// formula is no square as it stands.
    pub fn residual(&self) -> Option<Tape> {
        let program = &*self.program;
        let (square, is_half) = match program.op_of(program.result)? {
            Op::Scale(a, 0.5) => (program.op_of(a)?, true),
            Op::Unscale(a, 2.0) => (program.op_of(a)?, true),
            whole => (whole, false),
        };
        let mut residual = program.clone();
        residual.result = match square {
            Op::SquareShift(a, c) => residual.push(Op::Shift(a, c))?,
            Op::SquareShiftNeg(a, c) => residual.push(Op::ShiftNeg(a, c))?,
            Op::SquareAdd(a, b) => residual.push(Op::Add(a, b))?,
            Op::SquareSub(a, b) => residual.push(Op::Sub(a, b))?,
            Op::Powi(a, 2) => a,
            Op::Mul(a, b) if a == b => a,
            _ => return None,
        };
        if !is_half {
            residual.result = residual.push(Op::Scale(residual.result, std::f64::consts::SQRT_2))?;
        }
        Some(Tape { program: Arc::new(residual) })
    }
}

impl Program {
    /// The operation whose result is in a slot.
    fn op_of(&self, slot: Slot) -> Option<Op> {
        self.ops.get(usize::from(slot).checked_sub(self.first_op())?).copied()
    }

    /// Adds an operation. Returns the slot of its result; nothing where there is no room for one.
    fn push(&mut self, op: Op) -> Option<Slot> {
        let slot = Slot::try_from(self.first_op() + self.ops.len()).ok()?;
        self.ops.push(op);
        Some(slot)
    }
}

#[cfg(test)]
mod tests {
    use crate::expr::Expression;

    #[test]
    fn half_the_square_of_a_residual_is_the_formula_and_what_is_no_square_has_none() {
        let tape = |formula: &str| {
            Expression::parse(formula).unwrap().compile_with(["x", "y"], &[], &["u", "v"]).unwrap()
        };
        for formula in [
            "(x + y*u - v)^2/2",
            "0.5*(x*u - v)^2",
            "(v - x*exp(-y*u))^2",
            "(x - 3)^2",
            "(3 - x)^2/2",
            "(x + u)^2",
            "x^2",
            "sin(x*u)*sin(x*u)",
            "(1/(1 + exp(-(x*u + y))) - v)^2",
            "((x - u)^2 + (y - v)^2)^2/2",
        ] {
            let (whole, residual) =
                (tape(formula), tape(formula).residual().unwrap_or_else(|| panic!("{formula}")));
            let [mut whole, mut residual] = [whole.evaluator(), residual.evaluator()];
            for (inputs, [x, y]) in [([1.3, -0.7], [0.4, 2.0]), ([-2.0, 5.0], [1.5, -0.3])] {
                whole.bind(&inputs);
                residual.bind(&inputs);
                let (value, r) = (whole.first(x, y), residual.first(x, y));
                let close =
                    |a: f64, b: f64| assert!((a - b).abs() <= 1e-13 * a.abs().max(1.0), "{formula}: {a} {b}");
                close(value.value, 0.5 * r.value * r.value);
                close(value.dx, r.value * r.dx);
                close(value.dy, r.value * r.dy);
            }
        }
        for formula in
            ["x^2 + y^2", "(x - u)^2/3", "-(x - u)^2", "(x - u)^4", "abs(x - u)", "x", "3", "softplus(x)"]
        {
            assert!(tape(formula).residual().is_none(), "{formula}");
        }
    }
}
