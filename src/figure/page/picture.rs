//! The plot as a picture that stands by itself: title, plot, a legend with what came of each run, and a caption.

use egui::{Color32, Context, Frame, Margin, Panel, Rect, RichText, Theme, Ui, UiBuilder, Vec2, vec2};

use super::caption::caption_lines;
use super::spec::{Contents, FigureSpec};
use super::title::{title_text, title_ui};
use super::unit::Unit;
use crate::figure::basins::{BasinKey, basin_legend_ui};
use crate::figure::chart::Chart;
use crate::figure::explained::{Explained, explained_ui};
use crate::figure::formats::svg::{LetterKind, SvgOptions};
use crate::figure::graph::{graph_ui, place_at};
use crate::figure::layers::legend::{Legend, Rooms};
use crate::figure::layers::sketches::{SketchLook, sketches_ui};
use crate::figure::look::Look;
use crate::figure::look::parts::Part;
use crate::figure::plane::camera::{Camera, Projection};
use crate::figure::plane::lift::Lift;
use crate::figure::plot::{Canvas, PlotOptions, PlotOutput};
use crate::figure::race::{RaceMarks, RaceTable};
use crate::figure::scatter::{Marks, Scatter};
use crate::figure::series::{SeriesChart, SeriesMarks, arithmetic_ui};
use crate::figure::stage::{self, Drawing};
use crate::record::race::tuned_words;
use crate::scenario::TimeSeries;
use crate::session::Session;

const MARGIN: i8 = 12;
/// A page of at least this width may have its legend beside the plot.
const WIDE_POINTS: f32 = 560.0;
/// The most that a legend takes of the page: of its width where it is beside the plot, of its height where it is below.
const LEGEND_SHARE: [f32; 2] = [0.4, 0.36];
/// Room above the plot for the upper half of the highest number beside it.
const ABOVE_THE_PLOT: f32 = 8.0;
/// About what the axis and the color bar take of the width beside the plot.
const AROUND_THE_PLOT: f32 = 130.0;
/// What a chart below the plot takes of the height.
const CHART_SHARE: f32 = 0.4;
/// What the stages of a step, or the rows of data, take of the width beside the plot, and of the height below it.
const STEP_SHARE: [f32; 2] = [0.42, 0.48];
const CAPTION_TYPE: f32 = 9.0;
/// A line of a figure leaves its points by no more than this, in pixels.
const TOLERANCE: f32 = 0.1;

/// The page's color.
pub(in crate::figure) fn background(theme: Theme) -> Color32 {
    if theme == Theme::Dark { Color32::from_gray(24) } else { Color32::WHITE }
}

/// The color of text.
pub(in crate::figure) fn ink(theme: Theme) -> Color32 {
    if theme == Theme::Dark { Color32::from_gray(225) } else { Color32::from_gray(25) }
}

/// Makes all text of a context as dark or as light as a page needs.
pub(in crate::figure) fn set_ink(ctx: &Context, theme: Theme) {
    ctx.all_styles_mut(|style| style.visuals.override_text_color = Some(ink(theme)));
}

/// A figure as shapes.
pub(in crate::figure) struct Figure {
    drawing: Drawing,
    background: Option<Color32>,
    zoom: f32,
    unit: Unit,
    has_outlines: bool,
    tolerance: f32,
    title: String,
    dropped_levels: usize,
}

impl Figure {
    /// Draws the session with its runs at `spec.step`. The caller has seen to it that they are as long as they get.
    pub fn draw(session: &mut Session, spec: &FigureSpec) -> Self {
        let theme: Theme = spec.theme.into();
        let mut canvas = Canvas::default();
        let page = page(spec);
        let drawing = stage::draw(page, Some(&|ctx| set_ink(ctx, theme)), |ui| {
            picture_ui(ui, &mut canvas, session, spec);
        });
        let smallest = TOLERANCE / (spec.zoom() * spec.scale.max(1.0));
        Self {
            drawing,
            background: (!spec.is_transparent).then(|| background(theme)),
            zoom: spec.zoom(),
            unit: spec.unit,
            has_outlines: spec.has_outlines,
            tolerance: smallest.min(TOLERANCE),
            title: title_text(session.scenario()),
            dropped_levels: canvas.dropped_levels(),
        }
    }

