//! How one steps: the methods, their registry, and a run with its trajectory.
