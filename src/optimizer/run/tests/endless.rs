//! Gradients that are short for another reason than a minimum: the cost falls for ever, or differences lost its slope.

use OutcomeKind::{Converged, NoMinimum, Stalled};

use super::*;

/// How every method ends that starts where the gradient is below the tolerance.
fn ends_at_the_start(
    objective: &Objective,
    at: [f64; 2],
    tolerance: f64,
) -> impl Iterator<Item = (&'static str, Trajectory)> {
    METHODS
        .iter()
        .filter(|method| !method.only_finds_roots())
        .filter(|method| method.needs != Needs::Value)
        .map(move |method| {
            let t = finished(objective, &Settings::defaults(method), at, 100, tolerance);
            assert_eq!(t.len(), 1, "{}", method.id);
            (method.id, t)
        })
}

/// Costs that fall for ever, and where their gradient is below 1e-3.
const ENDLESS: &[(&str, [f64; 2])] = &[
    ("exp(-x) + y^2", [8.0, 1e-5]),
    ("exp(-x)", [8.0, 3.0]),
    ("7 + exp(-x) + y^2", [9.0, 0.0]),
    ("2^(-y) + (x - 1)^2", [1.0, 12.0]),
    ("exp(-(x+y))", [6.0, 6.0]),
    ("exp(-(x+y)) + (x-y)^2", [5.0, 5.0]),
    ("exp(-x) + exp(-y)", [9.0, 14.0]),
    ("exp(-x) + y^4", [8.0, 0.01]),
    ("exp(-x) + 1e-6*y^2", [8.0, 20.0]),
    ("x*exp(-x)", [14.0, 0.0]),
    ("exp(-x^2) + y^2", [3.5, 0.0]),
    ("exp(-x^2-y^2)", [3.5, 0.2]),
    ("exp(-x^4)", [2.0, 0.2]),
    ("exp(-exp(x))", [2.5, 0.2]),
    ("1/x", [50.0, 0.0]),
    ("1/x + 1/y", [50.0, 70.0]),
    ("1/(1+x^2) + y^2", [20.0, 0.0]),
    ("x^-3 + y^2", [10.0, 0.0]),
    ("-atan(x) + y^2", [50.0, 0.0]),
    ("-tanh(x) + y^2", [9.0, 0.0]),
    ("-ln(x) + y^2", [2000.0, 0.0]),
    ("ln(1 + 1/x)", [50.0, 0.0]),
    ("-sqrt(x)", [1e6, 0.0]),
    ("sigmoid(-x)", [9.0, 0.0]),
    ("softplus(-x) + softplus(-y)", [9.0, 10.0]),
    ("ln(1+exp(-(x+2*y))) + ln(1+exp(-(2*x+y)))", [3.0, 3.0]),
    ("ln(1+exp(-(x+2*y))) + ln(1+exp(-(2*x-y))) + ln(1+exp(-(3*x+y/2)))", [6.0, 2.0]),
    ("maximize -exp(-x) - y^2", [8.0, 0.0]),
    ("maximize ln(x) - y^2", [2000.0, 0.0]),
];

/// Costs with a minimum, some of them flat there, and where their gradient is below 1e-3.
const WITH_MINIMUM: &[(&str, [f64; 2])] = &[
    ("x^2 + 10*y^2", [1e-5, 1e-5]),
    ("x^2", [1e-5, 3.0]),
    ("x^2 + 0*y", [1e-5, 3.0]),
    ("x^4", [0.05, 3.0]),
    ("(x-1)^4 + y^2", [1.05, 1e-4]),
    ("(x+y)^4 + (x-y)^2", [0.02, 0.02]),
    ("7 + x^6 + y^2", [0.15, 0.0]),
    ("x^8", [0.25, 0.0]),
    ("x^16 + y^16", [0.5, 0.4]),
    ("x^4 + x^5 + y^2", [0.05, 0.0]),
    ("x^2*y^2", [1.0, 1e-4]),
    ("(y - x^2)^2", [1.0, 1.00001]),
    ("(x*y - 1)^2", [0.5, 2.00001]),
    ("exp(-x) + 1e-9*x^2", [8.0, 0.0]),
    ("exp(-x) + exp(x-30)", [8.0, 0.0]),
    ("cosh(1e-4*x)", [100.0, 0.0]),
    ("ln(1 + x^2) + y^2", [1e-4, 0.0]),
    ("exp(x^2+y^2)", [1e-4, 1e-4]),
    ("1 - exp(-x^2)", [1e-4, 0.0]),
    ("0*x + 3", [1.0, 1.0]),
    ("max(0, x)^2", [-1.0, 1.0]),
    ("-exp(-x^2 - y^2)", [5.0, 0.0]),
    ("x^2/(1+x^2)", [50.0, 0.0]),
    ("sqrt(1 + x^2) + y^2", [1e-4, 1e-4]),
    ("maximize -(x^4) - y^2", [0.05, 0.0]),
];

