//! The window: panels, playback, shortcuts, files, style. Owns no numerics.
//!
//! [`App`] is free of eframe, so that the same code runs in a window and in tests. Panels draw and change the session
//! through its own functions; what concerns the whole program is an [`Action`], carried out after the drawing.

mod about;
mod actions;
mod app;
mod arrangement;
mod autosave;
mod background;
mod card;
mod card_menu;
mod chooser;
mod common_rate;
mod cost_panel;
mod derivatives_choice;
mod drawing_mark;
mod exporting;
mod figure_dialog;
mod file_dialog;
mod file_watch;
mod files;
mod focus;
mod formula_field;
mod gallery;
mod habits;
mod icons;
mod keys;
mod looks_menu;
mod mathematics_panel;
mod menu;
mod menu_keys;
mod notes;
mod notice;
mod nudge;
mod number_field;
mod number_text;
mod optimizer_panel;
mod palette;
mod playback;
mod plot_panel;
#[cfg(target_os = "linux")]
mod portal;
mod reading_menu;
mod rule;
mod saved_state;
mod sessions;
mod show_in_folder;
mod sliders;
mod steps_table;
mod style;
mod tab_order;
mod tour;
mod turns;
mod unsaved;
mod window;

pub use actions::Action;
pub use app::App;
pub use arrangement::Arrangement;
pub use chooser::{Choice, Chooser};
pub use figure_dialog::FigureChoices;
pub use file_dialog::Purpose;
pub use playback::Playback;
pub use saved_state::{SavedState, Work};
pub use style::prepare;
pub use window::{Start, WindowError, open};
