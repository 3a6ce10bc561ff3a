//! What is drawn over the landscape: known optima, the start, paths and their heads. Each has an edge in a contrasting ink, so
//! that it stands out on any shade.

use egui::{Shape, Stroke, vec2};

use super::camera::Projection;
use super::inks::Inks;
use super::palette::PathStyle;
use super::path::line_shape;
use super::trail::Trail;
use crate::objective::Point;
use crate::optimizer::Trajectory;

const HEAD_RADIUS: f32 = 6.0;

/// A cross where an optimum is known.
pub(super) fn optimum_shapes(projection: Projection, at: Point, inks: Inks) -> Vec<Shape> {
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
pub(super) fn start_shapes(projection: Projection, start: [f64; 2], inks: Inks) -> Vec<Shape> {
    let Some(at) = projection.to_pos(start) else { return Vec::new() };
    vec![
        Shape::circle_stroke(at, 7.0, Stroke::new(4.0, inks.edge)),
        Shape::circle_stroke(at, 7.0, Stroke::new(2.0, inks.mark)),
    ]
}

/// The iterates up to `step`.
pub(super) fn up_to(points: &[Point], step: u32) -> &[Point] {
    points.get(..=step as usize).unwrap_or(points)
}

/// A pinned path that ends at an iterate: faint and thin, with a ring at its end, so that nobody takes it for a run.
pub(super) fn pinned_shapes(
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

/// Where a path stands at `step`.
pub(super) fn head(path: &Trajectory, step: u32) -> Option<[f64; 2]> {
    up_to(&path.points, step).last().map(|p| [p.x, p.y])
}

/// The marker of a head.
pub(super) fn head_shapes(head: [f64; 2], projection: Projection, style: PathStyle) -> Vec<Shape> {
    let Some(at) = projection.to_pos(head) else { return Vec::new() };
    style.marker.shapes(at, HEAD_RADIUS, style.color, Stroke::new(1.5, style.edge))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::trail::tests::{PLOT, style};
    use egui::{Rect, pos2};

    #[test]
    fn a_head_that_is_nowhere_near_draws_nothing_and_one_in_sight_its_marker() {
        assert!(head_shapes([1e300, -1e300], PLOT, style()).is_empty());
        let shapes = head_shapes([50.0, 50.0], PLOT, style());
        let room = Rect::from_center_size(pos2(50.0, 50.0), vec2(18.0, 18.0));
        assert!(!shapes.is_empty() && shapes.iter().all(|s| room.contains_rect(s.visual_bounding_rect())));
    }
}
