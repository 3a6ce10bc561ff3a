//! A formula with its gradient at several points at a time: each operation is looked up once for all of them and carried out
//! over numbers that lie side by side, so that the compiler makes vector instructions of it.
//!
//! The arithmetic of each lane is that of one point, operation by operation, so that it gives the same bits.

use std::array::from_fn;
use std::sync::Arc;

use super::dual::{SMALLEST_DIVISOR, are_far, branch};
use super::functions::Derivatives2;
use super::jet::{Jet1, Number};
use super::op::{SLOT_X, SLOT_Y};
use super::pair::Pair;
use super::program::Program;
use super::tape::{Tape, TapeEvaluator};
use super::wide::Wide;

/// How many points are taken at a time.
pub const POINTS: usize = 8;

/// A number of each point.
pub type Each = [f64; POINTS];

/// Values with their gradients, each entry of all points side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Firsts {
    /// The values.
    pub value: Each,
    /// ∂/∂x.
    pub dx: Each,
    /// ∂/∂y.
    pub dy: Each,
}

#[inline(always)]
fn map(a: &Each, f: impl Fn(f64) -> f64) -> Each {
    from_fn(|k| f(a[k]))
}

#[inline(always)]
fn zip(a: &Each, b: &Each, f: impl Fn(f64, f64) -> f64) -> Each {
    from_fn(|k| f(a[k], b[k]))
}

impl Firsts {
    /// That of one point.
    pub fn get(&self, place: usize) -> Jet1 {
        Jet1 { value: self.value[place], dx: self.dx[place], dy: self.dy[place] }
    }

    /// The same of the function times a number.
    #[must_use]
    pub fn times(self, by: f64) -> Self {
        self.scale(by)
    }

    /// Puts a point's into a place.
    pub fn put(&mut self, place: usize, value: f64, [dx, dy]: [f64; 2]) {
        self.set(place, Jet1 { value, dx, dy });
    }

    /// Takes over what another one has in a place.
    pub fn take(&mut self, place: usize, from: &Self) {
        self.set(place, from.get(place));
    }

    fn set(&mut self, place: usize, Jet1 { value, dx, dy }: Jet1) {
        (self.value[place], self.dx[place], self.dy[place]) = (value, dx, dy);
    }

    /// Derivatives by those of the value.
    #[inline(always)]
    fn slopes(&self, of: impl Fn(&Each) -> Each) -> [Each; 2] {
        [of(&self.dx), of(&self.dy)]
    }

    #[inline(always)]
    fn new(value: Each, [dx, dy]: [Each; 2]) -> Self {
        Self { value, dx, dy }
    }

    /// Not sure where that is in doubt.
    #[inline(always)]
    fn in_doubt(mut self, doubt: impl Fn(usize) -> bool) -> Self {
        for place in 0..POINTS {
            self.dx[place] = if doubt(place) { f64::NAN } else { self.dx[place] };
        }
        self
    }

    #[inline(always)]
    fn pair(&self, place: usize) -> Pair {
        Pair([self.dx[place], self.dy[place]])
    }
}

impl Number for Firsts {
    #[inline(always)]
    fn constant(value: f64) -> Self {
        Self { value: [value; POINTS], ..Self::default() }
    }
    #[inline(always)]
    fn x() -> Self {
        Self { dx: [1.0; POINTS], ..Self::default() }
    }
    #[inline(always)]
    fn y() -> Self {
        Self { dy: [1.0; POINTS], ..Self::default() }
    }
    #[inline(always)]
    fn set_value(&mut self, value: f64) {
        self.value = [value; POINTS];
    }
    #[inline(always)]
    fn neg(self) -> Self {
        Self::new(map(&self.value, |a| -a), self.slopes(|d| map(d, |d| -d)))
    }
    #[inline(always)]
    fn add(self, b: Self) -> Self {
        let sum = |a: &Each, b: &Each| zip(a, b, |a, b| a + b);
        Self::new(sum(&self.value, &b.value), [sum(&self.dx, &b.dx), sum(&self.dy, &b.dy)])
    }
    #[inline(always)]
    fn sub(self, b: Self) -> Self {
        let difference = |a: &Each, b: &Each| zip(a, b, |a, b| a - b);
        Self::new(
            difference(&self.value, &b.value),
            [difference(&self.dx, &b.dx), difference(&self.dy, &b.dy)],
        )
    }
    #[inline(always)]
    fn mul(self, b: Self) -> Self {
        let slope = |da: &Each, db: &Each| from_fn(|k| da[k] * b.value[k] + db[k] * self.value[k]);
        Self::new(zip(&self.value, &b.value, |a, b| a * b), [slope(&self.dx, &b.dx), slope(&self.dy, &b.dy)])
    }
    #[inline(always)]
    fn div(self, b: Self) -> Self {
        let q = zip(&self.value, &b.value, |a, b| a / b);
        let slope = |da: &Each, db: &Each| from_fn(|k| (da[k] - db[k] * q[k]) / b.value[k]);
        Self::new(q, [slope(&self.dx, &b.dx), slope(&self.dy, &b.dy)])
            .in_doubt(|k| b.value[k].abs() < SMALLEST_DIVISOR)
    }
    #[inline(always)]
    fn shift(self, by: f64) -> Self {
        Self { value: map(&self.value, |a| a + by), ..self }
    }
    #[inline(always)]
    fn scale(self, by: f64) -> Self {
        Self::new(map(&self.value, |a| a * by), self.slopes(|d| map(d, |d| d * by)))
    }
    #[inline(always)]
    fn unscale(self, by: f64) -> Self {
        Self::new(map(&self.value, |a| a / by), self.slopes(|d| map(d, |d| d / by)))
    }
    #[inline(always)]
    fn square(self) -> Self {
        let slope = |d: &Each| zip(d, &self.value, |d, a| d * (2.0 * a));
        Self::new(map(&self.value, |a| a * a), [slope(&self.dx), slope(&self.dy)])
    }
    #[inline(always)]
    fn chain(
        self,
        _: impl Fn(f64) -> f64,
        with_first: impl Fn(f64) -> (f64, f64),
        _: impl Fn(f64, f64, f64) -> f64,
        _: impl Fn(Wide) -> [Wide; 3],
    ) -> Self {
        let found: [(f64, f64); POINTS] = self.value.map(with_first);
        let slope = |d: &Each| from_fn(|k| d[k] * found[k].1);
        Self::new(found.map(|(value, _)| value), [slope(&self.dx), slope(&self.dy)])
            .in_doubt(|k| are_far([found[k].1], [self.pair(k)]))
    }
    #[inline(always)]
    fn select(self, a: Self, b: Self) -> Self {
        let mut taken = Self::default();
        for place in 0..POINTS {
            let condition = self.value[place];
            let (jet, is_edge) = branch(condition, a.get(place), b.get(place));
            let dx = if is_edge { f64::NAN } else { jet.dx };
            taken.set(place, Jet1 { value: condition.select(a.value[place], b.value[place]), dx, ..jet });
        }
        taken
    }
    #[inline(always)]
    fn chain2(
        self,
        b: Self,
        _: impl Fn(f64, f64) -> f64,
        derivatives: impl Fn(f64, f64) -> Derivatives2,
        _: impl Fn(Wide, Wide) -> Derivatives2<Wide>,
    ) -> Self {
        let found: [Derivatives2; POINTS] = from_fn(|k| derivatives(self.value[k], b.value[k]));
        let slope = |da: &Each, db: &Each| from_fn(|k| da[k] * found[k][1] + db[k] * found[k][2]);
        Self::new(found.map(|all| all[0]), [slope(&self.dx, &b.dx), slope(&self.dy, &b.dy)])
            .in_doubt(|k| are_far([found[k][1], found[k][2]], [self.pair(k), b.pair(k)]))
    }
}

