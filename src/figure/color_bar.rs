//! The bar beside the plot that says which color is which value of J.
//!
//! Equal lengths of the bar are equal shares of the colors, as in the heat map: on a logarithmic or a quantile scale
//! the values beside it are spaced accordingly. Lines across the bar are the levels of the isolines.

use egui::{
    Align2, Color32, ColorImage, FontId, Rect, Stroke, TextureHandle, TextureOptions, Ui, pos2, vec2,
};

use super::isoline_labels::level_texts;
use super::palette::Inks;
use crate::landscape::{ColorMap, Isoline, Shades};
use crate::session::Surface;

/// Draws the bar, and holds the texture of its colors.
#[derive(Default)]
pub(super) struct ColorBar {
    texture: Option<(ColorMap, TextureHandle)>,
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
/// Room for the title above the bar.
const TITLE_HEIGHT: f32 = 18.0;
const FONT: FontId = FontId::proportional(11.0);
/// Ticks are at least this far apart, in points, so that their texts never touch.
const TICK_DISTANCE: f32 = 17.0;
/// Lines across the bar are left out where they would be nearer than this.
const LINE_DISTANCE: f32 = 4.0;

impl ColorBar {
    /// The room that the bar takes beside the frame, the same for all values, so that nothing shifts while they change.
    pub const WIDTH: f32 = GAP + STRIP_WIDTH + TICK + 52.0;

    /// Paints the bar of a surface beside the frame of the plot; nothing where the cost is nowhere defined.
    pub fn paint(&mut self, ui: &Ui, surface: &Surface<'_>, frame: Rect, color_map: ColorMap) {
        let Some([lowest, highest]) = surface.field.range() else { return };
        let strip = Rect::from_min_max(
            pos2(frame.right() + GAP, frame.top() + TITLE_HEIGHT),
            pos2(frame.right() + GAP + STRIP_WIDTH, frame.bottom()),
        );
        if !strip.is_positive() {
            return;
        }
        let painter = ui.painter();
        let ink = ui.visuals().text_color();
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        let is_constant = lowest == highest;
        if is_constant {
            let [red, green, blue] = surface.shades.color(color_map, lowest);
            painter.rect_filled(strip, 0.0, Color32::from_rgb(red, green, blue));
        } else {
            painter.image(self.texture(ui, color_map).id(), strip, whole, Color32::WHITE);
        }
        let levels = levels_of(surface.isolines);
        let height_at = |position: f64| strip.bottom() - position as f32 * strip.height();
        if strip.height() > LINE_DISTANCE * levels.len() as f32 {
            let line = Stroke::new(1.0, Inks::of(ui.theme()).isoline);
            for position in levels.iter().filter_map(|level| surface.shades.position(*level)) {
                painter.hline(strip.x_range(), height_at(position), line);
            }
        }
        painter.rect_stroke(strip, 0.0, Stroke::new(1.0, ink.gamma_multiply(0.6)), egui::StrokeKind::Outside);
        let ticks = if is_constant {
            level_texts(&[lowest]).into_iter().map(|text| Tick { position: 0.5, text }).collect()
        } else {
            ticks(surface.shades, &levels, strip.height())
        };
        for tick in ticks {
            let y = height_at(tick.position);
            painter.hline(strip.right()..=strip.right() + TICK, y, Stroke::new(1.0, ink));
            let at = pos2(strip.right() + TICK + 3.0, y);
            painter.text(at, Align2::LEFT_CENTER, tick.text, FONT, ink);
        }
        let above = strip.center_top() - vec2(0.0, 3.0);
        painter.text(above, Align2::CENTER_BOTTOM, "J", FontId::proportional(13.0), ink);
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
    use crate::landscape::{Field, LevelScale, Levels, Region};

    #[test]
    fn ticks_stand_where_their_color_is_and_have_room() {
        let values: Vec<f64> = (0..1000).map(|k| f64::from(k).powi(3)).collect();
        let region = Region { x: [0.0, 1.0], y: [0.0, 1.0] };
        let field = Field { region, columns: 1000, rows: 1, values };
        for scale in [LevelScale::Linear, LevelScale::Log, LevelScale::Quantile] {
            for count in [1, 20, 200] {
                let levels = Levels { scale, count };
                let shades = Shades::new(&field, &levels);
                let ticks = ticks(&shades, &levels.values(&field), 400.0);
                assert!(ticks.len() == usize::from(count).min(ticks.len()) && ticks.len() <= 24);
                assert!(ticks.len() == 1 || ticks.len() >= 17, "{scale:?}: {} of {count}", ticks.len());
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
}
