//! The `[window]` table: the part of the plane that is shown, and the levels of its isolines.

use std::ops::RangeInclusive;

use super::Scenario;
use super::error::ScenarioError;
use super::one_variable::fitting_values;
use super::table::Table;
use super::toml_text::pair;
use crate::builtin::BuiltIn;
use crate::landscape::{LevelScale, Levels, Region};
use crate::spelling::Selectable;

/// About how many isolines a scenario may ask for.
pub const LEVEL_COUNT: RangeInclusive<u16> = 1..=200;

/// What is shown where nobody says anything else.
pub(super) fn default(built_in: Option<&BuiltIn>) -> (Region, Levels) {
    let wide = Region { x: [-3.0, 3.0], y: [-3.0, 3.0] };
    let region = built_in.map_or(wide, |row| Region { x: row.window[0], y: row.window[1] });
    (region, Levels { scale: built_in.map_or(LevelScale::Quantile, |row| row.levels), count: 20 })
}

/// Reads `[window]` into a scenario.
pub(super) fn read(table: &Table<'_>, scenario: &mut Scenario) -> Result<(), ScenarioError> {
    table.only(&["x", "y", "levels"])?;
    let Region { mut x, mut y } = scenario.window;
    let shows_curve = scenario.cost.is_of_one_variable();
    for (key, side) in [("x", &mut x), ("y", &mut y)] {
        let Some(field) = table.get(key) else { continue };
        *side = field.range("[-2.0, 2.0]")?;
    }
    if shows_curve && table.get("y").is_none() {
        y = fitting_values(&scenario.cost, x);
    }
    scenario.window = Region { x, y };
    if let Some(levels) = table.get("levels") {
        read_levels(&levels.table("[window.levels]")?, &mut scenario.levels)?;
    }
    Ok(())
}

fn read_levels(table: &Table<'_>, levels: &mut Levels) -> Result<(), ScenarioError> {
    table.only(&["scale", "count"])?;
    if let Some(scale) = table.get("scale") {
        levels.scale = scale.choice()?;
    }
    if let Some(count) = table.get("count") {
        let range = u32::from(*LEVEL_COUNT.start())..=u32::from(*LEVEL_COUNT.end());
        levels.count = u16::try_from(count.whole(range)?).unwrap_or(*LEVEL_COUNT.end());
    }
    Ok(())
}

/// The lines of the table.
pub(super) fn lines(scenario: &Scenario) -> Vec<String> {
    let Levels { scale, count } = scenario.levels;
    vec![
        format!("x = {}", pair(scenario.window.x)),
        format!("y = {}", pair(scenario.window.y)),
        format!("levels = {{ scale = \"{}\", count = {count} }}", scale.id()),
    ]
}

/// What was changed between two states of the table.
pub(super) fn change(before: &Scenario, after: &Scenario) -> Option<String> {
    let named = [(before.window != after.window, "window"), (before.levels != after.levels, "levels")];
    named.iter().find(|(differs, _)| *differs).map(|(_, name)| (*name).to_owned())
}
