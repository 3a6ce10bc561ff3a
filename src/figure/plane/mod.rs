//! Where things are: the map between the plane and the screen, and lines cut and thinned to what is seen.

pub mod camera;
pub(super) mod clip;
pub mod corners;
pub(super) mod coverage;
pub mod lift;
pub mod path;
pub mod text_box;
pub(super) mod ticks;
pub(super) mod tracer;
