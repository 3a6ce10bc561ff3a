//! The drawing of a session without a window, and its exports.

pub mod csv;
pub mod json;
