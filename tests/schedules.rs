//! Schedules of the learning rate, and a rate for each variable, against independent reference runs, and how files have them.
//! `tests/reference/README.md` says where the numbers come from and what the tolerances mean.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod cases;

use cases::{assert_close, read};
use downhill::optimizer::{METHODS, Method, OutcomeKind, RateForm, Run, Schedule, Trajectory};
use downhill::record::{csv, json};
use downhill::scenario::{self, Scenario};
use serde_json::Value;

const SCHEDULES: &str = include_str!("reference/schedules.json");

/// Those of the scenario format: methods that take a rate for each variable.
const PER_VARIABLE: [&str; 15] = [
    "gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "nadam", "amsgrad", "adamax",
    "adadelta", "qhm", "qhadam", "lion", "ista",
];

fn path(scenario: &Scenario, index: usize) -> Trajectory {
    let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().nth(index).unwrap());
    run.finish();
    run.into_trajectory()
}

/// What `run --format json` and `run --format csv` print.
fn records(scenario: &Scenario) -> (Value, String) {
    let paths: Vec<Trajectory> = (0..scenario.optimizers.len()).map(|index| path(scenario, index)).collect();
    let runs = || scenario.optimizers.iter().zip(&paths);
    let (mut object, mut rows) = (Vec::new(), Vec::new());
    json::write_runs(&mut object, "", None, runs()).unwrap();
    csv::write_runs(&mut rows, scenario.cost.variable_names(), runs()).unwrap();
    (serde_json::from_slice(&object).unwrap(), String::from_utf8(rows).unwrap())
}

fn numbers(list: &Value) -> Vec<Vec<f64>> {
    let entry = |entry: &Value| match entry.as_array() {
        Some(numbers) => numbers.iter().map(|number| number.as_f64().unwrap()).collect(),
        None => vec![entry.as_f64().unwrap()],
    };
    list.as_array().unwrap().iter().map(entry).collect()
}

/// A run of gradient descent with these settings.
fn of(settings: &str) -> Scenario {
    let text = format!(
        "[cost]\nformula = \"x^2 + 10*y^2\"\n[run]\nstart = [4.0, 1.0]\nsteps = 4\ntolerance = 0.0\n[[optimizer]]\nmethod = \"gd\"\n{settings}\n"
    );
    scenario::read(&text, "schedule").unwrap()
}

#[test]
fn every_factor_is_that_of_the_reference() {
    let file: Value = serde_json::from_str(SCHEDULES).unwrap();
    for case in file["factors"].as_array().unwrap() {
        let schedule = case["schedule"].as_object().unwrap().iter();
        let entries = schedule.map(|(key, value)| format!("{key} = {value}")).collect::<Vec<_>>();
        let scenario = of(&format!("schedule = {{ {} }}", entries.join(", ")));
        let schedule: &Schedule = scenario.optimizers[0].settings.schedule().unwrap();
        let mut factors = schedule.factors();
        for (t, phi) in case["t"].as_array().unwrap().iter().zip(case["phi"].as_array().unwrap()) {
            let ours = factors.at(u32::try_from(t.as_u64().unwrap()).unwrap());
            let off = (ours - phi.as_f64().unwrap()).abs();
            assert!(off <= 1e-15, "{}: φ({t}) is {ours}, not {phi}", case["schedule"]);
        }
    }
}

#[test]
fn every_case_walks_through_its_points_and_says_its_rates() {
    let file: Value = serde_json::from_str(SCHEDULES).unwrap();
    for case in file["cases"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let scenario = read(case);
        let (record, _) = records(&scenario);
        let run = &record["runs"][0];
        for (list, tolerance) in
            case["expect"].as_object().unwrap().keys().map(|list| {
                (list, if list == "values" { &case["value_tolerance"] } else { &case["tolerance"] })
            })
        {
            let expected = &case["expect"][list];
            assert_close(
                &format!("{name}: {list}"),
                &numbers(&run[list]),
                expected,
                tolerance.as_f64().unwrap(),
            );
        }
        let typed = &case["scenario"]["optimizer"][0];
        assert_eq!(run["parameters"]["learning_rate"], typed["learning_rate"], "{name}");
        let steps = run["points"].as_array().unwrap().len() - 1;
        let Some(schedule) = typed["schedule"].as_object() else {
            assert_eq!(
                (run.get("learning_rates"), run["parameters"].get("schedule")),
                (None, None),
                "{name}"
            );
            continue;
        };
        for (key, value) in schedule {
            assert_eq!(&run["parameters"]["schedule"][key], value, "{name}");
        }
        let settings = &scenario.optimizers[0].settings;
        let mut factors = settings.schedule().unwrap().factors();
        let rates = numbers(&run["learning_rates"]);
        assert_eq!(rates.len(), steps, "{name}");
        let width = if settings.has_rate_per_variable() { 2 } else { 1 };
        for (t, rate) in rates.iter().enumerate() {
            let expected = factors.at(t as u32) * settings.rates();
            assert_eq!(rate.len(), width, "{name}");
            for (rate, expected) in rate.iter().zip(&expected) {
                // What is read here may be off in the last bit.
                assert!(
                    (rate - expected).abs() <= 1e-15 * expected,
                    "{name}, step {t}: {rate}, not {expected}"
                );
            }
        }
    }
}

