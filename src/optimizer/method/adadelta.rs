//! Adadelta: steps as long as those of late, in the units of θ.
//!
//! ```text
//! s ← ρ s + (1 − ρ) g²
//! d ← √((u + ε) / (s + ε)) ⊙ g
//! u ← ρ u + (1 − ρ) d²
//! θ ← θ − α d
//! ```
//!
//! Source: Zeiler, *ADADELTA: An Adaptive Learning Rate Method*, arXiv:1212.5701, 2012, algorithm 1 (its average of g² is s, that
//! of Δx² is u).
//! Convention: α multiplies d behind everything else, so that u knows nothing of it; the paper has α = 1. ε stands inside both
//! roots: the first steps are about √ε long, so that the rates that suit a few hundred steps are far above 1.

use super::super::parameter::{ABOVE_ZERO, decay, epsilon, learning_rate};
use super::super::quotient::{quotient, squared};
use super::super::term::{scalar, vector};
use super::super::{
    Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Parameter, ParameterKind, Scale, Stage, Stepper, Taken,
    Term, Value, thresholds,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "adadelta",
    name: "Adadelta",
    short_name: "Adadelta",
    summary: "RMSProp that finds its rate by itself: as far as its own steps of late. It starts very slowly.",
    formula: "s ← ρ s + (1 − ρ) g², d ← √((u + ε) / (s + ε)) ⊙ g, u ← ρ u + (1 − ρ) d², θ ← θ − α d",
    source: "Zeiler 2012, algorithm 1",
    group: MethodGroup::Adaptive,
    family: Family::Of(Kin { id: "rmsprop", marker: MarkerForm::TriangleLeft, rates_times: 200.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[
        Parameter {
            kind: ParameterKind::Real {
                default: 1.0,
                min: ABOVE_ZERO,
                max: 1e6,
                slider: [1e-2, 1e3],
                scale: Scale::Logarithmic,
            },
            ..learning_rate(1.0)
        },
        decay("rho", "ρ", "How slowly the averages of squared gradients and squared steps forget.", 0.9),
        epsilon(1e-6),
    ],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        let zero = Point::zeros();
        let (rho, epsilon) = (settings.real("rho"), settings.real("epsilon"));
        Box::new(Adadelta { rho, epsilon, s: zero, steps: zero, direction: zero })
    },
};

#[derive(Clone, Debug)]
struct Adadelta {
    rho: f64,
    epsilon: f64,
    s: Point,
    /// u.
    steps: Point,
    /// d of the last step.
    direction: Point,
}

impl Stepper for Adadelta {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        let (rho, epsilon, g) = (self.rho, self.epsilon, here.gradient);
        self.s = rho * self.s + (1.0 - rho) * squared(g);
        self.direction = g.zip_zip_map(&self.steps, &self.s, |g, steps, s| {
            if g == 0.0 { 0.0 } else { quotient(steps + epsilon, s + epsilon).sqrt() * g }
        });
        self.steps = rho * self.steps + (1.0 - rho) * squared(self.direction);
        Ok(at - rate.component_mul(&self.direction))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let epsilon = || scalar("ε", r"\varepsilon", self.epsilon);
        let rho = || scalar("ρ", r"\rho", self.rho);
        let (s, u) = (vector("s", "s", self.s), vector("u", "u", taken.before.steps));
        let ratio = ((u + epsilon()) / (s + epsilon())).root();
        let d = vector("d", "d", self.direction);
        let effective = Stage::part(
            "effective_rate",
            "learning rate that each coordinate really gets",
            taken.alpha() * ratio.clone(),
        );
        vec![
            taken.gradient(),
            Stage::average(
                "s",
                "fading average of the squared gradients",
                ["s", "s"],
                rho(),
                [taken.before.s, self.s],
                taken.g().squared(),
            )
            .squares("s"),
            effective.sides("rate"),
            Stage::line(
                "direction",
                "the gradient, as long as the steps of late",
                ["d", "d"],
                ratio * taken.g(),
                Value::Vector(self.direction),
            )
            .subtracted_from("−d", taken.from.at),
            Stage::average(
                "u",
                "fading average of the squared steps, for the next one",
                ["u", "u"],
                rho(),
                [taken.before.steps, self.steps],
                d.clone().squared(),
            )
            .squares("u"),
            displaced(taken, taken.alpha() * d.clone()),
            taken.end(taken.alpha() * d),
        ]
    }
}

/// What a step by α d subtracts.
fn displaced<S>(taken: &Taken<'_, S>, right: Term) -> Stage {
    Stage::part("displacement", "what the step subtracts", right).subtracted_from("−α d", taken.from.at)
}
