//! Learning rates that theory knows: up to where a method goes to a minimum, and with which it goes there fastest.
//!
//! Formulas. λmin ≤ λmax are the eigenvalues of the Hessian of what is minimized, both positive.
//!
//! | method | goes there for | fastest at |
//! | --- | --- | --- |
//! | gradient descent | 0 < α < 2/λmax | α = 2/(λmin + λmax) |
//! | momentum | 0 < α < 2(1 + β)/λmax | α = 4/(√λmin + √λmax)², β = ((√λmax − √λmin)/(√λmax + √λmin))² |
//! | the same as `ewma` | both rates divided by 1 − β | |
//! | QHM | 0 < α < 2(1 + β)/((1 + β − 2νβ) λmax) | |
//! | Nesterov | 0 < α < (2 + 2β)/((1 + 2β) λmax) | |
//! | ISTA | as gradient descent, λ without l1 | |
//! | Newton | 0 < α < 2 | α = 1 |
//!
//! Along an eigenvector a step multiplies the error by a factor z. Gradient descent: z = 1 − αλ. Momentum:
//! z² − (1 + β − αλ) z + β = 0. Nesterov: z² − (1 + β)(1 − αλ) z + β(1 − αλ) = 0. Newton: z = 1 − α. The bounds are where z
//! reaches −1; for 0 ≤ β < 1 no other root is on the unit circle before that (Jury's criterion).
//!
//! Source: gradient descent: Nesterov, *Introductory Lectures on Convex Optimization*, 2004, theorems 2.1.14 and 2.1.15.
//! Momentum: Polyak, *Some methods of speeding up the convergence of iteration methods*, USSR Computational Mathematics and
//! Mathematical Physics 4(5), 1964, 1-17; with the bound: Polyak, *Introduction to Optimization*, 1987, section 3.2.1. The
//! bounds of momentum and Nesterov as sharpness: Cohen, Kaur, Li, Kolter & Talwalkar, *Gradient Descent on Neural Networks
//! Typically Occurs at the Edge of Stability*, ICLR 2021, equation (1). Near a minimum of a cost that is no quadratic the same
//! bounds hold: Ortega & Rheinboldt, *Iterative Solution of Nonlinear Equations in Several Variables*, 1970, theorem 10.1.3
//! (Ostrowski), which gives Newton's at once, whose map has the Jacobian (1 − α)I there. ISTA: Combettes & Wajs, *Signal
//! recovery by proximal forward-backward splitting*, Multiscale Modeling & Simulation 4(4), 2005, theorem 3.4.
//!
//! Convention. Eigenvalues are those of the function as it is written, not of twice or half of it. The Hessian is positive
//! definite where neither eigenvalue is below 1e-10 of the other, which is rounding. At the bound itself a run neither comes
//! nearer nor leaves. Methods that divide by the size of their gradients have no such bound and no thresholds; of FISTA
//! it is known that α ≤ 1/λmax suffices, which is no bound.

use nalgebra::Matrix2;

use super::{Oracle, ParameterValue, Plan, Settings};
use crate::decimal::with_minus;
use crate::objective::{Curvature, Form, Goal, Minimum, Point, Problem, SecondOrder, minimum_downhill};

/// The curvatures of what is minimized where it curves up every way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bowl {
    /// λmin, above 0.
    pub least: f64,
    /// λmax.
    pub greatest: f64,
}

/// A learning rate that theory knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Threshold {
    /// What it is.
    pub kind: ThresholdKind,
    /// How it comes of β and the eigenvalues λ.
    pub formula: &'static str,
    /// The rate.
    pub rate: f64,
    /// The value of β that belongs to it, where it is half of a pair.
    pub beta: Option<f64>,
}

/// What a threshold is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThresholdKind {
    /// Below it a run goes to the minimum, above it away.
    Limit,
    /// With it a run on a quadratic comes near soonest.
    Fastest,
}

impl ThresholdKind {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Limit => "stability limit",
            Self::Fastest => "fastest on a quadratic",
        }
    }
}

impl Threshold {
    pub(super) fn limit(formula: &'static str, rate: f64) -> Self {
        Self { kind: ThresholdKind::Limit, formula, rate, beta: None }
    }

    pub(super) fn fastest(formula: &'static str, rate: f64) -> Self {
        Self { kind: ThresholdKind::Fastest, formula, rate, beta: None }
    }

    /// Gives a run this rate, and this β where it has one. Whether it was taken; if not, nothing has changed.
    pub fn give(&self, settings: &mut Settings) -> bool {
        let mut given = settings.clone();
        let beta = self.beta.map_or(Ok(()), |beta| given.set("beta", ParameterValue::Real(beta)));
        let is_taken = beta.is_ok() && given.set("learning_rate", ParameterValue::Real(self.rate)).is_ok();
        if is_taken {
            *settings = given;
        }
        is_taken
    }
}

/// For the row of a method that has none.
pub(super) fn none(_: &Settings, _: Bowl) -> Vec<Threshold> {
    Vec::new()
}

