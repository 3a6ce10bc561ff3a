//! The cost J of two variables: value, gradient and Hessian at a point, and the built-in costs.
//!
//! Everything here is J itself, whatever the goal: that a method which maximizes walks on -J is the business
//! of the optimizers.
//!
//! Derivatives are exact (second-order forward differentiation of the tape) or, as a teaching option, central
//! differences with one step h for both coordinates:
//!
//! ```text
//! ∂J/∂x   ≈ (J(x+h, y) − J(x−h, y)) / ((x+h) − (x−h))
//! ∂²J/∂x² ≈ (J(x+h, y) − 2 J(x, y) + J(x−h, y)) / h²
//! ∂²J/∂x∂y ≈ (J(x+h, y+h) − J(x+h, y−h) − J(x−h, y+h) + J(x−h, y−h)) / 4h²
//! ```
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, section 8.1 (the mixed derivative in its
//! symmetric form). The slope is divided by the distance of the two points that there are numbers for, which rounding
//! makes another than 2h where h is small beside x; where it makes one of them x itself, there is no slope. The same h serves gradient and Hessian: rounding adds about 1e-16 |J| / h to the first and
//! 1e-16 |J| / h² to the second, so a Hessian wants a larger h.
//!
//! | asked for | exact | central difference |
//! | --- | --- | --- |
//! | value | 1 value | 1 value |
//! | gradient | 1 gradient | 4 values, 1 gradient |
//! | Hessian | 1 Hessian | 9 values, 1 Hessian |
//! | value and gradient | 1 value, 1 gradient | 5 values, 1 gradient |
//! | value, gradient and Hessian | 1 of each | 9 values, 1 gradient, 1 Hessian |

mod constraint;
mod cost_evaluator;
mod curvature;
mod difference;
mod evaluator;
mod minimum;
mod model;
mod penalty;
mod problem;
mod rows;
mod soft_sum;
mod whole;

pub use constraint::{Constraint, MAX_CONSTRAINTS, Relation};
pub use curvature::{Curvature, Form};
pub use difference::{DifferenceError, LostStep};
pub use evaluator::{Evaluations, Evaluator, FirstOrder, SecondOrder};
pub use minimum::{Minimum, minimum_downhill};
pub use model::RowModel;
pub use penalty::{Penalty, sign, soft_threshold};
pub use problem::Problem;
pub use rows::{Reduce, Rows};

use std::fmt;
use std::sync::Arc;

use nalgebra::Vector2;

use self::rows::SummedRows;
use crate::expr::{PointsEvaluator, Tape};
use crate::spelling::Selectable;

/// A point of the plane, or a vector in it: an iterate, a gradient, a displacement.
pub type Point = Vector2<f64>;

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Goal {
    /// The smallest value of J.
    #[default]
    Minimize,
    /// The largest value of J; methods then run on -J.
    Maximize,
    /// A root of J, which then has one variable.
    Zero,
}

impl Selectable for Goal {
    const ALL: &'static [Self] = &[Self::Minimize, Self::Maximize, Self::Zero];

    fn id(self) -> &'static str {
        match self {
            Self::Minimize => "minimize",
            Self::Maximize => "maximize",
            Self::Zero => "zero",
        }
    }
}

impl Goal {
    /// What the values of J are multiplied by to be minimized.
    pub fn sign(self) -> f64 {
        if self == Self::Maximize { -1.0 } else { 1.0 }
    }

    /// What the function is called whose goal it is: f where a root is looked for, else J.
    pub fn letter(self) -> &'static str {
        if self == Self::Zero { "f" } else { "J" }
    }

    /// What is found where the goal is reached.
    pub fn optimum(self) -> &'static str {
        match self {
            Self::Minimize => "minimum",
            Self::Maximize => "maximum",
            Self::Zero => "root",
        }
    }
}

/// How derivatives are obtained.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Derivatives {
    /// Exact up to rounding, from the formula.
    #[default]
    Exact,
    /// Symmetric differences of values; see the module's head for the formulas and what they cost.
    CentralDifference {
        /// The distance h to each side, above 0, the same for both coordinates.
        step: f64,
    },
}

impl Derivatives {
    /// The ids that files know them by, that of exact ones first.
    pub const IDS: [&str; 2] = ["exact", "central-difference"];

    /// The id of this one.
    pub fn id(self) -> &'static str {
        let [exact, difference] = Self::IDS;
        if self == Self::Exact { exact } else { difference }
    }
}

/// A cost function J with a goal and a way to differentiate it. Immutable and cheap to clone.
#[derive(Clone)]
pub struct Objective {
    /// The cost; where there are rows, the loss of one of them, whose columns are its inputs.
    tape: Arc<Tape>,
    rows: Option<SummedRows>,
    penalty: Penalty,
    goal: Goal,
    derivatives: Derivatives,
    variables: usize,
}

impl fmt::Debug for Objective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objective")
            .field("goal", &self.goal)
            .field("derivatives", &self.derivatives)
            .finish_non_exhaustive()
    }
}

impl Objective {
    /// The cost that `tape` computes, to be brought to its `goal` with these `derivatives`.
    pub fn new(tape: Tape, goal: Goal, derivatives: Derivatives) -> Self {
        Self {
            tape: Arc::new(tape),
            rows: None,
            penalty: Penalty::default(),
            goal,
            derivatives,
            variables: 2,
        }
    }

