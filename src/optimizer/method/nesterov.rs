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

use super::super::parameter::{decay, learning_rate};
use super::super::term::{scalar, vector};
use super::super::{
    Bowl, Column, ColumnKind, ColumnSpec, Drawn, Family, Iterate, MarkerForm, NoStep, Oracle, PathLook,
    Stage, Stepper, Taken, Threshold, Value,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::{Point, is_finite};

pub(super) const METHOD: Method = Method {
    id: "nesterov",
    name: "Nesterov",
    short_name: "Nesterov",
    summary: "Momentum that takes the gradient where its velocity is about to carry it, so it brakes in time.",
    formula: "v ← β v + α ∇J(θ − β v), θ ← θ − v",
    source: "Nesterov 1983; Sutskever et al. 2013, equations (3) and (4)",
    group: MethodGroup::Momentum,
    family: Family::Own(PathLook {
        marker: MarkerForm::Diamond,
        classic: [0xffa03c, 0xd06200],
        color_blind_safe: [0xf6a001, 0xb08b35],
    }),
    needs: Needs::Gradient,
    looks_ahead: true,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[
        learning_rate(0.01),
        decay("beta", "β", "How much of the velocity survives each step, and how far ahead is looked.", 0.9),
    ],
    columns: &[ColumnSpec {
        id: "lookahead_points",
        prefix: "lookahead",
        short_prefix: "ahead",
        meaning: "where the next gradient is taken",
        kind: ColumnKind::PerVariable,
    }],
    thresholds: |settings, Bowl { greatest, .. }| {
        let beta = settings.real("beta");
        let rate = (2.0 + 2.0 * beta) / ((1.0 + 2.0 * beta) * greatest);
        vec![Threshold::limit("(2 + 2β)/((1 + 2β)λmax)", rate)]
    },
    build: |settings| {
        let zero = Point::zeros();
        Box::new(Nesterov { beta: settings.real("beta"), v: zero, lookahead_gradient: zero })
    },
};

#[derive(Clone, Debug)]
struct Nesterov {
    beta: f64,
    v: Point,
    /// g of the last step.
    lookahead_gradient: Point,
}

impl Nesterov {
    /// Where the next gradient is taken.
    fn lookahead(&self, at: Point) -> Point {
        at - self.beta * self.v
    }
}

impl Stepper for Nesterov {
    fn step(&mut self, &Iterate { at, rate, .. }: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        let lookahead = self.lookahead(at);
        self.lookahead_gradient = oracle.gradient(lookahead);
        if !is_finite(self.lookahead_gradient) {
            let lost = oracle.lost_step(lookahead);
            return Err(lost.map_or(NoStep::LookaheadNotFinite, NoStep::LookaheadLost));
        }
        self.v = self.beta * self.v + rate.component_mul(&self.lookahead_gradient);
        Ok(at - self.v)
    }

    fn record(&self, at: Point, columns: &mut [Column]) {
        for lookaheads in columns {
            lookaheads.entries.push(self.lookahead(at));
        }
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let g = self.lookahead_gradient;
        let at = taken.from.at;
        let ahead = taken.before.lookahead(at);
        let coasts = scalar("β", r"\beta", self.beta) * vector("v", "v", taken.before.v);
        let pushes = taken.alpha() * vector("g", "g", g);
        let lookahead = Stage::part(
            "lookahead",
            "look-ahead point, where the velocity alone would lead",
            taken.theta() - coasts.clone(),
        )
        .drawn("θ − β v", Drawn::Way { from: at, by: ahead - at });
        let symbol = taken.named(
            ["∇J(θ − β v)", r"\nabla J(\theta - \beta\,v)"],
            ["∇M(θ − β v)", r"\nabla M(\theta - \beta\,v)"],
        );
        let meaning = "velocity: what this step subtracts from the point";
        vec![
            Stage::part("coasting", "what is left of the velocity", coasts.clone())
                .subtracted_from("−β v", at),
            lookahead,
            taken.gradient_as("direction of steepest ascent at the look-ahead point", [ahead, g], symbol),
            Stage::part("push", "what the slope there adds to it", pushes.clone())
                .subtracted_from("−α g", ahead),
            Stage::line("velocity", meaning, ["v", "v"], coasts + pushes, Value::Vector(self.v))
                .subtracted_from("−v", at),
            taken.end(vector("v", "v", self.v)),
        ]
    }
}
