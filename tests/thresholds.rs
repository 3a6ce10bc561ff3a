//! The learning rates that theory knows, against `tests/reference/worked_examples.json` and against the runs themselves: just
//! below a limit they go to the minimum, just above it away.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use downhill::expr::Expression;
use downhill::objective::{Derivatives, Goal, Objective, Point, Problem};
use downhill::optimizer::{
    Bowl, Limits, METHODS, NoBowl, OutcomeKind, ParameterValue, Plan, RateForm, Run, Settings, Threshold,
    ThresholdKind, Trajectory, method, nearest_minimum,
};
use serde_json::Value;

fn problem_of(formula: &str, goal: Goal) -> Problem {
    let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
    Objective::new(tape, goal, Derivatives::Exact).into()
}

fn plan(settings: &Settings, start: Point, steps: u32, tolerance: f64) -> Plan {
    Plan::new(settings.clone(), start, Limits { steps, tolerance })
}

fn run(formula: &str, plan: &Plan) -> Trajectory {
    let mut run = Run::new(&problem_of(formula, Goal::Minimize), plan);
    run.finish();
    run.into_trajectory()
}

fn settings(id: &str, values: &[(&str, ParameterValue)]) -> Settings {
    let mut settings = Settings::defaults(method(id).unwrap());
    for (parameter, value) in values {
        settings.set(parameter, *value).unwrap();
    }
    settings
}

/// The threshold of a kind where the minimum of a cost is sought downhill of a point.
fn threshold(settings: &Settings, formula: &str, kind: ThresholdKind) -> Threshold {
    let (problem, from) = (problem_of(formula, Goal::Minimize), Point::new(3.7, -1.9));
    let plan = plan(settings, from, 1, 0.0);
    let minimum = nearest_minimum(&problem, &plan, from).unwrap();
    let bowl = Bowl::at(&problem, &plan, minimum.at).unwrap();
    assert!((bowl.greatest - minimum.curvatures[0]).abs() <= 1e-9 * bowl.greatest);
    settings.thresholds(bowl).into_iter().find(|threshold| threshold.kind == kind).unwrap()
}

fn example() -> Value {
    let file: Value = serde_json::from_str(include_str!("reference/worked_examples.json")).unwrap();
    let examples = file["examples"].as_array().unwrap();
    examples.iter().find(|example| example["name"] == "gd-stability-and-optimal-momentum").unwrap().clone()
}

