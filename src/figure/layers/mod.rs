//! What is drawn over one another in a plot, and beside it; each file is found by what it draws.

pub(super) mod color_bar;
pub mod edge_mark;
pub mod heads;
pub mod isoline_labels;
pub(super) mod isoline_layer;
pub(super) mod legend;
pub mod marks;
pub mod probe;
pub mod probe_shapes;
pub(super) mod surface_texture;
pub(super) mod trail;
