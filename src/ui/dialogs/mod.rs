//! What lies over the window and is answered or closed.

pub mod about;
pub mod data_dialog;
pub mod figure_dialog;
pub mod file_dialog;
pub mod gallery;
pub mod keys;
pub mod notice;
pub mod palette;
pub mod tour;
pub mod unsaved;
