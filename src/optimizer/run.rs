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

use super::linear::norm;
use super::no_minimum::endless_descent;
use super::outcome::{self, Outcome, OutcomeKind, constrained as on_constraints};
use super::stand::{Bounds, Next, Stand};
use super::stepper::NoStep;
use super::treatment::Distance;
use super::walker::Walker;
use super::{Settings, Trajectory, Treatment, TreatmentKind};
use crate::data::Batches;
use crate::objective::{FirstOrder, Goal, Point, Problem, is_finite};

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

/// A coordinate larger than this, times the largest of 1 and the start's coordinates, has left every reasonable bound.
const BOUND: f64 = 1e9;

/// Room for this many points is made at a time at the most, so that a high limit of steps costs nothing by itself.
const RESERVED_STEPS: u32 = 16_384;

/// One method walking from one start. Can be stopped and continued after any step.
#[derive(Debug)]
pub struct Run {
    walker: Walker,
    limits: Limits,
    bound: f64,
    trajectory: Trajectory,
}

impl Run {
    /// A run that stands at its start. It may be over already: at a start where the cost does not exist, at a
    /// stationary point, or with no step allowed.
    pub fn new(problem: &Problem, plan: &Plan) -> Self {
        let walker = Walker::new(problem, plan);
        let bound = BOUND * plan.start.amax().max(1.0);
        let trajectory = Trajectory::new(problem, plan);
        let mut run = Self { walker, limits: plan.limits, bound, trajectory };
        run.trajectory.push(&run.walker);
        run.trajectory.outcome = match run.not_finite(plan.start, &run.walker.stand.here) {
            Some(reason) => Some(outcome::bad_start(reason)),
            None => run.look(),
        };
        run.trajectory.evaluations = run.walker.stand.oracle.evaluations();
        run
    }

    /// Takes up to `steps` steps and says how many were taken; fewer where the run ends.
    pub fn advance(&mut self, steps: u32) -> u32 {
        let first = self.walker.stand.step;
        let most = steps.min(self.limits.steps.saturating_sub(first)).min(RESERVED_STEPS);
        self.trajectory.reserve(most as usize);
        while !self.is_over() && self.walker.stand.step - first < steps {
            let left = steps - (self.walker.stand.step - first);
            let next = self.stretch(left).unwrap_or_else(|| self.walker.next());
            self.trajectory.outcome = self.take_step(next);
        }
        self.trajectory.evaluations = self.walker.stand.oracle.evaluations();
        self.walker.stand.step - first
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

    /// What is left of the conditions of a solution where the run stands: residual, violation and complementarity, which all
    /// vanish there. Nothing without constraints.
    pub(super) fn left_of_conditions(&self) -> Option<f64> {
        let Distance { residual, violation, complementarity } =
            self.walker.stand.oracle.constrained()?.distance();
        // A sum is no number where one of them is none.
        Some(residual + violation + complementarity)
    }

    /// Lets go what can be found again, as [`Trajectory::keep_least`].
    pub fn keep_least(&mut self) {
        self.trajectory.keep_least();
    }

    /// Takes steps while nothing is to be looked at where they lead, but for the last of the steps that are allowed. Returns
    /// where the first other one leads, if one was tried.
    fn stretch(&mut self, steps: u32) -> Option<Result<Next, NoStep>> {
        // By differences, and where something else is told than is walked on, every point is looked at.
        let oracle = &self.walker.stand.oracle;
        let is_plain =
            oracle.is_exact() && oracle.is_plain() && oracle.has_slopes() && oracle.goal() != Goal::Zero;
        let most = if is_plain { steps - 1 } else { 0 };
        let before_last = self.limits.steps.saturating_sub(self.walker.stand.step + 1);
        let within = Bounds { side: self.bound, tolerance: self.limits.tolerance };
        self.trajectory.stretch(&mut self.walker, &within, most.min(before_last) as usize)
    }

    /// Takes a step to a point that is to be looked at. Returns how the run ended, if it did.
    fn take_step(&mut self, next: Result<Next, NoStep>) -> Option<Outcome> {
        let next = match next {
            Ok(next) => next,
            Err(reason) => return Some(outcome::no_next_step(self.walker.stand.step, reason)),
        };
        if let Some(reason) = self.not_finite(next.at, &next.there) {
            return Some(outcome::not_finite_there(self.walker.stand.step, reason));
        }
        self.walker.go(next);
        self.trajectory.push(&self.walker);
        self.look()
    }

    /// What is not finite at a point, or nothing. A gradient that central differences cannot tell is left to [`Self::look`].
    #[inline]
    fn not_finite(&self, at: Point, there: &FirstOrder) -> Option<&'static str> {
        if let Some(constrained) = self.walker.stand.oracle.constrained() {
            let FirstOrder { value, gradient } = constrained.standing().cost;
            let of_cost = outcome::not_finite(at, value, gradient);
            let of_merit = || (!there.is_finite()).then_some("what is walked on is not finite");
            return of_cost.or_else(|| constrained.not_finite()).or_else(of_merit);
        }
        let told = self.walker.stand.oracle.told(at, *there);
        if !self.walker.stand.oracle.has_slopes() {
            return outcome::not_finite(at, told.value, Point::zeros());
        }
        if is_finite(at) && there.is_finite() && told.is_finite() {
            return None;
        }
        // What is told may exist where the rows of the step make nothing finite.
        let there = if told.is_finite() { there } else { &told };
        let is_lost = there.value.is_finite() && self.walker.stand.oracle.lost_step(at).is_some();
        outcome::not_finite(at, there.value, there.gradient).filter(|_| !is_lost)
    }

