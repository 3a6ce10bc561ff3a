//! The seam to what a window has and a page has otherwise: files, threads, clocks, other programs, the system's dialogs. What
//! the rest of `ui` wants of them goes through here.

pub mod background;
pub mod chooser;
pub mod document;
pub mod exporting;
pub mod folder_listing;
pub mod paths;
#[cfg(target_os = "linux")]
pub mod portal;
pub mod purpose;
pub mod show_in_folder;

pub use crate::files::{Errand, Opened, Stamp, Wanted, open, open_table, stamp as stamp_of};

use std::time::Duration;

/// How long a frame waits for a file or a folder. What is at hand, as nearly all is, is there within it, and nothing
/// flickers.
pub const PATIENCE: Duration = Duration::from_millis(200);
/// How often it is looked whether something is there that took longer.
pub const LOOK_EVERY: Duration = Duration::from_millis(100);
