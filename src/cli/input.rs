//! Scenarios that were named on the command line.

use std::path::Path;

use super::CommandError;
use crate::files::{self, ReadError};
use crate::scenario::{self, Scenario};

/// Whether a scenario is to be read from standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads a scenario from a file, or from standard input for `-`.
pub(super) fn scenario(path: &Path) -> Result<Scenario, CommandError> {
    let (name, text) = if is_stdin(path) {
        let name = "<stdin>".to_owned();
        let text = files::read_text_from(std::io::stdin().lock(), &name);
        (name, text)
    } else {
        (path.display().to_string(), files::read_text(path))
    };
    let text = text.map_err(|error| match error {
        ReadError::Unreadable { .. } => CommandError::work(&error.to_string()),
        ReadError::TooLarge { .. } | ReadError::NotText { .. } => CommandError::input(&error.to_string()),
    })?;
    Ok(scenario::read(&text, &name)?)
}
