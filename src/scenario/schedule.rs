//! The `schedule` of an `[[optimizer]]`: how its learning rate changes along a run.

use super::cost::formula_error;
use super::error::ScenarioError;
use super::table::{Field, Table};
use super::toml_text::quoted;
use crate::optimizer::{
    MOST_FACTOR, MOST_PIECES, MOST_SCHEDULE_STEPS, Schedule, ScheduleEntry, ScheduleForm, ScheduleKind,
    SchedulePiece, TypedFactor,
};
use crate::spelling::{Selectable, any_of};

/// As messages call it.
const NAME: &str = "`schedule` in [[optimizer]]";
/// The keys that every kind has.
const OWN_KEYS: [&str; 2] = ["kind", "warmup"];

/// The keys of a kind beside those that every one has.
fn keys(kind: ScheduleKind) -> &'static [&'static str] {
    match kind {
        ScheduleKind::Constant => &[],
        ScheduleKind::Piecewise => &["at", "factors"],
        ScheduleKind::Step => &["every", "factor"],
        ScheduleKind::Exponential | ScheduleKind::InverseTime | ScheduleKind::InverseRoot => &["decay"],
        ScheduleKind::Cosine => &["steps", "final"],
        ScheduleKind::Formula => &["formula"],
    }
}

/// Reads a schedule; what it leaves out has a default, but for what has none.
pub(super) fn read(field: &Field<'_>) -> Result<Schedule, ScenarioError> {
    if field.is_text() {
        let words = format!("{} is a table, such as {{ kind = \"cosine\", steps = 200 }}", field.what());
        return Err(field.error(words));
    }
    let table = field.table(NAME)?;
    let mut known = OWN_KEYS.to_vec();
    for kind in ScheduleKind::ALL {
        known.extend(keys(*kind).iter().filter(|key| !known.contains(key)).copied().collect::<Vec<_>>());
    }
    table.only(&known)?;
    let kind = read_kind(&table)?;
    let is_foreign = |field: &Field<'_>| !OWN_KEYS.contains(&field.key) && !keys(kind).contains(&field.key);
    if let Some(foreign) = table.fields().into_iter().find(is_foreign) {
        let takes = any_of(keys(kind).iter().chain(&["warmup"]).copied());
        let message = format!(
            "`{}` is of {}: a schedule that is `{}` takes {takes}",
            foreign.key,
            any_of(kinds_with(foreign.key)),
            kind.id()
        );
        return Err(foreign.key_error(message));
    }
    let warmup = match table.get("warmup") {
        Some(field) => field.whole(0..=MOST_SCHEDULE_STEPS)?,
        None => 0,
    };
    Ok(Schedule { form: read_form(&table, kind)?, warmup })
}

/// The ids of the kinds that have a key.
fn kinds_with(key: &str) -> impl Iterator<Item = &'static str> {
    ScheduleKind::ALL.iter().filter(move |kind| keys(**kind).contains(&key)).map(|kind| kind.id())
}

/// The kind, which may only be left out where nothing depends on it.
fn read_kind(table: &Table<'_>) -> Result<ScheduleKind, ScenarioError> {
    if let Some(field) = table.get("kind") {
        return field.choice();
    }
    match table.fields().into_iter().find(|field| !OWN_KEYS.contains(&field.key)) {
        None => Ok(ScheduleKind::default()),
        Some(field) => {
            let kinds = any_of(kinds_with(field.key));
            Err(table.error(format!("{NAME} needs a `kind`: `{}` is of {kinds}", field.key)))
        }
    }
}

fn read_form(table: &Table<'_>, kind: ScheduleKind) -> Result<ScheduleForm, ScenarioError> {
    let decay = || match table.get("decay") {
        Some(field) => factor(&field),
        None => Ok(0.01),
    };
    let steps = |key: &str, default: u32| match table.get(key) {
        Some(field) => field.whole(1..=MOST_SCHEDULE_STEPS),
        None => Ok(default),
    };
    let share = |key: &str, default: f64| match table.get(key) {
        Some(field) => factor(&field),
        None => Ok(default),
    };
    Ok(match kind {
        ScheduleKind::Constant => ScheduleForm::Constant,
        ScheduleKind::Piecewise => ScheduleForm::Piecewise(read_pieces(table)?),
        ScheduleKind::Step => {
            ScheduleForm::Step { every: steps("every", 50)?, factor: share("factor", 0.5)? }
        }
        ScheduleKind::Exponential => ScheduleForm::Exponential { decay: decay()? },
        ScheduleKind::InverseTime => ScheduleForm::InverseTime { decay: decay()? },
        ScheduleKind::InverseRoot => ScheduleForm::InverseRoot { decay: decay()? },
        ScheduleKind::Cosine => {
            ScheduleForm::Cosine { steps: steps("steps", 200)?, last: share("final", 0.0)? }
        }
        ScheduleKind::Formula => {
            let Some(field) = table.get("formula") else {
                return Err(table.error(format!("{NAME} needs a `formula` in t, such as \"1/(1 + 0.01 t)\"")));
            };
            let text = field.text()?;
            let typed = TypedFactor::new(text).map_err(|error| formula_error(&field, text, &error))?;
            ScheduleForm::Typed(typed)
        }
    })
}

