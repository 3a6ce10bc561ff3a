//! Views of the session in the middle of the window, or over it: the plot, the table of steps, the notes.

pub mod charts;
pub mod notes;
pub mod plate;
pub mod plot_panel;
pub mod steps_table;
