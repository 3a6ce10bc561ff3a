//! Plates with text over a view: what stands under the pointer, told to those who cannot see it too.

use egui::text::LayoutJob;
use egui::{FontId, Painter, Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use crate::figure::look::palette::Inks;

/// Between a plate and the edge of the view, and around its text, in points.
pub const MARGIN: f32 = 6.0;
pub const PADDING: f32 = 4.0;
pub const FONT: FontId = FontId::monospace(12.5);

/// Draws a text on a plate beside the pointer, within a rectangle.
pub fn plate_beside_ui(ui: &Ui, painter: &Painter, inks: Inks, text: LayoutJob, pointer: Pos2, within: Rect) {
    let galley = painter.layout_job(text);
    let area = beside(pointer, galley.size() + Vec2::splat(2.0 * PADDING), within);
    plate_ui(ui, painter, inks, area, &galley.job.text, "iterate");
    painter.galley(area.min + Vec2::splat(PADDING), galley, inks.mark);
}

/// A rectangle below and to the right of the pointer, or on another side where that has no room.
fn beside(pointer: Pos2, size: Vec2, within: Rect) -> Rect {
    const DISTANCE: Vec2 = vec2(18.0, 16.0);
    let mut corner = pointer + DISTANCE;
    if corner.x + size.x > within.right() {
        corner.x = pointer.x - DISTANCE.x - size.x;
    }
    if corner.y + size.y > within.bottom() {
        corner.y = pointer.y - DISTANCE.y - size.y;
    }
    Rect::from_min_size(corner.max(within.min), size)
}

/// What stands behind a text, which is told to those who cannot see it. It takes nothing from the pointer.
pub fn plate_ui(ui: &Ui, painter: &Painter, inks: Inks, area: Rect, text: &str, name: &str) {
    painter.rect_filled(area, 3.0, inks.label_background);
    let id = ui.scope_id().with(("read-out", name));
    ui.interact(area, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn a_plate_is_beside_the_pointer_and_inside_the_plot() {
        let within = Rect::from_min_max(pos2(10.0, 10.0), pos2(400.0, 300.0));
        for pointer in
            [pos2(20.0, 20.0), pos2(390.0, 20.0), pos2(20.0, 290.0), pos2(390.0, 290.0), pos2(200.0, 150.0)]
        {
            let area = beside(pointer, vec2(150.0, 70.0), within);
            assert!(within.contains_rect(area) && !area.contains(pointer), "{pointer}: {area}");
        }
    }
}
