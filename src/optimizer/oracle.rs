//! The oracle that a method asks: the function that is minimized, J itself, or -J when the goal is to maximize, as its treatment
//! has it, along the coordinates that move.
//!
//! Convention: one sign, +1 or -1, multiplies value, gradient and Hessian. Multiplication by ±1 is exact, so
//! maximizing J takes bit for bit the steps of minimizing -J.

mod trial;

use nalgebra::Matrix2;

use super::corners::Corners;
use super::treatment::Constrained;
use super::{Method, Needs, NoStep, Plan, Treatment};
use crate::data::Cursor;
use crate::objective::{
    Evaluations, Evaluator, FirstOrder, Goal, LostStep, MAX_CONSTRAINTS, Point, Problem, SecondOrder,
    soft_threshold,
};

/// Evaluates the minimized function; what a [`super::Stepper`] asks for more than the gradient at its iterate.
#[derive(Debug)]
pub struct Oracle {
    /// Evaluates J without the corners of its l1.
    evaluator: Evaluator,
    method: &'static Method,
    /// Only where there are constraints.
    constrained: Option<Box<Constrained>>,
    /// Only where J has corners.
    corners: Option<Corners>,
    /// Only where a step looks at some of the rows.
    batch: Option<Box<Batch>>,
    /// The rows of a full batch, 0 where there are none.
    all_rows: u64,
    /// The rows that have been looked at.
    rows: u64,
    /// What had been evaluated where the run goes on from.
    before: Evaluations,
    /// What was evaluated at a point before the run came to stand there, and is not counted twice.
    twice: Evaluations,
    goal: Goal,
    sign: f64,
    free: [bool; 2],
    one_variable: bool,
}

/// The rows of a step.
#[derive(Debug)]
struct Batch {
    cursor: Cursor,
    /// What is minimized, of these rows, where the run stands.
    cost: FirstOrder,
    /// The same of all rows, to be recorded and told by.
    whole: FirstOrder,
}

impl Oracle {
    /// The function that brings the cost of `problem` to its goal when minimized, for what a run depends on.
    pub fn new(problem: &Problem, plan: &Plan) -> Self {
        let goal = problem.cost.goal();
        let penalty = problem.cost.penalty();
        let constrained = match plan.treatment {
            Treatment::Constrained(settings) if !problem.constraints.is_empty() => {
                let l1 = penalty.l1_of_each();
                Some(Box::new(Constrained::new(&problem.constraints, settings, l1)))
            }
            Treatment::Constrained(_) | Treatment::Plain => None,
        };
        let method = plan.settings.method();
        let nothing = FirstOrder { value: 0.0, gradient: Point::zeros() };
        let rows = problem.cost.rows();
        let batches = plan.batches.as_ref().filter(|_| rows.is_some());
        Self {
            evaluator: problem.cost.clone().with_penalty(penalty.smooth()).evaluator(),
            method,
            constrained,
            corners: Corners::of(penalty, method.by_threshold),
            batch: batches
                .map(|batches| Box::new(Batch { cursor: batches.at(0), cost: nothing, whole: nothing })),
            all_rows: rows.map_or(0, |rows| rows.table.rows() as u64),
            rows: 0,
            before: Evaluations::default(),
            twice: Evaluations::default(),
            goal,
            sign: goal.sign(),
            free: problem.free,
            one_variable: problem.cost.is_of_one_variable(),
        }
    }

    /// +1 where J is minimized, -1 where -J is.
    pub fn sign(&self) -> f64 {
        self.sign
    }

    /// What is looked for.
    pub fn goal(&self) -> Goal {
        self.goal
    }

    /// Whether y is no variable.
    pub(super) fn is_of_one_variable(&self) -> bool {
        self.one_variable
    }

    /// Whether derivatives are exact: no step of central differences can be lost.
    pub fn is_exact(&self) -> bool {
        self.evaluator.is_exact()
    }

    /// Whether the method goes by slopes, and its run ends where there is none.
    pub(super) fn has_slopes(&self) -> bool {
        self.method.needs != Needs::Value
    }

    /// Whether what is walked on is what is told of a run, but for its sign: not where some of the rows stand for all, where
    /// J has corners, or where there are constraints.
    pub(super) fn is_plain(&self) -> bool {
        self.constrained.is_none() && self.corners.is_none() && self.batch.is_none()
    }

    /// Whether a step looks at some of the rows only.
    pub(super) fn is_on_batch(&self) -> bool {
        self.batch.is_some()
    }

    /// l1 of each coordinate, for a method that meets it with a threshold.
    pub(super) fn l1(&self) -> Point {
        self.corners.map_or_else(Point::zeros, |corners| corners.l1)
    }

    /// How many rows the step from here looks at when it asks once.
    fn rows_at_once(&self) -> u64 {
        self.batch.as_ref().map_or(self.all_rows, |batch| batch.cursor.batch().len() as u64)
    }

