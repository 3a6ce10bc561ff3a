//! The plot: axes by egui_plot; heat map, isolines, optima, paths and heads drawn over them.

use egui::{Color32, ColorImage, Rect, Shape, Stroke, TextureHandle, TextureOptions, Ui, Vec2, pos2, vec2};
use egui_plot::{Plot, PlotBounds};

use super::ticks::{marks, nice_step, tick_label};

use super::camera::{Camera, Projection};
use super::edge_mark::edge_mark_shapes;
use super::look::Look;
use super::marks::{head, head_shapes, optimum_shapes, pinned_shapes, start_shapes, trail_shapes};
use super::path::visible_pieces;
use crate::expr::display_name;
use crate::landscape::{ColorMap, Isoline, Region};
use crate::session::{Session, Surface};

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
}

impl PlotOptions {
    /// Samples so close that the isolines are smooth.
    pub const FINE_CELL: f32 = 1.0;

    /// Everything at `step`, finely.
    pub fn at_step(step: u32, look: Look) -> Self {
        Self { step, cell: Self::FINE_CELL, look, highlighted: None }
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
}

/// Draws the plot of a session. Holds what must survive from one frame to the next: the frame's size, which the axes
/// take from the plot, and the heat map's texture.
#[derive(Default)]
pub struct Canvas {
    frame_size: Option<Vec2>,
    heat_map: Option<HeatMap>,
}

struct HeatMap {
    shades_version: u64,
    color_map: ColorMap,
    hatch: [Color32; 2],
    texture: TextureHandle,
}

/// The most samples of the field along one axis.
const MAX_SAMPLES: f32 = 1024.0;
/// Room for tick labels, until the first frame has measured it.
const AXES_GUESS: Vec2 = vec2(64.0, 48.0);
/// Wide enough for most tick labels, so that the plot does not shift while they change.
const Y_AXIS_WIDTH: f32 = 58.0;
/// Ticks are at least about this far apart, in points.
const X_TICK_DISTANCE: f32 = 80.0;
const Y_TICK_DISTANCE: f32 = 50.0;
const ISOLINE_WIDTH: f32 = 1.0;

impl Canvas {
    /// Draws the plot into the space that is left.
    pub fn plot_ui(
        &mut self,
        ui: &mut Ui,
        session: &mut Session,
        camera: &Camera,
        options: &PlotOptions,
    ) -> PlotOutput {
        let guess = self.frame_size.unwrap_or(ui.available_size() - AXES_GUESS);
        let visible = camera.visible(guess);
        let [x_name, y_name] = session.scenario().cost.variables.each_ref().map(|name| display_name(name));
        let x_step = nice_step(visible.width(), guess.x / X_TICK_DISTANCE);
        let y_step = nice_step(visible.height(), guess.y / Y_TICK_DISTANCE);
        let plot = Plot::new("landscape")
            .x_axis_label(x_name)
            .y_axis_label(y_name)
            .y_axis_min_width(Y_AXIS_WIDTH)
            .x_axis_formatter(|mark, _| tick_label(mark))
            .y_axis_formatter(|mark, _| tick_label(mark))
            .x_grid_spacer(|input| marks(input.bounds, x_step))
            .y_grid_spacer(|input| marks(input.bounds, y_step))
            .allow_drag(false)
            .allow_scroll(false)
            .allow_zoom(false)
            .allow_boxed_zoom(false)
            .allow_double_click_reset(false)
            .allow_axis_zoom_drag(false)
            .show_crosshair(false)
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
        let undefined_share =
            if frame.is_positive() { self.paint(ui, session, projection, options) } else { 0.0 };
        PlotOutput { response: plot.response, projection, undefined_share }
    }

