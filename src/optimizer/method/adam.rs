//! Adam: averages of the gradient and of its square, each corrected for its start at 0.
//!
//! ```text
//! m ← β₁ m + (1 − β₁) g          m̂ = m / (1 − β₁ᵗ)
//! s ← β₂ s + (1 − β₂) g²         ŝ = s / (1 − β₂ᵗ)
//! θ ← θ − α m̂ / (√ŝ + ε)
//! ```
//!
//! Source: Kingma & Ba, *Adam: A Method for Stochastic Optimization*, ICLR 2015, algorithm 1 (their v is s).
//! Convention: ε stands outside the root and is added after the correction of s. Without bias correction m̂ = m
//! and ŝ = s.

use super::super::parameter::{epsilon, learning_rate};
use super::super::quotient::{root_plus, scaled_quotient};
use super::super::term::{scalar, vector};
use super::super::{
    Family, Iterate, MarkerForm, NoStep, Oracle, Parameter, ParameterKind, PathLook, Stage, Stepper, Taken,
    thresholds,
};
use super::moments::{Moments, decays};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

const BETAS: [Parameter; 2] = decays(0.9, 0.999);

pub(super) const METHOD: Method = Method {
    id: "adam",
    name: "Adam",
    short_name: "Adam",
    summary: "Momentum and RMSProp in one, corrected for the averages' start at zero.",
    formula: "m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², θ ← θ − α m̂ / (√ŝ + ε)",
    source: "Kingma & Ba 2015, algorithm 1",
    group: MethodGroup::Adaptive,
    family: Family::Own(PathLook {
        marker: MarkerForm::Plus,
        classic: [0x5b9dff, 0x1f4fd8],
        color_blind_safe: [0xa099eb, 0x4a35d0],
    }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[
        learning_rate(0.05),
        BETAS[0],
        BETAS[1],
        epsilon(1e-8),
        Parameter {
            id: "bias_correction",
            symbol: "m̂, ŝ",
            meaning: "Whether the averages are corrected for their start at zero.",
            kind: ParameterKind::Switch { default: true },
        },
    ],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        Box::new(Adam {
            moments: Moments::of(settings),
            epsilon: settings.real("epsilon"),
            bias_correction: settings.switch("bias_correction"),
        })
    },
};

#[derive(Clone, Debug)]
struct Adam {
    moments: Moments,
    epsilon: f64,
    bias_correction: bool,
}

impl Stepper for Adam {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        self.moments.take(here.gradient);
        let (m, s) =
            if self.bias_correction { self.moments.corrected() } else { (self.moments.m, self.moments.s) };
        Ok(at - scaled_quotient(rate, m, root_plus(self.epsilon, s)))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let Self { moments, .. } = self;
        let mut stages = vec![taken.gradient()];
        stages.extend(moments.lines(&taken.before.moments, taken));
        let ((numerator, average), label) = if self.bias_correction {
            stages.extend(moments.corrections(taken));
            (moments.hats(), "−α m̂ / (√ŝ + ε)")
        } else {
            ((vector("m", "m", moments.m), vector("s", "s", moments.s)), "−α m / (√s + ε)")
        };
        let divisor = average.root() + scalar("ε", r"\varepsilon", self.epsilon);
        stages.extend([
            taken.effective_rate(divisor.clone()),
            taken.displacement(numerator.clone(), divisor.clone(), label),
            taken.end(taken.alpha() * numerator / divisor),
        ]);
        stages
    }
}
