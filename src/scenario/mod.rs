//! The saved value: everything that a lecturer keeps, and nothing that can be computed again.
//!
//! A [`Scenario`] says which cost is shown in which window, where the runs start and which optimizers
//! walk. [`read()`] turns the text of a scenario file into one, with errors that name line and column;
//! [`write()`] turns it into text again. Reading what was written gives an equal value.
//!
//! # What a file may leave out
//! Only `[cost]` with a `formula` or a `function` is required. A file with a `[series]` has none, and nothing else but `format`,
//! `title` and `notes`; of a series only its numbers are required: β is then 0.9, bias correction is shown both ways, and a formula
//! makes 200 numbers with the seed 1.
//!
//! | left out | with `function` | with `formula` |
//! | --- | --- | --- |
//! | `title`, `notes` | the function's name and what it teaches | empty |
//! | `variables` | always the function's own; another pair is an error | `x` and `y`; one name for a curve |
//! | `constants` | the function's own; the file overrides those that it names | none |
//! | `goal` | the function's own | `minimize` |
//! | `derivatives` | `exact` | `exact` |
//! | `[window]` `x`, `y` | the function's own | −3 to 3; of a curve `y` is what fits |
//! | `levels` | the function's own scale, 20 levels | quantile, 20 levels |
//! | `start` | the function's own | see [`default_start`] |
//! | `steps`, `tolerance` | the function's own steps, 1e-6 | 500, 1e-6 |
//! | `[sliders]` | ends that suit each constant's value | the same |
//! | `l1`, `l2`, `regularize` | 0, 0, both variables | the same |
//! | `[data]` | none: the formula is the cost itself | the same |
//! | `batch`, `sampling`, `seed` | all rows, `shuffle`, 1 | the same |
//! | `[[constraint]]` | none; of one `=` and the level 0 | the same |
//! | `[treatment]` | `augmented-lagrangian`, μ = 10, rate 0.1, 20 inner steps | the same |
//! | `[[optimizer]]` | all methods, at the rates suggested for the function | all methods, at their default rates; Newton, secant and bisection for a root |
//! | `second_start`, `bracket` | | a tenth of the window's width beside the start; the window's `x` |
//! | a parameter | the rate suggested for the function, else the method's default | the method's default |
//! | `schedule` | none: the rate stays as it is | the same |
//! | `[view]` | none: what is open, and the relief, are the person's own | the same |
//! | `label`, `visible` | none (the method's name is shown), `true` | the same |
//!
//! # Formats
//! A file may say `format`, the version of what it can say. Written is the lowest that suffices, so that an older program
//! reads what it can and says where a newer one is needed. Each table is a file of this module, with its value, its
//! defaults, its reading and writing, what older formats do not know of it, and the names of its changes.

mod column_names;
mod constraints;
mod cost;
mod data;
mod equations;
mod error;
mod examples;
mod history;
mod identity;
mod losses;
mod one_variable;
mod optimizers;
mod own_rule;
mod parameter_units;
mod read;
mod run;
mod run_names;
mod schedule;
mod series;
mod sliders;
mod suited;
mod syntax;
mod table;
mod tables;
mod toml_text;
mod treatment;
mod typed_rows;
mod view;
mod window;
mod write;

pub use column_names::ColumnNameError;
pub use constraints::{ConstraintChoice, TypedConstraint};
pub use cost::{Cost, CostSource, MAX_CONSTANTS};
pub use data::{ConstantColumn, Data, MAX_ROWS_IN_SCENARIO};
pub use error::ScenarioError;
pub use examples::{
    Example, are_given_notes, examples, first_sentence, has_notes_of_example, is_given_title,
};
pub use history::{History, MAX_UNDO_STEPS, REST_SECS};
pub use identity::Identity;
pub use losses::Loss;
pub use optimizers::{FIRST_METHODS, MAX_OPTIMIZERS, OptimizerChoice, write_optimizer};
pub use parameter_units::{AffineMap, Meaning, NotUnscaled, ParameterUnits, Unscaled};
pub use read::{read, read_with};
pub use run::{MAX_SEED, RunOptions, STEPS, default_start};
pub use series::{
    BiasCorrection, LARGEST_VALUE, MAX_BETAS, MAX_TYPED_VALUES, MAX_VALUES, SeriesError, SeriesFormula,
    SeriesSource, SeriesTextError, TimeSeries, typed_values,
};
pub use suited::Suggestion;
pub use tables::{NoTables, Tables};
pub use typed_rows::{MOST_TYPED_ROWS, TypedRowsError};
pub use view::{MapKind, MapOptions, OpenView, ViewOptions};
pub use window::LEVEL_COUNT;
pub use write::{write, write_inline};

use crate::builtin::{self, BUILT_INS, BuiltIn};
use crate::data::Batches;
use crate::expr::FormulaError;
use crate::landscape::{Levels, Region};
use crate::objective::{Goal, Objective, Penalty, Problem};
use crate::optimizer::{
    Limits, Method, ParameterValue, Plan, Treatment, TreatmentKind, TreatmentSettings, middle,
};

