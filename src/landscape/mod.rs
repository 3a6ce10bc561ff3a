//! What the surface looks like: sampled field, levels, isolines, colour maps.
