//! Why a command did not do what was asked.

use std::io::Write as _;

use super::printable::printable;
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

    /// Says it on standard error, if there is something to say. Where that is closed nobody can be told.
    pub fn tell(&self) {
        if !self.message.is_empty() {
            let _ = writeln!(std::io::stderr(), "{}", printable(&self.message));
        }
    }

    /// The same with another line.
    #[must_use]
    pub(super) fn with_hint(mut self, hint: &str) -> Self {
        self.message = format!("{}\n{}", self.message, printable(hint));
        self
    }
}

/// A mistake in a scenario begins with its place, as compilers say it, so that editors can jump there.
impl From<ScenarioError> for CommandError {
    fn from(error: ScenarioError) -> Self {
        Self { message: printable(&error.to_string()).replace('\n', "\\n"), blame: Blame::Input }
    }
}
