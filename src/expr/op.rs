//! The operations of a tape: what each reads, and what it computes with numbers of any kind.

use super::functions::{Binary, Unary};
use super::jet::Number;
use super::power::{powf_first, powf_second, powi, powi_first, powi_second};
use super::real::Real as _;
use super::wide::Wide;
use crate::elementary;

/// Where a number of the tape is kept: 0 is x, 1 is y, then come the constants, then one slot for each operation.
pub(super) type Slot = u16;

pub(super) const SLOT_X: Slot = 0;
pub(super) const SLOT_Y: Slot = 1;
/// The slot of the first constant.
pub(super) const FIRST_CONSTANT: usize = 2;

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
                |v| elementary::pow(v, c),
                |v| (elementary::pow(v, c), powf_first(v, c)),
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
