//! Reference cases that say their scenario as JSON, and how close a list of numbers must come.

use downhill::scenario::{self, Scenario};
use serde_json::Value;

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
pub fn read(case: &Value) -> Scenario {
    let tables = case["scenario"].as_object().unwrap();
    let lines = tables.iter().map(|(key, table)| format!("{key} = {}\n", inline(table)));
    scenario::read(&lines.collect::<String>(), case["name"].as_str().unwrap()).unwrap()
}

/// Asserts that lists of numbers or points agree, each entry by its largest difference.
pub fn assert_close(name: &str, ours: &[Vec<f64>], reference: &Value, tolerance: f64) {
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
