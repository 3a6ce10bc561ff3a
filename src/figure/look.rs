//! How a figure is dressed: what a person likes to see, as opposed to what a scenario says.

use egui::Theme;
use serde::{Deserialize, Serialize};

use crate::landscape::ColorMap;

/// The choices about the looks of the plot. Never part of a scenario, kept from one start of the program to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// The colors of the heat map; those that suit the theme if none are chosen.
    pub color_map: Option<ColorMap>,
}

impl Look {
    /// The colors of the heat map on a page of this theme.
    pub fn color_map(&self, theme: Theme) -> ColorMap {
        self.color_map.unwrap_or(if theme == Theme::Dark { ColorMap::Slate } else { ColorMap::Paper })
    }
}
