//! The paths of the runs on the screen: lines cut and thinned, and markers at iterates that stand apart.
//!
//! A path may have a million iterates. From one frame to the next it mostly grows by some, or stays: what was found of it
//! is kept, and only what is new is gone through.

use std::collections::HashSet;

use egui::{Pos2, Rect, Shape, Stroke};

use super::camera::Projection;
use super::palette::{PathStyle, line_strokes};
use super::path::{FOLLOWED_LENGTH, Tracer, dashes};
use crate::objective::Point;

/// In points.
pub(super) const PATH_WIDTH: f32 = 2.0;
/// Iterates are marked where a step is at least this long on the screen: nearer markers would hide the dashes.
const MARKED_STEP: f32 = 10.0;
/// The radius of a marker after a step, in steps; longer steps have larger markers, within limits.
const MARKER_PER_STEP: f32 = 0.22;
const MARKER_RADIUS: std::ops::RangeInclusive<f32> = 2.6..=4.0;
/// A path marks no two iterates in the same square of this side: a run that swings about a point marks it once.
const MARKER_CELL: f32 = 2.0;

/// The paths of the runs, in the order of their cards.
#[derive(Default)]
pub(super) struct Trails {
    kept: Vec<Option<Trail>>,
}

impl Trails {
    /// The path of the run at `index` through all of `points`. `version` is another number whenever they are those of
    /// another run; otherwise they are the first ones of the same path.
    pub fn follow(&mut self, index: usize, version: u64, points: &[Point], projection: Projection) -> &Trail {
        if self.kept.len() <= index {
            self.kept.resize_with(index + 1, || None);
        }
        let kept = self.kept[index].take();
        let can_go_on = |trail: &Trail| {
            trail.version == version && trail.projection == projection && trail.taken <= points.len()
        };
        let mut trail = kept.filter(can_go_on).unwrap_or_else(|| Trail::new(version, projection));
        trail.go_on(points);
        self.kept[index].insert(trail)
    }
}

/// A path as far as it has been followed.
pub(super) struct Trail {
    version: u64,
    projection: Projection,
    /// How many iterates were gone through.
    taken: usize,
    line: Tracer,
    /// Iterates that stand apart, with the length of the step that led there.
    apart: Vec<(Pos2, f32)>,
    /// The squares in which an iterate is marked.
    marked: HashSet<[i32; 2]>,
    /// The last iterate.
    before: Option<Pos2>,
}

impl Trail {
    fn new(version: u64, projection: Projection) -> Self {
        let line = Tracer::new(clip(projection));
        let (apart, marked) = (Vec::new(), HashSet::new());
        Self { version, projection, taken: 0, line, apart, marked, before: None }
    }

    fn go_on(&mut self, points: &[Point]) {
        let clip = clip(self.projection);
        for point in points.get(self.taken..).unwrap_or_default() {
            let at = self.projection.to_screen([point.x, point.y]);
            self.line.push(at);
            let at = self.projection.placed(at);
            if let Some(at) = at.filter(|at| clip.contains(*at))
                && let Some(length) =
                    self.before.map(|b| b.distance(at)).filter(|length| *length >= MARKED_STEP)
                && self.marked.insert([at.x, at.y].map(|c| (c / MARKER_CELL) as i32))
            {
                self.apart.push((at, length));
            }
            self.before = at;
        }
        self.taken = points.len();
    }

    /// Its line, and a marker for each iterate that stands apart.
    pub fn shapes(&self, style: PathStyle, bold: bool) -> Vec<Shape> {
        let clip = clip(self.projection);
        let width = if bold { 1.6 * PATH_WIDTH } else { PATH_WIDTH };
        let (through, pieces): (Vec<_>, Vec<_>) =
            self.line.pieces().into_iter().partition(|piece| passes_through(piece, clip));
        let faint = Stroke::new(1.0, style.color.gamma_multiply(0.3));
        let mut shapes: Vec<Shape> = through.into_iter().map(|piece| Shape::line(piece, faint)).collect();
        // The edge leaves the gaps open, so that of two paths in one valley the lower one is seen in the gaps of the upper.
        let dashes = dashed_at_first(&pieces, style.dashes);
        for stroke in line_strokes(width, style) {
            shapes.extend(dashes.iter().map(|dash| Shape::line(dash.clone(), stroke)));
        }
        let edge = Stroke::new(0.8, style.edge);
        for (at, length) in &self.apart {
            let radius = (MARKER_PER_STEP * length).clamp(*MARKER_RADIUS.start(), *MARKER_RADIUS.end());
            shapes.extend(style.marker.shapes(*at, radius + 0.5 * (width - PATH_WIDTH), style.color, edge));
        }
        shapes
    }
}

