//! Gradient descent-ascent on the Lagrangian: down in θ, up in the multipliers.
//!
//! ```text
//! F − Λh, and after every step, with h at the new point, Λ ← Λ − ηh, then min(0, Λ) for <= and max(0, Λ) for >=
//! ```
//!
//! Source: Arrow, Hurwicz & Uzawa, *Studies in Linear and Non-Linear Programming*, 1958, chapter 10. Λ is 0 at first. A solution
//! is a saddle of the Lagrangian, not a minimum: where F does not curve up there, as on a bilinear Lagrangian, the iterates
//! circle about it and do not arrive.

use super::{Share, TreatmentParameter, TreatmentRow};
use crate::objective::Relation;

pub(super) const ROW: TreatmentRow = TreatmentRow {
    id: "descent-ascent",
    name: "Descent-ascent",
    short_name: "descent-ascent",
    summary: "Steps down the Lagrangian in x and y and up in λ, in turn. Where the cost does not curve up it circles.",
    formula: "F − Λh",
    source: "Arrow, Hurwicz & Uzawa 1958, chapter 10",
    parameters: &[TreatmentParameter::MultiplierRate],
};

/// What [`share`] has as value, as a formula in that of h.
pub(super) fn formula(h: &str, multiplier: f64) -> String {
    format!("-({multiplier:e})*{h}")
}

pub(super) fn share(h: f64, multiplier: f64) -> Share {
    Share { value: -multiplier * h, slope: -multiplier, curvature: 0.0 }
}

pub(super) fn updated(rate: f64, relation: Relation, h: f64, multiplier: f64) -> f64 {
    relation.clip(multiplier - rate * h)
}
