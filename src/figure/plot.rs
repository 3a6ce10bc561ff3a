//! The plot: axes by egui_plot; heat map, isolines, optima, paths and heads drawn over them.

mod pace;
mod paths;
mod tick_step;

use egui::{Color32, Rect, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};
use egui_plot::{AxisHints, Plot, PlotBounds};

use crate::expr::display_name;
use crate::figure::layers::color_bar::ColorBar;
use crate::figure::layers::heads::{Head, heads_shapes};
use crate::figure::layers::isoline_labels::IsolineLabel;
use crate::figure::layers::isoline_layer::{IsolineLayer, IsolineStyle};
use crate::figure::layers::marks::{optimum_shapes, start_shapes};
use crate::figure::layers::surface_texture::{SurfaceTexture, with_half_cells};
use crate::figure::look::Look;
use crate::figure::look::parts::{Part, Parts};
use crate::figure::plane::camera::{Camera, Projection};
use crate::figure::plane::ticks::{TickLabels, marks};
use crate::session::Session;
pub use pace::Pace;
use pace::detail;
use paths::Paths;
use tick_step::{X_DISTANCES, Y_DISTANCES, tick_step};

/// What is drawn, and how finely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotOptions {
    /// The step whose heads are shown; trails end there.
    pub step: u32,
    /// Distance between neighboring samples of the field, in screen points.
    pub cell: f32,
    /// What a person likes to see.
    pub look: Look,
    /// The run whose path is drawn on top and bolder.
    pub highlighted: Option<usize>,
    /// What is shown. Title, legend and caption are not the plot's.
    pub parts: Parts,
    /// Whether long work is done at once or in slices, the rest of it the next time that the plot is drawn.
    pub pace: Pace,
}

impl PlotOptions {
    /// Samples so close that the isolines are smooth.
    pub const FINE_CELL: f32 = 1.0;

    /// The same for a room of this width: in a narrow one there is no color bar.
    pub fn within(self, width: f32) -> Self {
        let color_bar = self.look.color_bar && width >= NARROW;
        Self { look: Look { color_bar, ..self.look }, ..self }
    }

    /// Everything at `step`, finely.
    pub fn at_step(step: u32, look: Look) -> Self {
        Self {
            step,
            cell: Self::FINE_CELL,
            look,
            highlighted: None,
            parts: Parts::default(),
            pace: Pace::AtOnce,
        }
    }
}

/// What was drawn, and where.
pub struct PlotOutput {
    /// Clicks, drags and hovering over the inside of the plot.
    pub response: egui::Response,
    /// The map between the plane and the screen.
    pub projection: Projection,
    /// The part of what is seen where the cost is undefined and hatched, from 0 to 1.
    pub undefined_share: f64,
    /// Whether nothing of it waits for the next time it is drawn.
    pub is_whole: bool,
}

/// What came of painting.
struct Seen {
    undefined_share: f64,
    is_whole: bool,
}

/// Draws the plot of a session. Holds what must survive from one frame to the next: the frame's size, which the axes
/// take from the plot, the textures, the isolines with their labels, and the paths as far as they were followed.
#[derive(Default)]
pub struct Canvas {
    frame_size: Option<Vec2>,
    /// What the plot had for itself and its axes when its frame was measured.
    room: Vec2,
    heat_map: SurfaceTexture,
    isolines: IsolineLayer,
    color_bar: ColorBar,
    paths: Paths,
    dropped_levels: usize,
}

/// Room for tick labels, until the first frame has measured it.
const AXES_GUESS: Vec2 = vec2(64.0, 48.0);
/// Wide enough for most tick labels, so that the plot does not shift while they change.
const Y_AXIS_WIDTH: f32 = 58.0;
/// With less room than this, in points, all of it belongs to the plot.
const NARROW: f32 = 340.0;
/// Ticks are as far apart as they should be: egui_plot is not to fade those that it finds too near.
const NUMBER_SPACING: std::ops::RangeInclusive<f32> = 4.0..=8.0;

impl Canvas {
    /// The numbers on the isolines that were drawn last.
    pub fn isoline_labels(&self) -> &[IsolineLabel] {
        self.isolines.labels()
    }

    /// How many levels had no isolines when the plot was drawn last, since the cost varies faster than can be shown.
    pub fn dropped_levels(&self) -> usize {
        self.dropped_levels
    }

    /// The size of the frame inside the axes, once the plot has been drawn.
    pub fn frame_size(&self) -> Option<Vec2> {
        self.frame_size
    }

    /// The largest room, within the given one, in which the frame has the proportions of what is looked at.
    pub fn room_for(&self, camera: &Camera, room: Vec2) -> Vec2 {
        let around = self.frame_size.map_or(AXES_GUESS, |frame| self.room - frame);
        let most = (room - around).max(Vec2::splat(1.0));
        let ratio = camera.ratio();
        if !(ratio.is_finite() && ratio > 0.0) {
            return room;
        }
        let frame = vec2(most.x.min(most.y * ratio), most.y.min(most.x / ratio));
        frame.max(Vec2::splat(1.0)) + around
    }

