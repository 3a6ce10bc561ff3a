//! How a run with constraints ended.

use nalgebra::Matrix2;

use super::{Outcome, OutcomeKind, exact, measured, taken};
use crate::objective::Point;
use crate::optimizer::linear::{eigenvalues, norm};
use crate::optimizer::treatment::Distance;

/// The outcome where no further step is allowed and the run is not at a solution.
pub(in crate::optimizer) fn all_steps(step: u32, distance: &Distance) -> Outcome {
    let Distance { residual, violation, .. } = distance;
    let taken = taken(step);
    let text = format!("{taken}, |∇f − Σ λ∇g| {}, violation {}", measured(*residual), measured(*violation));
    Outcome { kind: OutcomeKind::Steps, step, text }
}

/// The outcome where the merit of the penalty is flat beside the constraints.
pub(in crate::optimizer) fn penalized(
    step: u32,
    gradient_norm: f64,
    tolerance: f64,
    violation: f64,
) -> Outcome {
    let text = format!(
        "penalized: |gradient| of cost and penalty {} below {}, violation {}: a larger μ ends nearer",
        measured(gradient_norm),
        exact(tolerance),
        measured(violation)
    );
    Outcome { kind: OutcomeKind::Penalized, step, text }
}

/// The outcome where the violation is as small as it gets near, and not 0.
pub(in crate::optimizer) fn infeasible(step: u32, violation: f64) -> Outcome {
    let text = format!(
        "infeasible: the constraints are violated by {} here, and by no less anywhere near",
        measured(violation)
    );
    Outcome { kind: OutcomeKind::Infeasible, step, text }
}

/// The outcome at a solution of ∇F = Σ Λ ∇g, with the Hessian of the Lagrangian of what is minimized and the slopes of the
/// active constraints: what the point is goes by the curvature along them (Nocedal & Wright 2006, theorems 12.5 and 12.6).
pub(in crate::optimizer) fn stationary(
    step: u32,
    distance: &Distance,
    tolerance: f64,
    hessian: &Matrix2<f64>,
    active: &[Point],
    sign: f64,
) -> Outcome {
    let Distance { residual, violation, .. } = distance;
    let small = format!(
        "|∇f − Σ λ∇g| {} and violation {} below {}",
        measured(*residual),
        measured(*violation),
        exact(tolerance)
    );
    let along = match active {
        [] => eigenvalues(hessian),
        [slope] if *slope != Point::zeros() => {
            let along = Point::new(-slope.y, slope.x) / norm(*slope);
            Point::repeat(along.dot(&(hessian * along)))
        }
        // Two curves leave no way to go.
        _ => Point::repeat(1.0),
    };
    let zero = tolerance.max(1e-10 * along.amax());
    let (down, up) = (along.x < -zero, along.y > zero);
    let extremum = if sign < 0.0 { "minimum" } else { "maximum" };
    let (kind, text) = match (down, up) {
        (true, true) => (OutcomeKind::Saddle, format!("saddle point on the constraints: {small}")),
        (true, false) => (OutcomeKind::Maximum, format!("{extremum} on the constraints: {small}")),
        (false, true) => (OutcomeKind::Converged, format!("converged: {small}")),
        (false, false) => (
            OutcomeKind::Converged,
            format!("converged: {small}, but the curvature along the constraint is 0 and cannot confirm it"),
        ),
    };
    Outcome { kind, step, text }
}
