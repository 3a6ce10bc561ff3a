//! The plot on a page: what is chosen about a figure, and the picture with title, legend and caption.

pub mod caption;
pub mod film;
pub(super) mod missing_letters;
pub(super) mod picture;
pub mod presets;
pub mod spec;
pub(super) mod thumbnail;
pub(super) mod title;
pub mod unit;
