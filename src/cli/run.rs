//! `downhill run`: every step of every optimizer.

use std::path::{Path, PathBuf};

use super::telling::Telling;
use super::{CommandError, input, output};
use crate::figure::{Counted, Progress};
use crate::optimizer;
use crate::record::{csv, json};
use crate::scenario::Scenario;
use crate::session::STEPS_PER_UPDATE;

const AFTER_HELP: &str = "\
JSON is one object: the title, and for each optimizer its settings, outcome, points, values and
gradient norms. points[0] is the start, points[k] the point after k steps. Numbers read back
exactly; a number that is not finite is null.

CSV is one row for the start and one for each step:
  run,method,label,step,x,y,value,gradient_x,gradient_y,gradient_norm
with the variables' own names in place of x and y. `run` counts the optimizers from 1, in the
order of the scenario; `step` 0 is the start. A number that is not finite is NaN, inf or -inf.

Optimizers that are not visible are stepped like the others.

Examples:
  downhill run lecture.toml > runs.json
  downhill run lecture.toml --format csv -o runs.csv
  generate-scenario | downhill run - --format csv";

/// Step every optimizer of a scenario and write every step.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Run {
    /// The scenario file, or `-` for standard input
    pub scenario: PathBuf,
    /// How the result is written [default: json, or csv where FILE ends in .csv]
    #[arg(long, value_enum)]
    pub format: Option<RunFormat>,
    /// Write to FILE, whole or not at all, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How trajectories are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum RunFormat {
    /// One object with everything
    Json,
    /// One row a step
    Csv,
}

impl Run {
    fn format(&self) -> RunFormat {
        let ends_in_csv =
            || self.output.as_ref()?.extension().map(|ending| ending.eq_ignore_ascii_case("csv"));
        match self.format {
            Some(format) => format,
            None if ends_in_csv() == Some(true) => RunFormat::Csv,
            None => RunFormat::Json,
        }
    }

    pub(super) fn run(&self) -> Result<(), CommandError> {
        output::refuse_over(std::slice::from_ref(&self.scenario), self.output.as_deref())?;
        write(&input::scenario(&self.scenario)?, self.format(), self.output.as_deref())
    }
}

/// Writes every step of every optimizer to a file, or to standard output where none is named.
pub(super) fn write(scenario: &Scenario, format: RunFormat, file: Option<&Path>) -> Result<(), CommandError> {
    let objective = scenario.objective().map_err(|error| CommandError::input(&error.to_string()))?;
    let total = u64::from(scenario.run.steps) * scenario.optimizers.len() as u64;
    let (mut telling, mut done) = (Telling::on_terminal(file.is_some()), 0);
    // One run at a time is stepped, written and forgotten: a million steps are 40 MB.
    let runs = scenario.optimizers.iter().zip(scenario.plans()).map(|(choice, plan)| {
        let mut run = optimizer::Run::new(&objective, &plan);
        let before = done;
        while !run.is_over() {
            done += u64::from(run.advance(STEPS_PER_UPDATE));
            // It is never called off here.
            let _ = telling.tell(Progress { of: Counted::Steps, done, total });
        }
        done = before + u64::from(scenario.run.steps);
        (choice, run.into_trajectory())
    });
    output::to_file_or_stdout(file, |out| match format {
        RunFormat::Json => json::write_runs(out, &scenario.title, runs),
        RunFormat::Csv => csv::write_runs(out, scenario.cost.variable_names(), runs),
    })
}
