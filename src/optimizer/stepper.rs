//! What a method does in a step: its arithmetic, its state, and why it may have no step.

use super::entries::Record;
use super::iterate::Iterate;
use super::stage::constrained::with_constraints;
use super::stage::{RuleLine, Stage, Taken};
use super::stand::{Bounds, Next, Stand};
use super::treatment::Constrained;
use super::{Column, LearningRates, LineSearchKind, Oracle, outcome};
use crate::objective::{FirstOrder, Goal, LostStep, Point};

/// The state of a method between steps, and the arithmetic of one step. A copy goes on as the original does.
pub trait Stepper: std::fmt::Debug + Send + Sync {
    /// The point after one step from an iterate. Further gradients and Hessians come from the oracle. The point may be
    /// non-finite: the run ends there.
    ///
    /// # Errors
    /// Where the method has no step from here, with the reason.
    fn step(&mut self, iterate: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep>;

    /// The multipliers that the step found with the point, where the method finds them.
    fn multipliers(&self) -> Option<[f64; 2]> {
        None
    }

    /// Whether it is at its end, of a method that ends by itself and not where the gradient vanishes: what it compares is nearer
    /// together than `tolerance`.
    fn has_settled(&self, _tolerance: f64) -> bool {
        false
    }

    /// Whether one step may evaluate more than another.
    fn is_uneven(&self) -> bool {
        false
    }

    /// Adds an entry to each of the method's columns, for the iterate `at`.
    fn record(&self, _at: Point, _columns: &mut [Column]) {}

    /// The state in which its rule is told, where the first step is another one than those that follow.
    fn under_way(&self) -> Self
    where
        Self: Sized + Clone,
    {
        self.clone()
    }

    /// What the step did that brought the method here, in order, the next iterate last. The lines among these are its rule.
    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage>
    where
        Self: Sized;
}

/// What iterates are added to.
pub(super) struct Lists<'a> {
    pub points: &'a mut Vec<Point>,
    pub record: &'a mut Record,
}

/// A [`Stepper`] of whatever method.
pub(super) trait AnyStepper: Stepper {
    /// A copy.
    fn boxed_clone(&self) -> Box<dyn AnyStepper>;
    /// Takes up to `most` steps to within the bounds, and records each where that is asked for. Returns where the step after them
    /// leads, if that is not within, or that there is none: that one is to be looked at. The loop is made for each method, so that
    /// a step costs no call.
    fn stretch(
        &mut self,
        stand: &mut Stand,
        within: &Bounds,
        most: usize,
        into: Option<Lists<'_>>,
    ) -> Option<Result<Next, NoStep>>;
    /// What the step from here does, at one of these rates. Of one that does not exist the numbers that it would have had are not
    /// numbers.
    fn explained(&self, iterate: &Iterate, rates: &LearningRates, oracle: &mut Oracle) -> Vec<Stage>;
    /// The lines of the rule, at these rates.
    fn rule(&self, rates: &LearningRates, goal: Goal) -> Vec<RuleLine>;
}

impl<S: Stepper + Clone + 'static> AnyStepper for S {
    fn boxed_clone(&self) -> Box<dyn AnyStepper> {
        Box::new(self.clone())
    }

    fn stretch(
        &mut self,
        stand: &mut Stand,
        within: &Bounds,
        most: usize,
        mut into: Option<Lists<'_>>,
    ) -> Option<Result<Next, NoStep>> {
        for _ in 0..most {
            let step = stand.iterate().and_then(|iterate| self.step(&iterate, &mut stand.oracle));
            let next = match step.and_then(|to| stand.look(to)) {
                Ok(next) => next,
                Err(reason) => return Some(Err(reason)),
            };
            if !within.contain(&next) {
                return Some(Ok(next));
            }
            if let Some(Lists { points, record }) = &mut into {
                points.push(next.at);
                record.push(&stand.oracle, next.at, next.there);
                self.record(next.at, &mut record.columns);
                if self.is_uneven() {
                    record.evaluated.push(stand.oracle.evaluations());
                }
            }
            stand.go(next);
        }
        None
    }

    fn explained(&self, iterate: &Iterate, rates: &LearningRates, oracle: &mut Oracle) -> Vec<Stage> {
        let mut after = self.clone();
        let to = after.step(iterate, oracle).unwrap_or(Point::repeat(f64::NAN));
        let on_merit = oracle.constrained().is_some_and(Constrained::has_merit);
        let on_batch = oracle.is_on_batch();
        let (goal, of_one_variable) = (oracle.goal(), oracle.is_of_one_variable());
        let taken =
            Taken { before: self, from: *iterate, rates, to, goal, on_merit, on_batch, of_one_variable };
        let stages = with_constraints(taken.all_of(after.stages(&taken)), iterate, oracle);
        if oracle.is_of_one_variable() {
            stages.into_iter().map(Stage::in_one_variable).collect()
        } else {
            stages
        }
    }

    fn rule(&self, rates: &LearningRates, goal: Goal) -> Vec<RuleLine> {
        let zero = Point::zeros();
        let here = FirstOrder { value: 0.0, gradient: zero };
        let from = Iterate { t: 1, at: zero, here, rate: zero };
        let told = self.under_way();
        let taken = Taken {
            before: &told,
            from,
            rates,
            to: zero,
            goal,
            on_merit: false,
            on_batch: false,
            of_one_variable: false,
        };
        let stages = taken.all_of(told.stages(&taken));
        stages.iter().filter(|stage| stage.is_line()).map(|stage| stage.formula(None)).collect()
    }
}

