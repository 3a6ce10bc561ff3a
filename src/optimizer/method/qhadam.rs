//! QHAdam: Adam, whose averages are mixed with the gradient and its square as they are here.
//!
//! ```text
//! m ← β₁ m + (1 − β₁) g          m̂ = m / (1 − β₁ᵗ)
//! s ← β₂ s + (1 − β₂) g²         ŝ = s / (1 − β₂ᵗ)
//! d ← (1 − ν₁) g + ν₁ m̂          q ← (1 − ν₂) g² + ν₂ ŝ
//! θ ← θ − α d / (√q + ε)
//! ```
//!
//! Source: Ma & Yarats, *Quasi-hyperbolic momentum and Adam for deep learning*, ICLR 2019, section 5, the update rule of QHAdam.
//! Convention: ν₁ = ν₂ = 1 is Adam. ε stands outside the root. The defaults are the paper's.

use super::super::parameter::{epsilon, learning_rate, share};
use super::super::quotient::{root_plus, scaled_quotient, squared};
use super::super::term::{Term, one_minus, scalar, vector};
use super::super::{
    Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Parameter, Stage, Stepper, Taken, Value, thresholds,
};
use super::moments::{Moments, decays};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

const BETAS: [Parameter; 2] = decays(0.995, 0.999);

pub(super) const METHOD: Method = Method {
    id: "qhadam",
    name: "QHAdam",
    short_name: "QHAdam",
    summary: "Adam that answers to the slope here at once, and whose long average is only a part of the step.",
    formula: "m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², d ← (1 − ν₁) g + ν₁ m̂, q ← (1 − ν₂) g² + ν₂ ŝ, \
              θ ← θ − α d / (√q + ε)",
    source: "Ma & Yarats 2019, section 5",
    group: MethodGroup::Adaptive,
    family: Family::Of(Kin { id: "adam", marker: MarkerForm::Spark, rates_times: 1.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[
        learning_rate(0.05),
        BETAS[0],
        BETAS[1],
        share("nu1", "ν₁", "How much of a step follows the average of gradients; 1 is Adam.", 0.7),
        share("nu2", "ν₂", "How much of the divisor is the average of squared gradients; 1 is Adam.", 1.0),
        epsilon(1e-8),
    ],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        Box::new(QhAdam {
            moments: Moments::of(settings),
            nu1: settings.real("nu1"),
            nu2: settings.real("nu2"),
            epsilon: settings.real("epsilon"),
        })
    },
};

#[derive(Clone, Debug)]
struct QhAdam {
    moments: Moments,
    nu1: f64,
    nu2: f64,
    epsilon: f64,
}

impl QhAdam {
    /// d and q after a step from where the gradient is g.
    fn mixed(&self, g: Point) -> (Point, Point) {
        let (m_hat, s_hat) = self.moments.corrected();
        let d = (1.0 - self.nu1) * g + self.nu1 * m_hat;
        let q = (1.0 - self.nu2) * squared(g) + self.nu2 * s_hat;
        (d, q)
    }
}

impl Stepper for QhAdam {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        self.moments.take(here.gradient);
        let (d, q) = self.mixed(here.gradient);
        Ok(at - scaled_quotient(rate, d, root_plus(self.epsilon, q)))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let (m_hat, s_hat) = self.moments.hats();
        let (d, q) = self.mixed(taken.from.here.gradient);
        let nu1 = scalar("ν₁", r"\nu_1", self.nu1);
        let nu2 = scalar("ν₂", r"\nu_2", self.nu2);
        let mix = |nu: Term, here: Term, average: Term| one_minus(nu.clone()) * here + nu * average;
        let divisor = vector("q", "q", q).root() + scalar("ε", r"\varepsilon", self.epsilon);
        let direction = vector("d", "d", d);
        let mut stages = vec![taken.gradient()];
        stages.extend(self.moments.lines(&taken.before.moments, taken));
        stages.extend(self.moments.corrections(taken));
        stages.extend([
            Stage::line(
                "direction",
                "part of the slope here, part of the average",
                ["d", "d"],
                mix(nu1, taken.g(), m_hat),
                Value::Vector(d),
            )
            .slope_at("d", taken.from.at),
            Stage::line(
                "q",
                "part of the squared slope here, part of the average",
                ["q", "q"],
                mix(nu2, taken.g().squared(), s_hat),
                Value::Vector(q),
            )
            .squares("q"),
            taken.effective_rate(divisor.clone()),
            taken.displacement(direction.clone(), divisor.clone(), "−α d / (√q + ε)"),
            taken.end(taken.alpha() * direction / divisor),
        ]);
        stages
    }
}
