//! The paths of the runs on the screen: lines cut and thinned, and markers at iterates that stand apart.
//!
//! A path may have a million iterates. From one frame to the next it mostly grows by some, or stays: what was found of it
//! is kept, and only what is new is gone through.

use egui::{Color32, Pos2, Rect, Shape, Stroke, Vec2};

use super::triangles::Grain;
use crate::figure::look::palette::{PathStyle, line_strokes};
use crate::figure::plane::camera::Projection;
use crate::figure::plane::coverage::Coverage;
use crate::figure::plane::lift::{Lift, Link};
use crate::figure::plane::path::{dashes, line_shape, visible_pieces};
use crate::figure::plane::tracer::{Ink, Tracer};
use crate::optimizer::Polyline;

/// In points.
pub(in crate::figure) const PATH_WIDTH: f32 = 2.0;
/// Iterates are marked where a step is at least this long on the screen: nearer markers would hide the dashes.
const MARKED_STEP: f32 = 10.0;
/// An arrow has a tip where a step is at least this long on the screen, and the tip this length.
const TIPPED_STEP: f32 = 26.0;
const TIP: f32 = 9.0;
/// The radius of a marker after a step, in steps; longer steps have larger markers, within limits.
const MARKER_PER_STEP: f32 = 0.22;
const MARKER_RADIUS: std::ops::RangeInclusive<f32> = 2.6..=4.0;
/// A path marks no two iterates in the same square of this side: a run that swings about a point marks it once.
const MARKER_CELL: f32 = 2.0;
/// The markers of all paths.
const MOST_MARKERS: f32 = 7000.0;

/// The paths of the runs, in the order of their cards.
#[derive(Default)]
pub(in crate::figure) struct Trails {
    kept: Vec<Kept>,
}

/// What is kept of a path.
#[derive(Default)]
struct Kept {
    /// The last one that was followed to its end, perhaps where one looked before.
    whole: Option<Trail>,
    /// The one that is being followed.
    next: Option<Trail>,
}

/// Which path is followed.
#[derive(Clone, Copy)]
pub(in crate::figure) struct Course<'a> {
    /// Its place among the paths.
    pub index: usize,
    /// Another number whenever the points are those of another run; otherwise they are the first ones of the same path.
    pub version: u64,
    /// The iterates.
    pub points: Polyline<'a>,
    /// How many paths share what can be drawn.
    pub paths: usize,
    /// Where iterates stand.
    pub lift: &'a Lift,
    /// What leads from one to the next.
    pub link: Link,
}

impl Trails {
    /// The path through all points, or as much of it as was found after going through `left` iterates; what that leaves of
    /// them is for others. The path that is shown meanwhile may be that of another projection.
    pub fn follow(&mut self, course: Course<'_>, projection: Projection, left: &mut usize) -> &mut Trail {
        let Course { index, points, lift, .. } = course;
        if self.kept.len() <= index {
            self.kept.resize_with(index + 1, Kept::default);
        }
        let kept = &mut self.kept[index];
        kept.whole = kept.whole.take().filter(|trail| trail.can_go_on(&course));
        // A path of which fewer points are kept now is shown as it was until it is followed anew.
        let is_same_line = |trail: &Trail| trail.stride == points.stride();
        kept.next = kept.next.take().filter(|trail| trail.can_go_on(&course) && is_same_line(trail));
        if kept.next.is_none() {
            // What one looks at already goes on from where it is.
            let is_here = |trail: &mut Trail| trail.projection == projection && is_same_line(trail);
            kept.next = kept.whole.take_if(is_here).or_else(|| Some(Trail::new(&course, projection)));
        }
        if let Some(next) = &mut kept.next {
            next.go_on(&points, left, lift);
        }
        if kept.next.as_ref().is_some_and(|next| next.taken == points.len()) {
            kept.whole = kept.next.take();
        }
        let shown = if kept.whole.is_some() { &mut kept.whole } else { &mut kept.next };
        let shown = shown.get_or_insert_with(|| Trail::new(&course, projection));
        shown.end = points.end().filter(|_| shown.has_taken_all(&points)).map(|end| lift.place(end));
        shown
    }
}

