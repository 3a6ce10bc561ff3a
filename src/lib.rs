//! Downhill: optimizers walking over the contour plot of any cost function of two variables.
//!
//! ```text
//! formula text ──parse──► tape ──► objective ──► one trajectory per optimizer ─┐
//!                                     │                                        ├─► figure ─► window
//! scenario (the one source of truth) ─┤                                        │          ─► SVG ─► PNG, PDF
//!                                     └─► field ─► isolines, heat map ─────────┘  trajectories ─► CSV, JSON
//! ```
//!
//! A module imports only from modules above it in the list below.

pub mod expr;

pub mod symbolic;

pub mod objective;

pub mod optimizer;

pub mod landscape;

pub mod scenario;

pub mod session;

pub mod figure;

pub mod files;

#[cfg(feature = "window")]
pub mod ui;

pub mod cli;
