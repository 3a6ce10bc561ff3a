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
//! and ŝ = s. The powers βᵗ are products of the β in force at each step, which remain the right correction when
//! β is changed on the way: 1 minus that product is the sum of the weights in the average.

use super::parameter::{decay, epsilon, learning_rate};
use super::quotient::{root_plus, scaled_quotient, squared};
use super::{
    Family, Iterate, MarkerForm, Method, Needs, NoStep, Oracle, Parameter, ParameterKind, PathLook, Quantity,
    Stepper, rule,
};
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
    rule: |settings, goal| {
        let mut lines = vec![
            rule::gradient(goal),
            rule::line("m ← β₁ m + (1 − β₁) g", r"m \leftarrow \beta_1 m + (1-\beta_1)\,g"),
            rule::line("s ← β₂ s + (1 − β₂) g²", r"s \leftarrow \beta_2 s + (1-\beta_2)\,g^2"),
        ];
        if settings.switch("bias_correction") {
            lines.extend([
                rule::line("m̂ ← m / (1 − β₁ᵗ)", r"\hat{m} \leftarrow \frac{m}{1-\beta_1^t}"),
                rule::line("ŝ ← s / (1 − β₂ᵗ)", r"\hat{s} \leftarrow \frac{s}{1-\beta_2^t}"),
                rule::line(
                    "θ ← θ − α m̂ / (√ŝ + ε)",
                    r"\theta \leftarrow \theta - \frac{\alpha\,\hat{m}}{\sqrt{\hat{s}} + \varepsilon}",
                ),
            ]);
        } else {
            let latex = r"\theta \leftarrow \theta - \frac{\alpha\,m}{\sqrt{s} + \varepsilon}";
            lines.push(rule::line("θ ← θ − α m / (√s + ε)", latex));
        }
        lines
    },
    build: |settings| {
        Box::new(Adam {
            rate: Point::zeros(),
            beta1: settings.real("beta1"),
            beta2: settings.real("beta2"),
            epsilon: settings.real("epsilon"),
            bias_correction: settings.switch("bias_correction"),
            beta1_power: 1.0,
            beta2_power: 1.0,
            gradient: Point::zeros(),
            m: Point::zeros(),
            s: Point::zeros(),
        })
    },
};

#[derive(Debug)]
struct Adam {
    /// That of the last step.
    rate: Point,
    beta1: f64,
    beta2: f64,
    epsilon: f64,
    bias_correction: bool,
    /// β₁ᵗ and β₂ᵗ.
    beta1_power: f64,
    beta2_power: f64,
    gradient: Point,
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
    fn step(&mut self, &Iterate { at, here, rate }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        let g = here.gradient;
        self.rate = rate;
        self.gradient = g;
        self.m = self.beta1 * self.m + (1.0 - self.beta1) * g;
        self.s = self.beta2 * self.s + (1.0 - self.beta2) * squared(g);
        self.beta1_power *= self.beta1;
        self.beta2_power *= self.beta2;
        let (m_hat, s_hat) = self.corrected();
        Ok(at - scaled_quotient(rate, m_hat, root_plus(self.epsilon, s_hat)))
    }

    fn quantities(&self) -> Vec<Quantity> {
        let (m_hat, s_hat) = self.corrected();
        let rate = self.rate.component_div(&root_plus(self.epsilon, s_hat));
        let mut quantities = vec![
            Quantity::gradient(self.gradient),
            Quantity::new("m", "m", "fading average of the gradients", self.m),
            Quantity::new("s", "s", "fading average of the squared gradients", self.s),
        ];
        let rate_symbol = if self.bias_correction {
            quantities.extend([
                Quantity::new("m_hat", "m̂", "m corrected for its start at zero", m_hat),
                Quantity::new("s_hat", "ŝ", "s corrected for its start at zero", s_hat),
            ]);
            "α/(√ŝ+ε)"
        } else {
            "α/(√s+ε)"
        };
        let meaning = "learning rate that each coordinate really gets";
        quantities.push(Quantity::new("effective_rate", rate_symbol, meaning, rate));
        quantities
    }
}
