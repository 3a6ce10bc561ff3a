//! NAdam: Adam with Nesterov's look ahead, by the average of gradients as it will be after the next step's decay.
//!
//! ```text
//! m ← β₁ m + (1 − β₁) g
//! s ← β₂ s + (1 − β₂) g²         ŝ = s / (1 − β₂ᵗ)
//! n ← β₁ m / (1 − β₁ᵗ⁺¹) + (1 − β₁) g / (1 − β₁ᵗ)
//! θ ← θ − α n / (√ŝ + ε)
//! ```
//!
//! Source: Dozat, *Incorporating Nesterov Momentum into Adam*, ICLR 2016 workshop track, algorithm 2 (its n is s, its m̄ is n).
//! Convention: β₁ is constant; the paper's schedule of it, μₜ, is not used. m in n is the m of this step. ε stands outside the
//! root, as in Adam.

use super::super::parameter::{epsilon, learning_rate};
use super::super::quotient::{root_plus, scaled_quotient};
use super::super::term::{one_minus, scalar, vector};
use super::super::{
    Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Parameter, Stage, Stepper, Taken, Value, thresholds,
};
use super::moments::{Moments, decays};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

const BETAS: [Parameter; 2] = decays(0.9, 0.999);

pub(super) const METHOD: Method = Method {
    id: "nadam",
    name: "NAdam",
    short_name: "NAdam",
    summary: "Adam that looks ahead as Nesterov does: the new gradient counts once more than in the average.",
    formula: "m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², \
              n ← β₁ m / (1 − β₁ᵗ⁺¹) + (1 − β₁) g / (1 − β₁ᵗ), θ ← θ − α n / (√ŝ + ε)",
    source: "Dozat 2016, algorithm 2",
    group: MethodGroup::Adaptive,
    family: Family::Of(Kin { id: "adam", marker: MarkerForm::TriangleRight, rates_times: 1.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[learning_rate(0.05), BETAS[0], BETAS[1], epsilon(1e-8)],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        Box::new(NAdam {
            moments: Moments::of(settings),
            epsilon: settings.real("epsilon"),
            ahead: Point::zeros(),
        })
    },
};

#[derive(Clone, Debug)]
struct NAdam {
    moments: Moments,
    epsilon: f64,
    /// n of the last step.
    ahead: Point,
}

impl Stepper for NAdam {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        self.moments.take(here.gradient);
        self.ahead = self.moments.ahead(here.gradient);
        let (_, s_hat) = self.moments.corrected();
        Ok(at - scaled_quotient(rate, self.ahead, root_plus(self.epsilon, s_hat)))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let Self { moments, .. } = self;
        let [_, s_hat_line] = moments.corrections(taken);
        let (_, s_hat) = moments.hats();
        let t = taken.from.t;
        let beta1 = moments.beta1();
        let remembered = beta1.clone() * vector("m", "m", moments.m) / one_minus(beta1.clone().next_power(t));
        let new = one_minus(beta1.clone()) * taken.g() / one_minus(beta1.power(t));
        let n = vector("n", "n", self.ahead);
        let divisor = s_hat.root() + scalar("ε", r"\varepsilon", self.epsilon);
        let mut stages = vec![taken.gradient()];
        stages.extend(moments.lines(&taken.before.moments, taken));
        stages.extend([
            s_hat_line,
            Stage::line(
                "n",
                "average of the gradients as it is about to be, corrected for its start at zero",
                ["n", "n"],
                remembered + new,
                Value::Vector(self.ahead),
            )
            .slope_at("n", taken.from.at),
            taken.effective_rate(divisor.clone()),
            taken.displacement(n.clone(), divisor.clone(), "−α n / (√ŝ + ε)"),
            taken.end(taken.alpha() * n / divisor),
        ]);
        stages
    }
}
