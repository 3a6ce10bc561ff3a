//! A formula at one point for several sets of inputs at a time: each operation is looked up once for all of them.
//!
//! The arithmetic of each lane is that of the numbers it is made of, operation by operation, so that it gives the same bits.

use std::array::from_fn;
use std::sync::Arc;

use super::dual::{First, Second};
use super::functions::Derivatives2;
use super::jet::{Jet1, Jet2, Number};
use super::program::Program;
use super::tape::{Tape, TapeEvaluator};
use super::wide::Wide;

/// How many sets of inputs are taken at a time.
pub const LANES: usize = 8;

/// As many numbers side by side.
#[derive(Clone, Copy, Default)]
struct Lanes<N>([N; LANES]);

impl<N: Number> Lanes<N> {
    #[inline(always)]
    fn map(self, f: impl Fn(N) -> N) -> Self {
        Self(self.0.map(f))
    }

    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(N, N) -> N) -> Self {
        Self(from_fn(|lane| f(self.0[lane], other.0[lane])))
    }
}

impl<N: Number> Number for Lanes<N> {
    #[inline(always)]
    fn constant(value: f64) -> Self {
        Self([N::constant(value); LANES])
    }
    #[inline(always)]
    fn x() -> Self {
        Self([N::x(); LANES])
    }
    #[inline(always)]
    fn y() -> Self {
        Self([N::y(); LANES])
    }
    #[inline(always)]
    fn set_value(&mut self, value: f64) {
        self.0.iter_mut().for_each(|number| number.set_value(value));
    }
    #[inline(always)]
    fn neg(self) -> Self {
        self.map(N::neg)
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.zip(other, N::add)
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.zip(other, N::sub)
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.zip(other, N::mul)
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        self.zip(other, N::div)
    }
    #[inline(always)]
    fn shift(self, by: f64) -> Self {
        self.map(|number| number.shift(by))
    }
    #[inline(always)]
    fn scale(self, by: f64) -> Self {
        self.map(|number| number.scale(by))
    }
    #[inline(always)]
    fn unscale(self, by: f64) -> Self {
        self.map(|number| number.unscale(by))
    }
    #[inline(always)]
    fn square(self) -> Self {
        self.map(N::square)
    }
    #[inline(always)]
    fn chain(
        self,
        value: impl Fn(f64) -> f64,
        with_first: impl Fn(f64) -> (f64, f64),
        second: impl Fn(f64, f64, f64) -> f64,
        wide: impl Fn(Wide) -> [Wide; 3],
    ) -> Self {
        self.map(|number| number.chain(&value, &with_first, &second, &wide))
    }
    #[inline(always)]
    fn select(self, a: Self, b: Self) -> Self {
        Self(from_fn(|lane| self.0[lane].select(a.0[lane], b.0[lane])))
    }
    #[inline(always)]
    fn chain2(
        self,
        other: Self,
        value: impl Fn(f64, f64) -> f64,
        derivatives: impl Fn(f64, f64) -> Derivatives2,
        wide: impl Fn(Wide, Wide) -> Derivatives2<Wide>,
    ) -> Self {
        self.zip(other, |a, b| a.chain2(b, &value, &derivatives, &wide))
    }
}

/// Evaluates a [`Tape`] at single points for many sets of inputs, each a row of columns.
pub struct RowsEvaluator {
    program: Arc<Program>,
    values: Vec<Lanes<f64>>,
    firsts: Vec<Lanes<First>>,
    seconds: Vec<Lanes<Second>>,
    /// Where plain arithmetic does not do.
    alone: TapeEvaluator,
    row: Vec<f64>,
}

impl std::fmt::Debug for RowsEvaluator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RowsEvaluator({} operations)", self.program.ops.len())
    }
}

impl RowsEvaluator {
    /// Evaluates a tape whose inputs are columns, in the order in which they were named.
    pub fn new(tape: &Tape) -> Self {
        let program = Arc::clone(&tape.program);
        Self {
            values: program.slots(),
            firsts: program.slots(),
            seconds: program.slots(),
            alone: tape.evaluator(),
            row: Vec::new(),
            program,
        }
    }

    /// The values at (x, y) for these rows; of fewer than there are lanes the last one is repeated.
    #[inline]
    pub fn values(&mut self, x: f64, y: f64, columns: &[Vec<f64>], rows: [usize; LANES]) -> [f64; LANES] {
        let Lanes(mut found) = run(&self.program, &mut self.values, [x, y], columns, rows);
        if !found.iter().all(|value| value.is_finite()) && !self.program.polynomial {
            for (value, row) in found.iter_mut().zip(rows) {
                *value = self.bound(columns, row).value(x, y);
            }
        }
        found
    }

