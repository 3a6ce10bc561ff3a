//! How a person likes the window, whatever is open in it.

use std::path::PathBuf;

use egui::Vec2;
use serde::{Deserialize, Serialize};

use super::arrangement::Arrangement;
use super::tiling::{Tiling, ViewKind};
use crate::figure::Look;
use crate::figure::chart::ChartChoice;
use crate::record::quantity::Quantity;
use crate::record::race::RaceOrder;
use crate::scenario::ViewOptions;
use crate::ui::desktop::document::add_recent;
use crate::ui::dialogs::figure_dialog::FigureChoices;
use crate::ui::menus::looks_menu::RELIEF;

/// What is kept of a person's ways from one start of the program to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Habits {
    /// How the plot is dressed.
    pub look: Look,
    /// Files that were open lately, the latest first.
    pub recent: Vec<PathBuf>,
    /// How the window is arranged.
    pub arrangement: Arrangement,
    /// What the charts show, at least one.
    pub charts: Vec<ChartChoice>,
    /// By what the table of the race is sorted.
    pub race: RaceOrder,
    /// What was chosen for the last figure.
    pub figure: FigureChoices,
    /// The views and the relief of the person, while a file has arranged the window by its own.
    #[serde(skip)]
    own: Option<(Tiling, f32)>,
}

impl Default for Habits {
    /// The first chart begins with what shows best how fast a method is.
    fn default() -> Self {
        Self {
            look: Look { relief: RELIEF, ..Look::default() },
            recent: Vec::new(),
            arrangement: Arrangement::default(),
            charts: vec![ChartChoice { quantity: Quantity::Excess, ..ChartChoice::default() }],
            race: RaceOrder::default(),
            figure: FigureChoices::default(),
            own: None,
        }
    }
}

impl Habits {
    /// Those that are kept for the next start.
    pub(super) fn to_keep(&self) -> Self {
        let mut kept = Self { arrangement: self.arrangement.to_keep(), ..self.clone() };
        kept.give_back();
        kept
    }

    /// Arranges the window as a file says in a room of this size, and as the person likes it where it says nothing.
    pub(super) fn arrange_by(&mut self, view: Option<&ViewOptions>, room: Vec2) {
        self.give_back();
        let Some(view) = view else { return };
        self.own = Some((self.arrangement.views.clone(), self.look.relief));
        self.arrangement.views = Tiling::default();
        for open in &view.open {
            self.arrangement.views.open(ViewKind::of(*open), room);
        }
        self.look.relief = view.relief as f32;
    }

    /// Puts the person's own in the place of what a file has arranged.
    fn give_back(&mut self) {
        if let Some((views, relief)) = self.own.take() {
            (self.arrangement.views, self.look.relief) = (views, relief);
        }
    }

    /// Takes over those of another session. Its files follow those that were open lately in this one.
    pub(super) fn take(&mut self, other: Self) {
        let mut recent = std::mem::take(&mut self.recent);
        add_recent(&mut recent, other.recent);
        *self = Self { recent, ..other };
    }
}
