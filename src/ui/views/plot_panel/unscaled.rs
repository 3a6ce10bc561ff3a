//! The plot in the parameters of the columns as they are given: it is looked at, and nothing of the session is changed there.

use egui::{Align2, Role, Ui, WidgetInfo};

use super::read_out::{corner_ui, unit_lines};
use super::{PlotState, STILL_AFTER};
use crate::expr::display_name;
use crate::figure::layers::probe_shapes::ring_shapes;
use crate::figure::look::number::{coordinate, short};
use crate::figure::plot::{Pace, PlotOptions};
use crate::landscape::Region;
use crate::objective::Point;
use crate::session::Session;

/// With less room than this, in points, the colors are those of the plot beside it, and all of it belongs to the contours.
const WITH_COLOR_BAR: f32 = 520.0;

impl PlotState {
    /// Draws it, and moves the view with the hand; a double click brings `window` back.
    pub fn show_unscaled_ui(
        &mut self,
        ui: &mut Ui,
        session: &mut Session,
        options: PlotOptions,
        window: Region,
    ) {
        let now = ui.input(|input| input.time);
        let mut options = PlotOptions { pace: Pace::InSlices, is_unscaled: true, ..options };
        if let Some(cell) = self.cell_while_not_still(session, now) {
            options.cell = cell;
            ui.request_repaint_after(std::time::Duration::from_secs_f64(STILL_AFTER));
        }
        let camera_before = self.camera;
        options.look.color_bar &= ui.available_width() >= WITH_COLOR_BAR;
        let options = options.within(ui.available_width());
        let output = self.canvas.plot_ui(ui, session, &self.camera, &options);
        if !output.is_whole {
            ui.request_repaint();
        }
        let (response, projection) = (output.response, output.projection);
        self.projection = Some(projection);
        response
            .widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, true, "Contour plot before scaling"));
        if response.double_clicked() {
            self.look_at_region(window);
        }
        self.view_by_hand(ui, &response, projection);
        if self.camera != camera_before {
            self.moved_at = now;
            ui.request_repaint();
        }
        self.pointer_ui(ui, session, options, &response);
    }

    /// What is pointed at, here or in the plot.
    fn pointer_ui(&self, ui: &Ui, session: &Session, options: PlotOptions, response: &egui::Response) {
        let (Ok(unscaled), Some(objective)) = (session.unscaled(), session.objective()) else { return };
        let Some(projection) = self.projection else { return };
        let inks = options.look.inks(ui.theme());
        let Some(pointer) = response.hover_pos() else {
            // What is read elsewhere is written there.
            let at = options.pointed.map(|theta| unscaled.map.unscaled(theta));
            if let Some(place) = at.and_then(|at| projection.to_pos([at.x, at.y])) {
                let painter = ui.painter().with_clip_rect(projection.frame.intersect(ui.clip_rect()));
                painter.extend(ring_shapes(place, inks.mark, inks));
            }
            return;
        };
        let at = Point::from(projection.to_plane(pointer));
        let theta = unscaled.map.scaled(at);
        let [x, y] = session.scenario().cost.variables.each_ref().map(|name| display_name(name));
        let seen = projection.region;
        let mut lines = vec![format!(
            "{x} {}   {y} {}   J {}",
            coordinate(at.x, seen.width()),
            coordinate(at.y, seen.height()),
            short(objective.evaluator().value(theta), 5)
        )];
        lines.extend(unit_lines(session, theta));
        corner_ui(ui, projection, inks, Align2::LEFT_BOTTOM, lines.join("\n"));
    }
}
