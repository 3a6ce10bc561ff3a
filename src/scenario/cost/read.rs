//! Reads the `[cost]` table, with the mistakes of a formula at its characters inside the file.

use std::ops::Range;

use super::super::error::ScenarioError;
use super::super::table::{Field, Table};
use super::{Cost, Data, MAX_CONSTANTS, penalty, text_span};
use crate::builtin::{self, BUILT_INS, BuiltIn};
use crate::expr::{Expression, FormulaError, NO_VARIABLE, canonical_name, display_name, why_no_name};
use crate::objective::{Derivatives, Goal};
use crate::spelling::{any_of, did_you_mean, near};

/// Reads `[cost]`, made of these rows if there are any. The cost that comes back compiles.
pub(in super::super) fn read(table: &Table<'_>, data: Option<Data>) -> Result<Cost, ScenarioError> {
    table.only(&[
        "formula",
        "function",
        "variables",
        "constants",
        "reduce",
        "l1",
        "l2",
        "regularize",
        "goal",
        "derivatives",
        "difference_step",
    ])?;
    let mut cost = match (table.get("formula"), table.get("function")) {
        (Some(formula), None) => of_formula(table, &formula, data)?,
        (None, Some(function)) if data.is_some() => return Err(function.key_error(WITH_DATA)),
        (None, Some(function)) => of_function(table, &function)?,
        (Some(formula), Some(function)) => {
            let later = if formula.key_span.start > function.key_span.start { formula } else { function };
            return Err(later.key_error("[cost] has both a `formula` and a `function`: keep one of them"));
        }
        (None, None) => {
            let message =
                "[cost] needs a `formula` in quotes or a `function` (`downhill list functions` shows all)";
            return Err(table.error(message));
        }
    };
    if let Some(field) = table.get("reduce") {
        let Some(data) = &mut cost.data else {
            return Err(field
                .key_error("`reduce` needs a [data] table: it says what becomes of the losses of its rows"));
        };
        data.reduce = field.choice()?;
    }
    if let Some(goal) = table.get("goal") {
        cost.goal = goal.choice()?;
        if cost.goal == Goal::Zero && !cost.is_of_one_variable() {
            return Err(goal.error(
                "goal = \"zero\" looks for a root of a function of one variable: write variables = [\"x\"] for the one it has",
            ));
        }
    }
    cost.penalty = penalty::read(table, &cost)?;
    cost.derivatives = read_derivatives(table)?;
    Ok(cost)
}

fn of_function(table: &Table<'_>, function: &Field<'_>) -> Result<Cost, ScenarioError> {
    let typed = function.text()?;
    let Some(row) = builtin::find(typed) else {
        let near = nearest_function(typed).map(|id| format!(": did you mean `{id}`?")).unwrap_or_default();
        let message = format!("unknown function `{typed}`{near} (`downhill list functions` shows all)");
        return Err(function.error(message));
    };
    if let Some(field) = table.get("variables") {
        let [(first, _), (second, _)] = field.two_texts()?;
        let [x, y] = row.variables;
        if !is_same_name(first, x) || !is_same_name(second, y) {
            let message = format!(
                "the function `{}` has the variables [\"{x}\", \"{y}\"]: only a `formula` can name its own",
                row.id
            );
            return Err(field.error(message));
        }
    }
    let mut cost = Cost::of_built_in(row);
    for field in constant_fields(table)? {
        let Some(constant) = cost.constants.iter_mut().find(|(name, _)| is_same_name(name, field.key)) else {
            return Err(field.key_error(unknown_constant(field.key, row)));
        };
        constant.1 = field.real()?;
    }
    Ok(cost)
}

fn unknown_constant(typed: &str, row: &BuiltIn) -> String {
    let names = || row.constants.iter().map(|(name, _)| *name);
    if row.constants.is_empty() {
        return format!("the function `{}` has no constants, so no `{typed}`", row.id);
    }
    let expected = did_you_mean(typed, names()).unwrap_or_else(|| format!("it has {}", any_of(names())));
    format!("the function `{}` has no constant `{typed}`: {expected}", row.id)
}

/// Function ids are also found by their names: "Himmelblau's function".
fn nearest_function(typed: &str) -> Option<&'static str> {
    near(typed, BUILT_INS.iter().map(|row| row.id)).or_else(|| {
        let name = near(typed, BUILT_INS.iter().map(|row| row.name))?;
        BUILT_INS.iter().find(|row| row.name == name).map(|row| row.id)
    })
}

/// What is said of a function with rows.
const WITH_DATA: &str =
    "with [data] the cost is a `formula`, the loss of one row: a built-in function has no columns";

