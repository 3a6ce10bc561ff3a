//! The `[[optimizer]]` tables.

use super::error::ScenarioError;
use super::table::{Field, Table};
use super::{Cost, MAX_OPTIMIZERS, MAX_TITLE_CHARS, OptimizerChoice};
use crate::optimizer::{METHODS, Method, Parameter, ParameterKind, ParameterValue, method};
use crate::spelling::{any_of, near};

/// Reads the list of optimizers; the cost suggests learning rates.
pub(super) fn read(list: &Field<'_>, cost: &Cost) -> Result<Vec<OptimizerChoice>, ScenarioError> {
    let tables = list.tables()?;
    if let Some(table) = tables.get(MAX_OPTIMIZERS) {
        let message = format!("a scenario has at most {MAX_OPTIMIZERS} optimizers, not {}", tables.len());
        return Err(table.error(message));
    }
    tables.iter().map(|table| read_one(table, cost)).collect()
}

fn read_one(table: &Table<'_>, cost: &Cost) -> Result<OptimizerChoice, ScenarioError> {
    let Some(method_field) = table.get("method") else {
        // A misspelled `method` is better named than missed.
        let known: Vec<&str> = ["method", "label", "visible"].into_iter().chain(all_parameters()).collect();
        table.only(&known)?;
        let message =
            "[[optimizer]] needs a `method`, such as \"adam\" (`downhill list optimizers` shows all)";
        return Err(table.error(message));
    };
    let method = read_method(&method_field)?;
    let mut known: Vec<&str> = vec!["method", "label", "visible"];
    known.extend(method.parameters.iter().map(|parameter| parameter.id));
    let is_foreign =
        |field: &Field<'_>| !known.contains(&field.key) && all_parameters().any(|id| id == field.key);
    if let Some(field) = table.fields().into_iter().find(is_foreign) {
        let takes = any_of(method.parameters.iter().map(|parameter| parameter.id));
        let message = format!("`{}` has no parameter `{}`: it takes {takes}", method.id, field.key);
        return Err(field.key_error(message));
    }
    table.only(&known)?;

    let mut choice = OptimizerChoice::new(cost.suggested_settings(method));
    for parameter in method.parameters {
        let Some(field) = table.get(parameter.id) else { continue };
        let value = read_parameter(&field, parameter)?;
        choice
            .settings
            .set(parameter.id, value)
            .map_err(|error| field.error(format!("{}: {error}", field.what())))?;
    }
    if let Some(label) = table.get("label") {
        choice.label = Some(label.text_up_to(MAX_TITLE_CHARS)?.to_owned());
    }
    if let Some(visible) = table.get("visible") {
        choice.visible = visible.switch()?;
    }
    Ok(choice)
}

fn all_parameters() -> impl Iterator<Item = &'static str> {
    METHODS.iter().flat_map(|method| method.parameters.iter().map(|parameter| parameter.id))
}

fn read_method(field: &Field<'_>) -> Result<&'static Method, ScenarioError> {
    let typed = field.text()?;
    method(typed).ok_or_else(|| {
        let found = near(typed, METHODS.iter().map(|method| method.id)).or_else(|| {
            let name = near(typed, METHODS.iter().map(|method| method.name))?;
            METHODS.iter().find(|method| method.name == name).map(|method| method.id)
        });
        let suggestion = found.map(|id| format!(": did you mean `{id}`?")).unwrap_or_default();
        field.error(format!("unknown method `{typed}`{suggestion} (`downhill list optimizers` shows all)"))
    })
}

fn read_parameter(field: &Field<'_>, parameter: &Parameter) -> Result<ParameterValue, ScenarioError> {
    match &parameter.kind {
        ParameterKind::Real { .. } => {
            let value = ParameterValue::Real(field.real()?);
            if parameter.accepts(value) { Ok(value) } else { Err(field.unexpected(&parameter.expected())) }
        }
        ParameterKind::Choice { options, .. } => {
            let ids: Vec<(&str, &'static str)> = options.iter().map(|(id, _)| (*id, *id)).collect();
            Ok(ParameterValue::Choice(field.one_of(&ids)?))
        }
        ParameterKind::Switch { .. } => Ok(ParameterValue::Switch(field.switch()?)),
    }
}