    /// How many levels it shows without isolines.
    pub fn dropped_levels(&self) -> usize {
        self.dropped_levels
    }

    /// As SVG for a renderer that has the fonts, a point being a pixel.
    pub fn svg(&self) -> String {
        self.drawing.to_svg_with(&self.options())
    }

    /// As an SVG file that needs nothing else, with `metadata` before its shapes.
    pub fn svg_file(&self, metadata: &str) -> String {
        let letters = if self.has_outlines { LetterKind::Outlines } else { LetterKind::Embedded };
        let unit = if self.unit == Unit::Point { "pt" } else { "" };
        let options = SvgOptions { unit, letters, title: &self.title, metadata, ..self.options() };
        self.drawing.to_svg_with(&options)
    }

    fn options(&self) -> SvgOptions<'_> {
        SvgOptions {
            background: self.background,
            zoom: self.zoom,
            tolerance: self.tolerance,
            ..SvgOptions::default()
        }
    }
}

/// The page that a figure is drawn on.
pub(in crate::figure) fn page(spec: &FigureSpec) -> stage::Sheet {
    // Where the plot has proportions of its own, its size is settled after that of the axes.
    let mut passes = if spec.is_exact { stage::PASSES + 3 } else { stage::PASSES };
    // What the legend of a map says is known when the map is found, which is when its frame is measured.
    passes += if spec.contents == Contents::Map { 2 } else { 0 };
    stage::Sheet { passes, ..stage::Sheet::new(spec.drawn_size(), spec.theme.into()) }
}

/// Title, plot, legend and caption, over the whole page.
pub(in crate::figure) fn picture_ui(
    ui: &mut Ui,
    canvas: &mut Canvas,
    session: &mut Session,
    spec: &FigureSpec,
) {
    Frame::NONE.inner_margin(MARGIN).show(ui, |ui| inner_ui(ui, canvas, session, spec));
}

