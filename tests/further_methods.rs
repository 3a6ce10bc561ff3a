//! Methods beyond the first seven against independent reference runs, from the text of a scenario to the points.
//! `tests/reference/README.md` says where the numbers come from and what the tolerances mean.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod cases;

use cases::{assert_close, read};
use downhill::optimizer::{METHODS, Needs, OutcomeKind, Run};
use downhill::scenario::{self, FIRST_METHODS};
use serde_json::Value;

const METHOD_TRAJECTORIES: &str = include_str!("reference/method_trajectories.json");

const NELDER_MEAD: &str = include_str!("reference/nelder_mead.json");

const METHOD_ENDPOINTS: &str = include_str!("reference/method_endpoints.json");

const DATA_TRAJECTORIES: &str = include_str!("reference/data_trajectories.json");

fn cases(file: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).unwrap();
    file["cases"].as_array().unwrap().clone()
}

#[test]
fn every_case_walks_through_its_points() {
    for case in cases(METHOD_TRAJECTORIES).into_iter().chain(cases(NELDER_MEAD)) {
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
fn every_run_that_is_free_in_its_path_ends_where_it_must() {
    for case in cases(METHOD_ENDPOINTS) {
        let name = case["name"].as_str().unwrap();
        let scenario = read(&case);
        let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().next().unwrap());
        run.finish();
        let path = run.trajectory();
        let end = path.last().unwrap();
        let tolerance = case["tolerance"].as_f64().unwrap();
        assert_eq!(path.outcome.as_ref().unwrap().kind, OutcomeKind::Converged, "{name}: {:?}", path.outcome);
        assert_close(name, &[vec![end.x, end.y]], &Value::Array(vec![case["solution"].clone()]), tolerance);
        let value = path.value(path.steps()).unwrap();
        assert_close(name, &[vec![value]], &Value::Array(vec![case["value"].clone()]), tolerance);
    }
}

#[test]
fn what_lbfgs_cannot_remember_is_refused_at_its_place() {
    let text = |memory: &str| {
        format!(
            "format = 2\n[cost]\nfunction = \"rosenbrock\"\n[[optimizer]]\nmethod = \"lbfgs\"\nmemory = {memory}\n"
        )
    };
    for memory in
        ["0", "0.0", "-1", "-0.5", "2.5", "100.5", "101", "1e300", "5000000000", "inf", "nan", "\"5\""]
    {
        let error = scenario::read(&text(memory), "memory.toml").unwrap_err();
        assert_eq!((error.line, error.column), (6, 10), "{memory}: {error}");
        let is_number = memory.parse::<f64>().is_ok_and(f64::is_finite);
        let said = if is_number { "a whole number at least 1 and at most 100" } else { "number" };
        assert!(error.message.contains(said), "{memory}: {error}");
    }
    for memory in ["1", "2", "100", "1e2"] {
        let scenario = scenario::read(&text(memory), "memory.toml").unwrap();
        let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().next().unwrap());
        run.finish();
        let outcome = run.trajectory().outcome.clone().unwrap();
        assert_eq!(outcome.kind, OutcomeKind::Converged, "{memory}: {}", outcome.text);
    }
}

#[test]
fn every_further_method_has_a_case_and_needs_format_2() {
    // Those that look for roots have theirs among the costs of one variable.
    let further = METHODS.iter().filter(|method| !method.only_finds_roots());
    for method in further.filter(|method| !FIRST_METHODS.contains(&method.id)) {
        let id = method.id;
        let named = format!("\"method\":\"{id}\"");
        let has_case = [METHOD_TRAJECTORIES, DATA_TRAJECTORIES, NELDER_MEAD, METHOD_ENDPOINTS]
            .iter()
            .any(|file| file.replace(' ', "").contains(&named));
        // Rules of one's own are compared with the methods that they are made of.
        assert!(has_case || method.has_own_rule(), "{id} has no case");
        // What needs rows has them, which came with the same format.
        let has_rows = method.needs == Needs::Residuals;
        let cost = match has_rows {
            true => "[cost]\nformula = \"(x*u - y)^2/2\"\n[data]\ncolumns = [\"u\"]\nrows = [[1.0], [2.0]]\n",
            false => "[cost]\nformula = \"x^2 + y^2\"\n",
        };
        let text = format!("{cost}[[optimizer]]\nmethod = \"{id}\"\n");
        let scenario = scenario::read(&text, "further.toml").unwrap();
        let text = scenario::write(&scenario);
        assert!(text.starts_with("format = 2\n"), "{text}");
        assert_eq!(scenario::read(&text, "again").unwrap(), scenario);
        let older = scenario::read(&text.replace("format = 2", "format = 1"), "older.toml").unwrap_err();
        assert_eq!((older.line, older.column), (1, 10));
        let named = if has_rows { "[data]" } else { id };
        assert!(older.message.contains(named) && older.message.contains("format = 2"), "{older}");
    }
}
