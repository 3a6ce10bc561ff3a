//! `downhill explain`: one step of one run, taken apart.

use std::path::PathBuf;

use super::{CommandError, input, output};
use crate::optimizer;
use crate::record::explained::ExplainedStep;

const AFTER_HELP: &str = "\
Each stage says what is computed, in symbols and with the numbers of the step. Numbers are rounded for
people: each line gives its result with the numbers that it shows. As JSON, `value` is not rounded.

Examples:
  downhill explain lecture.toml --run 2 --step 7
  downhill explain lecture.toml --run 6 --step 1 --format latex";

/// Say what one step of a run does, stage by stage.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Explain {
    /// The scenario, a picture of it, or `-` for standard input
    pub scenario: PathBuf,
    /// The run, counted from 1 in the order of the optimizers
    #[arg(long, value_name = "N")]
    pub run: usize,
    /// The step that leads to point K of the run, from 1
    #[arg(long, value_name = "K")]
    pub step: usize,
    /// As lines of text, as one JSON object, or as lines for LaTeX
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}

/// How a step is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ExplainFormat {
    /// Unicode, three lines a stage.
    Text,
    /// One object.
    Json,
    /// LaTeX for math mode.
    Latex,
}

impl Explain {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        let scenario = input::scenario(&self.scenario)?;
        let runs = scenario.optimizers.len();
        let chosen = self.run.checked_sub(1).and_then(|index| {
            let choice = scenario.optimizers.get(index)?;
            Some((choice, scenario.plans().nth(index)?))
        });
        let Some((choice, plan)) = chosen else {
            let message = format!("--run {}: the scenario has {}", self.run, super::counted(runs, "run"));
            return Err(CommandError::input(&message));
        };
        let problem = scenario.problem().map_err(|error| CommandError::input(&error.to_string()))?;
        let mut run = optimizer::Run::new(&problem, &plan);
        // Where there are more steps than this the rest is not needed. A step that is none is told how many there are.
        run.advance(u32::try_from(self.step).ok().filter(|step| *step > 0).unwrap_or(u32::MAX));
        let path = run.trajectory();
        let label = choice.name();
        let names = [choice.settings.method().id, label.as_str()];
        let Some(step) = ExplainedStep::new(self.run, names, path, self.step) else {
            let outcome = path.outcome.as_ref().map(|outcome| format!(" ({})", outcome.text));
            let steps = super::counted(path.steps(), "step");
            let message =
                format!("--step {}: {label} takes {steps}{}", self.step, outcome.unwrap_or_default());
            return Err(CommandError::input(&message));
        };
        output::to_stdout(|out| match self.format {
            ExplainFormat::Text => step.write_text(out),
            ExplainFormat::Json => step.write_json(out),
            ExplainFormat::Latex => step.write_latex(out),
        })
    }
}
