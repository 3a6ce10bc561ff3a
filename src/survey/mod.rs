//! What many runs come to, of which only the ends are kept: where each start of a window leads, and what each pair of parameters
//! makes of one start.
//!
//! ```text
//! plan ──starts of a grid──► ends ──polished──► optima, and which of them each start reaches
//!   └───pairs of parameters──► ends
//! ```

mod basins;
mod crowd;
mod grouping;
mod sweep;
mod theory;

pub use basins::{BasinMap, BasinOptimum, BasinSearch, MOST_OPTIMA};
pub use sweep::{Range, RangeError, Sweep, SweepSearch};
pub use theory::SweepTheory;

/// How many starts of a map, or pairs of parameters, there are along each axis at most.
pub const MOST_ALONG: usize = 4096;
