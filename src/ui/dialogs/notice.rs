//! What must not be overlooked, in rows between the menus and the cost: a problem in full, and a file that others changed.

use egui::{Align2, Color32, FontId, Frame, Id, LayerId, Margin, Order, Panel, RichText, ScrollArea, Ui};

use crate::ui::desktop::document::OnDisk;

/// Something that went wrong, with every line of what there is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub heading: String,
    pub text: String,
}

/// The height after which a long problem is scrolled.
const MAX_HEIGHT: f32 = 110.0;

/// Shows the problem. Returns whether it was closed.
pub fn problem_ui(ui: &mut Ui, problem: &Trouble) -> bool {
    let mut is_closed = false;
    let color = ui.visuals().error_fg_color;
    row_ui(ui, "problem", color, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(&problem.heading).strong());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                is_closed = ui.button("Dismiss").on_hover_text("Close this notice (Esc)").clicked();
                if ui.button("Copy").on_hover_text("Copy the text to the clipboard").clicked() {
                    ui.ctx().copy_text(format!("{}\n{}", problem.heading, problem.text));
                }
            });
        });
        ScrollArea::vertical().max_height(MAX_HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
            ui.label(RichText::new(&problem.text).monospace().color(color));
        });
    });
    is_closed
}

/// What is to be done about a file that others changed or took away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskAnswer {
    Waiting,
    Reload,
    KeepMine,
    Save,
    Dismiss,
}

/// Says what happened to the file called `name`; `has_changes` if the scenario here has changes of its own.
pub fn disk_ui(ui: &mut Ui, name: &str, on_disk: OnDisk, has_changes: bool) -> DiskAnswer {
    let reload = if has_changes {
        "Show what is in the file now, in place of the changes made here; Undo brings them back"
    } else {
        "Show what is in the file now; Undo goes back"
    };
    let (words, choices) = match on_disk {
        OnDisk::AsKnown => return DiskAnswer::Waiting,
        OnDisk::Changed => (
            format!("Another program has changed {name}."),
            [
                ("Reload", reload, DiskAnswer::Reload),
                ("Keep mine", "Go on with what is here; saving replaces the file", DiskAnswer::KeepMine),
            ],
        ),
        OnDisk::Gone => (
            format!("{name} is no longer where it was."),
            [
                ("Save again", "Write it anew in the same place", DiskAnswer::Save),
                ("Dismiss", "Close this notice; the work stays here, unsaved", DiskAnswer::Dismiss),
            ],
        ),
    };
    let mut answer = DiskAnswer::Waiting;
    let color = crate::ui::widgets::style::warning_color(ui.theme());
    row_ui(ui, "file on disk", color, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(words).strong());
            if has_changes && on_disk == OnDisk::Changed {
                ui.label("There are unsaved changes here, too.");
            }
            for (label, explanation, choice) in choices {
                if ui.button(label).on_hover_text(explanation).clicked() {
                    answer = choice;
                }
            }
        });
    });
    answer
}

/// A row across the window with an edge in `color`.
fn row_ui(ui: &mut Ui, id: &'static str, color: Color32, contents: impl FnOnce(&mut Ui)) {
    let fill = ui.visuals().panel_fill.lerp_to_gamma(color, 0.12);
    let frame = Frame::side_top_panel(ui.style()).fill(fill).inner_margin(Margin {
        left: 14,
        right: 8,
        top: 5,
        bottom: 5,
    });
    let contents = |ui: &mut Ui| {
        // The usual gray of a button is hardly seen on the tint.
        ui.visuals_mut().widgets.inactive.weak_bg_fill = fill.lerp_to_gamma(color, 0.22);
        contents(ui);
    };
    let response = Panel::top(id).frame(frame).resizable(false).show(ui, contents).response;
    let edge = response.rect.with_max_x(response.rect.left() + 5.0);
    ui.painter().rect_filled(edge, 0.0, color);
}

/// Says over the whole window that what is held over it can be dropped.
pub fn drop_overlay_ui(ui: &Ui) {
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Foreground, Id::unique("drop")));
    let area = ui.ctx().content_rect();
    painter.rect_filled(area, 0.0, ui.visuals().extreme_bg_color.gamma_multiply(0.82));
    let stroke = egui::Stroke::new(3.0, crate::ui::widgets::style::ACCENT);
    painter.rect_stroke(area.shrink(12.0), 8.0, stroke, egui::StrokeKind::Inside);
    let color = ui.visuals().strong_text_color();
    painter.text(area.center(), Align2::CENTER_CENTER, "Drop to open", FontId::proportional(28.0), color);
}
