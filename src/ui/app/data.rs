//! The cost is made of rows of data.

use std::path::Path;

use egui::Ui;

use super::App;
use super::tiling::ViewKind;
use crate::scenario::Scenario;
use crate::ui::desktop::purpose::Purpose;
use crate::ui::dialogs::data_dialog::DataAnswer;

impl App {
    /// Draws the dialog while it is open, and takes the cost that was chosen there, with a view that suits it.
    pub(super) fn data_ui(&mut self, ui: &Ui) {
        let Some(dialog) = &mut self.overlays.data else { return };
        match dialog.show_ui(ui) {
            DataAnswer::Waiting => {}
            DataAnswer::Cancelled => self.overlays.data = None,
            DataAnswer::File => {
                self.overlays.data = None;
                self.ask(Purpose::Open);
            }
            DataAnswer::Chosen(mut cost, file) => {
                self.overlays.data = None;
                if let Some(data) = &mut cost.data {
                    data.file = file.and_then(|file| self.beside_document(&file));
                }
                self.choose(Scenario::of_data(*cost));
                self.suit_cost();
                if !self.habits.arrangement.views.is_open(ViewKind::Data) {
                    self.toggle_view(ViewKind::Data);
                }
            }
        }
    }

    /// The name of a file that is in the folder of the document, which may go on naming it.
    fn beside_document(&self, file: &Path) -> Option<String> {
        let folder = self.document.path()?.parent()?;
        let file = std::path::absolute(file).ok()?;
        (file.parent()? == folder).then(|| file.file_name()?.to_str().map(str::to_owned))?
    }
}
