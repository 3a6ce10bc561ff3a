//! Where runs end, of many that differ in their starts and settings. Methods that have a [`Kernel`] walk from several starts at a
//! time; the others one after the other. Either way each end is that of a [`super::Run`], bit by bit.

use super::kernel::{EachPoint, Kernel, kernel};
use super::stand::Next;
use super::walk::Walk;
use super::{OutcomeKind, Plan, Settings};
use crate::expr::{Each, Firsts, POINTS, PointsEvaluator};
use crate::objective::{FirstOrder, Point, Problem};

/// How a run ended, and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// How.
    pub kind: OutcomeKind,
    /// After so many steps.
    pub step: u32,
    /// At which point.
    pub at: Point,
    /// J there.
    pub value: f64,
}

/// What is asked of a run.
#[derive(Clone, Debug)]
pub struct Task {
    /// What it is called by the one who asks.
    pub id: u32,
    /// Settings of the method whose runs are asked for, with its choices.
    pub settings: Settings,
    /// Where it begins.
    pub start: Point,
}

/// Runs under way, of which only the ends are wanted.
#[derive(Debug)]
pub struct Ends {
    problem: Problem,
    plan: Plan,
    together: Option<Together>,
    alone: Option<(u32, Walk)>,
}

/// What beginning a run and seeing how it ended is worth, in steps.
const BESIDE: u64 = 20;

impl Ends {
    /// None yet, of runs that have this plan but for what each is asked with.
    pub fn new(problem: &Problem, plan: &Plan) -> Self {
        let together = Together::new(problem, plan);
        Self { problem: problem.clone(), plan: plan.clone(), together, alone: None }
    }

    /// Takes about so many steps, all runs together, of those that `next` asks for as long as it asks, and tells `found` each end.
    /// Returns whether none is under way any longer.
    pub fn advance(
        &mut self,
        steps: u64,
        next: &mut dyn FnMut() -> Option<Task>,
        found: &mut dyn FnMut(u32, End),
    ) -> bool {
        if let Some(together) = &mut self.together {
            return together.advance(steps, next, found);
        }
        let mut left = steps;
        while left > 0 {
            let going = self.alone.take().or_else(|| {
                let Task { id, settings, start } = next()?;
                let plan = Plan { settings, start, ..self.plan.clone() };
                left = left.saturating_sub(BESIDE);
                Some((id, Walk::new(&self.problem, &plan)))
            });
            let Some((id, mut walk)) = going else { return true };
            left -= u64::from(walk.advance(u32::try_from(left).unwrap_or(u32::MAX))).min(left);
            match walk.end() {
                Some(end) => found(id, end),
                None => self.alone = Some((id, walk)),
            }
        }
        false
    }
}

/// Runs that are taken from several starts at a time.
#[derive(Debug)]
struct Together {
    kernel: Box<dyn Kernel>,
    evaluator: PointsEvaluator,
    /// Looks at points where a run may end, and at starts.
    judge: Walk,
    sign: f64,
    limit: u32,
    tolerance: f64,
    busy: [Option<u32>; POINTS],
    step: [u32; POINTS],
    at: EachPoint,
    here: Firsts,
    /// A coordinate beyond which a run has diverged.
    bound: Each,
}

impl Together {
    /// Nothing where runs with such a plan are not taken together.
    fn new(problem: &Problem, plan: &Plan) -> Option<Self> {
        let evaluator = problem.cost.points_evaluator()?;
        let judge = Walk::unseen(problem, plan);
        let is_plain = problem.free == [true; 2] && judge.unlooked(2) > 0;
        let kernel = kernel(&plan.settings).filter(|_| is_plain)?;
        Some(Self {
            kernel,
            evaluator,
            judge,
            sign: problem.cost.goal().sign(),
            limit: plan.limits.steps,
            tolerance: plan.limits.tolerance,
            busy: [None; POINTS],
            step: [0; POINTS],
            at: EachPoint::default(),
            here: Firsts::default(),
            bound: Each::default(),
        })
    }