/// A path as far as it has been followed.
pub(in crate::figure) struct Trail {
    version: u64,
    paths: usize,
    projection: Projection,
    /// How many steps lie between iterates, as [`Polyline::stride`].
    stride: usize,
    /// How many iterates were gone through.
    taken: usize,
    /// The step of the next one.
    reached: usize,
    /// Where the path ends beyond these.
    end: Option<[f64; 2]>,
    link: Link,
    line: Tracer,
    /// Iterates that stand apart, with the step that led there on the screen.
    apart: Vec<(Pos2, Vec2)>,
    /// Where iterates are marked.
    marked: Coverage,
    /// The last iterate, and its place on the axis.
    before: Option<Pos2>,
    foot: Option<f64>,
    /// As it was painted last.
    painted: Option<(Painted, Vec<Shape>)>,
}

/// What the triangles of a path depend on, besides the iterates that were gone through.
#[derive(Clone, Copy, PartialEq)]
struct Painted {
    taken: usize,
    end: Option<[f64; 2]>,
    style: PathStyle,
    bold: bool,
    projection: Projection,
    grain: Grain,
}

impl Trail {
    fn new(course: &Course<'_>, projection: Projection) -> Self {
        let clip = clip(projection);
        let ink = Ink::share(clip.area(), course.paths);
        let markers = MOST_MARKERS / course.paths.max(1) as f32;
        Self {
            version: course.version,
            paths: course.paths,
            projection,
            stride: course.points.stride(),
            taken: 0,
            reached: 0,
            end: None,
            link: course.link,
            line: Tracer::new(clip, Some(ink)),
            apart: Vec::new(),
            marked: Coverage::new(clip, MARKER_CELL, [0.0, markers]),
            before: None,
            foot: None,
            painted: None,
        }
    }

    fn can_go_on(&self, course: &Course<'_>) -> bool {
        let all = course.points.step(course.points.len());
        let is_drawn_alike = self.paths == course.paths && self.link == course.link;
        self.version == course.version && is_drawn_alike && self.reached <= all
    }

    /// Whether all points are followed where one looks now.
    pub fn is_whole(&self, points: &Polyline<'_>, projection: Projection) -> bool {
        self.has_taken_all(points) && self.projection == projection
    }

    fn has_taken_all(&self, points: &Polyline<'_>) -> bool {
        self.taken == points.len() && self.stride == points.stride()
    }

    fn go_on(&mut self, points: &Polyline<'_>, left: &mut usize, lift: &Lift) {
        let clip = clip(self.projection);
        let count = (points.len() - self.taken).min(*left);
        for (place, point) in (self.taken..).zip(points.from(self.taken).take(count)) {
            let is_a_step = points.is_a_step(place);
            let feet = match self.link {
                Link::Feet => [self.foot, Some(point.x)],
                Link::Foot if place > 0 => [None, Some(point.x)],
                Link::Foot | Link::Line | Link::Arrow => [None; 2],
            };
            for x in feet.into_iter().flatten() {
                self.line.push(self.projection.to_screen([x, 0.0]));
            }
            self.foot = Some(point.x);
            let at = self.projection.to_screen(lift.place(*point));
            self.line.push(at);
            let at = self.projection.placed(at);
            if is_a_step
                && let Some(at) = at.filter(|at| clip.contains(*at))
                && let Some(step) =
                    self.before.map(|before| at - before).filter(|step| step.length() >= MARKED_STEP)
                && !self.marked.has(at, at)
            {
                self.marked.add(at, at, 1.0);
                self.apart.push((at, step));
            }
            self.before = at;
        }
        self.taken += count;
        self.reached = points.step(self.taken);
        *left -= count;
    }

    /// Its line in pieces where one looks now.
    pub fn pieces(&self, projection: Projection) -> Vec<Vec<Pos2>> {
        let pieces = self.line.pieces(self.end.map(|end| self.projection.to_screen(end)));
        if self.projection == projection {
            return pieces;
        }
        let there = |at: &Pos2| projection.to_screen(self.projection.to_plane(*at));
        pieces.iter().flat_map(|piece| visible_pieces(piece.iter().map(there), clip(projection))).collect()
    }

