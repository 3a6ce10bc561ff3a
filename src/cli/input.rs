//! Scenarios that were named on the command line.

use std::path::Path;

use super::CommandError;
use crate::figure::FigureSpec;
use crate::files::{self, ReadError};
use crate::scenario::{self, Scenario};

/// A scenario with what came with it.
pub(super) struct Input {
    pub scenario: Scenario,
    /// Whether it was read from a picture.
    pub is_picture: bool,
    /// The choices about the figure that the picture carries.
    pub figure: Option<FigureSpec>,
}

/// Whether a scenario is to be read from standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads a scenario from a file, or from standard input for `-`. The file may be a picture that was made of it.
pub(super) fn scenario(path: &Path) -> Result<Scenario, CommandError> {
    read(path).map(|input| input.scenario)
}

/// Reads a scenario as [`scenario()`], with what came with it.
pub(super) fn read(path: &Path) -> Result<Input, CommandError> {
    let (name, text) = if is_stdin(path) {
        let name = "<stdin>".to_owned();
        let text = files::read_scenario_from(std::io::stdin().lock(), &name);
        (name, text)
    } else {
        (path.display().to_string(), files::read_scenario(path))
    };
    let text = text.map_err(|error| match error {
        ReadError::Unreadable { .. } => CommandError::work(&error.to_string()),
        _ => CommandError::input(&error.to_string()),
    })?;
    let scenario = scenario::read(&text.text, &name)?;
    Ok(Input { scenario, is_picture: text.is_picture, figure: text.figure })
}
