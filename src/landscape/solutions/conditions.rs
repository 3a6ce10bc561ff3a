//! The conditions of Karush, Kuhn and Tucker at a point, each with what is left of it.
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, theorem 12.1, with the lecture's sign of λ: for what is
//! minimized Λ ≤ 0 where `<=` holds and Λ ≥ 0 where `>=` does.

use super::{Candidate, FEASIBLE};
use crate::objective::{Point, Problem, Relation};

/// What is left of a gradient, beside its own size, that counts as nothing.
const LEFT: f64 = 1e-6;
/// A multiplier this small beside the others, or a product of this size, is rounding.
const ROUNDING: f64 = 1e-9;

/// What is left of each condition, and whether that is nothing.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Conditions {
    /// The norm of ∇f − Σ λₖ∇gₖ; nothing where the gradients of the active constraints are dependent, so that there are no λ.
    pub stationary: Option<(f64, bool)>,
    /// The largest violation of a constraint.
    pub feasible: (f64, bool),
    /// By how much a multiplier of an inequality has the wrong sign; nothing where there is no inequality or no λ.
    pub signs: Option<(f64, bool)>,
    /// The largest |λₖhₖ| of an inequality; nothing where there is no inequality or no λ.
    pub complementary: Option<(f64, bool)>,
}

impl Conditions {
    /// Those of a problem at a candidate.
    pub fn of(problem: &Problem, candidate: &Candidate) -> Self {
        let at = candidate.point;
        let sign = problem.cost.goal().sign();
        let gradient = problem.cost.exact().evaluator().first_order(at).gradient;
        let (mut left, mut size) = (gradient, gradient.norm());
        let (mut violation, mut is_feasible) = (0.0_f64, true);
        let (mut wrong, mut product) = (0.0_f64, 0.0_f64);
        for (k, constraint) in problem.constraints.iter().enumerate() {
            let g = constraint.function.evaluator().first_order(at);
            let h = g.value - constraint.level;
            let by = constraint.relation.violation(h).abs();
            violation = violation.max(by);
            is_feasible &= by <= FEASIBLE * constraint.level.abs().max(1.0);
            let Some(multiplier) = candidate.multipliers.as_ref().and_then(|all| all.get(k)) else {
                continue;
            };
            let term: Point = *multiplier * g.gradient;
            left -= term;
            size = size.max(term.norm());
            if constraint.relation != Relation::Equal {
                let multiplier = sign * multiplier;
                wrong = wrong.max((constraint.relation.clip(multiplier) - multiplier).abs());
                product = product.max((multiplier * h).abs());
            }
        }
        let has_multipliers = candidate.multipliers.is_some();
        let has_inequality = problem.constraints.iter().any(|one| one.relation != Relation::Equal);
        let of_inequalities = |amount: f64| {
            (has_multipliers && has_inequality).then_some((amount, amount <= ROUNDING * size.max(1.0)))
        };
        Self {
            stationary: has_multipliers.then(|| (left.norm(), left.norm() <= LEFT * size.max(LEFT))),
            feasible: (violation, is_feasible),
            signs: of_inequalities(wrong),
            complementary: of_inequalities(product),
        }
    }

    /// Whether all of them hold.
    pub fn hold(&self) -> bool {
        let holds = |condition: Option<(f64, bool)>| condition.is_none_or(|(_, holds)| holds);
        self.stationary.is_some_and(|(_, holds)| holds)
            && self.feasible.1
            && holds(self.signs)
            && holds(self.complementary)
    }
}
