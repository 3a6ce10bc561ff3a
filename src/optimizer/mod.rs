//! How one steps: the methods, one file each, with their registry, and a run that records a trajectory.
//!
//! Conventions of all methods: g is the gradient of the function that is *minimized* (J, or -J when the goal is
//! to maximize), operations are per coordinate, all state starts at 0, and t = 1, 2, ... counts steps. A
//! quotient with numerator 0 is 0, so a gradient component that is exactly 0 moves nothing even where ε = 0.
//!
//! A new method is a file in `method/` with a [`Method`] row and a [`Stepper`], and its name in the list of `method/mod.rs`.

mod corners;
mod ends;
mod entries;
mod family;
mod iterate;
mod kernel;
mod learning_rates;
mod line_search;
mod linear;
mod method;
mod no_minimum;
mod oracle;
mod outcome;
mod parameter;
mod polyline;
mod quotient;
mod rate_search;
mod root;
mod rule;
mod run;
mod schedule;
mod settings;
mod stage;
mod stand;
mod stepper;
mod term;
mod thresholds;
mod trajectory;
mod treatment;
mod walk;
mod walker;

pub use ends::{End, Ends, Task};
pub use entries::{Column, ColumnKind, ColumnSpec};
pub use family::{Family, Kin, MarkerForm, PathLook};
pub use iterate::Iterate;
pub use learning_rates::LearningRates;
pub use line_search::{LineSearch, LineSearchKind, Trial};
pub use method::{METHODS, Method, MethodGroup, Needs, RateForm, method};
pub(crate) use method::{middle, shows_root};
pub use oracle::Oracle;
pub use outcome::{Outcome, OutcomeKind};
pub use parameter::{Parameter, ParameterKind, ParameterRow, ParameterValue, Scale};
pub use polyline::Polyline;
pub use rate_search::RateSearch;
pub use rule::{
    MOST_RULE_LINES, MOST_RULE_PARAMETER, MOST_RULE_PARAMETERS, NoOwnRule, Rule, RuleError, RuleErrorKind,
    RulePlace,
};
pub use run::{Limits, Plan, Run};
pub use schedule::{
    Factors, MOST_FACTOR, MOST_PIECES, MOST_SCHEDULE_STEPS, Schedule, ScheduleEntry, ScheduleForm,
    ScheduleKind, SchedulePiece, TypedFactor,
};
pub use settings::{SettingError, Settings};
pub use stage::{Drawn, RuleLine, Sketch, Stage, Taken};
pub use stepper::{NoStep, Stepper};
pub use term::{Term, Value};
pub use thresholds::{Bowl, NoBowl, Threshold, ThresholdKind, minimum_finder, nearest_minimum};
pub use trajectory::{Entry, Evaluated, StepRate, Trajectory};
pub use treatment::{Treatment, TreatmentKind, TreatmentParameter, TreatmentRow, TreatmentSettings};
