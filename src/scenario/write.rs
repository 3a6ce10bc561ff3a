//! The value to the text of a scenario file, in a fixed order and layout.
//!
//! Everything is written that the picture depends on, every parameter included, so that a later version
//! with other defaults shows the same. Numbers are written so that they read back exactly.

use std::fmt::Write;

use super::{Cost, CostSource, FORMAT, OptimizerChoice, Scenario};
use crate::objective::Derivatives;
use crate::optimizer::ParameterValue;
use crate::spelling::Selectable;

/// Writes a scenario file. [`read`](super::read()) turns it into an equal scenario again, provided that the
/// scenario is one that a file may hold: finite numbers, ranges kept, a formula that compiles.
pub fn write(scenario: &Scenario) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    line(format!("format = {FORMAT}"));
    line(format!("title = {}", quoted(&scenario.title)));
    // Without notes in the file a function's own would come back.
    if !scenario.notes.is_empty() || matches!(scenario.cost.source, CostSource::Function(_)) {
        line(format!("notes = {}", quoted_lines(&scenario.notes)));
    }
    // No list at all stands for all methods.
    if scenario.optimizers.is_empty() {
        line("optimizer = []".to_owned());
    }
    line(format!("\n[cost]\n{}", cost_lines(&scenario.cost).join("\n")));

    let scale = scenario.levels.scale.id();
    line(format!("\n[window]\nx = {}\ny = {}", pair(scenario.window.x), pair(scenario.window.y)));
    line(format!("levels = {{ scale = \"{scale}\", count = {} }}", scenario.levels.count));

    let run = &scenario.run;
    line(format!("\n[run]\nstart = {}\nsteps = {}", pair(run.start), run.steps));
    line(format!("tolerance = {:?}", run.tolerance));
    if !scenario.sliders.is_empty() {
        let ranges = scenario.sliders.iter().map(|(name, range)| format!("{} = {}", key(name), pair(*range)));
        line(format!("\n[sliders]\n{}", ranges.collect::<Vec<_>>().join("\n")));
    }
    for choice in &scenario.optimizers {
        line(format!("\n{}", write_optimizer(choice).trim_end()));
    }
    out
}

fn cost_lines(cost: &Cost) -> Vec<String> {
    let mut lines = Vec::new();
    match &cost.source {
        CostSource::Function(id) => lines.push(format!("function = {}", quoted(id))),
        CostSource::Formula(text) => {
            lines.push(format!("formula = {}", quoted(text)));
            let [x, y] = &cost.variables;
            lines.push(format!("variables = [{}, {}]", quoted(x), quoted(y)));
        }
    }
    if !cost.constants.is_empty() {
        let constants: Vec<String> =
            cost.constants.iter().map(|(name, value)| format!("{} = {value:?}", key(name))).collect();
        lines.push(format!("constants = {{ {} }}", constants.join(", ")));
    }
    lines.push(format!("goal = \"{}\"", cost.goal.id()));
    lines.push(format!("derivatives = \"{}\"", cost.derivatives.id()));
    if let Derivatives::CentralDifference { step } = cost.derivatives {
        lines.push(format!("difference_step = {step:?}"));
    }
    lines
}

/// One run as it stands in a scenario file, to be pasted into another.
pub fn write_optimizer(choice: &OptimizerChoice) -> String {
    format!("[[optimizer]]\n{}\n", optimizer_lines(choice).join("\n"))
}

fn optimizer_lines(choice: &OptimizerChoice) -> Vec<String> {
    let mut lines = vec![format!("method = {}", quoted(choice.settings.method().id))];
    for (parameter, value) in choice.settings.iter() {
        lines.push(match value {
            ParameterValue::Real(number) => format!("{} = {number:?}", parameter.id),
            ParameterValue::Choice(id) => format!("{} = {}", parameter.id, quoted(id)),
            ParameterValue::Switch(is_on) => format!("{} = {is_on}", parameter.id),
        });
    }
    if let Some(label) = &choice.label {
        lines.push(format!("label = {}", quoted(label)));
    }
    if !choice.visible {
        lines.push("visible = false".to_owned());
    }
    lines
}

fn pair([first, second]: [f64; 2]) -> String {
    format!("[{first:?}, {second:?}]")
}

/// A bare key where TOML allows one, else a quoted one.
fn key(name: &str) -> String {
    let is_bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if is_bare { name.to_owned() } else { quoted(name) }
}

/// A basic string on one line.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        push_escaped(&mut out, c);
    }
    out.push('"');
    out
}

/// As [`quoted`], but text with line breaks keeps them, and quotes that cannot end it stay as they are.
fn quoted_lines(text: &str) -> String {
    if !text.contains('\n') {
        return quoted(text);
    }
    let mut out = String::from("\"\"\"\n");
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\n' => out.push('\n'),
            '"' if characters.peek().is_some_and(|next| *next != '"') => out.push('"'),
            _ => push_escaped(&mut out, c),
        }
    }
    out.push_str("\"\"\"");
    out
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '"' | '\\' => out.extend(['\\', c]),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if c.is_control() || c == '\u{feff}' => {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{:04X}", u32::from(c));
        }
        c => out.push(c),
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

    #[test]
    fn strings_are_escaped() {
        assert_eq!(quoted("a\"b\\c\n\t\r\u{1}\u{7f}θ"), "\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u007Fθ\"");
        assert_eq!(quoted_lines("\"\"\"\n"), "\"\"\"\n\\\"\\\"\"\n\"\"\"");
        assert_eq!((key("a-1"), key("θ"), key("")), ("a-1".into(), "\"θ\"".into(), "\"\"".into()));
    }
}
