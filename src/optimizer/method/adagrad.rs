//! AdaGrad: a learning rate per coordinate that shrinks with all squared gradients so far.
//!
//! ```text
//! s ← s + g²
//! θ ← θ − α g / (ε + √s)
//! ```
//!
//! Source: Duchi, Hazan & Singer, *Adaptive Subgradient Methods for Online Learning and Stochastic
//! Optimization*, JMLR 12, 2011, 2121-2159, section 1.1 and algorithm 1 (the diagonal case, without projection;
//! their δ is ε).
//! Convention: ε stands outside the root; s starts at 0.

use super::super::parameter::{epsilon, learning_rate};
use super::super::quotient::{root_plus, scaled_quotient, squared};
use super::super::term::{scalar, vector};
use super::super::{
    Family, Iterate, MarkerForm, NoStep, Oracle, PathLook, Stage, Stepper, Taken, Value, thresholds,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "adagrad",
    name: "AdaGrad",
    short_name: "AdaGrad",
    summary: "Gives each coordinate its own rate, smaller the more it has already sloped; slows down for good.",
    formula: "s ← s + g², θ ← θ − α g / (ε + √s)",
    source: "Duchi, Hazan & Singer 2011, section 1.1 and algorithm 1",
    group: MethodGroup::Adaptive,
    family: Family::Own(PathLook {
        marker: MarkerForm::TriangleUp,
        classic: [0xffffff, 0x121212],
        color_blind_safe: [0xffffff, 0x000000],
    }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[learning_rate(0.5), epsilon(1e-8)],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| Box::new(AdaGrad { epsilon: settings.real("epsilon"), s: Point::zeros() }),
};

#[derive(Clone, Debug)]
struct AdaGrad {
    epsilon: f64,
    s: Point,
}

impl Stepper for AdaGrad {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        self.s += squared(here.gradient);
        Ok(at - scaled_quotient(rate, here.gradient, root_plus(self.epsilon, self.s)))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let square = taken.g().squared();
        let meaning = "sum of all squared gradients so far";
        let sum = vector("s", "s", taken.before.s) + square;
        let divisor = scalar("ε", r"\varepsilon", self.epsilon) + vector("s", "s", self.s).root();
        vec![
            taken.gradient(),
            Stage::line("s", meaning, ["s", "s"], sum, Value::Vector(self.s)).squares("s"),
            taken.effective_rate(divisor.clone()),
            taken.displacement(taken.g(), divisor.clone(), "−α g / (√s + ε)"),
            taken.end(taken.alpha() * taken.g() / divisor),
        ]
    }
}
