//! The method of Barzilai and Borwein: gradient descent with a rate from the last two gradients, as the secant idea has it.
//!
//! ```text
//! s = θ − θ₋,  y = g − g₋
//! long:   α_k ← sᵀs / sᵀy
//! short:  α_k ← sᵀy / yᵀy
//! θ ← θ − α_k g
//! ```
//!
//! Source: Barzilai & Borwein, *Two-point step size gradient methods*, IMA J. Numerical Analysis 8, 1988, equations (5) and (6).
//! Convention: the first step has the learning rate; where sᵀy ≤ 0, J did not curve up along the last step, and α_k stays.

use super::super::parameter::learning_rate;
use super::super::term::{Value, scalar};
use super::super::{
    Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Parameter, ParameterKind, Stage, Stepper, Taken,
    thresholds,
};
use super::secant_pair::{Secant, last_step};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "barzilai-borwein",
    name: "Barzilai-Borwein",
    short_name: "BB",
    summary: "Straight downhill, as far as the last two slopes say that the curvature allows.",
    formula: "α_k ← sᵀs / sᵀy, θ ← θ − α_k g",
    source: "Barzilai & Borwein 1988, equations (5) and (6)",
    group: MethodGroup::Gradient,
    family: Family::Of(Kin { id: "gd", marker: MarkerForm::TriangleLeft, rates_times: 1.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::Fixed,
    parameters: &[
        learning_rate(0.05),
        Parameter {
            id: "form",
            symbol: "form",
            meaning: "Which of the two secants gives the rate: the longer one or the shorter one.",
            kind: ParameterKind::Choice {
                default: LONG,
                options: &[(LONG, "long: s·s / s·y"), (SHORT, "short: s·y / y·y")],
            },
        },
    ],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        Box::new(BarzilaiBorwein {
            is_short: settings.choice("form") == SHORT,
            last: None,
            rate: f64::NAN,
            said: FIRST,
        })
    },
};

const LONG: &str = "long";
const SHORT: &str = "short";

/// What there is to say of α_k.
const FIRST: &str = "rate of the first step: the learning rate, since there is no step before it";
const SECANT: &str = "rate that would be right if J curved everywhere as along the last step";
const STAYS: &str = "the rate stays: along the last step J did not curve up (s·y ≤ 0)";

#[derive(Clone, Debug)]
struct BarzilaiBorwein {
    is_short: bool,
    /// Where the last step began, and the gradient there.
    last: Option<(Point, Point)>,
    /// α_k of the last step, and what there is to say of it.
    rate: f64,
    said: &'static str,
}

impl Stepper for BarzilaiBorwein {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        match self.last {
            None => self.rate = rate.x,
            Some((before, gradient)) => {
                let secant = Secant { step: at - before, change: here.gradient - gradient };
                let curvature = secant.curvature();
                self.said = if curvature > 0.0 { SECANT } else { STAYS };
                if curvature > 0.0 {
                    let long = secant.step.dot(&secant.step) / curvature;
                    self.rate = if self.is_short { secant.scale() } else { long };
                }
            }
        }
        self.last = Some((at, here.gradient));
        Ok(at - self.rate * here.gradient)
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let mut stages = vec![taken.gradient()];
        stages.extend(last_step(taken.before.last, taken));
        let (text, latex) = match self.is_short {
            false => ("sᵀs / sᵀy", r"\frac{s^{\top} s}{s^{\top} y}"),
            true => ("sᵀy / yᵀy", r"\frac{s^{\top} y}{y^{\top} y}"),
        };
        let rate = scalar("α_k", r"\alpha_k", self.rate);
        stages.push(
            Stage::line(
                "step_size",
                self.said,
                ["α_k", r"\alpha_k"],
                scalar(text, latex, self.rate),
                Value::Scalar(self.rate),
            )
            .sides("α_k"),
        );
        let step = rate * taken.g();
        stages.push(
            Stage::part("displacement", "what the step subtracts: the slope times the rate", step.clone())
                .subtracted_from("−α_k g", taken.from.at),
        );
        stages.push(taken.end(step));
        stages
    }
}
