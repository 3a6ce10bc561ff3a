//! The drawing of a session without a window, and its exports.

pub mod fonts;
pub mod headless;
pub mod png;
pub mod svg;
pub mod textures;