impl Settings {
    /// The thresholds of the method where what is minimized curves so: those that it takes for a rate.
    pub fn thresholds(&self, bowl: Bowl) -> Vec<Threshold> {
        let mut thresholds = (self.method().thresholds)(self, bowl);
        thresholds.retain(|threshold| threshold.give(&mut self.clone()));
        thresholds
    }
}

/// Why there are no thresholds at a point.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum NoBowl {
    /// The Hessian has an entry that is infinite or not a number.
    NotFinite,
    /// An eigenvalue is 0 or negative: λmin and λmax.
    NotDefinite([f64; 2]),
}

impl NoBowl {
    /// The reason in words, to follow "there ".
    pub fn words(self, goal: Goal) -> String {
        let of = if goal == Goal::Maximize { " of \u{2212}J" } else { "" };
        match self {
            Self::NotFinite => format!("the Hessian{of} is not finite"),
            Self::NotDefinite(eigenvalues) => {
                let [least, greatest] = eigenvalues.map(|lambda| with_minus(&format!("{lambda:.4}")));
                format!("the Hessian{of} is not positive definite, with eigenvalues {least} and {greatest}")
            }
        }
    }
}

impl Bowl {
    /// The curvatures of a Hessian.
    ///
    /// # Errors
    /// Where it is not positive definite.
    pub fn of(hessian: &Matrix2<f64>) -> Result<Self, NoBowl> {
        let curvature = Curvature::of(hessian).ok_or(NoBowl::NotFinite)?;
        let [greatest, least] = curvature.eigenvalues;
        if curvature.form() == Form::Bowl {
            Ok(Self { least, greatest })
        } else {
            Err(NoBowl::NotDefinite([least, greatest]))
        }
    }

    /// The curvatures at a point of what a plan minimizes.
    ///
    /// # Errors
    /// Where the Hessian is not positive definite there.
    pub fn at(problem: &Problem, plan: &Plan, point: Point) -> Result<Self, NoBowl> {
        Self::of(&exact(problem, plan)(point).hessian)
    }
}

/// The minimum of what a plan minimizes that lies downhill of a point, and that the curvatures there tell of.
pub fn nearest_minimum(problem: &Problem, plan: &Plan, from: Point) -> Option<Minimum> {
    minimum_finder(problem, plan)(from)
}

/// What finds the minimum of what a plan minimizes that lies downhill of a point.
pub fn minimum_finder(problem: &Problem, plan: &Plan) -> impl FnMut(Point) -> Option<Minimum> + use<> {
    let mut exact = exact(problem, plan);
    move |from| minimum_downhill(from, &mut exact)
}

/// What a plan walks on by its derivatives: all that it minimizes, but for l1 where that is met with a threshold.
fn exact(problem: &Problem, plan: &Plan) -> impl FnMut(Point) -> SecondOrder + use<> {
    let mut problem = problem.clone();
    if plan.settings.method().by_threshold {
        let smooth = problem.cost.penalty().smooth();
        problem.cost = problem.cost.with_penalty(smooth);
    }
    let mut oracle = Oracle::new(&problem, plan);
    move |at| oracle.exact_uncounted(at)
}

#[cfg(test)]
mod tests {
    use super::super::{METHODS, method};
    use super::*;

    #[test]
    fn what_is_given_is_taken_whole_or_not_at_all() {
        let mut settings = Settings::defaults(method("momentum").unwrap());
        let bowl = Bowl { least: 1.0, greatest: 100.0 };
        for threshold in settings.clone().thresholds(bowl) {
            assert!(threshold.give(&mut settings));
            assert_eq!(settings.real("learning_rate"), threshold.rate);
        }
        let before = settings.clone();
        let pair = Threshold { beta: Some(2.0), ..Threshold::fastest("", 0.5) };
        assert!(!pair.give(&mut settings) && settings == before);
        // Rates that no run may have are none.
        for extreme in [5e-324, 1e-300, 1e300, f64::MAX] {
            for method in METHODS.iter().filter(|method| method.id != "newton") {
                let settings = Settings::defaults(method);
                let flat = Bowl { least: extreme, greatest: extreme };
                for threshold in settings.thresholds(flat) {
                    assert!(threshold.rate.is_finite() && threshold.rate > 0.0, "{}", method.id);
                }
            }
        }
    }

    #[test]
    fn a_bowl_is_where_the_hessian_is_positive_definite() {
        let of = |a, b, c| Bowl::of(&Matrix2::new(a, b, b, c));
        assert_eq!(of(2.0, 0.0, 20.0), Ok(Bowl { least: 2.0, greatest: 20.0 }));
        assert_eq!(of(2.0, 0.0, -2.0), Err(NoBowl::NotDefinite([-2.0, 2.0])));
        assert_eq!(of(2.0, 0.0, 0.0), Err(NoBowl::NotDefinite([0.0, 2.0])));
        assert_eq!(of(f64::NAN, 0.0, 2.0), Err(NoBowl::NotFinite));
        assert_eq!(
            of(2.0, 0.0, -2.0).unwrap_err().words(Goal::Maximize),
            "the Hessian of \u{2212}J is not positive definite, with eigenvalues \u{2212}2.0000 and 2.0000"
        );
    }
}
