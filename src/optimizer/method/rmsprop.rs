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

use super::super::parameter::{decay, epsilon, learning_rate};
use super::super::quotient::{root_plus, scaled_quotient, squared};
use super::super::term::{scalar, vector};
use super::super::{
    Family, Iterate, MarkerForm, NoStep, Oracle, PathLook, Stage, Stepper, Taken, thresholds,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "rmsprop",
    name: "RMSProp",
    short_name: "RMSProp",
    summary: "Divides by the recent size of the gradient, so steep and flat coordinates advance alike.",
    formula: "s ← β s + (1 − β) g², θ ← θ − α g / (ε + √s)",
    source: "Tieleman & Hinton 2012, lecture 6.5",
    group: MethodGroup::Adaptive,
    family: Family::Own(PathLook {
        marker: MarkerForm::TriangleDown,
        classic: [0x55e86a, 0x138a36],
        color_blind_safe: [0x9fff8f, 0x053900],
    }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[
        learning_rate(0.02),
        decay("beta", "β", "How slowly the average of squared gradients forgets.", 0.9),
        epsilon(1e-8),
    ],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        let (beta, epsilon) = (settings.real("beta"), settings.real("epsilon"));
        Box::new(RmsProp { beta, epsilon, s: Point::zeros() })
    },
};

#[derive(Clone, Debug)]
struct RmsProp {
    beta: f64,
    epsilon: f64,
    s: Point,
}

impl Stepper for RmsProp {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        self.s = self.beta * self.s + (1.0 - self.beta) * squared(here.gradient);
        Ok(at - scaled_quotient(rate, here.gradient, root_plus(self.epsilon, self.s)))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let beta = scalar("β", r"\beta", self.beta);
        let square = taken.g().squared();
        let divisor = scalar("ε", r"\varepsilon", self.epsilon) + vector("s", "s", self.s).root();
        let meaning = "fading average of the squared gradients";
        let average =
            Stage::average("s", meaning, ["s", "s"], beta, [taken.before.s, self.s], square.clone())
                .squares("s");
        vec![
            taken.gradient(),
            Stage::part("square", "square of the slope of each coordinate", square).squares("g²"),
            average,
            taken.effective_rate(divisor.clone()),
            taken.displacement(taken.g(), divisor.clone(), "−α g / (√s + ε)"),
            taken.end(taken.alpha() * taken.g() / divisor),
        ]
    }
}
