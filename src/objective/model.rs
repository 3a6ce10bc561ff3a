//! What a loss says of rows: the model that it has of them, and how well each fits.
//!
//! A loss is a formula, which names no model; it has one all the same. The target that it expects of features is where its
//! derivative by θ vanishes, so that a row with that target asks for no change: for squares, absolute values and Huber's loss
//! that is the line itself, for cross-entropy the probability, for Poisson's the mean. Between two classes it decides by which
//! label costs less.

use crate::data::{Roles, Scale};
use crate::elementary;
use crate::expr::TapeEvaluator;

use super::{FirstOrder, Objective, Point, is_finite};

/// The loss of one row, in the units that the rows were given in.
#[derive(Debug)]
pub struct RowModel {
    loss: TapeEvaluator,
    roles: Roles,
    /// The scale of each column.
    scales: Vec<Option<Scale>>,
    /// The least and the greatest target.
    targets: [f64; 2],
    /// A row, on the scales.
    row: Vec<f64>,
}

/// How far beyond the targets of the rows a target is looked for, in lengths of their range, doubled so often at the most.
const DOUBLINGS: usize = 40;
const TRIES: usize = 80;

impl RowModel {
    /// The loss of a row of an objective whose columns play these parts and are on these scales. Nothing where it is made of no
    /// rows.
    pub fn new(objective: &Objective, roles: Roles, scales: Vec<Option<Scale>>) -> Option<Self> {
        let table = &objective.rows()?.table;
        let column = table.columns().get(roles.target)?;
        let targets = [
            column.iter().copied().fold(f64::INFINITY, f64::min),
            column.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        ];
        let row = table.columns().iter().map(|column| column[0]).collect();
        Some(Self { loss: objective.tape.evaluator(), roles, scales, targets, row })
    }

    /// What the columns are.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// The loss of a row of the table, given as it stands there, with its gradient.
    pub fn of_row(&mut self, theta: Point, row: &[f64]) -> FirstOrder {
        for (place, number) in row.iter().enumerate().take(self.row.len()) {
            self.row[place] = self.scaled(place, *number);
        }
        self.here(theta)
    }

    /// The target that the loss expects of features, in the order of [`Roles::features`]; nothing where it expects none.
    pub fn predict(&mut self, theta: Point, features: &[f64]) -> Option<f64> {
        self.take(features);
        let [low, high] = self.targets;
        let width = (high - low).max(1.0);
        for doubling in 0..DOUBLINGS {
            let far = width * (elementary::powi(2.0, doubling as i32) - 1.0);
            let ends = [low - far, low + width + far];
            let slopes = ends.map(|target| self.slope(theta, target));
            // Along what changes with the target.
            let along = slopes[1] - slopes[0];
            if !is_finite(along) {
                return None;
            }
            let [before, beyond] = slopes.map(|slope| slope.dot(&along));
            if along != Point::zeros() && before <= 0.0 && beyond >= 0.0 {
                return Some(self.root(theta, ends, [before, beyond], along));
            }
        }
        None
    }

    /// Where the slope along a direction goes through 0 between two targets: by the secant, kept between them (Dowell & Jarratt,
    /// *A modified regula falsi method for computing the root of an equation*, BIT 11, 1971, the Illinois variant).
    fn root(
        &mut self,
        theta: Point,
        [mut a, mut b]: [f64; 2],
        [mut fa, mut fb]: [f64; 2],
        along: Point,
    ) -> f64 {
        let mut kept = 0;
        for _ in 0..TRIES {
            if fa == 0.0 || a == b {
                return self.given(a);
            }
            if fb == 0.0 {
                return self.given(b);
            }
            let secant = (a * fb - b * fa) / (fb - fa);
            let middle = if secant > a && secant < b { secant } else { 0.5 * a + 0.5 * b };
            if middle <= a || middle >= b || b - a <= 1e-14 * (a.abs() + b.abs()) {
                return self.given(middle);
            }
            let f = self.slope(theta, middle).dot(&along);
            if f == 0.0 {
                return self.given(middle);
            }
            if f < 0.0 {
                (a, fa) = (middle, f);
                if kept == -1 {
                    fb *= 0.5;
                }
                kept = -1;
            } else {
                (b, fb) = (middle, f);
                if kept == 1 {
                    fa *= 0.5;
                }
                kept = 1;
            }
        }
        self.given(0.5 * a + 0.5 * b)
    }

    /// How much more the lower label costs than the higher one, for features: above 0 on the side of the higher. Nothing where
    /// there are no labels.
    pub fn score(&mut self, theta: Point, features: &[f64]) -> Option<f64> {
        let [low, high] = self.roles.labels?;
        self.take(features);
        let mut cost = |label: f64| {
            self.row[self.roles.target] = self.scaled(self.roles.target, label);
            self.loss.bind(&self.row);
            self.loss.value(theta.x, theta.y)
        };
        Some(cost(low) - cost(high))
    }

    /// Takes features into the row.
    fn take(&mut self, features: &[f64]) {
        for (feature, number) in features.iter().enumerate().take(self.roles.features.len()) {
            let place = self.roles.features[feature];
            self.row[place] = self.scaled(place, *number);
        }
    }

    /// The gradient with a target on its scale.
    fn slope(&mut self, theta: Point, target: f64) -> Point {
        self.row[self.roles.target] = target;
        self.here(theta).gradient
    }

    fn here(&mut self, theta: Point) -> FirstOrder {
        self.loss.bind(&self.row);
        let jet = self.loss.first(theta.x, theta.y);
        FirstOrder { value: jet.value, gradient: Point::new(jet.dx, jet.dy) }
    }

