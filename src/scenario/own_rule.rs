//! The keys of an `[[optimizer]]` whose rule is typed: `parameters`, `state` and `rule`.

use std::ops::Range;

use super::cost::text_in_file;
use super::error::ScenarioError;
use super::table::{Field, Table};
use super::toml_text::{key, quoted};
use crate::optimizer::{ParameterValue, Rule, RuleError, RulePlace, Settings};

/// The keys.
pub(super) const KEYS: [&str; 3] = ["parameters", "state", "rule"];

/// A text of the file and where it is.
type Text<'a> = (&'a str, Range<usize>);

/// The longest line of a rule in a file, as long as a line that is not wrapped.
const WIDTH: usize = 100;

/// Reads the rule; nothing where no key of it is given.
pub(super) fn read(table: &Table<'_>) -> Result<Option<Settings>, ScenarioError> {
    let [parameters, state, rule] = KEYS.map(|key| table.get(key));
    let Some(rule) = rule else {
        return match parameters.or(state) {
            None => Ok(None),
            Some(field) => {
                let words = "needs a `rule`, such as [\"theta = theta - alpha*g\"]";
                Err(field.key_error(format!("{} {words}", field.what())))
            }
        };
    };
    let lines = texts(&rule, "a list of lines such as [\"v = beta*v + g\", \"theta = theta - v\"]")?;
    let vectors = match &state {
        Some(field) => texts(field, "a list of names such as [\"m\", \"s\"]")?,
        None => Vec::new(),
    };
    let numbers = match &parameters {
        Some(field) => field.table("`parameters` in [[optimizer]]")?.fields(),
        None => Vec::new(),
    };
    let values: Vec<(String, f64)> =
        numbers.iter().map(|field| Ok((field.key.to_owned(), field.real()?))).collect::<Result<_, _>>()?;
    let owned = |texts: &[Text<'_>]| texts.iter().map(|(text, _)| (*text).to_owned()).collect::<Vec<_>>();
    let read = Rule::new(&values, &owned(&vectors), &owned(&lines)).map_err(|error| {
        let RuleError { place, span, .. } = &error;
        let in_texts = |texts: &[Text<'_>], at: usize| {
            let (text, token) = texts.get(at)?;
            let typed = rule.source.text.get(token.clone()).unwrap_or_default();
            Some(text_in_file(typed, token.start, text, span.clone()))
        };
        let found = match *place {
            RulePlace::Line(at) => in_texts(&lines, at),
            RulePlace::State(at) => in_texts(&vectors, at),
            RulePlace::Parameter(at) => numbers.get(at).map(|field| field.key_span.clone()),
            RulePlace::Whole => None,
        };
        rule.source.error(found.unwrap_or_else(|| rule.span()), format!("{}{error}", said_of(*place)))
    })?;
    Settings::of_rule(read).map(Some).ok_or_else(|| table.error("a rule of one's own is not known here"))
}

/// What a message begins with.
fn said_of(place: RulePlace) -> String {
    match place {
        RulePlace::Line(at) => format!("line {} of the rule: ", at + 1),
        RulePlace::Whole | RulePlace::Parameter(_) | RulePlace::State(_) => String::new(),
    }
}

fn texts<'a>(field: &Field<'a>, expected: &str) -> Result<Vec<Text<'a>>, ScenarioError> {
    field.items(expected)?.iter().map(|item| Ok((item.text()?, item.span()))).collect()
}

