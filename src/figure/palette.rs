//! How the runs are told apart: color, dashes and marker of each path.
//!
//! A method has its own color, its own marker and its own dashes. GD cyan, momentum magenta, AdaGrad white (black on
//! light), RMSProp green and Adam blue are those of the field's best-known article (L. Jiang, "A Visual Explanation of
//! Gradient Descent Methods", 2020). The further runs of a method have hues beside its own, keep its marker's outline, and
//! take turns in dashes and filling: 21 runs of each method can be told apart without any color.

#[cfg(test)]
mod tests;
#[cfg(test)]
mod vision;

use std::ops::RangeInclusive;

use egui::{Color32, Pos2, Rect, Shape, Stroke, Theme, vec2};
use serde::{Deserialize, Serialize};

pub use super::inks::Inks;
use super::marker::{Filling, Form, Marker, REACH};
use super::path::{dashes, line_shape};
use crate::landscape::oklab;
use crate::scenario::OptimizerChoice;

/// How one path is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathStyle {
    /// The color of its line, its points and its card.
    pub color: Color32,
    /// The ink around its line and its markers.
    pub edge: Color32,
    /// Lengths of dash and gap in screen points, alternating; empty for a whole line.
    pub dashes: &'static [f32],
    /// What marks its points and its head.
    pub marker: Marker,
}

/// A set of colors for the methods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Palette {
    /// The colors in which the field knows the methods.
    #[default]
    Classic,
    /// The same hues, moved until they differ to every kind of color vision, and in gray.
    ///
    /// Found by a search for the largest smallest difference of two. In units of a hundredth of OKLab every two colors are
    /// at least 12.9 apart to normal vision, protanopes, deuteranopes and tritanopes, and 4.6 apart in gray, where
    /// seven colors between the map and white (or black) cannot be much farther apart; there, dashes and markers tell.
    ColorBlindSafe,
}

impl Palette {
    /// Every palette, in the order in which they are offered.
    pub const ALL: [Palette; 2] = [Palette::Classic, Palette::ColorBlindSafe];

    /// The name in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Palette::Classic => "classic",
            Palette::ColorBlindSafe => "color-blind-safe",
        }
    }

    /// The name that is shown.
    pub fn name(self) -> &'static str {
        match self {
            Palette::Classic => "Classic",
            Palette::ColorBlindSafe => "Color-blind safe",
        }
    }

    /// What it is for.
    pub fn explanation(self) -> &'static str {
        match self {
            Palette::Classic => "The usual colors: GD cyan, momentum magenta, Adam blue …",
            Palette::ColorBlindSafe => "Colors that differ to every kind of color vision, and in gray",
        }
    }

    /// The colors of the methods, in the order of the registry, on a dark or light ground.
    pub fn colors(self, ground: Theme) -> impl Iterator<Item = Color32> {
        METHODS.iter().map(move |method| method.color(self, ground))
    }
}

/// How the runs of one method are drawn.
struct MethodStyle {
    method: &'static str,
    form: Form,
    /// The colors of the classic palette on dark and on light, then those of the other.
    colors: [[u32; 2]; 2],
}

const fn row(method: &'static str, form: Form, classic: [u32; 2], color_blind_safe: [u32; 2]) -> MethodStyle {
    MethodStyle { method, form, colors: [classic, color_blind_safe] }
}

const METHODS: [MethodStyle; 7] = [
    row("gd", Form::Circle, [0x2fe3f2, 0x008ca5], [0x5fd4c0, 0x108db2]),
    row("momentum", Form::Square, [0xff5cf4, 0xc218b8], [0xc709ff, 0x631c70]),
    row("nesterov", Form::Diamond, [0xffa03c, 0xd06200], [0xf6a001, 0xb08b35]),
    row("adagrad", Form::TriangleUp, [0xffffff, 0x121212], [0xffffff, 0x000000]),
    row("rmsprop", Form::TriangleDown, [0x55e86a, 0x138a36], [0x9fff8f, 0x053900]),
    row("adam", Form::Plus, [0x5b9dff, 0x1f4fd8], [0xa099eb, 0x4a35d0]),
    row("newton", Form::Star, [0xff6b6b, 0xcc1f2f], [0xe16115, 0x985041]),
];

impl MethodStyle {
    fn color(&self, palette: Palette, ground: Theme) -> Color32 {
        let colors = self.colors[usize::from(palette == Palette::ColorBlindSafe)];
        let [_, r, g, b] = colors[usize::from(ground == Theme::Light)].to_be_bytes();
        Color32::from_rgb(r, g, b)
    }
}

