//! The seven methods against independent reference runs and against examples worked by hand.
//! `tests/reference/README.md` says where the numbers come from and what the tolerances mean.

// Helpers of tests may fail as tests do; the lint's own exception covers only the test functions.
#![allow(clippy::unwrap_used)]

use downhill::expr::Expression;
use downhill::objective::{Derivatives, Goal, Objective, Point};
use downhill::optimizer::{Limits, OutcomeKind, ParameterValue, Plan, Run, Settings, Trajectory, method};
use serde_json::Value;

const TRAJECTORIES: &str = include_str!("reference/trajectories.json");
const WORKED_EXAMPLES: &str = include_str!("reference/worked_examples.json");

fn objective(formula: &str) -> Objective {
    let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
    Objective::new(tape, Goal::Minimize, Derivatives::Exact)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

fn point(value: &Value) -> Point {
    Point::new(number(&value[0]), number(&value[1]))
}

fn points(value: &Value) -> Vec<Point> {
    value.as_array().unwrap().iter().map(point).collect()
}

fn example(name: &str) -> Value {
    let file: Value = serde_json::from_str(WORKED_EXAMPLES).unwrap();
    let examples = file["examples"].as_array().unwrap();
    examples.iter().find(|example| example["name"] == name).unwrap_or_else(|| panic!("no {name}")).clone()
}

fn settings(id: &str, values: &[(&str, f64)]) -> Settings {
    let mut settings = Settings::defaults(method(id).unwrap());
    for (parameter, value) in values {
        settings.set(parameter, ParameterValue::Real(*value)).unwrap();
    }
    settings
}

fn run(formula: &str, settings: &Settings, start: Point, steps: u32, tolerance: f64) -> Trajectory {
    let limits = Limits { steps, tolerance };
    let mut run = Run::new(&objective(formula).into(), &Plan::new(settings.clone(), start, limits));
    run.finish();
    run.into_trajectory()
}

/// The settings of a reference case, which calls the learning rate alpha.
fn reference_settings(case: &Value) -> Settings {
    let mut settings = Settings::defaults(method(case["optimizer"].as_str().unwrap()).unwrap());
    for (name, value) in case["hyperparameters"].as_object().unwrap() {
        match value.as_str() {
            Some(option) => {
                let value = settings.method().parameter(name).unwrap().option(option).unwrap();
                settings.set(name, value).unwrap();
            }
            None => {
                let id = if name == "alpha" { "learning_rate" } else { name };
                settings.set(id, ParameterValue::Real(number(value))).unwrap();
            }
        }
    }
    settings
}

#[test]
fn all_reference_trajectories_hold() {
    let file: Value = serde_json::from_str(TRAJECTORIES).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 51);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let steps = u32::try_from(case["steps"].as_u64().unwrap()).unwrap();
        let formula = case["function"].as_str().unwrap();
        let t = run(formula, &reference_settings(case), point(&case["start"]), steps, 0.0);
        assert_eq!(t.outcome.as_ref().unwrap().kind, OutcomeKind::Steps, "{name}: {:?}", t.outcome);

        let tolerance = number(&case["tolerance"]);
        let close = |what: &str, ours: &[Point], reference: &[Point]| {
            assert_eq!(ours.len(), reference.len(), "{name}: {what}");
            for (k, (p, r)) in ours.iter().zip(reference).enumerate() {
                let allowed = tolerance * r.amax().max(1.0);
                assert!((p - r).amax() <= allowed, "{name}, step {k}: {what} {p:?}, not {r:?}");
            }
        };
        close("point", &t.points().collect::<Vec<_>>(), &points(&case["points"]));
        assert_eq!(!t.columns().is_empty(), case["optimizer"] == "nesterov", "{name}");
        for (index, column) in t.columns().iter().enumerate() {
            let entries: Vec<_> = t.column(index).collect();
            close(column.prefix, &entries, &points(&case[column.id]));
        }
        let tolerance = number(&case["value_tolerance"]);
        let values = case["values"].as_array().unwrap();
        assert_eq!(t.values().count(), values.len(), "{name}");
        for (k, (value, reference)) in t.values().zip(values).enumerate() {
            let reference = number(reference);
            let allowed = tolerance * reference.abs().max(1.0);
            assert!((value - reference).abs() <= allowed, "{name}, step {k}: value {value}, not {reference}");
        }
    }
}

