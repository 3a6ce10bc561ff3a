//! Downhill: optimizers walking over the contour plot of any cost function of two variables.
//!
//! ```text
//! formula text ──parse──► tape ──► objective ──► one trajectory per optimizer ─┐
//!                                     │                                        ├─► figure ─► window
//! scenario (the one source of truth) ─┤                                        │          ─► SVG ─► PNG, PDF
//!                                     └─► field ─► isolines, heat map ─────────┘  trajectories ─► CSV, JSON
//! ```
//!
//! A module imports only from modules above it in this list:
//!
//! - [`decimal`]: numbers with few digits, and their texts
//! - [`spelling`]: ids that people type, and what they may have meant
//! - [`work`]: what takes longer than a frame, done in slices
//! - [`expr`]: typed text to a tape that is evaluated, with exact derivatives
//! - [`symbolic`]: a formula and its derivatives as they stand on the board
//! - [`objective`]: value, gradient and Hessian of the cost at a point
//! - [`optimizer`]: the methods, and runs that record a trajectory
//! - [`landscape`]: field, levels, isolines, heat map, optima
//! - [`builtin`]: the costs and lessons that come with the program
//! - [`scenario`]: the saved value, its file and its history
//! - [`session`]: a scenario with everything derived from it
//! - [`record`]: runs as numbers: CSV and JSON
//! - [`figure`]: the drawing without a window, and its file formats
//! - [`files`]: reading and writing files
//! - `ui`: the window, left out without the feature `window`
//! - [`cli`]: the commands

pub mod decimal;

pub mod spelling;

pub mod work;

pub mod expr;

pub mod symbolic;

pub mod objective;

pub mod optimizer;

pub mod landscape;

pub mod builtin;

pub mod scenario;

pub mod session;

pub mod record;

pub mod figure;

pub mod files;

#[cfg(feature = "window")]
pub mod ui;

pub mod cli;
