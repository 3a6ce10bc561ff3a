//! The oracle that a method asks: the function that is minimized, J itself, or -J when the goal is to maximize.
//!
//! Convention: one sign, +1 or -1, multiplies value, gradient and Hessian. Multiplication by ±1 is exact, so
//! maximizing J takes bit for bit the steps of minimizing -J.

use nalgebra::Matrix2;

use super::Needs;
use crate::objective::{Evaluations, Evaluator, FirstOrder, Goal, LostStep, Objective, Point, SecondOrder};

/// Evaluates the minimized function; what a [`super::Stepper`] asks for more than the gradient at its iterate.
#[derive(Debug)]
pub struct Oracle {
    evaluator: Evaluator,
    needs: Needs,
    sign: f64,
}

impl Oracle {
    /// The function that brings `objective` to its goal when minimized, for a method that needs these derivatives.
    pub fn new(objective: &Objective, needs: Needs) -> Self {
        let sign = match objective.goal() {
            Goal::Minimize => 1.0,
            Goal::Maximize => -1.0,
        };
        Self { evaluator: objective.evaluator(), needs, sign }
    }

    /// +1 where J is minimized, -1 where -J is.
    pub fn sign(&self) -> f64 {
        self.sign
    }

    /// The gradient at a point.
    pub fn gradient(&mut self, at: Point) -> Point {
        self.sign * self.evaluator.gradient(at)
    }

    /// The Hessian at a point.
    pub fn hessian(&mut self, at: Point) -> Matrix2<f64> {
        self.sign * self.evaluator.hessian(at)
    }

    /// Exact value, gradient and Hessian at a point, to describe the point and not to step from it: not counted.
    pub fn exact_uncounted(&mut self, at: Point) -> SecondOrder {
        let SecondOrder { value, gradient, hessian } = self.evaluator.exact_uncounted(at);
        let sign = self.sign;
        SecondOrder { value: sign * value, gradient: sign * gradient, hessian: sign * hessian }
    }

    /// As [`Evaluator::lost_step`].
    pub fn lost_step(&self, at: Point) -> Option<LostStep> {
        self.evaluator.lost_step(at)
    }

    /// As [`Evaluator::lost_rise`].
    pub fn lost_rise(&self, here: &FirstOrder, exact: &SecondOrder) -> Option<LostStep> {
        self.evaluator.lost_rise(here, exact)
    }

    /// Value and gradient at a point.
    #[inline]
    pub fn first_order(&mut self, at: Point) -> FirstOrder {
        let j = match self.needs {
            Needs::Gradient => self.evaluator.first_order(at),
            // The step from here will ask for the Hessian, which one pass gives with the rest.
            Needs::Hessian => self.evaluator.first_order_keeping_hessian(at),
        };
        FirstOrder { value: self.sign * j.value, gradient: self.sign * j.gradient }
    }

    /// What has been evaluated so far.
    pub fn evaluations(&self) -> Evaluations {
        self.evaluator.evaluations()
    }
}
