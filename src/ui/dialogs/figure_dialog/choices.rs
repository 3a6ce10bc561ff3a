//! What is chosen about a figure in its dialog.

use serde::{Deserialize, Serialize};

use crate::figure::page::presets::{PRESETS, Preset};
use crate::figure::{Contents, FigureKind, FigureSpec, film_plan};
use crate::session::Session;

/// What was chosen last, kept from one start to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FigureChoices {
    /// The ending of the file.
    ending: String,
    /// The preset whose size it has; nothing for a size of its own.
    pub(super) preset: Option<String>,
    /// Size, page and parts.
    pub(super) spec: FigureSpec,
    /// The step and the view as they are in the window, or the last step in the scenario's window. A film has its own
    /// last step.
    pub(super) is_as_seen: bool,
    /// Grays, and paths that are told apart in gray, in place of the window's colors.
    pub(super) is_gray_safe: bool,
    /// Whether the file carries the scenario.
    pub(super) has_scenario: bool,
}

impl Default for FigureChoices {
    fn default() -> Self {
        let first = &PRESETS[0];
        Self {
            ending: FigureKind::Png.ending().to_owned(),
            preset: Some(first.id.to_owned()),
            spec: FigureSpec::of_preset(first),
            is_as_seen: true,
            is_gray_safe: false,
            has_scenario: true,
        }
    }
}

impl FigureChoices {
    /// The kind of file.
    pub fn kind(&self) -> FigureKind {
        FigureKind::ALL.into_iter().find(|kind| kind.ending() == self.ending).unwrap_or(FigureKind::Png)
    }

    /// Chooses the kind of file.
    pub fn set_kind(&mut self, kind: FigureKind) {
        kind.ending().clone_into(&mut self.ending);
    }

    /// Whether exactly what the window shows is to be seen.
    pub fn is_exact(&self) -> bool {
        self.spec.is_exact
    }

    /// Whether the file carries the scenario.
    pub fn has_scenario(&self) -> bool {
        self.has_scenario
    }

    /// Everything about the figure, with what is seen in the window where that was asked for.
    pub fn spec(&self, seen: &FigureSpec) -> FigureSpec {
        let FigureSpec { look, pinned, contents, chart, explained, spoken_of, touched, .. } = seen.clone();
        let FigureSpec { race, has_tuned_rates, graph, map_run, .. } = seen.clone();
        let mut spec =
            FigureSpec { look, pinned, contents, chart, explained, spoken_of, touched, ..self.spec.clone() };
        (spec.race, spec.has_tuned_rates, spec.graph, spec.map_run) = (race, has_tuned_rates, graph, map_run);
        (spec.step, spec.view) = if self.is_as_seen { (seen.step, seen.view) } else { (None, None) };
        if self.kind() == FigureKind::Gif {
            spec.is_transparent = false;
        }
        if spec.contents == Contents::Step {
            spec.step = seen.step;
        } else if self.kind() == FigureKind::Gif {
            spec.step = self.spec.step;
        } else if spec.contents == Contents::Graph {
            spec.step = seen.step;
        }
        if self.is_gray_safe {
            spec.make_gray_safe();
        }
        spec
    }

    /// What keeps the figure from being made, if anything.
    pub fn problem(&self, seen: &FigureSpec, session: &Session) -> Option<String> {
        if self.kind().is_numbers() {
            return None;
        }
        let spec = self.spec(seen);
        let plan = || film_plan(session, &spec).err().map(|error| error.to_string());
        let problem = spec.check().err().map(|error| error.to_string());
        problem.or_else(|| if self.kind() == FigureKind::Gif { plan() } else { None })
    }

    pub(super) fn take_preset(&mut self, row: &Preset) {
        let FigureSpec { size, unit, scale, type_size, parts, .. } = FigureSpec::of_preset(row);
        self.preset = Some(row.id.to_owned());
        self.spec = FigureSpec { size, unit, scale, type_size, parts, ..self.spec.clone() };
    }
}
