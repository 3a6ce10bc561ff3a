//! The drawing of a session without a window, and its exports.

pub mod camera;
mod color_bar;
pub mod csv;
pub mod edge_mark;
pub mod fonts;
pub mod headless;
mod inks;
pub mod isoline_labels;
mod isoline_layer;
pub mod json;
mod look;
pub mod marker;
mod marks;
pub mod number;
pub mod palette;
pub mod path;
mod picture;
pub mod plot;
pub mod png;
pub mod probe;
pub mod probe_shapes;
mod surface_texture;
pub mod svg;
pub mod text_box;
pub mod textures;
mod thumbnail;
mod ticks;
mod words;

pub use look::Look;
pub use picture::{PictureSize, plot_picture, plot_svg};
pub use thumbnail::{ThumbnailStyle, thumbnail};
pub use words::outcome_words;
