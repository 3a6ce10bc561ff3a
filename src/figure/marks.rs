//! What is drawn over the landscape: known optima, the start, paths and their heads. Each has an edge in a contrasting ink, so
//! that it stands out on any shade.

use std::collections::HashSet;

use egui::{Pos2, Rect, Shape, Stroke, vec2};

use super::camera::Projection;
use super::inks::Inks;
use super::palette::{PathStyle, line_strokes};
use super::path::{dashes, visible_pieces};
use crate::objective::Point;
use crate::optimizer::Trajectory;

const PATH_WIDTH: f32 = 2.0;
/// Iterates are marked where a step is at least this long on the screen: nearer markers would hide the dashes.
const MARKED_STEP: f32 = 10.0;
/// The radius of a marker after a step, in steps; longer steps have larger markers, within limits.
const MARKER_PER_STEP: f32 = 0.22;
const MARKER_RADIUS: std::ops::RangeInclusive<f32> = 2.6..=4.0;
/// A path marks no two iterates in the same square of this side: a run that swings about a point marks it once.
const MARKER_CELL: f32 = 2.0;
/// Only this much of a path is dashed, in screen points: some thirty times across a screen, which no eye follows.
const DASHED_LENGTH: f32 = 30_000.0;
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
fn trail(path: &Trajectory, step: u32) -> &[Point] {
    path.points.get(..=step as usize).unwrap_or(&path.points)
}

/// The path up to `step`: its line, and a marker for each iterate that stands apart.
pub(super) fn trail_shapes(
    path: &Trajectory,
    step: u32,
    projection: Projection,
    style: PathStyle,
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
    // The edge leaves the gaps open, so that of two paths in one valley the lower one is seen in the gaps of the upper.
    let dashes = dashed_at_first(&pieces, style.dashes);
    for stroke in line_strokes(width, style) {
        shapes.extend(dashes.iter().map(|dash| Shape::line(dash.clone(), stroke)));
    }
    let mut before: Option<Pos2> = None;
    let mut marked = HashSet::new();
    for point in points {
        let at = projection.to_pos([point.x, point.y]);
        if let Some(at) = at.filter(|at| clip.contains(*at))
            && let Some(length) = before.map(|b| b.distance(at)).filter(|length| *length >= MARKED_STEP)
            && marked.insert([at.x, at.y].map(|c| (c / MARKER_CELL) as i32))
        {
            let radius = (MARKER_PER_STEP * length).clamp(*MARKER_RADIUS.start(), *MARKER_RADIUS.end());
            let edge = Stroke::new(0.8, style.edge);
            shapes.extend(style.marker.shapes(at, radius + 0.5 * (width - PATH_WIDTH), style.color, edge));
        }
        before = at;
    }
    shapes
}

