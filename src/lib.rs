//! Downhill: optimizers walking over the contour plot of any cost function of two variables.
//!
//! ```text
//! formula text ──parse──► tape ──► objective ──► one trajectory per optimizer ─┐
//!                                     │                                        ├─► figure ─► window
//! scenario (the one source of truth) ─┤                                        │          ─► SVG ─► PNG, PDF
//!                                     └─► field ─► isolines, heat map ─────────┘  trajectories ─► CSV, JSON
//! ```
//!
//! # The way of the data
//! A text is parsed and compiled by [`expr::Expression`] to an [`expr::Tape`]; with a goal it is an [`objective::Objective`],
//! with what may move an [`objective::Problem`]. A [`scenario::Scenario`] holds everything that a person chose, is read by
//! [`scenario::read()`] and written by [`scenario::write()`]. Each of its runs is an [`optimizer::Plan`]; an
//! [`optimizer::Run`] carries it out and records an [`optimizer::Trajectory`], whose [`optimizer::Stage`]s say what each step
//! did. The surface is a [`landscape::Field`], with isolines and shades. A [`session::Session`] keeps all of this up to its
//! scenario and makes again only what depends on a change; drawing reads it as a [`session::Picture`]. [`figure::plot::Canvas`]
//! draws that, the same on the screen and, by [`figure::Exporting`], in every file.
//!
//! ```
//! use downhill::scenario;
//! use downhill::session::Session;
//!
//! let text = "[cost]\nformula = 'x^2 + 10*y^2'\n[[optimizer]]\nmethod = 'newton'";
//! let mut session = Session::new(scenario::read(text, "a text")?);
//! session.finish();
//! let (path, _) = session.trajectory(0).ok_or("there is one run")?;
//! assert_eq!(path.last(), Some([0.0, 0.0].into()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Modules
//! A module imports only from modules above it in this list:
//!
//! - [`elementary`]: sine, logarithm and their like, with the same bits everywhere
//! - [`decimal`]: numbers with few digits, and their texts
//! - [`spelling`]: ids that people type, and what they may have meant
//! - [`work`]: what takes longer than a frame, done in slices
//! - [`expr`]: typed text to a tape that is evaluated, with exact derivatives
//! - [`symbolic`]: a formula and its derivatives as they stand on the board
//! - [`data`]: rows of numbers that a cost is made of, and their scales
//! - [`objective`]: value, gradient and Hessian of the cost at a point
//! - [`optimizer`]: the methods, and runs that record a trajectory
//! - [`landscape`]: field, levels, isolines, heat map, optima
//! - [`survey`]: what many runs come to: basins, sweeps
//! - [`builtin`]: the costs and lessons that come with the program
//! - [`scenario`]: the saved value, its file and its history
//! - [`session`]: a scenario with everything derived from it
//! - [`record`]: runs as numbers: CSV and JSON
//! - [`figure`]: the drawing without a window, and its file formats
//! - [`files`]: reading and writing files
//! - `ui`: the window, left out without the feature `window`
//! - [`cli`]: the commands

#![cfg_attr(not(test), warn(clippy::disallowed_methods))]

pub mod elementary;

pub mod decimal;

pub mod spelling;

pub mod work;

pub mod expr;

pub mod symbolic;

pub mod data;

pub mod objective;

pub mod optimizer;

pub mod landscape;

pub mod survey;

pub mod builtin;

pub mod scenario;

pub mod session;

pub mod record;

pub mod figure;

pub mod files;

#[cfg(feature = "window")]
pub mod ui;

pub mod cli;