    /// The values with their gradients, likewise.
    #[inline]
    pub fn firsts(&mut self, x: f64, y: f64, columns: &[Vec<f64>], rows: [usize; LANES]) -> [Jet1; LANES] {
        let Lanes(found) = run(&self.program, &mut self.firsts, [x, y], columns, rows);
        if found.iter().all(|first| first.is_sure()) {
            return found.map(First::jet);
        }
        rows.map(|row| self.bound(columns, row).first(x, y))
    }

    /// The values with their gradients and Hessians, likewise.
    #[inline]
    pub fn seconds(&mut self, x: f64, y: f64, columns: &[Vec<f64>], rows: [usize; LANES]) -> [Jet2; LANES] {
        let Lanes(found) = run(&self.program, &mut self.seconds, [x, y], columns, rows);
        if found.iter().all(|second| second.is_sure()) {
            return found.map(Second::jet);
        }
        rows.map(|row| self.bound(columns, row).second(x, y))
    }

    fn bound(&mut self, columns: &[Vec<f64>], row: usize) -> &mut TapeEvaluator {
        self.row.clear();
        self.row.extend(columns.iter().map(|column| column[row]));
        self.alone.bind(&self.row);
        &mut self.alone
    }
}

#[inline]
fn run<N: Number>(
    program: &Program,
    slots: &mut [Lanes<N>],
    [x, y]: [f64; 2],
    columns: &[Vec<f64>],
    rows: [usize; LANES],
) -> Lanes<N> {
    for (input, slot) in &program.inputs {
        let column = columns.get(*input).map_or(&[][..], Vec::as_slice);
        let number = |lane: usize| N::constant(column.get(rows[lane]).copied().unwrap_or(f64::NAN));
        slots[*slot] = Lanes(from_fn(number));
    }
    program.run(slots, x, y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;

    #[test]
    fn rows_side_by_side_have_the_bits_of_rows_one_by_one() {
        let columns = [
            vec![0.5, -2.0, 7.0, 0.0, 1e-3, 800.0, -0.25, 3.0, 1.0],
            vec![1.0, 3.0, 0.25, -1.0, 2.0, -5.0, 0.0, 0.5, 1e160],
        ];
        for formula in [
            "(x + y*u - v)^2/2",
            "softplus(x*u + y) - v*(x*u + y)",
            "ln(x*u) + sqrt(v - y)",
            "if(u > x, v*y, abs(x - u))^3",
            "exp(x*u)*v^2 + y/u",
            "7",
        ] {
            let tape =
                Expression::parse(formula).unwrap().compile_with(["x", "y"], &[], &["u", "v"]).unwrap();
            let (mut together, mut alone) = (RowsEvaluator::new(&tape), tape.evaluator());
            for (x, y) in [(0.5, 0.25), (-3.0, 1.0), (0.0, 0.0), (1e3, -2.0)] {
                for rows in [[0, 1, 2, 3, 4, 5, 6, 7], [8; LANES], [2, 2, 0, 8, 1, 7, 5, 3]] {
                    let values = together.values(x, y, &columns, rows);
                    let firsts = together.firsts(x, y, &columns, rows);
                    let seconds = together.seconds(x, y, &columns, rows);
                    for lane in 0..LANES {
                        alone.bind(&[columns[0][rows[lane]], columns[1][rows[lane]]]);
                        let Jet1 { value, dx, dy } = alone.first(x, y);
                        let bits = |numbers: &[f64]| {
                            numbers.iter().map(|n| (n.to_bits(), n.is_nan())).collect::<Vec<_>>()
                        };
                        let first = firsts[lane];
                        assert_eq!(
                            bits(&[first.value, first.dx, first.dy]),
                            bits(&[value, dx, dy]),
                            "{formula}"
                        );
                        assert_eq!(bits(&[values[lane]]), bits(&[alone.value(x, y)]), "{formula}");
                        let (ours, theirs) = (seconds[lane], alone.second(x, y));
                        let all = |jet: Jet2| [jet.value, jet.dx, jet.dy, jet.dxx, jet.dxy, jet.dyy];
                        assert_eq!(bits(&all(ours)), bits(&all(theirs)), "{formula} at ({x}, {y})");
                    }
                }
            }
        }
    }
}