    /// Draws the plot into the space that is left.
    pub fn plot_ui(
        &mut self,
        ui: &mut Ui,
        session: &mut Session,
        camera: &Camera,
        options: &PlotOptions,
    ) -> PlotOutput {
        self.room = ui.available_size();
        let bar_width = if options.look.color_bar { ColorBar::WIDTH } else { 0.0 };
        let room = ui.available_size() - vec2(bar_width, 0.0);
        let guess = self.frame_size.unwrap_or(room - AXES_GUESS);
        let visible = camera.visible(guess);
        let [x_name, y_name] = session.scenario().cost.variables.each_ref().map(|name| display_name(name));
        let x_step = tick_step(visible.x, guess.x, X_DISTANCES);
        let y_step = tick_step(visible.y, guess.y, Y_DISTANCES);
        let axis = |hints: AxisHints<'static>, name: &str, range: [f64; 2], step: f64| {
            let labels = TickLabels::new(range, step);
            let formatted =
                hints.label(labels.axis_name(name)).formatter(move |mark, _| labels.label(mark.value));
            formatted.label_spacing(NUMBER_SPACING)
        };
        // Nothing shifts in a picture.
        let y_axis_width = if options.pace == Pace::AtOnce { 0.0 } else { Y_AXIS_WIDTH };
        let plot = Plot::new("landscape")
            .width(room.x)
            .custom_x_axes(vec![axis(AxisHints::new_x(), &x_name, visible.x, x_step)])
            .custom_y_axes(vec![
                axis(AxisHints::new_y(), &y_name, visible.y, y_step).min_thickness(y_axis_width),
            ])
            .x_grid_spacer(|input| marks(input.bounds, x_step))
            .y_grid_spacer(|input| marks(input.bounds, y_step))
            .allow_drag(false)
            .allow_scroll(false)
            .allow_zoom(false)
            .allow_boxed_zoom(false)
            .allow_double_click_reset(false)
            .allow_axis_zoom_drag(false)
            .show_crosshair(false)
            .show_axes(options.parts.shows(Part::Axes))
            .show_background(options.parts.shows(Part::HeatMap))
            .show_grid(false)
            .label_formatter(|_| None)
            .set_margin_fraction(Vec2::ZERO)
            .show(ui, |plot| {
                let [low, high] = [0, 1].map(|end| [visible.x[end], visible.y[end]]);
                plot.set_plot_bounds(PlotBounds::from_min_max(low, high));
            });
        let frame = *plot.transform.frame();
        if self.frame_size != Some(frame.size()) {
            self.frame_size = Some(frame.size());
            ui.request_repaint();
        }
        let projection = Projection { region: visible, frame };
        let Seen { undefined_share, is_whole } = if frame.is_positive() {
            self.paint(ui, session, projection, options)
        } else {
            Seen { undefined_share: 0.0, is_whole: true }
        };
        PlotOutput { response: plot.response, projection, undefined_share, is_whole }
    }

    /// Paints what is inside the axes.
    fn paint(
        &mut self,
        ui: &Ui,
        session: &mut Session,
        projection: Projection,
        options: &PlotOptions,
    ) -> Seen {
        let frame = projection.frame;
        let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
        let inks = options.look.inks(ui.theme());
        let shows = |part| options.parts.shows(part);
        let (start, optima) = (session.scenario().run.start, session.known_optima());
        let mut seen = Seen { undefined_share: 0.0, is_whole: true };
        self.dropped_levels = 0;
        let detail = detail(frame.size(), options.cell, options.pace);
        if let Some(surface) = session.surface(projection.region, detail) {
            let color_map = options.look.color_map(ui.theme());
            let (texture, share) = self.heat_map.get(ui.ctx(), &surface, color_map, inks.hatch);
            if shows(Part::HeatMap) {
                let region =
                    with_half_cells(surface.field.region, [surface.field.columns, surface.field.rows]);
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                painter.image(texture.id(), projection.rect(region), whole, Color32::WHITE);
            }
            let style = IsolineStyle {
                color: inks.isoline,
                color_map,
                has_labels: options.look.isoline_labels,
                start,
                optima: &optima,
            };
            if shows(Part::Isolines) {
                self.dropped_levels = surface.dropped_levels;
                self.isolines.paint(&painter, &surface, projection, &style);
            }
            if options.look.color_bar {
                self.color_bar.paint(ui, &surface, frame, color_map, inks.isoline);
            }
            (seen.undefined_share, seen.is_whole) = (share, surface.is_whole);
        }
        for optimum in optima.into_iter().filter(|_| shows(Part::Optima)) {
            painter.extend(optimum_shapes(projection, optimum, inks));
        }
        let styles = options.look.path_styles(&session.scenario().optimizers, ui.theme());
        let mut order: Vec<usize> =
            (0..styles.len()).filter(|index| session.scenario().optimizers[*index].visible).collect();
        order.sort_by_key(|index| Some(*index) == options.highlighted);
        if shows(Part::Paths) {
            let runs = (&order[..], &styles[..]);
            seen.is_whole &= self.paths.paint(&painter, session, projection, options, ui.theme(), runs);
        }
        if shows(Part::Start) {
            painter.extend(start_shapes(projection, start, inks));
        }
        // Light shades would run into a light page.
        painter.rect_stroke(frame, 0.0, Stroke::new(1.0, inks.isoline), StrokeKind::Inside);
        if !shows(Part::Heads) {
            return seen;
        }
        let heads: Vec<Head> = (order.iter())
            .filter_map(|&run| Head::new(run, session.trajectory(run)?.0, options.step))
            .collect();
        painter.extend(heads_shapes(projection, &heads, &styles, inks));
        seen
    }
}