/// The newest version of the file format, the highest that is read and written.
pub const FORMAT: u32 = 2;
/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 1 << 20;
/// The longest title or label, in characters.
pub const MAX_TITLE_CHARS: usize = 200;
/// The longest notes, in characters.
pub const MAX_NOTES_CHARS: usize = 10_000;

/// One picture and its numbers: what a scenario file says.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// One line that names the scenario; may be empty.
    pub title: String,
    /// What to look at, shown beside the plot; may be empty and may have several lines.
    pub notes: String,
    /// The function whose landscape is shown.
    pub cost: Cost,
    /// What it is subject to: at most [`MAX_CONSTRAINTS`](crate::objective::MAX_CONSTRAINTS).
    pub constraints: Vec<ConstraintChoice>,
    /// How runs meet the constraints, but for those that have a way of their own. The default where there are none.
    pub treatment: TreatmentSettings,
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
    /// Numbers one after the other, in the place of a cost. Then title and notes are all else that is said: the cost is none that
    /// anyone sees, and nobody walks.
    pub series: Option<TimeSeries>,
    /// What is open beside the plot, and how; where nothing is said, that is a matter of whoever looks.
    pub view: Option<ViewOptions>,
}

impl Scenario {
    /// A built-in function in its own window, with all methods at the rates suggested for it.
    pub fn of_built_in(row: &BuiltIn) -> Self {
        Self::of_cost(Cost::of_built_in(row))
    }

    /// A typed formula in the window from −3 to 3, with all methods at their default rates.
    ///
    /// The text need not parse; [`Scenario::objective`] says whether it does.
    pub fn of_formula(text: impl Into<String>) -> Self {
        let mut scenario = Self::of_cost(Cost::of_formula(text));
        scenario.run.start = default_start(&scenario.cost, scenario.window);
        scenario
    }

    /// A cost over rows of data, called so, with what else a typed formula has.
    pub fn of_data(cost: Cost) -> Self {
        let rows = cost.data.as_ref().map_or(0, |data| data.table().rows());
        let mut scenario = Self { title: format!("Data, {rows} rows"), ..Self::of_cost(cost) };
        scenario.run.start = default_start(&scenario.cost, scenario.window);
        scenario
    }

    /// A series in the place of a cost.
    pub fn of_series(series: TimeSeries) -> Self {
        let no_cost = Self::of_cost(Cost::of_formula("0"));
        Self { optimizers: Vec::new(), series: Some(series), ..no_cost }
    }

