//! Squares and boxes: what has no place in the plane stands in a corner of the plot.

use egui::{Rect, Shape, Stroke, Vec2, vec2};

use super::{Placed, SIDE, SketchLook};
use crate::figure::plane::camera::Projection;
use crate::objective::{Point, is_finite};

/// Squares or a box with these sides, in a corner of the plot.
pub(super) fn boxes(
    sides: Point,
    before: Option<Point>,
    are_squares: bool,
    projection: Projection,
    look: SketchLook,
) -> Option<Placed> {
    if !is_finite(sides) {
        return None;
    }
    let SketchLook { inks, run, .. } = look;
    let largest = before.map_or(0.0, |before| before.amax()).max(sides.amax());
    if largest <= 0.0 {
        return None;
    }
    let scaled = |side: f64| (f64::from(SIDE) * side / largest) as f32;
    let floor = projection.frame.left_bottom() + vec2(16.0, -26.0);
    let mut shapes = Vec::new();
    let mut add = |rect: Rect, fill: f32| {
        shapes.push(Shape::rect_filled(rect, 0.0, inks.label_background));
        shapes.push(Shape::rect_filled(rect, 0.0, run.gamma_multiply(fill)));
        shapes.push(Shape::rect_stroke(rect, 0.0, Stroke::new(1.8, inks.mark), egui::StrokeKind::Inside));
    };
    let corner = |left: f32, size: Vec2| Rect::from_min_size(floor + vec2(left, -size.y), size);
    let right = if are_squares {
        let sides = [sides.x, sides.y].map(|side| scaled(side).max(2.0));
        let second = sides[0] + 14.0;
        for (left, side) in [(0.0, sides[0]), (second, sides[1])] {
            add(corner(left, Vec2::splat(side)), 0.35);
        }
        if let Some(before) = before {
            for (left, side) in [(0.0, scaled(before.x)), (second, scaled(before.y))] {
                add(corner(left, Vec2::splat(side.max(2.0))), 0.8);
            }
        }
        second + sides[1]
    } else {
        let size = vec2(scaled(sides.x).max(2.0), scaled(sides.y).max(2.0));
        add(corner(0.0, size), 0.35);
        size.x
    };
    let middle = floor + vec2(0.5 * right, 12.0);
    Some(Placed { shapes, line: Vec::new(), label: Some((middle, vec2(0.0, 1.0))) })
}
