//! What a run works on: a cost, and which of its coordinates move.

use super::Objective;

/// A cost to be brought to its goal by moving some of its coordinates. Immutable and cheap to clone.
#[derive(Clone, Debug)]
pub struct Problem {
    /// J, with its goal and its derivatives.
    pub cost: Objective,
    /// Which of x and y move. Along the other one the gradient counts as 0 and the Hessian has the row of the identity, so that
    /// no method, Newton's neither, leaves the line through the start.
    pub free: [bool; 2],
}

impl From<Objective> for Problem {
    /// Both coordinates move.
    fn from(cost: Objective) -> Self {
        Self { cost, free: [true, true] }
    }
}

impl From<&Objective> for Problem {
    fn from(cost: &Objective) -> Self {
        cost.clone().into()
    }
}
