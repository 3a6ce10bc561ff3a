//! Shapes and pixels as the bytes of files.

pub(super) mod base64;
pub mod gif;
pub mod pdf;
pub mod png;
pub(super) mod raster;
pub mod svg;
pub mod textures;
