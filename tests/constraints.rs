//! Runs with constraints against independent reference runs, from the text of a scenario to what `run` prints.
//! `tests/reference/README.md` says where the numbers come from and what the tolerances mean.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod cases;

use cases::{assert_close, read};
use downhill::optimizer::{Run, TreatmentKind};
use downhill::record::{csv, json};
use downhill::scenario::{self, Scenario};
use downhill::spelling::Selectable;
use serde_json::Value;

const TRAJECTORIES: &str = include_str!("reference/constraint_trajectories.json");

fn list(text: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(text).unwrap();
    file["cases"].as_array().unwrap().clone()
}

/// What `run --format json` prints of the first run.
fn printed(scenario: &Scenario) -> Value {
    let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().next().unwrap());
    run.finish();
    let mut out = Vec::new();
    json::write_runs(&mut out, "", [(&scenario.optimizers[0], run.into_trajectory())]).unwrap();
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
