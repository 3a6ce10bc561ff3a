//! What is drawn over the landscape: known optima, the start, pinned paths. Each has an edge in a contrasting ink, so
//! that it stands out on any shade.

use egui::{Shape, Stroke, vec2};

use super::trail::Trail;
use crate::figure::look::inks::Inks;
use crate::figure::look::palette::PathStyle;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::path::line_shape;
use crate::objective::Point;

/// A cross where an optimum is known.
pub(in crate::figure) fn optimum_shapes(projection: Projection, at: Point, inks: Inks) -> Vec<Shape> {
    let Some(at) = projection.to_pos([at.x, at.y]) else { return Vec::new() };
    let arm = 4.5;
    let mut shapes = Vec::new();
    for stroke in [Stroke::new(4.0, inks.edge), Stroke::new(1.6, inks.mark)] {
        for arm in [vec2(arm, arm), vec2(arm, -arm)] {
            shapes.push(Shape::line_segment([at - arm, at + arm], stroke));
        }
    }
    shapes
}

/// A ring around the start.
pub(in crate::figure) fn start_shapes(projection: Projection, start: [f64; 2], inks: Inks) -> Vec<Shape> {
    let Some(at) = projection.to_pos(start) else { return Vec::new() };
    vec![
        Shape::circle_stroke(at, 7.0, Stroke::new(4.0, inks.edge)),
        Shape::circle_stroke(at, 7.0, Stroke::new(2.0, inks.mark)),
    ]
}

/// The iterates up to `step`.
pub fn up_to(points: &[Point], step: u32) -> &[Point] {
    points.get(..=step as usize).unwrap_or(points)
}

/// A pinned path that ends at an iterate: faint and thin, with a ring at its end, so that nobody takes it for a run.
pub(in crate::figure) fn pinned_shapes(
    trail: &Trail,
    end: Option<&Point>,
    projection: Projection,
    style: PathStyle,
) -> Vec<Shape> {
    let stroke = Stroke::new(1.2, style.color.gamma_multiply(0.5));
    let pieces = trail.pieces(projection).into_iter();
    let mut shapes: Vec<Shape> = pieces.map(|piece| line_shape(&piece, stroke)).collect();
    let end = end.and_then(|p| projection.to_pos([p.x, p.y]));
    shapes.extend(end.map(|at| Shape::circle_stroke(at, 5.0, stroke)));
    shapes
}
