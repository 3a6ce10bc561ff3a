//! `l1`, `l2` and `regularize` of the `[cost]` table: what is added to the cost.

use super::super::error::ScenarioError;
use super::super::table::{Field, Table};
use super::super::toml_text::quoted;
use super::Cost;
use crate::expr::{canonical_name, display_name};
use crate::objective::{Goal, Penalty};
use crate::spelling::Selectable as _;
use crate::spelling::{any_of, near};

const KEYS: [&str; 3] = ["l1", "l2", "regularize"];

/// Reads the keys, for a cost whose variables and goal are read.
pub(super) fn read(table: &Table<'_>, cost: &Cost) -> Result<Option<Penalty>, ScenarioError> {
    if KEYS.iter().all(|key| table.get(key).is_none())
        || cost.goal != Goal::Minimize && !asks_for_some(table)?
    {
        return Ok(None);
    }
    let mut penalty = Penalty::default();
    for (key, weight) in [("l1", &mut penalty.l1), ("l2", &mut penalty.l2)] {
        let Some(field) = table.get(key) else { continue };
        *weight = field.real()?;
        if *weight < 0.0 {
            return Err(field.error(format!("{} must be 0 or larger, not {weight:?}", field.what())));
        }
        if *weight > 0.0 && cost.goal != Goal::Minimize {
            let goal = cost.goal.id();
            return Err(field.key_error(format!(
                "`{key}` is a penalty on what is minimized: with goal = \"{goal}\" there is none, write {key} = 0"
            )));
        }
    }
    if let Some(field) = table.get("regularize") {
        penalty.counts = read_counted(&field, cost)?;
    }
    Ok(Some(penalty))
}

/// Whether one of the weights is above 0.
fn asks_for_some(table: &Table<'_>) -> Result<bool, ScenarioError> {
    let weights = ["l1", "l2"].into_iter().filter_map(|key| table.get(key));
    let weights = weights.map(|field| field.real()).collect::<Result<Vec<_>, _>>()?;
    Ok(weights.into_iter().any(|weight| weight != 0.0))
}

fn read_counted(field: &Field<'_>, cost: &Cost) -> Result<[bool; 2], ScenarioError> {
    let mut counts = [false; 2];
    for (name, span) in field.texts()? {
        let place = cost
            .shown_variables()
            .iter()
            .position(|variable| canonical_name(variable) == canonical_name(name));
        let Some(place) = place else {
            let names = || cost.shown_variables().iter().map(String::as_str);
            let expected = near(name, names()).map_or_else(
                || format!("it has {}", any_of(names())),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("the cost has no variable `{}`: {expected}", display_name(name));
            return Err(field.source.error(span, message));
        };
        counts[place] = true;
    }
    if counts == [false; 2] {
        return Err(field.error(format!(
            "{} names no variable that l1 and l2 count: name one, or leave it out for both",
            field.what()
        )));
    }
    // With one variable there is nothing to choose.
    Ok(if cost.is_of_one_variable() { [true; 2] } else { counts })
}

/// What of it a program that reads only the first format does not know.
pub(super) fn newer(cost: &Cost) -> Option<String> {
    cost.penalty.map(|penalty| if penalty.l1 > 0.0 { "`l1`" } else { "`l2`" }.to_owned())
}

/// The lines of the keys; none where nothing is added.
pub(super) fn lines(cost: &Cost) -> Vec<String> {
    let Some(Penalty { l1, l2, counts }) = cost.penalty else { return Vec::new() };
    let mut lines = vec![format!("l1 = {l1:?}"), format!("l2 = {l2:?}")];
    if counts != [true; 2] {
        let counted = cost.variables.iter().zip(counts).filter(|(_, counts)| *counts);
        let names: Vec<String> = counted.map(|(name, _)| quoted(name)).collect();
        lines.push(format!("regularize = [{}]", names.join(", ")));
    }
    lines
}

/// What was changed between two of them, in a word or two.
pub(super) fn change(before: Option<Penalty>, after: Option<Penalty>) -> Option<&'static str> {
    let (before, after) = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => return Some("adding a penalty"),
        (Some(_), None) => return Some("removing the penalty"),
        (Some(before), Some(after)) => (before, after),
    };
    let named = [
        (before.l1 != after.l1, "l1"),
        (before.l2 != after.l2, "l2"),
        (before.counts != after.counts, "variables of the penalty"),
    ];
    named.iter().find(|(differs, _)| *differs).map(|(_, name)| *name)
}
