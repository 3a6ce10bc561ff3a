//! Costs of one variable and roots against independent reference runs, from the text of a scenario to the points.
//! `tests/reference/README.md` says where the numbers come from and what the tolerances mean.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod cases;

use cases::{assert_close, read};
use downhill::expr::Expression;
use downhill::landscape::{Curve, CurveOf, Region, SolutionKind, solve};
use downhill::objective::{Derivatives, Goal, Objective};
use downhill::optimizer::{METHODS, OutcomeKind, Run, Trajectory};
use downhill::scenario::{self, Scenario};
use serde_json::Value;

const ONE_VARIABLE: &str = include_str!("reference/one_variable.json");

#[test]
fn every_case_walks_through_its_points() {
    let file: Value = serde_json::from_str(ONE_VARIABLE).unwrap();
    for case in file["cases"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let scenario = read(case);
        let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().next().unwrap());
        run.finish();
        let path = run.trajectory();
        let expect = &case["expect"];
        let points: Vec<_> = path.points().map(|point| vec![point.x]).collect();
        assert_close(name, &points, &expect["points"], case["tolerance"].as_f64().unwrap());
        assert!(path.points().all(|point| point.y == 0.0));
        let value_tolerance = case["value_tolerance"].as_f64().unwrap();
        let values: Vec<_> = path.values().map(|value| vec![value]).collect();
        assert_close(name, &values, &expect["values"], value_tolerance);
        let slopes: Vec<_> = path.gradient_norms().map(|slope| vec![slope]).collect();
        assert_close(name, &slopes, &expect["gradient_norms"], value_tolerance);
        let order = path.order(path.steps());
        match expect.get("order") {
            Some(Value::Null) => assert_eq!(order, None, "{name}"),
            Some(expected) => {
                let (expected, tolerance) =
                    (expected.as_f64().unwrap(), case["order_tolerance"].as_f64().unwrap());
                assert!((order.unwrap() - expected).abs() <= tolerance, "{name}: {order:?}, not {expected}");
            }
            None => {}
        }
        if let Some(outcome) = expect.get("outcome") {
            let found = path.outcome.as_ref().unwrap();
            assert_eq!(found.kind.id(), outcome["kind"].as_str().unwrap(), "{name}");
            assert_eq!(u64::from(found.step), outcome["step"].as_u64().unwrap(), "{name}");
        }
    }
}

fn scenario_of(text: &str) -> Scenario {
    scenario::read(text, "test").unwrap_or_else(|error| panic!("{error}"))
}

fn path(scenario: &Scenario, index: usize) -> Trajectory {
    let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().nth(index).unwrap());
    run.finish();
    run.into_trajectory()
}

#[test]
fn a_formula_in_x_alone_walks_as_it_does_in_the_plane() {
    let methods = METHODS.iter().filter(|method| !method.only_finds_roots());
    for method in methods.filter(|method| !["nelder-mead", "levenberg-marquardt"].contains(&method.id)) {
        for (formula, start) in [("(x-3)^2/3", 0.25), ("x^4 - 3*x^2 + x", 1.9), ("cosh(x) + 0.1*x^2", -1.5)] {
            for goal in ["minimize", "maximize"] {
                let head = format!("[cost]\nformula = \"{formula}\"\ngoal = \"{goal}\"\n");
                let run = "steps = 40\ntolerance = 0\n";
                let optimizer = format!("[[optimizer]]\nmethod = \"{}\"\n", method.id);
                let line = scenario_of(&format!(
                    "{head}variables = [\"x\"]\n[run]\nstart = [{start}]\n{run}{optimizer}"
                ));
                let plane = format!("{head}[run]\nstart = [{start}, 0.5]\n{run}{optimizer}");
                let [line, plane] = [line, scenario_of(&plane)].map(|scenario| path(&scenario, 0));
                // Newton's method has no step where the other curvature is 0, which the plane has and the line has not; a disc is
                // another one in the plane.
                if ["newton", "trust-region"].contains(&method.id) {
                    assert!(line.len() > 2, "{} {formula}", method.id);
                    continue;
                }
                let places = |path: &Trajectory| path.points().map(|at| at.x.to_bits()).collect::<Vec<_>>();
                assert_eq!(places(&line), places(&plane), "{} {formula} {goal}", method.id);
            }
        }
    }
}

