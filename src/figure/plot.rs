//! The plot: axes by egui_plot; heat map, isolines, optima, paths and heads drawn over them.

mod detail;
mod tick_step;

use egui::{Ui, Vec2, vec2};
use egui_plot::{AxisHints, Plot, PlotBounds};

use crate::expr::display_name;
use crate::figure::layers::basins::{BasinLayer, TrialLayer};
use crate::figure::layers::batch::BatchLayer;
use crate::figure::layers::color_bar::ColorBarLayer;
use crate::figure::layers::constraints::ConstraintLayer;
use crate::figure::layers::contact::ContactLayer;
use crate::figure::layers::contours_note::ContoursNoteLayer;
use crate::figure::layers::curve::CurveLayer;
use crate::figure::layers::feet::FeetLayer;
use crate::figure::layers::frame::FrameLayer;
use crate::figure::layers::head_gradients::HeadGradientLayer;
use crate::figure::layers::heads::HeadLayer;
use crate::figure::layers::heat_map::HeatMapLayer;
use crate::figure::layers::isoline_labels::IsolineLabel;
use crate::figure::layers::isolines::IsolineLayer;
use crate::figure::layers::optima::OptimaLayer;
use crate::figure::layers::paths::PathLayer;
use crate::figure::layers::penalty::PenaltyLayer;
use crate::figure::layers::quotient::QuotientLayer;
use crate::figure::layers::row::RowLayer;
use crate::figure::layers::scene::{Layer, Scene};
use crate::figure::layers::searches::SearchLayer;
use crate::figure::layers::solutions::SolutionLayer;
use crate::figure::layers::start::StartLayer;
use crate::figure::look::Look;
use crate::figure::look::parts::Part;
use crate::figure::plane::camera::{Camera, Projection};
use crate::figure::plane::lift::Lift;
use crate::figure::plane::ticks::{TickLabels, marks};
use crate::scenario::{Meaning, ParameterUnits};
use crate::session::{ContoursAt, PictureRequest, Session};
use detail::detail;
use tick_step::{X_DISTANCES, Y_DISTANCES, tick_step};

pub use crate::figure::layers::scene::{Pace, PlotOptions};

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

/// Draws the plot of a session. Holds what must survive from one frame to the next: the frame's size, which the axes
/// take from the plot, the textures, the isolines with their labels, and the paths as far as they were followed.
#[derive(Default)]
pub struct Canvas {
    frame_size: Option<Vec2>,
    /// What the plot had for itself and its axes when its frame was measured.
    room: Vec2,
    layers: LayerStack,
    /// What a second plot beside this one is drawn on.
    beside: Option<Box<Canvas>>,
}

/// The layers of the plot.
#[derive(Default)]
struct LayerStack {
    heat_map: HeatMapLayer,
    basins: BasinLayer,
    trial: TrialLayer,
    curve: CurveLayer,
    feet: FeetLayer,
    quotient: QuotientLayer,
    isolines: IsolineLayer,
    constraints: ConstraintLayer,
    color_bar: ColorBarLayer,
    optima: OptimaLayer,
    solutions: SolutionLayer,
    paths: PathLayer,
    row: RowLayer,
    penalty: PenaltyLayer,
    batch: BatchLayer,
    start: StartLayer,
    frame: FrameLayer,
    searches: SearchLayer,
    heads: HeadLayer,
    head_gradients: HeadGradientLayer,
    contact: ContactLayer,
    contours_note: ContoursNoteLayer,
}

impl LayerStack {
    /// Those of a plane, of a curve or of a map of basins, each painted over those before it.
    fn in_order(&mut self, is_on_curve: bool, is_map: bool) -> Vec<&mut dyn Layer> {
        let Self {
            heat_map,
            basins,
            trial,
            curve,
            feet,
            quotient,
            isolines,
            constraints,
            color_bar,
            optima,
            solutions,
            paths,
            row,
            penalty,
            batch,
            start,
            frame,
            searches,
            heads,
            head_gradients,
            contact,
            contours_note,
        } = self;
        if is_on_curve {
            return vec![curve, quotient, feet, paths, solutions, start, frame, heads];
        }
        if is_map {
            return vec![basins, constraints, paths, trial, start, frame, heads];
        }
        vec![
            heat_map,
            isolines,
            constraints,
            color_bar,
            optima,
            row,
            penalty,
            paths,
            batch,
            solutions,
            trial,
            start,
            frame,
            searches,
            head_gradients,
            heads,
            contact,
            contours_note,
        ]
    }
}

