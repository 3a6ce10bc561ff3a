//! The table in a scenario's file: read, and written.

use super::super::cost::formula_error;
use super::super::error::ScenarioError;
use super::super::run::MAX_SEED;
use super::super::table::{Field, Table};
use super::super::tables::Tables;
use super::super::toml_text::quoted;
use super::{
    LARGEST_VALUE, MAX_BETAS, MAX_VALUES, SeriesError, SeriesFormula, SeriesSource, TimeSeries, is_value,
};
use crate::data::TableError;
use crate::data::csv::{CsvError, read_columns};
use crate::spelling::Selectable as _;

/// What stands where a formula has no `count`.
const COUNT: u32 = 200;

/// Reads `[series]`, whose file is one of `tables`.
pub(in super::super) fn read(table: &Table<'_>, tables: &dyn Tables) -> Result<TimeSeries, ScenarioError> {
    table.only(&["values", "file", "column", "formula", "count", "seed", "beta", "bias_correction"])?;
    let mut sources: Vec<Field<'_>> =
        ["values", "file", "formula"].iter().filter_map(|key| table.get(key)).collect();
    sources.sort_by_key(|field| field.key_span.start);
    let mut sources = sources.into_iter();
    let Some(source) = sources.next() else {
        let message = "[series] needs `values` such as [10.0, 12.0], a `file` such as \"noise.csv\", or a `formula` such as \
                       \"sin(t/10) + 0.3*noise\"";
        return Err(table.error(message));
    };
    if let Some(other) = sources.next() {
        let message = format!("[series] has both `{}` and `{}`: keep one of them", source.key, other.key);
        return Err(other.key_error(message));
    }
    for (key, of) in [("column", "file"), ("count", "formula"), ("seed", "formula")] {
        if let Some(field) = table.get(key).filter(|_| source.key != of) {
            return Err(field.key_error(format!("{} goes with a `{of}`, and there is none", field.what())));
        }
    }
    let mut series = match source.key {
        "values" => TimeSeries::default().with_values(values_of(&source)?),
        "file" => of_file(table, &source, tables)?,
        _ => of_formula(table, &source)?,
    };
    if let Some(field) = table.get("beta") {
        series.betas = betas_of(&field)?;
    }
    if let Some(field) = table.get("bias_correction") {
        series.bias_correction = field.choice()?;
    }
    Ok(series)
}

fn values_of(field: &Field<'_>) -> Result<Vec<f64>, ScenarioError> {
    let items = field.items("a list of numbers such as [10.0, 12.0]")?;
    if items.is_empty() {
        return Err(field.error(format!("{} has no number: a series needs at least one", field.what())));
    }
    if items.len() > MAX_VALUES {
        let message = format!("{} has {} numbers, a series at most {MAX_VALUES}", field.what(), items.len());
        return Err(field.error(message));
    }
    let value = |item: &Field<'_>| {
        let value = item.real()?;
        if is_value(value) { Ok(value + 0.0) } else { Err(item.unexpected(&size_words())) }
    };
    items.iter().map(value).collect()
}

fn size_words() -> String {
    format!("numbers up to {LARGEST_VALUE:e} in size")
}

/// What is wrong with a column of a table that cannot be a series.
pub(super) fn too_large(column: &str, values: &[f64]) -> Option<String> {
    let row = values.iter().position(|value| !is_value(*value))?;
    Some(format!("row {} of the column `{column}` is too large: {}", row + 1, size_words()))
}

/// The numbers of a column, which need not be named where there is but one.
fn of_file(table: &Table<'_>, file: &Field<'_>, tables: &dyn Tables) -> Result<TimeSeries, ScenarioError> {
    let name = file.text()?;
    let text = tables.text(name).map_err(|reason| {
        // What else could be done than with rows.
        let reason = reason.replace("give its `rows`", "give its `values`");
        file.error(format!("`{name}` {reason}"))
    })?;
    let column = table.get("column").map(|field| Ok((field.text()?.to_owned(), field))).transpose()?;
    let wanted = column.as_ref().map(|(name, _)| vec![name.clone()]);
    let at = column.as_ref().map_or(file, |(_, field)| field);
    let numbers = match read_columns(&text, wanted.as_deref()) {
        Ok(read) => read.table,
        Err(CsvError::Table(TableError::NoColumn)) => {
            return Err(file.error(format!("`{name}` has no column of numbers")));
        }
        Err(error) => return Err(at.error(format!("`{name}`: {error}"))),
    };
    let (names, columns) = (numbers.names(), numbers.columns());
    let ([column], [values]) = (names, columns) else {
        let message = format!("`{name}` has the columns {}: say which with `column`", names.join(", "));
        return Err(file.error(message));
    };
    if let Some(problem) = too_large(column, values) {
        return Err(at.error(format!("`{name}`: {problem}")));
    }
    Ok(TimeSeries::new(values.clone()).in_file(name.to_owned(), column.clone()))
}

fn of_formula(table: &Table<'_>, field: &Field<'_>) -> Result<TimeSeries, ScenarioError> {
    let formula = field.text()?.to_owned();
    let most = u32::try_from(MAX_VALUES).unwrap_or(u32::MAX);
    let count = table.get("count").map_or(Ok(COUNT), |field| field.whole(1..=most))?;
    let seed = table.get("seed").map_or(Ok(1), |field| field.whole(0..=MAX_SEED))?;
    let made = TimeSeries::default().with_formula(SeriesFormula { formula: formula.clone(), count, seed });
    made.map_err(|error| match error {
        SeriesError::Formula(error) => formula_error(field, &formula, &error),
        error => field.error(format!("formula: {error}")),
    })
}

fn betas_of(field: &Field<'_>) -> Result<Vec<f64>, ScenarioError> {
    let beta = |field: &Field<'_>| {
        let beta = field.real()?;
        match (0.0..1.0).contains(&beta) {
            // A zero has no sign.
            true => Ok(beta + 0.0),
            false if beta == 1.0 => {
                let what = field.what();
                Err(field
                    .error(format!("{what} must be below 1: with 1 the average stays 0, whatever comes")))
            }
            false => Err(field.unexpected("a number from 0 to below 1")),
        }
    };
    if !field.is_list() {
        return Ok(vec![beta(field)?]);
    }
    let items = field.items("a number or a list such as [0.9, 0.98]")?;
    if items.is_empty() || items.len() > MAX_BETAS {
        let message = format!("{} has from 1 to {MAX_BETAS} numbers, not {}", field.what(), items.len());
        return Err(field.error(message));
    }
    items.iter().map(beta).collect()
}

/// The lines of the table.
pub(in super::super) fn lines(series: &TimeSeries) -> Vec<String> {
    let mut lines = match series.source() {
        SeriesSource::Values => vec![format!("values = {:?}", series.values())],
        SeriesSource::File { file, column } => {
            vec![format!("file = {}", quoted(file)), format!("column = {}", quoted(column))]
        }
        SeriesSource::Formula(SeriesFormula { formula, count, seed }) => {
            vec![
                format!("formula = {}", quoted(formula)),
                format!("count = {count}"),
                format!("seed = {seed}"),
            ]
        }
    };
    lines.push(match series.betas.as_slice() {
        [beta] => format!("beta = {beta:?}"),
        betas => format!("beta = {betas:?}"),
    });
    lines.push(format!("bias_correction = {}", quoted(series.bias_correction.id())));
    lines
}

/// What the first format does not know of.
pub(in super::super) fn newer(series: Option<&TimeSeries>) -> Option<String> {
    series.map(|_| "[series]".to_owned())
}
