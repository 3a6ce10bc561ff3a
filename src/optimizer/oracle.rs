//! The oracle that a method asks: the function that is minimized, J itself, or -J when the goal is to maximize, as its treatment
//! has it, along the coordinates that move.
//!
//! Convention: one sign, +1 or -1, multiplies value, gradient and Hessian. Multiplication by ±1 is exact, so
//! maximizing J takes bit for bit the steps of minimizing -J.

use nalgebra::Matrix2;

use super::treatment::Constrained;
use super::{Needs, NoStep, Treatment};
use crate::objective::{
    Evaluations, Evaluator, FirstOrder, Goal, LostStep, MAX_CONSTRAINTS, Point, Problem, SecondOrder,
};

/// Evaluates the minimized function; what a [`super::Stepper`] asks for more than the gradient at its iterate.
#[derive(Debug)]
pub struct Oracle {
    evaluator: Evaluator,
    needs: Needs,
    /// Only where there are constraints.
    constrained: Option<Box<Constrained>>,
    sign: f64,
    free: [bool; 2],
}

impl Oracle {
    /// The function that brings the cost of `problem` to its goal when minimized, for a method that needs these derivatives.
    pub fn new(problem: &Problem, needs: Needs, treatment: Treatment) -> Self {
        let sign = match problem.cost.goal() {
            Goal::Minimize => 1.0,
            Goal::Maximize => -1.0,
        };
        let constrained = match treatment {
            Treatment::Constrained(settings) if !problem.constraints.is_empty() => {
                Some(Box::new(Constrained::new(&problem.constraints, settings)))
            }
            Treatment::Constrained(_) | Treatment::Plain => None,
        };
        Self { evaluator: problem.cost.evaluator(), needs, constrained, sign, free: problem.free }
    }

    /// +1 where J is minimized, -1 where -J is.
    pub fn sign(&self) -> f64 {
        self.sign
    }

    /// What is looked for.
    pub fn goal(&self) -> Goal {
        if self.sign < 0.0 { Goal::Maximize } else { Goal::Minimize }
    }

    /// Whether derivatives are exact: no step of central differences can be lost.
    pub fn is_exact(&self) -> bool {
        self.evaluator.is_exact()
    }

    /// The gradient at a point.
    pub fn gradient(&mut self, at: Point) -> Point {
        let mut gradient = self.sign * self.evaluator.gradient(at);
        if let Some(constrained) = &mut self.constrained {
            gradient = constrained.merit_gradient(at, gradient);
        }
        self.along_free(gradient)
    }

    /// The Hessian at a point.
    pub fn hessian(&mut self, at: Point) -> Matrix2<f64> {
        let mut hessian = self.sign * self.evaluator.hessian(at);
        if let Some(constrained) = &mut self.constrained {
            hessian = constrained.merit_hessian(at, hessian);
        }
        self.hessian_along_free(hessian, |_| 1.0)
    }

    /// Exact value, gradient and Hessian at a point, to describe the point and not to step from it: not counted. Along a
    /// coordinate that does not move the curvature is that of the other one, so that the point is called what it is on the line.
    pub fn exact_uncounted(&mut self, at: Point) -> SecondOrder {
        let SecondOrder { value, gradient, hessian } = self.evaluator.exact_uncounted(at);
        let sign = self.sign;
        let mut merit =
            SecondOrder { value: sign * value, gradient: sign * gradient, hessian: sign * hessian };
        if let Some(constrained) = &mut self.constrained {
            merit = constrained.merit_second_order(at, merit);
        }
        let SecondOrder { value, gradient, hessian } = merit;
        let hessian = self.hessian_along_free(hessian, |moving| moving);
        SecondOrder { value, gradient: self.along_free(gradient), hessian }
    }

    /// As [`Evaluator::lost_step`], of the coordinates that move.
    pub fn lost_step(&self, at: Point) -> Option<LostStep> {
        self.evaluator.lost_step(at, self.free)
    }

    /// As [`Evaluator::lost_rise`].
    pub fn lost_rise(&self, here: &FirstOrder, exact: &SecondOrder) -> Option<LostStep> {
        self.evaluator.lost_rise(here, exact)
    }

    /// The Hessian of the Lagrangian F − Σ Λ g at the iterate.
    pub(super) fn lagrangian_hessian(&mut self, at: Point) -> Matrix2<f64> {
        let hessian = self.sign * self.evaluator.hessian(at);
        match &mut self.constrained {
            Some(constrained) => constrained.lagrangian_hessian(at, hessian),
            None => hessian,
        }
    }

