//! AMSGrad: Adam that divides by the largest average of squared gradients so far, so that no rate grows again.
//!
//! ```text
//! m ← β₁ m + (1 − β₁) g          m̂ = m / (1 − β₁ᵗ)
//! s ← β₂ s + (1 − β₂) g²
//! u ← max(u, s)                  û = u / (1 − β₂ᵗ)
//! θ ← θ − α m̂ / (√û + ε)
//! ```
//!
//! Source: Reddi, Kale & Kumar, *On the Convergence of Adam and Beyond*, ICLR 2018, algorithm 2 (their v̂ is u).
//! Convention: the paper leaves out both corrections for the start at zero. Here they are made as libraries do it: m̂ as in
//! Adam, and the largest s is corrected by the power of the present step. ε stands outside the root.

use super::super::parameter::{epsilon, learning_rate};
use super::super::quotient::{root_plus, scaled_quotient};
use super::super::term::{one_minus, scalar, vector};
use super::super::{
    Drawn, Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Parameter, Stage, Stepper, Taken, Value,
    thresholds,
};
use super::moments::{Moments, beta2, decays};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

const BETAS: [Parameter; 2] = decays(0.9, 0.999);

pub(super) const METHOD: Method = Method {
    id: "amsgrad",
    name: "AMSGrad",
    short_name: "AMSGrad",
    summary: "Adam that never forgets the steepest part: the rate of a coordinate can only fall.",
    formula: "m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², u ← max(u, s), û ← u / (1 − β₂ᵗ), \
              θ ← θ − α m̂ / (√û + ε)",
    source: "Reddi et al. 2018, algorithm 2",
    group: MethodGroup::Adaptive,
    family: Family::Of(Kin { id: "adam", marker: MarkerForm::Hexagon, rates_times: 1.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[learning_rate(0.05), BETAS[0], BETAS[1], epsilon(1e-8)],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        Box::new(AmsGrad {
            moments: Moments::of(settings),
            epsilon: settings.real("epsilon"),
            largest: Point::zeros(),
        })
    },
};

#[derive(Clone, Debug)]
struct AmsGrad {
    moments: Moments,
    epsilon: f64,
    /// u.
    largest: Point,
}

impl AmsGrad {
    /// û.
    fn largest_corrected(&self) -> Point {
        self.moments.corrected_like_s(self.largest)
    }
}

impl Stepper for AmsGrad {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        self.moments.take(here.gradient);
        self.largest = self.largest.sup(&self.moments.s);
        let (m_hat, _) = self.moments.corrected();
        Ok(at - scaled_quotient(rate, m_hat, root_plus(self.epsilon, self.largest_corrected())))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let Self { moments, .. } = self;
        let [m_hat_line, _] = moments.corrections(taken);
        let (m_hat, _) = moments.hats();
        let (u, u_hat) = (self.largest, self.largest_corrected());
        let divisor = vector("û", r"\hat{u}", u_hat).root() + scalar("ε", r"\varepsilon", self.epsilon);
        let grown = vector("u", "u", taken.before.largest).larger(vector("s", "s", moments.s));
        let mut stages = vec![taken.gradient()];
        stages.extend(moments.lines(&taken.before.moments, taken));
        stages.extend([
            Stage::line("u", "largest s so far", ["u", "u"], grown, Value::Vector(u)).squares("u"),
            m_hat_line,
            Stage::line(
                "u_hat",
                "u corrected for its start at zero",
                ["û", r"\hat{u}"],
                vector("u", "u", u) / one_minus(beta2(moments.beta2).power(taken.from.t)),
                Value::Vector(u_hat),
            )
            .drawn("û", Drawn::Squares { of: u_hat, before: Some(u) }),
            taken.effective_rate(divisor.clone()),
            taken.displacement(m_hat.clone(), divisor.clone(), "−α m̂ / (√û + ε)"),
            taken.end(taken.alpha() * m_hat / divisor),
        ]);
        stages
    }
}
