//! The plot in the window: its levels above it, the hand on it, and the read-out of the pointer.

use egui::{
    Align2, Checkbox, ComboBox, CursorIcon, DragValue, FontId, PointerButton, Pos2, Rect, Role, Sense, Ui,
    Vec2, WidgetInfo,
};

use super::actions::Action;
use crate::expr::display_name;
use crate::figure::camera::{Camera, Projection};
use crate::figure::number::{coordinate, short};
use crate::figure::palette::Inks;
use crate::figure::plot::{Canvas, PlotOptions};
use crate::landscape::{LevelScale, Levels, Region};
use crate::objective::Point;
use crate::scenario::LEVEL_COUNT;
use crate::session::Session;

/// What the plot needs from one frame to the next.
pub(super) struct PlotState {
    pub camera: Camera,
    pub canvas: Canvas,
    /// When the camera last moved, in seconds of the window's clock.
    moved_at: f64,
    /// When the cost or its levels last changed, likewise.
    changed_at: f64,
    /// The version of the cost and the levels that were drawn last.
    drawn: Option<(u64, Levels)>,
    /// The start before the last click, which a double click brings back: it was meant for the view.
    start_before_click: Option<[f64; 2]>,
    /// What was drawn last.
    pub projection: Option<Projection>,
}

/// Distance between samples while the camera moves, in screen points; then the field is new in every frame.
const CELL_WHILE_MOVING: f32 = 6.0;
/// The same while the cost or its levels change under the hand.
const CELL_WHILE_CHANGING: f32 = 2.0;
/// What has not changed for this time counts as still, in seconds.
const STILL_AFTER: f64 = 0.2;
/// The side of the square around the start that takes the hand.
const HANDLE: f32 = 26.0;

impl PlotState {
    /// Looks at `window`.
    pub fn new(window: Region) -> Self {
        Self {
            camera: Camera::new(window),
            canvas: Canvas::default(),
            moved_at: f64::NEG_INFINITY,
            changed_at: f64::NEG_INFINITY,
            drawn: None,
            start_before_click: None,
            projection: None,
        }
    }

    /// Looks at `window` again.
    pub fn reset(&mut self, window: Region) {
        self.camera = Camera::new(window);
    }

    /// Looks at every visible path as a whole, the start included, as far as a plane can be drawn.
    pub fn fit_paths(&mut self, session: &Session) {
        let optimizers = session.scenario().optimizers.iter().enumerate();
        let paths = optimizers.filter(|(_, o)| o.visible).filter_map(|(index, _)| session.trajectory(index));
        if let Some(region) = around(paths.flat_map(|(path, _)| &path.points)) {
            self.camera.region = region;
        }
    }

    /// Makes what is seen the scenario's window.
    pub fn keep_view(&self, session: &mut Session) {
        if let Some(projection) = self.projection {
            session.edit(|scenario| scenario.window = projection.region);
        }
    }

