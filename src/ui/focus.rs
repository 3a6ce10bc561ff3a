//! A ring around what has the keyboard, so that nobody has to guess where a key goes.

use egui::{Id, LayerId, Order, Stroke, StrokeKind, Ui};

use super::style::ACCENT;

/// Draws the ring around whatever has the focus, when everything else has been drawn.
pub(super) fn focus_ring_ui(ui: &Ui) {
    let Some(focused) = ui.memory(|memory| memory.focused()) else { return };
    let Some(widget) = ui.ctx().read_response(focused) else { return };
    let layer = LayerId::new(Order::Foreground, Id::unique("focus ring"));
    let painter = ui.ctx().layer_painter(layer).with_clip_rect(widget.interact_rect.expand(3.0));
    painter.rect_stroke(widget.interact_rect, 4.0, Stroke::new(2.0, ACCENT), StrokeKind::Outside);
}
