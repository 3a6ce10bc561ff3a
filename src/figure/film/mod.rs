//! A picture that moves.

pub mod animation;