    /// The scenario that a file with nothing but this cost stands for, except for the start of a typed formula.
    fn of_cost(cost: Cost) -> Self {
        let row = cost.built_in();
        let (window, levels) = window::default(row);
        Self {
            title: row.map_or("", |row| row.name).to_owned(),
            notes: row.map_or("", |row| row.teaches).to_owned(),
            constraints: Vec::new(),
            treatment: TreatmentSettings::default(),
            window,
            levels,
            run: RunOptions::default_for(row),
            sliders: Vec::new(),
            optimizers: optimizers::default(&cost),
            series: None,
            view: None,
            cost,
        }
    }

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
        let mut problem = self.objective().map(Problem::from)?;
        let enabled = self.enabled_constraints().map(|choice| self.cost.constraint(choice));
        problem.constraints = enabled.collect::<Result<_, _>>()?;
        Ok(problem)
    }

    /// The constraints that count.
    pub fn enabled_constraints(&self) -> impl Iterator<Item = &ConstraintChoice> {
        self.constraints.iter().filter(|choice| choice.enabled)
    }

    /// Makes what was changed in one place fit the rest, so that a file may hold it: a batch has no more rows than there are, what
    /// is maximized has no penalty, there is a step for each run under its constraints, a copy is no longer the original, and beside a
    /// series there is no cost.
    pub fn fit(&mut self) {
        if let Some(series) = self.series.take() {
            let (title, notes) = (std::mem::take(&mut self.title), std::mem::take(&mut self.notes));
            *self = Self { title, notes, ..Self::of_series(series) };
            return;
        }
        Identity::tell_apart(self.optimizers.iter_mut().map(|choice| &mut choice.identity));
        let (runs, is_of_one, has_rows) =
            (self.optimizers.len(), self.cost.is_of_one_variable(), self.cost.data.is_some());
        if let Some(view) = &mut self.view {
            view.map = view.map.filter(|map| map.run < runs);
            view.open.retain(|open| match open {
                OpenView::Map => !is_of_one,
                OpenView::Data => has_rows,
                _ => true,
            });
        }
        Identity::tell_apart(self.constraints.iter_mut().map(|choice| &mut choice.identity));
        match &self.cost.data {
            None => self.run.forget_batches(),
            Some(data) => {
                let rows = u32::try_from(data.table().rows()).unwrap_or(u32::MAX);
                self.run.batch = self.run.batch.map(|batch| batch.min(rows));
            }
        }
        if self.cost.goal == Goal::Zero && !self.cost.is_of_one_variable() {
            self.cost.goal = Goal::Minimize;
        }
        if self.cost.goal != Goal::Minimize {
            self.cost.penalty = None;
        }
        if self.cost.is_of_one_variable() {
            self.run.start[1] = 0.0;
            // There is nothing to choose between.
            self.cost.penalty = self.cost.penalty.map(|penalty| Penalty { counts: [true; 2], ..penalty });
            for choice in self.optimizers.iter_mut().filter(|choice| choice.settings.has_rate_per_variable())
            {
                let rate = ParameterValue::Real(choice.settings.rates().x);
                let _ = choice.settings.set("learning_rate", rate);
            }
        }
        self.fit_runs_to_goal();
        self.fit_runs();
    }

    /// Gives runs that do not fit the way that all meet the constraints one of their own, and the default to those that do not fit
    /// their own; those that meet no constraint at all, or cannot work on the cost, become the method that their family begins with.
    fn fit_runs(&mut self) {
        // Compiled only where a method asks for something of the cost.
        let objective = self.has_picky_run().then(|| self.objective().ok()).flatten();
        let misfits = |method: &Method| objective.as_ref().is_some_and(|cost| method.misfit(cost).is_some());
        for choice in self.optimizers.iter_mut().filter(|choice| misfits(choice.settings.method())) {
            choice.settings = choice.settings.of_family();
        }
        if self.constraints.is_empty() {
            return;
        }
        let shared = self.treatment.kind;
        for choice in &mut self.optimizers {
            if choice.settings.method().meets_no_constraint() {
                choice.settings = choice.settings.of_family();
            }
            let kind = choice.treatment.map_or(shared, |own| own.kind);
            if kind.misfit(&choice.settings).is_some() {
                choice.treatment = Some(TreatmentSettings {
                    kind: TreatmentKind::default(),
                    ..choice.treatment.unwrap_or(self.treatment)
                });
            }
        }
    }

    /// Whether a run asks something of the cost.
    fn has_picky_run(&self) -> bool {
        self.optimizers.iter().any(|choice| choice.settings.method().is_picky())
    }

    /// Whether a run meets l1 by a threshold.
    pub fn meets_l1_by_threshold(&self) -> bool {
        self.optimizers.iter().any(|choice| choice.settings.method().by_threshold)
    }

    /// How a run meets the constraints.
    pub fn treatment_of(&self, choice: &OptimizerChoice) -> TreatmentSettings {
        choice.treatment.unwrap_or(self.treatment)
    }

    /// What each of its runs depends on beside the cost, in the order of the optimizers.
    pub fn plans(&self) -> impl Iterator<Item = Plan> {
        let RunOptions { start, steps, tolerance, .. } = self.run;
        let limits = Limits { steps, tolerance };
        let batches = self.batches();
        let is_constrained = self.enabled_constraints().next().is_some();
        self.optimizers.iter().map(move |choice| {
            let treatment = match is_constrained {
                true => Treatment::Constrained(self.treatment_of(choice)),
                false => Treatment::Plain,
            };
            let batches = batches.clone();
            // Bisection begins in the middle of its bracket.
            let start = match choice.settings.get("bracket") {
                Some(ParameterValue::Interval(ends)) => [middle(ends), 0.0],
                _ => start,
            };
            Plan { treatment, batches, ..Plan::new(choice.settings.clone(), start.into(), limits) }
        })
    }

    /// The rows that the steps of all its runs look at; nothing where they are all, or there are none.
    pub fn batches(&self) -> Option<Batches> {
        let rows = self.cost.data.as_ref()?.table().rows();
        Some(Batches::new(rows, self.run.batching()?))
    }

    /// The lowest version of the file format that can say it: what older programs read.
    pub fn format(&self) -> u32 {
        if self.newer().is_some() { FORMAT } else { 1 }
    }

    /// Something of it that the first format cannot say, for a message.
    fn newer(&self) -> Option<String> {
        series::newer(self.series.as_ref())
            .or_else(|| data::newer(self.cost.data.as_ref()))
            .or_else(|| cost::newer(&self.cost))
            .or_else(|| run::newer(&self.run))
            .or_else(|| constraints::newer(&self.constraints))
            .or_else(|| optimizers::newer(&self.optimizers))
            .or_else(|| view::newer(self.view.as_ref()))
    }
}

impl Default for Scenario {
    /// Rosenbrock's valley, where every method shows what it is good for.
    fn default() -> Self {
        let row = builtin::find("rosenbrock").or(BUILT_INS.first());
        row.map_or_else(|| Self::of_formula("(1-x)^2 + 100*(y-x^2)^2"), Self::of_built_in)
    }
}