/// A number from 0 up.
fn factor(field: &Field<'_>) -> Result<f64, ScenarioError> {
    let number = field.real()?;
    if (0.0..=MOST_FACTOR).contains(&number) {
        // A zero has no sign.
        return Ok(number + 0.0);
    }
    Err(field.unexpected(&format!("a number from 0 to {MOST_FACTOR}")))
}

fn read_pieces(table: &Table<'_>) -> Result<Vec<SchedulePiece>, ScenarioError> {
    let (Some(at), Some(factors)) = (table.get("at"), table.get("factors")) else {
        let example = "at = [100, 200], factors = [0.5, 0.1]";
        return Err(table.error(format!("{NAME} needs `at` and `factors`, such as {example}")));
    };
    let steps = at.items("a list of steps such as [100, 200]")?;
    let numbers = factors.items("a list of numbers such as [0.5, 0.1]")?;
    if steps.is_empty() || steps.len() > MOST_PIECES {
        return Err(at.error(format!(
            "{} has from 1 to {MOST_PIECES} steps, not {}",
            at.what(),
            steps.len()
        )));
    }
    if steps.len() != numbers.len() {
        let message =
            format!("{} has {} numbers, and `at` has {}", factors.what(), numbers.len(), steps.len());
        return Err(factors.error(message));
    }
    let mut pieces: Vec<SchedulePiece> = Vec::new();
    for (step, number) in steps.iter().zip(&numbers) {
        let at = step.whole(1..=MOST_SCHEDULE_STEPS)?;
        if let Some(before) = pieces.last().filter(|before| before.at >= at) {
            return Err(step.error(format!("{} rises: {at} comes after {}", step.what(), before.at)));
        }
        pieces.push(SchedulePiece { at, factor: factor(number)? });
    }
    Ok(pieces)
}

