//! A method on its way from a start, looked at after every step as [`super::run`] says, and recorded by nobody.

use super::linear::norm;
use super::no_minimum::endless_descent;
use super::outcome::{self, Outcome, OutcomeKind, constrained as on_constraints};
use super::stand::{Bounds, Next, Stand};
use super::stepper::NoStep;
use super::treatment::Distance;
use super::walker::Walker;
use super::{End, Limits, Plan, TreatmentKind};
use crate::objective::{FirstOrder, Goal, Point, Problem, is_finite};

/// A coordinate larger than this, times the largest of 1 and the start's coordinates, has left every reasonable bound.
const BOUND: f64 = 1e9;

/// How large a coordinate may be in a run from this start.
fn bound(start: Point) -> f64 {
    BOUND * start.amax().max(1.0)
}

/// A run without its path: what it takes to know where it ends and how. Its steps are those of a [`super::Run`] with the same plan,
/// bit by bit, and so is its end; only a root that is never reached is not known to be a cycle.
#[derive(Debug)]
pub struct Walk {
    pub(super) walker: Walker,
    pub(super) limits: Limits,
    bound: f64,
    outcome: Option<Outcome>,
}

impl Walk {
    /// A walk that stands at its start, and may be over already, as [`super::Run::new`].
    pub fn new(problem: &Problem, plan: &Plan) -> Self {
        let mut walk = Self::unseen(problem, plan);
        walk.outcome = walk.look_at_start(plan.start);
        walk
    }

    /// A walk that has not looked at its start.
    pub(super) fn unseen(problem: &Problem, plan: &Plan) -> Self {
        let bound = bound(plan.start);
        Self { walker: Walker::new(problem, plan), limits: plan.limits, bound, outcome: None }
    }

    /// Takes up to `steps` steps and says how many were taken; fewer where it ends.
    pub fn advance(&mut self, steps: u32) -> u32 {
        let first = self.step();
        while self.outcome.is_none() && self.step() - first < steps {
            let left = self.unlooked(steps - (self.step() - first));
            let within = self.within();
            let next = self.walker.stretch(&within, left, None).unwrap_or_else(|| self.walker.next());
            self.outcome = match self.arrive(next) {
                Ok(()) => self.look(|| None),
                Err(outcome) => Some(outcome),
            };
        }
        self.step() - first
    }

    /// Steps taken.
    pub fn step(&self) -> u32 {
        self.walker.stand.step
    }

    /// Where it stands.
    pub fn at(&self) -> Point {
        self.walker.stand.at
    }

    /// J where it stands, of all rows, whatever is walked on.
    pub fn value(&self) -> f64 {
        self.walker.stand.oracle.sign() * self.told().value
    }

    /// How it ended, and where; nothing while it goes on.
    pub fn end(&self) -> Option<End> {
        self.outcome.as_ref().map(|outcome| self.end_as(outcome))
    }

    fn end_as(&self, outcome: &Outcome) -> End {
        End { kind: outcome.kind, step: self.step(), at: self.at(), value: self.value() }
    }

    /// What is walked on where it stands.
    pub(super) fn here(&self) -> FirstOrder {
        self.walker.stand.here
    }

    /// The size of a coordinate beyond which it has diverged.
    pub(super) fn bound(&self) -> f64 {
        self.bound
    }

    /// Stands at another start, and looks at it. Returns its end, if it is one.
    pub(super) fn begin_at(&mut self, start: Point) -> Option<End> {
        let here = self.walker.stand.oracle.begin(start, 0, None);
        self.stand_at(0, start, here, bound(start));
        self.look_at_start(start).map(|outcome| self.end_as(&outcome))
    }

    /// Stands where another walk of the same plan does, but for start and settings.
    pub(super) fn stand_at(&mut self, step: u32, at: Point, here: FirstOrder, bound: f64) {
        let stand = &mut self.walker.stand;
        (stand.step, stand.at, stand.here, self.bound) = (step, at, here, bound);
    }

    /// Goes where the step of that one leads. Returns its end, if it is one.
    pub(super) fn end_at(&mut self, next: Next) -> Option<End> {
        let outcome = match self.arrive(Ok(next)) {
            Ok(()) => self.look(|| None)?,
            Err(outcome) => outcome,
        };
        Some(self.end_as(&outcome))
    }

    /// How many of so many steps need not be looked at one by one.
    pub(super) fn unlooked(&self, steps: u32) -> usize {
        // By differences, and where something else is told than is walked on, every point is looked at.
        let oracle = &self.walker.stand.oracle;
        let is_plain =
            oracle.is_exact() && oracle.is_plain() && oracle.has_slopes() && oracle.goal() != Goal::Zero;
        let most = if is_plain { steps - 1 } else { 0 };
        most.min(self.limits.steps.saturating_sub(self.step() + 1)) as usize
    }

    /// Where nothing is to be looked at.
    pub(super) fn within(&self) -> Bounds {
        Bounds { side: self.bound, tolerance: self.limits.tolerance }
    }

    /// Goes where a step leads.
    ///
    /// # Errors
    /// How the run ends where it cannot stand there.
    pub(super) fn arrive(&mut self, next: Result<Next, NoStep>) -> Result<(), Outcome> {
        let next = next.map_err(|reason| outcome::no_next_step(self.step(), reason))?;
        if let Some(reason) = self.not_finite(next.at, &next.there) {
            return Err(outcome::not_finite_there(self.step(), reason));
        }
        self.walker.go(next);
        Ok(())
    }

    /// How the run ends at its start; nothing if it goes on.
    pub(super) fn look_at_start(&mut self, start: Point) -> Option<Outcome> {
        match self.not_finite(start, &self.walker.stand.here) {
            Some(reason) => Some(outcome::bad_start(reason)),
            // One point repeats nothing.
            None => self.look(|| None),
        }
    }

    /// What is left of the conditions of a solution where the run stands: residual, violation and complementarity, which all
    /// vanish there. Nothing without constraints.
    pub(super) fn left_of_conditions(&self) -> Option<f64> {
        let Distance { residual, violation, complementarity } =
            self.walker.stand.oracle.constrained()?.distance();
        // A sum is no number where one of them is none.
        Some(residual + violation + complementarity)
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

    /// How the run ends at the current point, where everything that can be told is finite; nothing if it goes on. `period` is that
    /// with which its iterates repeat.
    #[inline]
    pub(super) fn look(&mut self, period: impl FnOnce() -> Option<usize>) -> Option<Outcome> {
        let Limits { steps, tolerance } = self.limits;
        let (at, gradient) = (self.walker.stand.at, self.told().gradient);
        if at.x.abs() > self.bound || at.y.abs() > self.bound {
            return Some(outcome::diverged(self.walker.stand.step, self.bound));
        }
        if self.walker.stand.oracle.goal() == Goal::Zero {
            return self.look_for_root(period);
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
    fn look_for_root(&self, period: impl FnOnce() -> Option<usize>) -> Option<Outcome> {
        let Limits { steps, tolerance } = self.limits;
        let (step, size) = (self.walker.stand.step, self.told().value.abs());
        if size < tolerance {
            return Some(outcome::root::found(step, size, tolerance));
        }
        let period = period();
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