    /// The minimized function where the run stands.
    #[inline]
    fn told(&self) -> FirstOrder {
        self.walker.stand.oracle.told(self.walker.stand.at, self.walker.stand.here)
    }

    /// How the run ends at the current point, where everything that can be told is finite; nothing if it goes on.
    #[inline]
    fn look(&mut self) -> Option<Outcome> {
        let Limits { steps, tolerance } = self.limits;
        let (at, gradient) = (self.walker.stand.at, self.told().gradient);
        if at.x.abs() > self.bound || at.y.abs() > self.bound {
            return Some(outcome::diverged(self.walker.stand.step, self.bound));
        }
        if self.walker.stand.oracle.goal() == Goal::Zero {
            return self.look_for_root();
        }
        if !self.walker.stand.oracle.has_slopes() {
            let step = self.walker.stand.step;
            let settled = self.walker.has_settled(tolerance).then(|| outcome::settled(step, tolerance));
            return settled.or_else(|| (step >= steps).then(|| outcome::all_steps_without_gradient(step)));
        }
        if let Some(lost) = self.walker.stand.oracle.lost_step(self.walker.stand.at) {
            return Some(outcome::stalled(self.walker.stand.step, &lost, "a coordinate of"));
        }
        if let Some(constrained) = self.walker.stand.oracle.constrained() {
            let distance = constrained.distance();
            return match self.meets(&distance) {
                true => Some(self.stationary_on_constraints(&distance)),
                false => self.rests_beside(&distance).or_else(|| {
                    let step = self.walker.stand.step;
                    (step >= steps).then(|| on_constraints::all_steps(step, &distance))
                }),
            };
        }
        // One entry below the tolerance is necessary, and cheaper to ask than the norm.
        if gradient.x.abs() < tolerance && norm(gradient) < tolerance {
            return Some(self.stationary());
        }
        (self.walker.stand.step >= steps).then(|| outcome::all_steps(self.walker.stand.step, norm(gradient)))
    }

    /// How a run that looks for a root ends at the current point; nothing if it goes on.
    fn look_for_root(&self) -> Option<Outcome> {
        let Limits { steps, tolerance } = self.limits;
        let (step, size) = (self.walker.stand.step, self.told().value.abs());
        if size < tolerance {
            return Some(outcome::root::found(step, size, tolerance));
        }
        let period = self.trajectory.period();
        match period {
            Some(period) if tolerance > 0.0 => Some(outcome::root::cycle(step, period)),
            _ => (step >= steps).then(|| outcome::root::all_steps(step, size, period)),
        }
    }

    /// Whether a solution is as near as is asked for.
    fn meets(&self, &Distance { residual, violation, complementarity }: &Distance) -> bool {
        let tolerance = self.limits.tolerance;
        residual < tolerance && violation < tolerance && complementarity < tolerance
    }

    /// How the run ends where nothing moves it any longer though the constraints do not hold; nothing if it goes on.
    fn rests_beside(&self, distance: &Distance) -> Option<Outcome> {
        let (stand, tolerance) = (&self.walker.stand, self.limits.tolerance);
        let constrained = stand.oracle.constrained()?;
        let settings = constrained.settings();
        let length = norm(constrained.merit(constrained.standing().cost).gradient);
        let rests = constrained.has_merit() && length < tolerance;
        if !rests || distance.violation < tolerance {
            return None;
        }
        if constrained.slope_of_violation() < tolerance {
            return Some(on_constraints::infeasible(stand.step, distance.violation));
        }
        let is_penalty = settings.kind == TreatmentKind::Penalty;
        is_penalty.then(|| on_constraints::penalized(stand.step, length, tolerance, distance.violation))
    }

    /// How the run ends at a point where the constraints hold and ∇F is made of theirs.
    #[cold]
    fn stationary_on_constraints(&mut self, distance: &Distance) -> Outcome {
        let Stand { oracle, at, step, .. } = &mut self.walker.stand;
        let (hessian, sign) = (oracle.lagrangian_hessian_uncounted(*at), oracle.sign());
        let active = oracle.constrained().map(|held| held.active_slopes(self.limits.tolerance));
        on_constraints::stationary(
            *step,
            distance,
            self.limits.tolerance,
            &hessian,
            &active.unwrap_or_default(),
            sign,
        )
    }

    /// How the run ends at the current point, where the gradient is shorter than the tolerance.
    #[cold]
    fn stationary(&mut self) -> Outcome {
        let exact = self.walker.stand.oracle.exact_uncounted(self.walker.stand.at);
        if norm(exact.gradient) >= self.limits.tolerance
            && let Some(lost) = self.walker.stand.oracle.lost_rise(&self.told(), &exact)
        {
            return outcome::stalled(self.walker.stand.step, &lost, "a cost of");
        }
        let length = norm(self.told().gradient);
        let sign = self.walker.stand.oracle.sign();
        let named =
            outcome::stationary(self.walker.stand.step, length, self.limits.tolerance, &exact.hessian, sign);
        if named.kind != OutcomeKind::Converged {
            return named;
        }
        let direction =
            endless_descent(self.walker.stand.at, |at| self.walker.stand.oracle.exact_uncounted(at));
        let endless = |direction| {
            outcome::no_minimum(self.walker.stand.step, length, self.limits.tolerance, direction, sign)
        };
        direction.map_or(named, endless)
    }
}

#[cfg(test)]
mod tests;
