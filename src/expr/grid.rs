//! A formula on a whole grid of points, operation by operation over rows.
//!
//! What depends on x alone is computed once per column of the grid, what depends on y alone once per row; only the rest
//! is computed per point, in runs that stay in the nearest cache and that the compiler turns into vector instructions.

use super::jet::Number;
use super::op::{FIRST_CONSTANT, Op, Slot};
use super::power::powi;
use super::program::Program;
use super::tape::{Tape, TapeEvaluator};
use crate::elementary;

/// Points that are evaluated together: long enough to hide the cost of an operation's dispatch, short enough that the
/// intermediate results of a formula stay in the first-level cache.
const RUN: usize = 256;

/// Where the number of a slot is found while a run of points is evaluated.
#[derive(Clone, Copy)]
enum Place {
    /// The same everywhere.
    Constant(f64),
    /// In a row of `columns`, one number for each x.
    Column(usize),
    /// In `per_row`, one number for each y.
    Row(usize),
    /// In a register, one number for each point of the run.
    Register(usize),
}

/// An operand of an operation over a run.
#[derive(Clone, Copy)]
enum Operand<'a> {
    Same(f64),
    Each(&'a [f64]),
}

impl Tape {
    /// Fills `out`, row-major with `out[j * xs.len() + i]` = f(xs\[i\], ys\[j\]). A longer `out` keeps its tail, a shorter
    /// one gets the rows that fit whole.
    pub fn fill_grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        self.program.fill_grid(xs, ys, out);
    }
}

impl TapeEvaluator {
    /// As [`Tape::fill_grid`], with the numbers that its inputs have.
    pub fn fill_grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        self.program.fill_grid(xs, ys, out);
    }
}

impl Program {
    fn fill_grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        if xs.is_empty() {
            return;
        }
        let plan = Plan::new(self);
        let columns = plan.columns(xs);
        let mut registers = vec![vec![0.0; RUN]; plan.registers];
        let mut per_row = vec![0.0; plan.rows];
        let mut slots = self.slots();
        for (&y, row) in ys.iter().zip(out.chunks_exact_mut(xs.len())) {
            plan.evaluate_rows(y, &mut per_row);
            for start in (0..xs.len()).step_by(RUN) {
                let end = xs.len().min(start + RUN);
                plan.evaluate_run(&columns, start..end, &per_row, &mut registers, &mut row[start..end]);
            }
            if !self.polynomial {
                for (value, &x) in row.iter_mut().zip(xs) {
                    if !value.is_finite() {
                        *value = self.value(&mut slots, x, y);
                    }
                }
            }
        }
    }
}

/// The operations of a program sorted by what they depend on.
struct Plan<'a> {
    program: &'a Program,
    places: Vec<Place>,
    registers: usize,
    rows: usize,
    columns: usize,
}

impl<'a> Plan<'a> {
    fn new(program: &'a Program) -> Self {
        let mut plan = Self {
            program,
            places: vec![Place::Column(0), Place::Row(0)],
            registers: 0,
            rows: 1,
            columns: 1,
        };
        plan.places.extend(program.constants.iter().map(|c| Place::Constant(*c)));
        let last_use = last_uses(program);
        let mut free: Vec<usize> = Vec::new();
        for (index, op) in program.ops.iter().enumerate() {
            let operands = op.operands().map(|slot| plan.places[usize::from(slot)]);
            let place = match operands {
                _ if operands.iter().all(|o| matches!(o, Place::Constant(_) | Place::Column(_))) => {
                    plan.columns += 1;
                    Place::Column(plan.columns - 1)
                }
                _ if operands.iter().all(|o| matches!(o, Place::Constant(_) | Place::Row(_))) => {
                    plan.rows += 1;
                    Place::Row(plan.rows - 1)
                }
                _ => Place::Register(free.pop().unwrap_or_else(|| {
                    plan.registers += 1;
                    plan.registers - 1
                })),
            };
            plan.places.push(place);
            // A register is free again after the last operation that reads it; never the one just being written.
            let mut read = op.operands().to_vec();
            read.sort_unstable();
            read.dedup();
            for slot in read {
                if let (Place::Register(register), true) =
                    (plan.places[usize::from(slot)], last_use[usize::from(slot)] == index)
                {
                    free.push(register);
                }
            }
        }
        plan
    }

    fn place(&self, slot: Slot) -> Place {
        self.places[usize::from(slot)]
    }

    fn ops(&self) -> impl Iterator<Item = (&'a Op, Place)> {
        self.program.ops.iter().zip(self.places[self.program.first_op()..].iter().copied())
    }

    /// Every operation that depends on x alone, for every x.
    fn columns(&self, xs: &[f64]) -> Vec<Vec<f64>> {
        let mut columns = vec![xs.to_vec()];
        for (op, place) in self.ops() {
            if let Place::Column(_) = place {
                let mut column = vec![0.0; xs.len()];
                let operands = op.operands().map(|slot| match self.place(slot) {
                    Place::Column(index) => Operand::Each(&columns[index]),
                    Place::Constant(c) => Operand::Same(c),
                    Place::Row(_) | Place::Register(_) => Operand::Same(f64::NAN),
                });
                over_run(op, operands, &mut column);
                columns.push(column);
            }
        }
        columns
    }

    /// Every operation that depends on y alone, for one y.
    fn evaluate_rows(&self, y: f64, per_row: &mut [f64]) {
        per_row[0] = y;
        for (op, place) in self.ops() {
            if let Place::Row(index) = place {
                per_row[index] = op.apply(|slot| match self.place(slot) {
                    Place::Row(index) => per_row[index],
                    Place::Constant(c) => c,
                    Place::Column(_) | Place::Register(_) => f64::NAN,
                });
            }
        }
    }

