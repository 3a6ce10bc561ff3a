//! The questions before work would be lost: changes that are in no file, and a file that others have changed.

use egui::{Id, Modal, Ui};

/// What came of a frame of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaved {
    Waiting,
    Save,
    Discard,
    Keep,
}

/// Asks.
pub fn unsaved_ui(ui: &Ui) -> Unsaved {
    let mut answer = Unsaved::Waiting;
    let modal = Modal::new(Id::unique("unsaved changes")).show(ui.ctx(), |ui| {
        ui.set_width(380.0);
        ui.heading("Changes that are in no file");
        ui.label("The scenario has changed since it was saved. What is to become of the changes?");
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let choices = [
                ("Save changes", "Save them, and then go on", Unsaved::Save),
                ("Discard changes", "Go on without them; they cannot be brought back", Unsaved::Discard),
                ("Keep working", "Stay with this scenario", Unsaved::Keep),
            ];
            for (label, explanation, choice) in choices {
                if ui.button(label).on_hover_text(explanation).clicked() {
                    answer = choice;
                }
            }
        });
    });
    if modal.should_close() && answer == Unsaved::Waiting { Unsaved::Keep } else { answer }
}

/// What came of a frame of the question whether to overwrite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    Waiting,
    Replace,
    SaveAs,
    Cancel,
}

/// Asks before the scenario takes the place of what another program wrote to the file called `name`.
pub fn overwrite_ui(ui: &Ui, name: &str) -> Overwrite {
    let mut answer = Overwrite::Waiting;
    let modal = Modal::new(Id::unique("overwrite")).show(ui.ctx(), |ui| {
        ui.set_width(380.0);
        ui.heading("Another program has changed the file");
        ui.label(format!("{name} is not as it was when it was last opened or saved here. Saving replaces what is in it now."));
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            let choices = [
                ("Overwrite", "Save over what the other program wrote", Overwrite::Replace),
                ("Save under another name…", "Leave the file as it is", Overwrite::SaveAs),
                ("Cancel", "Save nothing for now", Overwrite::Cancel),
            ];
            for (label, explanation, choice) in choices {
                if ui.button(label).on_hover_text(explanation).clicked() {
                    answer = choice;
                }
            }
        });
    });
    if modal.should_close() && answer == Overwrite::Waiting { Overwrite::Cancel } else { answer }
}
