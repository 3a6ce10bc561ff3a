//! Newton's model in a disc that is as large as it was found to be trusted.
//!
//! ```text
//! p ← argmin gᵀp + ½ pᵀHp,  ‖p‖ ≤ Δ
//! ρ = (F(θ) − F(θ + p)) / −(gᵀp + ½ pᵀHp)
//! θ ← θ + p where ρ > η, else θ
//! Δ ← Δ/4 where ρ < ¼;  min(2Δ, Δmax) where ρ > ¾ and ‖p‖ = Δ;  else Δ
//! ```
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, algorithm 4.1 with η = 0.1; the disc is solved exactly: theorem
//! 4.1 and algorithm 4.3, with the hard case of section 4.3, along the eigenvectors of H (`disc.rs`).
//! Convention: where the model and F fall by less than what rounds F, four units in its last place, the step is trusted (ρ = 1).
//! A step that is rejected counts and repeats the point.

mod disc;

use nalgebra::Matrix2;

use super::super::parameter::positive;
use super::super::term::{Value, matrix, scalar, vector};
use super::super::{
    Drawn, Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Stage, Stepper, Taken, thresholds,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;
use disc::{InDisc, minimum_in_disc};

pub(super) const METHOD: Method = Method {
    id: "trust-region",
    name: "Trust region",
    short_name: "Trust",
    summary: "Newton's quadratic, but no farther than it has proved right so far.",
    formula: "p ← −(H + λ I)⁻¹ g, θ ← θ + [ρ > 0.1] p",
    source: "Nocedal & Wright 2006, algorithm 4.1",
    group: MethodGroup::Newton,
    family: Family::Of(Kin { id: "newton", marker: MarkerForm::Circle, rates_times: 1.0 }),
    needs: Needs::Hessian,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::Fixed,
    parameters: &[
        positive(["radius", "Δ", "The radius of the first disc."], 1.0, [1e-3, 1e3]),
        positive(["max_radius", "Δmax", "The largest radius that a disc may have."], 100.0, [1e-3, 1e3]),
    ],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        let most = settings.real("max_radius");
        let nothing = InDisc { step: Point::repeat(f64::NAN), shift: f64::NAN, is_on_rim: false };
        Box::new(TrustRegion {
            radius: settings.real("radius").min(most),
            most,
            kept: None,
            hessian: Matrix2::zeros(),
            found: nothing,
            ratio: f64::NAN,
        })
    },
};

/// η, the least ratio at which a step is taken.
const LEAST: f64 = 0.1;

#[derive(Clone, Debug)]
struct TrustRegion {
    /// Δ of the next step.
    radius: f64,
    /// Δmax.
    most: f64,
    /// Where the Hessian is known since a step was rejected there.
    kept: Option<Point>,
    /// H, p and ρ of the last step.
    hessian: Matrix2<f64>,
    found: InDisc,
    ratio: f64,
}

impl TrustRegion {
    /// Whether the last step was taken.
    fn is_taken(&self) -> bool {
        self.ratio > LEAST
    }
}

impl Stepper for TrustRegion {
    fn step(&mut self, &Iterate { at, here, .. }: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        if self.kept != Some(at) || !oracle.is_unchanging() {
            self.hessian = oracle.hessian(at);
        }
        if !self.hessian.iter().all(|entry| entry.is_finite()) {
            return Err(NoStep::HessianNotFinite);
        }
        self.found = minimum_in_disc(&self.hessian, here.gradient, self.radius);
        let step = self.found.step;
        let to = at + step;
        if to == at && step != Point::zeros() {
            return Err(NoStep::RegionLost);
        }
        let predicted = -(here.gradient.dot(&step) + 0.5 * step.dot(&(self.hessian * step)));
        let before = oracle.evaluations();
        let value = oracle.value(to);
        let asked = oracle.evaluations() - before;
        let fall = here.value - value;
        let rounding = 4.0 * f64::EPSILON * here.value.abs();
        self.ratio = if predicted <= rounding && fall.abs() <= rounding {
            1.0
        } else if value.is_finite() {
            fall / predicted
        } else {
            f64::NEG_INFINITY
        };
        if self.ratio < 0.25 {
            self.radius *= 0.25;
        } else if self.ratio > 0.75 && self.found.is_on_rim {
            self.radius = (2.0 * self.radius).min(self.most);
        }
        if self.is_taken() {
            self.kept = None;
            oracle.has_evaluated(asked);
            return Ok(to);
        }
        self.kept = Some(at);
        oracle.stays();
        Ok(at)
    }

    fn is_uneven(&self) -> bool {
        true
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let (at, g, h) = (taken.from.at, taken.from.here.gradient, self.hessian);
        let [text, latex] = taken.named(["∇²J(θ)", r"\nabla^2 J(\theta)"], ["∇²M(θ)", r"\nabla^2 M(\theta)"]);
        let hessian = taken.signed(|sign| matrix(text, latex, sign * h));
        let before = taken.before.radius;
        let taken_or_not = match (self.ratio.is_nan(), self.is_taken()) {
            (true, _) => f64::NAN,
            (_, true) => 1.0,
            (_, false) => 0.0,
        };
        let step = vector("p", "p", self.found.step);
        vec![
            taken.gradient(),
            Stage::line("hessian", "Hessian: how the slope changes along each coordinate", ["H", "H"], hessian, Value::Matrix(h))
                .drawn("H", Drawn::Quadratic { at, gradient: g, hessian: h }),
            Stage::part("shift", "λ ≥ 0: added to both curvatures, so that the step ends on the rim of the disc; 0 within", scalar("λ", r"\lambda", self.found.shift)).drawn("Δ", Drawn::Disc { at, radius: before }),
            Stage::line(
                "direction",
                "the lowest point of the quadratic in the disc of radius Δ, seen from θ",
                ["p", "p"],
                vector("−(H + λ I)⁻¹ g", r"-(H + \lambda I)^{-1} g", self.found.step),
                Value::Vector(self.found.step),
            )
            .drawn("Δ", Drawn::Disc { at, radius: before }),
            Stage::line(
                "ratio",
                "how much J really fell, of what the quadratic promised",
                ["ρ", r"\rho"],
                scalar("(F(θ) − F(θ + p)) / −(gᵀp + ½ pᵀ H p)", r"\frac{F(\theta) - F(\theta + p)}{-(g^{\top} p + \tfrac{1}{2} p^{\top} H p)}", self.ratio),
                Value::Scalar(self.ratio)).drawn("p", Drawn::Way { from: at, by: self.found.step }),
            Stage::line(
                "radius",
                "radius of the next disc: a quarter where ρ < ¼; twice where ρ > ¾ and the step ended on the rim",
                ["Δ", r"\Delta"],
                scalar("Δ/4, Δ or 2 Δ", r"\Delta/4, \Delta \text{ or } 2 \Delta", self.radius),
                Value::Scalar(self.radius),
            )
            .drawn("Δ", Drawn::Disc { at: taken.to, radius: self.radius }),
            taken.end_at(taken.theta() + scalar("[ρ > 0.1]", r"[\rho > 0.1]", taken_or_not) * step),
        ]
    }
}
