//! The text of a scenario file to the value, with the first mistake named by line and column.

use std::ops::Range;

use toml::de::DeTable;

use super::defaults::{self, default_start};
use super::error::{ScenarioError, Source};
use super::table::Table;
use super::{FORMAT, LEVEL_COUNT, MAX_FILE_BYTES, MAX_NOTES_CHARS, MAX_TITLE_CHARS, STEPS};
use super::{Scenario, cost, optimizers, sliders};
use crate::expr::{lookalike, unexpected};
use crate::landscape::{Levels, Region};

/// Reads the text of a scenario file. `file` is what messages call it.
///
/// What the file leaves out is filled in as the [module's table](super) says.
///
/// # Errors
/// The first mistake: text that is not TOML, a format that is newer than [`FORMAT`], an unknown key, a value
/// of the wrong type or out of range, a formula that does not parse or names an unknown letter.
pub fn read(text: &str, file: &str) -> Result<Scenario, ScenarioError> {
    let source = Source { text, file };
    if text.len() > MAX_FILE_BYTES {
        let message = format!("the file has {} bytes, a scenario at most {MAX_FILE_BYTES}", text.len());
        return Err(source.error(0..0, message));
    }
    let document = parse(source)?;
    let root = Table::root(source, &document);
    check_format(&root)?;
    root.only(&["format", "title", "notes", "cost", "window", "run", "sliders", "optimizer"])?;

    let Some(cost_field) = root.get("cost") else {
        let message = "[cost] is missing: a scenario needs a [cost] with a `formula` or a `function`";
        return Err(root.error(message));
    };
    let cost = cost::read(&cost_field.table("[cost]")?)?;
    let mut scenario = defaults::of_cost(cost);
    if let Some(title) = root.get("title") {
        scenario.title = title.text_up_to(MAX_TITLE_CHARS)?.to_owned();
    }
    if let Some(notes) = root.get("notes") {
        scenario.notes = notes.text_up_to(MAX_NOTES_CHARS)?.to_owned();
    }
    if let Some(window) = root.get("window") {
        let table = window.table("[window]")?;
        read_window(&table, &mut scenario)?;
    }
    let run = root.get("run").map(|run| run.table("[run]")).transpose()?;
    read_run(run.as_ref(), &mut scenario)?;
    if let Some(ranges) = root.get("sliders") {
        scenario.sliders = sliders::read(&ranges.table("[sliders]")?, &scenario.cost)?;
    }
    if let Some(list) = root.get("optimizer") {
        scenario.optimizers = optimizers::read(&list, &scenario.cost)?;
    }
    Ok(scenario)
}

fn check_format(root: &Table<'_>) -> Result<(), ScenarioError> {
    let Some(field) = root.get("format") else { return Ok(()) };
    let Ok(format) = field.whole(1..=u32::MAX) else {
        return Err(field.unexpected(&format!("the whole number {FORMAT}")));
    };
    if format > FORMAT {
        let message = format!(
            "this file has format {format}, and this program reads formats up to {FORMAT}: a newer Downhill is needed"
        );
        return Err(field.error(message));
    }
    Ok(())
}

fn read_window(table: &Table<'_>, scenario: &mut Scenario) -> Result<(), ScenarioError> {
    table.only(&["x", "y", "levels"])?;
    let Region { mut x, mut y } = scenario.window;
    for (key, side) in [("x", &mut x), ("y", &mut y)] {
        let Some(field) = table.get(key) else { continue };
        *side = field.range("[-2.0, 2.0]")?;
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

fn read_run(table: Option<&Table<'_>>, scenario: &mut Scenario) -> Result<(), ScenarioError> {
    let field = |key| table.and_then(|table| table.get(key));
    if let Some(table) = table {
        table.only(&["start", "steps", "tolerance"])?;
    }
    match field("start") {
        Some(start) => scenario.run.start = start.pair("[-1.2, 1.0]")?,
        None => scenario.run.start = default_start(&scenario.cost, scenario.window),
    }
    if let Some(steps) = field("steps") {
        scenario.run.steps = steps.whole(STEPS)?;
    }
    if let Some(tolerance) = field("tolerance") {
        let value = tolerance.real()?;
        if value < 0.0 {
            let message = format!("{} must be 0 or larger, not {value:?}", tolerance.what());
            return Err(tolerance.error(message));
        }
        scenario.run.tolerance = value;
    }
    Ok(())
}

/// Parses TOML; of several mistakes the first in the file is reported.
fn parse<'t>(source: Source<'t>) -> Result<DeTable<'t>, ScenarioError> {
    let (document, errors) = DeTable::parse_recoverable(source.text);
    let place = |error: &toml::de::Error| error.span().unwrap_or(0..0);
    match errors.iter().min_by_key(|error| place(error).start) {
        None => Ok(document.into_inner()),
        Some(error) => {
            Err(source.error(place(error), syntax_message(source.text, error.message(), place(error))))
        }
    }
}

