//! What is remembered from one run of the program to the next.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::habits::Habits;
use crate::scenario::{self, Data, Scenario};

/// The work as it was left, with its scenarios as `S`. Undo is not part of it: it begins anew with every start.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Remembered<S> {
    /// The scenario.
    pub scenario: S,
    /// The formula as it was typed, right or wrong.
    pub formula: String,
    /// The scenario's file.
    pub file: Option<PathBuf>,
    /// The picture that the scenario was opened from.
    #[serde(default)]
    pub picture: Option<PathBuf>,
    /// Whether the scenario has changes that are not in the file.
    pub changed: bool,
    /// The fingerprint of the file's text as it was last read or written.
    #[serde(default)]
    pub seen: Option<u64>,
    /// Where in the work the person was.
    #[serde(default)]
    pub place: Place,
    /// The file of its rows, as the scenario names it; the session has them in a place of its own.
    #[serde(default)]
    pub table: Option<String>,
    /// The column of that file, of a series.
    #[serde(default)]
    pub column: Option<String>,
    /// The scenario of the pinned paths.
    #[serde(default = "none")]
    pub pinned: Option<S>,
    /// How the person likes the window.
    #[serde(flatten)]
    pub habits: Habits,
}

/// What stands in a session's file: scenarios as their files would say them.
pub type SavedState = Remembered<String>;

/// The same by value, which can be compared in every frame and made into text on another thread.
pub type Snapshot = Remembered<Scenario>;

/// Nothing, whatever it would be of.
fn none<S>() -> Option<S> {
    None
}

/// Where in the work a person was: what is shown of it, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The step that is shown.
    pub step: u32,
    /// Steps per second while playing.
    pub steps_per_second: Option<f64>,
    /// Whether the cost is not set as mathematics.
    pub hides_mathematics: bool,
    /// Whether the derivatives are open.
    pub shows_derivatives: bool,
    /// The run that charts, step and table speak of.
    pub run: Option<usize>,
}

/// A table that is kept beside a session's file: its name, and the rows.
pub type KeptTable = (String, Data);

impl Snapshot {
    /// The same as text, for the next start, with its rows in it.
    pub fn into_saved_state(self) -> SavedState {
        self.written(scenario::write_inline)
    }

    /// The same as text, with rows that are many in tables beside it, whose names begin with `stem`.
    pub fn into_saved_state_beside(mut self, stem: &str) -> (SavedState, Vec<KeptTable>) {
        let mut kept: Vec<KeptTable> = Vec::new();
        for scenario in [Some(&mut self.scenario), self.pinned.as_mut()].into_iter().flatten() {
            if let Some(series) = &mut scenario.series {
                *series = series.inline();
                if let Some(table) = series.is_large().then(|| series.table()).flatten() {
                    let column = table.names().concat();
                    let data = Data::new(Arc::new(table));
                    let name = format!("{stem}.{:016x}.csv", data.fingerprint());
                    *series = series.in_file(name.clone(), column);
                    kept.push((name, data));
                }
            }
            let Some(data) = &mut scenario.cost.data else { continue };
            let known = kept.iter().find(|(_, other)| other.has_rows_of(data)).map(|(name, _)| name.clone());
            data.file =
                known.or_else(|| data.is_large().then(|| format!("{stem}.{:016x}.csv", data.fingerprint())));
            if let Some(name) = data.file.clone().filter(|name| kept.iter().all(|(other, _)| other != name)) {
                kept.push((name, data.clone()));
            }
        }
        (self.written(scenario::write), kept)
    }

    fn written(self, write: fn(&Scenario) -> String) -> SavedState {
        let Self { scenario, formula, file, picture, changed, seen, place, table, column, pinned, habits } =
            self;
        let (scenario, pinned) = (write(&scenario), pinned.as_ref().map(write));
        SavedState { scenario, formula, file, picture, changed, seen, place, table, column, pinned, habits }
    }
}