    /// A step has been taken from here.
    #[inline(always)]
    pub(super) fn count_step(&mut self) {
        if self.all_rows > 0 && !self.method.looks_ahead {
            self.rows += self.rows_at_once();
        }
    }

    /// The gradient at a point.
    pub fn gradient(&mut self, at: Point) -> Point {
        self.rows += self.rows_at_once();
        let gradient = self.evaluator.gradient(at);
        self.trial(at, FirstOrder { value: 0.0, gradient }).gradient
    }

    /// The Hessian at a point.
    pub fn hessian(&mut self, at: Point) -> Matrix2<f64> {
        self.rows += self.rows_at_once();
        let mut hessian = self.sign * self.evaluator.hessian(at);
        if let Some(constrained) = &mut self.constrained {
            hessian = constrained.merit_hessian(at, hessian);
        }
        self.hessian_along_free(hessian, |_| 1.0)
    }

    /// Exact value, gradient and Hessian at a point, to describe the point and not to step from it: not counted, and of all
    /// rows. Along a coordinate that does not move, or that a corner holds at 0, the curvature is that of the other one, so that
    /// the point is called what it is on the line.
    pub fn exact_uncounted(&mut self, at: Point) -> SecondOrder {
        let mut whole = self.of_all_rows(|evaluator| evaluator.exact_uncounted(at));
        let mut held = [false; 2];
        if let Some(corners) = self.corners {
            (whole, held) = corners.told_second(at, whole);
        }
        let SecondOrder { value, gradient, hessian } = whole;
        let sign = self.sign;
        let mut merit =
            SecondOrder { value: sign * value, gradient: sign * gradient, hessian: sign * hessian };
        if let Some(constrained) = &mut self.constrained {
            merit = constrained.merit_second_order(at, merit);
        }
        let SecondOrder { value, gradient, hessian } = merit;
        let free = [0, 1].map(|axis| self.free[axis] && !held[axis]);
        let hessian = hessian_along(free, hessian, |moving| moving);
        SecondOrder { value, gradient: self.along_free(gradient), hessian }
    }

    /// What is found where all rows are looked at.
    fn of_all_rows<T>(&mut self, look: impl FnOnce(&mut Evaluator) -> T) -> T {
        let Some(batch) = &self.batch else { return look(&mut self.evaluator) };
        self.evaluator.look_at(None);
        let found = look(&mut self.evaluator);
        self.evaluator.look_at(Some(batch.cursor.batch().clone()));
        found
    }

    /// The minimized function itself where the run stands, `here` being what is walked on: of all rows, without what constraints
    /// add, with the subgradient of least norm where it has a corner.
    #[inline(always)]
    pub(super) fn told(&self, at: Point, here: FirstOrder) -> FirstOrder {
        if self.is_plain() { here } else { self.told_apart(at, here) }
    }

    fn told_apart(&self, at: Point, here: FirstOrder) -> FirstOrder {
        let mut told = match (&self.constrained, &self.batch) {
            (Some(constrained), _) => constrained.standing().cost,
            (None, Some(batch)) => batch.whole,
            (None, None) => here,
        };
        if let Some(corners) = self.corners {
            told = corners.told(at, told);
            told.gradient = self.along_free(told.gradient);
        }
        told
    }

    /// Where a threshold by l1 and the rate leaves a point.
    pub(super) fn after_threshold(&self, at: Point, rate: Point) -> Point {
        soft_threshold(at, rate.component_mul(&self.l1()))
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
        self.rows += self.rows_at_once();
        let hessian = self.sign * self.evaluator.hessian(at);
        match &mut self.constrained {
            Some(constrained) => constrained.lagrangian_hessian(at, hessian),
            None => hessian,
        }
    }

    /// The same, exact and not counted, to describe the point.
    pub(super) fn lagrangian_hessian_uncounted(&mut self, at: Point) -> Matrix2<f64> {
        let hessian = self.sign * self.of_all_rows(|evaluator| evaluator.exact_uncounted(at)).hessian;
        match &mut self.constrained {
            Some(constrained) => constrained.lagrangian_hessian(at, hessian),
            None => hessian,
        }
    }

    /// h of each constraint at another point than where the run stands.
    pub(super) fn h_at(&mut self, at: Point) -> [f64; MAX_CONSTRAINTS] {
        self.constrained.as_mut().map_or([0.0; MAX_CONSTRAINTS], |constrained| constrained.h_at(at))
    }

    /// F where the run stands as its next step sees it: of the rows of the step; nothing where there are no constraints.
    pub(super) fn cost_of_step(&self) -> Option<FirstOrder> {
        let constrained = self.constrained.as_ref()?;
        Some(self.batch.as_ref().map_or(constrained.standing().cost, |batch| batch.cost))
    }

    /// The constraints where the run stands; nothing where there are none.
    pub(super) fn constrained(&self) -> Option<&Constrained> {
        self.constrained.as_deref()
    }

