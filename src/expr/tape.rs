//! A compiled formula: a straight list of operations, each on the results of earlier ones.

use std::sync::Arc;

use super::dual::{First, Second};
use super::jet::{Jet1, Jet2, Number as _};
use super::op::{FIRST_CONSTANT, Op, SLOT_X, SLOT_Y, Slot};
use super::program::Program;
use super::rays;

/// A compiled formula: immutable and cheap to clone.
#[derive(Clone)]
pub struct Tape {
    pub(super) program: Arc<Program>,
}

impl std::fmt::Debug for Tape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tape({} operations)", self.len())
    }
}

impl Tape {
    /// The number of operations.
    pub fn len(&self) -> usize {
        self.program.ops.len()
    }

    /// About how much work a value is: an addition counts 1, a function many times as much.
    pub fn work(&self) -> u64 {
        const FUNCTION: u64 = 16;
        let of = |op: &Op| match op {
            Op::Powf(..) | Op::Unary(..) | Op::Binary(..) => FUNCTION,
            _ => 1,
        };
        1 + self.program.ops.iter().map(of).sum::<u64>()
    }

    /// Whether there is nothing to compute: the formula is a constant, x or y.
    pub fn is_empty(&self) -> bool {
        self.program.ops.is_empty()
    }

    /// Which of x and y the result depends on.
    pub fn depends_on(&self) -> [bool; 2] {
        let Program { ops, result, .. } = &*self.program;
        let reads = |slot: Slot| *result == slot || ops.iter().any(|op| op.operands().contains(&slot));
        [SLOT_X, SLOT_Y].map(reads)
    }

    /// An evaluator with its own scratch memory.
    pub fn evaluator(&self) -> TapeEvaluator {
        TapeEvaluator {
            values: self.program.slots(),
            firsts: self.program.slots(),
            seconds: self.program.slots(),
            resting: None,
            program: Arc::clone(&self.program),
        }
    }
}

/// Evaluates a [`Tape`] at single points.
#[derive(Clone)]
pub struct TapeEvaluator {
    pub(super) program: Arc<Program>,
    values: Vec<f64>,
    firsts: Vec<First>,
    seconds: Vec<Second>,
    /// The last point at which plain arithmetic did not do, bit by bit, and what was found there.
    resting: Option<([u64; 2], Jet2)>,
}

impl std::fmt::Debug for TapeEvaluator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TapeEvaluator({} operations)", self.program.ops.len())
    }
}

impl TapeEvaluator {
    /// Gives the inputs their numbers, in the order in which they were named to [`Expression::compile_with`]; one that has
    /// none is not a number.
    ///
    /// [`Expression::compile_with`]: super::Expression::compile_with
    pub fn bind(&mut self, inputs: &[f64]) {
        self.resting = None;
        // A program of its own from the first time on: others may go on with the numbers that they have.
        let program = Arc::make_mut(&mut self.program);
        for (input, slot) in &program.inputs {
            let number = inputs.get(*input).copied().unwrap_or(f64::NAN);
            program.constants[slot - FIRST_CONSTANT] = number;
            self.values[*slot] = number;
            self.firsts[*slot] = First::constant(number);
            self.seconds[*slot] = Second::constant(number);
        }
    }

    /// The value at (x, y); NaN or infinite where the formula is undefined.
    pub fn value(&mut self, x: f64, y: f64) -> f64 {
        self.program.value(&mut self.values, x, y)
    }

    /// Value and exact gradient. A derivative that does not exist is NaN, and only that one.
    pub fn first(&mut self, x: f64, y: f64) -> Jet1 {
        let result = self.program.run(&mut self.firsts, x, y);
        if result.is_sure() { result.jet() } else { self.careful(x, y).first() }
    }

    /// Value, exact gradient and exact Hessian. A derivative that does not exist is NaN, and only that one.
    pub fn second(&mut self, x: f64, y: f64) -> Jet2 {
        let result = self.program.run(&mut self.seconds, x, y);
        if result.is_sure() { result.jet() } else { self.careful(x, y) }
    }

    /// Derivatives where plain arithmetic may have lost them. A run that rests at a point asks again and again.
    #[cold]
    fn careful(&mut self, x: f64, y: f64) -> Jet2 {
        let at = [x, y].map(f64::to_bits);
        match self.resting {
            Some((there, jet)) if there == at => jet,
            _ => {
                let plain = self.program.careful(x, y).finish(self.value(x, y));
                let jet = rays::complete(&self.program, [x, y], plain);
                self.resting = Some((at, jet));
                jet
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::expr::Expression;

    #[test]
    fn inputs_are_constants_whose_numbers_change() {
        for formula in
            ["(y + x*u - v)^2", "ln(exp(u*x) + exp(v*y))", "abs(x - u)^v + 0*y", "sum(k, 1, 3, u*x^k) % v"]
        {
            let expression = Expression::parse(formula).unwrap();
            let tape = expression.compile_with(["x", "y"], &[], &["v", "u", "unused"]).unwrap();
            let mut evaluator = tape.evaluator();
            assert!(evaluator.value(0.5, 0.25).is_nan(), "nothing is bound yet");
            for [u, v] in [[2.0, 3.0], [800.0, -1.0], [0.5, 2.0], [0.0, 1e-3]] {
                evaluator.bind(&[v, u, 7.0]);
                let constants = [("u".to_owned(), u), ("v".to_owned(), v)];
                let mut folded = expression.compile(["x", "y"], &constants).unwrap().evaluator();
                for [x, y] in [[0.5, 0.25], [-3.0, 1.0], [0.0, 0.0], [u, 1.0]] {
                    let (ours, theirs) = (evaluator.second(x, y), folded.second(x, y));
                    let pairs = [
                        (ours.value, theirs.value),
                        (ours.dx, theirs.dx),
                        (ours.dy, theirs.dy),
                        (ours.dxx, theirs.dxx),
                        (ours.dxy, theirs.dxy),
                        (ours.dyy, theirs.dyy),
                    ];
                    for (ours, theirs) in pairs {
                        let same = ours == theirs || (ours.is_nan() && theirs.is_nan());
                        let near = (ours - theirs).abs() <= 1e-13 * theirs.abs();
                        assert!(
                            same || near,
                            "{formula} at ({x}, {y}) with u = {u}, v = {v}: {ours} {theirs}"
                        );
                    }
                }
            }
            assert!(tape.evaluator().value(0.5, 0.25).is_nan(), "other evaluators have numbers of their own");
        }
        let unknown = Expression::parse("x + w").unwrap().compile_with(["x", "y"], &[], &["u"]);
        assert!(unknown.is_err());
    }
}
