//! How a run ended, in a word and in a sentence.
//!
//! Where the gradient has vanished the eigenvalues λ of the minimized function's Hessian say what the point is
//! (Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, theorems 2.3 and 2.4). Convention: an eigenvalue
//! counts as 0 where |λ| is below the tolerance on the gradient, since over a unit length it changes the gradient
//! by less than what is not told apart from 0 anyway, or below 1e-10 of the other, which is rounding.

pub(super) mod constrained;
pub(super) mod root;

use nalgebra::Matrix2;

use super::line_search::MOST_TRIALS;
use super::linear::eigenvalues;
use super::{LineSearchKind, NoStep};
use crate::objective::{LostStep, Point};

/// How a run ended and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// How it ended.
    pub kind: OutcomeKind,
    /// Steps taken, which is the index of the last point of the trajectory.
    pub step: u32,
    /// The same in words, starting with a small letter, without a full stop.
    pub text: String,
}

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OutcomeKind {
    /// The gradient vanished at a minimum of the minimized function, or where the Hessian does not tell.
    Converged,
    /// The gradient vanished where the function curves up one way and down the other.
    Saddle,
    /// The gradient vanished where the minimized function curves down and nowhere up.
    Maximum,
    /// All steps were taken.
    Steps,
    /// The path left every reasonable bound.
    Diverged,
    /// A value or derivative stopped being a finite number. The path up to there is kept.
    NotFinite,
    /// The method cannot tell where to go, as where a difference step is lost in rounding.
    Stalled,
    /// The gradient vanishes, but the minimized function falls for ever along a direction.
    NoMinimum,
    /// The penalized function is flat, but a constraint does not hold: the penalty and the cost balance each other.
    Penalized,
    /// No point is found where all constraints hold.
    Infeasible,
    /// The iterates come back to where they were, and go round for ever.
    Cycle,
}

impl OutcomeKind {
    /// Name in files: `converged`, `saddle`, `maximum`, `steps`, `diverged`, `not_finite`, `stalled`, `no_minimum`,
    /// `penalized`, `infeasible` or `cycle`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Converged => "converged",
            Self::Saddle => "saddle",
            Self::Maximum => "maximum",
            Self::Steps => "steps",
            Self::Diverged => "diverged",
            Self::NotFinite => "not_finite",
            Self::Stalled => "stalled",
            Self::NoMinimum => "no_minimum",
            Self::Penalized => "penalized",
            Self::Infeasible => "infeasible",
            Self::Cycle => "cycle",
        }
    }
}

/// The outcome at a point where the gradient of the minimized function is shorter than `tolerance`.
/// `sign` is -1 where -J is minimized, +1 otherwise; the sentence speaks of J.
pub(super) fn stationary(
    step: u32,
    gradient_norm: f64,
    tolerance: f64,
    hessian: &Matrix2<f64>,
    sign: f64,
) -> Outcome {
    let small = small(gradient_norm, tolerance);
    let lambda = eigenvalues(hessian);
    let zero = tolerance.max(1e-10 * lambda.amax());
    let (down, up) = (lambda.x < -zero, lambda.y > zero);
    let (extremum, curvature) = if sign < 0.0 { ("minimum", "positive") } else { ("maximum", "negative") };
    let (kind, text) = if !lambda.x.is_finite() {
        (
            OutcomeKind::Converged,
            format!("converged: {small}, but the Hessian there is not finite and cannot confirm it"),
        )
    } else if down && up {
        (
            OutcomeKind::Saddle,
            format!("saddle point: {small}, one eigenvalue of the Hessian is positive and one negative"),
        )
    } else if down && lambda.y < -zero {
        (
            OutcomeKind::Maximum,
            format!("{extremum}: {small}, both eigenvalues of the Hessian are {curvature}"),
        )
    } else if down {
        (
            OutcomeKind::Maximum,
            format!("{extremum}: {small}, one eigenvalue of the Hessian is {curvature} and one is 0"),
        )
    } else if lambda.x <= zero {
        (
            OutcomeKind::Converged,
            format!("converged: {small}, but the Hessian there is singular and cannot confirm it"),
        )
    } else {
        (OutcomeKind::Converged, format!("converged: {small}"))
    };
    Outcome { kind, step, text }
}