    /// The same, exact and not counted, to describe the point.
    pub(super) fn lagrangian_hessian_uncounted(&mut self, at: Point) -> Matrix2<f64> {
        let hessian = self.sign * self.evaluator.exact_uncounted(at).hessian;
        match &mut self.constrained {
            Some(constrained) => constrained.lagrangian_hessian(at, hessian),
            None => hessian,
        }
    }

    /// h of each constraint at another point than where the run stands.
    pub(super) fn h_at(&mut self, at: Point) -> [f64; MAX_CONSTRAINTS] {
        self.constrained.as_mut().map_or([0.0; MAX_CONSTRAINTS], |constrained| constrained.h_at(at))
    }

    /// The constraints where the run stands; nothing where there are none.
    pub(super) fn constrained(&self) -> Option<&Constrained> {
        self.constrained.as_deref()
    }

    /// Begins at a point: with multipliers that a run goes on with, or the first ones.
    pub(super) fn begin(&mut self, at: Point, multipliers: Option<[f64; 2]>) -> FirstOrder {
        if let Some((constrained, multipliers)) = self.constrained.as_mut().zip(multipliers) {
            constrained.carry(multipliers);
        }
        let here = self.first_order(at);
        match &mut self.constrained {
            Some(constrained) if multipliers.is_none() => {
                constrained.begin();
                constrained.merit()
            }
            _ => here,
        }
    }

    /// Goes on with the multipliers that a step has found.
    pub(super) fn carry(&mut self, multipliers: [f64; 2]) {
        if let Some(constrained) = &mut self.constrained {
            constrained.carry(multipliers);
        }
    }

    /// Value and gradient of what the next step walks on, where step `step` has led.
    #[inline(always)]
    pub(super) fn arrive(&mut self, at: Point, step: u32) -> FirstOrder {
        let there = self.first_order(at);
        match &mut self.constrained {
            None => there,
            Some(constrained) => {
                constrained.update(step);
                constrained.merit()
            }
        }
    }

    /// Value and gradient at a point.
    #[inline(always)]
    pub fn first_order(&mut self, at: Point) -> FirstOrder {
        let j = match self.needs {
            Needs::Gradient => self.evaluator.first_order(at),
            // The step from here will ask for the Hessian, which one pass gives with the rest.
            Needs::Hessian => self.evaluator.first_order_keeping_hessian(at),
        };
        let cost = FirstOrder { value: self.sign * j.value, gradient: self.sign * j.gradient };
        let FirstOrder { value, gradient } = match &mut self.constrained {
            None => cost,
            Some(constrained) => {
                constrained.stand(at, cost);
                constrained.merit()
            }
        };
        FirstOrder { value, gradient: self.along_free(gradient) }
    }

    /// Where a step ends that the method takes from `from` to `to`. A coordinate that does not move stays, also where the
    /// method moves it without a gradient, as weight decay does.
    ///
    /// # Errors
    /// Where no feasible point is found near.
    #[inline]
    pub(super) fn after_step(&mut self, from: Point, mut to: Point) -> Result<Point, NoStep> {
        if let Some(constrained) = &mut self.constrained {
            to = constrained.after_step(to)?;
        }
        Ok(match self.free {
            [true, true] => to,
            [x, y] => Point::new(if x { to.x } else { from.x }, if y { to.y } else { from.y }),
        })
    }

    #[inline]
    fn along_free(&self, gradient: Point) -> Point {
        match self.free {
            [true, true] => gradient,
            [x, y] => Point::new(if x { gradient.x } else { 0.0 }, if y { gradient.y } else { 0.0 }),
        }
    }

    /// A Hessian with what `still` makes of the moving coordinate's curvature along the other one.
    #[inline]
    fn hessian_along_free(&self, hessian: Matrix2<f64>, still: impl Fn(f64) -> f64) -> Matrix2<f64> {
        match self.free {
            [true, true] => hessian,
            [true, false] => Matrix2::new(hessian.m11, 0.0, 0.0, still(hessian.m11)),
            [false, true] => Matrix2::new(still(hessian.m22), 0.0, 0.0, hessian.m22),
            [false, false] => Matrix2::identity(),
        }
    }

    /// What has been evaluated so far.
    pub fn evaluations(&self) -> Evaluations {
        self.evaluator.evaluations()
    }
}
