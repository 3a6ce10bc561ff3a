//! What is remembered from one run of the program to the next.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::arrangement::Arrangement;
use super::figure_dialog::FigureChoices;
use crate::figure::Look;
use crate::scenario::{self, Scenario};

/// The work as it was left. Undo is not part of it: it begins anew with every start.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedState {
    /// The scenario, as its file would say it.
    pub scenario: String,
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
    /// How the plot is dressed.
    #[serde(default)]
    pub look: Look,
    /// Files that were open lately, the latest first.
    #[serde(default)]
    pub recent: Vec<PathBuf>,
    /// How the window is arranged.
    #[serde(default)]
    pub arrangement: Arrangement,
    /// What was chosen for the last figure.
    #[serde(default)]
    pub figure: FigureChoices,
    /// Where in the work the person was.
    #[serde(default)]
    pub place: Place,
    /// The scenario of the pinned paths, as a file would say it.
    #[serde(default)]
    pub pinned: Option<String>,
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
    /// The run whose steps are open as a table.
    pub steps_of: Option<usize>,
}

/// What a [`SavedState`] is made of, by value: this can be compared in every frame and made into text on another thread.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    pub(super) scenario: Scenario,
    pub(super) formula: String,
    pub(super) file: Option<PathBuf>,
    pub(super) picture: Option<PathBuf>,
    pub(super) changed: bool,
    pub(super) seen: Option<u64>,
    pub(super) look: Look,
    pub(super) recent: Vec<PathBuf>,
    pub(super) arrangement: Arrangement,
    pub(super) figure: FigureChoices,
    pub(super) place: Place,
    pub(super) pinned: Option<Scenario>,
}

impl Work {
    /// The same as text, for the next start.
    pub fn into_saved_state(self) -> SavedState {
        SavedState {
            scenario: scenario::write(&self.scenario),
            formula: self.formula,
            file: self.file,
            picture: self.picture,
            changed: self.changed,
            seen: self.seen,
            look: self.look,
            recent: self.recent,
            arrangement: self.arrangement,
            figure: self.figure,
            place: self.place,
            pinned: self.pinned.as_ref().map(scenario::write),
        }
    }
}
