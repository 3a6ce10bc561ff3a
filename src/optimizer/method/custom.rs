//! A rule that somebody types, see [`crate::optimizer::Rule`].
//!
//! ```text
//! v = beta*v + alpha*g          theta = theta − v
//! ```
//!
//! Source: none; the rule that stands there first is the heavy ball, see `momentum.rs`.
//! Convention: the lines are computed in order; a rate is a parameter like others, so that no schedule acts on it, and no number
//! of each variable. 0/0 is not a number here, and a run ends where its point is none.

use super::super::rule::RuleWalk;
use super::super::{
    Family, Iterate, Kin, MarkerForm, NoStep, Oracle, ParameterValue, Stage, Stepper, Taken, thresholds,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "custom",
    name: "Your own rule",
    short_name: "Own rule",
    summary: "What you type, line by line, with parameters and state vectors of its own; it begins as the heavy ball.",
    formula: "v ← β v + α g, θ ← θ − v",
    source: "yours; what it begins with is Polyak 1964",
    group: MethodGroup::Own,
    family: Family::Of(Kin { id: "momentum", marker: MarkerForm::Pentagon, rates_times: 1.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::Fixed,
    parameters: &[],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        // Settings of this method have a rule; without one nothing would move.
        let values = settings.iter().map(|(_, value)| match value {
            ParameterValue::Real(number) => number,
            _ => f64::NAN,
        });
        Box::new(Custom { walk: RuleWalk::new(settings.own_rule().cloned().unwrap_or_default(), values) })
    },
};

#[derive(Clone, Debug)]
struct Custom {
    walk: RuleWalk,
}

impl Stepper for Custom {
    fn step(&mut self, iterate: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        self.walk.step(iterate, oracle)
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        self.walk.stages(&taken.before.walk, taken)
    }
}
