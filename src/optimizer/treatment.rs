//! What is minimized in the place of the cost, and what is done to a point after a step: how constraints and penalties enter a
//! run, whatever its method.

use nalgebra::Matrix2;

use crate::objective::{FirstOrder, Point, SecondOrder};

/// How a run treats what stands beside its cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Treatment {
    /// There is nothing beside it: the cost itself is minimized, and steps end where the method says.
    #[default]
    Plain,
}

impl Treatment {
    /// The merit: value and gradient of what is minimized, from those of the cost, signed so that it is minimized.
    #[inline]
    pub(super) fn first_order(self, cost: FirstOrder) -> FirstOrder {
        match self {
            Self::Plain => cost,
        }
    }

    /// The gradient of the merit alone.
    #[inline]
    pub(super) fn gradient(self, cost: Point) -> Point {
        match self {
            Self::Plain => cost,
        }
    }

    /// The Hessian of the merit alone.
    #[inline]
    pub(super) fn hessian(self, cost: Matrix2<f64>) -> Matrix2<f64> {
        match self {
            Self::Plain => cost,
        }
    }

    /// All three.
    pub(super) fn second_order(self, cost: SecondOrder) -> SecondOrder {
        match self {
            Self::Plain => cost,
        }
    }

    /// Where a step ends that the method takes to `to`.
    #[inline]
    pub(super) fn after_step(self, to: Point) -> Point {
        match self {
            Self::Plain => to,
        }
    }
}
