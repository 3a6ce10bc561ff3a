//! The question what is to become of changes that are in no file.

use egui::{Id, Modal, Ui};

/// What came of a frame of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unsaved {
    Waiting,
    Save,
    Discard,
    Keep,
}

/// Asks; saving is offered where there is a file to save to.
pub(super) fn unsaved_ui(ui: &Ui, has_file: bool) -> Unsaved {
    let mut answer = Unsaved::Waiting;
    let modal = Modal::new(Id::unique("unsaved changes")).show(ui.ctx(), |ui| {
        ui.set_width(380.0);
        ui.heading("Changes that are in no file");
        ui.label("The scenario has changed since it was saved. What is to become of the changes?");
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            if has_file && ui.button("Save changes").clicked() {
                answer = Unsaved::Save;
            }
            if ui.button("Discard changes").clicked() {
                answer = Unsaved::Discard;
            }
            if ui.button("Keep working").clicked() {
                answer = Unsaved::Keep;
            }
        });
    });
    if modal.should_close() && answer == Unsaved::Waiting { Unsaved::Keep } else { answer }
}
