//! How one steps: seven methods, one file each, their registry, and a run that records a trajectory.
//!
//! Conventions of all methods: g is the gradient of the function that is *minimized* (J, or -J when the goal is
//! to maximize), operations are per coordinate, all state starts at 0, and t = 1, 2, ... counts steps. A
//! quotient with numerator 0 is 0, so a gradient component that is exactly 0 moves nothing even where ε = 0.
//!
//! A new method is one file with a [`Method`] row and a [`Stepper`], and one line in [`METHODS`].

mod adagrad;
mod adam;
mod family;
mod gd;
mod momentum;
mod nesterov;
mod newton;
mod no_minimum;
mod oracle;
mod outcome;
mod parameter;
mod quotient;
mod registry;
mod rmsprop;
mod rule;
mod run;
mod settings;
mod trajectory;

pub use family::{Family, MarkerForm, PathLook};
pub use oracle::Oracle;
pub use outcome::{Outcome, OutcomeKind};
pub use parameter::{Parameter, ParameterKind, ParameterValue, Scale};
pub use registry::{METHODS, Method, Needs, method};
pub use rule::RuleLine;
pub use run::{Limits, Plan, Run};
pub use settings::{SettingError, Settings};
pub use trajectory::{Column, ColumnSpec, Trajectory};

use crate::objective::{FirstOrder, LostStep, Point};

/// Where a run stands when it takes a step.
#[derive(Clone, Copy, Debug)]
pub struct Iterate {
    /// The point.
    pub at: Point,
    /// Value and gradient of the minimized function there, both finite.
    pub here: FirstOrder,
    /// The learning rate of this step, for each coordinate.
    pub rate: Point,
}

/// The state of a method between steps, and the arithmetic of one step.
pub trait Stepper: std::fmt::Debug + Send {
    /// The point after one step from an iterate. Further gradients and Hessians come from the oracle. The point may be
    /// non-finite: the run ends there.
    ///
    /// # Errors
    /// Where the method has no step from here, with the reason.
    fn step(&mut self, iterate: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep>;

    /// Adds an entry to each of the method's columns, for the iterate `at`.
    fn record(&self, _at: Point, _columns: &mut [Column]) {}

    /// The intermediate quantities of the last step. The step can be recomputed from them by hand.
    fn quantities(&self) -> Vec<Quantity>;
}

/// Why a method has no step from a point. Reads on after "at step 3 ".
#[derive(Clone, Copy, PartialEq, Debug, thiserror::Error)]
pub enum NoStep {
    /// Newton's equation H d = g has no unique solution.
    #[error("the Hessian is singular, so Newton's step does not exist")]
    SingularHessian,
    /// The Hessian has an entry that is infinite or not a number.
    #[error("the Hessian is not finite, so Newton's step does not exist")]
    HessianNotFinite,
    /// The gradient at the look-ahead point is infinite or not a number.
    #[error("the gradient at the look-ahead point is not finite")]
    LookaheadNotFinite,
    /// The step of central differences is lost beside a coordinate of the look-ahead point.
    #[error("{}", outcome::lost(.0, "a coordinate of the look-ahead point,"))]
    LookaheadLost(LostStep),
}

/// An intermediate quantity of a step, a number for each coordinate.
#[derive(Clone, PartialEq, Debug)]
pub struct Quantity {
    /// Name in files and on the command line, unique within a method.
    pub id: &'static str,
    /// How it is written in the formula.
    pub symbol: &'static str,
    /// What it is, for a student.
    pub meaning: &'static str,
    /// Its entries for x and y. May be infinite, as the effective rate is where s = 0 and ε = 0.
    pub value: [f64; 2],
}

impl Quantity {
    fn new(id: &'static str, symbol: &'static str, meaning: &'static str, value: Point) -> Self {
        Self { id, symbol, meaning, value: [value.x, value.y] }
    }

    fn gradient(value: Point) -> Self {
        Self::new(
            "gradient",
            "g",
            "gradient of the minimized function, the direction of steepest ascent",
            value,
        )
    }
}
