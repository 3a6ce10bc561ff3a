//! What came of a run, in the few words that a card or a legend has room for.

use crate::objective::Goal;
use crate::optimizer::{Outcome, OutcomeKind};

/// The outcome in words, such as "converged at step 173".
pub fn outcome_words(outcome: &Outcome, goal: Goal) -> String {
    let step = outcome.step;
    match outcome.kind {
        OutcomeKind::Converged => format!("converged at step {step}"),
        OutcomeKind::Saddle => format!("saddle at step {step}"),
        // Of the function that is minimized: turned around, it is a minimum of the cost.
        OutcomeKind::Maximum if goal == Goal::Maximize => format!("minimum at step {step}"),
        OutcomeKind::Maximum => format!("maximum at step {step}"),
        OutcomeKind::Steps => format!("all {step} steps taken"),
        OutcomeKind::Diverged => format!("diverged at step {step}"),
        OutcomeKind::NotFinite if step == 0 => "undefined at the start".to_owned(),
        OutcomeKind::NotFinite => format!("undefined after step {step}"),
    }
}
