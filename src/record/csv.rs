//! Runs as text for spreadsheets: comma-separated values (RFC 4180) for files, tab-separated ones for the clipboard.
//! Lines end in a line feed. Numbers read back exactly; one that is not finite is `NaN`, `inf` or `-inf`.

use std::borrow::Cow;
use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};
use std::ops::Range;

use super::step::{more, of_constraints, state};
use crate::expr::NO_VARIABLE;
use crate::optimizer::{LearningRates, Trajectory};
use crate::scenario::OptimizerChoice;

/// Runs as rows: a header, and for each run one row for the start and one for each step. Runs count from 1, steps from 0, which
/// is the start. Rows can be written while a run is being stepped.
#[derive(Debug)]
pub struct Rows<W> {
    out: W,
    /// How many runs were begun.
    runs: usize,
    /// What stands before the step in each row of the present run.
    run: String,
    /// What rows end with.
    ends: Ends,
    /// The rates of the present run, where a schedule changes them.
    rates: Option<LearningRates>,
}

/// What rows end with, the same for the whole file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// Whether there is something of constraints.
    constraints: bool,
    /// How many numbers there are of a learning rate: none where no schedule changes one, two where one is changed of each variable.
    rates: usize,
}

impl Ends {
    /// What the rows of these runs end with.
    pub fn of<'a>(has_constraints: bool, runs: impl IntoIterator<Item = &'a OptimizerChoice>) -> Self {
        let scheduled = runs.into_iter().filter(|run| run.settings.schedule().is_some());
        let rates = scheduled.map(|run| 1 + usize::from(run.settings.has_rate_per_variable()));
        Self { constraints: has_constraints, rates: rates.max().unwrap_or(0) }
    }
}

/// What rows end with where there are constraints.
const OF_CONSTRAINTS: [&str; 5] =
    ["multiplier_1", "multiplier_2", "constraint_1", "constraint_2", "kkt_residual"];

impl<W: Write> Rows<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn new(mut out: W, variables: [&str; 2], ends: Ends) -> io::Result<Self> {
        let columns = columns(variables);
        let header = ["run", "method", "label"].into_iter().chain(columns.iter().map(String::as_str));
        let header = header.chain(OF_CONSTRAINTS.into_iter().filter(|_| ends.constraints));
        let rates = rate_columns(variables, ends.rates);
        let header = header.chain(rates.iter().map(String::as_str));
        let header: Vec<Cow<'_, str>> = header.map(quoted).collect();
        writeln!(out, "{}", header.join(","))?;
        Ok(Self { out, runs: 0, run: String::new(), ends, rates: None })
    }

    /// Goes on to the next run.
    pub fn begin(&mut self, choice: &OptimizerChoice) {
        self.runs += 1;
        let (number, method, label) = (self.runs, choice.settings.method().id, choice.name());
        self.run = format!("{number},{method},{}", quoted(&inert(&label)));
        self.rates = choice.settings.schedule().map(|_| LearningRates::new(&choice.settings));
    }

    /// Writes some of the steps of the present run, but not the last one before it is known whether another follows.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn write(&mut self, path: &Trajectory, steps: Range<usize>) -> io::Result<()> {
        for step in steps {
            // The rows of all methods have the same columns.
            let numbers = state(path, step);
            write!(self.out, "{},{}", self.run, Row { step, numbers, separator: ',' })?;
            let of_constraints = self.ends.constraints.then(|| of_constraints(path, step));
            // The step that would lead on from the last point was not taken.
            let rates = self.rates.as_mut().filter(|_| step < path.steps());
            let rates = rates.map(|rates| rates.after(u32::try_from(step).unwrap_or(u32::MAX)));
            let rates = (0..self.ends.rates).map(|axis| rates.map(|rates| rates[axis]));
            for number in of_constraints.into_iter().flatten().chain(rates) {
                match number {
                    Some(number) => write!(self.out, ",{number:?}")?,
                    None => write!(self.out, ",")?,
                }
            }
            writeln!(self.out)?;
        }
        Ok(())
    }
}

/// Writes runs that were stepped before.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_runs<'a>(
    out: impl Write,
    variables: [&str; 2],
    runs: impl IntoIterator<Item = (&'a OptimizerChoice, &'a Trajectory)>,
) -> io::Result<()> {
    let runs: Vec<_> = runs.into_iter().collect();
    let has_constraints = runs.iter().any(|(_, path)| path.treatment().is_some());
    let ends = Ends::of(has_constraints, runs.iter().map(|(choice, _)| *choice));
    let mut rows = Rows::new(out, variables, ends)?;
    for (choice, path) in runs {
        rows.begin(choice);
        rows.write(path, 0..path.len())?;
    }
    Ok(())
}

