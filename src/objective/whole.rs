//! The sum of a loss over all rows, where it is a function by itself: what the rows are needed for is done once, whatever the
//! number of points that it is evaluated at afterwards.
//!
//! A loss that is a polynomial in the parameters is one over all rows too. Its coefficients have twice the digits of an f64,
//! since their terms cancel where a model fits well: with all of these its values are as near to the exact ones as a sum of
//! the losses is. Soft pluses are kept one by one: see [`SoftSum`].

use super::Point;
use super::soft_sum::SoftSum;
use crate::data::Table;
use crate::expr::{Jet1, Jet2, Polynomial, Shape, Summands, Tape};

/// The sum over all rows.
#[derive(Debug)]
pub(super) struct Whole {
    value: Polynomial,
    first: [Polynomial; 2],
    /// By x twice, by both, by y twice.
    second: [Polynomial; 3],
    soft: SoftSum,
}

impl Whole {
    /// About how much work a value on a grid is beside those of all rows, as [`Tape::work`] counts it; nothing where the sum
    /// is no function by itself.
    pub fn work_of_node(loss: &Tape, rows: usize) -> Option<u64> {
        /// What one more soft plus is, with its share of the exponentials.
        const SOFT: u64 = 32;
        match loss.shape()? {
            Shape::Polynomial(_) => Some(loss.work()),
            Shape::SoftPluses(_) => Some(loss.work() + SOFT * rows as u64),
        }
    }

    /// The sum of this loss over these rows, whose columns are its inputs; nothing where it is no function by itself or leaves
    /// the range of numbers.
    pub fn of(loss: &Tape, table: &Table) -> Option<Self> {
        let mut summands = Summands::new(loss)?;
        let (mut value, mut soft, mut row) = (Polynomial::default(), Vec::new(), Vec::new());
        for index in 0..table.rows() {
            row.clear();
            row.extend(table.columns().iter().map(|column| column[index]));
            let (polynomial, soft_of_row) = summands.of(&row);
            value.add(polynomial, 1.0);
            soft.extend_from_slice(soft_of_row);
        }
        let soft = SoftSum::new(soft);
        let first = [0, 1].map(|axis| value.derivative(axis));
        let second = [(0, 0), (0, 1), (1, 1)].map(|(first_axis, axis)| first[first_axis].derivative(axis));
        (value.is_finite() && soft.is_finite()).then_some(Self { value, first, second, soft })
    }

    pub fn value(&self, at: Point) -> f64 {
        let value = self.value.value(at.x, at.y);
        if self.soft.is_empty() { value } else { value + self.soft.value(at) }
    }

    pub fn gradient(&self, at: Point) -> Point {
        let gradient = Point::from([0, 1].map(|axis| self.first[axis].value(at.x, at.y)));
        if self.soft.is_empty() { gradient } else { gradient + self.soft.gradient(at) }
    }

    pub fn first(&self, at: Point) -> Jet1 {
        let [dx, dy] = [0, 1].map(|axis| self.first[axis].value(at.x, at.y));
        let value = self.value.value(at.x, at.y);
        if self.soft.is_empty() {
            return Jet1 { value, dx, dy };
        }
        let soft = self.soft.first(at);
        Jet1 { value: value + soft.value, dx: dx + soft.dx, dy: dy + soft.dy }
    }

    pub fn second(&self, at: Point) -> Jet2 {
        let [dx, dy] = [0, 1].map(|axis| self.first[axis].value(at.x, at.y));
        let [dxx, dxy, dyy] = [0, 1, 2].map(|place| self.second[place].value(at.x, at.y));
        let value = self.value.value(at.x, at.y);
        if self.soft.is_empty() {
            return Jet2 { value, dx, dy, dxx, dxy, dyy };
        }
        let soft = self.soft.second(at);
        Jet2 {
            value: value + soft.value,
            dx: dx + soft.dx,
            dy: dy + soft.dy,
            dxx: dxx + soft.dxx,
            dxy: dxy + soft.dxy,
            dyy: dyy + soft.dyy,
        }
    }