    fn scaled(&self, place: usize, number: f64) -> f64 {
        self.scales.get(place).copied().flatten().map_or(number, |scale| scale.apply(number))
    }

    /// A target in the units that it was given in.
    fn given(&self, target: f64) -> f64 {
        let scale = self.scales.get(self.roles.target).copied().flatten();
        scale.map_or(target, |scale| scale.center + scale.spread * target)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::data::{Scaling, Table};
    use crate::expr::Expression;
    use crate::objective::{Derivatives, Goal, Reduce, Rows};
    use crate::spelling::Selectable as _;

    fn model(formula: &str, columns: &[(&str, &[f64])], scale: Option<Scaling>) -> RowModel {
        let names: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let given: Vec<Vec<f64>> = columns.iter().map(|(_, column)| column.to_vec()).collect();
        let scales: Vec<Option<Scale>> = given.iter().map(|column| scale?.scale(column)).collect();
        let on_scale = |(column, scale): (&Vec<f64>, &Option<Scale>)| {
            column.iter().map(|v| scale.map_or(*v, |scale| scale.apply(*v))).collect()
        };
        let scaled: Vec<Vec<f64>> = given.iter().zip(&scales).map(on_scale).collect();
        let inputs: Vec<&str> = names.iter().map(String::as_str).collect();
        let tape = Expression::parse(formula).unwrap().compile_with(["w", "b"], &[], &inputs).unwrap();
        let used: Vec<usize> = (0..names.len()).collect();
        let roles = Roles::of(&Table::new(names.clone(), given).unwrap(), &used).unwrap();
        let table = Arc::new(Table::new(names, scaled).unwrap());
        let stand_for = table.rows();
        let rows = Rows { table, reduce: Reduce::Mean, stand_for };
        let objective = Objective::over(rows, tape, Goal::Minimize, Derivatives::Exact);
        RowModel::new(&objective, roles, scales).unwrap()
    }

    #[test]
    fn what_a_loss_expects_is_the_line_the_probability_and_the_mean() {
        let x: &[f64] = &[1.0, 2.0, 4.0, 5.0];
        let (line, labels): (&[f64], &[f64]) = (&[2.0, 3.0, 4.0, 5.0], &[0.0, 1.0, 0.0, 1.0]);
        fn sigma(s: f64) -> f64 {
            1.0 / (1.0 + elementary::exp(-s))
        }
        type Case<'a> = (&'a str, &'a [f64], fn(f64) -> f64);
        let cases: [Case<'_>; 5] = [
            ("(w*x + b - y)^2/2", line, |s| s),
            ("abs(w*x + b - y)", line, |s| s),
            ("if(abs(w*x+b-y) <= 1, (w*x+b-y)^2/2, abs(w*x+b-y) - 1/2)", line, |s| s),
            ("softplus(w*x + b) - y*(w*x + b)", labels, sigma),
            ("exp(w*x + b) - y*(w*x + b)", line, elementary::exp),
        ];
        for (formula, y, expected) in cases {
            let mut model = model(formula, &[("x", x), ("y", y)], None);
            for (w, b) in [(0.7, 1.4), (-0.3, 0.2), (2.0, -5.0), (0.0, 0.25)] {
                for x in [-1.0, 0.5, 3.0, 10.0] {
                    let wanted = expected(w * x + b);
                    let found = model.predict(Point::new(w, b), &[x]).unwrap();
                    assert!(
                        (found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0),
                        "{formula} at {x}: {found}, not {wanted}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_prediction_is_in_the_units_of_the_rows_whatever_their_scales() {
        let columns: [(&str, &[f64]); 2] =
            [("x", &[100.0, 200.0, 400.0, 500.0]), ("y", &[2.0, 3.0, 4.0, 5.0])];
        for scaling in Scaling::ALL {
            let mut model = model("(w*x + b - y)^2/2", &columns, Some(*scaling));
            let scale = scaling.scale(columns[0].1).unwrap();
            let of_target = scaling.scale(columns[1].1).unwrap();
            let found = model.predict(Point::new(0.5, 0.25), &[300.0]).unwrap();
            let wanted = of_target.center + of_target.spread * (0.5 * scale.apply(300.0) + 0.25);
            assert!((found - wanted).abs() < 1e-12, "{scaling:?}: {found} {wanted}");
            let loss = model.of_row(Point::new(0.5, 0.25), &[100.0, 2.0]).value;
            let residual = 0.5 * scale.apply(100.0) + 0.25 - of_target.apply(2.0);
            assert!((loss - residual * residual / 2.0).abs() < 1e-12);
        }
    }

    #[test]
    fn between_two_labels_the_cheaper_one_is_chosen() {
        let x: &[f64] = &[-1.0, 1.0, 2.0];
        for (formula, labels) in [
            ("softplus(w*x + b) - y*(w*x + b)", [0.0, 1.0, 1.0]),
            ("softplus(-y*(w*x + b))", [-1.0, 1.0, 1.0]),
            ("max(0, 1 - y*(w*x + b))", [-1.0, 1.0, 1.0]),
            ("(1/(1 + exp(-(w*x + b))) - y)^2", [0.0, 1.0, 1.0]),
        ] {
            let mut model = model(formula, &[("x", x), ("y", &labels)], None);
            for x in [-3.0, 0.4, 0.6, 4.0] {
                let score = model.score(Point::new(2.0, -1.0), &[x]).unwrap();
                assert_eq!(score > 0.0, x > 0.5, "{formula} at {x}: {score}");
            }
        }
        let mut model = model("(w*x + b - y)^2", &[("x", x), ("y", &[0.5, 1.0, 2.0])], None);
        assert_eq!(model.score(Point::new(1.0, 1.0), &[1.0]), None);
    }
}
