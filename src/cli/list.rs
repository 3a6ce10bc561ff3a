//! `downhill list`: what is built in, from the tables that everything else walks too.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::{CommandError, output};
use crate::objective::Goal;
use crate::objective::builtin::{BUILT_INS, BuiltIn, Group, LevelScaleHint};
use crate::optimizer::{METHODS, Method, Needs, Parameter, ParameterKind, ParameterValue};

const AFTER_HELP: &str = "\
The first column is the id that a scenario uses: function = \"rosenbrock\", method = \"adam\".
JSON is an array with an object for each row, which has more to say than the text.

Examples:
  downhill list functions
  downhill list optimizers --format json";

/// List what is built in: functions or optimizers.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct List {
    /// What to list
    #[arg(value_enum, value_name = "functions|optimizers", hide_possible_values = true)]
    pub table: Table,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Table {
    /// The built-in costs.
    Functions,
    /// The methods and their parameters.
    Optimizers,
}

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ListFormat {
    /// A table for people
    Text,
    /// An array of objects
    Json,
}

impl List {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        output::to_stdout(|out| match (self.table, self.format) {
            (Table::Functions, ListFormat::Text) => write_functions(out),
            (Table::Optimizers, ListFormat::Text) => write_optimizers(out),
            (Table::Functions, ListFormat::Json) => write_array(out, BUILT_INS.iter().map(function_object)),
            (Table::Optimizers, ListFormat::Json) => write_array(out, METHODS.iter().map(method_object)),
        })
    }
}

fn write_functions(out: &mut dyn Write) -> io::Result<()> {
    let id_width = width(BUILT_INS.iter().map(|row| row.id));
    let name_width = width(BUILT_INS.iter().map(|row| row.name));
    for group in Group::ALL {
        if group != Group::ALL[0] {
            writeln!(out)?;
        }
        writeln!(out, "{}", group.title())?;
        for row in BUILT_INS.iter().filter(|row| row.group == group) {
            writeln!(out, "  {:id_width$}  {:name_width$}  {}", row.id, row.name, row.formula)?;
        }
    }
    Ok(())
}

fn write_optimizers(out: &mut dyn Write) -> io::Result<()> {
    let id_width = width(METHODS.iter().map(|method| method.id));
    let name_width = width(METHODS.iter().map(|method| method.name));
    let parameters = || METHODS.iter().flat_map(|method| method.parameters);
    let parameter_width = width(parameters().map(|parameter| parameter.id));
    let default_width = parameters().map(|p| default_text(p).chars().count()).max().unwrap_or(0);
    for (index, method) in METHODS.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{:id_width$}  {:name_width$}  {}", method.id, method.name, method.formula)?;
        for parameter in method.parameters {
            let (id, default) = (parameter.id, default_text(parameter));
            let expected = parameter.expected();
            writeln!(out, "  {id:parameter_width$}  = {default:default_width$}  {expected}")?;
        }
    }
    Ok(())
}

/// The columns that the longest of the texts takes.
fn width<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}

/// A default as it is written in a scenario.
fn default_text(parameter: &Parameter) -> String {
    value_json(parameter.default_value()).to_string()
}

fn write_array(out: &mut dyn Write, rows: impl Iterator<Item = Value>) -> io::Result<()> {
    write!(out, "[")?;
    for (index, row) in rows.enumerate() {
        write!(out, "{}\n{row}", if index == 0 { "" } else { "," })?;
    }
    writeln!(out, "\n]")
}

fn function_object(row: &BuiltIn) -> Value {
    let constants: Map<_, _> = row.constants.iter().map(|(name, value)| (String::from(*name), json!(value))).collect();
    let rates: Map<_, _> = METHODS
        .iter()
        .filter_map(|method| Some((String::from(method.id), json!(row.rates.of(method.id)?))))
        .collect();
    let [x, y] = row.window;
    json!({
        "id": row.id,
        "name": row.name,
        "group": row.group.title(),
        "formula": row.formula,
        "variables": row.variables,
        "constants": constants,
        "goal": match row.goal { Goal::Minimize => "minimize", Goal::Maximize => "maximize" },
        "window": { "x": x, "y": y },
        "levels": match row.levels {
            LevelScaleHint::Linear => "linear",
            LevelScaleHint::Log => "log",
            LevelScaleHint::Quantile => "quantile",
        },
        "start": row.start,
        "steps": row.steps,
        "minima": row.minima,
        "rates": rates,
        "source": row.source,
        "teaches": row.teaches,
    })
}

fn method_object(method: &Method) -> Value {
    json!({
        "id": method.id,
        "name": method.name,
        "summary": method.summary,
        "formula": method.formula,
        "source": method.source,
        "needs": match method.needs { Needs::Gradient => "gradient", Needs::Hessian => "hessian" },
        "parameters": method.parameters.iter().map(parameter_object).collect::<Vec<_>>(),
    })
}

fn parameter_object(parameter: &Parameter) -> Value {
    let mut object = Map::new();
    object.insert("id".into(), parameter.id.into());
    object.insert("symbol".into(), parameter.symbol.into());
    object.insert("meaning".into(), parameter.meaning.into());
    object.insert("default".into(), value_json(parameter.default_value()));
    match parameter.kind {
        ParameterKind::Real { min, max, .. } => {
            object.insert("range".into(), json!([min, max]));
        }
        ParameterKind::Choice { options, .. } => {
            let ids: Vec<&str> = options.iter().map(|(id, _)| *id).collect();
            object.insert("options".into(), json!(ids));
        }
        ParameterKind::Switch { .. } => {
            object.insert("options".into(), json!([false, true]));
        }
    }
    object.into()
}

fn value_json(value: ParameterValue) -> Value {
    match value {
        ParameterValue::Real(value) => json!(value),
        ParameterValue::Choice(id) => json!(id),
        ParameterValue::Switch(is_on) => json!(is_on),
    }
}