fn goal_and_formula(formula: &str) -> (Goal, &str) {
    formula.strip_prefix("maximize ").map_or((Goal::Minimize, formula), |formula| (Goal::Maximize, formula))
}

#[test]
fn a_cost_that_falls_for_ever_has_no_minimum_whatever_the_method() {
    for derivatives in [Derivatives::Exact, Derivatives::CentralDifference { step: 1e-4 }] {
        for (formula, at) in ENDLESS {
            let (goal, plain) = goal_and_formula(formula);
            let objective = objective_with(plain, goal, derivatives);
            for (id, t) in ends_at_the_start(&objective, *at, 1e-3) {
                let outcome = t.outcome.unwrap();
                assert_eq!(outcome.kind, NoMinimum, "{formula}, {id}, {derivatives:?}: {}", outcome.text);
                let text = if goal == Goal::Maximize { "no maximum: |g" } else { "no minimum: |g" };
                assert!(outcome.text.starts_with(text), "{}", outcome.text);
                assert_eq!(t.evaluations.hessian, 0, "nothing that names the end is counted");
            }
        }
        for (formula, at) in WITH_MINIMUM {
            let (goal, plain) = goal_and_formula(formula);
            let objective = objective_with(plain, goal, derivatives);
            for (id, t) in ends_at_the_start(&objective, *at, 1e-3) {
                let outcome = t.outcome.unwrap();
                assert_eq!(outcome.kind, Converged, "{formula}, {id}, {derivatives:?}: {}", outcome.text);
            }
        }
    }
}

#[test]
fn newton_walks_to_where_a_cost_without_minimum_looks_flat() {
    for (formula, at) in [
        ("ln(1+exp(-(x+2*y))) + ln(1+exp(-(2*x+y)))", [0.0, 0.0]),
        ("exp(-x) + y^2", [0.0, 1.0]),
        ("1/x + y^2", [1.0, 1.0]),
        ("-ln(x) + y^2", [1.0, 1.0]),
    ] {
        let t = finished(&objective(formula), &settings("newton", 1.0), at, 500, 1e-6);
        let outcome = t.outcome.unwrap();
        assert_eq!(outcome.kind, NoMinimum, "{formula}: {}", outcome.text);
    }
    let t = finished(&objective("exp(-x) + y^2"), &settings("newton", 1.0), [0.0, 1.0], 500, 1e-6);
    assert_eq!(
        t.outcome.unwrap().text,
        "no minimum: |gradient| 8.3e-07 below 1e-06, but J falls for ever in the direction (1.00, 0.00), \
         however far it is followed"
    );
}

