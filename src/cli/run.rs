//! `downhill run`: every step of every optimizer.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::telling::Telling;
use super::{CommandError, input, output};
use crate::optimizer;
use crate::record::{csv, json, series};
use crate::scenario::Scenario;
use crate::work::{Counted, Progress};

const AFTER_HELP: &str = "\
JSON is one object: the title, and for each optimizer its settings, outcome, points, values and
gradient norms. points[0] is the start, points[k] the point after k steps. Numbers read back
exactly; a number that is not finite is null. Where steps look at batches of rows, `batches` has the
row numbers (from 0) of each step.

CSV is one row for the start and one for each step:
  run,method,label,step,x,y,value,gradient_x,gradient_y,gradient_norm
with the variables' own names in place of x and y. `run` counts the optimizers from 1, in the
order of the scenario; `step` 0 is the start. A number that is not finite is NaN, inf or -inf.
Constraints add multiplier_1,multiplier_2,constraint_1,constraint_2,kkt_residual, and schedules
learning_rate, of the step that leads on, or learning_rate_x,learning_rate_y; a field is empty
where a run has none.

Optimizers that are not visible are stepped like the others.

Of a [series], JSON has its values and for each beta the averages v and v_hat, CSV
  beta,t,value,v,v_hat
with t from 1, and empty fields where bias_correction leaves one of them out.

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
        write(&input::read(&self.scenario)?.opened.scenario, self.format(), self.output.as_deref())
    }
}

/// Writes every step of every optimizer to a file, or to standard output where none is named; of a series its averages.
pub(super) fn write(scenario: &Scenario, format: RunFormat, file: Option<&Path>) -> Result<(), CommandError> {
    if let Some(of_series) = &scenario.series {
        return output::to_file_or_stdout(file, |out| match format {
            RunFormat::Json => series::write_json(out, &scenario.title, of_series),
            RunFormat::Csv => series::write_csv(out, of_series),
        });
    }
    let problem = scenario.problem().map_err(|error| CommandError::input(&error.to_string()))?;
    let mut stepping = Stepping::new(scenario, Telling::on_terminal(file.is_some()));
    let runs = scenario.optimizers.iter().zip(scenario.plans());
    let runs = runs.map(|(choice, plan)| (choice, optimizer::Run::new(&problem, &plan)));
    output::to_file_or_stdout(file, |out| match format {
        // What came of a run stands before its steps: one run at a time is stepped, written and forgotten.
        RunFormat::Json => {
            let stepped = runs.map(|(choice, mut run)| {
                stepping.begin();
                while stepping.slice(&mut run) {}
                (choice, run.into_trajectory())
            });
            json::write_runs(out, &scenario.title, scenario.batches().as_ref(), stepped)
        }
        RunFormat::Csv => {
            let ends = csv::Ends::of(!problem.constraints.is_empty(), &scenario.optimizers);
            let mut rows = csv::Rows::new(out, scenario.cost.variable_names(), ends)?;
            for (choice, mut run) in runs {
                rows.begin(choice);
                stepping.begin();
                let mut written = 0;
                loop {
                    let goes_on = stepping.slice(&mut run);
                    // Of the last point it is not known yet whether a step leads on from it.
                    let recorded = run.trajectory().len() - usize::from(goes_on);
                    rows.write(run.trajectory(), written..recorded)?;
                    if !goes_on {
                        break;
                    }
                    run.keep_least();
                    written = recorded;
                }
            }
            Ok(())
        }
    })
}

/// So many steps are taken before it is told how far they are.
const STEPS_AT_A_TIME: u32 = 100_000;

/// Tells how far the stepping of all runs has come.
struct Stepping<W: Write> {
    telling: Telling<W>,
    steps: u64,
    runs: u64,
    begun: u64,
}

impl<W: Write> Stepping<W> {
    fn new(scenario: &Scenario, telling: Telling<W>) -> Self {
        Self { telling, steps: scenario.run.steps.into(), runs: scenario.optimizers.len() as u64, begun: 0 }
    }

    /// Goes on to the next run.
    fn begin(&mut self) {
        self.begun += 1;
    }

    /// Takes some steps. Returns whether there are more.
    fn slice(&mut self, run: &mut optimizer::Run) -> bool {
        run.advance(STEPS_AT_A_TIME);
        let done = (self.begun - 1) * self.steps + run.trajectory().steps() as u64;
        self.telling.tell(Progress { of: Counted::Steps, done, total: self.runs * self.steps });
        !run.is_over()
    }
}
