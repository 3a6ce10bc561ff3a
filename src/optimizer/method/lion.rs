//! Lion: steps of the same length in every coordinate, by the sign of an average.
//!
//! ```text
//! c ← sign(β₁ m + (1 − β₁) g)
//! m ← β₂ m + (1 − β₂) g
//! θ ← θ − α (c + λ θ)
//! ```
//!
//! Source: Chen, Liang, Huang, Real, Wang, Liu, Pham, Dong, Luong, Hsieh, Lu & Le, *Symbolic Discovery of Optimization
//! Algorithms*, NeurIPS 2023, algorithm 2.
//! Convention: m is updated after it was used, so that c is made with the m of the step before, and forgets more slowly. Decay and
//! step are of the θ before the step. sign(0) = 0: a coordinate whose gradients have all been 0 stays.

use super::super::parameter::{learning_rate, weight_decay};
use super::super::quotient::sign;
use super::super::term::{one_minus, scalar, vector};
use super::super::{
    Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Parameter, Stage, Stepper, Taken, Value, thresholds,
};
use super::moments::{average_of_gradients, beta1, beta2, decays};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

const BETAS: [Parameter; 2] = decays(0.9, 0.99);

pub(super) const METHOD: Method = Method {
    id: "lion",
    name: "Lion",
    short_name: "Lion",
    summary: "Goes by the sign alone: each coordinate moves by α, however steep it is, and circles at the end.",
    formula: "c ← sign(β₁ m + (1 − β₁) g), m ← β₂ m + (1 − β₂) g, θ ← θ − α (c + λ θ)",
    source: "Chen et al. 2023, algorithm 2",
    group: MethodGroup::Adaptive,
    family: Family::Of(Kin { id: "adam", marker: MarkerForm::Tripod, rates_times: 0.2 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[
        learning_rate(0.01),
        Parameter {
            meaning: "How much of the sign is that of the average; the rest is of the slope here.",
            ..BETAS[0]
        },
        Parameter { meaning: "How slowly the average of gradients forgets.", ..BETAS[1] },
        weight_decay(0.0),
    ],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        Box::new(Lion {
            beta1: settings.real("beta1"),
            beta2: settings.real("beta2"),
            weight_decay: settings.real("weight_decay"),
            m: Point::zeros(),
            direction: Point::zeros(),
        })
    },
};

#[derive(Clone, Debug)]
struct Lion {
    beta1: f64,
    beta2: f64,
    weight_decay: f64,
    m: Point,
    /// c of the last step.
    direction: Point,
}

impl Stepper for Lion {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        let g = here.gradient;
        self.direction = (self.beta1 * self.m + (1.0 - self.beta1) * g).map(sign);
        self.m = self.beta2 * self.m + (1.0 - self.beta2) * g;
        Ok(at - rate.component_mul(&(self.direction + self.weight_decay * at)))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let beta1 = beta1(self.beta1);
        let inner = beta1.clone() * vector("m", "m", taken.before.m) + one_minus(beta1) * taken.g();
        let c = vector("c", "c", self.direction);
        let moved = c + scalar("λ", r"\lambda", self.weight_decay) * taken.theta();
        vec![
            taken.gradient(),
            Stage::line(
                "direction",
                "which way each coordinate goes",
                ["c", "c"],
                inner.sign(),
                Value::Vector(self.direction),
            )
            .slope_at("c", taken.from.at),
            average_of_gradients(taken, beta2(self.beta2), [taken.before.m, self.m]),
            Stage::part("displacement", "what the step subtracts", taken.alpha() * moved.clone())
                .subtracted_from("−α (c + λ θ)", taken.from.at),
            taken.end(taken.alpha() * moved),
        ]
    }
}