/// A function with its window, its roots and its extrema in closed form.
type Known = (&'static str, [f64; 2], &'static [f64], &'static [(f64, SolutionKind)]);

#[test]
fn roots_and_extrema_are_those_of_closed_forms() {
    use SolutionKind::{Degenerate, Maximum, Minimum};
    use std::f64::consts::{E, FRAC_PI_2, LN_2, PI, SQRT_2};
    let table: &[Known] = &[
        ("x^2 - 2", [-3.0, 3.0], &[-SQRT_2, SQRT_2], &[(0.0, Minimum)]),
        ("(x-1)^2*(x+2)", [-3.0, 3.0], &[-2.0, 1.0], &[(-1.0, Maximum), (1.0, Minimum)]),
        (
            "x^3 - x",
            [-2.0, 2.0],
            &[-1.0, 0.0, 1.0],
            &[(-0.577_350_269_189_625_8, Maximum), (0.577_350_269_189_625_8, Minimum)],
        ),
        ("x^3", [-1.7, 2.0], &[0.0], &[(0.0, Degenerate)]),
        ("sin(x)", [-4.0, 4.0], &[-PI, 0.0, PI], &[(-FRAC_PI_2, Minimum), (FRAC_PI_2, Maximum)]),
        ("cos(x)", [-1.0, 4.0], &[FRAC_PI_2], &[(0.0, Maximum), (PI, Minimum)]),
        ("exp(x) - 2", [-3.0, 3.0], &[LN_2], &[]),
        ("ln(x)", [-1.0, 5.0], &[1.0], &[]),
        ("x*ln(x)", [0.05, 3.0], &[1.0], &[(1.0 / E, Minimum)]),
        ("x*exp(-x)", [-1.0, 4.0], &[0.0], &[(1.0, Maximum)]),
        ("1/x", [-2.0, 2.1], &[], &[]),
        ("1/x^2", [-2.0, 2.1], &[], &[]),
        ("tan(x)", [-2.0, 2.1], &[0.0], &[]),
        ("|x - 0.3|", [-2.0, 2.0], &[0.3], &[(0.3, Minimum)]),
        ("x + 1/x", [0.1, 4.0], &[], &[(1.0, Minimum)]),
        ("sqrt(x) - 1", [-1.0, 4.0], &[1.0], &[]),
        ("x^4", [-2.1, 2.0], &[0.0], &[(0.0, Minimum)]),
        ("x/sqrt(1+x^2)", [-2.0, 2.3], &[0.0], &[]),
        ("tanh(x) - 0.5", [-2.0, 2.0], &[0.549_306_144_334_054_8], &[]),
        ("x^2*(3-2*x)", [-0.4, 1.6], &[0.0, 1.5], &[(0.0, Minimum), (1.0, Maximum)]),
        ("if(x < 0, -1, 1)", [-2.0, 2.1], &[], &[]),
        ("x^2 + 1", [-2.0, 2.3], &[], &[(0.0, Minimum)]),
    ];
    for (formula, window, roots, extrema) in table {
        let head = format!("[cost]\nformula = \"{formula}\"\nvariables = [\"x\"]\n");
        let window_table = format!("[window]\nx = {window:?}\n");
        let minimize = scenario_of(&format!("{head}{window_table}"));
        let zero = scenario_of(&format!("optimizer = []\n{head}goal = \"zero\"\n{window_table}"));
        let found = solve(&minimize.problem().unwrap(), minimize.window);
        let mut stationary: Vec<_> = found.candidates.iter().map(|one| (one.point.x, one.kind)).collect();
        stationary.sort_by(|a, b| a.0.total_cmp(&b.0));
        let is_constant = *formula == "if(x < 0, -1, 1)";
        assert_eq!(found.has_curve, is_constant, "{formula}");
        assert_eq!(stationary.len(), extrema.len(), "{formula}: {stationary:?}");
        for ((at, kind), (expected, expected_kind)) in stationary.iter().zip(*extrema) {
            assert!(
                (at - expected).abs() <= 1e-8 * expected.abs().max(1.0),
                "{formula}: {at}, not {expected}"
            );
            assert_eq!(kind, expected_kind, "{formula} at {at}");
        }
        let solved = solve(&zero.problem().unwrap(), zero.window);
        let mut zeros: Vec<f64> = solved.candidates.iter().map(|one| one.point.x).collect();
        zeros.sort_by(f64::total_cmp);
        assert_eq!(zeros.len(), roots.len(), "{formula}: {zeros:?}");
        assert!(solved.candidates.iter().all(|one| one.kind == SolutionKind::Root));
        for (at, expected) in zeros.iter().zip(*roots) {
            assert!(
                (at - expected).abs() <= 1e-9 * expected.abs().max(1.0),
                "{formula}: {at}, not {expected}"
            );
        }
    }
}

#[test]
fn what_keeps_a_method_from_a_root_is_said_in_words() {
    for (formula, start, method, kind, words) in [
        ("x^3 - 2*x + 2", 0.0, "newton", OutcomeKind::Cycle, "period 2"),
        ("x^2 - 2", 0.0, "newton", OutcomeKind::Stalled, "tangent is flat"),
        ("x/sqrt(1 + x^2)", 1.1, "newton", OutcomeKind::Diverged, "passed"),
        ("exp(-x)", 0.0, "newton", OutcomeKind::Steps, "all 30 steps taken, |f|"),
        ("ln(x)", 3.0, "newton", OutcomeKind::NotFinite, "step"),
        ("x^2 + 1", 1.0, "secant", OutcomeKind::Steps, "|f|"),
        ("x^2", 1.0, "secant\"\nsecond_start = -1 #\"", OutcomeKind::Stalled, "is flat"),
    ] {
        let method =
            method.split_once('#').map_or_else(|| format!("{method}\""), |(method, _)| method.to_owned());
        let text = format!(
            "[cost]\nformula = \"{formula}\"\nvariables = [\"x\"]\ngoal = \"zero\"\n[run]\nstart = [{start:?}]\nsteps = 30\n\
             tolerance = 1e-14\n[[optimizer]]\nmethod = \"{method}\n"
        );
        let outcome = path(&scenario_of(&text), 0).outcome.unwrap();
        assert_eq!(outcome.kind, kind, "{formula}: {}", outcome.text);
        assert!(outcome.text.contains(words), "{formula}: {}", outcome.text);
    }
}

#[test]
fn a_curve_is_written_and_read_back_and_needs_format_2() {
    let text = "[cost]\nformula = \"w^2 - a\"\nvariables = [\"w\"]\nconstants = { a = 2 }\ngoal = \"zero\"\n[window]\nx = [0, 3]\n";
    let scenario = scenario_of(text);
    let written = scenario::write(&scenario);
    assert_eq!(scenario_of(&written), scenario);
    for line in [
        "format = 2",
        "variables = [\"w\"]",
        "goal = \"zero\"",
        "start = [0.5]",
        "second_start = 0.8",
        "bracket = [0.0, 3.0]",
    ] {
        assert!(written.contains(line), "{line} is not in\n{written}");
    }
    let refused = scenario::read(&format!("format = 1\n{text}"), "test").unwrap_err();
    assert!(refused.message.contains("one variable"), "{refused}");
}

#[test]
fn a_curve_is_not_joined_across_poles_and_jumps_and_stays_quick_where_it_swings_for_ever() {
    let lines = |formula: &str, x: [f64; 2], y: [f64; 2]| {
        let tape = Expression::parse(formula).unwrap().compile(["x", ""], &[]).unwrap();
        let cost = Objective::new(tape, Goal::Minimize, Derivatives::Exact).in_one_variable();
        Curve::sample(&cost, CurveOf::Value, Region { x, y }, 200).lines
    };
    let spans = |lines: &[Vec<[f64; 2]>]| {
        lines.iter().map(|line| [line[0][0], line[line.len() - 1][0]]).collect::<Vec<_>>()
    };
    for (formula, count) in [
        ("1/x", 2),
        ("tan(x)", 3),
        ("if(x < 0.3, 0, 1)", 2),
        ("floor(x)", 5),
        ("x^2", 1),
        ("tanh(1e4*(x - 0.123))", 1),
        ("|x|", 1),
        ("sqrt(x)", 1),
        ("1/(x-1e-3)", 2),
    ] {
        let found = lines(formula, [-2.0, 2.5], [-3.0, 3.0]);
        assert_eq!(found.len(), count, "{formula}: {:?}", spans(&found));
        assert!(found.iter().flatten().all(|at| at[1].is_finite()));
    }
    let root = lines("sqrt(x)", [-2.0, 2.5], [-3.0, 3.0]);
    assert!(root[0][0][0].abs() < 1e-12, "the line begins where the root does: {:?}", root[0][0]);
    let swings: usize = lines("sin(1/x)", [-1.0, 1.0], [-1.2, 1.2]).iter().map(Vec::len).sum();
    assert!(swings < 25_000, "{swings}");
    // Between two samples the curve is nowhere far from the chord.
    let smooth = lines("sin(20*x)*exp(x)", [-2.0, 2.0], [-8.0, 8.0]);
    for pair in smooth[0].windows(2) {
        let x = 0.5 * (pair[0][0] + pair[1][0]);
        let off = ((20.0 * x).sin() * x.exp() - 0.5 * (pair[0][1] + pair[1][1])).abs();
        assert!(off < 0.01, "{off} at {x}");
    }
}

#[test]
fn the_stages_of_a_step_are_what_their_formulas_say_and_lead_to_the_next_iterate() {
    let line = "[cost]\nformula = \"x^4 - 3*x^2 + x\"\nvariables = [\"x\"]\n[run]\nstart = [1.9]\nsteps = 12\ntolerance = 0\n";
    let root = "[cost]\nformula = \"x^3 - x - 1\"\nvariables = [\"x\"]\ngoal = \"zero\"\n[window]\nx = [0, 3]\n[run]\nstart = [2.5]\n\
                steps = 12\ntolerance = 0\n";
    let of_line = METHODS.iter().filter(|method| !method.only_finds_roots()).map(|method| (line, method.id));
    let of_line = of_line.filter(|(_, id)| !["nelder-mead", "levenberg-marquardt"].contains(id));
    let of_root = ["newton", "secant", "bisection"].map(|id| (root, id));
    let modified = (line, "newton\"\nvariant = \"modified");
    for (problem, method) in of_line.chain(of_root).chain([modified]) {
        let path = path(&scenario_of(&format!("{problem}[[optimizer]]\nmethod = \"{method}\"\n")), 0);
        assert!(path.steps() > 1, "{method}");
        for (step, next) in path.points().skip(1).enumerate() {
            let stages = path.stages(step).unwrap();
            let last = stages.last().unwrap();
            let words = stages.iter().map(|stage| stage.marked_formula(&[]).text).collect::<String>();
            assert!(!words.contains('∇'), "{method}: of one variable there is a slope, {words}");
            assert_eq!(
                (&*last.id, last.value),
                ("point", downhill::optimizer::Value::Scalar(next.x)),
                "{method}"
            );
            for stage in &stages {
                let [formula, value] = [stage.right.value(), stage.value].map(|value| match value {
                    downhill::optimizer::Value::Scalar(number) => number,
                    other => panic!("{method}: {} is {other:?}, and there is one variable", stage.id),
                });
                let is_close = (formula - value).abs() <= 1e-9 * value.abs().max(1.0);
                assert!(is_close || (formula.is_nan() && value.is_nan()), "{method} step {step}: {stage:?}");
            }
        }
    }
}
