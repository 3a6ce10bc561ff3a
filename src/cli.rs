//! The command line: what can be typed, and the commands that need no window. No numerics.
//!
//! A command writes its result to standard output, or to the file of `-o`. Everything else is a [`CommandError`], which
//! the program prints to standard error.

mod check;
mod derive;
mod error;
mod eval;
mod explain;
mod formula;
mod input;
mod list;
mod map;
mod output;
mod printable;
mod race;
mod render;
mod run;
mod solve;
mod telling;

pub use check::Check;
pub use derive::{Derive, DeriveFormat};
pub use error::{Blame, CommandError};
pub use eval::Eval;
pub use explain::{Explain, ExplainFormat};
pub use formula::TypedFormula;
pub use list::{List, ListFormat, Table};
pub use map::{Map, MapFormat, MapKind};
pub use race::{Race, RaceFormat};
pub use render::{Choices, Render};
pub use run::{Run, RunFormat};
pub use solve::{Solve, SolveFormat};

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser};

use crate::files::{self, Opened};
use crate::spelling::{Tolerance, near_within};

/// What was typed.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "downhill",
    version,
    about = "Watch gradient descent and its relatives walk over the contour plot of any cost of two variables.",
    after_help = AFTER_HELP,
    args_conflicts_with_subcommands = true
)]
pub struct Arguments {
    /// The scenario to open in the window, a picture of it, or `-` for standard input [default: the last session]
    pub scenario: Option<PathBuf>,
    /// What to do without a window.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER_HELP: &str = "\
Examples:
  downhill                                    open the window
  downhill lecture.toml                       open the window on a scenario
  downhill figure.png                         open the window on the scenario of a picture
  downhill render lecture.toml -o figure.svg  the figure, as SVG, PNG, GIF or PDF, or its numbers as CSV or JSON
  downhill run lecture.toml -o runs.json      every step of every optimizer
  downhill eval '(1-x)^2 + 100*(y-x^2)^2' --at -1.2,1
  downhill derive '(a-x)^2 + b*(y-x^2)^2'     gradient and Hessian as formulas
  downhill explain lecture.toml --run 2 --step 7   what a step does, with its numbers
  downhill race lecture.toml --tune           how fast each method is at the best of its rates
  downhill solve lecture.toml                 where the cost is stationary, subject to its constraints
  downhill map lecture.toml --kind basins     where every start in the window leads
  downhill check *.toml
  downhill list functions

Exit status: 0 done, 1 the work failed (an unreadable file, a full disk), 2 the input is wrong.";

/// The commands that need no window.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Step every optimizer of a scenario and write every step.
    Run(Run),
    /// Draw the figure of a scenario, with no display.
    Render(Box<Render>),
    /// Print value, exact gradient and exact Hessian of a formula at points.
    Eval(Eval),
    /// Print a cost with its gradient and Hessian as formulas.
    Derive(Derive),
    /// Say what one step of a run does, stage by stage.
    Explain(Explain),
    /// Say how fast each run of a scenario is, and where it ends; with --tune each at the best of its learning rates.
    Race(Race),
    /// Find the solutions of a scenario in its window: stationary points, or with constraints where ∇f = Σ λ∇g.
    Solve(Solve),
    /// Say where every start in the window leads, or what every pair of two parameters makes of a run.
    Map(Map),
    /// Say what is wrong in scenario files, or nothing.
    Check(Check),
    /// List what is built in: functions or optimizers.
    List(List),
}

impl Arguments {
    /// Reads what was typed, the program's name included. Prints help and version where they were asked for, and
    /// returns nothing then.
    ///
    /// # Errors
    /// One that blames the input, and says how the command is used.
    pub fn read(typed: impl IntoIterator<Item = OsString>) -> Result<Option<Self>, CommandError> {
        let typed: Vec<OsString> = typed.into_iter().collect();
        match Self::try_parse_from(&typed) {
            Ok(arguments) => Ok(Some(arguments)),
            Err(error) if !error.use_stderr() => {
                output::to_stdout(|out| write!(out, "{}", error.render()))?;
                Ok(None)
            }
            Err(error) => Err(usage_error(&error, &typed)),
        }
    }

    /// The scenario to open in the window with the file it was read from, nothing where none was named. One that comes from
    /// a picture has no file: it would be saved over the picture.
    ///
    /// # Errors
    /// As [`Command::run`] has for a scenario. A name that is no file but nearly a command says so.
    pub fn scenario_to_open(&self) -> Result<Option<Opened>, CommandError> {
        let Some(path) = &self.scenario else { return Ok(None) };
        if !input::is_stdin(path) && files::is_stream(path) {
            let name = path.display();
            return Err(CommandError::work(&format!(
                "{name}: a pipe or a device, and no file that can be opened: `downhill - < {name}` reads it first"
            )));
        }
        match input::read(path) {
            Ok(input) => Ok(Some(input.opened)),
            Err(error) if path.exists() => Err(error),
            Err(error) => Err(match near_command(&path.to_string_lossy()) {
                Some(command) => error.with_hint(&format!("did you mean the command `downhill {command}`?")),
                None => error,
            }),
        }
    }
}

impl Command {
    /// Does what the command says.
    ///
    /// # Errors
    /// One that blames the input (a formula, a scenario, an argument) or the work (a file that cannot be read or
    /// written).
    pub fn run(&self) -> Result<(), CommandError> {
        match self {
            Self::Run(run) => run.run(),
            Self::Render(render) => render.run(),
            Self::Eval(eval) => eval.run(),
            Self::Derive(derive) => derive.run(),
            Self::Explain(explain) => explain.run(),
            Self::Race(race) => race.run(),
            Self::Solve(solve) => solve.run(),
            Self::Map(map) => map.run(),
            Self::Check(check) => check.run(),
            Self::List(list) => list.run(),
        }
    }
}

/// What is wrong with what was typed, and how it is used. A mistyped command looks like a scenario with something
/// superfluous behind it, so that clap blames the wrong word.
fn usage_error(error: &clap::Error, typed: &[OsString]) -> CommandError {
    let is_superfluous = matches!(error.kind(), ErrorKind::ArgumentConflict | ErrorKind::UnknownArgument);
    let first = typed.get(1).map(|word| word.to_string_lossy()).unwrap_or_default();
    match near_command(&first) {
        Some(command) if is_superfluous && command != first => {
            let message = format!("there is no command `{first}`: did you mean `downhill {command}`?");
            return CommandError::input(&message);
        }
        _ => {}
    }
    let is_command = Arguments::command().find_subcommand(&*first).is_some();
    if error.kind() == ErrorKind::ArgumentConflict && !is_command {
        let message =
            "expected one scenario to open, or a command and what it needs: `downhill --help` shows both";
        return CommandError::input(message);
    }
    let text = error.render().to_string();
    let text = text.trim_end();
    CommandError::input(text.strip_prefix("error: ").unwrap_or(text))
}

/// The command that `typed` most likely stands for.
fn near_command(typed: &str) -> Option<String> {
    let tolerance = Tolerance { slips: |length| if length < 4 { 1 } else { 2 }, takes_parts: false };
    let commands = Arguments::command();
    near_within(tolerance, typed, commands.get_subcommands().map(clap::Command::get_name)).map(str::to_owned)
}

/// "7 runs, from 1 to 7", "1 run", "no run".
fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s, from 1 to {count}"),
    }
}