#[test]
fn thresholds_are_those_that_were_worked_by_hand() {
    use ThresholdKind::{Fastest, Limit};
    let example = example();
    let cases = example["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 5);
    for case in cases {
        let formula = case["function"].as_str().unwrap();
        let known = |key: &str| case[key].as_f64().unwrap();
        let gd = settings("gd", &[]);
        let ewma = settings("momentum", &[("form", ParameterValue::Choice("ewma"))]);
        let pair = threshold(&settings("momentum", &[]), formula, Fastest);
        let averaged = threshold(&ewma, formula, Fastest);
        for (found, expected) in [
            (threshold(&gd, formula, Limit).rate, known("gd_max_alpha")),
            (threshold(&gd, formula, Fastest).rate, known("gd_optimal_alpha")),
            (pair.rate, known("momentum_alpha")),
            (pair.beta.unwrap(), known("momentum_beta")),
            (averaged.rate * (1.0 - averaged.beta.unwrap()), known("momentum_alpha")),
            (averaged.beta.unwrap(), known("momentum_beta")),
        ] {
            assert!(
                (found - expected).abs() <= 1e-12 * expected.max(1.0),
                "{formula}: {found}, not {expected}"
            );
        }
    }
}

#[test]
fn runs_at_the_boundary_go_where_the_worked_example_says() {
    let example = example();
    let checks = example["boundary_checks"].as_array().unwrap();
    assert_eq!(checks.len(), 4);
    for check in checks {
        let formula = check["function"].as_str().unwrap();
        let [x, y] = [0, 1].map(|axis| check["start"][axis].as_f64().unwrap());
        let alpha = check["alpha"].as_f64().unwrap();
        let gd = settings("gd", &[("learning_rate", ParameterValue::Real(alpha))]);
        let kind = run(formula, &plan(&gd, Point::new(x, y), 100_000, 1e-9)).outcome.unwrap().kind;
        let converges = check["converges"].as_bool().unwrap();
        assert_eq!(kind == OutcomeKind::Converged, converges, "{alpha} from ({x}, {y}): {kind:?}");
        // A start in the shallow direction alone knows nothing of the limit.
        if y != 0.0 {
            let limit = threshold(&gd, formula, ThresholdKind::Limit).rate;
            assert_eq!(alpha < limit, converges, "{alpha} beside {limit}");
        }
    }
}

#[test]
fn runs_of_every_method_and_beta_stay_below_their_limit_and_leave_above_it() {
    let start = Point::new(3.7, -1.9);
    let mut tried = 0;
    for method in METHODS.iter().filter(|method| !method.only_finds_roots()) {
        let mut variants = vec![settings(method.id, &[])];
        if method.parameter("beta").is_some() && method.id != "rmsprop" {
            let betas = [0.0, 0.3, 0.5, 0.9, 0.99].map(|beta| ("beta", ParameterValue::Real(beta)));
            variants = betas.iter().map(|beta| settings(method.id, &[*beta])).collect();
            if method.parameter("form").is_some() {
                let form = ("form", ParameterValue::Choice("ewma"));
                variants.extend(betas.iter().map(|beta| settings(method.id, &[*beta, form])));
            }
        }
        for of in variants {
            let round = Bowl { least: 1.0, greatest: 1.0 };
            if of.thresholds(round).is_empty() {
                let adaptive = [
                    "adagrad", "rmsprop", "adam", "adamw", "nadam", "amsgrad", "adamax", "adadelta",
                    "qhadam", "lion",
                ];
                let has_none = adaptive.contains(&method.id) || method.id == "fista" || method.has_own_rule();
                assert!(has_none || method.rate == RateForm::Fixed, "{}", method.id);
                continue;
            }
            for formula in ["x^2 + 10*y^2", "25.25*x^2 - 49.5*x*y + 25.25*y^2", "x^2 + y^2"] {
                let limit = threshold(&of, formula, ThresholdKind::Limit);
                for (factor, kind) in [(0.999, OutcomeKind::Converged), (1.001, OutcomeKind::Diverged)] {
                    let mut given = of.clone();
                    assert!(Threshold { rate: factor * limit.rate, ..limit }.give(&mut given));
                    let path = run(formula, &plan(&given, start, 200_000, 1e-9));
                    let found = path.outcome.unwrap();
                    assert_eq!(found.kind, kind, "{given:?} on {formula}, {factor}: {}", found.text);
                }
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 3 * (2 + 10 + 5 + 5 + 1));
}

#[test]
fn what_is_fastest_comes_near_sooner_than_its_neighbors() {
    let start = Point::new(3.7, -1.9);
    for (id, form) in
        [("gd", None), ("momentum", Some("standard")), ("momentum", Some("ewma")), ("newton", None)]
    {
        let form = form.map(|form| ("form", ParameterValue::Choice(form)));
        let of = settings(id, form.as_slice());
        for formula in ["x^2 + 10*y^2", "25.25*x^2 - 49.5*x*y + 25.25*y^2"] {
            let fastest = threshold(&of, formula, ThresholdKind::Fastest);
            // How far it still is after so many steps that the slower direction alone is left.
            let error = |rate: f64, beta: f64| {
                let mut given = of.clone();
                let beta = fastest.beta.map(|best| 1.0 - (1.0 - best) * beta);
                assert!(Threshold { rate: rate * fastest.rate, beta, ..fastest }.give(&mut given));
                let taken = if id == "newton" { 20 } else { 1000 };
                run(formula, &plan(&given, start, taken, 0.0)).last().unwrap().amax()
            };
            let best = error(1.0, 1.0);
            assert!([0.9, 1.1].iter().all(|factor| error(*factor, 1.0) > best), "{id} on {formula}: {best}");
            if fastest.beta.is_some() {
                assert!(
                    [0.8, 1.25].iter().all(|factor| error(1.0, *factor) > best),
                    "{id} on {formula}: {best}"
                );
            }
        }
    }
}

#[test]
fn the_minimum_that_counts_is_that_of_what_is_minimized() {
    let gd = settings("gd", &[]);
    let plan = plan(&gd, Point::new(0.5, 0.5), 1, 0.0);
    let at = |formula: &str, goal: Goal, free: [bool; 2]| {
        let problem = Problem { free, ..problem_of(formula, goal) };
        let minimum = nearest_minimum(&problem, &plan, Point::new(0.5, 0.5));
        minimum.map(|minimum| Bowl::at(&problem, &plan, minimum.at).unwrap())
    };
    let both = [true, true];
    assert_eq!(at("3 - x^2 - 10*y^2", Goal::Maximize, both), Some(Bowl { least: 2.0, greatest: 20.0 }));
    assert_eq!(at("3 - x^2 - 10*y^2", Goal::Minimize, both), None);
    assert_eq!(at("x^2 - y^2", Goal::Minimize, both), None);
    // Along a coordinate that stands still nothing curves.
    assert_eq!(at("x^2 - y^2", Goal::Minimize, [true, false]), Some(Bowl { least: 2.0, greatest: 2.0 }));
    let saddle = Bowl::at(&problem_of("x^2 - y^2", Goal::Minimize), &plan, Point::zeros());
    assert_eq!(saddle, Err(NoBowl::NotDefinite([-2.0, 2.0])));
}