/// Logistic regression of points that a line through the origin parts, and of points that none does.
#[test]
fn separable_data_have_no_minimum_and_others_have() {
    let mut random = fastrand::Rng::with_seed(12);
    for _ in 0..200 {
        let normal = Point::new(random.f64() - 0.5, random.f64() - 0.5);
        let mut separable = Vec::new();
        while separable.len() < 3 + random.usize(0..6) {
            let row = Point::new(4.0 * random.f64() - 2.0, 4.0 * random.f64() - 2.0);
            let margin = row.dot(&normal) / normal.norm();
            if margin.abs() > 0.2 {
                separable.push(row * margin.signum());
            }
        }
        let mixed: Vec<Point> =
            separable.iter().chain([&(-separable[0]), &(-separable[1])]).copied().collect();
        for (rows, kind) in [(separable, NoMinimum), (mixed, Converged)] {
            let terms: Vec<String> =
                rows.iter().map(|row| format!("ln(1+exp(-({:.3}*x+{:.3}*y)))", row.x, row.y)).collect();
            let formula = terms.join("+");
            let t = finished(&objective(&formula), &settings("newton", 1.0), [0.0, 0.0], 500, 1e-6);
            let outcome = t.outcome.unwrap();
            assert_eq!(outcome.kind, kind, "{formula}: {}", outcome.text);
        }
    }
}

fn by_differences(formula: &str, step: f64) -> Objective {
    objective_with(formula, Goal::Minimize, Derivatives::CentralDifference { step })
}

#[test]
fn a_difference_step_that_is_lost_in_rounding_stalls_every_method() {
    for (formula, step, at, text) in [
        (
            BOWL,
            1e-17,
            [1.0, 1.0],
            "the difference step 1e-17 is lost beside a coordinate of 1.0e+00, where numbers are 2.2e-16 apart",
        ),
        (BOWL, 1e-16, [1.0, 1.0], "the difference step 1e-16 is lost beside a coordinate of 1.0e+00"),
        (
            BOWL,
            1e-5,
            [1e12, 1e12],
            "the difference step 1e-05 is lost beside a coordinate of 1.0e+12, where numbers are 1.2e-04 apart",
        ),
        (BOWL, 1e-5, [1.0, -1e12], "the difference step 1e-05 is lost beside a coordinate of -1.0e+12"),
        (BOWL, 1e-300, [0.0, 0.5], "the difference step 1e-300 is lost beside a coordinate of 5.0e-01"),
        (
            "1e10 + x^2 + y^2",
            1e-8,
            [1.0, 1.0],
            "the difference step 1e-08 is lost beside a cost of 1.0e+10, where numbers are 1.9e-06 apart",
        ),
    ] {
        for (id, t) in ends_at_the_start(&by_differences(formula, step), at, 1e-6) {
            let outcome = t.outcome.unwrap();
            assert_eq!(outcome.kind, Stalled, "{formula}, {id}: {}", outcome.text);
            let told = outcome.text.starts_with(&format!("stalled: {text}"))
                && outcome.text.ends_with("choose a larger one");
            assert!(told, "{}", outcome.text);
        }
    }
}

#[test]
fn a_difference_step_is_lost_only_where_the_cost_needs_it() {
    let t = finished(&by_differences("y^2", 1e-5), &settings("gd", 0.1), [1e12, 1.0], 500, 1e-6);
    assert_eq!(t.outcome.unwrap().kind, Converged);
    // On the way, and at the point beyond it where Nesterov looks.
    let slope = by_differences("-2e8*x", 1e-8);
    let t = finished(&slope, &settings("gd", 1.0), [1.0, 1.0], 500, 1e-6);
    assert_eq!(
        (t.len(), t.entry(1).unwrap().gradient.x.is_nan(), t.outcome.unwrap().kind),
        (2, true, Stalled)
    );
    let t = finished(&slope, &settings("nesterov", 0.45), [1.0, 1.0], 500, 1e-6);
    let outcome = t.outcome.unwrap();
    assert_eq!((outcome.kind, outcome.step), (Stalled, 1), "{}", outcome.text);
    assert!(
        outcome
            .text
            .contains("at step 2 the difference step 1e-08 is lost beside a coordinate of the look-ahead")
    );
}

#[test]
fn a_wide_difference_step_is_off_and_not_lost() {
    // The slope of exp over 2h is exp(x) sinh(h)/h.
    let t = finished(&by_differences("exp(x) - x + y^2", 0.5), &settings("gd", 0.2), [1.0, 1.0], 500, 1e-6);
    assert_eq!(t.outcome.as_ref().unwrap().kind, Converged);
    assert!((t.last().unwrap().x + (0.5_f64.sinh() / 0.5).ln()).abs() < 1e-5);
}
