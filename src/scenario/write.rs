//! The value to the text of a scenario file, in a fixed order and layout.
//!
//! Everything is written that the picture depends on, every parameter included, so that a later version
//! with other defaults shows the same. Numbers are written so that they read back exactly.

use super::toml_text::{quoted, quoted_lines};
use super::{
    CostSource, Data, Scenario, constraints, cost, data, optimizers, run, series, sliders, treatment, view,
    window,
};

/// Writes a scenario file, in the lowest format that can say it. [`read`](super::read()) turns it into an equal scenario
/// again, provided that the scenario is one that a file may hold: finite numbers, ranges kept, a formula that compiles.
pub fn write(scenario: &Scenario) -> String {
    let mut head = vec![format!("format = {}", scenario.format())];
    head.push(format!("title = {}", quoted(&scenario.title)));
    // Without notes in the file a function's own would come back.
    if !scenario.notes.is_empty() || matches!(scenario.cost.source, CostSource::Function(_)) {
        head.push(format!("notes = {}", quoted_lines(&scenario.notes)));
    }
    if let Some(series) = &scenario.series {
        let [head, lines] = [head, series::lines(series)].map(|lines| lines.join("\n"));
        return format!("{head}\n\n[series]\n{lines}\n");
    }
    // No list at all stands for the methods that a scenario has where nobody names any.
    if scenario.optimizers.is_empty() {
        head.push("optimizer = []".to_owned());
    }
    let mut tables = vec![("", head), ("[cost]\n", cost::lines(&scenario.cost))];
    tables.extend(scenario.cost.data.as_ref().map(|rows| ("[data]\n", data::lines(rows))));
    let constraints = scenario.constraints.iter().map(constraints::lines);
    tables.extend(constraints.map(|lines| ("[[constraint]]\n", lines)));
    if !scenario.constraints.is_empty() {
        tables.push(("[treatment]\n", treatment::lines(&scenario.treatment)));
    }
    tables.push(("[window]\n", window::lines(scenario)));
    tables.push(("[run]\n", run::lines(&scenario.run, scenario.cost.is_of_one_variable())));
    if !scenario.sliders.is_empty() {
        tables.push(("[sliders]\n", sliders::lines(&scenario.sliders)));
    }
    tables.extend(scenario.optimizers.iter().map(|choice| ("[[optimizer]]\n", optimizers::lines(choice))));
    tables.extend(scenario.view.as_ref().map(|view| ("[view]\n", view::lines(view))));
    let tables = tables.iter().map(|(header, lines)| format!("{header}{}\n", lines.join("\n")));
    tables.collect::<Vec<_>>().join("\n")
}

/// Writes a scenario as [`write()`], with its rows in it wherever they are kept: for a text that goes without a folder.
pub fn write_inline(scenario: &Scenario) -> String {
    if let Some(series) = &scenario.series {
        return write(&Scenario { series: Some(series.inline()), ..scenario.clone() });
    }
    match &scenario.cost.data {
        Some(Data { file: Some(_), .. }) => {
            let mut whole = scenario.clone();
            if let Some(data) = &mut whole.cost.data {
                data.file = None;
            }
            write(&whole)
        }
        _ => write(scenario),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn the_layout_is_that_of_a_file_written_by_hand() {
        let sparse = r#"
            title = "A \"bowl\""
            notes = "first\nsecond \"quoted\""
            cost.formula = "a*u^2 + w^2"
            cost.variables = ["u", "w"]
            cost.constants = { a = 1 }
            cost.derivatives = "central-difference"
            cost.difference_step = 1e-5
            run.start = [-1.5, 0.5]
            window = { x = [-2, 2], y = [-1, 1e-7], levels = { scale = "log" } }
            [[optimizer]]
            method = "momentum"
            learning_rate = 0.001
            label = "slow"
            visible = false
        "#;
        let expected = r#"format = 1
title = "A \"bowl\""
notes = """
first
second "quoted\""""

[cost]
formula = "a*u^2 + w^2"
variables = ["u", "w"]
constants = { a = 1.0 }
goal = "minimize"
derivatives = "central-difference"
difference_step = 1e-5

[window]
x = [-2.0, 2.0]
y = [-1.0, 1e-7]
levels = { scale = "log", count = 20 }

[run]
start = [-1.5, 0.5]
steps = 500
tolerance = 1e-6

[[optimizer]]
method = "momentum"
learning_rate = 0.001
beta = 0.9
form = "standard"
label = "slow"
visible = false
"#;
        let written = write(&read(sparse, "sparse.toml").unwrap());
        assert_eq!(written, expected);
    }
}