fn inner_ui(ui: &mut Ui, canvas: &mut Canvas, session: &mut Session, spec: &FigureSpec) {
    let shows = |part| spec.parts.shows(part);
    let (step, look) = (spec.step.unwrap_or_else(|| session.longest_run()), spec.drawn_look());
    if shows(Part::Title) {
        title_ui(ui, session.scenario());
    }
    let size = ui.max_rect().size();
    if shows(Part::Caption) {
        strip(Panel::bottom("caption")).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.add_space(5.0);
            let tuned = spec.has_tuned_rates.then(|| tuned_words(session.scenario()));
            for line in caption_lines(session.scenario()).into_iter().chain(tuned) {
                ui.add(egui::Label::new(RichText::new(line).size(CAPTION_TYPE)).wrap());
            }
        });
    }
    if let Some(series) = &session.scenario().series {
        egui::CentralPanel::no_frame().show(ui, |ui| series_ui(ui, series, spec, step));
        return;
    }
    if spec.contents == Contents::Graph {
        let (point, words) = place_at(session, Some(spec.graph.run), step);
        egui::CentralPanel::no_frame().show(ui, |ui| graph_ui(ui, session, &spec.graph, (point, &words)));
        return;
    }
    if spec.contents == Contents::Map {
        map_ui(ui, canvas, session, spec, step);
        return;
    }
    if shows(Part::Legend) {
        let beside = vec2(LEGEND_SHARE[0] * size.x, ui.available_height() - 2.0 * ABOVE_THE_PLOT);
        let below = vec2(ui.available_width(), LEGEND_SHARE[1] * size.y - ABOVE_THE_PLOT);
        let taken = vec2(if shows(Part::Axes) { AROUND_THE_PLOT } else { 0.0 }, 0.0);
        let camera = spec.camera(session.scenario());
        let rooms = Rooms {
            page: ui.available_size() - taken,
            beside,
            below,
            is_wide: size.x >= WIDE_POINTS,
            ratio: camera.equal_axes.then(|| camera.ratio()),
        };
        let (legend, is_low) = Legend::new(ui, session, step, look, rooms);
        let width = legend.size.x.min(beside.x);
        let panel = if is_low { Panel::bottom("legend") } else { Panel::right("legend").exact_size(width) };
        strip(panel).show(ui, |ui| {
            ui.add_space(ABOVE_THE_PLOT);
            legend.show_ui(ui);
        });
    }
    if session.wants_solutions() {
        // Runs are measured by them.
        session.finish_solutions();
    }
    let chart_ui = |ui: &mut Ui, session: &Session| {
        if let Some(chart) = Chart::of(session, spec.chart) {
            chart.show_ui(ui, session, look, step, None, true);
        }
    };
    match spec.contents {
        Contents::Plot
        | Contents::Step
        | Contents::Data
        | Contents::Unscaled
        | Contents::Graph
        | Contents::Map => {}
        Contents::Race => {
            let mut table = RaceTable::of(session, spec.race);
            table.fit(ui, ui.available_width());
            let rows = RaceTable::rows_within(CHART_SHARE * ui.available_height());
            strip(Panel::bottom("race").exact_size(table.height(rows) + 4.0)).show(ui, |ui| {
                table.show_ui(ui, session, look, RaceMarks::default(), rows);
            });
        }
        Contents::Both => {
            let height = CHART_SHARE * ui.available_height();
            strip(Panel::bottom("chart").exact_size(height)).show(ui, |ui| chart_ui(ui, session));
        }
        Contents::Chart => {
            egui::CentralPanel::no_frame().show(ui, |ui| chart_ui(ui, session));
            return;
        }
    }
    let explained = explained_step(session, spec);
    if let Some(explained) = &explained {
        beside_ui(ui, STEP_SHARE, |ui| explained_ui(ui, explained, spec.explained.stage));
    }
    if spec.contents == Contents::Data
        && let Some(mut scatter) = Scatter::of(session, 0)
    {
        let marks = Marks::of(session, look, step, spec.spoken_of, ui.theme());
        beside_ui(ui, STEP_SHARE, |ui| _ = scatter.show_ui(ui, &marks, look.inks(ui.theme())));
    }
    let FigureSpec { parts, spoken_of, touched, .. } = *spec;
    let options = PlotOptions { parts, spoken_of, touched, ..PlotOptions::at_step(step, look) };
    if spec.contents == Contents::Unscaled
        && let Some(window) = session.unscaled_window()
    {
        let options = PlotOptions { is_unscaled: true, ..options };
        beside_ui(ui, [0.5, 0.5], |ui| {
            if shows(Part::Axes) {
                ui.add_space(ABOVE_THE_PLOT);
            }
            let options = options.within(ui.available_width());
            canvas.beside().plot_ui(ui, session, &Camera::new(window), &options);
        });
    }
    let camera = spec.camera(session.scenario());
    egui::CentralPanel::no_frame().show(ui, |ui| {
        if shows(Part::Axes) {
            ui.add_space(ABOVE_THE_PLOT);
        }
        let options = options.within(ui.available_width());
        let (corner, room) = (ui.cursor().min, ui.available_size());
        let fitting = canvas.room_for(&camera, room);
        let mut plot_ui = |ui: &mut Ui, camera: &Camera| {
            let PlotOutput { projection, .. } = canvas.plot_ui(ui, session, camera, &options);
            if let Some(explained) = &explained {
                sketches_over_ui(ui, explained, session, spec, projection);
            }
        };
        if !(spec.is_exact && camera.equal_axes) {
            plot_ui(ui, &camera);
            return;
        }
        let rect = Rect::from_min_size(corner + 0.5 * (room - fitting).max(Vec2::ZERO), fitting);
        // The proportions of the frame make the axes equal.
        let camera = Camera { equal_axes: false, ..camera };
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| plot_ui(ui, &camera));
    });
}