/// What stands between the whole and the broken part of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecimalMark {
    /// 0.5, which reads back everywhere but in spreadsheets of languages with a comma.
    #[default]
    Point,
    /// 0,5, for these.
    Comma,
}

/// All steps of one run as lines of tab-separated text, as a spreadsheet takes them from the clipboard: a header, a row for
/// the start and one for each step. The columns, with the variables' own names in place of x and y:
///
/// `step`, `x`, `y`, `value` (J), `gradient_x`, `gradient_y`, `gradient_norm` (Euclidean), and what else its method has: for
/// Nesterov `lookahead_x`, `lookahead_y`, where the next gradient is taken; on a schedule `learning_rate`, of the step from there.
/// `None` where the text would be longer than `most_bytes`.
pub fn tab_separated(
    variables: [&str; 2],
    path: &Trajectory,
    mark: DecimalMark,
    most_bytes: usize,
) -> Option<String> {
    let mut text = String::new();
    text.push_str(&columns(variables).join("\t"));
    for column in path.columns() {
        for owner in column.owners(variables, path.constraints()) {
            let joint = if owner.is_empty() { "" } else { "_" };
            // A text takes whatever is written to it.
            let _ = write!(text, "\t{}{joint}{owner}", column.prefix);
        }
    }
    let mut rates = path.has_schedule().then(|| path.rates());
    let of_rates = rates.as_ref().map_or(0, |rates| 1 + usize::from(rates.are_per_variable()));
    for name in rate_columns(variables, of_rates) {
        let _ = write!(text, "\t{name}");
    }
    text.push('\n');
    for step in 0..path.len() {
        let numbers = state(path, step).chain(more(path, step));
        let _ = write!(text, "{}", Row { step, numbers, separator: '\t' });
        match &mut rates {
            Some(rates) if step < path.steps() => {
                for rate in rates.step_rate(u32::try_from(step).unwrap_or(u32::MAX)).numbers() {
                    let _ = write!(text, "\t{rate:?}");
                }
            }
            _ => text.extend(std::iter::repeat_n('\t', of_rates)),
        }
        text.push('\n');
        if text.len() > most_bytes {
            return None;
        }
    }
    // Nothing but numbers has a point in it: names have letters, digits and underscores.
    Some(if mark == DecimalMark::Comma { text.replace('.', ",") } else { text })
}

/// What the step and the numbers of a [`state`] are called.
fn columns(variables: [&str; 2]) -> Vec<String> {
    let there = || variables.into_iter().filter(|variable| *variable != NO_VARIABLE);
    let gradients = there().map(|variable| format!("gradient_{variable}"));
    let state = there().map(str::to_owned).chain(["value".to_owned()]).chain(gradients);
    ["step".to_owned()].into_iter().chain(state).chain(["gradient_norm".to_owned()]).collect()
}

/// What so many numbers of a learning rate are called.
fn rate_columns([x, y]: [&str; 2], count: usize) -> Vec<String> {
    match count {
        0 => Vec::new(),
        1 => vec!["learning_rate".to_owned()],
        _ => [x, y].map(|variable| format!("learning_rate_{variable}")).to_vec(),
    }
}

/// A step and its numbers, with a separator between each and the next.
struct Row<N> {
    step: usize,
    numbers: N,
    separator: char,
}

impl<N: Iterator<Item = f64> + Clone> Display for Row<N> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}", self.step)?;
        for number in self.numbers.clone() {
            // `{:?}` writes the shortest digits that read back as the same number.
            write!(to, "{}{number:?}", self.separator)?;
        }
        Ok(())
    }
}

/// A text that no spreadsheet takes for a formula: those that would begin one get an apostrophe before them.
/// Source: OWASP, "CSV injection", <https://owasp.org/www-community/attacks/CSV_Injection>.
pub(super) fn inert(text: &str) -> Cow<'_, str> {
    let begins = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    if text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(begins) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A field in quotes where it needs them.