    /// Its iterates that stand apart where one looks now, with the step that led there.
    fn apart(&self, projection: Projection) -> impl Iterator<Item = (Pos2, Vec2)> {
        self.apart.iter().filter_map(move |(at, step)| {
            if self.projection == projection {
                return Some((*at, *step));
            }
            let there = projection.to_pos(self.projection.to_plane(*at))?;
            clip(projection).contains(there).then_some((there, *step))
        })
    }

    /// Its shapes as triangles, made again only where something of them is another than the last time.
    pub(super) fn triangles(
        &mut self,
        style: PathStyle,
        bold: bool,
        projection: Projection,
        grain: Grain,
    ) -> &[Shape] {
        let key = Painted { taken: self.taken, end: self.end, style, bold, projection, grain };
        if self.painted.as_ref().is_none_or(|(painted, _)| *painted != key) {
            self.painted = Some((key, grain.triangles(self.shapes(style, bold, projection))));
        }
        self.painted.as_ref().map_or(&[], |(_, triangles)| triangles)
    }

    /// Its line, and a marker for each iterate that stands apart, where one looks now.
    pub fn shapes(&self, style: PathStyle, bold: bool, projection: Projection) -> Vec<Shape> {
        let clip = clip(projection);
        let width = if bold { 1.6 * PATH_WIDTH } else { PATH_WIDTH };
        let (through, pieces): (Vec<_>, Vec<_>) =
            self.pieces(projection).into_iter().partition(|piece| passes_through(piece, clip));
        let faint = Stroke::new(1.0, style.color.gamma_multiply(0.3));
        let mut shapes: Vec<Shape> = through.into_iter().map(|piece| line_shape(&piece, faint)).collect();
        // The edge leaves the gaps open, so that of two paths in one valley the lower one is seen in the gaps of the upper.
        let free = Ink::share(clip.area(), self.paths).free;
        let dashes = dashed_at_first(&pieces, style.dashes, free);
        for stroke in line_strokes(width, style) {
            shapes.extend(dashes.iter().map(|dash| line_shape(dash, stroke)));
        }
        let edge = Stroke::new(0.8, style.edge);
        for (at, step) in self.apart(projection) {
            let radius = MARKER_PER_STEP * step.length();
            let radius = radius.clamp(*MARKER_RADIUS.start(), *MARKER_RADIUS.end());
            if self.link == Link::Arrow && step.length() >= TIPPED_STEP {
                let tip = at - step.normalized() * (radius + 0.5 * width);
                shapes.push(tip_shape(tip, step.normalized(), style.color, edge));
            }
            shapes.extend(style.marker.shapes(at, radius + 0.5 * (width - PATH_WIDTH), style.color, edge));
        }
        shapes
    }
}

/// The tip of an arrow that ends here, in such a direction.
fn tip_shape(end: Pos2, way: Vec2, color: Color32, edge: Stroke) -> Shape {
    let (back, side) = (end - way * TIP, way.rot90() * (0.42 * TIP));
    Shape::convex_polygon(vec![end, back + side, back - side], color, edge)
}

/// Where a line is cut off: its breadth is not to be seen to end.
fn clip(projection: Projection) -> Rect {
    projection.frame.expand(2.0 * PATH_WIDTH)
}

/// The dashes of a path in pieces; what comes after so much ink is left whole.
fn dashed_at_first(pieces: &[Vec<Pos2>], pattern: &[f32], ink: f32) -> Vec<Vec<Pos2>> {
    let mut left = ink;
    let mut drawn = Vec::new();
    for piece in pieces {
        let covered = piece.windows(2).position(|ends| {
            left -= Ink::of(ends[0], ends[1]);
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
pub(in crate::figure) fn passes_through(piece: &[Pos2], clip: Rect) -> bool {
    let at_edge = |p: &Pos2| {
        let distances = [p.x - clip.left(), clip.right() - p.x, p.y - clip.top(), clip.bottom() - p.y];
        distances.iter().any(|distance| distance.abs() < 1e-3)
    };
    piece.len() == 2 && piece.iter().all(at_edge)
}

#[cfg(test)]
pub(in crate::figure) mod tests;
