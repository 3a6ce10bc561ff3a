//! A compiled formula: a straight list of operations, each on the results of earlier ones.

use std::sync::Arc;

use super::careful::Careful;
use super::dual::{First, Second};
use super::functions::{Binary, Unary};
use super::jet::{Jet1, Jet2, Number};
use super::power::{powf_first, powf_second, powi, powi_first, powi_second};
use super::rays;
use super::real::Real as _;
use super::wide::Wide;

/// Where a number of the tape is kept: 0 is x, 1 is y, then come the constants, then one slot for each operation.
pub(super) type Slot = u16;

/// One operation; some of the commonest pairs are one. Constants that take part in arithmetic are inside the operation, so that derivatives skip them.
#[derive(Clone, Copy)]
pub(super) enum Op {
    Neg(Slot),
    Add(Slot, Slot),
    Sub(Slot, Slot),
    Mul(Slot, Slot),
    Div(Slot, Slot),
    /// a + c
    Shift(Slot, f64),
    /// c - a
    ShiftNeg(Slot, f64),
    /// a · c
    Scale(Slot, f64),
    /// a / c
    Unscale(Slot, f64),
    /// (a + c)²
    SquareShift(Slot, f64),
    /// (c - a)²
    SquareShiftNeg(Slot, f64),
    /// (a + b)²
    SquareAdd(Slot, Slot),
    /// (a - b)²
    SquareSub(Slot, Slot),
    /// a · c + b
    ScaleAdd(Slot, f64, Slot),
    /// a^n, multiplied out
    Powi(Slot, i32),
    /// a^c
    Powf(Slot, f64),
    Unary(Slot, &'static Unary),
    Binary(Slot, Slot, &'static Binary),
    /// b where the condition a is above 0, c where it is below
    Select(Slot, Slot, Slot),
}

impl Op {
    /// The slots that are read; one that reads fewer names the last one again.
    pub(super) fn operands(&self) -> [Slot; 3] {
        match *self {
            Self::Add(a, b)
            | Self::Sub(a, b)
            | Self::Mul(a, b)
            | Self::Div(a, b)
            | Self::SquareAdd(a, b)
            | Self::SquareSub(a, b)
            | Self::ScaleAdd(a, _, b)
            | Self::Binary(a, b, _) => [a, b, b],
            Self::Neg(a)
            | Self::Shift(a, _)
            | Self::ShiftNeg(a, _)
            | Self::Scale(a, _)
            | Self::Unscale(a, _)
            | Self::SquareShift(a, _)
            | Self::SquareShiftNeg(a, _)
            | Self::Powi(a, _)
            | Self::Powf(a, _)
            | Self::Unary(a, _) => [a, a, a],
            Self::Select(a, b, c) => [a, b, c],
        }
    }

    pub(super) fn with_operands(self, [a, b, third]: [Slot; 3]) -> Self {
        match self {
            Self::Neg(_) => Self::Neg(a),
            Self::Add(..) => Self::Add(a, b),
            Self::Sub(..) => Self::Sub(a, b),
            Self::Mul(..) => Self::Mul(a, b),
            Self::Div(..) => Self::Div(a, b),
            Self::Shift(_, c) => Self::Shift(a, c),
            Self::ShiftNeg(_, c) => Self::ShiftNeg(a, c),
            Self::Scale(_, c) => Self::Scale(a, c),
            Self::Unscale(_, c) => Self::Unscale(a, c),
            Self::SquareShift(_, c) => Self::SquareShift(a, c),
            Self::SquareShiftNeg(_, c) => Self::SquareShiftNeg(a, c),
            Self::SquareAdd(..) => Self::SquareAdd(a, b),
            Self::SquareSub(..) => Self::SquareSub(a, b),
            Self::ScaleAdd(_, c, _) => Self::ScaleAdd(a, c, b),
            Self::Powi(_, n) => Self::Powi(a, n),
            Self::Powf(_, c) => Self::Powf(a, c),
            Self::Unary(_, f) => Self::Unary(a, f),
            Self::Binary(_, _, f) => Self::Binary(a, b, f),
            Self::Select(..) => Self::Select(a, b, third),
        }
    }

    #[inline(always)]
    pub(super) fn apply<N: Number>(&self, read: impl Fn(Slot) -> N) -> N {
        match *self {
            Self::Neg(a) => read(a).neg(),
            Self::Add(a, b) => read(a).add(read(b)),
            Self::Sub(a, b) => read(a).sub(read(b)),
            Self::Mul(a, b) => read(a).mul(read(b)),
            Self::Div(a, b) => read(a).div(read(b)),
            Self::Shift(a, c) => read(a).shift(c),
            Self::ShiftNeg(a, c) => read(a).neg().shift(c),
            Self::Scale(a, c) => read(a).scale(c),
            Self::Unscale(a, c) => read(a).unscale(c),
            Self::SquareShift(a, c) => read(a).shift(c).square(),
            Self::SquareShiftNeg(a, c) => read(a).neg().shift(c).square(),
            Self::SquareAdd(a, b) => read(a).add(read(b)).square(),
            Self::SquareSub(a, b) => read(a).sub(read(b)).square(),
            Self::ScaleAdd(a, c, b) => read(a).scale(c).add(read(b)),
            Self::Powi(a, 2) => read(a).square(),
            Self::Powi(a, n) => read(a).chain(
                |v| powi(v, n),
                |v| (powi(v, n), powi_first(v, n)),
                |v, _, _| powi_second(v, n),
                |v| [powi(v, n), powi_first(v, n), powi_second(v, n)],
            ),
            Self::Powf(a, c) => read(a).chain(
                |v| v.powf(c),
                |v| (v.powf(c), powf_first(v, c)),
                |v, _, _| powf_second(v, c),
                |v| {
                    let c = Wide::from(c);
                    [v.powf(c), powf_first(v, c), powf_second(v, c)]
                },
            ),
            Self::Unary(a, f) => read(a).chain(f.value, f.with_first, f.second, f.wide),
            Self::Binary(a, b, f) => read(a).chain2(read(b), f.value, f.derivatives, f.wide),
            Self::Select(condition, a, b) => read(condition).select(read(a), read(b)),
        }
    }
}

pub(super) const SLOT_X: Slot = 0;
pub(super) const SLOT_Y: Slot = 1;
/// The slot of the first constant.
pub(super) const FIRST_CONSTANT: usize = 2;

/// The operations of a tape and where its result is.
pub(super) struct Program {
    pub constants: Vec<f64>,
    pub ops: Vec<Op>,
    pub result: Slot,
    /// Whether nothing but sums and products is inside: one that is too large is so in the end.
    pub polynomial: bool,
}

impl Program {
    /// The slot of the first operation's result.
    pub(super) fn first_op(&self) -> usize {
        FIRST_CONSTANT + self.constants.len()
    }

    /// Slots with the constants and the derivatives of x and y in place.
    pub(super) fn slots<N: Number>(&self) -> Vec<N> {
        let mut slots = vec![N::default(); self.first_op() + self.ops.len()];
        slots[usize::from(SLOT_X)] = N::x();
        slots[usize::from(SLOT_Y)] = N::y();
        for (slot, constant) in slots.iter_mut().skip(FIRST_CONSTANT).zip(&self.constants) {
            *slot = N::constant(*constant);
        }
        slots
    }

    #[inline(always)]
    fn run<N: Number>(&self, slots: &mut [N], x: f64, y: f64) -> N {
        slots[usize::from(SLOT_X)].set_value(x);
        slots[usize::from(SLOT_Y)].set_value(y);
        let first = self.first_op();
        for (index, op) in self.ops.iter().enumerate() {
            slots[first + index] = op.apply(|slot| slots[usize::from(slot)]);
        }
        slots[usize::from(self.result)]
    }

    /// The value, also where plain arithmetic leaves the range of f64 on the way to it.
    #[inline(always)]
    pub(super) fn value(&self, slots: &mut [f64], x: f64, y: f64) -> f64 {
        let value = self.run(slots, x, y);
        if value.is_finite() || self.polynomial { value } else { self.value_beyond(value, slots, x, y) }
    }

    #[cold]
    fn value_beyond(&self, value: f64, slots: &[f64], x: f64, y: f64) -> f64 {
        // What is merely undefined comes from no number that was too large or too small.
        let left_range = slots.iter().skip(self.first_op()).any(|slot| !slot.is_normal() && !slot.is_nan());
        if left_range { self.careful(x, y).value() } else { value }
    }

    fn careful(&self, x: f64, y: f64) -> Careful {
        self.run(&mut self.slots::<Careful>(), x, y)
    }
}

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
    program: Arc<Program>,
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
