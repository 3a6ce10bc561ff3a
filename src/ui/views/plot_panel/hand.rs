//! The hand on the plot: it moves the view, and sets the start of the runs.

use egui::{CursorIcon, PointerButton, Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

use super::PlotState;
use super::keys::start_by_keys;
use crate::decimal::with_decimals;
use crate::elementary;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::lift::Lift;
use crate::session::Session;

/// The side of the square around the start that takes the hand.
const HANDLE: f32 = 26.0;

impl PlotState {
    /// Zooms by wheel and pinch, and moves by dragging.
    pub(super) fn view_by_hand(&mut self, ui: &Ui, response: &egui::Response, projection: Projection) {
        let size = projection.frame.size();
        if response.dragged_by(PointerButton::Primary) || response.dragged_by(PointerButton::Middle) {
            self.camera.pan(response.drag_delta(), size);
        }
        if let Some(pointer) = response.hover_pos() {
            let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta.y, input.zoom_delta()));
            let factor = elementary::exp(f64::from(wheel * 0.004)) * f64::from(pinch);
            if factor != 1.0 {
                self.camera.zoom(factor, projection.to_plane(pointer));
            }
        }
    }

    /// Sets the start by a click or by dragging its ring; a double click brings the view back. Returns where
    /// the ring is pointed at.
    pub(super) fn start_by_hand(
        &mut self,
        ui: &Ui,
        session: &mut Session,
        response: &egui::Response,
        projection: Projection,
    ) -> Option<Pos2> {
        let lift = Lift::of(session.objective());
        let start = lift.start(session.scenario().run.start, projection.region);
        let mut moved = None;
        let handle = projection.to_pos(start).filter(|at| projection.frame.contains(*at)).map(|at| {
            let area = Rect::from_center_size(at, Vec2::splat(HANDLE));
            let handle = ui.interact(area, ui.scope_id().with("start"), Sense::click_and_drag());
            handle.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Start point"));
            handle.on_hover_and_drag_cursor(CursorIcon::Grab)
        });
        // After the first click of two, the start is under the pointer and takes the second.
        let takes_double_click = |r: &egui::Response| r.double_clicked();
        if takes_double_click(response) || handle.as_ref().is_some_and(takes_double_click) {
            moved = self.start_before_click.take();
            self.reset(session.scenario());
        } else if response.clicked()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            self.start_before_click = Some(start);
            moved = Some(projection.to_plane(pointer));
        }
        // A ring that has the focus is read like one under the pointer.
        let focused = handle.as_ref().filter(|ring| ring.has_focus()).map(|ring| ring.rect.center());
        let over_handle = handle.as_ref().and_then(egui::Response::hover_pos).or(focused);
        if let Some(ring) = &handle {
            moved = start_by_keys(ui, ring, start, projection).or(moved);
        }
        if let Some(pointer) = handle.filter(egui::Response::dragged).and_then(|h| h.interact_pointer_pos()) {
            moved = Some(projection.to_plane(projection.frame.clamp(pointer)));
        }
        if let Some(start) = moved.filter(|to| to.iter().all(|c| c.is_finite())) {
            let [x, y] = start.map(|c| rounded(c, projection));
            let start = if lift.is_on_curve() { [x, 0.0] } else { [x, y] };
            session.edit(|scenario| scenario.run.start = start);
        }
        over_handle
    }
}

/// A coordinate with as many digits as a screen point is worth, so that a start set by hand can be read and typed again.
fn rounded(value: f64, projection: Projection) -> f64 {
    let [low, high] = projection.region.x;
    let point = (high - low) / f64::from(projection.frame.width());
    let unit = elementary::pow(10f64, elementary::log10(0.5 * point).floor());
    let snapped = (value / unit).round() * unit;
    let decimals = (-elementary::log10(unit)).max(0.0).round() as usize;
    with_decimals(snapped, decimals).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::Region;
    use egui::vec2;

    #[test]
    fn a_start_set_by_hand_has_few_digits() {
        let region = Region { x: [-2.0, 2.0], y: [-1.0, 3.0] };
        let projection = Projection { region, frame: Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0)) };
        assert_eq!(rounded(-1.203_456_789, projection), -1.203);
        let wide = Projection { region: Region { x: [-512.0, 512.0], y: [-512.0, 512.0] }, ..projection };
        assert_eq!(rounded(404.231_8, wide), 404.2);
    }
}
