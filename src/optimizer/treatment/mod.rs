//! How a run meets its constraints, whatever its method: what is minimized in the place of the cost, what becomes of the
//! multipliers, and where a step ends.
//!
//! Conventions: F = s f is what is minimized, s = +1 to minimize and −1 to maximize, h = g − level, and Λ are the multipliers
//! of F: ∇F = Σ Λₖ ∇gₖ at a solution, with Λ ≤ 0 for `<=` and Λ ≥ 0 for `>=`. What people see is λ = s Λ, the lecture's
//! multiplier of the cost as it is typed.

mod augmented_lagrangian;
mod constrained;
mod descent_ascent;
mod held;
mod lagrange_newton;
mod multipliers;
mod penalty;
mod projected;

pub(super) use constrained::{Constrained, Distance, Standing};
pub(super) use lagrange_newton::LagrangeNewton;

use super::{Needs, Settings};
use crate::objective::Relation;
use crate::spelling::Selectable;

/// How a run treats what stands beside its cost.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Treatment {
    /// There is nothing beside it: the cost itself is minimized, and steps end where the method says.
    #[default]
    Plain,
    /// There are constraints, which are met so.
    Constrained(TreatmentSettings),
}

/// A way to meet constraints, with its parameters. Those that the kind does not use are kept.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TreatmentSettings {
    /// The way.
    pub kind: TreatmentKind,
    /// μ, the weight of the quadratic penalty, above 0. The program never changes it.
    pub mu: f64,
    /// η, the rate of the multipliers of descent-ascent, above 0.
    pub multiplier_rate: f64,
    /// The steps between two updates of the multipliers of an augmented Lagrangian, at least 1.
    pub inner_steps: u32,
}

impl Default for TreatmentSettings {
    fn default() -> Self {
        Self { kind: TreatmentKind::default(), mu: 10.0, multiplier_rate: 0.1, inner_steps: 20 }
    }
}

/// A way to meet constraints.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TreatmentKind {
    /// F with its multipliers and a quadratic penalty; the multipliers are corrected now and then.
    #[default]
    AugmentedLagrangian,
    /// F with a quadratic penalty.
    Penalty,
    /// Down the Lagrangian in θ and up in the multipliers.
    DescentAscent,
    /// Every step ends at the nearest feasible point.
    Projected,
    /// Newton's method on the N + K equations.
    LagrangeNewton,
}

/// What there is to say of a way to meet constraints.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TreatmentRow {
    /// Its name in files.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The same on a chip.
    pub short_name: &'static str,
    /// What it does, in a sentence for a student.
    pub summary: &'static str,
    /// What a step walks on, in one line, for `=`.
    pub formula: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Those of its parameters that it uses.
    pub parameters: &'static [TreatmentParameter],
}

/// A parameter of a treatment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TreatmentParameter {
    /// μ.
    Mu,
    /// η.
    MultiplierRate,
    /// Steps between two updates.
    InnerSteps,
}

impl TreatmentParameter {
    /// Its name in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Mu => "mu",
            Self::MultiplierRate => "multiplier_rate",
            Self::InnerSteps => "inner_steps",
        }
    }
}

impl Selectable for TreatmentKind {
    const ALL: &'static [Self] = &[
        Self::AugmentedLagrangian,
        Self::Penalty,
        Self::DescentAscent,
        Self::Projected,
        Self::LagrangeNewton,
    ];

    fn id(self) -> &'static str {
        self.row().id
    }
}

impl TreatmentKind {
    /// What there is to say of it.
    pub fn row(self) -> &'static TreatmentRow {
        match self {
            Self::AugmentedLagrangian => &augmented_lagrangian::ROW,
            Self::Penalty => &penalty::ROW,
            Self::DescentAscent => &descent_ascent::ROW,
            Self::Projected => &projected::ROW,
            Self::LagrangeNewton => &lagrange_newton::ROW,
        }
    }

    /// Why a method with these settings cannot be treated so, in a sentence; nothing where it can.
    pub fn misfit(self, settings: &Settings) -> Option<&'static str> {
        if settings.method().by_threshold {
            return Some(
                "ISTA and FISTA meet l1 with a threshold, and no constraint: take another method for this run",
            );
        }
        if settings.method().needs == Needs::Residuals {
            return Some(
                "Levenberg-Marquardt works on squares alone, and meets no constraint: take another method for this run",
            );
        }
        let is_pure_newton = || settings.method().id == "newton" && settings.choice("variant") == "pure";
        (self == Self::LagrangeNewton && !is_pure_newton()).then_some(
            "Lagrange-Newton takes its step from the N + K equations: only the method Newton, pure, does",
        )
    }
}

/// What a constraint adds to what is minimized where it has the value h: φ(h), with φ′ on ∇g and φ″ on ∇g ∇gᵀ.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Share {
    pub value: f64,
    pub slope: f64,
    pub curvature: f64,
}

