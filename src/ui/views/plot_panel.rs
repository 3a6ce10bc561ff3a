//! The plot in the window: the row of its levels, the hand on it, and the read-out of the pointer.

mod basins;
mod curve;
mod hand;
mod keys;
mod levels;
mod read_out;
mod suspended;
mod unscaled;

use egui::{Align2, PointerButton, Role, Ui, WidgetInfo};

use crate::figure::dropped_levels_words;
use crate::figure::layers::touched::Touched;
use crate::figure::plane::camera::{Camera, Projection};
use crate::figure::plane::lift::Lift;
use crate::figure::plot::{Canvas, Pace, PlotOptions};
use crate::landscape::{Levels, Region};
use crate::objective::{Point, is_finite};
use crate::optimizer::{OutcomeKind, Trajectory};
use crate::scenario::Scenario;
use crate::session::{Path, Recomputed, Session};
use read_out::{corner_ui, read_out_ui};

/// What the plot needs from one frame to the next.
pub struct PlotState {
    pub camera: Camera,
    pub canvas: Canvas,
    /// When the camera last moved, in seconds of the window's clock.
    moved_at: f64,
    /// When the cost or its levels last changed, likewise.
    changed_at: f64,
    /// The versions of the cost and of what else contours are of, and the levels that were drawn last.
    drawn: Option<([u64; 2], Levels)>,
    /// The start before the last click, which a double click brings back: it was meant for the view.
    start_before_click: Option<[f64; 2]>,
    /// What was drawn last.
    pub projection: Option<Projection>,
    /// The run whose path was under the pointer in the last frame.
    pub hovered_path: Option<usize>,
    /// The iterate that is under the pointer, or else the point that is.
    pub pointed_at: Option<Point>,
    /// The point that is held on the curve of a constraint.
    pub touched: Option<Touched>,
    /// Whether the hand drags along a curve.
    is_on_curve: bool,
}

/// Distance between samples while the camera moves, in screen points; then the field is new in every frame.
const CELL_WHILE_MOVING: f32 = 6.0;
/// The same while the cost or its levels change under the hand.
const CELL_WHILE_CHANGING: f32 = 2.0;
/// What has not changed for this time counts as still, in seconds.
const STILL_AFTER: f64 = 0.2;

impl PlotState {
    /// Looks at the window of a scenario.
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            camera: Camera::of(scenario),
            canvas: Canvas::default(),
            moved_at: f64::NEG_INFINITY,
            changed_at: f64::NEG_INFINITY,
            drawn: None,
            start_before_click: None,
            projection: None,
            hovered_path: None,
            pointed_at: None,
            touched: None,
            is_on_curve: false,
        }
    }

    /// Looks at another problem in its window.
    pub fn begin(&mut self, scenario: &Scenario) {
        self.reset(scenario);
        self.touched = None;
    }

    /// Looks at the window of a scenario again.
    pub fn reset(&mut self, scenario: &Scenario) {
        self.camera = Camera::of(scenario);
    }

    /// Looks at a part of the plane.
    pub fn look_at_region(&mut self, region: Region) {
        self.camera = Camera::new(region);
    }

    /// Looks at every visible path as a whole, the start included, as far as a plane can be drawn; but not at those that
    /// ran away, beside which nothing else could be seen. Returns the names of these.
    pub fn fit_paths(&mut self, session: &Session) -> Vec<String> {
        let scenario = session.scenario();
        let (away, near): (Vec<Path<'_>>, Vec<Path<'_>>) =
            session.visible_paths().partition(|path| ran_away(path.trajectory, &scenario.window));
        let lift = Lift::of(session.objective());
        let places =
            near.iter().flat_map(|path| path.trajectory.points()).map(|at| Point::from(lift.place(at)));
        if let Some(region) = around(places.filter(|at| is_finite(*at))) {
            self.camera.region = region;
        }
        away.into_iter().map(|path| scenario.run_name(path.index)).collect()
    }

    /// Looks at these points from near by.
    pub fn look_at(&mut self, points: &[Point]) {
        const TIMES: f64 = 1.6;
        if let Some(region) = around(points.iter().copied()) {
            self.camera.region = region;
            let center = [region.x, region.y].map(|[low, high]| 0.5 * (low + high));
            self.camera.zoom(1.0 / TIMES, center);
        }
    }

    /// Brings a point to the middle, from as near as one looks now.
    pub fn center_on(&mut self, point: Point) {
        let Region { x, y } = &mut self.camera.region;
        for (side, coordinate) in [(x, point.x), (y, point.y)] {
            let half = 0.5 * (side[1] - side[0]);
            *side = [coordinate - half, coordinate + half];
        }
    }

    /// Makes what is seen the scenario's window.
    pub fn keep_view(&self, session: &mut Session) {
        if let Some(projection) = self.projection {
            session.edit(|scenario| scenario.window = projection.region);
        }
    }

    /// Draws the plot, and takes what the hand does.
    pub fn show_ui(&mut self, ui: &mut Ui, session: &mut Session, options: PlotOptions) {
        let now = ui.input(|input| input.time);
        let (touched, pointed) = (self.touched, self.pointed_at);
        let mut options = PlotOptions { pace: Pace::InSlices, touched, pointed, ..options };
        if let Some(cell) = self.cell_while_not_still(session, now) {
            options.cell = cell;
            ui.request_repaint_after(std::time::Duration::from_secs_f64(STILL_AFTER));
        }
        let camera_before = self.camera;
        let options = options.within(ui.available_width());
        let output = self.canvas.plot_ui(ui, session, &self.camera, &options);
        if !output.is_whole {
            ui.request_repaint();
        }
        self.projection = Some(output.projection);
        let response = output.response;
        let name = if session.is_of_one_variable() { "Curve" } else { "Contour plot" };
        response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, true, name));
        if !self.curve_by_hand(ui, session, &response, output.projection) {
            self.view_by_hand(ui, &response, output.projection);
        }
        self.view_by_keys(ui, &response, output.projection);
        let over_start = self.start_by_hand(ui, session, &response, output.projection);
        let undefined = (output.undefined_share > 0.0).then(|| "hatched: J is undefined there".to_owned());
        // While it moves, the field is too coarse to tell.
        let is_fine = options.cell <= PlotOptions::FINE_CELL;
        let dropped = dropped_levels_words(self.canvas.dropped_levels()).filter(|_| is_fine);
        let notes: Vec<String> = undefined.into_iter().chain(dropped).collect();
        if !notes.is_empty() {
            let inks = options.look.inks(ui.theme());
            corner_ui(ui, output.projection, inks, Align2::LEFT_TOP, notes.join("\n"));
        }
        let is_moving = [PointerButton::Primary, PointerButton::Middle].map(|b| response.dragged_by(b));
        let pointer = response.hover_pos().or(over_start).filter(|_| !is_moving.contains(&true));
        let hovered = pointer.and_then(|pointer| {
            read_out_ui(ui, session, output.projection, pointer, &options.look, options.step)
        });
        self.pointed_at = hovered.map(|read| read.at);
        if self.pointed_at != pointed {
            // What is drawn of it beside the plot, or of its batches on the plot, follows.
            ui.request_repaint();
        }
        let hovered = hovered.and_then(|read| read.run);
        if hovered != self.hovered_path {
            // The path and its card are drawn before it is known what is under the pointer.
            self.hovered_path = hovered;
            ui.request_repaint();
        }
        if self.camera != camera_before {
            self.moved_at = now;
            ui.request_repaint();
        }
    }

    /// How finely the field is sampled while something changes; `None` when all is still.
    fn cell_while_not_still(&mut self, session: &Session, now: f64) -> Option<f32> {
        let Recomputed { objectives, contoured, .. } = session.recomputed();
        let drawn = ([objectives, contoured], session.scenario().levels);
        if self.drawn.replace(drawn).is_some_and(|before| before != drawn) {
            self.changed_at = now;
        }
        if now - self.moved_at < STILL_AFTER {
            Some(CELL_WHILE_MOVING)
        } else {
            (now - self.changed_at < STILL_AFTER).then_some(CELL_WHILE_CHANGING)
        }
    }
}

