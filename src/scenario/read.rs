//! The text of a scenario file to the value, with the first mistake named by line and column.

use super::error::{ScenarioError, Source};
use super::table::{Field, Table};
use super::tables::{NoTables, Tables};
use super::{FORMAT, MAX_FILE_BYTES, MAX_NOTES_CHARS, MAX_TITLE_CHARS};
use super::{
    Scenario, constraints, cost, data, one_variable, optimizers, run, series, sliders, syntax, treatment,
    view, window,
};
use crate::objective::Goal;

/// What every file may say, and what a scenario of a cost may.
const HEAD: [&str; 3] = ["format", "title", "notes"];
const KEYS: [&str; 12] = [
    "format",
    "title",
    "notes",
    "cost",
    "data",
    "constraint",
    "treatment",
    "window",
    "run",
    "sliders",
    "optimizer",
    "view",
];

/// Reads the text of a scenario that names no table. `file` is what messages call it.
///
/// What the text leaves out is filled in as the [module's table](super) says.
///
/// # Errors
/// The first mistake: text that is not TOML, a format that is newer than [`FORMAT`], an unknown key, a value
/// of the wrong type or out of range, a formula that does not parse or names an unknown letter.
pub fn read(text: &str, file: &str) -> Result<Scenario, ScenarioError> {
    read_with(text, file, &NoTables)
}

/// Reads the text of a scenario as [`read`], whose tables are among these.
///
/// # Errors
/// As [`read`]; a table that cannot be read, at the place of its name.
pub fn read_with(text: &str, file: &str, tables: &dyn Tables) -> Result<Scenario, ScenarioError> {
    let source = Source { text, file };
    if text.len() > MAX_FILE_BYTES {
        let message = format!("the file has {} bytes, a scenario at most {MAX_FILE_BYTES}", text.len());
        return Err(source.error(0..0, message));
    }
    let document = syntax::parse(source)?;
    let root = Table::root(source, &document);
    let format = read_format(&root)?;
    if let Some(field) = root.get("series") {
        return read_series(&root, format, &field, tables);
    }
    root.only(&KEYS)?;

    let Some(cost_field) = root.get("cost") else {
        let message = "[cost] is missing: a scenario needs a [cost] with a `formula` or a `function`";
        return Err(root.error(message));
    };
    let rows = root.get("data").map(|field| data::read(&field.table("[data]")?, tables)).transpose()?;
    let cost = cost::read(&cost_field.table("[cost]")?, rows)?;
    let mut scenario = Scenario::of_cost(cost);
    read_head(&root, &mut scenario)?;
    if let Some(list) = root.get("constraint") {
        if scenario.cost.is_of_one_variable() {
            return Err(
                list.key_error("a [[constraint]] needs a cost of two variables, and this one has one")
            );
        }
        scenario.constraints = constraints::read(&list, &scenario.cost)?;
    }
    let is_constrained = !scenario.constraints.is_empty();
    if let Some(field) = root.get("treatment") {
        if !is_constrained {
            return Err(field.key_error(optimizers::WITHOUT_CONSTRAINT));
        }
        scenario.treatment = treatment::read(&field.table("[treatment]")?)?;
    }
    match root.get("window") {
        Some(field) => window::read(&field.table("[window]")?, &mut scenario)?,
        None if scenario.cost.is_of_one_variable() => {
            scenario.window.y = one_variable::fitting_values(&scenario.cost, scenario.window.x);
        }
        None => {}
    }
    let run = root.get("run").map(|field| field.table("[run]")).transpose()?;
    run::read(run.as_ref(), &mut scenario)?;
    if let Some(ranges) = root.get("sliders") {
        scenario.sliders = sliders::read(&ranges.table("[sliders]")?, &scenario.cost)?;
    }
    if let Some(list) = root.get("optimizer") {
        let tables = list.tables()?;
        scenario.optimizers = optimizers::read(&tables, &scenario.cost, is_constrained)?;
        optimizers::check(&scenario, &tables)?;
        one_variable::check(&mut scenario, &tables)?;
        treatment::check(&scenario, &tables)?;
    } else if scenario.cost.goal == Goal::Zero {
        let Scenario { cost, run, window, .. } = &scenario;
        scenario.optimizers = one_variable::default_runs(cost, run.start, *window);
    } else if is_constrained {
        // Where nobody names any there are those of the methods that fit.
        let kind = scenario.treatment.kind;
        scenario.optimizers.retain(|choice| kind.misfit(&choice.settings).is_none());
    }
    if let Some(field) = root.get("view") {
        scenario.view = Some(view::read(&field.table("[view]")?, &scenario)?);
    }
    of_format(scenario, format)
}

/// A series, which stands in a file of its own.
fn read_series(
    root: &Table<'_>,
    format: Option<(u32, Field<'_>)>,
    field: &Field<'_>,
    tables: &dyn Tables,
) -> Result<Scenario, ScenarioError> {
    let beside = |field: &Field<'_>| KEYS.contains(&field.key) && !HEAD.contains(&field.key);
    if let Some(other) = root.fields().into_iter().find(beside) {
        let message = format!(
            "`{}` stands beside [series]: a series is a file of its own, with nothing but format, title and notes beside it",
            other.key
        );
        return Err(other.key_error(message));
    }
    root.only(&["format", "title", "notes", "series"])?;
    let series = series::read(&field.table("[series]")?, tables)?;
    let mut scenario = Scenario::of_series(series);
    read_head(root, &mut scenario)?;
    of_format(scenario, format)
}

/// Reads title and notes, where there are some.
fn read_head(root: &Table<'_>, scenario: &mut Scenario) -> Result<(), ScenarioError> {
    if let Some(title) = root.get("title") {
        scenario.title = title.text_up_to(MAX_TITLE_CHARS)?.to_owned();
    }
    if let Some(notes) = root.get("notes") {
        scenario.notes = notes.text_up_to(MAX_NOTES_CHARS)?.to_owned();
    }
    Ok(())
}

/// The scenario, if the format that the file says it has knows all of it.
fn of_format(scenario: Scenario, format: Option<(u32, Field<'_>)>) -> Result<Scenario, ScenarioError> {
    match (format, scenario.newer()) {
        (Some((1, field)), Some(newer)) => Err(field.error(format!(
            "this file says format 1, and {newer} came with format {FORMAT}: write `format = {FORMAT}`"
        ))),
        _ => Ok(scenario),
    }
}

/// The format that the file says it has, with its place.
fn read_format<'a>(root: &Table<'a>) -> Result<Option<(u32, Field<'a>)>, ScenarioError> {
    let Some(field) = root.get("format") else { return Ok(None) };
    let Ok(format) = field.whole(1..=u32::MAX) else {
        return Err(field.unexpected(&format!("a whole number from 1 to {FORMAT}")));
    };
    if format > FORMAT {
        let message = format!(
            "this file has format {format}, and this program reads formats up to {FORMAT}: a newer Downhill is needed"
        );
        return Err(field.error(message));
    }
    Ok(Some((format, field)))
}
