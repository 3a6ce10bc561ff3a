//! L-BFGS: BFGS by the last few steps alone.
//!
//! ```text
//! B = BFGS of γ I by the last m pairs (s, y),  γ = sᵀy/yᵀy of the last one
//! θ ← θ + α_k d,  d = −B g
//! ```
//!
//! Source: Nocedal, *Updating quasi-Newton matrices with limited storage*, Mathematics of Computation 35, 1980; Nocedal & Wright,
//! *Numerical Optimization*, 2nd ed. 2006, algorithm 7.5 and equation (7.20). c₂ = 0.9, first length 1.
//! Convention: in the plane B has four entries, fewer than the pairs, so that it is built by (7.19), of which the two-loop recursion
//! of algorithm 7.4 is the product with g. A pair with sᵀy ≤ 0 is left out.

use std::collections::VecDeque;

use nalgebra::Matrix2;

use super::super::line_search::LineSearchKind;
use super::super::term::{Value, matrix};
use super::super::{
    Family, Iterate, Kin, LineSearch, MarkerForm, NoStep, Oracle, Parameter, ParameterKind, Scale, Stage,
    Stepper, Taken, thresholds,
};
use super::secant_pair::{LINE_SEARCH, Secant, direction, last_step, model};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "lbfgs",
    name: "L-BFGS",
    short_name: "L-BFGS",
    summary: "BFGS with a short memory: the curvature from the last few steps alone.",
    formula: "B ← BFGS(γ I, last m pairs), d ← −B g, θ ← θ + α_k d",
    source: "Nocedal 1980; Nocedal & Wright 2006, algorithm 7.5",
    group: MethodGroup::Newton,
    family: Family::Of(Kin { id: "newton", marker: MarkerForm::Pentagon, rates_times: 1.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::Fixed,
    parameters: &[
        LINE_SEARCH,
        Parameter {
            id: "memory",
            symbol: "m",
            meaning: "How many of the last steps are remembered.",
            kind: ParameterKind::Real {
                default: 5.0,
                min: 1.0,
                max: 100.0,
                slider: [1.0, 20.0],
                scale: Scale::Whole,
            },
        },
    ],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        let kind = LineSearchKind::named(settings.choice("line_search")).unwrap_or(LineSearchKind::Wolfe);
        Box::new(LimitedBfgs {
            memory: settings.real("memory") as usize,
            pairs: VecDeque::new(),
            last: None,
            inverse: Matrix2::identity(),
            said: START,
            search: LineSearch::new(kind, 0.9),
        })
    },
};

/// What there is to say of B.
const START: &str = "inverse Hessian as it is known: nothing yet, so the identity";
const LEARNED: &str = "inverse Hessian as the last steps show it";
const SKIPPED: &str =
    "inverse Hessian as it was: along the last step J did not curve up (s·y ≤ 0), the pair is left out";

#[derive(Clone, Debug)]
struct LimitedBfgs {
    /// m.
    memory: usize,
    /// The last pairs, the oldest first.
    pairs: VecDeque<Secant>,
    /// Where the last step began, and the gradient there.
    last: Option<(Point, Point)>,
    /// B.
    inverse: Matrix2<f64>,
    said: &'static str,
    search: LineSearch,
}

impl Stepper for LimitedBfgs {
    fn step(&mut self, iterate: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        let &Iterate { at, here, .. } = iterate;
        if let Some((before, gradient)) = self.last {
            let secant = Secant { step: at - before, change: here.gradient - gradient };
            self.said = SKIPPED;
            if secant.is_usable() {
                while self.pairs.len() >= self.memory.max(1) {
                    self.pairs.pop_front();
                }
                self.pairs.push_back(secant);
                let first = secant.scale() * Matrix2::identity();
                self.inverse = self.pairs.iter().fold(first, |inverse, pair| pair.updated(&inverse));
                self.said = LEARNED;
            }
        }
        self.last = Some((at, here.gradient));
        self.search.step(iterate, -(self.inverse * here.gradient), 1.0, oracle)
    }

    fn is_uneven(&self) -> bool {
        true
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let mut stages = vec![taken.gradient()];
        stages.extend(last_step(taken.before.last, taken));
        let (text, latex) =
            ("BFGS(γ I, last m pairs)", r"\text{BFGS}(\gamma I, \text{last } m \text{ pairs})");
        stages.push(
            Stage::line(
                "inverse_hessian",
                self.said,
                ["B", "B"],
                matrix(text, latex, self.inverse),
                Value::Matrix(self.inverse),
            )
            .drawn("B", model(taken.from.at, taken.from.here.gradient, &self.inverse)),
        );
        stages.push(direction(taken, &self.inverse, self.search.direction));
        stages.extend(self.search.stages());
        stages.push(taken.end_at(taken.theta() + self.search.displacement()));
        stages
    }
}