/// The place of the size of a map in a picture among [`crate::session::BASIN_SIZES`].
const FINEST_OF_A_PICTURE: usize = 2;
/// Room for tick labels, until the first frame has measured it.
const AXES_GUESS: Vec2 = vec2(64.0, 48.0);
/// Wide enough for most tick labels, so that the plot does not shift while they change.
const Y_AXIS_WIDTH: f32 = 58.0;
/// Ticks are as far apart as they should be: egui_plot is not to fade those that it finds too near.
const NUMBER_SPACING: std::ops::RangeInclusive<f32> = 4.0..=8.0;

impl Canvas {
    /// The numbers on the isolines that were drawn last.
    pub fn isoline_labels(&self) -> &[IsolineLabel] {
        self.layers.isolines.labels()
    }

    /// How many levels had no isolines when the plot was drawn last, since the cost varies faster than can be shown.
    pub fn dropped_levels(&self) -> usize {
        self.layers.isolines.dropped_levels()
    }

    /// The size of the frame inside the axes, once the plot has been drawn.
    pub fn frame_size(&self) -> Option<Vec2> {
        self.frame_size
    }

    /// What a second plot beside this one is drawn on.
    pub fn beside(&mut self) -> &mut Self {
        self.beside.get_or_insert_default()
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
        let bar_width = if options.look.color_bar { ColorBarLayer::WIDTH } else { 0.0 };
        let room = ui.available_size() - vec2(bar_width, 0.0);
        let guess = self.frame_size.unwrap_or(room - AXES_GUESS);
        let visible = camera.visible(guess);
        let [x_name, y_name] = axis_names(session, options.is_unscaled);
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
        let is_whole = !frame.is_positive() || self.paint(ui, session, projection, options);
        let undefined_share = self.layers.heat_map.undefined_share();
        PlotOutput { response: plot.response, projection, undefined_share, is_whole }
    }

    /// Paints what is inside the axes, and the color bar. Returns whether nothing of it waits for the next time.
    fn paint(
        &mut self,
        ui: &Ui,
        session: &mut Session,
        projection: Projection,
        options: &PlotOptions,
    ) -> bool {
        let frame = projection.frame;
        let detail = detail(frame.size(), options.cell, options.pace);
        if options.pace == Pace::AtOnce && session.wants_solutions() {
            session.finish_solutions();
        }
        if let Some(run) = options.basins_of.filter(|_| options.pace == Pace::AtOnce) {
            session.finish_basins(run, projection.region, FINEST_OF_A_PICTURE);
        }
        let request = PictureRequest {
            region: projection.region,
            detail,
            contours: ContoursAt { of: options.look.contours, run: options.spoken_of, step: options.step },
            parallel: options.look.parallel_gradients,
            derivatives: [options.look.slope_curve, options.look.bend_curve],
            basins_of: options.basins_of,
            trial: options.trial,
        };
        let picture = if options.is_unscaled {
            let Some(picture) = session.unscaled_picture(request) else { return true };
            picture
        } else {
            session.picture(request)
        };
        let runs = &picture.scenario.optimizers;
        let mut order: Vec<usize> = (0..runs.len()).filter(|index| runs[*index].visible).collect();
        order.retain(|index| options.basins_of.is_none_or(|run| run == *index));
        order.sort_by_key(|index| Some(*index) == options.highlighted);
        let cost = picture.problem.map(|problem| &problem.cost);
        let lift = Lift::of(cost);
        // A curve is drawn on the page.
        let look = if lift.is_on_curve() { Look { color_map: None, ..options.look } } else { options.look };
        let scene = Scene {
            ui,
            painter: &ui.painter().with_clip_rect(frame.intersect(ui.clip_rect())),
            picture: &picture,
            projection,
            lift: &lift,
            options,
            inks: look.inks(ui.theme()),
            color_map: look.color_map(ui.theme()),
            styles: &look.path_styles(runs, ui.theme()),
            order: &order,
        };
        let mut is_whole = true;
        for layer in self.layers.in_order(lift.is_on_curve(), options.basins_of.is_some()) {
            is_whole &= layer.paint(&scene);
        }
        is_whole
    }
}

/// What the axes are called: the parameters, and off the scales of their columns what each of them means.
fn axis_names(session: &Session, is_unscaled: bool) -> [String; 2] {
    let cost = &session.scenario().cost;
    let names = cost.variables.each_ref().map(|name| display_name(name));
    if cost.is_of_one_variable() {
        let [x, _] = names;
        return [x, cost.left_side()];
    }
    let units = session.parameter_units().ok().filter(|_| is_unscaled);
    let Some([x, y]) = units.map(ParameterUnits::meanings) else { return names };
    let [x_name, y_name] = names;
    let name = |name: String, meaning: Option<&Meaning>| match meaning {
        Some(meaning) => format!("{name} {}", meaning.given),
        None => name,
    };
    [name(x_name, x), name(y_name, y)]
}
