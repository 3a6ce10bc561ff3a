//! What had been evaluated where a run stood, point by point.

use super::Trajectory;
use crate::objective::Evaluations;

/// What had been evaluated when a run came to stand at each of its points, the start first.
#[derive(Clone, PartialEq, Debug)]
pub enum Evaluated {
    /// Each step takes as much.
    Evenly {
        /// At the start.
        start: Evaluations,
        /// By a step.
        step: Evaluations,
    },
    /// One step takes more than another.
    Each(Vec<Evaluations>),
}

impl Trajectory {
    /// What had been evaluated at each point. What a step has taken that leads nowhere is not among it.
    pub fn evaluated(&self) -> Evaluated {
        if !self.growing.evaluated.is_empty() {
            return Evaluated::Each(self.entries(|record, to| to.extend(&record.evaluated)).collect());
        }
        let nothing = Evaluations::default();
        let Some(mut walker) = self.walker_at(0) else {
            return Evaluated::Evenly { start: nothing, step: nothing };
        };
        // Where all take as much, the first step tells of all.
        let start = walker.stand.oracle.evaluations();
        let step = walker.next().map(|_| walker.stand.oracle.evaluations() - start);
        Evaluated::Evenly { start, step: step.unwrap_or(nothing) }
    }
}
