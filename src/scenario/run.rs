//! The `[run]` table: where the runs start and when they end.

use std::ops::RangeInclusive;

use super::error::ScenarioError;
use super::table::Table;
use super::toml_text::pair;
use super::{Cost, Scenario};
use crate::builtin::BuiltIn;
use crate::data::{Batching, Sampling};
use crate::landscape::Region;
use crate::objective::Point;
use crate::spelling::Selectable;

/// The steps that a run may be asked to take at most.
pub const STEPS: RangeInclusive<u32> = 1..=1_000_000;

/// Where the runs start and when they end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunOptions {
    /// The first iterate of every run.
    pub start: [f64; 2],
    /// The most steps that are taken, within [`STEPS`].
    pub steps: u32,
    /// A run ends when the Euclidean norm of the gradient is below it; 0 takes all steps.
    pub tolerance: f64,
    /// The rows that a step looks at, at most those that there are; nothing where it is all of them.
    pub batch: Option<u32>,
    /// In which order batches take the rows.
    pub sampling: Sampling,
    /// What the generator of batches begins with, at most [`MAX_SEED`].
    pub seed: u64,
}

/// The largest seed: what a TOML file can say.
pub const MAX_SEED: u64 = i64::MAX as u64;

impl RunOptions {
    /// Lets every step look at all rows.
    pub(super) fn forget_batches(&mut self) {
        (self.batch, self.sampling, self.seed) = (None, Sampling::default(), 1);
    }

    /// How batches are made; nothing where a step looks at all rows.
    pub fn batching(&self) -> Option<Batching> {
        let (sampling, seed) = (self.sampling, self.seed);
        self.batch.map(|size| Batching { size, sampling, seed })
    }
}

impl RunOptions {
    /// What stands where nobody says anything else, but for the start of a typed formula, which is [`default_start`].
    pub(super) fn default_for(built_in: Option<&BuiltIn>) -> Self {
        Self {
            start: built_in.map_or([0.0, 0.0], |row| row.start),
            steps: built_in.map_or(500, |row| row.steps),
            tolerance: 1e-6,
            batch: None,
            sampling: Sampling::default(),
            seed: 1,
        }
    }
}

/// Where runs start if nobody says: at the function's own start, or for a formula a sixth of the window from
/// its left edge and three quarters up. Where J or its gradient is not finite there (a logarithm, say), the
/// first of the three mirror images where both are.
pub fn default_start(cost: &Cost, window: Region) -> [f64; 2] {
    if let Some(row) = cost.built_in() {
        return row.start;
    }
    let at = |side: [f64; 2], share: f64| side[0] + share * (side[1] - side[0]);
    let places = [(1.0 / 6.0, 0.75), (5.0 / 6.0, 0.75), (1.0 / 6.0, 0.25), (5.0 / 6.0, 0.25)];
    let is_of_one = cost.is_of_one_variable();
    let up_to = |share| if is_of_one { 0.0 } else { at(window.y, share) };
    let starts = places.map(|(across, up)| [at(window.x, across), up_to(up)]);
    let Ok(objective) = cost.objective() else { return starts[0] };
    let mut evaluator = objective.evaluator();
    let is_usable = |start: &[f64; 2]| {
        let here = evaluator.first_order(Point::new(start[0], start[1]));
        here.value.is_finite() && here.gradient.iter().all(|slope| slope.is_finite())
    };
    starts.into_iter().find(is_usable).unwrap_or(starts[0])
}

/// Reads `[run]` into a scenario whose cost and window are read; without the table too, since the start follows them.
pub(super) fn read(table: Option<&Table<'_>>, scenario: &mut Scenario) -> Result<(), ScenarioError> {
    let field = |key| table.and_then(|table| table.get(key));
    if let Some(table) = table {
        table.only(&["start", "steps", "tolerance", "batch", "sampling", "seed"])?;
    }
    match field("start") {
        Some(start) if scenario.cost.is_of_one_variable() => {
            let expected = "a list of one number such as [2.0]: there is one variable";
            let [at] = &start.items(expected)?[..] else { return Err(start.unexpected(expected)) };
            scenario.run.start = [at.real()?, 0.0];
        }
        Some(start) => scenario.run.start = start.pair("[-1.2, 1.0]")?,
        None => scenario.run.start = default_start(&scenario.cost, scenario.window),
    }
    if let Some(steps) = field("steps") {
        scenario.run.steps = steps.whole(STEPS)?;
    }
    if let Some(tolerance) = field("tolerance") {
        let value = tolerance.real()?;
        if value < 0.0 {
            let message = format!("{} must be 0 or larger, not {value:?}", tolerance.what());
            return Err(tolerance.error(message));
        }
        scenario.run.tolerance = value;
    }
    read_batch(table, scenario)
}

/// Reads how batches are made.
fn read_batch(table: Option<&Table<'_>>, scenario: &mut Scenario) -> Result<(), ScenarioError> {
    let field = |key| table.and_then(|table| table.get(key));
    let rows = scenario.cost.data.as_ref().map(|data| data.table().rows());
    for key in ["batch", "sampling", "seed"] {
        if let (Some(field), None) = (field(key), rows) {
            return Err(field.key_error(format!(
                "`{key}` needs a [data] table: it says which of its rows a step looks at"
            )));
        }
    }
    if let Some((field, rows)) = field("batch").zip(rows) {
        let most = u32::try_from(rows).unwrap_or(u32::MAX);
        let batch = field.whole(1..=u32::MAX)?;
        if batch > most {
            let message = format!(
                "{} is {batch}, and [data] has {most} rows: a batch has at most all of them",
                field.what()
            );
            return Err(field.error(message));
        }
        scenario.run.batch = Some(batch);
    }
    if let Some(field) = field("sampling") {
        scenario.run.sampling = field.choice()?;
    }
    if let Some(field) = field("seed") {
        scenario.run.seed = field.whole(0..=MAX_SEED)?;
    }
    Ok(())
}

/// What of the table a program that reads only the first format does not know.
pub(super) fn newer(run: &RunOptions) -> Option<String> {
    let named = [
        (run.batch.is_some(), "`batch`"),
        (run.sampling != Sampling::default(), "`sampling`"),
        (run.seed != 1, "`seed`"),
    ];
    named.iter().find(|(holds, _)| *holds).map(|(_, name)| (*name).to_owned())
}

/// The lines of the table.
pub(super) fn lines(run: &RunOptions, is_of_one_variable: bool) -> Vec<String> {
    let start = if is_of_one_variable { format!("[{:?}]", run.start[0]) } else { pair(run.start) };
    let mut lines = vec![
        format!("start = {start}"),
        format!("steps = {}", run.steps),
        format!("tolerance = {:?}", run.tolerance),
    ];
    lines.extend(run.batch.map(|batch| format!("batch = {batch}")));
    if newer(run).is_some() {
        lines.push(format!("sampling = \"{}\"", run.sampling.id()));
        lines.push(format!("seed = {}", run.seed));
    }
    lines
}

/// What was changed between two states of the table.
pub(super) fn change(before: &RunOptions, after: &RunOptions) -> Option<String> {
    let named = [
        (before.start != after.start, "start"),
        (before.steps != after.steps, "number of steps"),
        (before.batch != after.batch, "batch"),
        (before.sampling != after.sampling, "sampling"),
        (before.seed != after.seed, "seed"),
        (before != after, "tolerance"),
    ];
    named.iter().find(|(differs, _)| *differs).map(|(_, name)| (*name).to_owned())
}
