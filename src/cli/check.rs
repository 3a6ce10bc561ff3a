//! `downhill check`: what is wrong in scenario files.

use std::path::PathBuf;

use super::{Blame, CommandError, input, output};

const AFTER_HELP: &str = "\
For each file with a mistake, one line on standard output names file, line and column of the first
one and says what was expected. A file that cannot be read is named on standard error, and the
others are still checked.

Exit status: 0 all is well, 2 some file has a mistake, 1 some file cannot be read and no other has
a mistake.

Example:
  downhill check lectures/*.toml";

/// Say what is wrong in scenario files, or nothing.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Check {
    /// Scenario files, `-` for standard input
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
}

impl Check {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        let mut has_mistakes = false;
        let mut unreadable = Vec::new();
        output::to_stdout(|out| {
            for path in &self.scenarios {
                match input::read(path) {
                    Ok(_) => {}
                    Err(CommandError { message, blame: Blame::Input }) => {
                        has_mistakes = true;
                        writeln!(out, "{message}")?;
                    }
                    Err(CommandError { message, blame: Blame::Work }) => unreadable.push(message),
                }
            }
            Ok(())
        })?;
        let blame = match (has_mistakes, unreadable.is_empty()) {
            (false, true) => return Ok(()),
            (true, _) => Blame::Input,
            (false, false) => Blame::Work,
        };
        Err(CommandError { message: unreadable.join("\n"), blame })
    }
}
