//! What a run works on: a cost, the constraints that it is subject to, and which of its coordinates move.

use super::{Constraint, Objective};

/// A cost to be brought to its goal by moving some of its coordinates, subject to constraints. Immutable and cheap to clone.
#[derive(Clone, Debug)]
pub struct Problem {
    /// J, with its goal and its derivatives.
    pub cost: Objective,
    /// At most [`super::MAX_CONSTRAINTS`] of them.
    pub constraints: Vec<Constraint>,
    /// Which of x and y move. Along the other one the gradient counts as 0 and the Hessian has the row of the identity, so that
    /// no method, Newton's neither, leaves the line through the start.
    pub free: [bool; 2],
}

impl From<Objective> for Problem {
    /// Nothing but the cost, all of whose variables move.
    fn from(cost: Objective) -> Self {
        let free = [true, !cost.is_of_one_variable()];
        Self { cost, constraints: Vec::new(), free }
    }
}

impl From<&Objective> for Problem {
    fn from(cost: &Objective) -> Self {
        cost.clone().into()
    }
}
