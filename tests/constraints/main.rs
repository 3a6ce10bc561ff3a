//! Runs with constraints against independent reference runs, from the text of a scenario to what `run` prints.
//! `tests/reference/README.md` says where the numbers come from and what the tolerances mean.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../cases/mod.rs"]
mod cases;
mod random;

use std::collections::HashSet;

use cases::{assert_close, read};
use downhill::landscape::{Candidate, solve};
use downhill::objective::Goal;
use downhill::optimizer::{self, Run, TreatmentKind, TreatmentSettings};
use downhill::record::quantity::{Curve, Quantity, Yardstick};
use downhill::record::{csv, json};
use downhill::scenario::{self, Scenario};
use downhill::spelling::Selectable;
use serde_json::Value;

const TRAJECTORIES: &str = include_str!("../reference/constraint_trajectories.json");
const SOLUTIONS: &str = include_str!("../reference/constraint_solutions.json");

fn list(text: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(text).unwrap();
    file["cases"].as_array().unwrap().clone()
}

/// What `run --format json` prints of the first run.
fn printed(scenario: &Scenario) -> Value {
    let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().next().unwrap());
    run.finish();
    let mut out = Vec::new();
    json::write_runs(&mut out, "", None, [(&scenario.optimizers[0], run.into_trajectory())]).unwrap();
    let whole: Value = serde_json::from_slice(&out).unwrap();
    whole["runs"][0].clone()
}

/// A list of numbers, or of lists of numbers.
fn entries(value: &Value) -> Vec<Vec<f64>> {
    let numbers = |entry: &Value| match entry {
        Value::Array(numbers) => numbers.iter().map(|number| number.as_f64().unwrap()).collect(),
        number => vec![number.as_f64().unwrap()],
    };
    value.as_array().unwrap().iter().map(numbers).collect()
}

/// A line over two rows a step, whose intercept is held at 0, so that each step ends at Σ xy / Σ x² of its rows.
#[test]
fn the_equations_of_lagrange_and_newton_are_those_of_the_rows_of_the_step() {
    let text = "[cost]\nformula = \"(a + b*x - y)^2/2\"\nvariables = [\"a\", \"b\"]\n[data]\ncolumns = [\"x\", \"y\"]\n\
                rows = [[1, 2], [2, 3], [4, 4], [5, 5]]\n[[constraint]]\nformula = \"a\"\n[treatment]\nkind = \"lagrange-newton\"\n\
                [run]\nstart = [3.0, -1.0]\nsteps = 3\ntolerance = 0.0\nbatch = 2\nsampling = \"cyclic\"\n\
                [[optimizer]]\nmethod = \"newton\"\n";
    let run = printed(&scenario::read(text, "rows").unwrap());
    let points = entries(&run["points"]);
    for (point, wanted) in points[1..].iter().zip([8.0 / 5.0, 41.0 / 41.0, 8.0 / 5.0]) {
        assert!(point[0].abs() < 1e-12 && (point[1] - wanted).abs() < 1e-12, "{points:?}");
    }
}

/// |y| has a corner at 0, whose slope may be anything from −1 to 1: there the rest has the slope −0.4, and nothing is to be done.
#[test]
fn at_a_corner_of_l1_a_solution_under_a_constraint_is_one() {
    for (slope, outcome) in [(0.2, "converged"), (0.7, "steps")] {
        for kind in ["projected", "lagrange-newton", "augmented-lagrangian"] {
            let text = format!(
                "[cost]\nformula = \"x^2 + (y - {slope})^2\"\nl1 = 1.0\nregularize = [\"y\"]\n[[constraint]]\nformula = \"x\"\n\
                 [treatment]\nkind = \"{kind}\"\n[run]\nstart = [0.0, 0.0]\nsteps = 1\n\
                 [[optimizer]]\nmethod = \"newton\"\n"
            );
            let run = printed(&scenario::read(&text, "corner").unwrap());
            assert_eq!(run["outcome"]["kind"], outcome, "{kind} {slope}: {}", run["outcome"]);
        }
    }
}