    /// Paints what is inside the axes. Returns the share of it where the cost is undefined.
    fn paint(
        &mut self,
        ui: &Ui,
        session: &mut Session,
        projection: Projection,
        options: &PlotOptions,
    ) -> f64 {
        let frame = projection.frame;
        let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
        let inks = options.look.inks(ui.theme());
        let samples = (frame.size() / options.cell).ceil().clamp(Vec2::splat(2.0), Vec2::splat(MAX_SAMPLES));
        let mut undefined_share = 0.0;
        if let Some(surface) = session.surface(projection.region, [samples.x as usize, samples.y as usize]) {
            let texture = self.heat_map(ui, &surface, options.look.color_map(ui.theme()), inks.hatch);
            let region = with_half_cells(surface.field.region, [surface.field.columns, surface.field.rows]);
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            painter.image(texture.id(), projection.rect(region), whole, Color32::WHITE);
            painter.extend(isoline_shapes(surface.isolines, projection, inks.isoline));
            undefined_share = surface.field.undefined_share();
        }
        for optimum in session.known_optima() {
            painter.extend(optimum_shapes(projection, optimum, inks));
        }
        if let Some(pinned) = session.pinned() {
            let styles = options.look.path_styles(&pinned.optimizers, ui.theme());
            for path in &pinned.paths {
                painter.extend(pinned_shapes(&path.points, options.step, projection, styles[path.index]));
            }
        }
        let styles = options.look.path_styles(&session.scenario().optimizers, ui.theme());
        let shown = |index: &usize| session.scenario().optimizers[*index].visible;
        let mut order: Vec<usize> = (0..styles.len()).filter(shown).collect();
        order.sort_by_key(|index| Some(*index) == options.highlighted);
        for &index in &order {
            if let Some((path, _)) = session.trajectory(index) {
                let bold = Some(index) == options.highlighted;
                painter.extend(trail_shapes(path, options.step, projection, styles[index], bold));
            }
        }
        painter.extend(start_shapes(projection, session.scenario().run.start, inks));
        let heads: Vec<_> = (order.iter())
            .filter_map(|&index| Some((head(session.trajectory(index)?.0, options.step)?, styles[index])))
            .collect();
        for (head, style) in &heads {
            painter.extend(head_shapes(*head, projection, *style));
        }
        painter.extend(edge_mark_shapes(projection, &heads));
        undefined_share
    }

    /// The texture of the heat map, colored anew only if the shades or the colors have changed.
    fn heat_map(
        &mut self,
        ui: &Ui,
        surface: &Surface<'_>,
        color_map: ColorMap,
        hatch: [Color32; 2],
    ) -> TextureHandle {
        if let Some(held) = &self.heat_map
            && held.shades_version == surface.shades_version
            && held.color_map == color_map
            && held.hatch == hatch
        {
            return held.texture.clone();
        }
        let size = [surface.field.columns, surface.field.rows];
        let mut pixels: Vec<Color32> = surface.shades.pixels(color_map).into_iter().map(opaque).collect();
        hatch_undefined(&mut pixels, size[0], hatch);
        let image = ColorImage::new(size, pixels);
        let texture = match self.heat_map.take() {
            Some(mut held) => {
                held.texture.set(image, TextureOptions::LINEAR);
                held.texture
            }
            None => ui.ctx().load_texture("heat map", image, TextureOptions::LINEAR),
        };
        let kept = texture.clone();
        self.heat_map = Some(HeatMap { shades_version: surface.shades_version, color_map, hatch, texture });
        kept
    }
}

pub(super) fn opaque([r, g, b, a]: [u8; 4]) -> Color32 {
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

/// Stripes where the cost is undefined.
pub(super) fn hatch_undefined(pixels: &mut [Color32], columns: usize, [stripe, between]: [Color32; 2]) {
    for (index, pixel) in pixels.iter_mut().enumerate() {
        if pixel.a() == 0 {
            let diagonal = index % columns + index / columns;
            *pixel = if diagonal % 6 < 2 { stripe } else { between };
        }
    }
}

/// The region that the pixels of a field cover: samples are in the middle of their pixels.
fn with_half_cells(region: Region, samples: [usize; 2]) -> Region {
    let widen = |[low, high]: [f64; 2], count: usize| {
        let half = 0.5 * (high - low) / (count.max(2) - 1) as f64;
        [low - half, high + half]
    };
    Region { x: widen(region.x, samples[0]), y: widen(region.y, samples[1]) }
}

fn isoline_shapes(isolines: &[Isoline], projection: Projection, color: Color32) -> Vec<Shape> {
    let clip = projection.frame.expand(ISOLINE_WIDTH);
    let pieces = isolines.iter().flat_map(|line| {
        let first_again = line.closed.then(|| line.points.first()).flatten();
        let points = line.points.iter().chain(first_again).map(|p| projection.to_screen([p.x, p.y]));
        visible_pieces(thinned(points), clip)
    });
    pieces.map(|piece| Shape::line(piece, Stroke::new(ISOLINE_WIDTH, color))).collect()
}

/// Leaves out points of a smooth line that are nearer to the last one than the eye resolves on a curve.
fn thinned(points: impl Iterator<Item = [f64; 2]>) -> impl Iterator<Item = [f64; 2]> {
    const SPACING: f64 = 3.0;
    let mut points = points.peekable();
    let mut kept: Option<[f64; 2]> = None;
    std::iter::from_fn(move || {
        loop {
            let point = points.next()?;
            let far = kept.is_none_or(|k| (point[0] - k[0]).abs() + (point[1] - k[1]).abs() >= SPACING);
            if far || points.peek().is_none() {
                kept = Some(point);
                return kept;
            }
        }
    })
}
