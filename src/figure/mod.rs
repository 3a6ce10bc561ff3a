//! The drawing of a session without a window, and its exports.

pub mod camera;
pub mod csv;
pub mod fonts;
pub mod headless;
pub mod json;
mod look;
mod marks;
pub mod mathematics;
pub mod number;
pub mod palette;
pub mod path;
mod picture;
pub mod plot;
pub mod png;
pub mod svg;
pub mod textures;
mod ticks;
mod words;

pub use look::Look;
pub use picture::{PictureSize, plot_picture, plot_svg};
pub use words::outcome_words;
