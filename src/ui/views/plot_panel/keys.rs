//! The plot by keyboard: arrows move what has the focus, plus and minus zoom.

use egui::{EventFilter, Key, Modifiers, Response, Ui, Vec2, vec2};

use super::PlotState;
use crate::elementary;
use crate::figure::plane::camera::Projection;

/// One press moves the view by this part of it, and with Shift by a fifth of that.
const VIEW_SHARE: f32 = 0.1;
/// One press moves the start, or a point along a curve, by this many screen points, and with Shift by one.
pub(super) const START_POINTS: f32 = 10.0;
/// One press zooms by this factor.
const ZOOM: f64 = 1.25;

impl PlotState {
    /// Moves and zooms the view while the plot has the focus.
    pub(super) fn view_by_keys(&mut self, ui: &Ui, plot: &Response, projection: Projection) {
        let Some(direction) = arrows(ui, plot) else { return };
        let size = projection.frame.size();
        let share = if ui.input(|input| input.modifiers.shift) { 0.2 * VIEW_SHARE } else { VIEW_SHARE };
        if direction != Vec2::ZERO {
            // What is looked at goes the other way.
            self.camera.pan(-direction * size * share, size);
        }
        let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as i32;
        let nearer = pressed(Key::Plus) + pressed(Key::Equals) - pressed(Key::Minus);
        if nearer != 0 {
            self.camera.zoom(elementary::powi(ZOOM, nearer), projection.to_plane(projection.frame.center()));
        }
    }
}

/// Where the arrow keys move the start to, while its ring has the focus.
pub(super) fn start_by_keys(
    ui: &Ui,
    ring: &Response,
    start: [f64; 2],
    projection: Projection,
) -> Option<[f64; 2]> {
    let direction = arrows(ui, ring).filter(|direction| *direction != Vec2::ZERO)?;
    let points = if ui.input(|input| input.modifiers.shift) { 1.0 } else { START_POINTS };
    Some(projection.to_plane(projection.to_pos(start)? + direction * points))
}

/// The sum of the arrow keys pressed, x to the right and y down, if the widget has the focus.
pub(super) fn arrows(ui: &Ui, widget: &Response) -> Option<Vec2> {
    if !widget.has_focus() {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(widget.id, filter));
    let pressed = |key| ui.input(|input| input.num_presses(key)) as f32;
    Some(vec2(
        pressed(Key::ArrowRight) - pressed(Key::ArrowLeft),
        pressed(Key::ArrowDown) - pressed(Key::ArrowUp),
    ))
}
