//! Nesterov's accelerated gradient: momentum that looks ahead.
//!
//! ```text
//! v ← β v + α ∇J(θ − β v)
//! θ ← θ − v
//! ```
//!
//! Source: Nesterov, *A method of solving a convex programming problem with convergence rate O(1/k²)*, Soviet
//! Mathematics Doklady 27(2), 1983, 372-376; in the form of Sutskever, Martens, Dahl & Hinton, *On the
//! importance of initialization and momentum in deep learning*, ICML 2013, equations (3) and (4), with constant β.
//! Convention: v has the gradient's sign and is the displacement that is subtracted. The iterates are θ; the
//! look-ahead point θ − β v, where the next gradient is taken, is reported beside them. (PyTorch's parameters
//! are the look-ahead points.)

use super::parameter::{decay, learning_rate};
use super::{
    Column, ColumnSpec, Family, Iterate, MarkerForm, Method, Needs, NoStep, Oracle, PathLook, Quantity,
    Stepper, rule,
};
use crate::objective::{Point, is_finite};

pub(super) const METHOD: Method = Method {
    id: "nesterov",
    name: "Nesterov",
    short_name: "Nesterov",
    summary: "Momentum that takes the gradient where its velocity is about to carry it, so it brakes in time.",
    formula: "v ← β v + α ∇J(θ − β v), θ ← θ − v",
    source: "Nesterov 1983; Sutskever et al. 2013, equations (3) and (4)",
    family: Family::Own(PathLook {
        marker: MarkerForm::Diamond,
        classic: [0xffa03c, 0xd06200],
        color_blind_safe: [0xf6a001, 0xb08b35],
    }),
    needs: Needs::Gradient,
    parameters: &[
        learning_rate(0.01),
        decay("beta", "β", "How much of the velocity survives each step, and how far ahead is looked.", 0.9),
    ],
    columns: &[ColumnSpec {
        id: "lookahead_points",
        prefix: "lookahead",
        short_prefix: "ahead",
        meaning: "where the next gradient is taken",
    }],
    rule: |_, goal| {
        let slope = ["α ∇J(θ − β v)", r"\alpha\,\nabla J(\theta - \beta v)"];
        vec![
            rule::velocity(goal, ["β v", r"\beta v"], slope),
            rule::line("θ ← θ − v", r"\theta \leftarrow \theta - v"),
        ]
    },
    build: |settings| {
        let zero = Point::zeros();
        Box::new(Nesterov { beta: settings.real("beta"), v: zero, lookahead: zero, lookahead_gradient: zero })
    },
};

#[derive(Debug)]
struct Nesterov {
    beta: f64,
    v: Point,
    lookahead: Point,
    lookahead_gradient: Point,
}

impl Stepper for Nesterov {
    fn step(&mut self, &Iterate { at, rate, .. }: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        self.lookahead = at - self.beta * self.v;
        self.lookahead_gradient = oracle.gradient(self.lookahead);
        if !is_finite(self.lookahead_gradient) {
            let lost = oracle.lost_step(self.lookahead);
            return Err(lost.map_or(NoStep::LookaheadNotFinite, NoStep::LookaheadLost));
        }
        self.v = self.beta * self.v + rate.component_mul(&self.lookahead_gradient);
        Ok(at - self.v)
    }

    fn record(&self, at: Point, columns: &mut [Column]) {
        for lookaheads in columns {
            lookaheads.entries.push(at - self.beta * self.v);
        }
    }

    fn quantities(&self) -> Vec<Quantity> {
        vec![
            Quantity::new(
                "lookahead",
                "θ − βv",
                "look-ahead point, where the gradient was taken",
                self.lookahead,
            ),
            Quantity::new(
                "gradient",
                "g",
                "gradient of the minimized function at the look-ahead point",
                self.lookahead_gradient,
            ),
            Quantity::new("velocity", "v", "velocity: what this step subtracts from the point", self.v),
        ]
    }
}