#[test]
fn every_treatment_walks_as_its_reference() {
    let mut kinds = Vec::new();
    for case in list(TRAJECTORIES) {
        let name = case["name"].as_str().unwrap();
        let scenario = read(&case);
        kinds.push(scenario.treatment_of(&scenario.optimizers[0]).kind);
        let run = printed(&scenario);
        let tolerance = |key: &str| case[key].as_f64().unwrap();
        for (key, tolerance) in [
            ("points", tolerance("tolerance")),
            ("values", tolerance("value_tolerance")),
            ("multipliers", tolerance("multiplier_tolerance")),
            ("constraint_values", tolerance("multiplier_tolerance")),
            ("kkt_residuals", tolerance("multiplier_tolerance")),
        ] {
            assert_close(&format!("{name} {key}"), &entries(&run[key]), &case["expect"][key], tolerance);
        }
        if let Some(outcome) = case["expect"].get("outcome") {
            for key in ["kind", "step"] {
                assert_eq!(run["outcome"][key], outcome[key], "{name}: {}", run["outcome"]["text"]);
            }
        }
    }
    for kind in TreatmentKind::ALL {
        assert!(kinds.contains(kind), "{kind:?} has no case");
    }
}

#[test]
fn what_is_written_reads_back_and_needs_format_2() {
    for case in list(TRAJECTORIES) {
        let scenario = read(&case);
        let text = scenario::write(&scenario);
        assert!(text.starts_with("format = 2\n"), "{text}");
        assert_eq!(scenario::read(&text, "again").unwrap(), scenario);
        let older = scenario::read(&text.replace("format = 2", "format = 1"), "older.toml").unwrap_err();
        assert!(older.message.contains("[[constraint]]") && older.message.contains("format = 2"), "{older}");
    }
}

#[test]
fn csv_ends_with_what_belongs_to_the_constraints_that_a_run_has() {
    let case = list(TRAJECTORIES).into_iter().find(|case| case["name"] == "penalty-lecture-gd").unwrap();
    let scenario = read(&case);
    let rows = |scenario: &Scenario| {
        let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().next().unwrap());
        run.finish();
        let mut out = Vec::new();
        csv::write_runs(&mut out, ["x", "y"], [(&scenario.optimizers[0], run.trajectory())]).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let constrained = rows(&scenario);
    let head = "run,method,label,step,x,y,value,gradient_x,gradient_y,gradient_norm";
    let more = "multiplier_1,multiplier_2,constraint_1,constraint_2,kkt_residual";
    assert_eq!(constrained[0], format!("{head},{more}"));
    let fields: Vec<&str> = constrained[1].split(',').collect();
    // The start (-1, 0) of a maximum: g = x − y is −1, and λ = μ h.
    assert_eq!(fields[10..14], ["-10.0", "", "-1.0", ""]);
    let mut without = scenario.clone();
    without.constraints[0].enabled = false;
    assert_eq!(rows(&without)[0], head);
}

#[test]
fn every_solution_is_found_and_called_what_it_is() {
    for case in list(SOLUTIONS) {
        let name = case["name"].as_str().unwrap();
        let scenario = read(&case);
        let found = solve(&scenario.problem().unwrap(), scenario.window).candidates;
        let (tolerance, of_multipliers) =
            (case["tolerance"].as_f64().unwrap(), case["multiplier_tolerance"].as_f64().unwrap());
        let wanted = case["candidates"].as_array().unwrap();
        let mut missed: Vec<Candidate> = found.clone();
        for expected in wanted {
            let numbers = |key: &str| -> Vec<f64> {
                expected[key].as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
            };
            let point = numbers("point");
            let is_near = |one: &Candidate| {
                let size = point.iter().fold(1.0_f64, |size, c| size.max(c.abs()));
                (one.point.x - point[0]).abs().max((one.point.y - point[1]).abs()) <= tolerance * size
            };
            let Some(one) = found.iter().find(|one| is_near(one)) else {
                assert_eq!(
                    expected.get("optional"),
                    Some(&Value::Bool(true)),
                    "{name}: {point:?} in {found:?}"
                );
                continue;
            };
            missed.retain(|other| other != one);
            assert_eq!(one.kind.id(), expected["kind"].as_str().unwrap(), "{name}: {one:?}");
            let value = expected["value"].as_f64().unwrap();
            assert!((one.value - value).abs() <= tolerance * value.abs().max(1.0), "{name}: {one:?}");
            let multipliers = one.multipliers.as_ref().unwrap();
            assert_eq!(multipliers.len(), numbers("multipliers").len(), "{name}");
            for (own, expected) in multipliers.iter().zip(numbers("multipliers")) {
                assert!(
                    (own - expected).abs() <= of_multipliers * expected.abs().max(1.0),
                    "{name}: {one:?}"
                );
            }
            let active: Vec<bool> =
                expected["active"].as_array().unwrap().iter().map(|is| is.as_bool().unwrap()).collect();
            assert_eq!(one.active, active, "{name}: {one:?}");
        }
        assert!(case["complete"] != true || missed.is_empty(), "{name}: {missed:?}");
        let best: Vec<f64> = found.iter().map(|one| one.value).collect();
        let sign = if scenario.cost.goal == Goal::Maximize { -1.0 } else { 1.0 };
        assert!(best.is_sorted_by(|a, b| sign * a <= sign * b + 1e-9), "{name}: {best:?}");
    }
}

