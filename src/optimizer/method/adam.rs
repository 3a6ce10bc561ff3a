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
//! and ŝ = s. The powers βᵗ are products, a factor a step.

use super::super::parameter::{decay, epsilon, learning_rate};
use super::super::quotient::{root_plus, scaled_quotient, squared};
use super::super::term::{one_minus, scalar, vector};
use super::super::{
    Family, Iterate, MarkerForm, NoStep, Oracle, Parameter, ParameterKind, PathLook, Stage, Stepper, Taken,
    Value,
};
use super::{Method, Needs};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "adam",
    name: "Adam",
    short_name: "Adam",
    summary: "Momentum and RMSProp in one, corrected for the averages' start at zero.",
    formula: "m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², θ ← θ − α m̂ / (√ŝ + ε)",
    source: "Kingma & Ba 2015, algorithm 1",
    family: Family::Own(PathLook {
        marker: MarkerForm::Plus,
        classic: [0x5b9dff, 0x1f4fd8],
        color_blind_safe: [0xa099eb, 0x4a35d0],
    }),
    needs: Needs::Gradient,
    parameters: &[
        learning_rate(0.05),
        decay("beta1", "β₁", "How slowly the average of gradients forgets; this is Adam's momentum.", 0.9),
        decay("beta2", "β₂", "How slowly the average of squared gradients forgets.", 0.999),
        epsilon(),
        Parameter {
            id: "bias_correction",
            symbol: "m̂, ŝ",
            meaning: "Whether the averages are corrected for their start at zero.",
            kind: ParameterKind::Switch { default: true },
        },
    ],
    columns: &[],
    build: |settings| {
        Box::new(Adam {
            beta1: settings.real("beta1"),
            beta2: settings.real("beta2"),
            epsilon: settings.real("epsilon"),
            bias_correction: settings.switch("bias_correction"),
            beta1_power: 1.0,
            beta2_power: 1.0,
            m: Point::zeros(),
            s: Point::zeros(),
        })
    },
};

#[derive(Clone, Debug)]
struct Adam {
    beta1: f64,
    beta2: f64,
    epsilon: f64,
    bias_correction: bool,
    /// β₁ᵗ and β₂ᵗ.
    beta1_power: f64,
    beta2_power: f64,
    m: Point,
    s: Point,
}

impl Adam {
    /// m̂ and ŝ.
    fn corrected(&self) -> (Point, Point) {
        if self.bias_correction {
            (self.m / (1.0 - self.beta1_power), self.s / (1.0 - self.beta2_power))
        } else {
            (self.m, self.s)
        }
    }
}

impl Stepper for Adam {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        let g = here.gradient;
        self.m = self.beta1 * self.m + (1.0 - self.beta1) * g;
        self.s = self.beta2 * self.s + (1.0 - self.beta2) * squared(g);
        self.beta1_power *= self.beta1;
        self.beta2_power *= self.beta2;
        let (m_hat, s_hat) = self.corrected();
        Ok(at - scaled_quotient(rate, m_hat, root_plus(self.epsilon, s_hat)))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let (m, s) = (vector("m", "m", self.m), vector("s", "s", self.s));
        let [beta1, beta2] = [scalar("β₁", r"\beta_1", self.beta1), scalar("β₂", r"\beta_2", self.beta2)];
        let m_right = beta1.clone() * vector("m", "m", taken.before.m) + one_minus(beta1.clone()) * taken.g();
        let s_right =
            beta2.clone() * vector("s", "s", taken.before.s) + one_minus(beta2.clone()) * taken.g().squared();
        let mut stages = vec![
            taken.gradient(),
            Stage::line("m", "fading average of the gradients", ["m", "m"], m_right, Value::Vector(self.m)),
            Stage::line(
                "s",
                "fading average of the squared gradients",
                ["s", "s"],
                s_right,
                Value::Vector(self.s),
            ),
        ];
        let (mut numerator, mut average) = (m.clone(), s.clone());
        if self.bias_correction {
            let (m_hat, s_hat) = self.corrected();
            let t = taken.from.t;
            stages.extend([
                Stage::line(
                    "m_hat",
                    "m corrected for its start at zero",
                    ["m̂", r"\hat{m}"],
                    m / one_minus(beta1.power(t)),
                    Value::Vector(m_hat),
                ),
                Stage::line(
                    "s_hat",
                    "s corrected for its start at zero",
                    ["ŝ", r"\hat{s}"],
                    s / one_minus(beta2.power(t)),
                    Value::Vector(s_hat),
                ),
            ]);
            (numerator, average) = (vector("m̂", r"\hat{m}", m_hat), vector("ŝ", r"\hat{s}", s_hat));
        }
        let divisor = average.root() + scalar("ε", r"\varepsilon", self.epsilon);
        stages.extend([
            taken.effective_rate(divisor.clone()),
            taken.displacement(numerator.clone(), divisor.clone()),
            taken.end(taken.alpha() * numerator / divisor),
        ]);
        stages
    }
}
