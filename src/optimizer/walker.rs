//! A method under way: its state, where it stands, and what it asks. A copy goes on as the original does, so that any step
//! can be taken again.

use super::entries::Record;
use super::oracle::Oracle;
use super::stage::Stage;
use super::stand::{Bounds, Next, Stand};
use super::stepper::{AnyStepper, Lists, NoStep};
use super::treatment::{Constrained, LagrangeNewton};
use super::{LearningRates, Plan, Treatment, TreatmentKind, TreatmentSettings};
use crate::objective::{Evaluations, Goal, Point, Problem};

/// A method that stands at an iterate.
#[derive(Debug)]
pub(super) struct Walker {
    pub stand: Stand,
    stepper: Box<dyn AnyStepper>,
}

/// Where a method may go on from: its state and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Checkpoint {
    stepper: Box<dyn AnyStepper>,
    step: u32,
    at: Point,
    /// Those of the constraints; nothing at the start, which has its own.
    multipliers: Option<[f64; 2]>,
    /// What had been evaluated; nothing at the start, which has its own.
    evaluated: Option<Evaluations>,
}

impl Checkpoint {
    /// The method that a plan begins with, at its start.
    fn start(plan: &Plan, goal: Goal) -> Self {
        let stepper: Box<dyn AnyStepper> = match plan.treatment {
            Treatment::Constrained(TreatmentSettings { kind: TreatmentKind::LagrangeNewton, .. }) => {
                Box::new(LagrangeNewton::new())
            }
            _ => plan.settings.stepper(goal),
        };
        Self { stepper, step: 0, at: plan.start, multipliers: None, evaluated: None }
    }

    /// The bytes of the method's state.
    pub fn bytes_apart(&self) -> usize {
        size_of_val(&*self.stepper)
    }
}

impl Walker {
    /// A method that stands at its start.
    pub fn new(problem: &Problem, plan: &Plan) -> Self {
        Self::at_checkpoint(problem, plan, Checkpoint::start(plan, problem.cost.goal()))
    }

    /// A method that goes on from a checkpoint of the same plan.
    pub fn at_checkpoint(problem: &Problem, plan: &Plan, from: Checkpoint) -> Self {
        let Checkpoint { stepper, step, at, multipliers, evaluated } = from;
        let mut oracle = Oracle::new(problem, plan);
        let here = oracle.begin(at, step, multipliers);
        if let Some(evaluated) = evaluated {
            oracle.count_on_from(evaluated);
        }
        let rates = LearningRates::new(&plan.settings);
        Self { stand: Stand { oracle, rates, step, at, here }, stepper }
    }

    /// Where it may go on from later.
    pub fn checkpoint(&self) -> Checkpoint {
        let multipliers = self.stand.oracle.constrained().map(Constrained::carried);
        let evaluated = Some(self.stand.oracle.evaluations());
        let Stand { step, at, .. } = self.stand;
        Checkpoint { stepper: self.stepper.clone(), step, at, multipliers, evaluated }
    }

    /// Where the next step leads. It still stands where it was; its method has taken the step.
    pub fn next(&mut self) -> Result<Next, NoStep> {
        let to = self.stepper.step(&self.stand.iterate()?, &mut self.stand.oracle)?;
        if let Some(multipliers) = self.stepper.multipliers() {
            self.stand.oracle.carry(multipliers);
        }
        self.stand.look(to)
    }

    /// Whether the method is at an end of its own, as [`super::Stepper::has_settled`].
    pub fn has_settled(&self, tolerance: f64) -> bool {
        self.stepper.has_settled(tolerance)
    }

    /// Goes where the step leads.
    pub fn go(&mut self, next: Next) {
        self.stand.go(next);
    }

    /// Takes steps, as [`AnyStepper::stretch`].
    pub fn stretch(
        &mut self,
        within: &Bounds,
        most: usize,
        into: Option<Lists<'_>>,
    ) -> Option<Result<Next, NoStep>> {
        self.stepper.stretch(&mut self.stand, within, most, into)
    }

    /// Adds where it stands to the lists.
    pub fn record(&self, points: &mut Vec<Point>, record: &mut Record) {
        points.push(self.stand.at);
        record.push(&self.stand.oracle, self.stand.at, self.stand.here);
        self.stepper.record(self.stand.at, record.columns_of_method(&self.stand.oracle));
        record.push_constraints(&self.stand.oracle);
        if self.stepper.is_uneven() || self.stand.oracle.is_on_batch() {
            record.evaluated.push(self.stand.oracle.evaluations());
        }
    }

    /// What the next step does.
    pub fn explained(&mut self) -> Vec<Stage> {
        let iterate = self.stand.iterate_at_any_rate();
        self.stepper.explained(&iterate, &self.stand.rates, &mut self.stand.oracle)
    }
}