/// How the second, third, … run of a method departs from its color: the hue in degrees and the lightness, in OKLCh. After
/// them it begins again with the method's own.
const DEPARTURES: [[f64; 2]; 5] = [[0.0, 0.0], [42.0, -0.06], [-42.0, 0.05], [84.0, 0.04], [-84.0, -0.07]];
/// The chroma of a departure: white and black have no hue beside them, and screens not every vivid one.
const CHROMA: RangeInclusive<f64> = 0.11..=0.15;

/// The color of a run of a method that has `earlier` runs before it.
fn departed(own: Color32, earlier: usize, ground: Theme) -> Color32 {
    let [hue, lighter] = DEPARTURES[earlier % DEPARTURES.len()];
    if hue == 0.0 {
        return own;
    }
    let [lightness, a, b] = oklab::from_srgb([own.r(), own.g(), own.b()]);
    let chroma = a.hypot(b).clamp(*CHROMA.start(), *CHROMA.end());
    let angle = b.atan2(a) + hue.to_radians();
    // Towards the middle, where there is room for chroma, but no nearer to what lies behind the paths.
    let range = if ground == Theme::Dark { 0.66..=0.88 } else { 0.44..=0.6 };
    let lightness = (lightness + lighter).clamp(*range.start(), *range.end());
    let [r, g, b] = oklab::to_srgb([lightness, chroma * angle.cos(), chroma * angle.sin()]);
    Color32::from_rgb(r, g, b)
}

/// The dashes of the first run of each method, in the order of the rows; its further runs take the following ones.
const DASHES: [&[f32]; 7] = [
    &[],
    &[11.0, 4.5],
    &[12.0, 3.5, 2.5, 3.5],
    &[2.5, 3.0],
    &[5.5, 4.0],
    &[22.0, 5.0],
    &[12.0, 3.5, 2.5, 3.5, 2.5, 3.5],
];

/// The fillings of the first, second, … run of one method. Their number has no divisor in common with that of the dashes,
/// so that a pair of both comes back only after all of them.
const FILLINGS: [Filling; 3] = [Filling::Full, Filling::Hollow, Filling::Dotted];

/// The style of each run, in the order of the scenario, on a dark or light ground; `edge` is the ink around paths.
pub fn path_styles(
    optimizers: &[OptimizerChoice],
    palette: Palette,
    ground: Theme,
    edge: Color32,
) -> Vec<PathStyle> {
    let style = |(index, choice): (usize, &OptimizerChoice)| {
        let id = choice.settings.method().id;
        let earlier = optimizers[..index].iter().filter(|o| o.settings.method().id == id).count();
        let row = METHODS.iter().position(|row| row.method == id);
        PathStyle {
            color: row
                .map_or(Color32::GRAY, |row| departed(METHODS[row].color(palette, ground), earlier, ground)),
            edge,
            dashes: DASHES[(row.unwrap_or(0) + earlier) % DASHES.len()],
            marker: Marker {
                form: row.map_or(Form::Circle, |row| METHODS[row].form),
                filling: FILLINGS[earlier % FILLINGS.len()],
            },
        }
    };
    optimizers.iter().enumerate().map(style).collect()
}

/// The width of the edge on each side of a line.
const LINE_EDGE: f32 = 1.1;
/// The width of the edge around a marker.
pub(super) const MARKER_EDGE: f32 = 1.2;

/// The strokes of a line of this width, one over the other: its edge and its color.
pub(super) fn line_strokes(width: f32, style: PathStyle) -> [Stroke; 2] {
    [Stroke::new(width + 2.0 * LINE_EDGE, style.edge), Stroke::new(width, style.color)]
}

/// A sample of a path for cards and legends, within `rect`: a piece of its line that ends in its marker. Some 34 points of
/// width show every pattern of dashes.
pub fn sample_shapes(rect: Rect, style: PathStyle) -> Vec<Shape> {
    let radius = ((0.5 * rect.height() - MARKER_EDGE) / (REACH + 0.16)).clamp(1.0, 4.5);
    let head = Pos2::new(rect.right() - radius * REACH - MARKER_EDGE, rect.center().y);
    let line = [rect.left_center() + vec2(2.0, 0.0), head];
    let mut shapes = Vec::new();
    for stroke in line_strokes(2.2, style) {
        shapes.extend(dashes(&line, style.dashes).into_iter().map(|dash| line_shape(&dash, stroke)));
    }
    shapes.extend(style.marker.shapes(head, radius, style.color, Stroke::new(MARKER_EDGE, style.edge)));
    shapes
}
