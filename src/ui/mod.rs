//! The window: panels, playback, shortcuts, files, style. Owns no numerics.
//!
//! [`App`] is free of eframe, so that the same code runs in a window and in tests. Panels draw and change the session
//! through its own functions; what concerns the whole program is an [`Action`], carried out after the drawing.
//!
//! What a window has and a page has otherwise is reached through `desktop` alone; eframe is known to `window` alone,
//! which is left out of a page.

mod actions;
mod app;
mod desktop;
mod dialogs;
mod menus;
mod panels;
mod views;
mod widgets;
#[cfg(not(target_arch = "wasm32"))]
mod window;

pub use actions::Action;
pub use app::App;
pub use app::arrangement::Arrangement;
pub use app::habits::Habits;
pub use app::saved_state::{SavedState, Snapshot};
pub use desktop::chooser::{Choice, Chooser};
pub use desktop::purpose::Purpose;
pub use dialogs::figure_dialog::FigureChoices;
pub use panels::playback::Playback;
pub use widgets::style::prepare;
#[cfg(not(target_arch = "wasm32"))]
pub use window::{Start, WindowError, open};
