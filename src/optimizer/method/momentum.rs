//! Gradient descent with momentum, the heavy ball.
//!
//! ```text
//! standard:  v ← β v + α g          θ ← θ − v
//! ewma:      v ← β v + (1 − β) g    θ ← θ − α v
//! ```
//!
//! Source: Polyak, *Some methods of speeding up the convergence of iteration methods*, USSR Computational
//! Mathematics and Mathematical Physics 4(5), 1964, 1-17; in the form of Sutskever, Martens, Dahl & Hinton,
//! *On the importance of initialization and momentum in deep learning*, ICML 2013, equations (1) and (2). The
//! exponentially weighted form is that of lecture courses; with a constant rate it is the standard form with α
//! replaced by (1 − β) α.
//! Convention: v has the gradient's sign and is subtracted. In the standard form v is the displacement of the
//! last step and is not rescaled when α changes: the ball keeps its velocity. In the ewma form v is an average
//! gradient, so a new α acts on all of it at once.

use super::super::parameter::{decay, learning_rate};
use super::super::term::{one_minus, scalar, vector};
use super::super::{
    Bowl, Drawn, Family, Iterate, MarkerForm, NoStep, Oracle, Parameter, ParameterKind, PathLook, Stage,
    Stepper, Taken, Threshold, Value,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "momentum",
    name: "Momentum",
    short_name: "Momentum",
    summary: "A heavy ball: it remembers its velocity, coasts through flat parts and dampens zigzag.",
    formula: "v ← β v + α g, θ ← θ − v",
    source: "Polyak 1964; Sutskever et al. 2013, equations (1) and (2)",
    group: MethodGroup::Momentum,
    family: Family::Own(PathLook {
        marker: MarkerForm::Square,
        classic: [0xff5cf4, 0xc218b8],
        color_blind_safe: [0xc709ff, 0x631c70],
    }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[
        learning_rate(0.01),
        decay("beta", "β", "How much of the velocity survives each step; 0 is plain gradient descent.", 0.9),
        Parameter {
            id: "form",
            symbol: "form",
            meaning: "Whether the velocity adds up steps (standard) or averages gradients (ewma).",
            kind: ParameterKind::Choice {
                default: STANDARD,
                options: &[(STANDARD, "standard: v ← βv + αg"), (EWMA, "ewma: v ← βv + (1−β)g")],
            },
        },
    ],
    columns: &[],
    thresholds: |settings, Bowl { least, greatest }| {
        let beta = settings.real("beta");
        let (low, high) = (least.sqrt(), greatest.sqrt());
        let best = (high - low) / (high + low) * ((high - low) / (high + low));
        let (limit, fastest) = (2.0 * (1.0 + beta) / greatest, 2.0 / (low + high) * (2.0 / (low + high)));
        let [limit, fastest] = if settings.choice("form") == EWMA {
            [
                Threshold::limit("2(1 + β)/((1 − β)λmax)", limit / (1.0 - beta)),
                Threshold::fastest("4/((1 − β)(√λmin + √λmax)²)", fastest / (1.0 - best)),
            ]
        } else {
            [Threshold::limit("2(1 + β)/λmax", limit), Threshold::fastest("4/(√λmin + √λmax)²", fastest)]
        };
        vec![limit, Threshold { beta: Some(best), ..fastest }]
    },
    build: |settings| {
        Box::new(Momentum {
            beta: settings.real("beta"),
            averages: settings.choice("form") == EWMA,
            v: Point::zeros(),
        })
    },
};

const STANDARD: &str = "standard";
const EWMA: &str = "ewma";

#[derive(Clone, Debug)]
struct Momentum {
    beta: f64,
    /// The form `ewma`.
    averages: bool,
    v: Point,
}

impl Stepper for Momentum {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        Ok(if self.averages {
            self.v = self.beta * self.v + (1.0 - self.beta) * here.gradient;
            at - rate.component_mul(&self.v)
        } else {
            self.v = self.beta * self.v + rate.component_mul(&here.gradient);
            at - self.v
        })
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let beta = scalar("β", r"\beta", self.beta);
        let coasts = beta.clone() * vector("v", "v", taken.before.v);
        let (weight, push, meaning) = if self.averages {
            (
                one_minus(beta),
                "what the gradient adds to the average",
                "velocity: the average of all gradients",
            )
        } else {
            (taken.alpha(), "what the slope adds to it", "velocity: what this step subtracts from the point")
        };
        let pushes = weight * taken.g();
        let v = vector("v", "v", self.v);
        let at = taken.from.at;
        // What an average has is a slope; it leads as far as the rate says.
        let scale = if self.averages { taken.from.rate } else { Point::repeat(1.0) };
        let ahead = -scale.component_mul(&(self.beta * taken.before.v));
        let way = -scale.component_mul(&self.v);
        let [coasting, pushing, going] = if self.averages {
            ["−α β v", "−α (1 − β) g", "−α v"]
        } else {
            ["−β v", "−α g", "−v"]
        };
        vec![
            taken.gradient(),
            Stage::part("coasting", "what is left of the velocity", coasts.clone())
                .drawn(coasting, Drawn::Way { from: at, by: ahead }),
            Stage::part("push", push, pushes.clone())
                .drawn(pushing, Drawn::Way { from: at + ahead, by: way - ahead }),
            Stage::line("velocity", meaning, ["v", "v"], coasts + pushes, Value::Vector(self.v))
                .drawn(going, Drawn::Way { from: at, by: way }),
            taken.end(if self.averages { taken.alpha() * v } else { v }),
        ]
    }
}
