//! The secant method for roots of a function of one variable.
//!
//! ```text
//! s ← (f(θ) − f(θ′))/(θ − θ′)
//! θ ← θ − f(θ)/s
//! ```
//!
//! θ′ is the iterate before. Source: Süli & Mayers, *An Introduction to Numerical Analysis*, 2003, definition 1.8. Convention: the
//! first step leads to the second start. At f = 0, or where the step before moved nothing, nothing moves; a secant that never meets
//! the axis has no step.

use super::super::parameter::Parameter;
use super::super::term::{Term, scalar};
use super::super::{
    Drawn, Family, Iterate, Kin, MarkerForm, NoStep, Oracle, ParameterKind, Scale, Stage, Stepper, Taken,
    Value,
};
use super::newton_root::function;
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "secant",
    name: "Secant",
    short_name: "Secant",
    summary: "Goes to where the line through the last two points of the curve meets the axis.",
    formula: "θ ← θ − f / s",
    source: "Süli & Mayers 2003, definition 1.8",
    group: MethodGroup::Roots,
    family: Family::Of(Kin { id: "newton", marker: MarkerForm::BowTie, rates_times: 1.0 }),
    needs: Needs::Value,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::Fixed,
    parameters: &[Parameter {
        id: "second_start",
        symbol: "θ₁",
        meaning: "Where the first step leads, so that there are two points for a line.",
        kind: ParameterKind::Real {
            default: 0.5,
            min: -f64::MAX,
            max: f64::MAX,
            slider: [-10.0, 10.0],
            scale: Scale::Linear,
        },
    }],
    columns: &[],
    thresholds: super::super::thresholds::none,
    build: |settings| Box::new(Secant { second: settings.real("second_start"), last: None, slope: f64::NAN }),
};

#[derive(Clone, Debug)]
struct Secant {
    second: f64,
    /// The iterate before, with f there.
    last: Option<(f64, f64)>,
    /// s of the last step.
    slope: f64,
}

impl Stepper for Secant {
    fn step(&mut self, iterate: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        let &Iterate { at, here, .. } = iterate;
        let before = self.last.replace((at.x, here.value));
        self.slope = f64::NAN;
        let Some((last, value)) = before else { return Ok(Point::new(self.second, at.y)) };
        if here.value == 0.0 || at.x == last {
            return Ok(at);
        }
        self.slope = (here.value - value) / (at.x - last);
        if self.slope == 0.0 {
            return Err(NoStep::FlatSecant);
        }
        Ok(Point::new(at.x - here.value / self.slope, at.y))
    }

    fn under_way(&self) -> Self {
        Self { last: Some((0.0, 0.0)), slope: 1.0, ..self.clone() }
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let (at, value) = (taken.from.at, taken.from.here.value);
        let f = || scalar("f", "f", value);
        let mut stages = vec![function("value", "the function where the step begins", ["f", "f"], value)];
        let Some((last, before)) = taken.before.last else {
            stages.push(taken.end_at(scalar("θ₁", r"\theta_1", self.second)));
            return stages;
        };
        if self.slope.is_nan() {
            // A root, or a step that moved nothing.
            stages.push(taken.end_at(taken.theta()));
            return stages;
        }
        let of = |text: &'static str, latex: &'static str, value| -> Term { scalar(text, latex, value) };
        let quotient = (f() - of("f(θ′)", r"f(\theta')", before))
            / (of("θ", r"\theta", at.x) - of("θ′", r"\theta'", last));
        stages.push(
            Stage::line(
                "slope",
                "slope of the line through the last two points",
                ["s", "s"],
                quotient,
                Value::Scalar(self.slope),
            )
            .drawn("s", Drawn::Secant { from: [last, before], to: [at.x, value] }),
        );
        let s = || scalar("s", "s", self.slope);
        stages.push(
            Stage::part("displacement", "from where the line meets the axis to θ", f() / s())
                .subtracted_from("−f/s", at),
        );
        stages.push(taken.end(f() / s()));
        stages
    }
}