/// The map of basins of a run, with its legend below.
fn map_ui(ui: &mut Ui, canvas: &mut Canvas, session: &mut Session, spec: &FigureSpec, step: u32) {
    let shows = |part| spec.parts.shows(part);
    let look = Look { color_bar: false, ..spec.drawn_look() };
    if shows(Part::Legend)
        && let Some(basins) = session.basins(spec.map_run)
    {
        let key = BasinKey::of(basins.map, look.inks(ui.theme()));
        strip(Panel::bottom("map")).show(ui, |ui| {
            ui.add_space(6.0);
            basin_legend_ui(ui, &key);
            let [columns, rows] = basins.map.size();
            let run = session.scenario().run_name(spec.map_run);
            let words = format!("Where {columns} × {rows} starts of {run} lead; darker: after more steps");
            ui.add(egui::Label::new(RichText::new(words).size(CAPTION_TYPE)).wrap());
        });
    }
    let camera = spec.camera(session.scenario());
    let options = PlotOptions {
        parts: spec.parts,
        basins_of: Some(spec.map_run),
        highlighted: Some(spec.map_run),
        ..PlotOptions::at_step(step, look)
    };
    let around = Frame::NONE.inner_margin(Margin { top: ABOVE_THE_PLOT as i8, right: 10, ..Margin::ZERO });
    egui::CentralPanel::no_frame()
        .frame(around)
        .show(ui, |ui| canvas.plot_ui(ui, session, &camera, &options));
}

/// A series with the arithmetic of the step that is looked at, of the first of its averages.
fn series_ui(ui: &mut Ui, series: &TimeSeries, spec: &FigureSpec, step: u32) {
    let shows = |part| spec.parts.shows(part);
    let (has_legend, has_axes) = (shows(Part::Legend), shows(Part::Axes));
    let chart = SeriesChart::of(series);
    if has_legend {
        ui.add_space(4.0);
        arithmetic_ui(ui, &chart, 0, step);
        ui.add_space(4.0);
    }
    let marks = SeriesMarks { t: step, chosen: 0, has_legend, has_axes };
    chart.show_ui(ui, spec.drawn_look(), marks);
}

/// The step that a figure takes apart, if it does.
pub fn explained_step(session: &Session, spec: &FigureSpec) -> Option<Explained> {
    let step = spec.step.unwrap_or_else(|| session.longest_run());
    (spec.contents == Contents::Step).then(|| Explained::of(session, spec.explained.run, step))?
}

/// What belongs to the plot: beside it on a wide page, else below it, with this share of the width or of the height.
fn beside_ui(ui: &mut Ui, [share, share_below]: [f32; 2], contents: impl FnOnce(&mut Ui)) {
    let size = ui.available_size();
    let is_beside = size.x > 1.1 * size.y;
    let panel = if is_beside {
        Panel::right("beside").exact_size(share * size.x)
    } else {
        Panel::bottom("beside").exact_size(share_below * size.y)
    };
    let gap = if is_beside { Margin { left: 10, ..Margin::ZERO } } else { Margin { top: 8, ..Margin::ZERO } };
    let frame = Frame::NONE.inner_margin(gap);
    strip(panel).frame(frame).show(ui, contents);
}

/// The stages of a step over the plot, as far as they are shown.
fn sketches_over_ui(
    ui: &mut Ui,
    explained: &Explained,
    session: &Session,
    spec: &FigureSpec,
    projection: Projection,
) {
    let active = spec.explained.stage.map(|stage| stage.min(explained.stages.len().saturating_sub(1)));
    let look = SketchLook::of_run(ui, session.scenario(), spec.explained.run, spec.drawn_look(), active);
    if let Some(look) = look {
        let lift = Lift::of(session.objective());
        sketches_ui(ui, &explained.stages, projection, look, &lift, None);
    }
}

/// A panel without anything of its own.
fn strip(panel: Panel) -> Panel {
    panel.frame(Frame::NONE).show_separator_line(false).resizable(false)
}

#[cfg(test)]
mod tests;