    fn advance(
        &mut self,
        steps: u64,
        next: &mut dyn FnMut() -> Option<Task>,
        found: &mut dyn FnMut(u32, End),
    ) -> bool {
        let mut left = steps;
        loop {
            for place in 0..POINTS {
                while self.busy[place].is_none() && left > 0 {
                    let Some(task) = next() else { break };
                    left = left.saturating_sub(BESIDE);
                    self.begin(place, &task, found);
                }
            }
            let Some(first) = self.busy.iter().position(Option::is_some) else { return left > 0 };
            if left == 0 {
                return false;
            }
            left = left.saturating_sub(self.stretch(first, left, found));
        }
    }

    /// Takes steps until a run ends, or about so many; idle places go where `first` does. Returns how many.
    fn stretch(&mut self, first: usize, steps: u64, found: &mut dyn FnMut(u32, End)) -> u64 {
        let busy = self.busy.iter().flatten().count() as u64;
        let mut taken = 0;
        loop {
            let mut to = self.kernel.step(&self.at, &[self.here.dx, self.here.dy]);
            for place in 0..POINTS {
                if self.busy[place].is_none() {
                    (to[0][place], to[1][place]) = (to[0][first], to[1][first]);
                }
            }
            let there = self.evaluator.firsts(&to[0], &to[1]).times(self.sign);
            taken += busy;
            let mut ended = false;
            if self.all_go_on(&to, &there) {
                (self.at, self.here) = (to, there);
                self.step.iter_mut().for_each(|step| *step += 1);
            } else {
                for place in 0..POINTS {
                    ended |= self.arrive(place, &to, &there, found);
                }
            }
            if ended || taken >= steps {
                return taken;
            }
        }
    }

    /// Whether nothing is to be looked at where these steps lead, as [`super::stand::Bounds::contain`] has it.
    #[inline(always)]
    fn all_go_on(&self, to: &EachPoint, there: &Firsts) -> bool {
        let goes_on = |k: usize| {
            let [dx, dy] = [there.dx[k], there.dy[k]];
            to[0][k].abs() <= self.bound[k]
                && to[1][k].abs() <= self.bound[k]
                && (dx.abs() >= self.tolerance || dy.abs() >= self.tolerance)
                && (there.value[k] + (dx + dy)).is_finite()
                && self.step[k] + 1 < self.limit
        };
        // All are asked: a branch for each would cost more.
        (0..POINTS).fold(true, |all, k| all & goes_on(k))
    }

    /// Goes where the step of a place leads, and looks at it. Returns whether its run ended.
    fn arrive(
        &mut self,
        place: usize,
        to: &EachPoint,
        there: &Firsts,
        found: &mut dyn FnMut(u32, End),
    ) -> bool {
        let Some(id) = self.busy[place] else { return false };
        self.judge.stand_at(
            self.step[place],
            point(&self.at, place),
            first(&self.here, place),
            self.bound[place],
        );
        let next = Next { at: point(to, place), there: first(there, place) };
        let end = self.judge.end_at(next);
        (self.at[0][place], self.at[1][place]) = (to[0][place], to[1][place]);
        self.here.take(place, there);
        self.step[place] += 1;
        if let Some(end) = end {
            (self.busy[place], self.step[place]) = (None, 0);
            found(id, end);
        }
        end.is_some()
    }

    /// Begins a run, which may be over at once.
    fn begin(&mut self, place: usize, task: &Task, found: &mut dyn FnMut(u32, End)) {
        if let Some(end) = self.judge.begin_at(task.start) {
            return found(task.id, end);
        }
        self.kernel.begin(place, &task.settings);
        self.busy[place] = Some(task.id);
        self.step[place] = 0;
        (self.at[0][place], self.at[1][place]) = (task.start.x, task.start.y);
        let FirstOrder { value, gradient } = self.judge.here();
        self.here.put(place, value, [gradient.x, gradient.y]);
        self.bound[place] = self.judge.bound();
    }
}

fn point(of: &EachPoint, place: usize) -> Point {
    Point::new(of[0][place], of[1][place])
}

fn first(of: &Firsts, place: usize) -> FirstOrder {
    FirstOrder { value: of.value[place], gradient: Point::new(of.dx[place], of.dy[place]) }
}

#[cfg(test)]
mod tests;
