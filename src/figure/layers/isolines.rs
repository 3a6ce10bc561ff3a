//! The isolines with their numbers, as shapes that are kept for as long as nothing of them changes.

use egui::epaint::TextShape;
use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, Vec2};

use super::isoline_labels::{IsolineLabel, LinePiece, Surroundings, place_labels};
use super::scene::{Layer, Scene};
use crate::elementary;
use crate::figure::look::parts::Part;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::clip::cut;
use crate::figure::plane::path::{line_shape, visible_pieces};
use crate::figure::plane::text_box::TextBox;
use crate::landscape::oklab::luminance;
use crate::landscape::{Field, Isoline};
use crate::objective::Point;
use crate::session::Surface;

const WIDTH: f32 = 1.0;
const FONT: FontId = FontId::proportional(12.0);
/// Room that a label leaves to the middle of what it must not cover, in points.
const ROOM_AROUND_MARKS: f32 = 11.0;

/// What the shapes depend on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    version: u64,
    projection: Projection,
    color: Color32,
    pixels_per_point: f32,
    has_labels: bool,
    start: [f64; 2],
    optima: Vec<Point>,
}

/// The isolines and their labels, with what they were made for.
#[derive(Default)]
pub(in crate::figure) struct IsolineLayer {
    key: Option<Key>,
    lines: Vec<Shape>,
    labels: Vec<IsolineLabel>,
    dropped_levels: usize,
}

impl Layer for IsolineLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        self.dropped_levels = 0;
        let (painter, picture) = (scene.painter, scene.picture);
        let Some(surface) = picture.surface.as_ref().filter(|_| scene.shows(Part::Isolines)) else {
            return true;
        };
        self.dropped_levels = surface.dropped_levels;
        let key = Key {
            version: surface.isolines_version,
            projection: scene.projection,
            color: scene.inks.isoline,
            pixels_per_point: painter.pixels_per_point(),
            has_labels: scene.options.look.isoline_labels,
            start: picture.scenario.run.start,
            optima: picture.optima.clone(),
        };
        if self.key.as_ref() != Some(&key) {
            self.make(painter, surface, &key);
            self.key = Some(key);
        }
        painter.extend(self.lines.iter().cloned());
        for label in &self.labels {
            let color = ink_on(surface.shades.color(scene.color_map, label.level));
            let galley = painter.layout_no_wrap(label.text.clone(), FONT, color);
            let corner = label.area.center - 0.5 * galley.size();
            painter.add(
                TextShape::new(corner, galley, color)
                    .with_angle_and_anchor(label.area.angle, Align2::CENTER_CENTER),
            );
        }
        true
    }
}

impl IsolineLayer {
    /// How many levels had no isolines when they were painted last, since the cost varies faster than can be shown.
    pub fn dropped_levels(&self) -> usize {
        self.dropped_levels
    }

    /// The labels that were painted last.
    pub fn labels(&self) -> &[IsolineLabel] {
        &self.labels
    }

    fn make(&mut self, painter: &Painter, surface: &Surface<'_>, key: &Key) {
        let mut pieces = line_pieces(surface.isolines, key.projection);
        self.labels.clear();
        if key.has_labels {
            let marks = key.optima.iter().filter_map(|at| key.projection.to_pos([at.x, at.y]));
            let avoided: Vec<(Pos2, f32)> = marks.map(|at| (at, ROOM_AROUND_MARKS)).collect();
            self.labels = place_labels(
                &pieces,
                &Surroundings {
                    frame: key.projection.frame,
                    avoided: &avoided,
                    size_of: &|text| {
                        painter.layout_no_wrap(text.to_owned(), FONT, Color32::PLACEHOLDER).size()
                    },
                    slope: &|at| slope(surface.field, key.projection, at),
                },
            );
            // A label under the start is left out, rather than all others moved while the start is dragged.
            if let Some(start) = key.projection.to_pos(key.start) {
                self.labels.retain(|label| !label.area.touches(start, ROOM_AROUND_MARKS));
            }
            for label in &self.labels {
                pieces = pieces.into_iter().flat_map(|piece| without(piece, &label.area)).collect();
            }
        }
        let stroke = Stroke::new(WIDTH, key.color);
        self.lines = pieces.iter().map(|piece| line_shape(&piece.points, stroke)).collect();
    }
}

