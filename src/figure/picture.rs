//! The plot as a picture that stands by itself: title, plot, and a legend with what came of each run.

use egui::{Color32, Context, FontId, Grid, RichText, Theme, Ui, Vec2, vec2};

use super::camera::Camera;
use super::color_bar::ColorBar;
use super::headless::{Page, draw};
use super::look::Look;
use super::number::short;
use super::palette::{PathStyle, sample_shapes};
use super::plot::{Canvas, PlotOptions};
use super::png::{PngError, from_svg};
use super::words::outcome_words;
use crate::session::Session;

/// How large a picture is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureSize {
    /// In points: the unit of type sizes and line widths.
    pub points: Vec2,
    /// Pixels for each point.
    pub scale: f32,
}

/// Room around the plot for axes, title and legend, in points.
const AROUND_THE_PLOT: Vec2 = vec2(84.0, 157.0);
const MARGIN: i8 = 12;

impl PictureSize {
    /// A picture whose plot is about as large as one of this size on the screen, dressed like this.
    pub fn of_plot(frame: Vec2, look: &Look, scale: f32) -> Self {
        let bar = vec2(if look.color_bar { ColorBar::WIDTH } else { 0.0 }, 0.0);
        Self { points: (frame + AROUND_THE_PLOT + bar).max(vec2(320.0, 280.0)).round(), scale }
    }

    /// Width and height in pixels.
    pub fn pixels(&self) -> [u32; 2] {
        [self.points.x, self.points.y].map(|points| (points * self.scale).round() as u32)
    }
}

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

/// The plot as SVG text, in points.
pub fn plot_svg(
    session: &mut Session,
    camera: &Camera,
    options: &PlotOptions,
    theme: Theme,
    size: Vec2,
) -> String {
    let mut canvas = Canvas::default();
    let drawing = draw(Page::new(size, theme), Some(&|ctx| set_ink(ctx, theme)), |ui| {
        picture_ui(ui, &mut canvas, session, camera, options);
    });
    drawing.to_svg(Some(background(theme)))
}

/// The plot as PNG bytes.
///
/// # Errors
/// If the picture would be too large or have no pixels.
pub fn plot_picture(
    session: &mut Session,
    camera: &Camera,
    options: &PlotOptions,
    theme: Theme,
    size: PictureSize,
) -> Result<Vec<u8>, PngError> {
    let [width, height] = size.pixels();
    from_svg(&plot_svg(session, camera, options, theme, size.points), width, height)
}

/// Title, plot and legend, over the whole page.
pub(super) fn picture_ui(
    ui: &mut Ui,
    canvas: &mut Canvas,
    session: &mut Session,
    camera: &Camera,
    options: &PlotOptions,
) {
    egui::Frame::NONE.inner_margin(MARGIN).show(ui, |ui| inner_ui(ui, canvas, session, camera, options));
}

fn inner_ui(ui: &mut Ui, canvas: &mut Canvas, session: &mut Session, camera: &Camera, options: &PlotOptions) {
    let title = session.scenario().title.clone();
    if !title.is_empty() {
        ui.label(RichText::new(title).size(17.0).strong());
    }
    egui::Panel::bottom("legend").frame(egui::Frame::NONE).show_separator_line(false).resizable(false).show(
        ui,
        |ui| {
            ui.add_space(4.0);
            legend_ui(ui, session, options.step, options.look);
        },
    );
    egui::CentralPanel::no_frame().show(ui, |ui| {
        // Half of the number at the upper end of the y axis is above the plot.
        ui.add_space(7.0);
        canvas.plot_ui(ui, session, camera, options);
    });
}

/// An entry for each visible run, in columns: how it is drawn, what it is called, and where it stands.
fn legend_ui(ui: &mut Ui, session: &Session, step: u32, look: Look) {
    let optimizers = &session.scenario().optimizers;
    let styles = look.path_styles(optimizers, ui.theme());
    let goal = session.scenario().cost.goal;
    let text_at = |index: usize, step: u32| {
        let (path, _) = session.trajectory(index)?;
        let at = (step as usize).min(path.points.len().saturating_sub(1));
        let value = short(path.values.get(at).copied().unwrap_or(f64::NAN), 3);
        let state = outcome_words(path, step, goal).unwrap_or_else(|| format!("step {at}"));
        Some(format!("{}: J {value}, {state}", optimizers.get(index)?.name()))
    };
    let shown = (optimizers.iter().zip(styles).enumerate()).filter(|(_, (choice, _))| choice.visible);
    let entries: Vec<(PathStyle, [String; 2])> = shown
        .filter_map(|(index, (_, style))| Some((style, [text_at(index, step)?, text_at(index, u32::MAX)?])))
        .collect();
    let font = FontId::proportional(12.0);
    let width = |text: &String| {
        ui.painter().layout_no_wrap(text.clone(), font.clone(), Color32::PLACEHOLDER).size().x
    };
    // With room for the words at the end of each run, so that the plot does not move from step to step.
    let words = entries.iter().flat_map(|(_, texts)| texts).map(width).fold(1.0, f32::max);
    let widest = SAMPLE_WIDTH + 24.0 + (words / WORDS_STEP).ceil() * WORDS_STEP;
    let columns = (ui.available_width() / widest).floor().max(1.0) as usize;
    let grid = Grid::new("legend entries").spacing(vec2(16.0, 3.0)).min_col_width(widest - 16.0);
    grid.show(ui, |ui| {
        for (index, (style, [text, _])) in entries.iter().enumerate() {
            ui.horizontal(|ui| {
                sample_ui(ui, *style);
                ui.label(RichText::new(text).font(font.clone()));
            });
            if (index + 1) % columns == 0 {
                ui.end_row();
            }
        }
    });
}

const SAMPLE_WIDTH: f32 = 36.0;
/// The room for words grows by this much at a time, for numbers that are longer on the way than at the end.
const WORDS_STEP: f32 = 24.0;

/// A piece of a path with its head.
fn sample_ui(ui: &mut Ui, style: PathStyle) {
    let (rect, _) = ui.allocate_exact_size(vec2(SAMPLE_WIDTH, 12.0), egui::Sense::hover());
    ui.painter().extend(sample_shapes(rect, style));
}
