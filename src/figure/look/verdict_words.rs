//! What a step came to, in one sentence.

use super::number::{short, trimmed};
use crate::objective::Goal;
use crate::optimizer::Trajectory;
use crate::record::step::of_constraints;
use crate::record::verdict::{Verdict, Way};

/// The significant digits of J in the sentence.
const DIGITS: usize = 4;

/// `J 18.5 → 11.8: downhill; −α‖∇J‖² promised −7.4, the curvature took 0.7 back`.
pub fn verdict_words(verdict: &Verdict) -> String {
    let Verdict { before, after, promised, goal, way, .. } = *verdict;
    // As many digits as tell the two apart.
    let digits =
        (DIGITS..=17).find(|digits| before == after || short(before, *digits) != short(after, *digits));
    let value = |value: f64| trimmed(&short(value, digits.unwrap_or(17)));
    let change =
        if before == after { value(before) } else { format!("{} → {}", value(before), value(after)) };
    let letter = goal.letter();
    if way == Way::Still {
        return format!("{letter} {change}: the point stays where it is");
    }
    if goal == Goal::Zero {
        return format!("f {change}: {}", course_to_root(before, after));
    }
    let direction = if after < before {
        "downhill"
    } else if after > before {
        "uphill"
    } else {
        "level"
    };
    let wanted = if goal == Goal::Maximize { "up" } else { "down" };
    let course = match way {
        Way::Still | Way::Along => String::new(),
        Way::CarriedOn => {
            format!(", carried on by earlier slopes though the slope here leads {wanted} the other way")
        }
        Way::AcrossTheValley => ", across the valley: the steepest slope has turned round".to_owned(),
        Way::OverTheMinimum => ", over the lowest point on its line".to_owned(),
        Way::TowardsASaddle => ", towards a saddle: the fitted quadratic curves both ways".to_owned(),
    };
    let course = if goal == Goal::Maximize { course.replace("lowest", "highest") } else { course };
    let few = |value: f64| trimmed(&short(value, 3));
    let promise = match (verdict.is_steepest, goal) {
        (true, Goal::Minimize) => "−α‖∇J‖² promised",
        (true, Goal::Maximize) => "α‖∇J‖² promised",
        (_, Goal::Zero) | (false, _) => "the slope promised",
    };
    let rest = verdict.rest();
    // Beside the promise it is what rounding leaves.
    let has_rest = rest.is_finite() && rest.abs() > 1e-9 * promised.abs().max(f64::MIN_POSITIVE);
    let balance = if !has_rest {
        String::new()
    } else if (rest < 0.0) == (promised < 0.0) {
        format!(", the curvature gave {} more", few(rest.abs()))
    } else {
        format!(", the curvature took {} back", few(rest.abs()))
    };
    format!("J {change}: {direction}{course}; {promise} {}{balance}", few(promised))
}

/// What a step towards a root came to.
fn course_to_root(before: f64, after: f64) -> &'static str {
    let is_across = before * after < 0.0;
    match (after.abs() < before.abs(), is_across) {
        _ if after == 0.0 => "a root",
        (true, false) => "nearer to 0",
        (true, true) => "across a root, and nearer to 0",
        (false, false) => "no nearer to 0",
        (false, true) => "across a root, and no nearer to 0",
    }
}

/// What a step from an entry of a run with constraints came to: J alone says little where it must rise to meet them. Nothing of
/// another run.
pub fn constrained_words(path: &Trajectory, entry: usize) -> Option<String> {
    let change = |before: f64, after: f64| {
        let [before, after] = [before, after].map(|value| trimmed(&short(value, DIGITS)));
        if before == after { before } else { format!("{before} → {after}") }
    };
    let value = change(path.value(entry)?, path.value(entry + 1)?);
    let violation = change(path.violation(entry)?, path.violation(entry + 1)?);
    let residual = |entry: usize| of_constraints(path, entry)[4];
    let residual = change(residual(entry)?, residual(entry + 1)?);
    Some(format!("J {value}, violation {violation}, ‖∇J − Σ λ∇g‖ {residual}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(before: f64, after: f64, promised: f64, way: Way) -> String {
        verdict_words(&Verdict { before, after, promised, is_steepest: true, goal: Goal::Minimize, way })
    }

    #[test]
    fn a_verdict_is_one_sentence_whose_numbers_add_up() {
        assert_eq!(
            words(18.5, 11.8, -7.4, Way::Along),
            "J 18.5 → 11.8: downhill; −α‖∇J‖² promised −7.4, the curvature took 0.7 back"
        );
        assert_eq!(
            words(18.5, 10.0, -7.4, Way::Along),
            "J 18.5 → 10: downhill; −α‖∇J‖² promised −7.4, the curvature gave 1.1 more"
        );
        assert_eq!(words(2.0, 1.0, -1.0, Way::Along), "J 2 → 1: downhill; −α‖∇J‖² promised −1");
        assert!(
            words(1.0, 3.0, -1.0, Way::OverTheMinimum).starts_with("J 1 → 3: uphill, over the lowest point")
        );
        assert_eq!(words(1.0, 1.0, 0.0, Way::Still), "J 1: the point stays where it is");
    }

    #[test]
    fn two_values_that_differ_are_told_apart() {
        let text = words(1.00000001, 1.00000002, 1e-8, Way::CarriedOn);
        assert!(text.starts_with("J 1.00000001 → 1.00000002: uphill, carried on"), "{text}");
    }
}
