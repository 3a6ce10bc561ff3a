//! Steepest descent: gradient descent whose step length is looked for anew in each step.
//!
//! ```text
//! θ ← θ + α_k d,  d = −g
//! ```
//!
//! Source: Cauchy, *Méthode générale pour la résolution des systèmes d'équations simultanées*, Comptes rendus 25, 1847, 536-538;
//! Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, section 3.3. Line searches: [`super::super::line_search`], with
//! c₂ = 0.9.
//! Convention: armijo and wolfe try a first in each step; exact does where J does not curve up along d.

use super::super::line_search::{INITIAL_STEP, LineSearchKind, line_search};
use super::super::term::Value;
use super::super::{
    Family, Iterate, Kin, LineSearch, MarkerForm, NoStep, Oracle, Stage, Stepper, Taken, thresholds,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "steepest",
    name: "Steepest descent",
    short_name: "Steepest",
    summary: "Goes straight downhill, and looks along the way for how far.",
    formula: "d ← −g, θ ← θ + α_k d",
    source: "Cauchy 1847; Nocedal & Wright 2006, section 3.3",
    group: MethodGroup::Gradient,
    family: Family::Of(Kin { id: "gd", marker: MarkerForm::TriangleDown, rates_times: 1.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::Fixed,
    parameters: &[
        line_search(
            LineSearchKind::Exact.option().0,
            &[
                LineSearchKind::Exact.option(),
                LineSearchKind::Armijo.option(),
                LineSearchKind::Wolfe.option(),
            ],
        ),
        INITIAL_STEP,
    ],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        let kind = LineSearchKind::named(settings.choice("line_search")).unwrap_or(LineSearchKind::Exact);
        Box::new(Steepest { first: settings.real("initial_step"), search: LineSearch::new(kind, 0.9) })
    },
};

#[derive(Clone, Debug)]
struct Steepest {
    /// a.
    first: f64,
    search: LineSearch,
}

impl Stepper for Steepest {
    fn step(&mut self, iterate: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        self.search.step(iterate, -iterate.here.gradient, self.first, oracle)
    }

    fn is_uneven(&self) -> bool {
        true
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let direction = Stage::line(
            "direction",
            "direction of steepest descent",
            ["d", "d"],
            -taken.g(),
            Value::Vector(self.search.direction),
        );
        let mut stages = vec![taken.gradient(), direction.slope_at("d", taken.from.at)];
        stages.extend(self.search.stages());
        stages.push(taken.end_at(taken.theta() + self.search.displacement()));
        stages
    }
}