    /// The values on a grid, as [`Tape::fill_grid`] has them.
    pub fn fill_grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        self.value.fill_grid(xs, ys, out);
        if !self.soft.is_empty() {
            self.soft.add_to_grid(xs, ys, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::data::Sum;
    use crate::expr::Expression;
    use crate::objective::{Derivatives, Goal, Objective, Reduce, Rows};

    /// More terms than one product has factors, some of them beyond the range of an exponential.
    fn table(size: f64) -> Arc<Table> {
        let mut random = fastrand::Rng::with_seed(3);
        let u: Vec<f64> = (0..1_203).map(|_| size * (random.f64() - 0.5)).collect();
        let v: Vec<f64> = u.iter().map(|u| f64::from(u + 0.1 * size * random.f64() > 0.0)).collect();
        Arc::new(Table::new(["u", "v"].map(str::to_owned).to_vec(), vec![u, v]).unwrap())
    }

    const LOSSES: [&str; 7] = [
        "(x + y*u - v)^2/2",
        "(x*u + y*u^2 - v)^2 + x^3*y*v",
        "softplus(x*u + y) - v*(x*u + y)",
        "softplus(-(2*v - 1)*(x*u + y))",
        "-v*ln(sigmoid(x + y*u)) - (1 - v)*ln(1 - sigmoid(x + y*u))",
        "(0.5 + 2*v)*softplus(x*u + y)/3 - 0.7*u*y + x^2",
        "abs(u)*softplus(x + y) + softplus(x*u)",
    ];

    #[test]
    fn the_sum_over_all_rows_is_that_of_the_rows_one_by_one() {
        for (formula, size) in LOSSES.into_iter().flat_map(|loss| [(loss, 4.0), (loss, 3000.0)]) {
            let table = table(size);
            let loss =
                Expression::parse(formula).unwrap().compile_with(["x", "y"], &[], &["u", "v"]).unwrap();
            let whole = Whole::of(&loss, &table).unwrap();
            let mut evaluator = loss.evaluator();
            let (xs, ys) = ([-2.0, -0.3, 0.0, 0.7, 1.9], [-1.0, 0.0, 0.4]);
            let mut grid = [f64::NAN; 15];
            whole.fill_grid(&xs, &ys, &mut grid);
            let most = grid.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
            for (node, on_grid) in grid.into_iter().enumerate() {
                let at = Point::new(xs[node % 5], ys[node / 5]);
                let mut sums = [Sum::default(); 6];
                let mut sizes = [0.0; 6];
                for index in 0..table.rows() {
                    evaluator.bind(&[table.columns()[0][index], table.columns()[1][index]]);
                    let jet = evaluator.second(at.x, at.y);
                    for (part, number) in
                        [jet.value, jet.dx, jet.dy, jet.dxx, jet.dxy, jet.dyy].into_iter().enumerate()
                    {
                        sums[part].add(number);
                        sizes[part] += number.abs();
                    }
                }
                let jet = whole.second(at);
                let found = [jet.value, jet.dx, jet.dy, jet.dxx, jet.dxy, jet.dyy];
                for part in 0..6 {
                    let (found, wanted) = (found[part], sums[part].total());
                    let off = (found - wanted).abs();
                    assert!(off <= 1e-13 * sizes[part], "{formula} at {at}: {found}, not {wanted}");
                }
                assert_eq!([whole.gradient(at).x, whole.first(at).dy], [jet.dx, jet.dy]);
                assert_eq!(whole.value(at), jet.value);
                // A polynomial is as right on a grid as its largest value there, soft pluses are as right as their own.
                let size = if whole.value.is_zero() { sizes[0] } else { most };
                let off = (on_grid - jet.value).abs();
                assert!(off <= 1e-12 * size, "{formula} at {at}: {on_grid} on the grid, not {}", jet.value);
            }
        }
    }

    #[test]
    fn a_cost_with_many_rows_is_evaluated_as_a_whole_and_by_rows_where_that_leaves_the_range() {
        let table = table(4.0);
        let objective = |formula: &str| {
            let loss =
                Expression::parse(formula).unwrap().compile_with(["x", "y"], &[], &["u", "v"]).unwrap();
            let rows = Rows { table: Arc::clone(&table), reduce: Reduce::Mean, stand_for: table.rows() };
            Objective::over(rows, loss, Goal::Minimize, Derivatives::Exact)
        };
        let mut evaluator = objective(LOSSES[0]).evaluator();
        // The squares of these leave it in the terms of the polynomial alone: their sum is a loss that is 0.
        let far = Point::new(1e160, 0.0);
        assert_eq!(evaluator.value(far), f64::INFINITY);
        assert!(evaluator.gradient(far).x.is_finite());
        // What is no number is so however it is found.
        assert!(evaluator.value(Point::new(f64::NAN, 0.0)).is_nan());
        let steep = objective("exp(u)*1e200*(x - 1e150)^2");
        assert_eq!(steep.evaluator().value(Point::new(0.0, 0.0)), f64::INFINITY);
        assert_eq!(steep.evaluator().value(Point::new(1e150, 0.0)), 0.0);
    }
}
