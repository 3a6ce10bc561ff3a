//! The bar beside the plot that says which color is which value of J.
//!
//! Equal lengths of the bar are equal shares of the colors, as in the heat map: on a logarithmic or a quantile scale
//! the values beside it are spaced accordingly. Lines across the bar are the levels of the isolines.

use egui::{
    Align2, Color32, ColorImage, FontId, Rect, Stroke, TextureHandle, TextureOptions, Ui, pos2, vec2,
};

use super::isoline_labels::level_texts;
use super::scene::{Layer, Scene};
use crate::landscape::{ColorMap, Isoline, Shades};
use crate::session::{ContoursOf, Surface};

/// Draws the bar, and holds the texture of its colors.
#[derive(Default)]
pub(in crate::figure) struct ColorBarLayer {
    texture: Option<(ColorMap, TextureHandle)>,
    scale: BarScale,
}

/// What stands beside and across the bar, with what it was made for: isolines, shades and height.
#[derive(Default)]
struct BarScale {
    key: Option<([u64; 2], f32)>,
    /// The smallest and the largest value; none where the cost is nowhere defined.
    range: Option<[f64; 2]>,
    /// Where the levels are, from 0 at the lower end to 1 at the upper one.
    lines: Vec<f64>,
    ticks: Vec<Tick>,
    font_size: f32,
}

/// A value beside the bar.
#[derive(Clone, Debug, PartialEq)]
struct Tick {
    /// From 0 at the lower end to 1 at the upper one.
    position: f64,
    text: String,
}

/// Between the frame of the plot and the bar: half of the last number under the x axis reaches in here.
const GAP: f32 = 16.0;
const STRIP_WIDTH: f32 = 13.0;
const TICK: f32 = 4.0;
const TEXT_GAP: f32 = 3.0;
/// Room for the title above the bar.
const TITLE_HEIGHT: f32 = 18.0;
const FONT_SIZE: f32 = 12.0;
/// Room for the text of a tick. Longer ones, of levels that differ in a late digit only, are set smaller.
const TEXT_WIDTH: f32 = 50.0;
/// Ticks are at least this far apart, in points, so that their texts never touch.
const TICK_DISTANCE: f32 = 17.0;
/// Lines across the bar are left out where they would be nearer than this.
const LINE_DISTANCE: f32 = 4.0;

impl Layer for ColorBarLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        if let Some(surface) = scene.picture.surface.as_ref().filter(|_| scene.options.look.color_bar) {
            self.paint_surface(scene, surface);
        }
        true
    }
}

impl ColorBarLayer {
    /// The room that the bar takes beside the frame, the same for all values, so that nothing shifts while they change.
    pub const WIDTH: f32 = GAP + STRIP_WIDTH + TICK + TEXT_GAP + TEXT_WIDTH;

    /// Paints the bar of the scene's surface beside the frame of the plot; nothing where the cost is nowhere defined.
    fn paint_surface(&mut self, scene: &Scene<'_>, surface: &Surface<'_>) {
        let Scene { ui, color_map, picture, .. } = *scene;
        let (frame, isoline) = (scene.projection.frame, scene.inks.isoline);
        // In a word, as it stands on the board: J, the Lagrangian, the merit.
        let name = match picture.contours.as_ref().map(|contours| contours.of) {
            None | Some(ContoursOf::Cost) => "J",
            Some(ContoursOf::Lagrangian) => "L",
            Some(ContoursOf::Merit) => "M",
        };
        let strip = Rect::from_min_max(
            pos2(frame.right() + GAP, frame.top() + TITLE_HEIGHT),
            pos2(frame.right() + GAP + STRIP_WIDTH, frame.bottom()),
        );
        self.scale.update(ui, surface, strip.height());
        let Some([lowest, highest]) = self.scale.range.filter(|_| strip.is_positive()) else { return };
        let painter = ui.painter();
        let ink = ui.visuals().text_color();
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        if lowest == highest {
            let [red, green, blue] = surface.shades.color(color_map, lowest);
            painter.rect_filled(strip, 0.0, Color32::from_rgb(red, green, blue));
        } else {
            painter.image(self.texture(ui, color_map).id(), strip, whole, Color32::WHITE);
        }
        let BarScale { lines, ticks, font_size, .. } = &self.scale;
        let height_at = |position: f64| strip.bottom() - position as f32 * strip.height();
        if strip.height() > LINE_DISTANCE * lines.len() as f32 {
            let line = Stroke::new(1.0, isoline);
            for position in lines {
                painter.hline(strip.x_range(), height_at(*position), line);
            }
        }
        painter.rect_stroke(strip, 0.0, Stroke::new(1.0, ink.gamma_multiply(0.6)), egui::StrokeKind::Outside);
        for tick in ticks {
            let y = height_at(tick.position);
            painter.hline(strip.right()..=strip.right() + TICK, y, Stroke::new(1.0, ink));
            let at = pos2(strip.right() + TICK + TEXT_GAP, y);
            painter.text(at, Align2::LEFT_CENTER, &tick.text, FontId::proportional(*font_size), ink);
        }
        let above = strip.center_top() - vec2(0.0, 3.0);
        painter.text(above, Align2::CENTER_BOTTOM, name, FontId::proportional(13.0), ink);
    }

    /// The colors from the largest value at the top to the smallest.
    fn texture(&mut self, ui: &Ui, color_map: ColorMap) -> TextureHandle {
        if let Some((held, texture)) = &self.texture
            && *held == color_map
        {
            return texture.clone();
        }
        let colors = color_map.table().iter().rev().map(|[r, g, b]| Color32::from_rgb(*r, *g, *b));
        let image = ColorImage::new([1, color_map.table().len()], colors.collect());
        let texture = ui.ctx().load_texture("color bar", image, TextureOptions::LINEAR);
        self.texture = Some((color_map, texture.clone()));
        texture
    }
}