/// The keys as they stand in a file; none of a method that has no rule of its own.
pub(super) fn lines(settings: &Settings) -> Vec<String> {
    let Some(rule) = settings.own_rule() else { return Vec::new() };
    let mut lines = Vec::new();
    let parameters: Vec<String> = settings
        .iter()
        .filter_map(|(parameter, value)| match value {
            ParameterValue::Real(number) => Some(format!("{} = {number:?}", key(parameter.id))),
            _ => None,
        })
        .collect();
    if !parameters.is_empty() {
        lines.push(format!("parameters = {{ {} }}", parameters.join(", ")));
    }
    let list = |texts: &[String]| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>();
    if !rule.state().is_empty() {
        lines.push(format!("state = [{}]", list(rule.state()).join(", ")));
    }
    let texts = list(rule.lines());
    let short = format!("rule = [{}]", texts.join(", "));
    if short.chars().count() <= WIDTH {
        lines.push(short);
    } else {
        lines.push(format!("rule = [\n    {},\n]", texts.join(",\n    ")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use crate::optimizer::ParameterValue;
    use crate::scenario::{read, write};

    fn text(optimizer: &str) -> String {
        format!("[cost]\nformula = \"x^2 + y^2\"\n[[optimizer]]\nmethod = \"custom\"\n{optimizer}\n")
    }

    #[test]
    fn a_rule_is_written_as_it_was_read() {
        for typed in [
            "parameters = { alpha = 0.01, beta = 0.9 }\nstate = [\"v\"]\nrule = [\"v = beta*v + alpha*g\", \"theta = theta - v\"]",
            "rule = [\"theta = theta - 0.1*g\"]",
            "parameters = { \"β\" = -2.0 }\nrule = [\"# \\\"half\\\"\", \"θ = θ + β g/4  # a step\"]",
        ] {
            let scenario = read(&text(typed), "rule").unwrap();
            let written = write(&scenario);
            assert!(written.contains(typed) && written.starts_with("format = 2\n"), "{written}");
            assert_eq!(read(&written, "again").unwrap(), scenario);
        }
        let long = format!("rule = [{}\"theta = theta - g\"]", "\"u = g + 1 - 1\", ".repeat(20));
        let scenario = read(&text(&long), "long").unwrap();
        assert_eq!(read(&write(&scenario), "again").unwrap(), scenario);
    }

    #[test]
    fn a_run_whose_rule_is_left_out_is_the_heavy_ball() {
        let scenario = read(&text("label = \"mine\""), "none").unwrap();
        let settings = &scenario.optimizers[0].settings;
        assert_eq!(settings.own_rule().unwrap().lines(), ["v = beta*v + alpha*g", "theta = theta - v"]);
        assert_eq!(settings.get("beta"), Some(ParameterValue::Real(0.9)));
    }

    #[test]
    fn what_is_wrong_is_said_at_its_line_and_character() {
        // What stands in the table, with a mark where it is wrong, and what is said.
        for (marked, words) in [
            ("¦parameters = { alpha = 1 }", "`parameters` in [[optimizer]] needs a `rule`"),
            ("rule = ¦[]", "the rule is empty"),
            ("rule = ¦[\"\", \" # nothing\"]", "the rule is empty"),
            ("rule = ¦[\"v = g\"]", "no line says what theta becomes"),
            ("rule = ¦\"theta = theta - g\"", "must be a list of lines such as"),
            ("rule = [¦3]", "must be text in quotes"),
            ("rule = [\"v = g\", \"theta = theta - ¦w\"]", "line 2 of the rule: unknown name `w`"),
            ("rule = ['v = g', '''\ntheta = theta - ¦w''']", "line 2 of the rule: unknown name `w`"),
            ("rule = [\"theta = \\u03B8 - ¦w\"]", "line 1 of the rule: unknown name `w`"),
            (
                "parameters = { ¦sin = 1 }\nrule = [\"theta = theta - g\"]",
                "`sin` cannot be a name of a rule: it is a function",
            ),
            ("parameters = { ¦theta = 1 }\nrule = [\"theta = theta - g\"]", "it is the point"),
            ("parameters = { a = ¦\"x\" }\nrule = [\"theta = theta - g\"]", "must be a number, not text"),
            ("parameters = { a = ¦nan }\nrule = [\"theta = theta - g\"]", "must be a finite number"),
            (
                "parameters = { ¦a = 1e7 }\nrule = [\"theta = theta - g\"]",
                "a number from -1000000 to 1000000",
            ),
            ("parameters = ¦[1]\nrule = [\"theta = theta - g\"]", "must be a table"),
            ("state = [\"v\", \"¦v\"]\nrule = [\"theta = theta - g\"]", "`v` is named twice"),
            ("state = ¦\"v\"\nrule = [\"theta = theta - g\"]", "must be a list of names"),
            ("¦alpha = 0.1", "unknown key `alpha`"),
            (
                "¦learning_rate = 0.1",
                "`custom` has no parameter `learning_rate`: it takes `parameters`, `state` or `rule`",
            ),
            ("¦schedule = { kind = \"cosine\" }", "custom takes no schedule"),
        ] {
            let at = marked.find('¦').unwrap();
            let error = read(&text(&marked.replace('¦', "")), "rule").unwrap_err();
            let line_start = marked[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let place = (5 + marked[..at].matches('\n').count(), 1 + marked[line_start..at].chars().count());
            assert!(error.message.contains(words), "{marked}: {error}");
            assert_eq!((error.line, error.column), place, "{marked}: {error}");
        }
        let thousand = format!("rule = [{}]", "\"theta = theta - g\",\n".repeat(1000));
        let error = read(&text(&thousand), "long").unwrap_err();
        assert!(error.message.contains("at most 64 lines, not 1000"), "{error}");
        assert_eq!(error.line, 5 + 64);
        let gd = text("rule = []").replace("custom", "gd");
        assert!(read(&gd, "gd").unwrap_err().message.contains("`gd` has no parameter `rule`"));
    }
}
