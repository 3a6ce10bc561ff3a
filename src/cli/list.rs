//! `downhill list`: what is built in, from the tables that everything else walks too.

mod objects;

use std::io::{self, Write};

use serde_json::Value;

use super::{CommandError, output};
use crate::builtin::{BUILT_INS, Group};
use crate::optimizer::{METHODS, Parameter};

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
            (Table::Functions, ListFormat::Json) => write_array(out, BUILT_INS.iter().map(objects::function)),
            (Table::Optimizers, ListFormat::Json) => write_array(out, METHODS.iter().map(objects::method)),
        })
    }
}

fn write_functions(out: &mut dyn Write) -> io::Result<()> {
    let id_width = width(BUILT_INS.iter().map(|row| row.id));
    let name_width = width(BUILT_INS.iter().map(|row| row.name));
    for (index, group) in Group::ALL.into_iter().enumerate() {
        if index > 0 {
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
    objects::value(parameter.default_value()).to_string()
}

fn write_array(out: &mut dyn Write, rows: impl Iterator<Item = Value>) -> io::Result<()> {
    write!(out, "[")?;
    for (index, row) in rows.enumerate() {
        write!(out, "{}\n{row}", if index == 0 { "" } else { "," })?;
    }
    writeln!(out, "\n]")
}
