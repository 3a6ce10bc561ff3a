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

use super::parameter::{epsilon, learning_rate};
use super::quotient::{root_plus, scaled_quotient, squared};
use super::{Family, Iterate, MarkerForm, Method, Needs, NoStep, Oracle, PathLook, Quantity, Stepper, rule};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "adagrad",
    name: "AdaGrad",
    short_name: "AdaGrad",
    summary: "Gives each coordinate its own rate, smaller the more it has already sloped; slows down for good.",
    formula: "s ← s + g², θ ← θ − α g / (ε + √s)",
    source: "Duchi, Hazan & Singer 2011, section 1.1 and algorithm 1",
    family: Family::Own(PathLook {
        marker: MarkerForm::TriangleUp,
        classic: [0xffffff, 0x121212],
        color_blind_safe: [0xffffff, 0x000000],
    }),
    needs: Needs::Gradient,
    parameters: &[learning_rate(0.5), epsilon()],
    columns: &[],
    rule: |_, goal| {
        vec![
            rule::gradient(goal),
            rule::line("s ← s + g²", r"s \leftarrow s + g^2"),
            rule::line(
                "θ ← θ − α g / (ε + √s)",
                r"\theta \leftarrow \theta - \frac{\alpha\,g}{\varepsilon + \sqrt{s}}",
            ),
        ]
    },
    build: |settings| {
        Box::new(AdaGrad {
            rate: Point::zeros(),
            epsilon: settings.real("epsilon"),
            gradient: Point::zeros(),
            s: Point::zeros(),
        })
    },
};

#[derive(Debug)]
struct AdaGrad {
    /// That of the last step.
    rate: Point,
    epsilon: f64,
    gradient: Point,
    s: Point,
}

impl Stepper for AdaGrad {
    fn step(&mut self, &Iterate { at, here, rate }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        self.rate = rate;
        self.gradient = here.gradient;
        self.s += squared(here.gradient);
        Ok(at - scaled_quotient(rate, here.gradient, root_plus(self.epsilon, self.s)))
    }

    fn quantities(&self) -> Vec<Quantity> {
        let rate = self.rate.component_div(&root_plus(self.epsilon, self.s));
        vec![
            Quantity::gradient(self.gradient),
            Quantity::new("s", "s", "sum of all squared gradients so far", self.s),
            Quantity::new(
                "effective_rate",
                "α/(ε+√s)",
                "learning rate that each coordinate really gets",
                rate,
            ),
        ]
    }
}
