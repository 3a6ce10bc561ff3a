//! Nonlinear conjugate gradients.
//!
//! ```text
//! d ← −g + max(0, β) d,  θ ← θ + α_k d
//! fletcher-reeves:   β = gᵀg / g₋ᵀg₋
//! polak-ribiere:     β = gᵀ(g − g₋) / g₋ᵀg₋
//! hestenes-stiefel:  β = gᵀ(g − g₋) / dᵀ(g − g₋)
//! ```
//!
//! Source: Fletcher & Reeves, *Function minimization by conjugate gradients*, Computer J. 7, 1964; Polak & Ribière 1969; Hestenes &
//! Stiefel 1952; as Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, equations (5.41), (5.44) and (5.46), with max(0, β) as
//! in (5.45). First length: (3.60), and 1/‖g‖, at most 1, in the first step. c₂ = 0.1.
//! Convention: where d does not lead down, or β is not a finite number, d = −g.

use super::super::line_search::{LineSearchKind, line_search};
use super::super::linear::norm;
use super::super::term::{Value, scalar, vector};
use super::super::{
    Drawn, Family, Iterate, Kin, LineSearch, MarkerForm, NoStep, Oracle, Parameter, ParameterKind, Stage,
    Stepper, Taken, thresholds,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "cg",
    name: "Conjugate gradients",
    short_name: "CG",
    summary: "Turns each direction so that it does not undo what the last one reached.",
    formula: "d ← −g + β d, θ ← θ + α_k d",
    source: "Nocedal & Wright 2006, section 5.2",
    group: MethodGroup::Momentum,
    family: Family::Of(Kin { id: "momentum", marker: MarkerForm::BowTie, rates_times: 1.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::Fixed,
    parameters: &[
        Parameter {
            id: "formula",
            symbol: "formula",
            meaning: "How much of the last direction is kept.",
            kind: ParameterKind::Choice {
                default: POLAK_RIBIERE,
                options: &[
                    (POLAK_RIBIERE, "Polak-Ribière: g·(g − g₋) / g₋·g₋"),
                    (FLETCHER_REEVES, "Fletcher-Reeves: g·g / g₋·g₋"),
                    (HESTENES_STIEFEL, "Hestenes-Stiefel: g·(g − g₋) / d·(g − g₋)"),
                ],
            },
        },
        line_search(
            LineSearchKind::Wolfe.option().0,
            &[LineSearchKind::Wolfe.option(), LineSearchKind::Exact.option()],
        ),
    ],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        let kind = LineSearchKind::named(settings.choice("line_search")).unwrap_or(LineSearchKind::Wolfe);
        Box::new(ConjugateGradients {
            formula: settings.choice("formula"),
            last: None,
            beta: 0.0,
            turned: START,
            search: LineSearch::new(kind, 0.1),
        })
    },
};

const POLAK_RIBIERE: &str = "polak-ribiere";
const FLETCHER_REEVES: &str = "fletcher-reeves";
const HESTENES_STIEFEL: &str = "hestenes-stiefel";

/// What there is to say of a direction.
const START: &str = "search direction of the first step: that of steepest descent";
const TURNED: &str = "search direction: that of steepest descent, turned towards the last one";
const AFRESH: &str = "search direction: steepest descent once more, since the turned one would not lead down";

#[derive(Clone, Debug)]
struct ConjugateGradients {
    formula: &'static str,
    /// The gradient where the last step began.
    last: Option<Point>,
    /// max(0, β) of the last step, and what there is to say of its direction.
    beta: f64,
    turned: &'static str,
    /// The search of the last step, whose direction is d.
    search: LineSearch,
}

impl ConjugateGradients {
    /// β from the last direction to one at the gradient `g`.
    fn beta(&self, g: Point, last: Point) -> f64 {
        let change = g - last;
        match self.formula {
            FLETCHER_REEVES => g.dot(&g) / last.dot(&last),
            HESTENES_STIEFEL => g.dot(&change) / self.search.direction.dot(&change),
            _ => g.dot(&change) / last.dot(&last),
        }
    }
}

impl Stepper for ConjugateGradients {
    fn step(&mut self, iterate: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        let g = iterate.here.gradient;
        let mut direction = -g;
        let first = match self.last {
            None => (1.0 / norm(g)).min(1.0),
            Some(last) => {
                self.beta = self.beta(g, last).max(0.0);
                let turned = -g + self.beta * self.search.direction;
                let leads_down = turned.dot(&g) < 0.0;
                self.turned = if leads_down { TURNED } else { AFRESH };
                if leads_down {
                    direction = turned;
                } else {
                    self.beta = 0.0;
                }
                // As great a fall as that of the last step.
                let length = self.search.length * self.search.slope / direction.dot(&g);
                if length.is_finite() && length > 0.0 { length } else { 1.0 }
            }
        };
        self.last = Some(g);
        self.search.step(iterate, direction, first, oracle)
    }

    fn is_uneven(&self) -> bool {
        true
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let before = taken.before;
        let (text, latex) = match self.formula {
            FLETCHER_REEVES => ("gᵀg / g₋ᵀg₋", r"\frac{g^{\top} g}{g_{-}^{\top} g_{-}}"),
            HESTENES_STIEFEL => {
                ("gᵀ(g − g₋) / dᵀ(g − g₋)", r"\frac{g^{\top} (g - g_{-})}{d^{\top} (g - g_{-})}")
            }
            _ => ("gᵀ(g − g₋) / g₋ᵀg₋", r"\frac{g^{\top} (g - g_{-})}{g_{-}^{\top} g_{-}}"),
        };
        let last = if before.last.is_some() { before.search.direction } else { Point::zeros() };
        let beta = scalar("β", r"\beta", self.beta);
        let mut stages = vec![taken.gradient()];
        if let Some(g) = before.last {
            stages.push(
                Stage::part(
                    "last_gradient",
                    "g₋: the gradient where the last step began",
                    vector("g₋", "g_{-}", g),
                )
                .slope_at("g₋", before.search.from),
            );
        }
        let title = "share of the last direction that is kept: max(0, β), and 0 where there is none";
        stages.push(
            Stage::line(
                "beta",
                title,
                ["β", r"\beta"],
                scalar(text, latex, self.beta),
                Value::Scalar(self.beta),
            )
            .drawn("d", Drawn::Slope { at: taken.from.at, slope: last, before: None }),
        );
        stages.push(
            Stage::line(
                "direction",
                self.turned,
                ["d", "d"],
                -taken.g() + beta * vector("d", "d", last),
                Value::Vector(self.search.direction),
            )
            .slope_at("d", taken.from.at),
        );
        stages.extend(self.search.stages());
        stages.push(taken.end_at(taken.theta() + self.search.displacement()));
        stages
    }
}
