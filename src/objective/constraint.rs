//! A constraint: a function of the plane compared with a level.
//!
//! Convention: h = g − level. Multipliers are those of the lecture, ∇f = Σ λₖ ∇gₖ; for what is *minimized*, F = s f with s = ±1,
//! they are Λ = s λ, and where a solution lies on the boundary Λ ≤ 0 for `<=` and Λ ≥ 0 for `>=`. Derivatives of g are always
//! exact: differences are a way to look at the cost.
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, section 12.3, with the lecture's sign of λ.

use super::Objective;
use crate::spelling::Selectable;

/// The most constraints of one problem: in the plane two equations leave nothing to choose.
pub const MAX_CONSTRAINTS: usize = 2;

/// How g compares with its level.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Relation {
    /// g = level.
    #[default]
    Equal,
    /// g ≤ level.
    AtMost,
    /// g ≥ level.
    AtLeast,
}

impl Selectable for Relation {
    const ALL: &'static [Self] = &[Self::Equal, Self::AtMost, Self::AtLeast];

    fn id(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
        }
    }
}

impl Relation {
    /// As it is written on the board.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtMost => "≤",
            Self::AtLeast => "≥",
        }
    }

    /// What of h is not allowed, with its sign; not a number where h is none.
    pub fn violation(self, h: f64) -> f64 {
        match self {
            _ if h.is_nan() => h,
            Self::Equal => h,
            Self::AtMost => h.max(0.0),
            Self::AtLeast => h.min(0.0),
        }
    }

    /// The multiplier Λ of what is minimized that is nearest to this one and has an allowed sign.
    pub fn clip(self, multiplier: f64) -> f64 {
        match self {
            _ if multiplier.is_nan() => multiplier,
            Self::Equal => multiplier,
            Self::AtMost => multiplier.min(0.0),
            Self::AtLeast => multiplier.max(0.0),
        }
    }
}

/// g compared with a level. Immutable and cheap to clone.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// g, of which only values and exact derivatives are asked.
    pub function: Objective,
    /// How it compares.
    pub relation: Relation,
    /// With what.
    pub level: f64,
}
