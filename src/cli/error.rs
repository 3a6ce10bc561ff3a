//! Why a command did not do what was asked.

use crate::scenario::ScenarioError;

/// What a command could not do, in the words that are printed to standard error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CommandError {
    /// Lines without a final newline; empty where the output has already said it.
    pub message: String,
    /// Which exit status it deserves.
    pub blame: Blame,
}

/// What is to blame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The work: a file cannot be read or written, there is no display.
    Work,
    /// The input: an argument, a formula, a scenario.
    Input,
}

impl CommandError {
    /// The work failed, for this reason.
    pub fn work(reason: &str) -> Self {
        Self { message: format!("downhill: {}", printable(reason)), blame: Blame::Work }
    }

    /// The input is wrong, for this reason.
    pub fn input(reason: &str) -> Self {
        Self { message: format!("downhill: {}", printable(reason)), blame: Blame::Input }
    }

    /// The same with another line.
    #[must_use]
    pub(super) fn with_hint(mut self, hint: &str) -> Self {
        self.message = format!("{}\n{hint}", self.message);
        self
    }
}

/// A mistake in a scenario begins with its place, as compilers say it, so that editors can jump there.
impl From<ScenarioError> for CommandError {
    fn from(error: ScenarioError) -> Self {
        Self { message: printable(&error.to_string()).replace('\n', "\\n"), blame: Blame::Input }
    }
}

/// The text with its control characters spelled out, since what a file or an argument contains must not steer the
/// terminal. Line breaks stay.
fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() && c != '\n' {
            printable.extend(c.escape_default());
        } else {
            printable.push(c);
        }
    }
    printable
}
