//! How the runs are told apart: color, dashes and marker of each path.
//!
//! A family of methods has its own color, a method its own marker and its own dashes. GD cyan, momentum magenta, AdaGrad white
//! (black on light), RMSProp green and Adam blue are those of the field's best-known article (L. Jiang, "A Visual Explanation of
//! Gradient Descent Methods", 2020); the method that a family begins with has that color whatever stands beside it. All other
//! runs get, in order of appearance, the nearest color to their family's that is told apart from those that are there. Further
//! runs of a method keep its marker's outline and take turns in dashes and filling: 21 runs of each can be told apart without
//! any color.

mod hues;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vision;

use egui::{Color32, Pos2, Rect, Shape, Stroke, Theme, vec2};
use serde::{Deserialize, Serialize};

pub use super::inks::Inks;
use super::marker::{Filling, Marker, REACH};
use crate::figure::plane::path::{dashes, line_shape};
use crate::optimizer::{Family, METHODS, MarkerForm, Method, PathLook};
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

    /// The colors of the families of methods, in the order of the registry, on a dark or light ground.
    pub fn colors(self, ground: Theme) -> impl Iterator<Item = Color32> {
        families().map(move |(_, look)| color(look, self, ground))
    }
}

/// The looks of the families, in the order of the registry.
fn families() -> impl Iterator<Item = (&'static str, PathLook)> {
    METHODS.iter().filter_map(|method| match method.family {
        Family::Own(look) => Some((method.id, look)),
        Family::Of(_) => None,
    })
}

fn color(look: PathLook, palette: Palette, ground: Theme) -> Color32 {
    let colors = if palette == Palette::ColorBlindSafe { look.color_blind_safe } else { look.classic };
    let [_, r, g, b] = colors[usize::from(ground == Theme::Light)].to_be_bytes();
    Color32::from_rgb(r, g, b)
}

/// The dashes of the first run of each method, in the order of the families, then of the methods of each; its further runs take
/// the following ones.
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

/// The place among the dashes of the first run of a method.
fn first_dashes(method: &Method) -> usize {
    let family = method.family_id();
    let before = METHODS.iter().take_while(|other| *other != method);
    let in_family = before.filter(|other| other.family_id() == family && other.id != family).count();
    let place = families().position(|(id, _)| id == family).unwrap_or(0);
    place + if method.id == family { 0 } else { 1 + in_family }
}

/// The style of each run, in the order of the scenario, on a dark or light ground; `edge` is the ink around paths.
pub fn path_styles(
    optimizers: &[OptimizerChoice],
    palette: Palette,
    ground: Theme,
    edge: Color32,
) -> Vec<PathStyle> {
    let methods: Vec<&'static Method> = optimizers.iter().map(|choice| choice.settings.method()).collect();
    let colors = path_colors(&methods, palette, ground);
    let mut styles: Vec<PathStyle> = Vec::with_capacity(methods.len());
    for (index, (method, color)) in methods.iter().zip(colors).enumerate() {
        let form = method.path_look().map_or(MarkerForm::Circle, |look| look.marker);
        let first = first_dashes(method);
        let turn = |turn: usize| {
            let (dashes, filling) = (DASHES[(first + turn) % DASHES.len()], FILLINGS[turn % FILLINGS.len()]);
            PathStyle { color, edge, dashes, marker: Marker { form, filling } }
        };
        // Methods of two families may share an outline.
        let is_free = |style: &PathStyle| {
            styles.iter().all(|other| (other.marker, other.dashes) != (style.marker, style.dashes))
        };
        let earlier = methods[..index].iter().filter(|other| **other == *method).count();
        let turns = DASHES.len() * FILLINGS.len();
        styles.push((0..turns).map(turn).find(is_free).unwrap_or_else(|| turn(earlier)));
    }
    styles
}

/// The color of a run of each of these methods, in order of appearance.
fn path_colors(methods: &[&'static Method], palette: Palette, ground: Theme) -> Vec<Color32> {
    let own = |method: &Method| method.path_look().map_or(Color32::GRAY, |look| color(look, palette, ground));
    let is_kept = |index: usize| {
        let method = methods[index];
        method.family_id() == method.id && !methods[..index].contains(&method)
    };
    let mut taken: Vec<Color32> =
        (0..methods.len()).filter(|index| is_kept(*index)).map(|index| own(methods[index])).collect();
    let given = methods.iter().enumerate().map(|(index, method)| {
        if is_kept(index) {
            return own(method);
        }
        let family = method.family_id();
        let earlier = methods[..index].iter().filter(|other| other.family_id() == family).count();
        let color = hues::told_apart(own(method), &taken, earlier, ground);
        taken.push(color);
        color
    });
    given.collect()
}

/// The width of the edge on each side of a line.
const LINE_EDGE: f32 = 1.1;
/// The width of the edge around a marker.
pub(in crate::figure) const MARKER_EDGE: f32 = 1.2;

/// The strokes of a line of this width, one over the other: its edge and its color.
pub(in crate::figure) fn line_strokes(width: f32, style: PathStyle) -> [Stroke; 2] {
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