impl Clone for Box<dyn AnyStepper> {
    fn clone(&self) -> Self {
        // Of what is in the box, not of the box.
        (**self).boxed_clone()
    }
}

/// Why a method has no step from a point. Reads on after "at step 3 ".
#[derive(Clone, Copy, PartialEq, Debug, thiserror::Error)]
pub enum NoStep {
    /// The schedule of the learning rate gives none.
    #[error("{}", outcome::no_rate(*.t, *.factor))]
    NoRate {
        /// The steps of which φ is asked.
        t: u32,
        /// φ, negative or not finite.
        factor: f64,
    },
    /// Newton's equation H d = g has no unique solution.
    #[error("the Hessian is singular, so Newton's step does not exist")]
    SingularHessian,
    /// The Hessian has an entry that is infinite or not a number.
    #[error("the Hessian is not finite, so Newton's step does not exist")]
    HessianNotFinite,
    /// The N + K equations of Lagrange and Newton have no unique solution.
    #[error("the N + K equations are singular, so Lagrange-Newton's step does not exist")]
    SingularKkt,
    /// The tangent never meets the axis.
    #[error("the tangent is flat, so it never meets the axis: start elsewhere, or bisect")]
    FlatTangent,
    /// The line through the last two points never meets the axis.
    #[error(
        "the line through the last two points is flat, so it never meets the axis: start elsewhere, or bisect"
    )]
    FlatSecant,
    /// The function has no root that its signs at the ends of an interval would show.
    #[error(
        "f has one sign at both ends of the bracket and in its middle, or is undefined there: move an end across a root"
    )]
    NoSignChange,
    /// No point is found where all constraints hold.
    #[error("no feasible point is found near where the method would go")]
    NothingFeasible,
    /// There are several feasible points that are equally near.
    #[error("several feasible points are equally near to where the method would go")]
    SeveralNearest,
    /// The direction of a line search does not lead down.
    #[error("the search direction does not lead down, so no length along it is looked for")]
    NoDescent,
    /// A line search has tried all that it may.
    #[error("{}", outcome::trials_spent(*.0))]
    TrialsSpent(LineSearchKind),
    /// What is minimized falls along a search direction as far as that was followed.
    #[error("the cost still falls where the search direction was followed the farthest")]
    FallsOn,
    /// A length is so small that it moves nothing.
    #[error("no length that moves the point {}", .0.aim())]
    LengthLost(LineSearchKind),
    /// No step in any disc is better than none.
    #[error("the trust region has become too small to move anything: no step in it lowers the cost")]
    RegionLost,
    /// J is not made of squares over rows.
    #[error("J is no sum or mean of squares over rows of data, with no l1, to be minimized")]
    NoSquares,
    /// No damping is large enough.
    #[error("the damping has become so large that no step moves anything, and none lowers the cost")]
    DampingLost,
    /// The vertices of a simplex lie on a line.
    #[error("the simplex has collapsed to a line, beside which nothing is looked for any more")]
    FlatSimplex,
    /// The gradient at a point that a line of a typed rule asks for is infinite or not a number.
    #[error("the gradient that line {line} of its rule asks for is not finite")]
    AskedNotFinite {
        /// The line, from 1.
        line: usize,
    },
    /// The gradient at the look-ahead point is infinite or not a number.
    #[error("the gradient at the look-ahead point is not finite")]
    LookaheadNotFinite,
    /// The step of central differences is lost beside a coordinate of the look-ahead point.
    #[error("{}", outcome::lost(.0, "a coordinate of the look-ahead point,"))]
    LookaheadLost(LostStep),
}
