//! `downhill race`.

use serde_json::Value;

use crate::{assert_refusal, downhill, downhill_reading};

/// A bowl on which gradient descent is fastest at 0.2, and Newton takes one step.
const BOWL: &str = r#"
title = "A race"
[cost]
formula = "(x^2 + 9*y^2)/2"
[run]
start = [3.0, 1.0]
steps = 300
tolerance = 1e-6
[[optimizer]]
method = "gd"
learning_rate = 0.01
[[optimizer]]
method = "adam"
schedule = { kind = "inverse-root", decay = 0.01 }
visible = false
[[optimizer]]
method = "newton"
"#;

fn race(arguments: &[&str]) -> std::process::Output {
    downhill_reading(BOWL.as_bytes(), &[&["race", "-"], arguments].concat())
}

fn runs(arguments: &[&str]) -> Vec<Value> {
    let output = race(&[arguments, &["--format", "json"]].concat());
    let whole: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {output:?}"));
    assert_eq!(whole["tuned"], arguments.contains(&"--tune"));
    whole["runs"].as_array().unwrap().clone()
}

#[test]
fn a_row_agrees_with_the_run_that_it_is_of() {
    let stepped = downhill_reading(BOWL.as_bytes(), &["run", "-"]);
    let stepped: Value = serde_json::from_slice(&stepped.stdout).unwrap();
    let rows = runs(&[]);
    assert_eq!(rows.len(), 3);
    for (row, run) in rows.iter().zip(stepped["runs"].as_array().unwrap()) {
        assert_eq!((&row["method"], &row["label"]), (&run["method"], &run["label"]));
        assert_eq!(row["learning_rate"], run["parameters"]["learning_rate"]);
        for (count, evaluated) in [("gradients", "gradient"), ("values", "value"), ("hessians", "hessian")] {
            assert_eq!(row[count], run["evaluations"][evaluated], "{count}");
        }
        assert_eq!(row["outcome"], run["outcome"]["kind"]);
        assert_eq!(row["steps"], run["outcome"]["step"]);
        for (last, list) in [("final_value", "values"), ("final_gradient_norm", "gradient_norms")] {
            assert_eq!(&row[last], run[list].as_array().unwrap().last().unwrap());
        }
        // The optimum is the origin, to what rounding leaves.
        let end: [f64; 2] =
            serde_json::from_value(run["points"].as_array().unwrap().last().unwrap().clone()).unwrap();
        assert!((row["distance"].as_f64().unwrap() - end[0].hypot(end[1])).abs() < 1e-12, "{row}");
    }
}

#[test]
fn tuned_rates_are_those_of_theory_and_none_is_slower_than_before() {
    let (before, tuned) = (runs(&[]), runs(&["--tune"]));
    let rate = tuned[0]["learning_rate"].as_f64().unwrap();
    assert!((rate - 0.2).abs() < 0.008, "{rate}");
    for (before, tuned) in before.iter().zip(&tuned) {
        assert_eq!(tuned["outcome"], "converged");
        assert!(
            before["outcome"] != "converged" || tuned["gradients"].as_u64() <= before["gradients"].as_u64(),
            "{tuned}"
        );
    }
    let stderr = String::from_utf8(race(&["--tune"]).stderr).unwrap();
    assert!(stderr.contains("fewest gradient evaluations to ‖∇J‖ < 1e\u{2212}6"), "{stderr}");
}

#[test]
fn as_csv_the_columns_are_those_that_are_promised() {
    let output = race(&["--format", "csv"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "run,method,label,learning_rate,steps,gradients,values,hessians,rows,final_value,final_gradient_norm,distance,outcome"
    );
    assert!(lines[3].starts_with("3,newton,Newton,1.0,1,2,2,1,0,"), "{}", lines[3]);
    let text = String::from_utf8(race(&[]).stdout).unwrap();
    assert!(text.starts_with("run  label"), "{text}");
    assert_eq!(text.lines().count(), 4);
}

#[test]
fn what_cannot_race_is_refused() {
    assert_refusal(&downhill(&["race", "nowhere.toml"]), 1, "nowhere.toml");
    assert_refusal(&downhill_reading(b"[cost]\nformula = 'x^'", &["race", "-"]), 2, "<stdin>:2");
    assert_refusal(&race(&["--format", "jsn"]), 2, "jsn");
}

#[test]
fn a_view_is_none_of_a_file_of_numbers() {
    let given = ["render", "-", "-o", "-", "--format", "csv", "--view", "race"];
    assert_refusal(&downhill_reading(BOWL.as_bytes(), &given), 2, "--view is for pictures");
}

#[test]
fn a_figure_of_the_race_has_the_table_below_the_plot() {
    let plot = downhill_reading(BOWL.as_bytes(), &["render", "-", "-o", "-", "--format", "svg"]);
    let with_table =
        downhill_reading(BOWL.as_bytes(), &["render", "-", "-o", "-", "--format", "svg", "--view", "race"]);
    let [plot, with_table] =
        [plot, with_table].map(|output| String::from_utf8(output.stdout).unwrap_or_default());
    for head in ["grad.", "dist.", "outcome"] {
        let head = format!(">{head}<");
        assert!(with_table.contains(&head) && !plot.contains(&head), "{head}");
    }
}
