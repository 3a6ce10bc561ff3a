//! `downhill race`: how fast each run is, and where it ends.

use std::io::Write as _;
use std::path::PathBuf;

use super::telling::Telling;
use super::{CommandError, input, output};
use crate::record::race;
use crate::session::Session;
use crate::work::{PART_OF_A_FRAME, Work};

const AFTER_HELP: &str = "\
A row for each run, those that are not visible too: run,method,label,learning_rate,steps,gradients,
values,hessians,rows,final_value,final_gradient_norm,distance,outcome. Steps and evaluations are those
until the gradient is shorter than the tolerance, or the run ends otherwise. `rows` are rows of data
looked at, 0 where there are none; `distance` is that of the last point to the nearest known optimum.
What there is nothing of is empty, in JSON null. Where each variable has a rate of its own, JSON has a
list, CSV both with a space between them.

--tune tries for each run 33 rates of its slider's range by powers of ten and the one it has, then
three times nine around the best, each rounded to four digits. The best converges with the fewest
gradient evaluations; where none converges, it ends at the lowest J (highest, to maximize), with
constraints nearest to where the conditions of a solution hold. Of rates that are alike the smaller
one is taken. Two rates keep their ratio, a schedule stays, and a method without a rate stays as it is.

Examples:
  downhill race lecture.toml
  downhill race lecture.toml --tune --format csv > race.csv";

/// Say how fast each run of a scenario is, and where it ends.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Race {
    /// The scenario, a picture of it, or `-` for standard input
    pub scenario: PathBuf,
    /// First find for each run the learning rate at which it is fastest
    #[arg(long)]
    pub tune: bool,
    /// As a table, as one JSON object, or as CSV
    #[arg(long, value_enum, default_value_t = RaceFormat::Text)]
    pub format: RaceFormat,
}

/// How a race is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum RaceFormat {
    /// A line each, rounded
    Text,
    /// One object
    Json,
    /// A row each
    Csv,
}

impl Race {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        let scenario = input::scenario(&self.scenario)?;
        scenario.problem().map_err(|error| CommandError::input(&error.to_string()))?;
        let mut session = Session::new(scenario);
        let mut telling = Telling::on_terminal(true);
        if self.tune {
            let mut tuning = session.tuning().ok_or_else(|| {
                // The problem was just made.
                CommandError::work("the rates cannot be tuned: the cost cannot be evaluated")
            })?;
            finish(&mut tuning, &mut telling);
            session.take_rates(&tuning);
        }
        finish(&mut session, &mut telling);
        drop(telling);
        if session.wants_solutions() {
            // Runs are measured by them.
            session.finish_solutions();
        }
        let (rows, scenario) = (race::race_rows(&session), session.scenario());
        output::to_stdout(|out| match self.format {
            RaceFormat::Text => race::write_text(out, &rows),
            RaceFormat::Json => race::write_json(out, &scenario.title, self.tune, &rows),
            RaceFormat::Csv => race::write_csv(out, &rows),
        })?;
        if self.tune {
            // What nobody can be told is no reason to fail.
            let _ = writeln!(std::io::stderr(), "{}", race::tuned_words(scenario));
        }
        Ok(())
    }
}

/// Does all of some work, and says how far it is.
fn finish<W: std::io::Write>(work: &mut impl Work, telling: &mut Telling<W>) {
    while !work.advance(PART_OF_A_FRAME) {
        telling.tell(work.progress());
    }
}
