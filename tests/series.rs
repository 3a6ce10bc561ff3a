//! Series and their averages against independent reference values.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod cases;

use cases::{assert_close, read};
use downhill::record::series::write_json;
use downhill::scenario;
use serde_json::Value;

const REFERENCE: &str = include_str!("reference/series.json");

#[test]
fn averages_are_those_of_the_reference() {
    let file: Value = serde_json::from_str(REFERENCE).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 4);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let scenario = read(case);
        let written = scenario::write(&scenario);
        assert!(written.starts_with("format = 2\n"), "{written}");
        assert_eq!(scenario::read(&written, "again").unwrap(), scenario, "{name}");
        let mut printed = Vec::new();
        write_json(&mut printed, &scenario.title, scenario.series.as_ref().unwrap()).unwrap();
        let ours: Value = serde_json::from_slice(&printed).unwrap();
        let expected = &case["expect"];
        assert_eq!(ours["values"], expected["values"], "{name}");
        let [ours, theirs] = [&ours, expected].map(|it| it["averages"].as_array().unwrap());
        assert_eq!(ours.len(), theirs.len(), "{name}");
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert_eq!(ours["beta"], theirs["beta"], "{name}");
            for key in ["v", "v_hat"] {
                let numbers = ours[key].as_array().unwrap().iter();
                let numbers: Vec<Vec<f64>> = numbers.map(|it| vec![it.as_f64().unwrap()]).collect();
                let tolerance = case["tolerance"].as_f64().unwrap();
                assert_close(&format!("{name}, {key}"), &numbers, &theirs[key], tolerance);
            }
        }
    }
}