#[test]
fn runs_end_on_the_solutions_with_their_multipliers() {
    for case in list(SOLUTIONS) {
        let name = case["name"].as_str().unwrap();
        for run in case["runs"].as_array().unwrap() {
            let mut of_run = case.clone();
            let scenario = &mut of_run["scenario"];
            (scenario["treatment"], scenario["optimizer"]) =
                (run["treatment"].clone(), run["optimizer"].clone());
            scenario["run"]["steps"] = run["steps"].clone();
            scenario["run"]["tolerance"] = Value::from(0.0);
            let printed = printed(&read(&of_run));
            let candidate = &case["candidates"][run["ends_at"].as_u64().unwrap() as usize];
            let tolerance = run["tolerance"].as_f64().unwrap();
            for (key, expected) in [("points", "point"), ("multipliers", "multipliers")] {
                let last = entries(&printed[key]).pop().unwrap();
                let what = format!("{name} {}: {key}, {}", run["treatment"], printed["outcome"]["text"]);
                assert_close(&what, &[last], &Value::from(vec![candidate[expected].clone()]), tolerance);
            }
        }
    }
}

/// Whether two values agree but for rounding.
fn agree(a: optimizer::Value, b: optimizer::Value) -> bool {
    use optimizer::Value::{Matrix, Scalar, Vector};
    let is_near = |off: f64, size: f64| off <= 1e-12 * size.max(1.0);
    match (a, b) {
        (Scalar(a), Scalar(b)) => is_near((a - b).abs(), a.abs()),
        (Vector(a), Vector(b)) => is_near((a - b).amax(), a.amax()),
        (Matrix(a), Matrix(b)) => is_near((a - b).amax(), a.amax()),
        _ => false,
    }
}

