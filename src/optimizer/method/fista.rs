//! FISTA: ISTA from a point ahead, accelerated as Nesterov's method is.
//!
//! ```text
//! y ← θ + ((τ⁻ − 1)/τ) (θ − θ⁻)
//! θ ← S(y − α g; α l₁),   τ ← (1 + √(1 + 4τ²))/2
//! ```
//!
//! Source: Beck & Teboulle, *A fast iterative shrinkage-thresholding algorithm for linear inverse problems*, SIAM Journal on
//! Imaging Sciences 2(1), 2009, equations (4.1) to (4.3).
//! Conventions: g is the gradient at y of f, J without its l1; y is found at the beginning of the step that uses it, the first one
//! being the start, with τ = 1. The iterates are θ.

use super::super::parameter::learning_rate;
use super::super::term::{Term, scalar, vector};
use super::super::{
    Drawn, Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Stage, Stepper, Taken, Value, thresholds,
};
use super::ista::l1;
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::{Point, is_finite};

pub(super) const METHOD: Method = Method {
    id: "fista",
    name: "FISTA",
    short_name: "FISTA",
    summary: "ISTA with a running start: it takes its slope from a point ahead, which is further each time.",
    formula: "y ← θ + ((τ⁻ − 1) / τ) (θ − θ⁻), g ← ∇f(y), θ ← S(y − α g; α l₁)",
    source: "Beck & Teboulle 2009, equations (4.1) to (4.3)",
    group: MethodGroup::Regularized,
    family: Family::Of(Kin { id: "nesterov", marker: MarkerForm::Pentagon, rates_times: 1.0 }),
    needs: Needs::Gradient,
    looks_ahead: true,
    by_threshold: true,
    rate: RateForm::Scheduled,
    parameters: &[learning_rate(0.05)],
    columns: &[],
    thresholds: thresholds::none,
    build: |_| {
        let zero = Point::zeros();
        Box::new(Fista { before: None, tau_before: 1.0, tau: 1.0, l1: zero, ahead: zero, slope: zero })
    },
};

#[derive(Clone, Debug)]
struct Fista {
    /// θ⁻, the iterate before; nothing before the first step.
    before: Option<Point>,
    /// τ⁻.
    tau_before: f64,
    tau: f64,
    /// l1 of each coordinate, y and g in the last step.
    l1: Point,
    ahead: Point,
    slope: Point,
}

impl Fista {
    /// (τ⁻ − 1)/τ.
    fn share(&self) -> f64 {
        (self.tau_before - 1.0) / self.tau
    }
}

impl Stepper for Fista {
    fn step(&mut self, &Iterate { at, rate, .. }: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        self.l1 = oracle.l1();
        self.ahead = self.before.map_or(at, |before| at + self.share() * (at - before));
        self.slope = oracle.gradient(self.ahead);
        if !is_finite(self.slope) {
            let lost = oracle.lost_step(self.ahead);
            return Err(lost.map_or(NoStep::LookaheadNotFinite, NoStep::LookaheadLost));
        }
        self.before = Some(at);
        self.tau_before = self.tau;
        self.tau = f64::midpoint(1.0, (1.0 + 4.0 * self.tau * self.tau).sqrt());
        Ok(oracle.after_threshold(self.ahead - rate.component_mul(&self.slope), rate))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let Self { before, tau_before, tau, .. } = *taken.before;
        let at = taken.from.at;
        let y = vector("y", "y", self.ahead);
        let [was, is] = [scalar("τ⁻", r"\tau^{-}", tau_before), scalar("τ", r"\tau", tau)];
        let way = taken.theta() - vector("θ⁻", r"\theta^{-}", before.unwrap_or(at));
        let further = (was - Term::Constant(1.0)) / is * way;
        let down = y - taken.alpha() * vector("g", "g", self.slope);
        let by = -taken.from.rate.component_mul(&self.slope);
        vec![
            Stage::line(
                "lookahead",
                "look-ahead point: as far on as the last step led, times a share that grows to 1",
                ["y", "y"],
                taken.theta() + further,
                Value::Vector(self.ahead),
            )
            .drawn("y", Drawn::Way { from: at, by: self.ahead - at }),
            taken.gradient_as(
                "direction of steepest ascent of f, J without l1, at the look-ahead point",
                [self.ahead, self.slope],
                ["∇f(y)", r"\nabla f(y)"],
            ),
            Stage::part("gradient_step", "where the slope without l1 leads", down.clone())
                .drawn("−α g", Drawn::Way { from: self.ahead, by }),
            taken.end_at(down.threshold(taken.alpha() * l1(self.l1))),
        ]
    }
}
