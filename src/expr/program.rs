//! The operations of a compiled formula, and how they are run.

use super::careful::Careful;
use super::jet::Number;
use super::op::{FIRST_CONSTANT, Op, SLOT_X, SLOT_Y, Slot};

/// The operations of a tape and where its result is.
#[derive(Clone)]
pub(super) struct Program {
    pub constants: Vec<f64>,
    /// The inputs that the result depends on: the place of each among all inputs, and its slot, which is one of a constant.
    pub inputs: Vec<(usize, usize)>,
    pub ops: Vec<Op>,
    pub result: Slot,
    /// Whether nothing but sums and products is inside: one that is too large is so in the end.
    pub polynomial: bool,
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Program({} operations)", self.ops.len())
    }
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
    pub(super) fn run<N: Number>(&self, slots: &mut [N], x: f64, y: f64) -> N {
        slots[usize::from(SLOT_X)].set_value(x);
        slots[usize::from(SLOT_Y)].set_value(y);
        self.run_as_set(slots)
    }

    /// The result where x and y have their values already.
    #[inline(always)]
    pub(super) fn run_as_set<N: Number>(&self, slots: &mut [N]) -> N {
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

    pub(super) fn careful(&self, x: f64, y: f64) -> Careful {
        self.run(&mut self.slots::<Careful>(), x, y)
    }
}
