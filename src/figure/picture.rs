//! The plot as a picture that stands by itself: title, plot, a legend with what came of each run, and a caption.

use egui::{Color32, Context, Frame, Panel, RichText, Theme, Ui, vec2};

use super::caption::caption_lines;
use super::headless::{self, Drawing};
use super::legend::Legend;
use super::parts::Part;
use super::plot::{Canvas, PlotOptions};
use super::spec::{FigureSpec, Unit};
use super::svg::{LetterKind, SvgOptions};
use crate::session::Session;

const MARGIN: i8 = 12;
/// A page that is this much wider than high, and at least this wide, has its legend beside the plot.
const WIDE: f32 = 1.45;
const WIDE_POINTS: f32 = 560.0;
/// The most that a legend takes of the page: of its width where it is beside the plot, of its height where it is below.
const LEGEND_SHARE: [f32; 2] = [0.4, 0.36];
/// Room above the plot for the upper half of the highest number beside it.
const ABOVE_THE_PLOT: f32 = 8.0;
const CAPTION_TYPE: f32 = 9.0;
/// A line of a figure leaves its points by no more than this, in pixels.
const TOLERANCE: f32 = 0.1;

/// The page's color.
pub(super) fn background(theme: Theme) -> Color32 {
    if theme == Theme::Dark { Color32::from_gray(24) } else { Color32::WHITE }
}

/// The color of text.
pub(super) fn ink(theme: Theme) -> Color32 {
    if theme == Theme::Dark { Color32::from_gray(225) } else { Color32::from_gray(25) }
}

/// Makes all text of a context as dark or as light as a page needs.
pub(super) fn set_ink(ctx: &Context, theme: Theme) {
    ctx.all_styles_mut(|style| style.visuals.override_text_color = Some(ink(theme)));
}

/// A figure as shapes.
pub(super) struct Figure {
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
        let page = headless::Page::new(spec.drawn_size(), theme);
        let drawing = headless::draw(page, Some(&|ctx| set_ink(ctx, theme)), |ui| {
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
            title: session.scenario().title.clone(),
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

/// Title, plot, legend and caption, over the whole page.
pub(super) fn picture_ui(ui: &mut Ui, canvas: &mut Canvas, session: &mut Session, spec: &FigureSpec) {
    Frame::NONE.inner_margin(MARGIN).show(ui, |ui| inner_ui(ui, canvas, session, spec));
}

fn inner_ui(ui: &mut Ui, canvas: &mut Canvas, session: &mut Session, spec: &FigureSpec) {
    let shows = |part| spec.parts.shows(part);
    let (step, look) = (spec.step.unwrap_or_else(|| session.longest_run()), spec.drawn_look());
    let title = session.scenario().title.clone();
    if !title.is_empty() && shows(Part::Title) {
        ui.add(egui::Label::new(RichText::new(title).size(17.0).strong()).wrap());
    }
    let size = ui.max_rect().size();
    let is_wide = size.x >= WIDE_POINTS && size.x >= WIDE * size.y;
    if shows(Part::Caption) {
        strip(Panel::bottom("caption")).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.add_space(5.0);
            for line in caption_lines(session.scenario()) {
                ui.add(egui::Label::new(RichText::new(line).size(CAPTION_TYPE)).wrap());
            }
        });
    }
    if shows(Part::Legend) {
        let beside = vec2(LEGEND_SHARE[0] * size.x, ui.available_height() - 2.0 * ABOVE_THE_PLOT);
        let below = vec2(ui.available_width(), LEGEND_SHARE[1] * size.y - ABOVE_THE_PLOT);
        let legend_in = |ui: &Ui, room, is_low| Legend::new(ui, session, step, look, room, is_low);
        let wide = is_wide.then(|| legend_in(ui, beside, false));
        // Names that are too long for a legend beside the plot may have room below it.
        let (legend, panel) = match wide {
            Some(legend) if legend.is_full_size() => (legend, None),
            wide => match (legend_in(ui, below, true), wide) {
                (low, Some(wide)) if wide.type_size() >= low.type_size() => (wide, None),
                (low, _) => (low, Some(strip(Panel::bottom("legend")))),
            },
        };
        let width = legend.size.x.min(beside.x);
        let panel = panel.unwrap_or_else(|| strip(Panel::right("legend")).exact_size(width));
        panel.show(ui, |ui| {
            ui.add_space(ABOVE_THE_PLOT);
            legend.show_ui(ui);
        });
    }
    let options = PlotOptions { parts: spec.parts, ..PlotOptions::at_step(step, look) };
    let camera = spec.camera(session.scenario().window);
    egui::CentralPanel::no_frame().show(ui, |ui| {
        if shows(Part::Axes) {
            ui.add_space(ABOVE_THE_PLOT);
        }
        canvas.plot_ui(ui, session, &camera, &options);
    });
}

/// A panel without anything of its own.
fn strip(panel: Panel) -> Panel {
    panel.frame(Frame::NONE).show_separator_line(false).resizable(false)
}

#[cfg(test)]
mod tests;