#[test]
fn two_steps_of_linear_regression_as_worked_by_hand() {
    let example = example("linear-regression-gd");
    let tolerance = number(&example["tolerance"]);
    let formula = example["function"].as_str().unwrap();
    let settings = settings("gd", &[("learning_rate", number(&example["alpha"]))]);
    let t = run(formula, &settings, point(&example["start"]), 2, 0.0);
    for (ours, key) in [
        (t.entry(0).unwrap().gradient, "gradient_at_start"),
        (t.point(1).unwrap(), "theta1"),
        (t.entry(1).unwrap().gradient, "gradient1"),
        (t.point(2).unwrap(), "theta2"),
    ] {
        assert!((ours - point(&example[key])).amax() <= tolerance, "{key}: {ours:?}");
    }
    for (ours, key) in [(t.entry(0).unwrap().value, "value_at_start"), (t.entry(1).unwrap().value, "value1")]
    {
        assert!((ours - number(&example[key])).abs() <= tolerance, "{key}: {ours}");
    }
    let minimum = point(&example["minimum"]);
    let there = objective(formula).evaluator().second_order(minimum);
    assert!((there.value - number(&example["value_at_minimum"])).abs() <= tolerance);
    assert!(there.gradient.amax() <= tolerance);
    for (row, expected) in points(&example["hessian"]).iter().enumerate() {
        assert!((there.hessian.row(row).transpose() - expected).amax() <= tolerance);
    }
}

#[test]
fn momentum_in_ewma_form_averages_as_worked_by_hand() {
    let example = example("ewma");
    let tolerance = number(&example["tolerance"]);
    let beta = number(&example["beta"]);
    // The slope of 10 x - x² is 10 at the start and 12 after a step of -1, which both methods take here.
    let mut momentum = settings("momentum", &[("learning_rate", 1.0), ("beta", beta)]);
    momentum.set("form", ParameterValue::Choice("ewma")).unwrap();
    let mut adam = settings("adam", &[("learning_rate", 1.0), ("beta1", beta)]);
    adam.set("epsilon", ParameterValue::Real(0.0)).unwrap();
    for (settings, quantity, expected) in [(momentum, "velocity", "v"), (adam, "m_hat", "v_hat")] {
        let limits = Limits { steps: 2, tolerance: 0.0 };
        let mut run = Run::new(&objective("10*x - x^2").into(), &Plan::new(settings, Point::zeros(), limits));
        for (k, value) in example[expected].as_array().unwrap().iter().enumerate() {
            assert_eq!(run.advance(1), 1);
            let stages = run.trajectory().stages(k).unwrap();
            let x_of = |id| match stages.iter().find(|stage| stage.id == id).unwrap().value {
                downhill::optimizer::Value::Vector(value) => value.x,
                other => panic!("{id} is {other:?}"),
            };
            let gradient = x_of("gradient");
            assert!((gradient - number(&example["x"][k])).abs() <= tolerance, "gradient {gradient}");
            let ours = x_of(quantity);
            assert!((ours - number(value)).abs() <= tolerance, "{quantity} {ours}, not {value}");
        }
    }
}

#[test]
fn adams_first_step_does_not_depend_on_the_betas() {
    let example = example("adam-first-step");
    let tolerance = number(&example["tolerance"]);
    for case in example["cases"].as_array().unwrap() {
        let g = point(&case["gradient"]);
        let formula = format!("({:?})*x + ({:?})*y", g.x, g.y);
        for (beta1, beta2) in [(0.9, 0.999), (0.5, 0.3), (0.0, 0.0)] {
            let settings = settings(
                "adam",
                &[
                    ("learning_rate", number(&case["alpha"])),
                    ("epsilon", number(&case["epsilon"])),
                    ("beta1", beta1),
                    ("beta2", beta2),
                ],
            );
            let t = run(&formula, &settings, Point::zeros(), 1, 0.0);
            let first = t.point(1).unwrap();
            assert!((first - point(&case["delta"])).amax() <= tolerance, "{formula}: {first}");
        }
    }
}

