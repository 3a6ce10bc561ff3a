//! Scenarios that were named on the command line.

use std::path::Path;

use super::CommandError;
use crate::figure::FigureSpec;
use crate::files::{self, Opened, ReadError};
use crate::scenario::{NoTables, Scenario};

/// A scenario with what came with it.
pub(super) struct Input {
    pub opened: Opened,
    /// The choices about the figure that a picture carries.
    pub figure: Option<FigureSpec>,
}

/// Whether a scenario is to be read from standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads a scenario with a cost from a file, or from standard input for `-`. The file may be a picture that was made of it.
pub(super) fn scenario(path: &Path) -> Result<Scenario, CommandError> {
    let scenario = read(path)?.opened.scenario;
    if scenario.series.is_some() {
        let message = format!(
            "{}: a [series] has no cost and no runs: `downhill run` writes its averages, `downhill render` draws them",
            path.display()
        );
        return Err(CommandError::input(&message));
    }
    Ok(scenario)
}

/// Reads a scenario as [`scenario()`], whatever it is of, with what came with it.
pub(super) fn read(path: &Path) -> Result<Input, CommandError> {
    const STDIN: &str = "<stdin>";
    let (file, text) = if is_stdin(path) {
        (Path::new(STDIN), files::read_scenario_from(std::io::stdin().lock(), STDIN))
    } else {
        (path, files::read_scenario(path))
    };
    let text = text.map_err(|error| match error {
        ReadError::Unreadable { .. } => CommandError::work(&error.to_string()),
        _ => CommandError::input(&error.to_string()),
    })?;
    let opened = if is_stdin(path) {
        Opened { file: None, picture: None, ..Opened::read_with(&text, file, &NoTables)? }
    } else {
        Opened::read(&text, file)?
    };
    Ok(Input { opened, figure: text.figure })
}
