//! The quadratic penalty.
//!
//! ```text
//! =    F + μ/2 Σ h²
//! <=   F + μ/2 Σ max(0, h)²        >=   F + μ/2 Σ min(0, h)²
//! Λ = −μ h, and 0 where an inequality holds
//! ```
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, section 17.1 and equation (17.10). Convention: the second
//! derivative of max(0, h)² at h = 0 is 0. The minimum of the merit violates the constraint by about |Λ|/μ: the run ends beside
//! the solution, and the larger μ is, the nearer to it, and the narrower the valley.

use super::{Share, TreatmentParameter, TreatmentRow};
use crate::objective::Relation;

pub(super) const ROW: TreatmentRow = TreatmentRow {
    id: "penalty",
    name: "Quadratic penalty",
    short_name: "penalty",
    summary: "Adds μ/2 times the square of what is violated: a valley along the constraint, as steep as μ is large.",
    formula: "F + μ/2 h²",
    source: "Nocedal & Wright 2006, section 17.1",
    parameters: &[TreatmentParameter::Mu],
};

/// What [`share`] has as value, as a formula in that of h.
pub(super) fn formula(mu: f64, relation: Relation, h: &str) -> String {
    let violation = match relation {
        Relation::Equal => h.to_owned(),
        Relation::AtMost => format!("max(0, {h})"),
        Relation::AtLeast => format!("min(0, {h})"),
    };
    format!("{:e}*{violation}^2", 0.5 * mu)
}

pub(super) fn share(mu: f64, relation: Relation, h: f64) -> Share {
    let violation = relation.violation(h);
    let is_met = violation == 0.0 && relation != Relation::Equal;
    Share {
        value: 0.5 * mu * violation * violation,
        slope: mu * violation,
        curvature: if is_met { 0.0 } else { mu },
    }
}
