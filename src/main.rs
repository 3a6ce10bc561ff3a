//! Arguments to a command or the window, and the only exit codes.

use std::process::ExitCode;
#[cfg(feature = "window")]
use std::time::Duration;

use downhill::cli::{Arguments, Blame, CommandError};
#[cfg(feature = "window")]
use downhill::{files::Errand, ui::Start};

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    error.tell();
    ExitCode::from(match error.blame {
        Blame::Work => 1,
        Blame::Input => 2,
    })
}

fn run() -> Result<(), CommandError> {
    let Some(arguments) = Arguments::read(std::env::args_os())? else { return Ok(()) };
    match &arguments.command {
        Some(command) => command.run(),
        None => open_window(arguments),
    }
}

/// How long the window waits for the scenario that it shows, so that what is wrong with it is said where it was typed.
/// A folder that takes longer is waited for in the window.
#[cfg(feature = "window")]
const PATIENCE: Duration = Duration::from_secs(2);

#[cfg(feature = "window")]
fn open_window(arguments: Arguments) -> Result<(), CommandError> {
    let path = arguments.scenario.clone();
    let is_file = path.as_ref().is_some_and(|path| path.as_os_str() != "-");
    let errand = Errand::begin(move |_| arguments.scenario_to_open());
    let start = match errand.answer(if is_file { PATIENCE } else { Duration::MAX }) {
        Ok(scenario) => scenario?.map_or(Start::LastSession, |opened| Start::Scenario(Box::new(opened))),
        Err(_) => path.map_or(Start::LastSession, Start::File),
    };
    downhill::ui::open(start).map_err(|error| CommandError::work(&error.to_string()))
}

#[cfg(not(feature = "window"))]
fn open_window(arguments: Arguments) -> Result<(), CommandError> {
    arguments.scenario_to_open()?;
    Err(CommandError::work(
        "this build has no window; the commands are `downhill run`, `render`, `eval`, `derive`, `check` and `list` \
         (`downhill --help` explains them)",
    ))
}