pub(super) fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", field.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::{Entry, Limits, Plan, Run, Settings, method};
    use crate::scenario::Scenario;

    fn path(id: &str, steps: u32, start: [f64; 2]) -> Trajectory {
        let problem = Scenario::of_formula("x^4/3 + (x - y)^2/7").problem().unwrap();
        let settings = Settings::defaults(method(id).unwrap());
        let limits = Limits { steps, tolerance: 0.0 };
        let mut run = Run::new(&problem, &Plan::new(settings, start.into(), limits));
        run.finish();
        run.into_trajectory()
    }

    #[test]
    fn every_step_is_a_line_that_reads_back_exactly() {
        for id in ["gd", "nesterov"] {
            let path = path(id, 50, [0.7, 0.1]);
            let written = |mark, most_bytes| tab_separated(["x", "y"], &path, mark, most_bytes);
            let text = written(DecimalMark::Point, usize::MAX).unwrap();
            let mut lines = text.strip_suffix('\n').unwrap().split('\n');
            let header = "step\tx\ty\tvalue\tgradient_x\tgradient_y\tgradient_norm";
            let more = if id == "gd" { "" } else { "\tlookahead_x\tlookahead_y" };
            assert_eq!(lines.next().unwrap(), format!("{header}{more}"));
            let norms: Vec<f64> = path.gradient_norms().collect();
            for (step, norm) in norms.iter().enumerate() {
                let read: Vec<f64> =
                    lines.next().unwrap().split('\t').map(|field| field.parse().unwrap()).collect();
                let Entry { at, value, gradient } = path.entry(step).unwrap();
                let mut numbers = vec![step as f64, at.x, at.y, value, gradient.x, gradient.y, *norm];
                numbers.extend(path.more(step));
                assert_eq!(read, numbers);
            }
            assert_eq!((norms.len(), lines.next()), (51, None));
            assert_eq!(written(DecimalMark::Point, text.len()).as_ref(), Some(&text));
            assert_eq!(written(DecimalMark::Point, text.len() - 1), None);
            let with_commas = written(DecimalMark::Comma, usize::MAX).unwrap();
            assert!(
                with_commas.starts_with(header) && with_commas.contains("\n0\t0,7\t0,1\t"),
                "{with_commas}"
            );
            assert_eq!(with_commas.replace(',', "."), text);
        }
    }

    #[test]
    fn every_step_is_written_also_of_a_path_of_which_little_is_kept() {
        for id in ["adam", "nesterov"] {
            let whole = path(id, 20_000, [0.7, 0.1]);
            let mut less = whole.clone();
            less.keep_least();
            assert!(less.polyline(0).stride() > 1);
            let choice = OptimizerChoice::new(Settings::defaults(method(id).unwrap()));
            let csv = |path| {
                let mut out = Vec::new();
                write_runs(&mut out, ["x", "y"], [(&choice, path)]).unwrap();
                out
            };
            let json = |path| {
                let mut out = Vec::new();
                crate::record::json::write_runs(&mut out, "", None, [(&choice, path)]).unwrap();
                out
            };
            let text = |path| tab_separated(["x", "y"], path, DecimalMark::Point, usize::MAX);
            assert!(csv(&whole) == csv(&less) && json(&whole) == json(&less) && text(&whole) == text(&less));
        }
    }

    #[test]
    fn a_start_where_nothing_is_finite_is_written_in_words() {
        let path = path("gd", 5, [-1e200, 1e3]);
        let text = tab_separated(["u", "theta"], &path, DecimalMark::Point, usize::MAX).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "step\tu\ttheta\tvalue\tgradient_u\tgradient_theta\tgradient_norm");
        assert!(lines[1].starts_with("0\t-1e200\t1000.0\t"), "{}", lines[1]);
        assert!(lines.len() == 2 && (lines[1].contains("inf") || lines[1].contains("NaN")), "{lines:?}");
    }

    #[test]
    fn beyond_the_end_there_is_nothing() {
        for (id, count) in [("adam", 6), ("nesterov", 8)] {
            let path = path(id, 3, [0.7, 0.1]);
            assert_eq!([3, 4].map(|step| crate::record::step::numbers(&path, step).count()), [count, 0]);
        }
    }

    #[test]
    fn what_would_begin_a_formula_gets_an_apostrophe() {
        for begun in
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u{a0}-1", "＝1", "\ttext", "-"]
        {
            assert_eq!(inert(begun), format!("'{begun}"), "{begun:?}");
        }
        for plain in ["Adam", "a=1", "1-2", "α = 0.1", "'=1", "", "GD, -1", "−∇J"] {
            assert_eq!(inert(plain), plain);
        }
    }

    #[test]
    fn only_what_needs_quotes_gets_them() {
        for (field, written) in [
            ("Adam", "Adam"),
            ("Momentum, beta 0.9", "\"Momentum, beta 0.9\""),
            ("so-called \"heavy ball\"", "\"so-called \"\"heavy ball\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("", ""),
        ] {
            assert_eq!(quoted(field), written);
        }
    }
}