#[test]
fn the_stages_of_a_step_say_what_was_walked_on_and_lead_to_the_next_point() {
    let text = |goal: &str, relations: [&str; 2]| {
        let constraint = |(formula, relation): (&str, &str)| {
            format!("[[constraint]]\nformula = \"{formula}\"\nrelation = \"{relation}\"\nlevel = 0.5\n")
        };
        let constraints = ["x + y", "x^2/4 + y^2"].into_iter().zip(relations).filter(|(_, r)| !r.is_empty());
        format!(
            "[cost]\nformula = \"(x-1)^2 + 2*y^2 + x*y/3\"\ngoal = \"{goal}\"\n{}[run]\nstart = [0.7, 0.9]\nsteps = 12\ntolerance = 0\n",
            constraints.map(constraint).collect::<String>()
        )
    };
    for goal in ["minimize", "maximize"] {
        for relations in [["=", ""], ["<=", ""], [">=", ""], ["<=", ">="], ["=", "<="]] {
            for kind in TreatmentKind::ALL {
                let mut scenario = scenario::read(&text(goal, relations), "stages").unwrap();
                scenario.treatment =
                    TreatmentSettings { kind: *kind, mu: 2.0, inner_steps: 3, ..Default::default() };
                scenario.optimizers.retain(|choice| kind.misfit(&choice.settings).is_none());
                assert!(!scenario.optimizers.is_empty());
                let problem = scenario.problem().unwrap();
                for plan in scenario.plans() {
                    let mut run = Run::new(&problem, &plan);
                    run.finish();
                    let path = run.trajectory();
                    // Beside each point stands one entry of each column, whoever fills it.
                    for (column, spec) in path.columns().iter().enumerate() {
                        assert_eq!(
                            path.column(column).count(),
                            path.len(),
                            "{} of {:?}",
                            spec.id,
                            plan.settings
                        );
                    }
                    for (step, next) in path.points().skip(1).enumerate() {
                        let stages = path.stages(step).unwrap();
                        let what = format!("{goal} {relations:?} {kind:?} {:?} step {step}", plan.settings);
                        let ids: HashSet<_> = stages.iter().map(|stage| &*stage.id).collect();
                        assert_eq!(ids.len(), stages.len(), "{what}");
                        let last = stages.last().unwrap();
                        assert_eq!(
                            (&*last.id, last.value),
                            ("point", optimizer::Value::Vector(next)),
                            "{what}"
                        );
                        for stage in &stages {
                            assert!(agree(stage.right.value(), stage.value), "{what}: {stage:?}");
                        }
                        let says = |id| stages.iter().any(|stage| stage.id == id);
                        // What a multiplier becomes is what the next step has.
                        let sign = if goal == "maximize" { -1.0 } else { 1.0 };
                        let [now, then] = [step, step + 1].map(|entry| path.multipliers(entry).unwrap());
                        for k in 0..problem.constraints.len() {
                            let id = ["multiplier_1", "multiplier_2"][k];
                            let stage = stages.iter().find(|stage| stage.id == id);
                            let carried =
                                stage.map_or(optimizer::Value::Scalar(sign * now[k]), |stage| stage.value);
                            let carries = matches!(
                                kind,
                                TreatmentKind::AugmentedLagrangian | TreatmentKind::DescentAscent
                            );
                            if carries {
                                let then = optimizer::Value::Scalar(sign * then[k]);
                                assert!(agree(carried, then), "{what}: {carried:?}, not {then:?}");
                            }
                            assert!(stage.is_none() || carries, "{what}");
                        }
                        let updates = match kind {
                            TreatmentKind::AugmentedLagrangian => (step + 1) % 3 == 0,
                            _ => *kind == TreatmentKind::DescentAscent,
                        };
                        assert_eq!(says("multiplier_1"), updates, "{what}");
                        let has_merit = says("pull_1") && says("merit_gradient");
                        let is_of_merit =
                            !matches!(kind, TreatmentKind::Projected | TreatmentKind::LagrangeNewton);
                        assert_eq!(has_merit, is_of_merit, "{what}");
                        assert_eq!(says("unprojected"), *kind == TreatmentKind::Projected, "{what}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_belongs_to_constraints_can_be_followed() {
    let case = list(TRAJECTORIES).into_iter().find(|case| case["name"] == "al-two-gd").unwrap();
    let scenario = read(&case);
    let problem = scenario.problem().unwrap();
    let mut run = Run::new(&problem, &scenario.plans().next().unwrap());
    run.finish();
    let path = run.trajectory();
    let by = Yardstick::new(&problem.cost, &[], std::iter::once(path));
    let curve = |quantity| Curve::new(quantity, path, &by).unwrap().coordinates;
    let multipliers = curve(Quantity::Multiplier);
    assert_eq!(multipliers.len(), 2);
    for (k, list) in multipliers.iter().enumerate() {
        let own: Vec<Vec<f64>> = list.iter().map(|(_, value)| vec![*value]).collect();
        let expected: Vec<Value> =
            case["expect"]["multipliers"].as_array().unwrap().iter().map(|entry| entry[k].clone()).collect();
        assert_close("multipliers", &own, &Value::from(expected), 1e-11);
    }
    let violations = &curve(Quantity::Violation)[0];
    // The start (0, 0), where x + y = 2 is off by 2, and x − y = 1 by 1.
    assert_eq!(violations[0], (0, 2.0));
    assert_eq!([violations.len(), curve(Quantity::KktResidual)[0].len()], [path.len(); 2]);
}

#[test]
fn what_was_let_go_of_a_long_path_is_found_again_with_its_multipliers() {
    let text = "[cost]\nformula = \"(x-1)^2 + 2*y^2\"\n[[constraint]]\nformula = \"x^2/4 + y^2\"\nrelation = \"<=\"\nlevel = 0.2\n\
                [run]\nstart = [0.7, 0.9]\nsteps = 9000\ntolerance = 0\n";
    for kind in TreatmentKind::ALL {
        let mut scenario = scenario::read(text, "long").unwrap();
        // Not a divisor of the steps between two checkpoints.
        scenario.treatment = TreatmentSettings { kind: *kind, inner_steps: 7, ..Default::default() };
        scenario.optimizers.retain(|choice| kind.misfit(&choice.settings).is_none());
        let problem = scenario.problem().unwrap();
        for plan in scenario.plans() {
            let mut run = Run::new(&problem, &plan);
            run.finish();
            let whole = run.into_trajectory();
            let mut less = whole.clone();
            less.keep_least();
            assert!(less == whole, "{kind:?} {:?}", plan.settings);
        }
    }
}
