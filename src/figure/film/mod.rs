//! A picture that moves.

pub mod animation;
pub(super) mod progress;