#[test]
fn the_columns_of_rates_are_those_of_the_whole_file_and_come_last() {
    let ends = |settings: &str| -> Vec<String> {
        let (_, rows) = records(&of(settings));
        let own = |line: &str| line.split(',').skip(10).collect::<Vec<_>>().join(",");
        rows.lines().map(own).collect()
    };
    assert!(ends("learning_rate = 0.01").iter().all(String::is_empty));
    assert!(ends("learning_rate = [0.01, 0.02]").iter().all(String::is_empty));
    let schedule = "schedule = { kind = \"step\", every = 2, factor = 0.5 }";
    assert_eq!(
        ends(&format!("learning_rate = 0.04\n{schedule}")),
        ["learning_rate", "0.04", "0.04", "0.02", "0.02", ""]
    );
    assert_eq!(
        ends(&format!("learning_rate = [0.04, 0.01]\n{schedule}")),
        ["learning_rate_x,learning_rate_y", "0.04,0.01", "0.04,0.01", "0.02,0.005", "0.02,0.005", ","]
    );
    // A run without one has nothing there; one that has one number has it for both.
    let several = format!(
        "learning_rate = [0.04, 0.01]\n{schedule}\n[[optimizer]]\nmethod = \"newton\"\n[[optimizer]]\nmethod = \"gd\"\nlearning_rate = 0.04\n{schedule}"
    );
    let rows = ends(&several);
    assert_eq!((rows[1].as_str(), rows[6].as_str(), rows[11].as_str()), ("0.04,0.01", ",", "0.04,0.04"));
    let constrained = of(&format!("learning_rate = 0.04\n{schedule}\n[[constraint]]\nformula = \"x + y\""));
    let header = records(&constrained).1.lines().next().unwrap().to_owned();
    assert!(header.ends_with("kkt_residual,learning_rate"), "{header}");
}

#[test]
fn a_factor_that_is_no_rate_ends_the_run_and_zero_moves_nothing() {
    for (schedule, steps, words) in [
        (
            "formula = \"1/t\"",
            0,
            "not finite: at step 1 the schedule's φ(0) is infinite: t starts at 0: write 1/sqrt(t+1)",
        ),
        ("formula = \"ln(t)/t\"", 0, "t starts at 0: write 1/sqrt(t+1)"),
        ("formula = \"sqrt(t-1)\"", 0, "φ(0) is not a number"),
        ("formula = \"2 - t\"", 3, "at step 4 the schedule's φ(3) is -1.0e+00, and a rate is never negative"),
        ("formula = \"2 - t\", warmup = 2", 4, ""),
        ("formula = \"1/(2 - t)\"", 2, "at step 3 the schedule's φ(2) is infinite"),
    ] {
        let scenario = of(&format!("schedule = {{ kind = \"formula\", {schedule} }}"));
        let path = path(&scenario, 0);
        let outcome = path.outcome.clone().unwrap();
        let kind = if words.is_empty() { OutcomeKind::Steps } else { OutcomeKind::NotFinite };
        assert_eq!((outcome.kind, path.steps()), (kind, steps), "{schedule}: {outcome:?}");
        assert!(outcome.text.contains(words), "{schedule}: {outcome:?}");
        let stages = path.stages(path.steps()).unwrap();
        assert_eq!(stages[0].id, "learning_rate", "the step that does not exist says why");
    }
    let rests = path(&of("schedule = { kind = \"cosine\", steps = 2 }"), 0);
    let points: Vec<_> = rests.points().collect();
    assert!(points[1] != points[2] && points[2] == points[3] && points[3] == points[4], "{points:?}");
    assert_eq!(rests.outcome.unwrap().kind, OutcomeKind::Steps);
}

#[test]
fn every_method_takes_what_the_format_says() {
    for Method { id, rate, .. } in METHODS {
        assert_eq!(*rate == RateForm::PerVariable, PER_VARIABLE.contains(id), "{id}");
    }
}

#[test]
fn a_rate_that_a_schedule_changes_is_the_rate_of_a_run_with_that_rate() {
    // One step at a rate that is set is one step at the same rate by a schedule; a second rate moves the other variable alone.
    for method in METHODS.iter().filter(|method| method.rate != RateForm::Fixed) {
        let ends = |settings: &str| {
            let settings = settings.to_owned();
            let text = format!(
                "[cost]\nformula = \"(x - 1)^2 + 3*(y + 2)^2 + x*y\"\nl1 = 0.1\n[run]\nstart = [4.0, 1.0]\nsteps = 1\n[[optimizer]]\nmethod = \"{}\"\n{settings}\n",
                method.id
            );
            path(&scenario::read(&text, "one").unwrap(), 0).point(1).unwrap()
        };
        let [all, half] = [ends("learning_rate = 0.02"), ends("learning_rate = 0.01")];
        let by_schedule = ends("learning_rate = 0.02\nschedule = { kind = \"formula\", formula = \"0.5\" }");
        assert_eq!(by_schedule, half, "{}", method.id);
        assert_ne!(all, half, "{}", method.id);
        if method.rate == RateForm::PerVariable {
            let each = ends("learning_rate = [0.02, 0.01]");
            assert_eq!([each.x, each.y], [all.x, half.y], "{}", method.id);
        }
    }
}