    /// Begins at a point that step `step` has led to: with multipliers that a run goes on with, or the first ones.
    pub(super) fn begin(&mut self, at: Point, step: u32, multipliers: Option<[f64; 2]>) -> FirstOrder {
        if let Some(batch) = &mut self.batch
            && step > 0
        {
            batch.cursor.go_to(step);
        }
        if let Some((constrained, multipliers)) = self.constrained.as_mut().zip(multipliers) {
            constrained.carry(multipliers);
        }
        let here = self.first_order(at);
        match &mut self.constrained {
            Some(constrained) if multipliers.is_none() => {
                constrained.begin();
                self.merit()
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
        if let Some(batch) = &mut self.batch {
            batch.cursor.advance();
        }
        let there = self.first_order(at);
        match &mut self.constrained {
            None => there,
            Some(constrained) => {
                constrained.update(step);
                self.merit()
            }
        }
    }

    /// What is walked on with constraints where the run stands: F of the rows of the step, and what they add.
    fn merit(&self) -> FirstOrder {
        match (&self.constrained, self.cost_of_step()) {
            (Some(constrained), Some(cost)) => constrained.merit(cost),
            _ => FirstOrder { value: f64::NAN, gradient: Point::repeat(f64::NAN) },
        }
    }

    /// Value and gradient of what is walked on at a point, where the run then stands.
    #[inline(always)]
    fn first_order(&mut self, at: Point) -> FirstOrder {
        if self.batch.is_some() {
            self.stand_with_batch(at);
        }
        let j = match self.method.needs {
            // To be told only.
            Needs::Value => FirstOrder {
                value: self.evaluator.value(at),
                gradient: self.evaluator.exact_first_order(at).gradient,
            },
            Needs::Gradient | Needs::Residuals => self.evaluator.first_order(at),
            // The step from here will ask for the Hessian, which one pass gives with the rest.
            Needs::Hessian => self.evaluator.first_order_keeping_hessian(at),
        };
        let cost = self.of_j(at, j);
        if let Some(batch) = &mut self.batch {
            batch.cost = cost;
        }
        let FirstOrder { value, gradient } = match &mut self.constrained {
            None => cost,
            Some(constrained) => {
                constrained.stand(at, self.batch.as_ref().map_or(cost, |batch| batch.whole));
                self.merit()
            }
        };
        FirstOrder { value, gradient: self.along_free(gradient) }
    }

    /// F from J without its corners.
    #[inline(always)]
    fn of_j(&self, at: Point, j: FirstOrder) -> FirstOrder {
        let smooth = FirstOrder { value: self.sign * j.value, gradient: self.sign * j.gradient };
        self.corners.map_or(smooth, |corners| corners.walked(at, smooth))
    }

    /// Looks at all rows where the run comes to stand, to tell of it: exact, and not counted. Then at those of the step.
    #[cold]
    fn stand_with_batch(&mut self, at: Point) {
        self.evaluator.look_at(None);
        let whole = self.evaluator.exact_first_order(at);
        let whole = self.of_j(at, whole);
        if let Some(batch) = &mut self.batch {
            batch.whole = FirstOrder { gradient: along(self.free, whole.gradient), ..whole };
            self.evaluator.look_at(Some(batch.cursor.batch().clone()));
        }
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

    /// A way or a slope without the coordinates that do not move.
    #[inline]
    pub fn along_free(&self, gradient: Point) -> Point {
        along(self.free, gradient)
    }

    /// A Hessian with what `still` makes of the moving coordinate's curvature along the other one.
    #[inline]
    fn hessian_along_free(&self, hessian: Matrix2<f64>, still: impl Fn(f64) -> f64) -> Matrix2<f64> {
        hessian_along(self.free, hessian, still)
    }

    /// What has been evaluated so far.
    pub fn evaluations(&self) -> Evaluations {
        let mut evaluations = self.before;
        evaluations += self.looked();
        evaluations - self.twice
    }

    fn looked(&self) -> Evaluations {
        Evaluations { rows: self.rows, ..self.evaluator.evaluations() }
    }

    /// Where a run goes on from, so much had been evaluated, what it stands at included.
    pub(super) fn count_on_from(&mut self, before: Evaluations) {
        (self.before, self.twice) = (before, self.looked());
    }
}

#[inline]
fn along(free: [bool; 2], gradient: Point) -> Point {
    match free {
        [true, true] => gradient,
        [x, y] => Point::new(if x { gradient.x } else { 0.0 }, if y { gradient.y } else { 0.0 }),
    }
}

#[inline]
fn hessian_along(free: [bool; 2], hessian: Matrix2<f64>, still: impl Fn(f64) -> f64) -> Matrix2<f64> {
    match free {
        [true, true] => hessian,
        [true, false] => Matrix2::new(hessian.m11, 0.0, 0.0, still(hessian.m11)),
        [false, true] => Matrix2::new(still(hessian.m22), 0.0, 0.0, hessian.m22),
        [false, false] => Matrix2::identity(),
    }
}
