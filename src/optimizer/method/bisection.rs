//! Bisection for roots of a function of one variable.
//!
//! ```text
//! [a, b] ← [a, θ] where f(a) and f(θ) differ in sign, else [θ, b]
//! θ ← a + (b − a)/2
//! ```
//!
//! θ is the middle of a bracket [a, b] at whose ends f has different signs. Source: Bolzano's theorem; Burden & Faires, *Numerical
//! Analysis*, 9th ed. 2011, algorithm 2.1. Convention: the run starts in the middle of the first bracket. At f = 0 nothing moves.

use super::super::parameter::Parameter;
use super::super::term::{Term, scalar};
use super::super::{
    Drawn, Family, Iterate, Kin, MarkerForm, NoStep, Oracle, ParameterKind, Stage, Stepper, Taken, Value,
};
use super::newton_root::function;
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "bisection",
    name: "Bisection",
    short_name: "Bisection",
    summary: "Halves an interval again and again, and keeps the half in which the sign changes.",
    formula: "θ ← a + (b − a) / 2",
    source: "Burden & Faires 2011, algorithm 2.1",
    group: MethodGroup::Roots,
    family: Family::Of(Kin { id: "newton", marker: MarkerForm::Hourglass, rates_times: 1.0 }),
    needs: Needs::Value,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::Fixed,
    parameters: &[Parameter {
        id: "bracket",
        symbol: "[a, b]",
        meaning: "The interval that is halved: f has another sign at one end than at the other.",
        kind: ParameterKind::Interval { default: [-1.0, 1.0] },
    }],
    columns: &[],
    thresholds: super::super::thresholds::none,
    build: |settings| Box::new(Bisection { bracket: settings.interval("bracket"), left: None }),
};

/// The middle of an interval, which is in it whatever its ends are.
pub(crate) fn middle([a, b]: [f64; 2]) -> f64 {
    a + (b - a) / 2.0
}

/// Whether f, at the ends of an interval and in its middle, is 0 somewhere or has two signs.
pub(crate) fn shows_root(values: [f64; 3]) -> bool {
    let [least, largest] = [f64::min, f64::max].map(|of| values.into_iter().reduce(of).unwrap_or(f64::NAN));
    values.iter().all(|value| !value.is_nan()) && least <= 0.0 && largest >= 0.0
}

#[derive(Clone, Debug)]
struct Bisection {
    /// The present one, whose middle is the iterate.
    bracket: [f64; 2],
    /// f at its left end, once it was looked at.
    left: Option<f64>,
}

impl Stepper for Bisection {
    fn step(&mut self, iterate: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        let &Iterate { at, here, .. } = iterate;
        let [a, b] = self.bracket;
        let left = match self.left {
            Some(left) => left,
            None => {
                let [left, right] = [a, b].map(|end| oracle.value(Point::new(end, at.y)));
                if !shows_root([left, here.value, right]) {
                    return Err(NoStep::NoSignChange);
                }
                left
            }
        };
        self.left = Some(left);
        if here.value == 0.0 {
            return Ok(at);
        }
        // An end that is a root is kept: everything differs in sign from 0.
        if left == 0.0 || left.signum() != here.value.signum() {
            self.bracket = [a, at.x];
        } else {
            (self.bracket, self.left) = ([at.x, b], Some(here.value));
        }
        Ok(Point::new(middle(self.bracket), at.y))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let (before, [a, b]) = (taken.before.bracket, self.bracket);
        let left = self.left.or(taken.before.left).unwrap_or(f64::NAN);
        let keeps_left = a == before[0];
        let of_left = taken.before.left.unwrap_or(left);
        vec![
            Stage::line(
                "left_value",
                "the function at the left end of the bracket",
                ["f_a", "f_a"],
                scalar("f(a)", "f(a)", of_left),
                Value::Scalar(of_left),
            ),
            function("value", "the function in its middle", ["f", "f"], taken.from.here.value),
            Stage::line(
                "left",
                if keeps_left {
                    "the left end stays"
                } else {
                    "the left end moves to the middle: no sign changes left of it"
                },
                ["a", "a"],
                if keeps_left { scalar("a", "a", a) } else { scalar("θ", r"\theta", a) },
                Value::Scalar(a),
            )
            .drawn("[a, b]", Drawn::Bracket { before, after: [a, b] }),
            Stage::line(
                "right",
                if keeps_left {
                    "the right end moves to the middle: the sign changes left of it"
                } else {
                    "the right end stays"
                },
                ["b", "b"],
                if keeps_left { scalar("θ", r"\theta", b) } else { scalar("b", "b", b) },
                Value::Scalar(b),
            )
            .drawn("[a, b]", Drawn::Bracket { before, after: [a, b] }),
            taken.end_at(
                scalar("a", "a", a) + (scalar("b", "b", b) - scalar("a", "a", a)) / Term::Constant(2.0),
            ),
        ]
    }
}
