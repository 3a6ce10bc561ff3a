//! `downhill solve`: all solutions of a scenario in its window.

use std::io::Write as _;
use std::path::PathBuf;

use super::{CommandError, input, output};
use crate::landscape::{MOST_CANDIDATES, solve};
use crate::record::solutions;

const AFTER_HELP: &str = "\
Found is all that a grid of 256 by 256 separates, of one variable one of 4096; points that are nearer together may be missing. A point is
called what the cost, as it is typed, is there where the constraints hold.

Examples:
  downhill solve lecture.toml
  downhill solve lecture.toml --format json";

/// Find the solutions of a scenario in its window.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Solve {
    /// The scenario, a picture of it, or `-` for standard input
    pub scenario: PathBuf,
    /// As a table, or as one JSON object
    #[arg(long, value_enum, default_value_t = SolveFormat::Text)]
    pub format: SolveFormat,
}

/// How solutions are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SolveFormat {
    /// A line each.
    Text,
    /// One object.
    Json,
}

impl Solve {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        let scenario = input::scenario(&self.scenario)?;
        let problem = scenario.problem().map_err(|error| CommandError::input(&error.to_string()))?;
        let found = solve(&problem, scenario.window);
        output::to_stdout(|out| match self.format {
            SolveFormat::Text => solutions::write_text(out, &found, &scenario.cost),
            SolveFormat::Json => solutions::write_json(out, &found, scenario.cost.shown_variables().len()),
        })?;
        let tell = |sentence: &str| {
            // What nobody can be told is no reason to fail.
            let _ = writeln!(std::io::stderr(), "{sentence}");
        };
        if found.has_curve {
            tell("there is a curve of solutions, of which some points are told");
        }
        if found.is_cut {
            tell(&format!("there are more than {MOST_CANDIDATES} solutions, of which the best are told"));
        }
        Ok(())
    }
}