fn of_formula(table: &Table<'_>, formula: &Field<'_>, data: Option<Data>) -> Result<Cost, ScenarioError> {
    let text = formula.text()?;
    let mut cost = Cost { data, ..Cost::of_formula(text) };
    if let Some(field) = table.get("variables") {
        let names = field.texts()?;
        for (name, span) in &names {
            check_name(&field, name, span.clone(), "a variable")?;
        }
        let [x, y] = match names.as_slice() {
            [(x, _)] => [*x, NO_VARIABLE],
            [(x, _), (y, _)] if !is_same_name(x, y) => [*x, *y],
            [(x, _), (_, y_span)] => {
                let message = format!("the two variables must differ, and both are `{}`", display_name(x));
                return Err(field.source.error(y_span.clone(), message));
            }
            other => {
                let expected = "two names such as [\"x\", \"y\"], or one such as [\"x\"]";
                return Err(field.error(format!("{} must be {expected}, not {}", field.what(), other.len())));
            }
        };
        let parsed = Expression::parse(text).ok().filter(Expression::names_variables);
        if let Some([first, second]) = parsed.map(|parsed| parsed.variables([x, y]))
            && !(is_same_name(x, &first) && is_same_name(y, &second))
        {
            let [first, second] = [first, second].map(|name| display_name(&name));
            let message = format!("the formula says left of `=` that its variables are {first} and {second}");
            return Err(field.error(message));
        }
        cost.variables = [x.to_owned(), y.to_owned()];
    }
    for field in constant_fields(table)? {
        check_name(&field, field.key, field.key_span.clone(), "a constant")?;
        if cost.variables.iter().any(|variable| is_same_name(variable, field.key)) {
            let message = format!("`{}` is a variable, so it cannot be a constant too", field.key);
            return Err(field.key_error(message));
        }
        if cost.constants.iter().any(|(name, _)| is_same_name(name, field.key)) {
            let message = format!("the constant `{}` is given twice", display_name(field.key));
            return Err(field.key_error(message));
        }
        cost.constants.push((field.key.to_owned(), field.real()?));
    }
    check_columns(table, &cost)?;
    match cost.objective() {
        Ok(_) => Ok(cost),
        Err(error) => Err(formula_error(formula, text, &error)),
    }
}

/// Refuses columns that a formula could not tell from its variables and constants.
fn check_columns(table: &Table<'_>, cost: &Cost) -> Result<(), ScenarioError> {
    for column in cost.columns() {
        if let Some(why) = why_no_name(column) {
            return Err(table.error(format!("`{column}` cannot name a column of [data]: {why}")));
        }
        if cost.variables.iter().any(|variable| is_same_name(variable, column)) {
            return Err(table.error(format!(
                "`{column}` is a column of [data] and a variable too: name the variables in [cost], such as variables = \
                 [\"theta0\", \"theta1\"]"
            )));
        }
        if cost.constants.iter().any(|(constant, _)| is_same_name(constant, column)) {
            return Err(
                table.error(format!("`{column}` is a column of [data], so it cannot be a constant too"))
            );
        }
    }
    Ok(())
}

/// A mistake in the formula, at the wrong characters inside the TOML string.
pub(in super::super) fn formula_error(
    formula: &Field<'_>,
    text: &str,
    error: &FormulaError,
) -> ScenarioError {
    let token = formula.source.text.get(formula.span()).unwrap_or_default();
    let span = text_span::in_file(token, formula.span().start, text, error.span.clone());
    formula.source.error(span, format!("formula: {error}"))
}

fn constant_fields<'a>(table: &Table<'a>) -> Result<Vec<Field<'a>>, ScenarioError> {
    let Some(constants) = table.get("constants") else { return Ok(Vec::new()) };
    let fields = constants.table("[cost.constants]")?.fields();
    if fields.len() > MAX_CONSTANTS {
        let message = format!("a cost has at most {MAX_CONSTANTS} constants, not {}", fields.len());
        return Err(constants.error(message));
    }
    Ok(fields)
}

/// Refuses what a formula could not call by this name.
fn check_name(field: &Field<'_>, name: &str, span: Range<usize>, role: &str) -> Result<(), ScenarioError> {
    match why_no_name(name) {
        Some(why) => Err(field.source.error(span, format!("`{name}` cannot name {role}: {why}"))),
        None => Ok(()),
    }
}

/// `theta_1` and `θ₁` are the same name.
fn is_same_name(a: &str, b: &str) -> bool {
    canonical_name(a) == canonical_name(b)
}

fn read_derivatives(table: &Table<'_>) -> Result<Derivatives, ScenarioError> {
    let is_exact = match table.get("derivatives") {
        Some(field) => field.one_of(&[(Derivatives::IDS[0], true), (Derivatives::IDS[1], false)])?,
        None => true,
    };
    match (is_exact, table.get("difference_step")) {
        (true, None) => Ok(Derivatives::Exact),
        (true, Some(field)) => {
            Err(field.key_error("`difference_step` needs derivatives = \"central-difference\" beside it"))
        }
        (false, Some(field)) => {
            let step = field.real()?;
            if step <= 0.0 {
                return Err(field.error(format!("{} must be larger than 0, not {step:?}", field.what())));
            }
            Ok(Derivatives::CentralDifference { step })
        }
        (false, None) => {
            let message =
                "derivatives = \"central-difference\" needs a difference_step beside it, such as 1e-5";
            Err(table.get("derivatives").map_or_else(|| table.error(message), |field| field.error(message)))
        }
    }
}