impl TreatmentSettings {
    /// What a constraint adds, with its multiplier Λ. Nothing where the method walks on F itself.
    fn share(&self, relation: Relation, h: f64, multiplier: f64) -> Option<Share> {
        match self.kind {
            TreatmentKind::AugmentedLagrangian => {
                Some(augmented_lagrangian::share(self.mu, relation, h, multiplier))
            }
            TreatmentKind::Penalty => Some(penalty::share(self.mu, relation, h)),
            TreatmentKind::DescentAscent => Some(descent_ascent::share(h, multiplier)),
            TreatmentKind::Projected | TreatmentKind::LagrangeNewton => None,
        }
    }

    /// What a constraint adds to F, as a formula in that of h, which stands in brackets. Nothing where the method walks on F
    /// itself.
    pub fn added(&self, relation: Relation, h: &str, multiplier: f64) -> Option<String> {
        match self.kind {
            TreatmentKind::AugmentedLagrangian => {
                Some(augmented_lagrangian::formula(self.mu, relation, h, multiplier))
            }
            TreatmentKind::Penalty => Some(penalty::formula(self.mu, relation, h)),
            TreatmentKind::DescentAscent => Some(descent_ascent::formula(h, multiplier)),
            TreatmentKind::Projected | TreatmentKind::LagrangeNewton => None,
        }
    }

    /// The multiplier after step `step`, where the constraint has the value h.
    fn updated(&self, step: u32, relation: Relation, h: f64, multiplier: f64) -> f64 {
        match self.kind {
            TreatmentKind::AugmentedLagrangian if step.is_multiple_of(self.inner_steps) => {
                augmented_lagrangian::updated(self.mu, relation, h, multiplier)
            }
            TreatmentKind::DescentAscent => {
                descent_ascent::updated(self.multiplier_rate, relation, h, multiplier)
            }
            TreatmentKind::AugmentedLagrangian
            | TreatmentKind::Penalty
            | TreatmentKind::Projected
            | TreatmentKind::LagrangeNewton => multiplier,
        }
    }
}

#[cfg(test)]
mod tests {
    use num_dual::{Dual2_64, DualNum as _};

    use super::*;
    use crate::expr::Expression;

    /// φ(h) as the heads of the files have it, with its derivatives by dual numbers.
    fn by_dual_numbers(settings: TreatmentSettings, relation: Relation, h: f64, multiplier: f64) -> [f64; 3] {
        let (h, mu) = (Dual2_64::from(h).derivative(), settings.mu);
        let positive = |t: Dual2_64| if t.re > 0.0 { t } else { Dual2_64::from(0.0) };
        let phi = match (settings.kind, relation) {
            (TreatmentKind::Penalty, Relation::Equal) => h * h * (mu / 2.0),
            (TreatmentKind::Penalty, Relation::AtMost) => positive(h).powi(2) * (mu / 2.0),
            (TreatmentKind::Penalty, Relation::AtLeast) => positive(-h).powi(2) * (mu / 2.0),
            (TreatmentKind::DescentAscent, _) => -h * multiplier,
            (_, Relation::Equal) => h * h * (mu / 2.0) - h * multiplier,
            (_, Relation::AtMost) => {
                (positive(h * mu - multiplier).powi(2) - multiplier * multiplier) / (2.0 * mu)
            }
            (_, Relation::AtLeast) => {
                (positive(-h * mu + multiplier).powi(2) - multiplier * multiplier) / (2.0 * mu)
            }
        };
        [phi.re, phi.v1, phi.v2]
    }

    #[test]
    fn every_share_has_the_derivatives_of_dual_numbers_and_the_value_of_its_formula() {
        for kind in [TreatmentKind::AugmentedLagrangian, TreatmentKind::Penalty, TreatmentKind::DescentAscent]
        {
            for relation in Relation::ALL {
                for mu in [0.3, 10.0, 1e12] {
                    for (h, multiplier) in [(0.7, -1.3), (-0.7, -1.3), (0.2, 2.5), (-1e-3, 2.5), (-4.0, 0.0)]
                    {
                        let settings = TreatmentSettings { kind, mu, ..TreatmentSettings::default() };
                        let share = settings.share(*relation, h, multiplier).unwrap();
                        let wanted = by_dual_numbers(settings, *relation, h, multiplier);
                        let context = format!("{kind:?} {relation:?} {mu} {h} {multiplier}");
                        for (found, wanted) in
                            [share.value, share.slope, share.curvature].into_iter().zip(wanted)
                        {
                            assert!(
                                (found - wanted).abs() <= 1e-13 * wanted.abs().max(1.0),
                                "{context}: {found} {wanted}"
                            );
                        }
                        let text = settings.added(*relation, "(x - y)", multiplier).unwrap();
                        let tape = Expression::parse(&text).unwrap().compile(["x", "y"], &[]).unwrap();
                        let value = tape.evaluator().value(h + 1.0, 1.0);
                        let room = 1e-13 * (mu + 10.0) * 10.0;
                        assert!((value - share.value).abs() <= room, "{context}: {text} is {value}");
                    }
                }
            }
        }
    }
}