/// The dashes of a path in pieces; what comes after [`DASHED_LENGTH`] is left whole.
fn dashed_at_first(pieces: &[Vec<Pos2>], pattern: &[f32]) -> Vec<Vec<Pos2>> {
    let mut left = DASHED_LENGTH;
    let mut drawn = Vec::new();
    for piece in pieces {
        let covered = piece.windows(2).position(|ends| {
            left -= ends[0].distance(ends[1]);
            left < 0.0
        });
        let (first, rest) = piece.split_at(covered.map_or(piece.len(), |at| at + 1));
        drawn.extend(dashes(first, pattern));
        if let Some(last) = first.last().filter(|_| !rest.is_empty()) {
            drawn.push(std::iter::once(last).chain(rest).copied().collect());
        }
    }
    drawn
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

/// A pinned path up to `step`: faint and thin, with a ring at its end, so that nobody takes it for a run.
pub(super) fn pinned_shapes(
    points: &[Point],
    step: u32,
    projection: Projection,
    style: PathStyle,
) -> Vec<Shape> {
    let points = points.get(..=step as usize).unwrap_or(points);
    let clip = projection.frame.expand(2.0 * PATH_WIDTH);
    let stroke = Stroke::new(1.2, style.color.gamma_multiply(0.5));
    let pieces = visible_pieces(points.iter().map(|p| projection.to_screen([p.x, p.y])), clip);
    let mut shapes: Vec<Shape> = pieces.into_iter().map(|piece| Shape::line(piece, stroke)).collect();
    let end = points.last().and_then(|p| projection.to_pos([p.x, p.y]));
    shapes.extend(end.map(|at| Shape::circle_stroke(at, 5.0, stroke)));
    shapes
}

/// Where a path stands at `step`.
pub(super) fn head(path: &Trajectory, step: u32) -> Option<[f64; 2]> {
    trail(path, step).last().map(|p| [p.x, p.y])
}

/// The marker of a head.
pub(super) fn head_shapes(head: [f64; 2], projection: Projection, style: PathStyle) -> Vec<Shape> {
    let Some(at) = projection.to_pos(head) else { return Vec::new() };
    style.marker.shapes(at, HEAD_RADIUS, style.color, Stroke::new(1.5, style.edge))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Look;
    use crate::landscape::Region;
    use crate::objective::Evaluations;
    use crate::optimizer::{METHODS, Settings};
    use crate::scenario::OptimizerChoice;
    use egui::{Theme, pos2};

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

    const PLOT: Projection = Projection {
        region: Region { x: [0.0, 100.0], y: [0.0, 100.0] },
        frame: Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0)),
    };

    fn style() -> PathStyle {
        let run = OptimizerChoice::new(Settings::defaults(&METHODS[0]));
        Look::default().path_styles(&[run], Theme::Dark)[0]
    }

    /// How many disks in the path's color are drawn of a path along the x axis.
    fn disks(xs: &[f64]) -> usize {
        let path = Trajectory {
            points: xs.iter().map(|x| Point::new(*x, 50.0)).collect(),
            values: vec![0.0; xs.len()],
            gradients: vec![Point::zeros(); xs.len()],
            lookahead_points: None,
            outcome: None,
            evaluations: Evaluations::default(),
        };
        let is_disk = |shape: &&Shape| matches!(shape, Shape::Circle(c) if c.fill == style().color);
        trail_shapes(&path, 1000, PLOT, style(), false).iter().filter(is_disk).count()
    }

    #[test]
    fn iterates_are_marked_only_where_their_markers_leave_the_dashes_to_be_seen() {
        assert_eq!(disks(&[5.0, 25.0, 45.0]), 2);
        assert_eq!(disks(&[5.0, 14.0, 23.0]), 0);
        assert_eq!(disks(&[5.0, 25.0, 1e300, 45.0]), 1);
        assert_eq!(disks(&[5.0, 25.0, 45.0, 25.1, 45.1, 25.0]), 2);
    }

    #[test]
    fn a_head_that_is_nowhere_near_draws_nothing_and_one_in_sight_its_marker() {
        assert!(head_shapes([1e300, -1e300], PLOT, style()).is_empty());
        let shapes = head_shapes([50.0, 50.0], PLOT, style());
        let room = Rect::from_center_size(pos2(50.0, 50.0), vec2(18.0, 18.0));
        assert!(!shapes.is_empty() && shapes.iter().all(|s| room.contains_rect(s.visual_bounding_rect())));
    }

    #[test]
    fn a_path_that_swings_without_end_is_dashed_at_first_and_then_whole() {
        let swings = |count: usize| -> Vec<Pos2> {
            (0..=count).map(|k| pos2(if k % 2 == 0 { 0.0 } else { 100.0 }, 50.0)).collect()
        };
        let pattern: &[f32] = &[6.0, 4.0];
        assert_eq!(dashed_at_first(&[swings(20)], pattern), dashes(&swings(20), pattern));
        let long = [swings(2), swings(5000), swings(3)];
        let drawn = dashed_at_first(&long, pattern);
        assert!((2500..3100).contains(&drawn.len()), "{}", drawn.len());
        let length = |line: &Vec<Pos2>| line.windows(2).map(|ends| ends[0].distance(ends[1])).sum::<f32>();
        assert!(drawn[..2500].iter().all(|dash| length(dash) < 6.1));
        assert_eq!(drawn.last(), Some(&swings(3)));
    }
}
