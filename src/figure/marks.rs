//! What is drawn over the landscape: known optima, the start, paths and their heads. Each has an edge in a contrasting ink, so
//! that it stands out on any shade.

use egui::{Pos2, Rect, Shape, Stroke, vec2};

use super::camera::Projection;
use super::palette::{Inks, PathStyle};
use super::path::{dashes, visible_pieces};
use crate::objective::Point;
use crate::optimizer::Trajectory;

const PATH_WIDTH: f32 = 2.0;
/// Iterates are dotted where a step is at least this long on the screen.
const DOTTED_STEP: f32 = 5.0;

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
fn trail(path: &Trajectory, step: u32) -> &[Point] {
    path.points.get(..=step as usize).unwrap_or(&path.points)
}

/// The path up to `step`: its line, and a dot for each iterate that stands apart.
pub(super) fn trail_shapes(
    path: &Trajectory,
    step: u32,
    projection: Projection,
    style: PathStyle,
    inks: Inks,
    bold: bool,
) -> Vec<Shape> {
    let points = trail(path, step);
    let clip = projection.frame.expand(2.0 * PATH_WIDTH);
    let pieces = visible_pieces(points.iter().map(|p| projection.to_screen([p.x, p.y])), clip);
    let width = if bold { 1.6 * PATH_WIDTH } else { PATH_WIDTH };
    let (through, pieces): (Vec<_>, Vec<_>) =
        pieces.into_iter().partition(|piece| passes_through(piece, clip));
    let faint = Stroke::new(1.0, style.color.gamma_multiply(0.3));
    let mut shapes: Vec<Shape> = through.into_iter().map(|piece| Shape::line(piece, faint)).collect();
    shapes.extend(pieces.iter().map(|piece| Shape::line(piece.clone(), Stroke::new(width + 1.6, inks.edge))));
    for dash in pieces.iter().flat_map(|piece| dashes(piece, style.dashes)) {
        shapes.push(Shape::line(dash, Stroke::new(width, style.color)));
    }
    let mut before: Option<Pos2> = None;
    for point in points {
        let at = projection.to_pos([point.x, point.y]);
        if let Some(at) = at.filter(|at| clip.contains(*at))
            && before.is_none_or(|b| b.distance(at) >= DOTTED_STEP)
        {
            shapes.push(Shape::circle_filled(at, width + 0.6, style.color));
        }
        before = at;
    }
    shapes
}

/// Whether a piece is a step with both ends out of sight. A run that diverges by swinging to and fro takes a hundred of
/// them, which would cover everything else.
pub(super) fn passes_through(piece: &[Pos2], clip: Rect) -> bool {
    let at_edge = |p: &Pos2| {
        let distances = [p.x - clip.left(), clip.right() - p.x, p.y - clip.top(), clip.bottom() - p.y];
        distances.iter().any(|distance| distance.abs() < 1e-3)
    };
    piece.len() == 2 && piece.iter().all(at_edge)
}

/// The iterate at `step`.
pub(super) fn head_shapes(
    path: &Trajectory,
    step: u32,
    projection: Projection,
    style: PathStyle,
    inks: Inks,
) -> Vec<Shape> {
    let Some(head) = trail(path, step).last().and_then(|p| projection.to_pos([p.x, p.y])) else {
        return Vec::new();
    };
    vec![Shape::circle_filled(head, 6.5, inks.edge), Shape::circle_filled(head, 5.0, style.color)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn only_a_step_with_both_ends_out_of_sight_passes_through() {
        let clip = Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0));
        let pieces = |points: &[[f64; 2]]| visible_pieces(points.iter().copied(), clip);
        let swing = pieces(&[[50.0, -80.0], [60.0, 190.0], [70.0, -400.0]]);
        assert_eq!(swing.len(), 2);
        assert!(swing.iter().all(|piece| passes_through(piece, clip)));
        for seen in
            [pieces(&[[50.0, 50.0], [60.0, 190.0]]), pieces(&[[50.0, -80.0], [60.0, 50.0], [70.0, 190.0]])]
        {
            assert!(!passes_through(&seen[0], clip));
        }
    }
}
