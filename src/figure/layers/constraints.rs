//! The constraints: where g has its level as a curve, and light stripes over the side where an inequality does not hold.

use egui::{Pos2, Shape, Stroke, Vec2, pos2, vec2};

use super::scene::{Layer, Scene};
use crate::figure::look::inks::Inks;
use crate::figure::look::parts::Part;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::path::{dashes, line_shape, visible_pieces};
use crate::landscape::Isoline;
use crate::objective::{Point, Relation};
use crate::session::Boundary;

/// The widths of the curve with its edge, and without.
const WIDTHS: [f32; 2] = [4.6, 2.4];
/// Those of the dotted curve, and its dots.
const DOT_WIDTHS: [f32; 2] = [3.2, 1.5];
const DOTS: [f32; 2] = [3.0, 5.0];
/// From one stripe to the next, and from one place of a stripe that is looked at to the next, in points.
const STRIPES: f32 = 16.0;
const LOOKS: f32 = 4.0;

/// The constraints with the sides where they do not hold.
/// Kept for as long as nothing of them changes.
#[derive(Default)]
pub(in crate::figure) struct ConstraintLayer {
    key: Option<Key>,
    shapes: Vec<Shape>,
}

/// What the shapes depend on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    boundaries: Vec<([u64; 2], Relation)>,
    projection: Projection,
    inks: Inks,
}

impl Layer for ConstraintLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let Scene { projection, inks, picture, .. } = *scene;
        if !scene.shows(Part::Constraints) || picture.boundaries.is_empty() {
            return true;
        }
        let of =
            |boundary: &Boundary<'_>| ([boundary.version, boundary.parallel.1], boundary.constraint.relation);
        let key = Key { boundaries: picture.boundaries.iter().map(of).collect(), projection, inks };
        if self.key.as_ref() != Some(&key) {
            let each = || picture.boundaries.iter().enumerate();
            let stripes = each().flat_map(|(place, one)| stripe_shapes(one, place, projection, inks));
            let parallel = each().flat_map(|(_, one)| parallel_shapes(one, projection, inks));
            let curves = each().flat_map(|(_, one)| curve_shapes(one, projection, inks));
            self.shapes = stripes.chain(parallel).chain(curves).collect();
            self.key = Some(key);
        }
        scene.painter.extend(self.shapes.iter().cloned());
        true
    }
}

/// The curve, with an edge that stands out on any shade.
fn curve_shapes(boundary: &Boundary<'_>, projection: Projection, inks: Inks) -> Vec<Shape> {
    let pieces = pieces(boundary.lines, projection);
    let strokes = WIDTHS.into_iter().zip([inks.edge, inks.constraint]);
    let lines = strokes
        .flat_map(|(width, ink)| pieces.iter().map(move |piece| line_shape(piece, Stroke::new(width, ink))));
    lines.collect()
}

/// Where ∇J and ∇g are parallel, thin and dotted.
fn parallel_shapes(boundary: &Boundary<'_>, projection: Projection, inks: Inks) -> Vec<Shape> {
    let (lines, _) = boundary.parallel;
    let dots = pieces(lines, projection).into_iter().flat_map(|piece| dashes(&piece, &DOTS));
    let dots: Vec<Vec<Pos2>> = dots.collect();
    let strokes = DOT_WIDTHS.into_iter().zip([inks.edge, inks.constraint]);
    strokes
        .flat_map(|(width, ink)| dots.iter().map(move |dot| line_shape(dot, Stroke::new(width, ink))))
        .collect()
}

/// What is seen of lines.
fn pieces(lines: &[Isoline], projection: Projection) -> Vec<Vec<Pos2>> {
    let clip = projection.frame.expand(WIDTHS[0]);
    let of = |line: &Isoline| {
        let points = line.points.iter().map(|at| projection.to_screen([at.x, at.y]));
        visible_pieces(points, clip)
    };
    lines.iter().flat_map(of).collect()
}

/// Stripes over the side where an inequality does not hold, the other way for a second one.
fn stripe_shapes(boundary: &Boundary<'_>, place: usize, projection: Projection, inks: Inks) -> Vec<Shape> {
    let relation = boundary.constraint.relation;
    if relation == Relation::Equal {
        return Vec::new();
    }
    let violated = |at: Pos2| {
        let [x, y] = projection.to_plane(at);
        relation.violation(boundary.field.at(Point::new(x, y)) - boundary.constraint.level)
    };
    let frame = projection.frame;
    let way = if place == 0 { vec2(1.0, -1.0) } else { vec2(1.0, 1.0) };
    let stroke = Stroke::new(1.0, inks.constraint.gamma_multiply(0.3));
    let mut shapes = Vec::new();
    // Each stripe begins at the left edge or beyond it, so that it does not move while the curve does.
    let reach = frame.width() + frame.height();
    let count = (reach / STRIPES) as usize;
    for stripe in 0..=count {
        let offset = stripe as f32 * STRIPES;
        let y = if place == 0 { frame.top() + offset } else { frame.bottom() - offset };
        let from = pos2(frame.left(), y);
        shapes.extend(
            violated_parts(from, way, reach, frame, &violated).map(|ends| Shape::line_segment(ends, stroke)),
        );
    }
    shapes
}

/// The parts of a slanting line within the frame where a constraint does not hold.
fn violated_parts(
    from: Pos2,
    way: Vec2,
    reach: f32,
    frame: egui::Rect,
    violated: &impl Fn(Pos2) -> f64,
) -> impl Iterator<Item = [Pos2; 2]> {
    let mut parts = Vec::new();
    let mut begun: Option<Pos2> = None;
    let mut before: Option<(Pos2, f64)> = None;
    let looks = (reach / LOOKS) as usize;
    for look in 0..=looks {
        let at = from + look as f32 * LOOKS * way;
        let amount = if frame.contains(at) { violated(at).abs() } else { 0.0 };
        let is_violated = amount > 0.0;
        match (begun, is_violated) {
            (None, true) => begun = Some(before.map_or(at, |(last, _)| edge(last, at, frame, violated))),
            (Some(first), false) => {
                let last = before.map_or(at, |(last, _)| edge(at, last, frame, violated));
                parts.push([first, last]);
                begun = None;
            }
            (None, false) | (Some(_), true) => {}
        }
        before = Some((at, amount));
    }
    if let (Some(first), Some((last, _))) = (begun, before) {
        parts.push([first, last]);
    }
    parts.into_iter()
}

/// Where between two places, of which the second one is within the violated side, that side begins.
fn edge(mut outside: Pos2, mut inside: Pos2, frame: egui::Rect, violated: &impl Fn(Pos2) -> f64) -> Pos2 {
    for _ in 0..5 {
        let middle = outside.lerp(inside, 0.5);
        let is_inside = frame.contains(middle) && violated(middle).abs() > 0.0;
        *(if is_inside { &mut inside } else { &mut outside }) = middle;
    }
    inside
}
