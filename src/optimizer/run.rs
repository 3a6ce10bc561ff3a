//! A run: one method from one start, recorded step by step.
//!
//! At every iterate, the start included, these are looked at in this order:
//!
//! 1. A coordinate, the value or the gradient is not finite: `not_finite`. The point is not recorded, unless it is
//!    the start.
//! 2. |x| or |y| is above 10⁹ max(1, |x₀|, |y₀|): `diverged`. The point is recorded as the last one.
//! 3. The step of central differences is lost beside a coordinate: `stalled`. The point is recorded with a gradient that
//!    is not a number.
//! 4. With constraints: ∇F − Σ Λ ∇g, every violation and every Λh of an inequality are below the tolerance: `converged`,
//!    `saddle` or `maximum`; or what is walked on is flat though they do not hold: `penalized` or `infeasible`. Without:
//!    the Euclidean norm of the gradient is below the tolerance: `converged`, `saddle` or `maximum`; `no_minimum` where the
//!    cost falls for ever from there; `stalled` where central differences lost the slope in the rounding of the cost.
//! 5. All steps have been taken: `steps`.
//!
//! Where the goal is a root, |f| below the tolerance takes the place of 4, and then it is asked whether the iterates repeat: `cycle`.
//!
//! Of a method without derivatives the gradient is told and nothing else: 3 does not hold, and in the place of 4 it is `converged`
//! where it says so itself.
//!
//! Evaluations: one value and one gradient at each point looked at, and what the method asks for besides (Nesterov
//! one more gradient a step, Newton one Hessian a step). What only names a stationary end point belongs to no step: it is
//! exact, however derivatives are obtained, and not counted.
//!
//! Nothing depends on how a run is cut into calls of [`Run::advance`], so any cut gives the same bits.

use super::outcome::Outcome;
use super::stand::Next;
use super::stepper::NoStep;
use super::walk::Walk;
use super::{Settings, Trajectory, Treatment};
use crate::data::Batches;
use crate::objective::{Point, Problem};

/// All that the path of a run depends on beside the cost.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// The method with its parameters.
    pub settings: Settings,
    /// What is minimized in the place of the cost, and what follows each step.
    pub treatment: Treatment,
    /// The rows that its steps look at, where they are not all, or there are none.
    pub batches: Option<Batches>,
    /// Where it begins.
    pub start: Point,
    /// When it ends at the latest.
    pub limits: Limits,
}

impl Plan {
    /// A run with nothing beside its cost.
    pub fn new(settings: Settings, start: Point, limits: Limits) -> Self {
        Self { settings, treatment: Treatment::Plain, batches: None, start, limits }
    }
}

/// When a run ends at the latest.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Limits {
    /// The most steps that are taken.
    pub steps: u32,
    /// The run ends where the Euclidean norm of the gradient is below this; 0 takes all steps.
    pub tolerance: f64,
}

/// Room for this many points is made at a time at the most, so that a high limit of steps costs nothing by itself.
const RESERVED_STEPS: u32 = 16_384;

/// One method walking from one start. Can be stopped and continued after any step.
#[derive(Debug)]
pub struct Run {
    walk: Walk,
    trajectory: Trajectory,
}

impl Run {
    /// A run that stands at its start. It may be over already: at a start where the cost does not exist, at a
    /// stationary point, or with no step allowed.
    pub fn new(problem: &Problem, plan: &Plan) -> Self {
        let mut run = Self { walk: Walk::unseen(problem, plan), trajectory: Trajectory::new(problem, plan) };
        run.trajectory.push(&run.walk.walker);
        run.trajectory.outcome = run.walk.look_at_start(plan.start);
        run.count();
        run
    }

    /// Takes up to `steps` steps and says how many were taken; fewer where the run ends.
    pub fn advance(&mut self, steps: u32) -> u32 {
        let first = self.walk.step();
        let most = steps.min(self.walk.limits.steps.saturating_sub(first)).min(RESERVED_STEPS);
        self.trajectory.reserve(most as usize);
        while !self.is_over() && self.walk.step() - first < steps {
            let left = steps - (self.walk.step() - first);
            let next = self.stretch(left).unwrap_or_else(|| self.walk.walker.next());
            self.trajectory.outcome = self.take_step(next);
        }
        self.count();
        self.walk.step() - first
    }

    /// Steps until the run is over.
    pub fn finish(&mut self) {
        self.advance(u32::MAX);
    }

    /// Whether the run has ended; its trajectory then has an outcome.
    pub fn is_over(&self) -> bool {
        self.trajectory.outcome.is_some()
    }

    /// The path so far.
    pub fn trajectory(&self) -> &Trajectory {
        &self.trajectory
    }

    /// The path so far, to be made smaller.
    pub(crate) fn trajectory_mut(&mut self) -> &mut Trajectory {
        &mut self.trajectory
    }

    /// The path so far, taken out of the run.
    pub fn into_trajectory(self) -> Trajectory {
        self.trajectory
    }

    /// What is left of the conditions of a solution, as [`Walk::left_of_conditions`].
    pub(super) fn left_of_conditions(&self) -> Option<f64> {
        self.walk.left_of_conditions()
    }

    /// Lets go what can be found again, as [`Trajectory::keep_least`].
    pub fn keep_least(&mut self) {
        self.trajectory.keep_least();
    }

    /// Takes steps while nothing is to be looked at where they lead, but for the last of the steps that are allowed. Returns
    /// where the first other one leads, if one was tried.
    fn stretch(&mut self, steps: u32) -> Option<Result<Next, NoStep>> {
        let (within, most) = (self.walk.within(), self.walk.unlooked(steps));
        self.trajectory.stretch(&mut self.walk.walker, &within, most)
    }

    /// Takes a step to a point that is to be looked at. Returns how the run ended, if it did.
    fn take_step(&mut self, next: Result<Next, NoStep>) -> Option<Outcome> {
        if let Err(outcome) = self.walk.arrive(next) {
            return Some(outcome);
        }
        self.trajectory.push(&self.walk.walker);
        self.walk.look(|| self.trajectory.period())
    }

    /// What was evaluated so far.
    fn count(&mut self) {
        self.trajectory.evaluations = self.walk.walker.stand.oracle.evaluations();
    }
}

#[cfg(test)]
mod tests;
