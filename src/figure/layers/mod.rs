//! What is drawn over one another in a plot, and beside it: each file is found by what it draws. [`scene`] says what a layer
//! is; the others are layers, or parts of one.

pub(super) mod basins;
pub(super) mod batch;
pub(super) mod color_bar;
pub(super) mod constraints;
pub mod contact;
pub(super) mod contours_note;
pub(super) mod curve;
pub mod edge_mark;
pub(super) mod feet;
pub(super) mod frame;
pub(super) mod head_gradients;
pub mod heads;
pub(super) mod heat_map;
pub mod isoline_labels;
pub(super) mod isolines;
pub(super) mod legend;
pub(super) mod optima;
pub(super) mod paths;
pub(super) mod penalty;
pub mod probe;
pub mod probe_shapes;
pub mod quotient;
pub(super) mod row;
pub mod scene;
pub(super) mod searches;
pub mod sketches;
pub mod solutions;
pub(super) mod start;
pub mod touched;
pub(super) mod trail;
mod triangles;