/// The outcome at such a point where the minimized function falls for ever along `direction`, a unit vector.
pub(super) fn no_minimum(
    step: u32,
    gradient_norm: f64,
    tolerance: f64,
    direction: Point,
    sign: f64,
) -> Outcome {
    let (extremum, falls) = if sign < 0.0 { ("maximum", "rises") } else { ("minimum", "falls") };
    let [x, y] = [direction.x, direction.y].map(|c| format!("{c:.2}"));
    let text = format!(
        "no {extremum}: {}, but J {falls} for ever in the direction ({x}, {y}), however far it is followed",
        small(gradient_norm, tolerance)
    );
    Outcome { kind: OutcomeKind::NoMinimum, step, text }
}

fn small(gradient_norm: f64, tolerance: f64) -> String {
    format!("|gradient| {} below {}", measured(gradient_norm), exact(tolerance))
}

/// The outcome where the step of central differences is lost `beside` a coordinate or a cost of this size.
pub(super) fn stalled(step: u32, lost: &LostStep, beside: &str) -> Outcome {
    Outcome { kind: OutcomeKind::Stalled, step, text: format!("stalled: {}", self::lost(lost, beside)) }
}

/// What to do about a lost difference step, and why.
pub(super) fn lost(lost: &LostStep, beside: &str) -> String {
    let LostStep { step, beside: number, spacing } = *lost;
    format!(
        "the difference step {} is lost beside {beside} {}, where numbers are {} apart: choose a larger one",
        exact(step),
        measured(number),
        measured(spacing)
    )
}

/// The outcome where no further step is allowed.
pub(super) fn all_steps(step: u32, gradient_norm: f64) -> Outcome {
    let text = format!("{}, |gradient| {}", taken(step), measured(gradient_norm));
    Outcome { kind: OutcomeKind::Steps, step, text }
}

fn taken(step: u32) -> String {
    match step {
        0 => "no step taken".to_owned(),
        1 => "the only step taken".to_owned(),
        _ => format!("all {step} steps taken"),
    }
}

/// The outcome at a point with a coordinate beyond `bound`.
pub(super) fn diverged(step: u32, bound: f64) -> Outcome {
    let text = format!("diverged: a coordinate passed {} at step {step}", exact(bound));
    Outcome { kind: OutcomeKind::Diverged, step, text }
}

/// The outcome where the method has no step `step` + 1.
pub(super) fn no_next_step(step: u32, reason: NoStep) -> Outcome {
    match reason {
        NoStep::LookaheadLost(_)
        | NoStep::NoDescent
        | NoStep::TrialsSpent(_)
        | NoStep::LengthLost(_)
        | NoStep::RegionLost
        | NoStep::NoSquares
        | NoStep::DampingLost
        | NoStep::FlatSimplex
        | NoStep::FlatTangent
        | NoStep::FlatSecant
        | NoStep::NoSignChange => {
            let text = format!("stalled: at step {} {reason}", step + 1);
            Outcome { kind: OutcomeKind::Stalled, step, text }
        }
        NoStep::FallsOn => {
            let text = format!("no minimum: at step {} {reason}", step + 1);
            Outcome { kind: OutcomeKind::NoMinimum, step, text }
        }
        NoStep::NothingFeasible | NoStep::SeveralNearest => {
            let text = format!("infeasible: at step {} {reason}", step + 1);
            Outcome { kind: OutcomeKind::Infeasible, step, text }
        }
        NoStep::NoRate { .. }
        | NoStep::SingularHessian
        | NoStep::SingularKkt
        | NoStep::HessianNotFinite
        | NoStep::AskedNotFinite { .. }
        | NoStep::LookaheadNotFinite => not_finite_there(step, &reason.to_string()),
    }
}

/// What all trials of a line search came to.
pub(super) fn trials_spent(kind: LineSearchKind) -> String {
    format!("none of {MOST_TRIALS} lengths {}", kind.aim())
}

/// The outcome where a method has come to its own end.
pub(super) fn settled(step: u32, tolerance: f64) -> Outcome {
    let text = format!(
        "converged: the vertices of the simplex and their values are within {} of the best one",
        exact(tolerance)
    );
    Outcome { kind: OutcomeKind::Converged, step, text }
}

/// The outcome where a method without derivatives has taken all steps.
pub(super) fn all_steps_without_gradient(step: u32) -> Outcome {
    Outcome { kind: OutcomeKind::Steps, step, text: taken(step) }
}

/// Why a φ is no factor of a rate, and what to do.
pub(super) fn no_rate(t: u32, factor: f64) -> String {
    let is = if factor.is_nan() {
        "not a number".to_owned()
    } else if factor.is_infinite() {
        "infinite".to_owned()
    } else {
        format!("{}, and a rate is never negative", measured(factor))
    };
    // The slip that everybody makes once.
    let hint = if t == 0 && !factor.is_finite() { ": t starts at 0: write 1/sqrt(t+1)" } else { "" };
    format!("the schedule's φ({t}) is {is}{hint}")
}