/// Whether a run diverged, or was further outside the window than `AWAY` when it broke off or ran out of steps.
fn ran_away(path: &Trajectory, window: &Region) -> bool {
    /// In widths and heights of the window.
    const AWAY: f64 = 100.0;
    let is_away = || {
        let sides = [(0, window.x, window.width()), (1, window.y, window.height())];
        path.last().is_some_and(|end| {
            sides.iter().any(|(axis, [low, high], side)| {
                end[*axis] < low - AWAY * side || end[*axis] > high + AWAY * side
            })
        })
    };
    match path.outcome.as_ref().map(|outcome| outcome.kind) {
        Some(OutcomeKind::Diverged) => true,
        Some(OutcomeKind::Converged | OutcomeKind::Saddle | OutcomeKind::Maximum) => false,
        _ => is_away(),
    }
}

/// The region around some points with a margin, if it can be drawn.
fn around(points: impl Iterator<Item = Point>) -> Option<Region> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_ran_away_are_left_out_of_the_view_and_named() {
        let file = |start: &str, rates: &[f64]| {
            let head = format!("[cost]\nformula = \"x^2 + y^2\"\n[run]\nsteps = 40\nstart = {start}\n");
            let gd = |rate: &f64| {
                format!("[[optimizer]]\nmethod = \"gd\"\nlearning_rate = {rate}\nlabel = \"α {rate}\"\n")
            };
            crate::scenario::read(&(head + &rates.iter().map(gd).collect::<String>()), "test").unwrap()
        };
        let fitted = |scenario: Scenario| {
            let mut session = Session::new(scenario);
            session.finish();
            let mut plot = PlotState::new(session.scenario());
            let left_out = plot.fit_paths(&session);
            (left_out, plot.camera.region)
        };
        let (left_out, region) = fitted(file("[2.0, 1.0]", &[0.1, 3.0, 0.9, 1.2]));
        assert_eq!(left_out, ["α 3", "α 1.2"], "one diverged, the other is on its way");
        assert!(
            region.x[0] > -3.0 && region.x[1] < 3.0 && region.contains(Point::new(-1.6, -0.8)),
            "{region:?}"
        );
        // A long way that leads somewhere is seen whole.
        let (left_out, region) = fitted(file("[1e6, 0.0]", &[0.3]));
        assert!(left_out.is_empty() && region.x[1] > 1e6, "{region:?}");
        // Where nothing is left, the view stays.
        let (left_out, region) = fitted(file("[2.0, 1.0]", &[3.0]));
        assert_eq!((left_out.len(), region.x), (1, [-3.0, 3.0]));
    }

    #[test]
    fn a_region_around_points_holds_them_all_with_room_to_spare() {
        let points = [Point::new(-1.0, 2.0), Point::new(3.0, 2.0)];
        let region = around(points.into_iter()).unwrap();
        assert!(points.iter().all(|p| region.contains(*p)));
        assert!(region.x[0] < -1.1 && region.y[0] < 1.9 && region.y[1] > 2.1);
        assert_eq!(around(points.into_iter().take(1)), None);
        assert_eq!(around(std::iter::empty()), None);
    }
}