/// Black or white, whichever has the greater contrast to a color (relative luminance and contrast as in WCAG 2.1).
fn ink_on(color: [u8; 3]) -> Color32 {
    // Where (L + 0.05) / 0.05 is 1.05 / (L + 0.05).
    if luminance(color) > 0.179 { Color32::BLACK } else { Color32::WHITE }
}

/// The pieces of the lines that are seen, ascending by level.
fn line_pieces(isolines: &[Isoline], projection: Projection) -> Vec<LinePiece> {
    let clip = projection.frame.expand(WIDTH);
    let pieces = isolines.iter().flat_map(|line| {
        let first_again = line.closed.then(|| line.points.first()).flatten();
        let points = line.points.iter().chain(first_again).map(|p| projection.to_screen([p.x, p.y]));
        let pieces = visible_pieces(thinned(points), clip);
        pieces.into_iter().map(|points| LinePiece { level: line.level, points })
    });
    pieces.collect()
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

/// How much the cost changes per point of the screen, from the nodes around a position.
fn slope(field: &Field, projection: Projection, at: Pos2) -> f64 {
    let frame = projection.frame;
    let node = |part: f32, count: usize| {
        ((part * (count - 1) as f32).round().max(1.0) as usize).min(count.saturating_sub(2))
    };
    let column = node((at.x - frame.left()) / frame.width(), field.columns);
    let row = node((frame.bottom() - at.y) / frame.height(), field.rows);
    let value = |column: usize, row: usize| {
        field.values.get(row * field.columns + column).copied().unwrap_or(f64::NAN)
    };
    let cells = [frame.width() / (field.columns - 1) as f32, frame.height() / (field.rows - 1) as f32];
    let [wide, high] = cells.map(|cell| 2.0 * f64::from(cell));
    let along = (value(column + 1, row) - value(column.saturating_sub(1), row)) / wide;
    let across = (value(column, row + 1) - value(column, row.saturating_sub(1))) / high;
    elementary::hypot(along, across)
}

/// What is left of a line outside of a text.
fn without(piece: LinePiece, label: &TextBox) -> Vec<LinePiece> {
    let hole = Rect::from_center_size(Pos2::ZERO, label.size + Vec2::new(3.0, -2.0));
    let reach = 0.5 * hole.size().length();
    if !Rect::from_points(&piece.points).expand(reach).contains(label.center) {
        return vec![piece];
    }
    let turn = egui::emath::Rot2::from_angle(label.angle);
    let inward = |at: Pos2| (turn.inverse() * (at - label.center)).to_pos2();
    let outward = |[x, y]: [f64; 2]| label.center + turn * Vec2::new(x as f32, y as f32);
    let mut pieces: Vec<LinePiece> = Vec::new();
    let mut points: Vec<Pos2> = Vec::new();
    let finish = |points: &mut Vec<Pos2>, pieces: &mut Vec<LinePiece>| {
        if points.len() > 1 {
            pieces.push(LinePiece { level: piece.level, points: std::mem::take(points) });
        }
        points.clear();
    };
    for pair in piece.points.windows(2) {
        let [from, to] = [inward(pair[0]), inward(pair[1])].map(|p| [f64::from(p.x), f64::from(p.y)]);
        if points.is_empty() {
            points.push(pair[0]);
        }
        let Some([enter, leave]) = cut(from, to, hole) else {
            points.push(pair[1]);
            continue;
        };
        if enter != from {
            points.push(outward(enter));
        }
        finish(&mut points, &mut pieces);
        if leave != to {
            points.extend([outward(leave), pair[1]]);
        }
    }
    finish(&mut points, &mut pieces);
    pieces
}

#[cfg(test)]
mod tests;
