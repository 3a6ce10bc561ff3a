//! What the surface looks like: a sampled field, its levels and isolines, its heat map and color maps.
//!
//! ```text
//! region ──sample──► field ──► scale ──► levels ──► isolines
//!                                └────► shades ──color map──► pixels
//! ```

mod breaks;
mod color_map;
mod corners;
mod crossings;
mod curve;
mod drawable;
mod field;
mod heat_map;
mod isolines;
mod level_scale;
mod levels;
pub(crate) mod oklab;
mod optima;
mod parallel;
mod poles;
mod quantiles;
mod ramp;
mod region;
mod relief;
mod round;
mod solution_path;
mod solutions;
mod walk;

pub use color_map::ColorMap;
pub use curve::{Curve, CurveOf, values_that_fit};
pub use drawable::drawable;
pub use field::Field;
pub use heat_map::{Shades, heat_map};
pub use isolines::{Isoline, isolines, isolines_of};
pub use level_scale::LevelScale;
pub use levels::Levels;
pub use optima::{OptimaSearch, Optimum};
pub use parallel::parallel_gradients;
pub use region::{Region, RegionError};
pub use solution_path::solution_path;
pub use solutions::{
    Candidate, Conditions, MOST_CANDIDATES, SolutionKind, SolutionSearch, Solutions, followed, solve,
};
pub use walk::{Walk, WalkPiece, WalkPlace};
