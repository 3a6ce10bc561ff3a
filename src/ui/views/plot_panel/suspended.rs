//! What stands in the place of a plot that ended the program when it was drawn last.

use egui::{RichText, Ui};

use super::PlotState;

impl PlotState {
    /// Says why there is no plot, with a way on. Returns whether the plot is to be drawn again.
    pub fn suspended_ui(ui: &mut Ui) -> bool {
        let mut goes_on = false;
        ui.vertical_centered(|ui| {
            ui.add_space((0.3 * ui.available_height()).max(8.0));
            ui.label(
                RichText::new("Downhill ended while it drew this, so it is not drawn for now.").heading(),
            );
            ui.label(
                "Save it, or change what may be too much: the levels, the window, the steps, the formula.",
            );
            ui.add_space(8.0);
            goes_on = ui.button("Draw it").on_hover_text("Draw the plot and take the steps again").clicked();
        });
        goes_on
    }
}
