//! The augmented Lagrangian, or method of multipliers.
//!
//! ```text
//! =    F − Λh + μ/2 h²                             Λ ← Λ − μh
//! <=   F + (max(0, −Λ + μh)² − Λ²) / (2μ)          Λ ← −max(0, −Λ + μh)
//! >=   F + (max(0,  Λ − μh)² − Λ²) / (2μ)          Λ ←  max(0,  Λ − μh)
//! ```
//!
//! Λ is 0 at first and follows after every so many steps, with h at the new point. μ stays as it is.
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, section 17.3, equations (17.36) and (17.39) for equations;
//! for inequalities Rockafellar, *The multiplier method of Hestenes and Powell applied to convex programming*, JOTA 12, 1973,
//! 555-562. Convention: the second derivative of max(0, t)² at t = 0 is 0.

use super::{Share, TreatmentParameter, TreatmentRow};
use crate::objective::Relation;

pub(super) const ROW: TreatmentRow = TreatmentRow {
    id: "augmented-lagrangian",
    name: "Augmented Lagrangian",
    short_name: "augmented",
    summary: "Walks on the Lagrangian with a quadratic penalty, and corrects the multiplier λ after every so many steps.",
    formula: "F − Λh + μ/2 h²",
    source: "Nocedal & Wright 2006, section 17.3",
    parameters: &[TreatmentParameter::Mu, TreatmentParameter::InnerSteps],
};

/// What [`share`] has as value, as a formula in that of h.
pub(super) fn formula(mu: f64, relation: Relation, h: &str, multiplier: f64) -> String {
    let one_sided = |t: String| {
        let (square, weight) = (multiplier * multiplier, 2.0 * mu);
        format!("(max(0, {t})^2 - {square:e})/{weight:e}")
    };
    match relation {
        Relation::Equal => format!("{:e}*{h}^2 - ({multiplier:e})*{h}", 0.5 * mu),
        Relation::AtMost => one_sided(format!("{mu:e}*{h} - ({multiplier:e})")),
        Relation::AtLeast => one_sided(format!("({multiplier:e}) - {mu:e}*{h}")),
    }
}

pub(super) fn share(mu: f64, relation: Relation, h: f64, multiplier: f64) -> Share {
    // For an inequality t is what the multiplier would become, up to its sign: it is felt where that is above 0.
    let one_sided = |t: f64, sign: f64| {
        let felt = positive_part(t);
        Share {
            value: (felt * felt - multiplier * multiplier) / (2.0 * mu),
            slope: sign * felt,
            curvature: if felt > 0.0 { mu } else { 0.0 },
        }
    };
    match relation {
        Relation::Equal => {
            Share { value: -multiplier * h + 0.5 * mu * h * h, slope: -multiplier + mu * h, curvature: mu }
        }
        Relation::AtMost => one_sided(-multiplier + mu * h, 1.0),
        Relation::AtLeast => one_sided(multiplier - mu * h, -1.0),
    }
}

/// max(0, t), not a number where t is none.
fn positive_part(t: f64) -> f64 {
    Relation::AtMost.violation(t)
}

pub(super) fn updated(mu: f64, relation: Relation, h: f64, multiplier: f64) -> f64 {
    relation.clip(multiplier - mu * h)
}
