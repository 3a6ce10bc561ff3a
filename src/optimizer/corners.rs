//! The corners that l1 gives to what is minimized: what is walked on there, and what is told of a run.
//!
//! Convention. Methods walk on the derivative with sign(0) = 0, or, where they meet l1 with a threshold, on the rest. What is told
//! is the subgradient of least norm: where θᵢ = 0, sign(gᵢ) max(0, |gᵢ| − l1), g being the slope of the rest (Rockafellar, *Convex
//! Analysis*, 1970, section 23).

use crate::objective::{FirstOrder, Penalty, Point, SecondOrder, sign, soft_threshold};

/// l1 of a cost. There is none where the goal is to maximize.
#[derive(Clone, Copy, Debug)]
pub(super) struct Corners {
    /// Of each coordinate, 0 where it is not counted.
    pub l1: Point,
    /// Whether the method meets it with a threshold, and walks on the rest.
    by_threshold: bool,
}

impl Corners {
    /// Those of a penalty, if it has any.
    pub fn of(penalty: Penalty, by_threshold: bool) -> Option<Self> {
        let l1 = penalty.l1_of_each();
        (l1 != Point::zeros()).then_some(Self { l1, by_threshold })
    }

    /// The slope of l1 by itself.
    fn slope(&self, at: Point) -> Point {
        self.l1.component_mul(&at.map(sign))
    }

    /// What is walked on, from the rest.
    #[inline]
    pub fn walked(&self, at: Point, rest: FirstOrder) -> FirstOrder {
        if self.by_threshold { rest } else { self.whole(at, rest) }
    }

    /// What is told, from what is walked on.
    pub fn told(&self, at: Point, walked: FirstOrder) -> FirstOrder {
        let FirstOrder { value, gradient } = if self.by_threshold { self.whole(at, walked) } else { walked };
        FirstOrder { value, gradient: self.least_norm(at, gradient) }
    }

    /// What is told, from the rest, and which coordinates a corner holds at 0.
    pub fn told_second(&self, at: Point, rest: SecondOrder) -> (SecondOrder, [bool; 2]) {
        let SecondOrder { value, gradient, hessian } = rest;
        let FirstOrder { value, gradient } = self.whole(at, FirstOrder { value, gradient });
        let gradient = self.least_norm(at, gradient);
        let held = [0, 1].map(|axis| at[axis] == 0.0 && self.l1[axis] > 0.0 && gradient[axis] == 0.0);
        (SecondOrder { value, gradient, hessian }, held)
    }

    /// All of it, with sign(0) = 0.
    fn whole(&self, at: Point, rest: FirstOrder) -> FirstOrder {
        FirstOrder { value: rest.value + self.l1.dot(&at.abs()), gradient: rest.gradient + self.slope(at) }
    }

    /// The subgradient of least norm, from the derivative with sign(0) = 0.
    fn least_norm(&self, at: Point, derivative: Point) -> Point {
        let shrunk = soft_threshold(derivative, self.l1);
        Point::new(
            if at.x == 0.0 { shrunk.x } else { derivative.x },
            if at.y == 0.0 { shrunk.y } else { derivative.y },
        )
    }
}
