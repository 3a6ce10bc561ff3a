//! The plot with a map of basins in the place of the heat map: a start is pointed at and chosen there.

use egui::{Align2, PointerButton, Role, Ui, WidgetInfo};

use super::PlotState;
use super::read_out::corner_ui;
use crate::expr::display_name;
use crate::figure::basins::{Fate, optimum_words};
use crate::figure::look::number::{coordinate, short};
use crate::figure::plot::{Pace, PlotOptions};
use crate::landscape::Region;
use crate::objective::Point;
use crate::optimizer::OutcomeKind;
use crate::session::Session;

impl PlotState {
    /// Draws the map of the run that the options say into the space that is left, goes on with it by one slice up to a size of
    /// [`crate::session::BASIN_SIZES`], and takes what the hand does. Returns the start that is pointed at.
    pub fn show_basins_ui(
        &mut self,
        ui: &mut Ui,
        session: &mut Session,
        options: PlotOptions,
        finest: usize,
    ) -> Option<Point> {
        let run = options.basins_of?;
        let mut options = PlotOptions { pace: Pace::InSlices, ..options };
        options.look.color_bar = false;
        let camera_before = self.camera;
        let output = self.canvas.plot_ui(ui, session, &self.camera, &options);
        let (response, projection) = (output.response, output.projection);
        self.projection = Some(projection);
        response.widget_info(|| {
            let name = session.scenario().run_name(run);
            WidgetInfo::labeled(Role::GraphicsObject, true, format!("Map of basins of {name}"))
        });
        self.view_by_hand(ui, &response, projection);
        self.view_by_keys(ui, &response, projection);
        self.start_by_hand(ui, session, &response, projection);
        // What is looked at while the view moves is the coarse map alone.
        let is_moving = [PointerButton::Primary, PointerButton::Middle].map(|b| response.dragged_by(b));
        let moves = self.camera != camera_before;
        if moves || !session.look_for_basins(run, projection.region, finest) {
            ui.request_repaint();
        }
        let pointer = response.hover_pos().filter(|_| !is_moving.contains(&true));
        let pointed = pointer.and_then(|at| {
            let map = session.basins(run)?.map;
            map.nearest(projection.to_plane(at).into())
        })?;
        let (start, words) = words_at(session, run, pointed, projection.region)?;
        corner_ui(ui, projection, options.look.inks(ui.theme()), Align2::LEFT_BOTTOM, words);
        Some(start)
    }
}

/// A start of the map, and what comes of it in words.
fn words_at(session: &Session, run: usize, place: usize, seen: Region) -> Option<(Point, String)> {
    let map = session.basins(run)?.map;
    let (start, end) = (map.start(place), map.ends.get(place)?);
    let reached = map.reached.get(place).copied().flatten();
    let steps = if end.step == 1 { "1 step".to_owned() } else { format!("{} steps", end.step) };
    let fate = match Fate::of(end, reached) {
        Fate::Optimum(optimum) => format!("optimum {} after {steps}", optimum_words(map, optimum)),
        Fate::AnotherOptimum => format!("another optimum after {steps}"),
        Fate::Saddle if end.kind == OutcomeKind::Maximum => format!("a maximum after {steps}"),
        Fate::Saddle => format!("a saddle after {steps}"),
        Fate::Diverged => format!("diverges: beyond every bound after {steps}"),
        Fate::NotFinite => format!("not finite after {steps}"),
        Fate::Steps => format!("out of steps after {}: J {}", end.step, short(end.value, 4)),
        Fate::Other => format!("{} after {steps}", end.kind.id().replace('_', " ")),
    };
    let [x, y] = session.scenario().cost.variables.each_ref().map(|name| display_name(name));
    let place =
        format!("{x} {}   {y} {}", coordinate(start.x, seen.width()), coordinate(start.y, seen.height()));
    Some((start, format!("{place}\n{fate}")))
}