    /// Draws the row of levels and the plot, and takes what the hand does. Returns the actions that were asked for.
    pub fn show_ui(&mut self, ui: &mut Ui, session: &mut Session, options: PlotOptions) -> Vec<Action> {
        let asked = self.levels_ui(ui, session);
        let now = ui.input(|input| input.time);
        let mut options = options;
        if let Some(cell) = self.cell_while_not_still(session, now) {
            options.cell = cell;
            ui.request_repaint_after(std::time::Duration::from_secs_f64(STILL_AFTER));
        }
        let camera_before = self.camera;
        let output = self.canvas.plot_ui(ui, session, &self.camera, &options);
        self.projection = Some(output.projection);
        let response = output.response;
        response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, true, "Contour plot"));
        self.view_by_hand(ui, &response, output.projection);
        self.start_by_hand(ui, session, &response, output.projection);
        if output.undefined_share > 0.0 {
            let text = "hatched: J is undefined there".to_owned();
            label_in_corner(ui, output.projection, Align2::LEFT_TOP, text);
        }
        if let Some(pointer) = response.hover_pos() {
            read_out(ui, session, output.projection, pointer);
        }
        if self.camera != camera_before {
            self.moved_at = now;
            ui.request_repaint();
        }
        asked
    }

    /// How finely the field is sampled while something changes; `None` when all is still.
    fn cell_while_not_still(&mut self, session: &Session, now: f64) -> Option<f32> {
        let drawn = (session.recomputed().objectives, session.scenario().levels);
        if self.drawn.replace(drawn).is_some_and(|before| before != drawn) {
            self.changed_at = now;
        }
        if now - self.moved_at < STILL_AFTER {
            Some(CELL_WHILE_MOVING)
        } else {
            (now - self.changed_at < STILL_AFTER).then_some(CELL_WHILE_CHANGING)
        }
    }

    fn view_by_hand(&mut self, ui: &Ui, response: &egui::Response, projection: Projection) {
        let size = projection.frame.size();
        if response.dragged_by(PointerButton::Primary) || response.dragged_by(PointerButton::Middle) {
            self.camera.pan(response.drag_delta(), size);
        }
        if let Some(pointer) = response.hover_pos() {
            let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta.y, input.zoom_delta()));
            let factor = f64::from(wheel * 0.004).exp() * f64::from(pinch);
            if factor != 1.0 {
                self.camera.zoom(factor, projection.to_plane(pointer));
            }
        }
    }

    fn start_by_hand(
        &mut self,
        ui: &Ui,
        session: &mut Session,
        response: &egui::Response,
        projection: Projection,
    ) {
        let start = session.scenario().run.start;
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
            self.reset(session.scenario().window);
        } else if response.clicked()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            self.start_before_click = Some(start);
            moved = Some(projection.to_plane(pointer));
        }
        if let Some(pointer) = handle.filter(egui::Response::dragged).and_then(|h| h.interact_pointer_pos()) {
            moved = Some(projection.to_plane(projection.frame.clamp(pointer)));
        }
        if let Some(start) = moved.filter(|to| to.iter().all(|c| c.is_finite())) {
            session.edit(|scenario| scenario.run.start = start.map(|c| rounded(c, projection)));
        }
    }

    fn levels_ui(&mut self, ui: &mut Ui, session: &mut Session) -> Vec<Action> {
        let mut levels = session.scenario().levels;
        let mut asked = Vec::new();
        ui.horizontal_wrapped(|ui| {
            let name = |scale| match scale {
                LevelScale::Linear => "linear",
                LevelScale::Log => "logarithmic",
                LevelScale::Quantile => "quantile",
            };
            let label = ui.label("levels").on_hover_text("How the isolines and the shades are spaced");
            let combo = ComboBox::from_id_salt("levels").selected_text(name(levels.scale)).width(92.0);
            let response = combo
                .show_ui(ui, |ui| {
                    for scale in [LevelScale::Linear, LevelScale::Log, LevelScale::Quantile] {
                        ui.selectable_value(&mut levels.scale, scale, name(scale));
                    }
                })
                .response;
            response.labelled_by(label.id);
            let label = ui.label("count");
            ui.add(DragValue::new(&mut levels.count).range(LEVEL_COUNT).speed(0.2)).labelled_by(label.id);
            ui.add_space(8.0);
            ui.add(Checkbox::new(&mut self.camera.equal_axes, "equal axes"))
                .on_hover_text("One unit of each variable has the same length, so that gradients cross isolines at right angles");
            for action in [Action::ResetView, Action::FitPaths, Action::KeepView] {
                if ui.button(action.label()).on_hover_text(action.explanation(ui.ctx())).clicked() {
                    asked.push(action);
                }
            }
        });
        if levels != session.scenario().levels {
            session.edit(|scenario| scenario.levels = levels);
        }
        asked
    }
}