/// The outcome where step `step` + 1 does not exist or leads nowhere, for the `reason` given.
pub(super) fn not_finite_there(step: u32, reason: &str) -> Outcome {
    let text = format!("not finite: at step {} {reason}", step + 1);
    Outcome { kind: OutcomeKind::NotFinite, step, text }
}

/// The outcome where a run cannot even start.
pub(super) fn bad_start(reason: &str) -> Outcome {
    let text = format!("not finite: at the start {reason}");
    Outcome { kind: OutcomeKind::NotFinite, step: 0, text }
}

/// What is not finite at a point, or nothing.
pub(super) fn not_finite(at: Point, value: f64, gradient: Point) -> Option<&'static str> {
    let entries = |nan: &'static str, infinite: &'static str, point: Point| {
        if point.x.is_nan() || point.y.is_nan() {
            Some(nan)
        } else if point.x.is_infinite() || point.y.is_infinite() {
            Some(infinite)
        } else {
            None
        }
    };
    entries("a coordinate is not a number", "a coordinate is infinite", at)
        .or_else(|| entries("the cost is not a number", "the cost is infinite", Point::new(value, 0.0)))
        .or_else(|| entries("the gradient is not a number", "the gradient is infinite", gradient))
}

/// A measured number: two digits, `8.1e-07`.
fn measured(value: f64) -> String {
    two_digit_exponent(&format!("{value:.1e}"))
}

/// A number that somebody chose: as few digits as say it, `1e-06`.
fn exact(value: f64) -> String {
    two_digit_exponent(&format!("{value:e}"))
}

/// `8.1e-7` as `8.1e-07`, the spelling of most languages.
fn two_digit_exponent(text: &str) -> String {
    match text.split_once('e') {
        None => text.to_owned(),
        Some((mantissa, exponent)) => {
            let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |digits| ('-', digits));
            format!("{mantissa}e{sign}{digits:0>2}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signs_of_the_eigenvalues_name_the_point() {
        let small = "|gradient| 8.1e-07 below 1e-06";
        for (diagonal, sign, kind, text) in [
            ([2.0, 20.0], 1.0, OutcomeKind::Converged, format!("converged: {small}")),
            ([2.0, 20.0], -1.0, OutcomeKind::Converged, format!("converged: {small}")),
            (
                [2.0, -2.0],
                1.0,
                OutcomeKind::Saddle,
                format!("saddle point: {small}, one eigenvalue of the Hessian is positive and one negative"),
            ),
            (
                [-1.0, -2.0],
                1.0,
                OutcomeKind::Maximum,
                format!("maximum: {small}, both eigenvalues of the Hessian are negative"),
            ),
            (
                [-1.0, -2.0],
                -1.0,
                OutcomeKind::Maximum,
                format!("minimum: {small}, both eigenvalues of the Hessian are positive"),
            ),
            (
                [0.0, -2.0],
                1.0,
                OutcomeKind::Maximum,
                format!("maximum: {small}, one eigenvalue of the Hessian is negative and one is 0"),
            ),
            (
                [0.0, 2.0],
                1.0,
                OutcomeKind::Converged,
                format!("converged: {small}, but the Hessian there is singular and cannot confirm it"),
            ),
            (
                [-1e-9, 2.0],
                1.0,
                OutcomeKind::Converged,
                format!("converged: {small}, but the Hessian there is singular and cannot confirm it"),
            ),
            (
                [f64::NAN, 2.0],
                1.0,
                OutcomeKind::Converged,
                format!("converged: {small}, but the Hessian there is not finite and cannot confirm it"),
            ),
        ] {
            let hessian = Matrix2::from_diagonal(&Point::from(diagonal));
            let outcome = stationary(173, 8.14e-7, 1e-6, &hessian, sign);
            assert_eq!((outcome.kind, outcome.step, outcome.text), (kind, 173, text));
        }
    }

    #[test]
    fn numbers_are_spelled_with_two_digit_exponents() {
        assert_eq!(measured(0.0323), "3.2e-02");
        assert_eq!(measured(232.87), "2.3e+02");
        assert_eq!(measured(0.0), "0.0e+00");
        assert_eq!(measured(1e-300), "1.0e-300");
        assert_eq!(exact(1e-6), "1e-06");
        assert_eq!(exact(2.5e9), "2.5e+09");
        assert_eq!(exact(f64::INFINITY), "inf");
        assert_eq!(all_steps(500, 0.0323).text, "all 500 steps taken, |gradient| 3.2e-02");
    }
}
