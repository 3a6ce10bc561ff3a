//! RMSProp: a learning rate per coordinate from a fading average of squared gradients.
//!
//! ```text
//! s ← β s + (1 − β) g²
//! θ ← θ − α g / (ε + √s)
//! ```
//!
//! Source: Tieleman & Hinton, *Lecture 6.5 - rmsprop: Divide the gradient by a running average of its recent
//! magnitude*, COURSERA: Neural Networks for Machine Learning, 2012.
//! Convention: ε stands outside the root; s starts at 0 and is not corrected for that, so first steps are long.

use super::parameter::{decay, epsilon, learning_rate};
use super::quotient::{root_plus, scaled_quotient, squared};
use super::{Family, Iterate, MarkerForm, Method, Needs, NoStep, Oracle, PathLook, Quantity, Stepper, rule};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "rmsprop",
    name: "RMSProp",
    short_name: "RMSProp",
    summary: "Divides by the recent size of the gradient, so steep and flat coordinates advance alike.",
    formula: "s ← β s + (1 − β) g², θ ← θ − α g / (ε + √s)",
    source: "Tieleman & Hinton 2012, lecture 6.5",
    family: Family::Own(PathLook {
        marker: MarkerForm::TriangleDown,
        classic: [0x55e86a, 0x138a36],
        color_blind_safe: [0x9fff8f, 0x053900],
    }),
    needs: Needs::Gradient,
    parameters: &[
        learning_rate(0.02),
        decay("beta", "β", "How slowly the average of squared gradients forgets.", 0.9),
        epsilon(),
    ],
    columns: &[],
    rule: |_, goal| {
        vec![
            rule::gradient(goal),
            rule::line("s ← β s + (1 − β) g²", r"s \leftarrow \beta s + (1-\beta)\,g^2"),
            rule::line(
                "θ ← θ − α g / (ε + √s)",
                r"\theta \leftarrow \theta - \frac{\alpha\,g}{\varepsilon + \sqrt{s}}",
            ),
        ]
    },
    build: |settings| {
        Box::new(RmsProp {
            rate: Point::zeros(),
            beta: settings.real("beta"),
            epsilon: settings.real("epsilon"),
            gradient: Point::zeros(),
            s: Point::zeros(),
        })
    },
};

#[derive(Debug)]
struct RmsProp {
    /// That of the last step.
    rate: Point,
    beta: f64,
    epsilon: f64,
    gradient: Point,
    s: Point,
}

impl Stepper for RmsProp {
    fn step(&mut self, &Iterate { at, here, rate }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        self.rate = rate;
        self.gradient = here.gradient;
        self.s = self.beta * self.s + (1.0 - self.beta) * squared(here.gradient);
        Ok(at - scaled_quotient(rate, here.gradient, root_plus(self.epsilon, self.s)))
    }

    fn quantities(&self) -> Vec<Quantity> {
        let rate = self.rate.component_div(&root_plus(self.epsilon, self.s));
        vec![
            Quantity::gradient(self.gradient),
            Quantity::new("s", "s", "fading average of the squared gradients", self.s),
            Quantity::new(
                "effective_rate",
                "α/(ε+√s)",
                "learning rate that each coordinate really gets",
                rate,
            ),
        ]
    }
}
