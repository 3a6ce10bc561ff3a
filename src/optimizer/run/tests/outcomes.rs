use OutcomeKind::{Converged, Diverged, Maximum, NotFinite, Saddle, Stalled, Steps};

use super::*;

/// The run of a method with a learning rate from a start, with at most `steps` and a tolerance, must end as told
/// after `step` steps, with a text that begins as told.
fn ends(
    formula: &str,
    (id, rate, at, steps, tolerance): (&str, f64, [f64; 2], u32, f64),
    kind: OutcomeKind,
    step: u32,
    text: &str,
) {
    let (formula, goal) = match formula.strip_prefix("maximize ") {
        Some(formula) => (formula, Goal::Maximize),
        None => (formula, Goal::Minimize),
    };
    let objective = objective_with(formula, goal, Derivatives::Exact);
    let t = finished(&objective, &settings(id, rate), at, steps, tolerance);
    let outcome = t.outcome.clone().unwrap();
    assert!(outcome.text.starts_with(text), "{formula}: {}", outcome.text);
    assert_eq!((outcome.kind, outcome.step), (kind, step), "{formula}: {}", outcome.text);
    assert_eq!(t.len(), step as usize + 1, "{formula}");
    assert_eq!((t.values().count(), t.gradients().count()), (t.len(), t.len()));
}

#[test]
fn the_gradient_vanishes_at_a_minimum_a_saddle_or_a_maximum() {
    let newton = |at| ("newton", 1.0, at, 9, 1e-6);
    let zero = "|gradient| 0.0e+00 below 1e-06";
    ends(BOWL, newton([4.0, 1.0]), Converged, 1, &format!("converged: {zero}"));
    ends(BOWL, ("gd", 0.05, [0.0, 0.0], 9, 1e-6), Converged, 0, &format!("converged: {zero}"));
    ends("x^2 - y^2", newton([1.0, 0.3]), Saddle, 1, &format!("saddle point: {zero}, one eigenvalue"));
    ends("-x^2 - y^2", newton([1.0, 0.3]), Maximum, 1, &format!("maximum: {zero}, both eigenvalues"));
    ends("maximize x^2 + y^2", newton([1.0, 0.3]), Maximum, 1, &format!("minimum: {zero}, both eigenvalues"));
    ends("maximize -x^2 - y^2", newton([1.0, 0.3]), Converged, 1, &format!("converged: {zero}"));
    let flat = format!("converged: {zero}, but the Hessian there is singular");
    ends("x^2", ("gd", 0.5, [1.0, 0.3], 9, 1e-6), Converged, 1, &flat);
    // The tail of a bell is no saddle, although its eigenvalues have both signs there.
    ends("-exp(-x^2 - y^2)", ("gd", 0.1, [5.0, 0.0], 9, 1e-6), Converged, 0, "converged: ");
}

#[test]
fn all_steps_are_taken_where_nothing_else_happens() {
    ends(BOWL, ("newton", 1.0, [4.0, 1.0], 9, 0.0), Steps, 9, "all 9 steps taken, |gradient| 0.0e+00");
    ends(BOWL, ("gd", 0.05, [4.0, 1.0], 1, 0.0), Steps, 1, "the only step taken, |gradient| 7.2e+00");
    ends(BOWL, ("gd", 0.05, [4.0, 1.0], 0, 1e-6), Steps, 0, "no step taken, |gradient| 2.2e+01");
    ends(BOWL, ("gd", 0.05, [4.0, 1.0], 9, f64::NAN), Steps, 9, "all 9 steps taken");
}

#[test]
fn the_path_leaves_every_bound() {
    let text = "diverged: a coordinate passed 4e+09 at step 8";
    ends(BOWL, ("gd", 1.0, [4.0, 1.0], 99, 1e-6), Diverged, 8, text);
    let text = "diverged: a coordinate passed 1e+09 at step 19";
    ends("maximize x^2 - y^2", ("gd", 1.0, [1.0, 0.0], 99, 0.0), Diverged, 19, text);
    // A start far out is within its own bounds.
    ends(BOWL, ("gd", 0.01, [1e12, 1.0], 9, 0.0), Steps, 9, "all 9 steps taken");
}

