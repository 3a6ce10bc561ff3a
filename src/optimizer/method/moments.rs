//! Adam's two averages, of the gradient and of its square, which several methods step by.
//!
//! ```text
//! m ← β₁ m + (1 − β₁) g          m̂ = m / (1 − β₁ᵗ)
//! s ← β₂ s + (1 − β₂) g²         ŝ = s / (1 − β₂ᵗ)
//! ```
//!
//! Source: Kingma & Ba, *Adam: A Method for Stochastic Optimization*, ICLR 2015, algorithm 1 (their v is s).
//! Convention: both start at 0, t at 1. The powers βᵗ are products, a factor a step.

use super::super::parameter::decay;
use super::super::quotient::squared;
use super::super::stage::Stage;
use super::super::term::{Term, one_minus, scalar, vector};
use super::super::{Drawn, Iterate, Parameter, Settings, Taken, Value};
use crate::objective::Point;

/// β₁ and β₂.
pub(super) const fn decays(beta1: f64, beta2: f64) -> [Parameter; 2] {
    [
        decay("beta1", "β₁", "How slowly the average of gradients forgets; this is Adam's momentum.", beta1),
        decay("beta2", "β₂", "How slowly the average of squared gradients forgets.", beta2),
    ]
}

/// m and s after t steps.
#[derive(Clone, Debug)]
pub(super) struct Moments {
    beta1: f64,
    pub beta2: f64,
    /// β₁ᵗ and β₂ᵗ.
    beta1_power: f64,
    beta2_power: f64,
    pub m: Point,
    pub s: Point,
}

impl Moments {
    /// Those before the first step.
    pub fn of(settings: &Settings) -> Self {
        Self {
            beta1: settings.real("beta1"),
            beta2: settings.real("beta2"),
            beta1_power: 1.0,
            beta2_power: 1.0,
            m: Point::zeros(),
            s: Point::zeros(),
        }
    }

    /// Takes another gradient into both.
    #[inline(always)]
    pub fn take(&mut self, g: Point) {
        self.m = self.beta1 * self.m + (1.0 - self.beta1) * g;
        self.s = self.beta2 * self.s + (1.0 - self.beta2) * squared(g);
        self.beta1_power *= self.beta1;
        self.beta2_power *= self.beta2;
    }

    /// m̂ and ŝ.
    #[inline(always)]
    pub fn corrected(&self) -> (Point, Point) {
        (self.m / (1.0 - self.beta1_power), self.s / (1.0 - self.beta2_power))
    }

    /// What is to be corrected as s is.
    pub fn corrected_like_s(&self, average: Point) -> Point {
        average / (1.0 - self.beta2_power)
    }

    /// The corrected average of gradients as it is about to be, where the last one was g: NAdam's n.
    pub fn ahead(&self, g: Point) -> Point {
        self.beta1 * self.m / (1.0 - self.beta1_power * self.beta1)
            + (1.0 - self.beta1) * g / (1.0 - self.beta1_power)
    }

    /// β₁ as a symbol.
    pub fn beta1(&self) -> Term {
        beta1(self.beta1)
    }

    fn betas(&self) -> [Term; 2] {
        [beta1(self.beta1), beta2(self.beta2)]
    }

    /// The lines of m and s, of the step before which they were `before`.
    pub fn lines<S>(&self, before: &Self, taken: &Taken<'_, S>) -> [Stage; 2] {
        let [beta1, beta2] = self.betas();
        [
            average_of_gradients(taken, beta1, [before.m, self.m]),
            Stage::average(
                "s",
                "fading average of the squared gradients",
                ["s", "s"],
                beta2,
                [before.s, self.s],
                taken.g().squared(),
            )
            .squares("s"),
        ]
    }

    /// The lines of m̂ and ŝ of a step that was taken.
    pub fn corrections<S>(&self, taken: &Taken<'_, S>) -> [Stage; 2] {
        let (m_hat, s_hat) = self.corrected();
        let s = vector("s", "s", self.s);
        [
            correction(&taken.from, self.beta1(), [self.m, m_hat]),
            Stage::line(
                "s_hat",
                "s corrected for its start at zero",
                ["ŝ", r"\hat{s}"],
                s / one_minus(beta2(self.beta2).power(taken.from.t)),
                Value::Vector(s_hat),
            )
            .drawn("ŝ", Drawn::Squares { of: s_hat, before: Some(self.s) }),
        ]
    }

    /// m̂ and ŝ as symbols.
    pub fn hats(&self) -> (Term, Term) {
        let (m_hat, s_hat) = self.corrected();
        (vector("m̂", r"\hat{m}", m_hat), vector("ŝ", r"\hat{s}", s_hat))
    }
}

/// β₁ as a symbol.
pub(super) fn beta1(value: f64) -> Term {
    scalar("β₁", r"\beta_1", value)
}

/// β₂ as a symbol.
pub(super) fn beta2(value: f64) -> Term {
    scalar("β₂", r"\beta_2", value)
}

/// The line of m, before and after the step.
pub(super) fn average_of_gradients<S>(taken: &Taken<'_, S>, beta: Term, m: [Point; 2]) -> Stage {
    Stage::average("m", "fading average of the gradients", ["m", "m"], beta, m, taken.g())
        .slope_at("m", taken.from.at)
}

/// The line of m̂ of a step from an iterate: [m, m̂].
pub(super) fn correction(from: &Iterate, beta1: Term, [m, m_hat]: [Point; 2]) -> Stage {
    Stage::line(
        "m_hat",
        "m corrected for its start at zero",
        ["m̂", r"\hat{m}"],
        vector("m", "m", m) / one_minus(beta1.power(from.t)),
        Value::Vector(m_hat),
    )
    .drawn("m̂", Drawn::Slope { at: from.at, slope: m_hat, before: Some(m) })
}
