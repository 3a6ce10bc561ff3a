//! The saved value: everything that a lecturer keeps, and nothing that can be computed again.
//!
//! A [`Scenario`] says which cost is shown in which window, where the runs start and which optimizers
//! walk. [`read()`] turns the text of a scenario file into one, with errors that name line and column;
//! [`write()`] turns it into text again. Reading what was written gives an equal value.
//!
//! # What a file may leave out
//! Only `[cost]` with a `formula` or a `function` is required.
//!
//! | left out | with `function` | with `formula` |
//! | --- | --- | --- |
//! | `title`, `notes` | the function's name and what it teaches | empty |
//! | `variables` | always the function's own; another pair is an error | `x` and `y` |
//! | `constants` | the function's own; the file overrides those that it names | none |
//! | `goal` | the function's own | `minimize` |
//! | `derivatives` | `exact` | `exact` |
//! | `[window]` `x`, `y` | the function's own | −3 to 3 |
//! | `levels` | the function's own scale, 20 levels | quantile, 20 levels |
//! | `start` | the function's own | see [`default_start`] |
//! | `steps`, `tolerance` | the function's own steps, 1e-6 | 500, 1e-6 |
//! | `[sliders]` | ends that suit each constant's value | the same |
//! | `[[optimizer]]` | all methods, at the rates suggested for the function | all methods, at their default rates |
//! | a parameter | the rate suggested for the function, else the method's default | the method's default |
//! | `label`, `visible` | none (the method's name is shown), `true` | the same |

mod cost;
mod defaults;
mod equations;
mod error;
mod examples;
mod history;
mod optimizers;
mod read;
mod run_names;
mod sliders;
mod suited;
mod table;
mod text_span;
mod write;

pub use defaults::{FIRST_METHODS, default_start};
pub use error::ScenarioError;
pub use examples::{
    Example, are_given_notes, examples, first_sentence, has_notes_of_example, is_given_title,
};
pub use history::{History, MAX_UNDO_STEPS, REST_SECS};
pub use read::read;
pub use suited::Suggestion;
pub use write::{write, write_optimizer};

use std::ops::RangeInclusive;

use crate::builtin;
use crate::expr::{Expression, FormulaError};
use crate::landscape::{Levels, Region};
use crate::objective::{Derivatives, Goal, Objective, Problem};
use crate::optimizer::{Limits, Plan, Settings};

/// The version of the file format that is written, and the newest that is read.
pub const FORMAT: u32 = 1;
/// The steps that a run may be asked to take at most.
pub const STEPS: RangeInclusive<u32> = 1..=1_000_000;
/// About how many isolines a scenario may ask for.
pub const LEVEL_COUNT: RangeInclusive<u16> = 1..=200;
/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 1 << 20;
/// The longest title or label, in characters.
pub const MAX_TITLE_CHARS: usize = 200;
/// The longest notes, in characters.
pub const MAX_NOTES_CHARS: usize = 10_000;
/// The most optimizers in one scenario.
pub const MAX_OPTIMIZERS: usize = 64;
/// The most constants of one cost.
pub const MAX_CONSTANTS: usize = 32;

/// One picture and its numbers: what a scenario file says.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// One line that names the scenario; may be empty.
    pub title: String,
    /// What to look at, shown beside the plot; may be empty and may have several lines.
    pub notes: String,
    /// The function whose landscape is shown.
    pub cost: Cost,
    /// The part of the plane that is shown.
    pub window: Region,
    /// How the isolines are spaced.
    pub levels: Levels,
    /// Where the runs start and when they end.
    pub run: RunOptions,
    /// The ends chosen for the sliders of constants, by name; the others are left to the program.
    pub sliders: Vec<(String, [f64; 2])>,
    /// The runs, in drawing order. The same method may appear more than once.
    pub optimizers: Vec<OptimizerChoice>,
}

/// The cost J with everything that its value depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// A typed formula or a built-in function.
    pub source: CostSource,
    /// The two axes, horizontal first. Those of the function where the source is one.
    pub variables: [String; 2],
    /// The other letters of the formula and their values, in the order in which they are shown.
    pub constants: Vec<(String, f64)>,
    /// Which way the optimizers go.
    pub goal: Goal,
    /// How gradient and Hessian are found.
    pub derivatives: Derivatives,
}

/// Where the formula of a cost comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum CostSource {
    /// As typed.
    Formula(String),
    /// The id of a row of [`builtin::BUILT_INS`].
    Function(&'static str),
}

/// Where the runs start and when they end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunOptions {
    /// The first iterate of every run.
    pub start: [f64; 2],
    /// The most steps that are taken, within [`STEPS`].
    pub steps: u32,
    /// A run ends when the Euclidean norm of the gradient is below it; 0 takes all steps.
    pub tolerance: f64,
}

/// One run: a method with its parameters, and how it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct OptimizerChoice {
    /// The method and a value for each of its parameters.
    pub settings: Settings,
    /// A name of its own; without one the method's name is shown.
    pub label: Option<String>,
    /// Whether its path is drawn.
    pub visible: bool,
}

impl OptimizerChoice {
    /// A visible run without a label.
    pub fn new(settings: Settings) -> Self {
        Self { settings, label: None, visible: true }
    }

    /// Whether it has a label that is not blank.
    pub fn has_label(&self) -> bool {
        self.label.as_ref().is_some_and(|label| !label.trim().is_empty())
    }

    /// The label, or the method's name where there is none or it is blank. Among other runs of its method it is called by
    /// [`Scenario::run_name`].
    pub fn name(&self) -> String {
        let label = self.label.clone().filter(|_| self.has_label());
        label.unwrap_or_else(|| self.settings.method().name.to_owned())
    }
}

impl Cost {
    /// The formula as text: the typed one, or that of the built-in function.
    pub fn formula(&self) -> &str {
        match &self.source {
            CostSource::Formula(text) => text,
            CostSource::Function(id) => builtin::find(id).map_or("", |row| row.formula),
        }
    }

    /// The formula without what stands left of its `=`.
    pub fn right_side(&self) -> String {
        let formula = self.formula();
        Expression::parse(formula)
            .map_or_else(|_| formula.to_owned(), |parsed| parsed.right_side().to_owned())
    }

    /// The variables as compiled: horizontal axis first.
    pub fn variable_names(&self) -> [&str; 2] {
        [&self.variables[0], &self.variables[1]]
    }

    /// Compiles the formula.
    ///
    /// # Errors
    /// Where the formula does not parse or names an unknown letter; the span lies in [`Cost::formula`].
    pub fn objective(&self) -> Result<Objective, FormulaError> {
        let tape = Expression::parse(self.formula())?.compile(self.variable_names(), &self.constants)?;
        Ok(Objective::new(tape, self.goal, self.derivatives))
    }
}

impl Scenario {
    /// Compiles the cost.
    ///
    /// # Errors
    /// As [`Cost::objective`]. A scenario that was read from a file always compiles.
    pub fn objective(&self) -> Result<Objective, FormulaError> {
        self.cost.objective()
    }

    /// Compiles what the runs work on.
    ///
    /// # Errors
    /// As [`Scenario::objective`].
    pub fn problem(&self) -> Result<Problem, FormulaError> {
        self.objective().map(Problem::from)
    }

    /// What each of its runs depends on beside the cost, in the order of the optimizers.
    pub fn plans(&self) -> impl Iterator<Item = Plan> {
        let RunOptions { start, steps, tolerance } = self.run;
        let limits = Limits { steps, tolerance };
        self.optimizers.iter().map(move |choice| Plan::new(choice.settings.clone(), start.into(), limits))
    }
}