/// Evaluates a [`Tape`] with its gradient at [`POINTS`] points at a time.
pub struct PointsEvaluator {
    program: Arc<Program>,
    slots: Vec<Firsts>,
    /// Where plain arithmetic does not do.
    alone: TapeEvaluator,
}

impl std::fmt::Debug for PointsEvaluator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PointsEvaluator({} operations)", self.program.ops.len())
    }
}

impl PointsEvaluator {
    /// Evaluates a tape without inputs.
    pub fn new(tape: &Tape) -> Self {
        let program = Arc::clone(&tape.program);
        Self { slots: program.slots(), alone: tape.evaluator(), program }
    }

    /// The values with their gradients, as [`TapeEvaluator::first`] gives them one by one.
    #[inline]
    pub fn firsts(&mut self, x: &Each, y: &Each) -> Firsts {
        self.slots[usize::from(SLOT_X)].value = *x;
        self.slots[usize::from(SLOT_Y)].value = *y;
        let mut found = self.program.run_as_set(&mut self.slots);
        for k in 0..POINTS {
            // A sum is finite only if all its terms are.
            if !(found.value[k] + (found.dx[k] + found.dy[k])).is_finite() {
                found.set(k, self.alone.first(x[k], y[k]));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Expression, FUNCTIONS};

    #[test]
    fn points_side_by_side_have_the_bits_of_points_one_by_one() {
        let mut formulas: Vec<String> = [
            "(1-x)^2 + 100*(y-x^2)^2",
            "-x/y + x*y - (x - y)/3 + 2*x - 7",
            "(3 - x)^2 + (x + 2*y)^2 + x^5 + y^-2 + x^0.5",
            "if(x > y, x*y, abs(x - y))^3",
            "sqrt(x)*y^1.5 + x^y",
            "7",
            "x",
        ]
        .map(str::to_owned)
        .to_vec();
        for function in FUNCTIONS {
            for arguments in ["x*y", "x*y, y - x", "x*y, -2, 1 + x"] {
                formulas.push(format!("{}({arguments})", function.name));
            }
        }
        let grid = [-3.0, -1.0, -0.0, 1e-300, 0.25, 1.0, 7.0, 1e160];
        let mut compared = 0;
        for formula in &formulas {
            let Ok(tape) = Expression::parse(formula).and_then(|read| read.compile(["x", "y"], &[])) else {
                continue;
            };
            compared += 1;
            let (mut together, mut alone) = (PointsEvaluator::new(&tape), tape.evaluator());
            for y in grid {
                let found = together.firsts(&grid, &[y; POINTS]);
                for (k, x) in grid.into_iter().enumerate() {
                    let bits = |jet: Jet1| {
                        [jet.value, jet.dx, jet.dy].map(|n| if n.is_nan() { None } else { Some(n.to_bits()) })
                    };
                    assert_eq!(bits(found.get(k)), bits(alone.first(x, y)), "{formula} at ({x}, {y})");
                }
            }
        }
        // What takes another number of arguments is left out, and no function as a whole.
        assert!(compared >= FUNCTIONS.len(), "{compared}");
    }
}
