//! Views of the session in the middle of the window, or over it: the plot, the charts, the table of steps, the notes.

pub mod charts;
pub mod chosen;
pub mod data_view;
pub mod graph_view;
pub mod head;
pub mod map_view;
pub mod notes;
pub mod plate;
pub mod plot_panel;
pub mod race_view;
mod run_choice;
pub mod series_view;
pub mod solutions;
pub mod step_view;
pub mod steps_table;
pub mod unscaled_view;