    fn evaluate_run(
        &self,
        columns: &[Vec<f64>],
        run: std::ops::Range<usize>,
        per_row: &[f64],
        registers: &mut [Vec<f64>],
        out: &mut [f64],
    ) {
        let length = run.len();
        let last = self.program.ops.len().wrapping_sub(1);
        let result = usize::from(self.program.result);
        for (index, (op, place)) in self.ops().enumerate() {
            let Place::Register(target) = place else { continue };
            let is_result = index == last && result == self.program.first_op() + index;
            // The target is taken out, so that the others can be read meanwhile.
            let mut written = std::mem::take(&mut registers[target]);
            let operands = op.operands().map(|slot| match self.place(slot) {
                Place::Constant(c) => Operand::Same(c),
                Place::Row(index) => Operand::Same(per_row[index]),
                Place::Column(index) => Operand::Each(&columns[index][run.clone()]),
                Place::Register(register) => Operand::Each(&registers[register][..length]),
            });
            over_run(op, operands, if is_result { &mut *out } else { &mut written[..length] });
            registers[target] = written;
            if is_result {
                return;
            }
        }
        match self.place(self.program.result) {
            Place::Constant(c) => out.fill(c),
            Place::Row(index) => out.fill(per_row[index]),
            Place::Column(index) => out.copy_from_slice(&columns[index][run]),
            Place::Register(register) => out.copy_from_slice(&registers[register][..length]),
        }
    }
}

/// The index of the last operation that reads each slot; the result is read at the end.
fn last_uses(program: &Program) -> Vec<usize> {
    let mut last = vec![usize::MAX; FIRST_CONSTANT + program.constants.len() + program.ops.len()];
    for (index, op) in program.ops.iter().enumerate() {
        for slot in op.operands() {
            last[usize::from(slot)] = index;
        }
    }
    last[usize::from(program.result)] = usize::MAX;
    last
}

fn over_run(op: &Op, [a, b, c]: [Operand<'_>; 3], out: &mut [f64]) {
    match *op {
        Op::Neg(_) => map(a, out, |v| -v),
        Op::Add(..) => map2(a, b, out, |v, w| v + w),
        Op::Sub(..) => map2(a, b, out, |v, w| v - w),
        Op::Mul(..) => map2(a, b, out, |v, w| v * w),
        Op::Div(..) => map2(a, b, out, |v, w| v / w),
        Op::Shift(_, k) => map(a, out, |v| v + k),
        Op::ShiftNeg(_, k) => map(a, out, |v| k - v),
        Op::Scale(_, k) => map(a, out, |v| v * k),
        Op::Unscale(_, k) => map(a, out, |v| v / k),
        Op::SquareShift(_, k) => map(a, out, |v| (v + k) * (v + k)),
        Op::SquareShiftNeg(_, k) => map(a, out, |v| (k - v) * (k - v)),
        Op::SquareAdd(..) => map2(a, b, out, |v, w| (v + w) * (v + w)),
        Op::SquareSub(..) => map2(a, b, out, |v, w| (v - w) * (v - w)),
        Op::ScaleAdd(_, k, _) => map2(a, b, out, |v, w| v * k + w),
        Op::Powi(_, 2) => map(a, out, |v| v * v),
        Op::Powi(_, 3) => map(a, out, |v| v * v * v),
        Op::Powi(_, 4) => map(a, out, |v| (v * v) * (v * v)),
        Op::Powi(_, n) => map(a, out, |v| powi(v, n)),
        Op::Powf(_, k) => map(a, out, |v| elementary::pow(v, k)),
        Op::Unary(_, f) => match a {
            Operand::Each(from) => (f.row)(from, out),
            Operand::Same(v) => out.fill((f.value)(v)),
        },
        Op::Binary(_, _, f) => map2(a, b, out, f.value),
        Op::Select(..) => select(a, b, c, out),
    }
}

#[inline(always)]
fn map(a: Operand<'_>, out: &mut [f64], f: impl Fn(f64) -> f64) {
    match a {
        Operand::Each(from) => {
            for (o, v) in out.iter_mut().zip(from) {
                *o = f(*v);
            }
        }
        Operand::Same(v) => out.fill(f(v)),
    }
}

#[inline(always)]
fn map2(a: Operand<'_>, b: Operand<'_>, out: &mut [f64], f: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (Operand::Each(a), Operand::Each(b)) => {
            for ((o, v), w) in out.iter_mut().zip(a).zip(b) {
                *o = f(*v, *w);
            }
        }
        (Operand::Each(a), Operand::Same(w)) => {
            for (o, v) in out.iter_mut().zip(a) {
                *o = f(*v, w);
            }
        }
        (Operand::Same(v), Operand::Each(b)) => {
            for (o, w) in out.iter_mut().zip(b) {
                *o = f(v, *w);
            }
        }
        (Operand::Same(v), Operand::Same(w)) => out.fill(f(v, w)),
    }
}

fn select(condition: Operand<'_>, a: Operand<'_>, b: Operand<'_>, out: &mut [f64]) {
    let at = |operand: Operand<'_>, index: usize| match operand {
        Operand::Each(values) => values.get(index).copied().unwrap_or(f64::NAN),
        Operand::Same(value) => value,
    };
    for (index, o) in out.iter_mut().enumerate() {
        *o = at(condition, index).select(at(a, index), at(b, index));
    }
}
