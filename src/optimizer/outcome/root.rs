//! How a run that looked for a root ended.

use super::{Outcome, OutcomeKind, exact, measured, taken};

/// The outcome where |f| is below the tolerance.
pub(in crate::optimizer) fn found(step: u32, size: f64, tolerance: f64) -> Outcome {
    let text = format!("converged: |f| {} below {}", measured(size), exact(tolerance));
    Outcome { kind: OutcomeKind::Converged, step, text }
}

/// The outcome where the iterates repeat.
pub(in crate::optimizer) fn cycle(step: u32, period: usize) -> Outcome {
    let text = format!("cycle: the iterates repeat with period {period}, and no root is among them");
    Outcome { kind: OutcomeKind::Cycle, step, text }
}

/// The outcome where no further step is allowed, with the period where the iterates repeat.
pub(in crate::optimizer) fn all_steps(step: u32, size: f64, period: Option<usize>) -> Outcome {
    let repeats = period.map(|period| format!(", repeating with period {period}")).unwrap_or_default();
    let text = format!("{}, |f| {}{repeats}", taken(step), measured(size));
    Outcome { kind: OutcomeKind::Steps, step, text }
}
