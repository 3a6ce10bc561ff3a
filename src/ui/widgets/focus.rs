//! What has the keyboard: a ring around it, so that nobody has to guess where a key goes, and its text selected.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Context, Id, LayerId, Order, Stroke, StrokeKind, Ui};

use crate::ui::widgets::style::ACCENT;

/// Draws the ring around whatever has the focus, when everything else has been drawn.
pub fn focus_ring_ui(ui: &Ui) {
    let Some(focused) = ui.memory(|memory| memory.focused()) else { return };
    let Some(widget) = ui.ctx().read_response(focused) else { return };
    let layer = LayerId::new(Order::Foreground, Id::unique("focus ring"));
    let painter = ui.ctx().layer_painter(layer).with_clip_rect(widget.interact_rect.expand(3.0));
    painter.rect_stroke(widget.interact_rect, 4.0, Stroke::new(2.0, ACCENT), StrokeKind::Outside);
}

/// Selects all of the text of a field, so that the first key replaces it.
pub fn select_all(ctx: &Context, id: Id, text: &str) {
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    let mut state = TextEditState::load(ctx, id).unwrap_or_default();
    state.cursor.set_char_range(Some(all));
    state.store(ctx, id);
}
