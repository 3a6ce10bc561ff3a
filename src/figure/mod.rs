//! The drawing of a session without a window, and its exports.

pub mod along;
pub mod basins;
pub mod chart;
pub mod embedded;
pub mod explained;
mod export;
pub mod film;
pub mod formats;
pub mod graph;
pub mod layers;
pub mod look;
pub mod mathematics;
pub mod page;
pub mod plane;
pub mod plot;
pub mod race;
pub mod scatter;
pub mod series;
pub mod stage;
pub mod sweep;

pub use export::{
    Export, ExportError, Exporting, FigureKind, export, film_plan, preview, preview_pixels, write_numbers,
};
pub use layers::legend::legend_over_ui;
pub use look::Look;
pub use look::curve_trail::CurveTrail;
pub use look::words::{dropped_levels_words, outcome_words, unit_words};
pub use page::missing_letters::{missing_letters, missing_letters_words};
pub use page::picture::explained_step;
pub use page::spec::{Contents, FigureSpec, Page, SpecError, View};
pub use page::thumbnail::{ThumbnailStyle, thumbnail};
pub use page::unit::Unit;
