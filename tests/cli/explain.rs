//! `downhill explain`.

use std::process::Output;

use serde_json::Value;

use crate::{assert_output, assert_refusal, downhill, downhill_reading};

/// Every method, one of them twice, on a cost that is maximized.
const SCENARIO: &str = r#"
[cost]
formula = "3 - (u-1)^2 - 2*(v+1)^4"
variables = ["u", "v"]
goal = "maximize"
[run]
start = [-1.0, 1.0]
steps = 9
tolerance = 0.0
[[optimizer]]
method = "gd"
learning_rate = 0.01
[[optimizer]]
method = "momentum"
form = "ewma"
[[optimizer]]
method = "nesterov"
learning_rate = 0.002
label = "Look ahead"
[[optimizer]]
method = "adam"
[[optimizer]]
method = "newton"
variant = "modified"
"#;

fn explain(arguments: &[&str]) -> Output {
    downhill_reading(SCENARIO.as_bytes(), &[&["explain", "-"], arguments].concat())
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

#[test]
fn the_last_stage_of_each_step_is_the_next_point_bit_for_bit() {
    let runs = json(&downhill_reading(SCENARIO.as_bytes(), &["run", "-"]));
    for (index, run) in runs["runs"].as_array().unwrap().iter().enumerate() {
        for step in [1, 2, 9] {
            let [n, k] = [index + 1, step].map(|number| number.to_string());
            let explained = json(&explain(&["--run", &n, "--step", &k, "--format", "json"]));
            for key in ["method", "label"] {
                assert_eq!(explained[key], run[key]);
            }
            assert_eq!((&explained["run"], &explained["step"]), (&(index + 1).into(), &step.into()));
            assert_eq!(explained["from"], run["points"][step - 1]);
            assert_eq!(explained["to"], run["points"][step]);
            let stages = explained["stages"].as_array().unwrap();
            let last = stages.last().unwrap();
            assert_eq!((&last["id"], &last["value"]), (&"point".into(), &explained["to"]));
            let gradient = stages.iter().find(|stage| stage["id"] == "gradient").unwrap();
            assert!(gradient["formula"].as_str().unwrap().starts_with("g ← −∇J(θ"), "{gradient}");
        }
    }
}

#[test]
fn a_step_is_printed_as_lines_and_as_latex() {
    let text = "Run 1, Gradient descent, step 1\n\
        \n\
        Gradient: direction of steepest ascent where the step begins\n\
        \x20 g ← −∇J(θ)\n\
        \x20 g = −(4, −64) = (−4, 64)\n\
        \n\
        Displacement: what the step subtracts: the slope times the rate\n\
        \x20 α g\n\
        \x20 0.01·(−4, 64) = (−0.04, 0.64)\n\
        \n\
        Point: the next iterate\n\
        \x20 θ ← θ − α g\n\
        \x20 θ = (−1, 1) − 0.01·(−4, 64) = (−0.96, 0.36)\n";
    assert_output(&explain(&["--run", "1", "--step", "1"]), 0, text, "");
    let latex =
        String::from_utf8(explain(&["--run", "1", "--step", "1", "--format", "latex"]).stdout).unwrap();
    let lines: Vec<&str> = latex.lines().collect();
    assert_eq!(lines[6..8], ["% Point: the next iterate", r"\theta \leftarrow \theta - \alpha\,g"]);
}

#[test]
fn a_step_that_a_run_does_not_have_is_refused_with_how_many_there_are() {
    assert_refusal(
        &explain(&["--run", "6", "--step", "1"]),
        2,
        "--run 6: the scenario has 5 runs, from 1 to 5",
    );
    assert_refusal(&explain(&["--run", "0", "--step", "1"]), 2, "--run 0: the scenario has 5 runs");
    for step in ["0", "10", "18446744073709551615"] {
        let says = format!("--step {step}: Look ahead takes 9 steps, from 1 to 9 (all 9 steps taken");
        assert_refusal(&explain(&["--run", "3", "--step", step]), 2, &says);
    }
    assert_refusal(&downhill(&["explain", "nowhere.toml", "--run", "1", "--step", "1"]), 1, "nowhere.toml");
    let at_rest = "[cost]\nformula = 'x^2 + y^2'\n[run]\nstart = [0, 0]\n[[optimizer]]\nmethod = 'gd'";
    let refused = downhill_reading(at_rest.as_bytes(), &["explain", "-", "--run", "1", "--step", "1"]);
    assert_refusal(&refused, 2, "--step 1: Gradient descent takes no step (converged");
}