/// The parser's message, as a sentence for somebody who has not read the specification of TOML.
fn syntax_message(text: &str, message: &str, place: Range<usize>) -> String {
    let typed = text.get(place.clone()).unwrap_or_default();
    let after = text.get(place.start..).unwrap_or_default();
    if let Some(c) = foreign(text, place.start) {
        return format!("not valid TOML: {}", unexpected(c, "TOML"));
    }
    let begins = |start: &str| message.starts_with(start);
    let sentence = match message {
        "duplicate key" if typed == "optimizer" => {
            return "`optimizer` is given twice: write [[optimizer]], with two brackets, for each".to_owned();
        }
        "duplicate key" => return format!("`{typed}` is given twice in the same table"),
        _ if begins("string values must be quoted") && typed.trim().is_empty() => "a value is missing here",
        _ if begins("string values must be quoted") && is_number_and_more(typed) => {
            "a comma is missing after a number"
        }
        _ if begins("string values must be quoted") => "text must stand in quotes",
        _ if begins("invalid basic string") => "the closing `\"` of this text is missing",
        _ if begins("invalid literal string") => "the closing `'` of this text is missing",
        _ if begins("invalid mantissa") || begins("invalid fraction") => {
            "a number needs a digit before and after its decimal point, as in 0.5"
        }
        _ if begins("missing escaped value") => {
            "a backslash means something in \"…\": put text with backslashes in single quotes"
        }
        _ if begins("unexpected key or value") && after.starts_with(',') => {
            "one value ends here: decimals are written with a point, as in 0.5"
        }
        _ => message,
    };
    format!("not valid TOML: {sentence}")
}

/// The character that was typed for a quote, a sign or a letter that it only looks like: where the mistake is found, or at
/// the end of a line whose text was to end there.
fn foreign(text: &str, at: usize) -> Option<char> {
    let (before, after) = text.split_at_checked(at)?;
    let is_sign = |c: &char| lookalike(*c).is_some_and(|(_, plain)| !plain.is_ascii_alphabetic());
    let is_quote = |c: &char| lookalike(*c).is_some_and(|(_, plain)| matches!(plain, '"' | '\''));
    let rest_of_line = after.lines().next().unwrap_or_default();
    let first = rest_of_line.trim_start().chars().next().filter(is_sign);
    let last = [rest_of_line, before].into_iter().find(|part| !part.trim_end().is_empty());
    let last = last.and_then(|part| part.trim_end().chars().next_back()).filter(is_quote);
    // A word of another script is no slip, one of two scripts is.
    let is_of_word = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let start = before.trim_end_matches(|c| is_of_word(&c)).len();
    let word: Vec<char> = text.get(start..)?.chars().take_while(is_of_word).collect();
    let is_mixed = word.iter().any(char::is_ascii_alphabetic);
    first.or(last).or(word.into_iter().find(|c| is_mixed && lookalike(*c).is_some()))
}

/// "1.0 b", as in `{ a = 1.0 b = 2.0 }`.
fn is_number_and_more(typed: &str) -> bool {
    let mut words = typed.split_whitespace();
    words.next().is_some_and(|first| first.parse::<f64>().is_ok()) && words.next().is_some()
}
