//! A method under way: its state, where it stands, and what it asks. A copy goes on as the original does, so that any step
//! can be taken again.

use super::iterate::Iterate;
use super::stage::Stage;
use super::stepper::{AnyStepper, NoStep};
use super::{Column, Oracle, Plan};
use crate::objective::{FirstOrder, Point, Problem};

/// A method that stands at an iterate.
#[derive(Debug)]
pub(super) struct Walker {
    pub oracle: Oracle,
    stepper: Box<dyn AnyStepper>,
    /// The learning rate of both coordinates.
    rate: Point,
    /// Steps taken.
    step: u32,
    at: Point,
    /// The minimized function there.
    here: FirstOrder,
}

/// Where a method may go on from: its state and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Checkpoint {
    stepper: Box<dyn AnyStepper>,
    step: u32,
    at: Point,
}

/// The point that a step leads to, where it need not be possible to stand.
pub(super) struct Next {
    pub at: Point,
    pub there: FirstOrder,
}

impl Walker {
    /// A method that stands at its start.
    pub fn new(problem: &Problem, plan: &Plan) -> Self {
        let stepper = (plan.settings.method().build)(&plan.settings);
        Self::at_checkpoint(problem, plan, Checkpoint { stepper, step: 0, at: plan.start })
    }

    /// A method that goes on from a checkpoint of the same plan.
    pub fn at_checkpoint(problem: &Problem, plan: &Plan, from: Checkpoint) -> Self {
        let Checkpoint { stepper, step, at } = from;
        let mut oracle = Oracle::new(problem, plan.settings.method().needs, plan.treatment);
        let here = oracle.first_order(at);
        let rate = Point::repeat(plan.settings.real("learning_rate"));
        Self { oracle, stepper, rate, step, at, here }
    }

    /// Where it may go on from later.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint { stepper: self.stepper.clone(), step: self.step, at: self.at }
    }

    /// Steps taken.
    pub fn step(&self) -> u32 {
        self.step
    }

    /// Where it stands.
    pub fn at(&self) -> Point {
        self.at
    }

    /// The minimized function there.
    pub fn here(&self) -> FirstOrder {
        self.here
    }

    fn iterate(&self) -> Iterate {
        Iterate { t: self.step + 1, at: self.at, here: self.here, rate: self.rate }
    }

    /// Where the next step leads. It still stands where it was; its method has taken the step.
    #[inline(always)]
    pub fn next(&mut self) -> Result<Next, NoStep> {
        let to = self.stepper.step(&self.iterate(), &mut self.oracle)?;
        let at = self.oracle.after_step(self.at, to);
        Ok(Next { at, there: self.oracle.first_order(at) })
    }

    /// Goes where the step leads.
    #[inline(always)]
    pub fn go(&mut self, Next { at, there }: Next) {
        self.step += 1;
        (self.at, self.here) = (at, there);
    }

    /// Adds an entry to each of the method's columns.
    #[inline(always)]
    pub fn record(&self, columns: &mut [Column]) {
        self.stepper.record(self.at, columns);
    }

    /// What the next step does.
    pub fn explained(&mut self) -> Vec<Stage> {
        self.stepper.explained(&self.iterate(), &mut self.oracle)
    }
}
