//! Adam with decoupled weight decay.
//!
//! ```text
//! m ← β₁ m + (1 − β₁) g          m̂ = m / (1 − β₁ᵗ)
//! s ← β₂ s + (1 − β₂) g²         ŝ = s / (1 − β₂ᵗ)
//! θ ← θ − α λ θ − α m̂ / (√ŝ + ε)
//! ```
//!
//! Source: Loshchilov & Hutter, *Decoupled Weight Decay Regularization*, ICLR 2019, algorithm 2.
//! Convention: λ is multiplied by the learning rate, as libraries do it and unlike the paper's own λ, which only its
//! schedule multiplies. Both terms are of the θ before the step. The decay is no part of J: the method comes to rest where
//! J's gradient and the decay are in balance, not where J is smallest.

use super::super::parameter::{epsilon, learning_rate, weight_decay};
use super::super::quotient::{root_plus, scaled_quotient};
use super::super::term::scalar;
use super::super::{
    Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Parameter, Stage, Stepper, Taken, thresholds,
};
use super::moments::{Moments, decays};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

const BETAS: [Parameter; 2] = decays(0.9, 0.999);

pub(super) const METHOD: Method = Method {
    id: "adamw",
    name: "AdamW",
    short_name: "AdamW",
    summary: "Adam that also shrinks the point towards zero, beside the gradient and not through it.",
    formula: "m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², θ ← θ − α λ θ − α m̂ / (√ŝ + ε)",
    source: "Loshchilov & Hutter 2019, algorithm 2",
    group: MethodGroup::Adaptive,
    family: Family::Of(Kin { id: "adam", marker: MarkerForm::Cross, rates_times: 1.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[learning_rate(0.05), BETAS[0], BETAS[1], epsilon(1e-8), weight_decay(0.01)],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        Box::new(AdamW {
            moments: Moments::of(settings),
            epsilon: settings.real("epsilon"),
            weight_decay: settings.real("weight_decay"),
        })
    },
};

#[derive(Clone, Debug)]
struct AdamW {
    moments: Moments,
    epsilon: f64,
    weight_decay: f64,
}

impl Stepper for AdamW {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        self.moments.take(here.gradient);
        let (m_hat, s_hat) = self.moments.corrected();
        let decayed = at - self.weight_decay * rate.component_mul(&at);
        Ok(decayed - scaled_quotient(rate, m_hat, root_plus(self.epsilon, s_hat)))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let mut stages = vec![taken.gradient()];
        stages.extend(self.moments.lines(&taken.before.moments, taken));
        stages.extend(self.moments.corrections(taken));
        let (m_hat, s_hat) = self.moments.hats();
        let divisor = s_hat.root() + scalar("ε", r"\varepsilon", self.epsilon);
        let shrinks = taken.alpha() * scalar("λ", r"\lambda", self.weight_decay) * taken.theta();
        stages.extend([
            taken.effective_rate(divisor.clone()),
            Stage::part("decay", "what the weight decay subtracts", shrinks.clone())
                .subtracted_from("−α λ θ", taken.from.at),
            taken.displacement(m_hat.clone(), divisor.clone(), "−α m̂ / (√ŝ + ε)"),
            taken.end_at(taken.theta() - shrinks - taken.alpha() * m_hat / divisor),
        ]);
        stages
    }
}
