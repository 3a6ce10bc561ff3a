//! The panels around the plot: cost, optimizers, playback.

pub mod batch_row;
pub mod card;
pub mod card_menu;
pub mod common_rate;
pub mod constraints;
pub mod cost_panel;
pub mod data_row;
pub mod derivatives_choice;
pub mod formula_field;
pub mod learning_rate;
pub mod mathematics_panel;
pub mod method_chooser;
pub mod optimizer_panel;
pub mod own_rule;
pub mod penalty_row;
pub mod playback;
pub mod rate_rail;
pub mod rule;
pub mod schedule;
pub mod treatment;
