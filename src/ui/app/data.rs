//! The cost is made of rows of data.

use egui::Ui;

use super::App;
use crate::scenario::Scenario;
use crate::ui::dialogs::data_dialog::DataAnswer;

impl App {
    /// Draws the dialog while it is open, and takes the cost that was chosen there, with a view that suits it.
    pub(super) fn data_ui(&mut self, ui: &Ui) {
        let Some(dialog) = &mut self.overlays.data else { return };
        match dialog.show_ui(ui) {
            DataAnswer::Waiting => {}
            DataAnswer::Cancelled => self.overlays.data = None,
            DataAnswer::Chosen(cost) => {
                self.overlays.data = None;
                self.choose(Scenario::of_data(*cost));
                self.suit_cost();
            }
        }
    }
}
