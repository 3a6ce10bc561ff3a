//! Methods beyond the first seven against independent reference runs, from the text of a scenario to the points.
//! `tests/reference/README.md` says where the numbers come from and what the tolerances mean.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use downhill::optimizer::{METHODS, Run};
use downhill::scenario::{self, FIRST_METHODS, Scenario};
use serde_json::Value;

const METHOD_TRAJECTORIES: &str = include_str!("reference/method_trajectories.json");

fn cases() -> Vec<Value> {
    let file: Value = serde_json::from_str(METHOD_TRAJECTORIES).unwrap();
    file["cases"].as_array().unwrap().clone()
}

/// A value as TOML has it on one line.
fn inline(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{key:?} = {}", inline(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        // Texts and numbers of JSON are those of TOML.
        other => other.to_string(),
    }
}

/// The scenario of a case, which says its tables as JSON.
fn read(case: &Value) -> Scenario {
    let tables = case["scenario"].as_object().unwrap();
    let lines = tables.iter().map(|(key, table)| format!("{key} = {}\n", inline(table)));
    scenario::read(&lines.collect::<String>(), case["name"].as_str().unwrap()).unwrap()
}

/// Asserts that lists of numbers or points agree, each entry by its largest difference.
fn assert_close(name: &str, ours: &[Vec<f64>], reference: &Value, tolerance: f64) {
    let reference = reference.as_array().unwrap();
    assert_eq!(ours.len(), reference.len(), "{name}");
    for (k, (entry, expected)) in ours.iter().zip(reference).enumerate() {
        let expected: Vec<f64> = match expected {
            Value::Array(numbers) => numbers.iter().map(|number| number.as_f64().unwrap()).collect(),
            number => vec![number.as_f64().unwrap()],
        };
        let size = expected.iter().fold(1.0_f64, |size, number| size.max(number.abs()));
        for (number, expected) in entry.iter().zip(&expected) {
            let off = (number - expected).abs();
            assert!(off <= tolerance * size, "{name}, step {k}: {entry:?}, not {expected:?}");
        }
    }
}

#[test]
fn every_case_walks_through_its_points() {
    for case in cases() {
        let name = case["name"].as_str().unwrap();
        let scenario = read(&case);
        let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().next().unwrap());
        run.finish();
        let path = run.trajectory();
        let points: Vec<_> = path.points().map(|point| vec![point.x, point.y]).collect();
        assert_close(name, &points, &case["expect"]["points"], case["tolerance"].as_f64().unwrap());
        let values: Vec<_> = path.values().map(|value| vec![value]).collect();
        assert_close(name, &values, &case["expect"]["values"], case["value_tolerance"].as_f64().unwrap());
    }
}

#[test]
fn every_further_method_has_a_case_and_needs_format_2() {
    let scenarios: Vec<Scenario> = cases().iter().map(read).collect();
    for method in METHODS.iter().filter(|method| !FIRST_METHODS.contains(&method.id)) {
        let scenario = scenarios.iter().find(|scenario| scenario.optimizers[0].settings.method() == method);
        let scenario = scenario.unwrap_or_else(|| panic!("{} has no case", method.id));
        let text = scenario::write(scenario);
        assert!(text.starts_with("format = 2\n"), "{text}");
        assert_eq!(scenario::read(&text, "again").unwrap(), *scenario);
        let older = scenario::read(&text.replace("format = 2", "format = 1"), "older.toml").unwrap_err();
        assert_eq!((older.line, older.column), (1, 10));
        assert!(older.message.contains(method.id) && older.message.contains("format = 2"), "{older}");
    }
}
