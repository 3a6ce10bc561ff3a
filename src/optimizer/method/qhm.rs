//! Quasi-hyperbolic momentum: a weighted average of a step of gradient descent and one of momentum.
//!
//! ```text
//! v ← β v + (1 − β) g
//! θ ← θ − α ((1 − ν) g + ν v)
//! ```
//!
//! Source: Ma & Yarats, *Quasi-hyperbolic momentum and Adam for deep learning*, ICLR 2019, equations (3) and (4).
//! Limit of the rate: Gitman, Lang, Zhang & Xiao, *Understanding the Role of Momentum in Stochastic Gradient Methods*, NeurIPS
//! 2019. A step multiplies the error along an eigenvector by the roots of z² − (1 + β − αλ(1 − νβ)) z + β (1 − αλ(1 − ν)) = 0; the
//! bound is where one of them reaches −1, before which no other is on the unit circle (Jury's criterion).
//! Convention: v is an average and no sum: ν = 0 is gradient descent, ν = 1 momentum in the form `ewma`.

use super::super::parameter::{decay, learning_rate, share};
use super::super::term::{one_minus, scalar, vector};
use super::super::{
    Bowl, Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Stage, Stepper, Taken, Threshold, Value,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "qhm",
    name: "QHM",
    short_name: "QHM",
    summary: "Part plain descent, part momentum: the slope here steers at once, a long average carries on.",
    formula: "v ← β v + (1 − β) g, d ← (1 − ν) g + ν v, θ ← θ − α d",
    source: "Ma & Yarats 2019, equations (3) and (4)",
    group: MethodGroup::Momentum,
    family: Family::Of(Kin { id: "momentum", marker: MarkerForm::Hourglass, rates_times: 10.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[
        learning_rate(0.05),
        decay("beta", "β", "How slowly the average of gradients forgets.", 0.999),
        share("nu", "ν", "How much of a step follows the average; the rest follows the slope here.", 0.7),
    ],
    columns: &[],
    thresholds: |settings, Bowl { greatest, .. }| {
        let (beta, nu) = (settings.real("beta"), settings.real("nu"));
        let rate = 2.0 * (1.0 + beta) / ((1.0 + beta - 2.0 * nu * beta) * greatest);
        vec![Threshold::limit("2(1 + β)/((1 + β − 2νβ)λmax)", rate)]
    },
    build: |settings| {
        let zero = Point::zeros();
        Box::new(Qhm { beta: settings.real("beta"), nu: settings.real("nu"), v: zero, direction: zero })
    },
};

#[derive(Clone, Debug)]
struct Qhm {
    beta: f64,
    nu: f64,
    v: Point,
    /// d of the last step.
    direction: Point,
}

impl Stepper for Qhm {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        self.v = self.beta * self.v + (1.0 - self.beta) * here.gradient;
        self.direction = (1.0 - self.nu) * here.gradient + self.nu * self.v;
        Ok(at - rate.component_mul(&self.direction))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let nu = scalar("ν", r"\nu", self.nu);
        let d = vector("d", "d", self.direction);
        let mixed = one_minus(nu.clone()) * taken.g() + nu * vector("v", "v", self.v);
        vec![
            taken.gradient(),
            Stage::average(
                "velocity",
                "velocity: the average of all gradients",
                ["v", "v"],
                scalar("β", r"\beta", self.beta),
                [taken.before.v, self.v],
                taken.g(),
            )
            .slope_at("v", taken.from.at),
            Stage::line(
                "direction",
                "part of the slope here, part of the average",
                ["d", "d"],
                mixed,
                Value::Vector(self.direction),
            )
            .slope_at("d", taken.from.at),
            Stage::part("displacement", "what the step subtracts", taken.alpha() * d.clone())
                .subtracted_from("−α d", taken.from.at),
            taken.end(taken.alpha() * d),
        ]
    }
}