/// As it stands in a table, between braces.
pub(super) fn inline(schedule: &Schedule) -> String {
    let entries = schedule.entries().into_iter().map(|(key, entry)| match entry {
        ScheduleEntry::Id(id) => format!("{key} = {}", quoted(id)),
        ScheduleEntry::Wholes(numbers) => format!("{key} = {numbers:?}"),
        ScheduleEntry::Reals(numbers) => format!("{key} = {numbers:?}"),
        ScheduleEntry::Whole(number) => format!("{key} = {number}"),
        ScheduleEntry::Real(number) => format!("{key} = {number:?}"),
        ScheduleEntry::Formula(text) => format!("{key} = {}", quoted(text)),
    });
    format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use crate::scenario::{read, write};

    fn text(optimizer: &str) -> String {
        format!("[cost]\nformula = \"x^2 + y^2\"\n[[optimizer]]\nmethod = \"gd\"\n{optimizer}\n")
    }

    #[test]
    fn every_kind_is_written_as_it_was_read() {
        for schedule in [
            "{ kind = \"constant\" }",
            "{ kind = \"piecewise\", at = [10, 30], factors = [0.5, 0.1] }",
            "{ kind = \"step\", every = 15, factor = 0.5 }",
            "{ kind = \"exponential\", decay = 0.03 }",
            "{ kind = \"inverse-time\", decay = 1e-7 }",
            "{ kind = \"inverse-root\", decay = 0.0 }",
            "{ kind = \"cosine\", steps = 40, final = 0.1, warmup = 20 }",
            "{ kind = \"formula\", formula = \"1/(1 + 0.01 t)\", warmup = 3 }",
        ] {
            let scenario = read(&text(&format!("schedule = {schedule}")), "schedule").unwrap();
            let written = write(&scenario);
            assert!(
                written.contains(&format!("schedule = {schedule}")) && written.contains("format = 2"),
                "{written}"
            );
            assert_eq!(read(&written, "again").unwrap(), scenario);
        }
        let pair = "learning_rate = [0.1, 0.02]";
        let scenario = read(&text(pair), "pair").unwrap();
        assert!(write(&scenario).contains(pair) && write(&scenario).contains("format = 2"));
        assert_eq!(read(&write(&scenario), "again").unwrap(), scenario);
    }

    #[test]
    fn what_may_be_left_out_has_a_default() {
        for (short, long) in [
            ("{ }", "{ kind = \"constant\" }"),
            ("{ warmup = 5 }", "{ kind = \"constant\", warmup = 5 }"),
            ("{ kind = \"cosine\" }", "{ kind = \"cosine\", steps = 200, final = 0.0 }"),
            ("{ kind = \"step\", warmup = 0 }", "{ kind = \"step\", every = 50, factor = 0.5 }"),
            ("{ kind = \"exponential\" }", "{ kind = \"exponential\", decay = 0.01 }"),
        ] {
            let [short, long] =
                [short, long].map(|it| read(&text(&format!("schedule = {it}")), "schedule").unwrap());
            assert_eq!(short, long);
        }
    }

    #[test]
    fn what_is_wrong_is_said_at_its_place() {
        // What stands after "schedule = ", with a mark where it is wrong, and what is said.
        for (marked, words) in [
            ("¦\"cosine\"", "is a table, such as { kind = \"cosine\", steps = 200 }"),
            ("¦3", "must be a table, not a whole number"),
            ("{ kind = ¦\"cosin\" }", "did you mean `cosine`?"),
            ("{ kind = ¦\"inverse_time\" }", "did you mean `inverse-time`?"),
            ("{ kind = \"step\", ¦evry = 5 }", "did you mean `every`?"),
            (
                "{ kind = \"step\", ¦decay = 5 }",
                "`decay` is of `exponential`, `inverse-time` or `inverse-root`",
            ),
            ("{ kind = \"constant\", ¦factor = 0.5 }", "`factor` is of `step`"),
            ("¦{ decay = 0.1 }", "needs a `kind`: `decay` is of `exponential`, `inverse-time` or"),
            ("{ kind = \"exponential\", decay = ¦-1 }", "must be a number from 0 to 1000000, not -1"),
            ("{ kind = \"exponential\", decay = ¦nan }", "must be a finite number"),
            ("{ kind = \"step\", every = ¦0 }", "must be a whole number from 1 to 1000000, not 0"),
            ("{ kind = \"step\", factor = ¦\"half\" }", "must be a number, not text"),
            ("{ kind = \"cosine\", steps = ¦1.5 }", "must be a whole number"),
            ("{ kind = \"cosine\", final = ¦-0.1 }", "must be a number from 0"),
            ("{ warmup = ¦-1 }", "must be a whole number from 0"),
            ("¦{ kind = \"piecewise\", at = [3] }", "needs `at` and `factors`"),
            ("{ kind = \"piecewise\", at = ¦[], factors = [] }", "has from 1 to 64 steps, not 0"),
            ("{ kind = \"piecewise\", at = [3, ¦3], factors = [1, 2] }", "rises: 3 comes after 3"),
            ("{ kind = \"piecewise\", at = [¦0], factors = [1] }", "must be a whole number from 1"),
            ("{ kind = \"piecewise\", at = [3], factors = ¦[1, 2] }", "has 2 numbers, and `at` has 1"),
            ("{ kind = \"piecewise\", at = [3], factors = [¦-1] }", "must be a number from 0"),
            ("{ kind = \"piecewise\", at = ¦3, factors = [1] }", "must be a list of steps"),
            ("¦{ kind = \"formula\" }", "needs a `formula` in t"),
            ("{ kind = \"formula\", formula = \"1/(1 + ¦k t)\" }", "unknown name `k`"),
            ("{ kind = \"formula\", formula = \"1/¦sqr(t)\" }", "did you mean `sqrt`"),
            ("{ kind = \"formula\", formula = ¦1.0 }", "must be text in quotes"),
        ] {
            let line = format!("schedule = {marked}");
            let column = 1 + line.chars().position(|c| c == '¦').unwrap();
            let error = read(&text(&line.replace('¦', "")), "schedule").unwrap_err();
            assert!(error.message.contains(words), "{marked}: {error}");
            assert_eq!((error.line, error.column), (5, column), "{marked}: {error}");
        }
    }

    #[test]
    fn a_learning_rate_is_one_number_or_two_where_the_method_takes_two() {
        for (marked, words) in [
            ("learning_rate = ¦[0.1]", "one number, or two, one for each variable"),
            ("learning_rate = ¦[0.1, 0.2, 0.3]", "one number, or two, one for each variable"),
            ("learning_rate = [0.1, ¦0]", "must be a number above 0"),
            ("learning_rate = [0.1, ¦\"y\"]", "must be a number, not text"),
            ("learning_rate = ¦\"fast\"", "must be a number, not text"),
        ] {
            let column = 1 + marked.chars().position(|c| c == '¦').unwrap();
            let error = read(&text(&marked.replace('¦', "")), "rates").unwrap_err();
            assert!(error.message.contains(words), "{marked}: {error}");
            assert_eq!((error.line, error.column), (5, column), "{marked}: {error}");
        }
        for method in ["newton", "fista"] {
            let text = text("learning_rate = [0.1, 0.2]").replace("\"gd\"", &format!("\"{method}\""));
            let error = read(&text, "rates").unwrap_err();
            assert!(error.message.contains(&format!("`{method}` has one for both variables")), "{error}");
            assert_eq!((error.line, error.column), (5, 17));
        }
        let beta = text("beta = [0.1, 0.2]").replace("\"gd\"", "\"momentum\"");
        assert!(read(&beta, "rates").unwrap_err().message.contains("must be a number, not a list"));
    }
}
