//! The list of keys and gestures.

use egui::{Grid, Id, Label, Modal, RichText, ScrollArea, Ui, vec2};

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
    ("A small step of a value; with Shift a smaller one", "click its slider, then arrow keys or wheel"),
    ("A value as it was suggested", "double click its slider"),
    ("Another order of the runs", "drag the dots of a card"),
    ("Go to a step in the table of steps", "click its row; up, down, page up, page down"),
    ("The menus", "Alt, or Alt with F, E, P, V or H; then arrow keys and Enter"),
    ("From one control to the next", "Tab, and back with Shift"),
    ("Move the start, or the view, that has the focus", "arrow keys, with Shift less"),
    ("Zoom the plot that has the focus", "plus and minus"),
];

/// Room for two columns of the list, in points.
const TWO_COLUMNS: f32 = 900.0;

/// Shows the list over the window. Returns whether it was closed.
pub(super) fn keys_ui(ui: &Ui) -> bool {
    let room = ui.ctx().content_rect().size() - vec2(48.0, 48.0);
    let columns = if room.x >= TWO_COLUMNS { 2 } else { 1 };
    let modal = Modal::new(Id::unique("keys")).show(ui.ctx(), |ui| {
        ui.heading("Keys and gestures");
        ui.add_space(6.0);
        let width = room.x.min(if columns == 2 { TWO_COLUMNS } else { 0.5 * TWO_COLUMNS });
        let height = (room.y - 76.0).clamp(80.0, 520.0);
        // All of it from the first frame on, so that nothing moves under the pointer.
        ui.set_min_size(vec2(width, height + 70.0));
        ui.set_max_width(width);
        let list = ScrollArea::vertical().auto_shrink(false).max_height(height);
        list.show(ui, |ui| {
            let keys = Action::with_keys(ui.ctx());
            let gestures = GESTURES.iter().map(|(words, gesture)| (*words, (*gesture).to_owned()));
            let rows: Vec<(&str, String)> = keys.into_iter().chain(gestures).collect();
            let (left, right) = rows.split_at(rows.len().div_ceil(columns));
            ui.horizontal_top(|ui| {
                grid_ui(ui, "keys", left);
                if !right.is_empty() {
                    ui.add_space(12.0);
                    grid_ui(ui, "more keys", right);
                }
            });
        });
        ui.add_space(6.0);
        ui.button("Close").clicked()
    });
    modal.inner || modal.should_close()
}

fn grid_ui(ui: &mut Ui, name: &str, rows: &[(&str, String)]) {
    Grid::new(name).num_columns(2).spacing([20.0, 4.0]).striped(true).show(ui, |ui| {
        for (words, key) in rows {
            // A long sentence is not to push the rest out of sight.
            let text = |ui: &mut Ui, text: RichText, width: f32| {
                ui.scope(|ui| {
                    ui.set_max_width(width);
                    ui.add(Label::new(text).wrap());
                });
            };
            text(ui, RichText::new(*words), 250.0);
            text(ui, RichText::new(key).small(), 150.0);
            ui.end_row();
        }
    });
}
