//! BFGS: Newton's method with an inverse Hessian that is built from the gradients on the way.
//!
//! ```text
//! B ← V B Vᵀ + ρ s sᵀ,  V = I − ρ s yᵀ,  ρ = 1/(yᵀs),  s = θ − θ₋,  y = g − g₋
//! θ ← θ + α_k d,  d = −B g
//! ```
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, algorithm 6.1, with the first B scaled by sᵀy/yᵀy before its
//! first update (6.20). c₂ = 0.9, first length 1.
//! Convention: no update where sᵀy ≤ 0, as an Armijo search allows: B stays, and the step says so.

use nalgebra::Matrix2;

use super::super::line_search::LineSearchKind;
use super::super::term::{Value, matrix};
use super::super::{
    Drawn, Family, Iterate, Kin, LineSearch, MarkerForm, NoStep, Oracle, Stage, Stepper, Taken, thresholds,
};
use super::secant_pair::{LINE_SEARCH, Secant, direction, last_step, model};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "bfgs",
    name: "BFGS",
    short_name: "BFGS",
    summary: "Newton's method without second derivatives: it learns the curvature from how slopes change.",
    formula: "B ← V B Vᵀ + ρ s sᵀ, d ← −B g, θ ← θ + α_k d",
    source: "Nocedal & Wright 2006, algorithm 6.1",
    group: MethodGroup::Newton,
    family: Family::Of(Kin { id: "newton", marker: MarkerForm::Hexagon, rates_times: 1.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::Fixed,
    parameters: &[LINE_SEARCH],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        let kind = LineSearchKind::named(settings.choice("line_search")).unwrap_or(LineSearchKind::Wolfe);
        Box::new(Bfgs {
            inverse: Matrix2::identity(),
            last: None,
            secant: None,
            is_scaled: false,
            said: START,
            search: LineSearch::new(kind, 0.9),
        })
    },
};

/// What there is to say of B.
const START: &str = "inverse Hessian as it is known: nothing yet, so the identity";
const LEARNED: &str = "inverse Hessian as it is known: changed as little as makes it fit the last step";
const SKIPPED: &str =
    "inverse Hessian as it was: along the last step J did not curve up (s·y ≤ 0), no update";

#[derive(Clone, Debug)]
struct Bfgs {
    /// B.
    inverse: Matrix2<f64>,
    /// Where the last step began, and the gradient there.
    last: Option<(Point, Point)>,
    /// The secant that B was updated by before the last step; nothing where it was not.
    secant: Option<Secant>,
    /// Whether the first B was scaled.
    is_scaled: bool,
    said: &'static str,
    search: LineSearch,
}

impl Bfgs {
    /// B as it is before the update by a secant.
    fn before_update(&self, secant: &Secant) -> Matrix2<f64> {
        if self.is_scaled { self.inverse } else { secant.scale() * Matrix2::identity() }
    }
}

impl Stepper for Bfgs {
    fn step(&mut self, iterate: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        let &Iterate { at, here, .. } = iterate;
        self.secant = None;
        if let Some((before, gradient)) = self.last {
            let secant = Secant { step: at - before, change: here.gradient - gradient };
            self.said = SKIPPED;
            if secant.is_usable() {
                self.inverse = secant.updated(&self.before_update(&secant));
                (self.is_scaled, self.said, self.secant) = (true, LEARNED, Some(secant));
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
        let (before, [v, rank_one]) = match &self.secant {
            Some(secant) => (taken.before.before_update(secant), secant.parts()),
            None => (taken.before.inverse, [Matrix2::identity(), Matrix2::zeros()]),
        };
        let kept = matrix("V B Vᵀ", r"V B V^{\top}", v * before * v.transpose());
        let right = kept + matrix("ρ s sᵀ", r"\rho s s^{\top}", rank_one);
        if let Some(secant) = &self.secant {
            let title = "V, with ρ = 1/(s·y): takes out of B what the last step has shown";
            let way = Drawn::Way { from: taken.from.at - secant.step, by: secant.step };
            let v = matrix("I − ρ s yᵀ", r"I - \rho s y^{\top}", v);
            stages.push(Stage::part("projector", title, v).drawn("s", way));
        }
        stages.push(
            Stage::line("inverse_hessian", self.said, ["B", "B"], right, Value::Matrix(self.inverse))
                .drawn("B", model(taken.from.at, taken.from.here.gradient, &self.inverse)),
        );
        stages.push(direction(taken, &self.inverse, self.search.direction));
        stages.extend(self.search.stages());
        stages.push(taken.end_at(taken.theta() + self.search.displacement()));
        stages
    }
}
