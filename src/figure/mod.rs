//! The drawing of a session without a window, and its exports.

pub mod animation;
mod base64;
pub mod camera;
pub mod caption;
mod color_bar;
mod coverage;
pub mod csv;
pub mod edge_mark;
pub mod embedded;
mod export;
pub mod fonts;
pub mod gif;
pub mod headless;
pub mod heads;
mod inks;
pub mod isoline_labels;
mod isoline_layer;
pub mod json;
mod legend;
mod look;
pub mod marker;
mod marks;
pub mod mathematics;
pub mod number;
pub mod palette;
pub mod parts;
pub mod path;
pub mod pdf;
mod picture;
pub mod plot;
pub mod png;
pub mod presets;
pub mod probe;
pub mod probe_shapes;
mod progress;
mod raster;
pub mod spec;
mod surface_texture;
pub mod svg;
pub mod text_box;
pub mod textures;
mod thumbnail;
mod ticks;
mod title;
mod tracer;
mod trail;
mod typeface;
mod words;

pub use export::{
    Export, ExportError, FigureKind, export, export_with, preview, preview_pixels, write_numbers,
};
pub use look::Look;
pub use progress::{Counted, Progress};
pub use spec::{FigureSpec, Page, SpecError, Unit, View};
pub use thumbnail::{ThumbnailStyle, thumbnail};
pub use words::{dropped_levels_words, outcome_words};
