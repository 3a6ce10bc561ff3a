//! Arguments to a command or the window, and the only exit codes.

use std::io::Write as _;
use std::process::ExitCode;

use downhill::cli::{Arguments, Blame, CommandError};

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    if !error.message.is_empty() {
        // Where standard error is closed nobody can be told.
        let _ = writeln!(std::io::stderr(), "{error}");
    }
    ExitCode::from(match error.blame {
        Blame::Work => 1,
        Blame::Input => 2,
    })
}

fn run() -> Result<(), CommandError> {
    let Some(arguments) = Arguments::read(std::env::args_os())? else { return Ok(()) };
    match &arguments.command {
        Some(command) => command.run(),
        None => open_window(&arguments),
    }
}

#[cfg(feature = "window")]
fn open_window(arguments: &Arguments) -> Result<(), CommandError> {
    let scenario = arguments.scenario_to_open()?;
    downhill::ui::open(scenario).map_err(|error| CommandError::work(&error.to_string()))
}

#[cfg(not(feature = "window"))]
fn open_window(arguments: &Arguments) -> Result<(), CommandError> {
    arguments.scenario_to_open()?;
    Err(CommandError::work(
        "this build has no window; the commands are `downhill run`, `render`, `eval`, `derive`, `check` and `list` \
         (`downhill --help` explains them)",
    ))
}