/// The region around some points with a margin, if it can be drawn.
fn around<'a>(points: impl Iterator<Item = &'a Point>) -> Option<Region> {
    const MARGIN: f64 = 0.08;
    let mut ends = [[f64::INFINITY, f64::NEG_INFINITY]; 2];
    for point in points {
        for (axis, [low, high]) in ends.iter_mut().enumerate() {
            *low = low.min(point[axis]);
            *high = high.max(point[axis]);
        }
    }
    let widest = ends.iter().map(|[low, high]| high - low).fold(0.0, f64::max);
    let [x, y] = ends.map(|[low, high]| {
        // A path along one axis still needs some room across it.
        let more = MARGIN * (high - low) + if high - low < 0.1 * widest { 0.1 * widest } else { 0.0 };
        [low - more, high + more]
    });
    Region::new(x, y).ok()
}

/// A coordinate with as many digits as a screen point is worth, so that a start set by hand can be read and typed again.
fn rounded(value: f64, projection: Projection) -> f64 {
    let [low, high] = projection.region.x;
    let point = (high - low) / f64::from(projection.frame.width());
    let unit = 10f64.powf((0.5 * point).log10().floor());
    let snapped = (value / unit).round() * unit;
    // A product with a power of ten below 1 is not the shortest number: going through its text makes it so.
    let decimals = (-unit.log10()).max(0.0).round() as usize;
    let parsed = format!("{snapped:.decimals$}").parse().ok().filter(|v: &f64| v.is_finite());
    // Left of 0 and nearer to it than half a unit is 0, not -0.
    parsed.unwrap_or(value) + 0.0
}

/// Position, cost and gradient under the pointer, in a corner of the plot.
fn read_out(ui: &Ui, session: &Session, projection: Projection, pointer: Pos2) {
    let Some(objective) = session.objective() else { return };
    let [x, y] = projection.to_plane(pointer);
    let here = objective.evaluator().first_order(Point::new(x, y));
    let [x_name, y_name] = session.scenario().cost.variables.each_ref().map(|name| display_name(name));
    let Region { x: xs, y: ys } = projection.region;
    let text = format!(
        "{x_name} {}   {y_name} {}   J {}   ∇J ({}, {})   ‖∇J‖ {}",
        coordinate(x, xs[1] - xs[0]),
        coordinate(y, ys[1] - ys[0]),
        short(here.value, 5),
        short(here.gradient.x, 4),
        short(here.gradient.y, 4),
        short(here.gradient.x.hypot(here.gradient.y), 4),
    );
    label_in_corner(ui, projection, Align2::LEFT_BOTTOM, text);
}

/// A line of text on a plate in a corner of the plot.
fn label_in_corner(ui: &Ui, projection: Projection, corner: Align2, text: String) {
    let inks = Inks::of(ui.theme());
    let painter = ui.painter().with_clip_rect(projection.frame);
    let galley = painter.layout_no_wrap(text, FontId::monospace(12.5), inks.mark);
    let area = corner.align_size_within_rect(galley.size(), projection.frame.shrink(6.0));
    painter.rect_filled(area.expand(4.0), 3.0, inks.label_background);
    painter.galley(area.min, galley, inks.mark);
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    #[test]
    fn a_region_around_points_holds_them_all_with_room_to_spare() {
        let points = [Point::new(-1.0, 2.0), Point::new(3.0, 2.0)];
        let region = around(points.iter()).unwrap();
        assert!(points.iter().all(|p| region.contains(*p)));
        assert!(region.x[0] < -1.1 && region.y[0] < 1.9 && region.y[1] > 2.1);
        assert_eq!(around(points[..1].iter()), None);
        assert_eq!(around([].iter()), None);
    }

    #[test]
    fn a_start_set_by_hand_has_few_digits() {
        let region = Region { x: [-2.0, 2.0], y: [-1.0, 3.0] };
        let projection = Projection { region, frame: Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0)) };
        assert_eq!(rounded(-1.203_456_789, projection), -1.203);
        let wide = Projection { region: Region { x: [-512.0, 512.0], y: [-512.0, 512.0] }, ..projection };
        assert_eq!(rounded(404.231_8, wide), 404.2);
    }
}
