//! A rule that somebody types: what a step does, line by line, with parameters and state vectors of its own.
//!
//! ```text
//! v = beta*v + alpha*g          # the gradient at θ, of what is minimized
//! theta = theta - v
//! ```
//!
//! Source: none; a rule is its own. That of the first example is Polyak's heavy ball, see `method/momentum.rs`.
//! Convention: lines are computed in order and per coordinate, with the functions of formulas. Known are θ (`theta`), `g`, the
//! gradient at θ before the step, `grad(…)`, the gradient at another point, `t` = 1, 2, …, the parameters, the state vectors, which
//! start at 0, and what lines before have assigned, which lasts until the step ends. The last value of θ is the next iterate.
//! Arithmetic is that of IEEE 754: unlike in the methods of the registry 0/0 is not a number, and a run ends where a point is none.

mod board;
mod compile;
mod error;
mod gradients;
mod line;
mod names;
mod of_method;
mod walk;

use super::ParameterRow;
use super::parameter::{ParameterKind, Scale};
use crate::elementary;
use crate::expr::{canonical_name, display_name};
use compile::{Assignment, compile};
pub use error::{RuleError, RuleErrorKind, RulePlace};
pub use of_method::NoOwnRule;
pub(super) use walk::RuleWalk;

/// The most lines of a rule.
pub const MOST_RULE_LINES: usize = 64;
/// The most parameters of a rule.
pub const MOST_RULE_PARAMETERS: usize = 12;
/// The most state vectors of a rule.
pub const MOST_STATE_VECTORS: usize = 8;
/// The most operations of all lines of a rule.
pub const MOST_RULE_OPERATIONS: usize = 1000;
/// The most gradients at other points than θ that a line asks for.
pub const MOST_GRADIENTS: usize = 16;
/// The largest size of a parameter of a rule.
pub const MOST_RULE_PARAMETER: f64 = 1e6;

/// A rule that has been read; that without a line moves nothing.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    parameters: Vec<RuleParameter>,
    state: Vec<String>,
    lines: Vec<String>,
    assignments: Vec<Assignment>,
}

/// A parameter as it is declared.
#[derive(Clone, Debug)]
struct RuleParameter {
    name: String,
    symbol: String,
    kind: ParameterKind,
}

/// Two rules that say the same; the sliders of their parameters may differ.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.lines == other.lines && self.state == other.state && self.names().eq(other.names())
    }
}

impl Rule {
    /// Reads a rule: its parameters with their values, the names of its state vectors, its lines.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn new(parameters: &[(String, f64)], state: &[String], lines: &[String]) -> Result<Self, RuleError> {
        let assignments = compile(parameters, state, lines)?;
        let parameter = |(name, value): &(String, f64)| RuleParameter {
            name: name.clone(),
            symbol: display_name(name),
            kind: kind(name, *value),
        };
        Ok(Self {
            parameters: parameters.iter().map(parameter).collect(),
            state: state.to_vec(),
            lines: lines.to_vec(),
            assignments,
        })
    }

    /// Reads a rule whose state vectors need not be declared: every name that is read before a line assigns it is one. Those that
    /// are declared stay, as far as they stand in a line.
    ///
    /// # Errors
    /// As [`Rule::new`].
    pub fn with_found_state(
        parameters: &[(String, f64)],
        declared: &[String],
        lines: &[String],
    ) -> Result<Self, RuleError> {
        Self::new(parameters, &line::found_state(parameters, declared, lines), lines)
    }

    /// What a first rule is: the heavy ball.
    pub fn heavy_ball() -> Option<Self> {
        let parameters = [("alpha".to_owned(), 0.01), ("beta".to_owned(), 0.9)];
        let lines = ["v = beta*v + alpha*g", "theta = theta - v"].map(str::to_owned);
        Self::new(&parameters, &["v".to_owned()], &lines).ok()
    }

    /// The parameters as rows of sliders and files, in order.
    pub fn parameters(&self) -> impl ExactSizeIterator<Item = ParameterRow<'_>> {
        self.parameters.iter().map(|RuleParameter { name, symbol, kind }| ParameterRow {
            id: name,
            symbol,
            meaning: "A parameter of your own rule.",
            kind: *kind,
        })
    }

    /// Whether a name stands in one of some lines, comments aside.
    pub fn stands_in(name: &str, lines: &[String]) -> bool {
        lines.iter().any(|text| line::has_word(line::without_comment(text), name))
    }

    /// The first line, without its comment, that is another one in one of some rules; nothing where it has none there.
    pub fn first_difference<'r>(&self, others: impl Iterator<Item = &'r Self> + Clone) -> Option<&str> {
        fn said(rule: &Rule) -> impl Iterator<Item = &str> {
            rule.lines.iter().map(|line| line::without_comment(line).trim()).filter(|line| !line.is_empty())
        }
        let differs =
            |(place, line): &(usize, &str)| others.clone().any(|o| said(o).nth(*place) != Some(line));
        said(self).enumerate().find(differs).map(|(_, line)| line)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.parameters.iter().map(|parameter| parameter.name.as_str())
    }

    /// The names of the state vectors.
    pub fn state(&self) -> &[String] {
        &self.state
    }

    /// The lines as they were typed.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }
}

/// What a slider of a parameter spans: 0 to 1 for what is a share by its name, else some powers of ten around a value above 0.
fn kind(name: &str, value: f64) -> ParameterKind {
    const SHARES: [&str; 5] = ["beta", "rho", "nu", "gamma", "mu"];
    let canonical = canonical_name(name);
    let stem = canonical.trim_end_matches(|c: char| c.is_ascii_digit());
    let size = elementary::pow(10.0, elementary::log10(value.abs()).ceil());
    let (slider, scale) = if SHARES.contains(&stem) && (0.0..=1.0).contains(&value) {
        ([0.0, 1.0], Scale::Linear)
    } else if (1e-5..=10.0).contains(&value) {
        ([1e-5, 10.0], Scale::Logarithmic)
    } else if value > f64::MIN_POSITIVE * 1e6 {
        ([size * 1e-4, (size * 1e4).min(MOST_RULE_PARAMETER)], Scale::Logarithmic)
    } else if value == 0.0 || size < 1e-300 {
        ([0.0, 1.0], Scale::Linear)
    } else {
        ([-size, size], Scale::Linear)
    };
    let bounds = [-MOST_RULE_PARAMETER, MOST_RULE_PARAMETER];
    ParameterKind::Real { default: value, min: bounds[0], max: bounds[1], slider, scale }
}

#[cfg(test)]
mod tests;
