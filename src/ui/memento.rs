//! What is remembered from one run of the program to the next.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::arrangement::Arrangement;
use crate::figure::Look;

/// The work as it was left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Memento {
    /// The scenario, as its file would say it.
    pub scenario: String,
    /// The formula as it was typed, right or wrong.
    pub formula: String,
    /// The scenario's file.
    pub file: Option<PathBuf>,
    /// Whether the scenario has changes that are not in the file.
    pub changed: bool,
    /// How the plot is dressed.
    #[serde(default)]
    pub look: Look,
    /// How the window is arranged.
    #[serde(default)]
    pub arrangement: Arrangement,
}