/// Where a line is cut off: its breadth is not to be seen to end.
fn clip(projection: Projection) -> Rect {
    projection.frame.expand(2.0 * PATH_WIDTH)
}

/// The dashes of a path in pieces; what comes after [`FOLLOWED_LENGTH`] is left whole.
fn dashed_at_first(pieces: &[Vec<Pos2>], pattern: &[f32]) -> Vec<Vec<Pos2>> {
    let mut left = FOLLOWED_LENGTH;
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::figure::Look;
    use crate::figure::path::visible_pieces;
    use crate::landscape::Region;
    use crate::optimizer::{METHODS, Settings};
    use crate::scenario::OptimizerChoice;
    use egui::{Theme, pos2};

    /// A hundred points for a hundred units.
    pub const PLOT: Projection = Projection {
        region: Region { x: [0.0, 100.0], y: [0.0, 100.0] },
        frame: Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0)),
    };

    /// How the first of the methods is drawn.
    pub fn style() -> PathStyle {
        let run = OptimizerChoice::new(Settings::defaults(&METHODS[0]));
        Look::default().path_styles(&[run], Theme::Dark)[0]
    }

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

    /// How many disks in the path's color are drawn of a path along the x axis.
    fn disks(xs: &[f64]) -> usize {
        let points: Vec<Point> = xs.iter().map(|x| Point::new(*x, 50.0)).collect();
        let is_disk = |shape: &&Shape| matches!(shape, Shape::Circle(c) if c.fill == style().color);
        Trails::default().follow(0, 0, &points, PLOT).shapes(style(), false).iter().filter(is_disk).count()
    }

    #[test]
    fn iterates_are_marked_only_where_their_markers_leave_the_dashes_to_be_seen() {
        assert_eq!(disks(&[5.0, 25.0, 45.0]), 2);
        assert_eq!(disks(&[5.0, 14.0, 23.0]), 0);
        assert_eq!(disks(&[5.0, 25.0, 1e300, 45.0]), 1);
        assert_eq!(disks(&[5.0, 25.0, 45.0, 25.1, 45.1, 25.0]), 2);
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

    #[test]
    fn a_path_that_grows_or_goes_back_is_the_one_that_is_followed_anew() {
        let points: Vec<Point> = (0..4000)
            .map(|k| f64::from(k) * 0.05)
            .map(|t| Point::new(50.0 + 0.4 * t * t.sin(), 50.0 + 0.7 * t * (0.9 * t).cos()))
            .collect();
        let anew = |projection, count: usize| {
            Trails::default().follow(0, 1, &points[..count], projection).shapes(style(), false)
        };
        let panned = Projection { region: Region { x: [10.0, 90.0], y: [0.0, 70.0] }, ..PLOT };
        let mut trails = Trails::default();
        let steps = [(PLOT, 1), (PLOT, 2), (PLOT, 700), (PLOT, 701), (PLOT, 701), (PLOT, 4000)];
        for (projection, count) in
            steps.into_iter().chain([(PLOT, 900), (panned, 900), (panned, 3000), (PLOT, 0)])
        {
            let kept = trails.follow(3, 1, &points[..count], projection).shapes(style(), false);
            assert!(kept == anew(projection, count), "{count} points");
        }
        trails.follow(3, 1, &points, PLOT);
        let other: Vec<Point> = points.iter().map(|at| Point::new(at.y, at.x)).collect();
        let shapes = trails.follow(3, 2, &other, PLOT).shapes(style(), false);
        assert!(shapes == Trails::default().follow(0, 2, &other, PLOT).shapes(style(), false));
    }
}