impl BarScale {
    /// Makes everything anew if it has changed.
    fn update(&mut self, ui: &Ui, surface: &Surface<'_>, height: f32) {
        let key = Some(([surface.isolines_version, surface.shades_version], height));
        if self.key == key {
            return;
        }
        let levels = levels_of(surface.isolines);
        let range = surface.field.range();
        let lines = levels.iter().filter_map(|level| surface.shades.position(*level)).collect();
        let ticks: Vec<Tick> = match range {
            // The same everywhere: one value, in the middle.
            Some([value, highest]) if value == highest => {
                level_texts(&[value]).into_iter().map(|text| Tick { position: 0.5, text }).collect()
            }
            // No isolines, as where the cost jumps from one value to the next: the ends.
            Some(ends) if levels.is_empty() => ticks(surface.shades, &ends, height),
            _ => ticks(surface.shades, &levels, height),
        };
        let width = |tick: &Tick| {
            let font = FontId::proportional(FONT_SIZE);
            ui.painter().layout_no_wrap(tick.text.clone(), font, Color32::PLACEHOLDER).size().x
        };
        let widest = ticks.iter().map(width).fold(TEXT_WIDTH, f32::max);
        *self = Self { key, range, lines, ticks, font_size: FONT_SIZE * TEXT_WIDTH / widest };
    }
}

/// The levels of lines that come ascending by level.
fn levels_of(isolines: &[Isoline]) -> Vec<f64> {
    let mut levels: Vec<f64> = isolines.iter().map(|line| line.level).collect();
    levels.dedup();
    levels
}

/// As many of the levels as have room along a bar of this height, from the lowest one up.
fn ticks(shades: &Shades, levels: &[f64], height: f32) -> Vec<Tick> {
    let mut ticks: Vec<Tick> = Vec::new();
    for (level, text) in levels.iter().zip(level_texts(levels)) {
        let Some(position) = shades.position(*level) else { continue };
        let has_room =
            |last: &Tick| (position - last.position) * f64::from(height) >= f64::from(TICK_DISTANCE);
        if ticks.last().is_none_or(has_room) {
            ticks.push(Tick { position, text });
        }
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Look;
    use crate::figure::plane::camera::Camera;
    use crate::figure::plot::{Canvas, PlotOptions};
    use crate::figure::stage::{Sheet, draw};
    use crate::landscape::{Field, LevelScale, Levels, Region};
    use crate::session::Session;
    use egui::{Shape, Theme};

    #[test]
    fn ticks_stand_where_their_color_is_and_have_room() {
        let values: Vec<f64> = (0..1000).map(|k| f64::from(k).powi(3)).collect();
        let region = Region { x: [0.0, 1.0], y: [0.0, 1.0] };
        let field = Field { region, columns: 1000, rows: 1, values, unbounded: [false; 2] };
        for scale in [LevelScale::Linear, LevelScale::Log, LevelScale::Quantile] {
            for count in [1, 20, 200] {
                let levels = Levels { scale, count };
                let shades = Shades::new(&field, &levels);
                let ticks = ticks(&shades, &levels.values(&field), 400.0);
                assert!(
                    ticks.len() <= 24 && 2 * ticks.len() >= usize::from(count).min(24),
                    "{scale:?}: {count}"
                );
                for pair in ticks.windows(2) {
                    assert!((pair[1].position - pair[0].position) * 400.0 >= f64::from(TICK_DISTANCE));
                }
                for tick in &ticks {
                    let shown: f64 = tick.text.replace('\u{2212}', "-").parse().unwrap();
                    let there = shades.position(shown).unwrap();
                    assert!((there - tick.position).abs() < 0.01, "{scale:?}: {tick:?} {there}");
                }
            }
        }
    }

    /// The texts beside the plot of a formula, and the width of its frame.
    fn beside_the_plot(formula: &str) -> (Vec<String>, f32) {
        let text = format!("[cost]\nformula = \"{formula}\"\n");
        let scenario = crate::scenario::read(&text, "test").unwrap();
        let camera = Camera::new(scenario.window);
        let mut session = Session::new(scenario);
        let (mut canvas, mut frame) = (Canvas::default(), Rect::NOTHING);
        let options = PlotOptions { cell: 4.0, ..PlotOptions::at_step(0, Look::default()) };
        let drawing = draw(Sheet::new(vec2(600.0, 400.0), Theme::Light), None, |ui| {
            frame = canvas.plot_ui(ui, &mut session, &camera, &options).projection.frame;
        });
        let texts = drawing.shapes.iter().filter_map(|clipped| match &clipped.shape {
            Shape::Text(text) if text.pos.x > frame.right() + 1.0 => {
                let right = text.visual_bounding_rect().right();
                assert!(right <= 600.0, "{}: {right} {frame}", text.galley.text());
                Some(text.galley.text().to_owned())
            }
            _ => None,
        });
        (texts.collect(), frame.width())
    }

    #[test]
    fn a_constant_has_one_value_and_what_is_nowhere_defined_no_bar() {
        let (rising, width) = beside_the_plot("-1e-30*exp(x)");
        assert!(rising.len() > 10 && rising.contains(&"J".to_owned()), "{rising:?}");
        assert_eq!(beside_the_plot("5"), (vec!["5".to_owned(), "J".to_owned()], width));
        assert_eq!(beside_the_plot("sqrt(-1 - x^2)"), (vec![], width));
        let ends = ["−1", "1", "J"].map(str::to_owned).to_vec();
        assert_eq!(beside_the_plot("sign(sin(3*x))"), (ends, width), "all of its levels are in its jumps");
    }
}
