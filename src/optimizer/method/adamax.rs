//! AdaMax: Adam with the largest fading gradient in the place of the root of the average square.
//!
//! ```text
//! m ← β₁ m + (1 − β₁) g          m̂ = m / (1 − β₁ᵗ)
//! u ← max(β₂ u, |g|)
//! θ ← θ − α m̂ / (u + ε)
//! ```
//!
//! Source: Kingma & Ba, *Adam: A Method for Stochastic Optimization*, ICLR 2015, algorithm 2.
//! Convention: the paper has no ε; here it is added to u, outside of the maximum. u needs no correction for its start at zero.

use super::super::parameter::{epsilon, learning_rate};
use super::super::quotient::scaled_quotient;
use super::super::term::{scalar, vector};
use super::super::{
    Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Parameter, Stage, Stepper, Taken, Term, Value,
    thresholds,
};
use super::moments::{average_of_gradients, beta1, beta2, correction, decays};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

const BETAS: [Parameter; 2] = decays(0.9, 0.999);

pub(super) const METHOD: Method = Method {
    id: "adamax",
    name: "AdaMax",
    short_name: "AdaMax",
    summary: "Adam that divides by the largest gradient of late: no coordinate steps farther than about α.",
    formula: "m ← β₁ m + (1 − β₁) g, u ← max(β₂ u, |g|), θ ← θ − α m̂ / (u + ε)",
    source: "Kingma & Ba 2015, algorithm 2",
    group: MethodGroup::Adaptive,
    family: Family::Of(Kin { id: "adam", marker: MarkerForm::Pentagon, rates_times: 1.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[learning_rate(0.05), BETAS[0], BETAS[1], epsilon(1e-8)],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        Box::new(AdaMax {
            beta1: settings.real("beta1"),
            beta2: settings.real("beta2"),
            epsilon: settings.real("epsilon"),
            beta1_power: 1.0,
            m: Point::zeros(),
            largest: Point::zeros(),
        })
    },
};

#[derive(Clone, Debug)]
struct AdaMax {
    beta1: f64,
    beta2: f64,
    epsilon: f64,
    /// β₁ᵗ.
    beta1_power: f64,
    m: Point,
    /// u.
    largest: Point,
}

impl AdaMax {
    fn m_hat(&self) -> Point {
        self.m / (1.0 - self.beta1_power)
    }
}

impl Stepper for AdaMax {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        self.m = self.beta1 * self.m + (1.0 - self.beta1) * here.gradient;
        self.beta1_power *= self.beta1;
        self.largest = (self.beta2 * self.largest).sup(&here.gradient.abs());
        Ok(at - scaled_quotient(rate, self.m_hat(), self.largest.add_scalar(self.epsilon)))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let m_hat = vector("m̂", r"\hat{m}", self.m_hat());
        let divisor = vector("u", "u", self.largest) + scalar("ε", r"\varepsilon", self.epsilon);
        let faded = beta2(self.beta2) * vector("u", "u", taken.before.largest);
        let grown = faded.larger(Term::Magnitude(Box::new(taken.g())));
        vec![
            taken.gradient(),
            average_of_gradients(taken, beta1(self.beta1), [taken.before.m, self.m]),
            Stage::line("u", "largest gradient of late", ["u", "u"], grown, Value::Vector(self.largest))
                .sides("u"),
            correction(&taken.from, beta1(self.beta1), [self.m, self.m_hat()]),
            taken.effective_rate(divisor.clone()),
            taken.displacement(m_hat.clone(), divisor.clone(), "−α m̂ / (u + ε)"),
            taken.end(taken.alpha() * m_hat / divisor),
        ]
    }
}
