//! Values, gradients and Hessians at points, exact or by differences, counted.

use std::fmt;
use std::ops::{AddAssign, Sub};
use std::sync::Arc;

use nalgebra::Matrix2;

use super::cost_evaluator::CostEvaluator;
use super::difference::{self, LostStep};
use super::rows::SummedRows;
use super::{Derivatives, Penalty, Point, is_finite};
use crate::expr::{Jet2, Tape};

/// Value and gradient at a point.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct FirstOrder {
    /// The value.
    pub value: f64,
    /// The gradient (∂/∂x, ∂/∂y).
    pub gradient: Point,
}

impl FirstOrder {
    /// Whether the value and both entries of the gradient are finite.
    pub fn is_finite(&self) -> bool {
        self.value.is_finite() && is_finite(self.gradient)
    }
}

/// Value, gradient and Hessian at a point.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SecondOrder {
    /// The value.
    pub value: f64,
    /// The gradient (∂/∂x, ∂/∂y).
    pub gradient: Point,
    /// The symmetric matrix of second derivatives.
    pub hessian: Matrix2<f64>,
}

/// How often what was evaluated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Evaluations {
    /// Values, those that a difference quotient needs included.
    pub value: u64,
    /// Gradients.
    pub gradient: u64,
    /// Hessians.
    pub hessian: u64,
    /// Rows of data that the gradients, Hessians and further values of steps were taken over; 0 where there are none.
    pub rows: u64,
}

impl AddAssign for Evaluations {
    fn add_assign(&mut self, other: Self) {
        self.value += other.value;
        self.gradient += other.gradient;
        self.hessian += other.hessian;
        self.rows += other.rows;
    }
}

impl Sub for Evaluations {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            value: self.value - other.value,
            gradient: self.gradient - other.gradient,
            hessian: self.hessian - other.hessian,
            rows: self.rows - other.rows,
        }
    }
}

/// Evaluates J at points and counts. A value or derivative that does not exist comes out as not a number.
pub struct Evaluator {
    tape: CostEvaluator,
    /// Which of x and y the value depends on.
    depends: [bool; 2],
    derivatives: Derivatives,
    evaluations: Evaluations,
    /// A Hessian that was computed on the way and not asked for yet, and where.
    kept_hessian: Option<(Point, Matrix2<f64>)>,
}

impl fmt::Debug for Evaluator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evaluator")
            .field("derivatives", &self.derivatives)
            .field("evaluations", &self.evaluations)
            .finish_non_exhaustive()
    }
}

impl Evaluator {
    /// Evaluates what `tape` computes, over these rows if there are any, with this added, and has counted nothing yet.
    pub(super) fn new(
        tape: &Tape,
        rows: Option<&SummedRows>,
        penalty: Penalty,
        derivatives: Derivatives,
    ) -> Self {
        let (of_tape, is_penalized) = (tape.depends_on(), !penalty.is_nothing());
        Self {
            tape: CostEvaluator::new(tape, rows, penalty),
            depends: [0, 1].map(|axis| of_tape[axis] || (is_penalized && penalty.counts[axis])),
            derivatives,
            evaluations: Evaluations::default(),
            kept_hessian: None,
        }
    }

    /// Looks at these of its rows alone, by their numbers from 0, whose mean stands for that of all; or at all of them again.
    pub fn look_at(&mut self, batch: Option<Arc<[u32]>>) {
        self.kept_hessian = None;
        self.tape.look_at(batch);
    }

    /// Whether derivatives are exact.
    pub fn is_exact(&self) -> bool {
        self.derivatives == Derivatives::Exact
    }

    /// J at a point.
    pub fn value(&mut self, at: Point) -> f64 {
        self.evaluations.value += 1;
        self.tape.value(at)
    }

    /// The gradient of J at a point.
    pub fn gradient(&mut self, at: Point) -> Point {
        self.evaluations.gradient += 1;
        match self.derivatives {
            Derivatives::Exact => self.tape.gradient(at),
            Derivatives::CentralDifference { step } => {
                let neighbors = self.neighbors(at, step);
                self.difference_gradient(at, step, &neighbors)
            }
        }
    }

    /// The Hessian of J at a point.
    pub fn hessian(&mut self, at: Point) -> Matrix2<f64> {
        self.evaluations.hessian += 1;
        match self.derivatives {
            Derivatives::Exact => match self.kept_hessian {
                Some((kept_at, hessian)) if kept_at == at => hessian,
                _ => hessian_of(&self.tape.second(at)),
            },
            Derivatives::CentralDifference { step } => {
                let value = self.value(at);
                let neighbors = self.neighbors(at, step);
                self.difference_hessian(at, step, value, &neighbors)
            }
        }
    }

    /// Σ ∇r ∇rᵀ over the rows at a point, where J is half the sum of the squares r² or their mean, with what l2 adds; and what ∇J is
    /// multiplied by to be that of the sum. It is exact, and counts as a gradient. Nothing where J is not made so.
    pub fn squares(&mut self, at: Point) -> Option<(Matrix2<f64>, f64)> {
        let found = self.tape.squares(at)?;
        self.evaluations.gradient += 1;
        Some(found)
    }

    /// Exact value, gradient and Hessian at a point, however derivatives are obtained: to describe the point and not to
    /// step from it, so nothing is counted.
    pub fn exact_uncounted(&mut self, at: Point) -> SecondOrder {
        second_order_of(&self.tape.second(at))
    }

