//! Methods beyond the first seven against independent reference runs, from the text of a scenario to the points.
//! `tests/reference/README.md` says where the numbers come from and what the tolerances mean.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod cases;

use cases::{assert_close, read};
use downhill::optimizer::{METHODS, Run};
use downhill::scenario::{self, FIRST_METHODS};
use serde_json::Value;

const METHOD_TRAJECTORIES: &str = include_str!("reference/method_trajectories.json");

const DATA_TRAJECTORIES: &str = include_str!("reference/data_trajectories.json");

fn cases() -> Vec<Value> {
    let file: Value = serde_json::from_str(METHOD_TRAJECTORIES).unwrap();
    file["cases"].as_array().unwrap().clone()
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
    for method in METHODS.iter().filter(|method| !FIRST_METHODS.contains(&method.id)) {
        let id = method.id;
        let named = format!("\"method\":\"{id}\"");
        let has_case = [METHOD_TRAJECTORIES, DATA_TRAJECTORIES]
            .iter()
            .any(|file| file.replace(' ', "").contains(&named));
        assert!(has_case, "{id} has no case");
        let text = format!("[cost]\nformula = \"x^2 + y^2\"\n[[optimizer]]\nmethod = \"{id}\"\n");
        let scenario = scenario::read(&text, "further.toml").unwrap();
        let text = scenario::write(&scenario);
        assert!(text.starts_with("format = 2\n"), "{text}");
        assert_eq!(scenario::read(&text, "again").unwrap(), scenario);
        let older = scenario::read(&text.replace("format = 2", "format = 1"), "older.toml").unwrap_err();
        assert_eq!((older.line, older.column), (1, 10));
        assert!(older.message.contains(id) && older.message.contains("format = 2"), "{older}");
    }
}
