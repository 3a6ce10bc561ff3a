//! The hand on the curve of a constraint: it takes a point of it, which then stays on the curve wherever that goes.

use egui::{
    CursorIcon, EventFilter, Key, Modifiers, PointerButton, Pos2, Rect, Response, Role, Sense, Ui, Vec2,
    WidgetInfo,
};

use super::PlotState;
use super::keys::{START_POINTS, arrows};
use super::read_out::TOUCH;
use crate::figure::layers::contact::Contact;
use crate::figure::layers::touched::Touched;
use crate::figure::plane::camera::Projection;
use crate::landscape::WalkPlace;
use crate::objective::Point;
use crate::session::Session;

/// The side of the square around the point that takes the hand.
const HANDLE: f32 = 24.0;

impl PlotState {
    /// Moves the point along its curve, by dragging from anywhere on the curve and by the arrow keys; Escape lets it go.
    /// Returns whether the hand has it, so that the view stays where it is.
    pub(super) fn curve_by_hand(
        &mut self,
        ui: &Ui,
        session: &mut Session,
        plot: &Response,
        projection: Projection,
    ) -> bool {
        let Some(problem) = session.problem() else { return false };
        if let Some(held) = self.touched {
            // The curve may have moved since. Where it is gone for now, the point waits where it was.
            self.touched = Some(Contact::of(problem, held).map_or(held, |contact| contact.touched()))
                .filter(|held| held.constraint < problem.constraints.len());
        }
        let pressed = ui.input(|input| input.pointer.press_origin());
        let touching = |at: Pos2| Contact::near(problem, projection, at, TOUCH);
        let begun = pressed.filter(|_| plot.drag_started_by(PointerButton::Primary)).and_then(touching);
        if plot.hover_pos().and_then(touching).is_some() {
            plot.clone().on_hover_cursor(CursorIcon::Grab);
        }
        if let Some(begun) = begun {
            self.touched = Some(begun.touched());
            self.is_on_curve = true;
        }
        self.is_on_curve &= plot.dragged_by(PointerButton::Primary);
        let handle = self.handle_ui(ui, projection);
        let is_dragged = self.is_on_curve || handle.as_ref().is_some_and(Response::dragged);
        if is_dragged && let Some(pointer) = ui.input(|input| input.pointer.interact_pos()) {
            let before = self.touched;
            self.take_to(session, projection, pointer);
            if self.touched != before {
                ui.request_repaint();
            }
        }
        if let Some(handle) = handle {
            self.by_keys(ui, session, &handle, projection);
        }
        is_dragged
    }

    /// What takes the hand and the keys at the point that is held.
    fn handle_ui(&self, ui: &Ui, projection: Projection) -> Option<Response> {
        let held = self.touched?;
        let at = projection.to_pos(held.at().into()).filter(|at| projection.frame.contains(*at))?;
        let area = Rect::from_center_size(at, Vec2::splat(HANDLE));
        let handle = ui.interact(area, ui.scope_id().with("on the curve"), Sense::click_and_drag());
        handle.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Point of the constraint"));
        Some(handle.on_hover_and_drag_cursor(CursorIcon::Grab))
    }

    /// Takes the point to the place of its curve that is nearest to the pointer.
    fn take_to(&mut self, session: &mut Session, projection: Projection, pointer: Pos2) {
        let Some(held) = self.touched else { return };
        let to = Point::from(projection.to_plane(projection.frame.clamp(pointer)));
        let walk = session.walk(projection.region, held.constraint);
        if let Some(place) = walk.and_then(|walk| walk.nearest(to, scale(projection))) {
            self.hold(session, held.constraint, place);
        }
    }

    fn by_keys(&mut self, ui: &Ui, session: &mut Session, handle: &Response, projection: Projection) {
        let Some(held) = self.touched else { return };
        let way = arrows(ui, handle);
        if way.is_some() {
            let arrows =
                EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            let filter = EventFilter { escape: true, ..arrows };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(handle.id, filter));
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
                self.touched = None;
                return;
            }
        }
        let Some(way) = way.filter(|way| *way != Vec2::ZERO) else { return };
        let points = if ui.input(|input| input.modifiers.shift) { 1.0 } else { START_POINTS };
        let [across, up] = scale(projection);
        let Some(walk) = session.walk(projection.region, held.constraint) else { return };
        let moved = walk.nearest(held.at(), [across, up]).and_then(|place| {
            let direction = walk.direction(place)?;
            let on_screen = Point::new(direction.x * across, -direction.y * up);
            let forward = f64::from(way.x) * on_screen.x + f64::from(way.y) * on_screen.y;
            // Across the curve a key does nothing.
            let by = f64::from(points) / on_screen.norm() * if forward < 0.0 { -1.0 } else { 1.0 };
            walk.moved(place, if forward == 0.0 { 0.0 } else { by })
        });
        if let Some(place) = moved {
            self.hold(session, held.constraint, place);
            ui.request_repaint();
        }
    }

    /// Holds a place of a curve, brought onto it to rounding.
    pub fn hold(&mut self, session: &Session, constraint: usize, place: WalkPlace) {
        let near = Touched::new(constraint, place.at);
        let contact = session.problem().and_then(|problem| Contact::of(problem, near));
        self.touched = Some(contact.map_or(near, |contact| contact.touched()));
    }
}

/// Points of the screen for one unit of x, and of y.
fn scale(projection: Projection) -> [f64; 2] {
    let Projection { region, frame } = projection;
    [f64::from(frame.width()) / region.width(), f64::from(frame.height()) / region.height()]
}