    /// Exact value and gradient at a point, as [`Evaluator::exact_uncounted`].
    pub fn exact_first_order(&mut self, at: Point) -> FirstOrder {
        let jet = self.tape.first(at);
        FirstOrder { value: jet.value, gradient: Point::new(jet.dx, jet.dy) }
    }

    /// The coordinate of a point, among those that `matter`, beside which the step of central differences is lost, if there
    /// is one. The gradient there is not a number. Always nothing where derivatives are exact.
    pub fn lost_step(&self, at: Point, matter: [bool; 2]) -> Option<LostStep> {
        match self.derivatives {
            Derivatives::Exact => None,
            Derivatives::CentralDifference { step } => {
                let involved = (0..2).filter(|axis| self.depends[*axis] && matter[*axis]);
                involved.map(|axis| at[axis]).find_map(|coordinate| LostStep::beside(coordinate, step))
            }
        }
    }

    /// The cost beside which the step of central differences is lost, where they are off by what rounds J: `here` is by
    /// differences, `exact` is not. Always nothing where derivatives are exact.
    pub fn lost_rise(&self, here: &FirstOrder, exact: &SecondOrder) -> Option<LostStep> {
        match self.derivatives {
            Derivatives::Exact => None,
            Derivatives::CentralDifference { step } => {
                LostStep::of_rise(here.value, step, here.gradient - exact.gradient)
            }
        }
    }

    /// Value and gradient of J at a point, where the Hessian at the same point will probably be asked for next:
    /// with exact derivatives one pass then serves both. A Hessian is counted when it is asked for.
    pub fn first_order_keeping_hessian(&mut self, at: Point) -> FirstOrder {
        match self.derivatives {
            Derivatives::Exact => {
                self.evaluations.value += 1;
                self.evaluations.gradient += 1;
                let jet = self.tape.second(at);
                self.kept_hessian = Some((at, hessian_of(&jet)));
                FirstOrder { value: jet.value, gradient: Point::new(jet.dx, jet.dy) }
            }
            Derivatives::CentralDifference { .. } => self.first_order(at),
        }
    }

    /// Value and gradient of J at a point.
    #[inline]
    pub fn first_order(&mut self, at: Point) -> FirstOrder {
        match self.derivatives {
            Derivatives::Exact => {
                self.evaluations.value += 1;
                self.evaluations.gradient += 1;
                let jet = self.tape.first(at);
                FirstOrder { value: jet.value, gradient: Point::new(jet.dx, jet.dy) }
            }
            Derivatives::CentralDifference { .. } => {
                FirstOrder { value: self.value(at), gradient: self.gradient(at) }
            }
        }
    }

    /// Value, gradient and Hessian of J at a point.
    pub fn second_order(&mut self, at: Point) -> SecondOrder {
        self.evaluations.gradient += 1;
        self.evaluations.hessian += 1;
        match self.derivatives {
            Derivatives::Exact => {
                self.evaluations.value += 1;
                second_order_of(&self.tape.second(at))
            }
            Derivatives::CentralDifference { step } => {
                let value = self.value(at);
                let neighbors = self.neighbors(at, step);
                let hessian = self.difference_hessian(at, step, value, &neighbors);
                SecondOrder { value, gradient: self.difference_gradient(at, step, &neighbors), hessian }
            }
        }
    }

    /// What has been evaluated so far.
    pub fn evaluations(&self) -> Evaluations {
        self.evaluations
    }

    fn neighbors(&mut self, at: Point, step: f64) -> Neighbors {
        Neighbors {
            right: self.value(Point::new(at.x + step, at.y)),
            left: self.value(Point::new(at.x - step, at.y)),
            above: self.value(Point::new(at.x, at.y + step)),
            below: self.value(Point::new(at.x, at.y - step)),
        }
    }

    fn difference_gradient(&self, at: Point, step: f64, beside: &Neighbors) -> Point {
        let slope = |depends: bool, rise: f64, coordinate: f64| {
            if depends { rise / difference::width(coordinate, step) } else { 0.0 }
        };
        let [x, y] = self.depends;
        Point::new(slope(x, beside.right - beside.left, at.x), slope(y, beside.above - beside.below, at.y))
    }

    fn difference_hessian(&mut self, at: Point, step: f64, value: f64, beside: &Neighbors) -> Matrix2<f64> {
        let mut corner = |dx: f64, dy: f64| self.value(Point::new(at.x + dx, at.y + dy));
        let mixed = corner(step, step) - corner(step, -step) - corner(-step, step) + corner(-step, -step);
        let square = step * step;
        let dxx = (beside.right - 2.0 * value + beside.left) / square;
        let dyy = (beside.above - 2.0 * value + beside.below) / square;
        let dxy = mixed / (4.0 * square);
        Matrix2::new(dxx, dxy, dxy, dyy)
    }
}

fn hessian_of(jet: &Jet2) -> Matrix2<f64> {
    Matrix2::new(jet.dxx, jet.dxy, jet.dxy, jet.dyy)
}

fn second_order_of(jet: &Jet2) -> SecondOrder {
    SecondOrder { value: jet.value, gradient: Point::new(jet.dx, jet.dy), hessian: hessian_of(jet) }
}

/// The values of J one difference step to each side of a point.
struct Neighbors {
    right: f64,
    left: f64,
    above: f64,
    below: f64,
}

#[cfg(test)]
mod tests;
