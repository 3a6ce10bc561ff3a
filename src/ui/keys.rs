//! The list of keys and gestures.

use egui::{Grid, Id, Modal, RichText, Ui};

use super::actions::Action;

/// What the pointer does, beside what is done with it.
const GESTURES: &[(&str, &str)] = &[
    ("Zoom at the pointer", "wheel, or pinch"),
    ("Move the view", "drag the plot"),
    ("Back to the scenario's window", "double click the plot"),
    ("Set the start of every run", "click the plot, or drag the ring"),
    ("Type a value", "click the number beside a slider"),
    ("Draw a path bolder", "point at its card, or at the path"),
    ("Read J and its gradient", "point at the plot: the arrow is −∇J, or ∇J where J is maximized"),
    ("Read an iterate", "point at it"),
    ("Larger or smaller text", "Ctrl + plus, Ctrl + minus, Ctrl + 0"),
];

/// Shows the list over the window. Returns whether it was closed.
pub(super) fn keys_ui(ui: &Ui) -> bool {
    let modal = Modal::new(Id::unique("keys")).show(ui.ctx(), |ui| {
        ui.heading("Keys and gestures");
        ui.add_space(6.0);
        Grid::new("keys").num_columns(2).spacing([28.0, 5.0]).striped(true).show(ui, |ui| {
            for (words, key) in Action::with_keys(ui.ctx()) {
                ui.label(words);
                ui.label(RichText::new(key).monospace());
                ui.end_row();
            }
            for (words, gesture) in GESTURES {
                ui.label(*words);
                ui.label(*gesture);
                ui.end_row();
            }
        });
        ui.add_space(6.0);
        ui.button("Close").clicked()
    });
    modal.inner || modal.should_close()
}