#[test]
fn newton_lands_on_the_stationary_point_of_a_quadratic_in_one_step() {
    let example = example("newton-one-step");
    let tolerance = number(&example["tolerance"]);
    for case in example["cases"].as_array().unwrap() {
        let formula = case["function"].as_str().unwrap();
        let t = run(formula, &settings("newton", &[]), point(&case["start"]), 5, 1e-9);
        assert_eq!(t.steps(), 1, "{formula}: {:?}", t.outcome);
        assert!((t.point(1).unwrap() - point(&case["after_one_step"])).amax() <= tolerance, "{formula}");
        assert!((t.entry(1).unwrap().value - number(&case["value"])).abs() <= tolerance, "{formula}");
        let kind = match case["kind"].as_str().unwrap() {
            "minimum" => OutcomeKind::Converged,
            "saddle" => OutcomeKind::Saddle,
            "maximum" => OutcomeKind::Maximum,
            other => panic!("{other}"),
        };
        assert_eq!(t.outcome.unwrap().kind, kind, "{formula}");
    }
}

#[test]
fn gradient_descent_and_momentum_keep_their_rates_on_quadratics() {
    let example = example("gd-stability-and-optimal-momentum");
    for case in example["cases"].as_array().unwrap() {
        let formula = case["function"].as_str().unwrap();
        let parameter = |key: &str| number(&case[key]);
        let start = Point::new(3.7, -1.9);
        let bounded = |rate: f64| {
            let t = run(formula, &settings("gd", &[("learning_rate", rate)]), start, 20_000, 1e-9);
            t.outcome.unwrap().kind
        };
        assert_eq!(bounded(0.999 * parameter("gd_max_alpha")), OutcomeKind::Converged, "{formula}");
        assert_eq!(bounded(1.001 * parameter("gd_max_alpha")), OutcomeKind::Diverged, "{formula}");

        // The last 20 of 60 steps show the rate; below it nothing is left to measure.
        let rate_of = |t: &Trajectory| {
            let norms: Vec<f64> = t.gradient_norms().collect();
            (norms[60] / norms[40]).powf(1.0 / 20.0)
        };
        let gd = parameter("gd_optimal_rate");
        if gd > 0.0 {
            let settings = settings("gd", &[("learning_rate", parameter("gd_optimal_alpha"))]);
            let measured = rate_of(&run(formula, &settings, start, 60, 0.0));
            assert!((measured - gd).abs() < 0.02, "{formula}: {measured}, not {gd}");
        }
        let momentum = settings(
            "momentum",
            &[("learning_rate", parameter("momentum_alpha")), ("beta", parameter("momentum_beta"))],
        );
        let t = run(formula, &momentum, start, 2000, 1e-12);
        assert_eq!(t.outcome.as_ref().unwrap().kind, OutcomeKind::Converged, "{formula}");
        let expected = parameter("momentum_rate");
        if expected > 0.0 {
            // At the optimal beta both eigenvalues of the iteration coincide, so the error is k times rate^k.
            let steps = t.len() as f64;
            let predicted = (1e-14_f64).ln() / expected.ln() + 20.0 / (1.0 - expected);
            assert!(steps < predicted, "{formula}: {steps} steps, not below {predicted}");
        }
    }
    for check in example["boundary_checks"].as_array().unwrap() {
        let formula = check["function"].as_str().unwrap();
        let alpha = number(&check["alpha"]);
        let settings = settings("gd", &[("learning_rate", alpha)]);
        let t = run(formula, &settings, point(&check["start"]), 100_000, 1e-9);
        let converged = t.outcome.as_ref().unwrap().kind == OutcomeKind::Converged;
        assert_eq!(converged, check["converges"].as_bool().unwrap(), "alpha {alpha}: {:?}", t.outcome);
    }
}
