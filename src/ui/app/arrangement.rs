//! How a person has arranged the window: which panels are open, how large everything is.

use egui::Context;
use serde::{Deserialize, Serialize};

use super::tiling::Tiling;
use crate::ui::actions::Action;

/// Kept from one start of the program to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    /// Whether the panel of the cost is open.
    pub cost: bool,
    /// Whether the panel of the optimizers is open.
    pub optimizers: bool,
    /// Whether the playback controls are open.
    pub playback: bool,
    /// Which views are open beside the plot, and how they stand.
    pub views: Tiling,
    /// The height that was given to the panel of the cost, in points; as high as what is in it where nobody chose.
    pub cost_height: Option<f32>,
    /// The size of everything, 1 for its own.
    pub text_scale: f32,
    /// Whether the tour has been offered and answered.
    pub tour_answered: bool,
    /// Whether the window was too narrow for the panel of the optimizers, and had it open before it was.
    #[serde(skip)]
    narrow: Option<bool>,
}

impl Default for Arrangement {
    fn default() -> Self {
        Self {
            cost: true,
            optimizers: true,
            playback: true,
            views: Tiling::default(),
            cost_height: None,
            text_scale: 1.0,
            tour_answered: false,
            narrow: None,
        }
    }
}

/// Below this width, in points, the plot and the cards do not stand side by side.
const NARROW: f32 = 560.0;

/// The sizes that the keys step through.
const SCALES: [f32; 12] = [0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.2, 2.35, 2.5];

impl Arrangement {
    /// Carries out an action that rearranges the window; others do nothing.
    pub fn act(&mut self, action: Action) {
        let flip = |open: &mut bool| *open = !*open;
        match action {
            Action::ToggleCost => flip(&mut self.cost),
            Action::ToggleOptimizers => flip(&mut self.optimizers),
            Action::TogglePlayback => flip(&mut self.playback),
            Action::LargerText => {
                let larger = SCALES.iter().find(|scale| **scale > self.text_scale + 0.001);
                self.text_scale = larger.copied().unwrap_or(self.text_scale);
            }
            Action::SmallerText => {
                let smaller = SCALES.iter().rev().find(|scale| **scale < self.text_scale - 0.001);
                self.text_scale = smaller.copied().unwrap_or(self.text_scale);
            }
            Action::NormalText => self.text_scale = 1.0,
            _ => {}
        }
    }

    /// Closes the panel of the optimizers when the window becomes too narrow for it and the plot, and opens it again when
    /// there is room. In between it can be opened by hand.
    pub fn fit(&mut self, width: f32) {
        match (width < NARROW, self.narrow) {
            (true, None) => {
                self.narrow = Some(self.optimizers);
                self.optimizers = false;
            }
            (false, Some(was_open)) => {
                self.narrow = None;
                self.optimizers |= was_open;
            }
            _ => {}
        }
    }

    /// The height of what is in the panel of the cost, at most, in a window of this height. In a low window the plot keeps
    /// its room, and the rest of the panel is scrolled to.
    pub fn tallest_cost(&self, window: f32) -> f32 {
        let most = (0.6 * window).max(60.0);
        let usual = (window - 250.0).clamp(60.0, (0.34 * window).max(60.0));
        self.cost_height.filter(|height| height.is_finite()).map_or(usual, |height| height.clamp(40.0, most))
    }

    /// What is kept for the next start, whose window may be wider.
    pub fn to_keep(&self) -> Self {
        Self { optimizers: self.optimizers || self.narrow == Some(true), narrow: None, ..self.clone() }
    }

    /// Gives the window its size of text.
    pub fn apply(&mut self, ctx: &Context) {
        let (smallest, largest) = (SCALES[0], SCALES[SCALES.len() - 1]);
        // What was read back may be anything.
        self.text_scale =
            if self.text_scale.is_finite() { self.text_scale.clamp(smallest, largest) } else { 1.0 };
        if ctx.zoom_factor() != self.text_scale {
            ctx.set_zoom_factor(self.text_scale);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_goes_from_three_quarters_to_two_and_a_half() {
        let mut arrangement = Arrangement::default();
        for _ in 0..30 {
            arrangement.act(Action::LargerText);
        }
        assert_eq!(arrangement.text_scale, 2.5);
        for _ in 0..30 {
            arrangement.act(Action::SmallerText);
        }
        assert_eq!(arrangement.text_scale, 0.75);
        arrangement.act(Action::NormalText);
        assert_eq!(arrangement, Arrangement::default());
    }

    #[test]
    fn the_cost_is_as_high_as_it_was_made_and_leaves_room_for_the_plot() {
        let mut arrangement = Arrangement::default();
        assert_eq!(arrangement.tallest_cost(768.0), 0.34 * 768.0);
        assert_eq!(arrangement.tallest_cost(300.0), 60.0);
        for (asked, given) in [(100.0, 100.0), (1e9, 0.6 * 768.0), (-5.0, 40.0), (f32::NAN, 0.34 * 768.0)] {
            arrangement.cost_height = Some(asked);
            assert_eq!(arrangement.tallest_cost(768.0), given);
        }
    }

    #[test]
    fn a_narrow_window_closes_the_cards_and_a_wide_one_opens_them_again() {
        let mut arrangement = Arrangement::default();
        arrangement.fit(500.0);
        assert!(!arrangement.optimizers && arrangement.to_keep().optimizers);
        arrangement.act(Action::ToggleOptimizers);
        arrangement.fit(480.0);
        assert!(arrangement.optimizers, "opened by hand");
        arrangement.act(Action::ToggleOptimizers);
        arrangement.fit(1024.0);
        assert_eq!(arrangement, Arrangement::default());
    }
}