    /// The cost that is made of these rows, `tape` being the loss of one, with the columns as its inputs.
    pub fn over(rows: Rows, tape: Tape, goal: Goal, derivatives: Derivatives) -> Self {
        Self { rows: Some(SummedRows::new(rows)), ..Self::new(tape, goal, derivatives) }
    }

    /// The same as a function of x alone, of which it is one.
    pub fn in_one_variable(self) -> Self {
        Self { variables: 1, ..self }
    }

    /// Whether y is no variable of it.
    pub fn is_of_one_variable(&self) -> bool {
        self.variables == 1
    }

    /// The same with this added to it.
    pub fn with_penalty(self, penalty: Penalty) -> Self {
        Self { penalty, ..self }
    }

    /// What is added to it.
    pub fn penalty(&self) -> Penalty {
        self.penalty
    }

    /// The rows that it is made of.
    pub fn rows(&self) -> Option<&Rows> {
        self.rows.as_ref().map(|summed| &summed.rows)
    }

    /// The cost by these of its rows alone, by their numbers from 0, whose mean stands for that of all; nothing where it has none
    /// of them.
    pub fn of_batch(&self, batch: &[u32]) -> Option<Self> {
        let Rows { table, reduce, stand_for } = self.rows()?;
        let table = Arc::new(table.only(batch)?);
        let rows = Rows { table, reduce: *reduce, stand_for: *stand_for };
        Some(Self { rows: Some(SummedRows::new(rows)), ..self.clone() })
    }

    /// Whether J is to be minimized or maximized.
    pub fn goal(&self) -> Goal {
        self.goal
    }

    /// How gradients and Hessians are obtained.
    pub fn derivatives(&self) -> Derivatives {
        self.derivatives
    }

    /// Something that evaluates J and counts what it did, from zero.
    pub fn evaluator(&self) -> Evaluator {
        Evaluator::new(&self.tape, self.rows.as_ref(), self.penalty, self.derivatives)
    }

    /// What evaluates J with its exact gradient at several points at a time; nothing where there are rows or a penalty, or
    /// derivatives are not exact.
    pub fn points_evaluator(&self) -> Option<PointsEvaluator> {
        let is_plain = self.rows.is_none()
            && self.penalty.is_nothing()
            && self.derivatives == Derivatives::Exact
            && !self.is_of_one_variable();
        is_plain.then(|| PointsEvaluator::new(&self.tape))
    }

    /// About how much work a value of J is: see [`Tape::work`].
    pub fn work(&self) -> u64 {
        self.rows.as_ref().map_or_else(|| self.tape.work(), |rows| rows.work(&self.tape))
    }

    /// About how much work a value is on a grid of so many nodes, which may be less than that of one alone.
    pub fn work_of_node(&self, nodes: u64) -> u64 {
        match &self.rows {
            None => self.tape.work(),
            Some(rows) => rows.work_of_node(&self.tape, nodes),
        }
    }

    /// Whether J is made of squares over rows, to be minimized: the mean or the sum of squares, whole or halved, without l1.
    pub fn is_of_squares(&self) -> bool {
        let has_corners = self.penalty.l1_of_each() != Point::zeros();
        self.goal == Goal::Minimize && self.rows.is_some() && !has_corners && self.tape.residual().is_some()
    }

    /// Whether J is bounded wherever its variables are: a polynomial, or with soft pluses of linear functions, over rows too.
    pub fn has_no_poles(&self) -> bool {
        self.tape.shape().is_some()
    }

    /// The values of J on a grid, row by row: `out[j * xs.len() + i]` is J(`xs[i]`, `ys[j]`).
    /// `out` holds `xs.len() * ys.len()` values. Not counted as evaluations.
    pub fn fill_grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        match &self.rows {
            None => self.tape.fill_grid(xs, ys, out),
            Some(rows) => rows.fill_grid(&self.tape, xs, ys, out),
        }
        if self.penalty.is_nothing() {
            return;
        }
        let across: Vec<f64> = xs.iter().map(|x| self.penalty.share(0, *x)).collect();
        for (line, y) in out.chunks_exact_mut(xs.len().max(1)).zip(ys) {
            let up = self.penalty.share(1, *y);
            line.iter_mut().zip(&across).for_each(|(value, share)| *value += share + up);
        }
    }
}

/// Whether both coordinates are finite.
pub fn is_finite(point: Point) -> bool {
    point.x.is_finite() && point.y.is_finite()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;

    #[test]
    fn the_grid_holds_j_itself_row_by_row() {
        let tape = Expression::parse("x + 10*y").unwrap().compile(["x", "y"], &[]).unwrap();
        let objective = Objective::new(tape, Goal::Maximize, Derivatives::Exact);
        let mut out = [0.0; 6];
        objective.fill_grid(&[1.0, 2.0, 3.0], &[0.0, 1.0], &mut out);
        assert_eq!(out, [1.0, 2.0, 3.0, 11.0, 12.0, 13.0]);
        assert_eq!(objective.evaluator().value(Point::new(1.0, 1.0)), 11.0);
    }
}