#[test]
fn something_stops_being_finite() {
    let gd = |x, y| ("gd", 0.5, [x, y], 99, 0.0);
    for (formula, x, y, step, text) in [
        ("ln(x) + y^2", 1.0, 0.0, 1, "not finite: at step 2 the cost is not a number"),
        ("ln(x)", -1.0, 0.0, 0, "not finite: at the start the cost is not a number"),
        ("1/x", 0.0, 0.0, 0, "not finite: at the start the cost is infinite"),
        ("sqrt(x) + y^2", 0.0, 1.0, 0, "not finite: at the start the gradient is not a number"),
        ("x", f64::NAN, 1.0, 0, "not finite: at the start a coordinate is not a number"),
        ("x", 1.0, f64::INFINITY, 0, "not finite: at the start a coordinate is infinite"),
    ] {
        ends(formula, gd(x, y), NotFinite, step, text);
    }
    let singular = "not finite: at step 1 the Hessian is singular, so Newton's step does not exist";
    ends("x + y^2", ("newton", 1.0, [1.0, 1.0], 99, 0.0), NotFinite, 0, singular);
    let overflowed = "not finite: at step 1 a coordinate is not a number";
    ends("1e200*x", ("adagrad", 0.1, [1.0, 1.0], 99, 0.0), NotFinite, 0, overflowed);
    let lookahead = "not finite: at step 25 the gradient at the look-ahead point is not finite";
    ends("1e10*sqrt(x) + y", ("nesterov", 1e-12, [1.0, 1.0], 99, 0.0), NotFinite, 24, lookahead);
    let hessian = "not finite: at step 1 the Hessian is not finite, so Newton's step does not exist";
    ends("x^1.5 + x + y^2", ("newton", 1.0, [0.0, 1.0], 99, 0.0), NotFinite, 0, hessian);
}

#[test]
fn a_kink_stops_no_method_that_does_not_need_what_is_missing_there() {
    for method in METHODS.iter().filter(|method| !method.only_finds_roots()) {
        let t = finished(&objective("max(0,1-x)^2 + y^2"), &Settings::defaults(method), [1.0, 2.0], 20, 1e-6);
        let outcome = t.outcome.clone().unwrap();
        // On one side the second derivative is 2, on the other it is 0.
        let needs_it = method.needs == Needs::Hessian;
        let is_right = match outcome.kind {
            NotFinite => needs_it && outcome.step == 0,
            Steps => !needs_it && outcome.step == 20,
            Converged => method.rate == RateForm::Fixed,
            // It is no cost over rows.
            Stalled => method.needs == Needs::Residuals,
            _ => false,
        };
        assert!(is_right, "{}: {}", method.id, outcome.text);
    }
    for at in [[3.0, -2.0], [0.0, 2.0], [0.0, 0.0]] {
        let t = finished(&objective("|x|^2 + |y|^2"), &settings("newton", 1.0), at, 9, 1e-6);
        let outcome = t.outcome.clone().unwrap();
        assert_eq!((outcome.kind, outcome.step), (Converged, u32::from(at != [0.0; 2])), "{}", outcome.text);
        assert!(outcome.text.ends_with("below 1e-06"), "{}", outcome.text);
    }
}

#[test]
fn every_method_rests_at_the_optimum_of_the_drop_wave() {
    // As the built-in cost has it.
    let drop_wave = objective("-(1+cos(12*sqrt(x^2+y^2)))/(0.5*(x^2+y^2)+2)");
    for method in METHODS.iter().filter(|method| method.needs != Needs::Value) {
        let t = finished(&drop_wave, &Settings::defaults(method), [0.0, 0.0], 20, 1e-6);
        let outcome = t.outcome.clone().unwrap();
        assert_eq!(outcome.text, "converged: |gradient| 0.0e+00 below 1e-06", "{}", method.id);
    }
}
