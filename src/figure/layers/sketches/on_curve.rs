//! The stages of a step on the curve of a cost of one variable: the tangent with its slope triangle, ways along the axis, a secant and a
//! bracket, the parabola that Newton's method fits, and the lengths that a line search tries.

use egui::{Pos2, Shape, Stroke, Vec2, vec2};

use super::{Placed, SketchLook, arrow_shapes, faded};
use crate::figure::plane::camera::Projection;
use crate::figure::plane::lift::{Lift, axis};
use crate::figure::plane::path::{line_shape, visible_pieces};
use crate::objective::Point;
use crate::optimizer::Drawn;

/// Half the height of the ends of an interval, in points.
const END: f32 = 8.0;
/// The pieces of a parabola.
const PIECES: usize = 96;

/// What is drawn of a stage, and how far the step goes that it is of.
pub(super) struct OnCurve<'a> {
    pub lift: &'a Lift,
    pub projection: Projection,
    pub look: SketchLook,
    /// Where the step begins and where it ends.
    pub step: Option<[Point; 2]>,
}

impl OnCurve<'_> {
    fn to_pos(&self, at: [f64; 2]) -> Option<Pos2> {
        self.projection.to_pos(at)
    }

    /// A place on the axis, or on the edge that is nearest to it.
    fn foot(&self, x: f64) -> Option<Pos2> {
        self.to_pos([x, axis(self.projection.region)])
    }

    /// A line through places of the plot, as far as it is seen, with an edge.
    fn line(&self, places: impl IntoIterator<Item = [f64; 2]>, width: f32, strength: f32) -> Vec<Shape> {
        let SketchLook { inks, .. } = self.look;
        let clip = self.projection.frame.expand(8.0);
        let on_screen = places.into_iter().map(|at| self.projection.to_screen(at));
        let strokes = [
            Stroke::new(width + 2.4, faded(inks.edge, strength)),
            Stroke::new(width, faded(inks.mark, strength)),
        ];
        let pieces = visible_pieces(on_screen, clip);
        pieces.iter().flat_map(|piece| strokes.map(|stroke| line_shape(piece, stroke))).collect()
    }

    /// A straight line through a place, across all that is seen.
    fn straight(&self, [x, value]: [f64; 2], slope: f64, width: f32, strength: f32) -> Vec<Shape> {
        let ends = self.projection.region.x.map(|end| [end, value + slope * (end - x)]);
        self.line(ends, width, strength)
    }

    pub(super) fn placed(&self, drawn: &Drawn, is_active: bool) -> Option<Placed> {
        let strength = if is_active { 1.0 } else { 0.5 };
        match *drawn {
            Drawn::Slope { at, slope, .. } => self.tangent(self.lift.place(at), slope.x, is_active),
            Drawn::Tangent { at, value, slope } => {
                let mut placed = self.tangent([at, value], slope, is_active)?;
                let root = self.foot(at - value / slope);
                placed.shapes.extend(root.map(|at| self.ring(at)).unwrap_or_default());
                Some(placed)
            }
            Drawn::Secant { from, to } => {
                let slope = (to[1] - from[1]) / (to[0] - from[0]);
                let mut shapes = self.straight(to, slope, 2.2, strength);
                shapes.extend([from, to].into_iter().flat_map(|at| self.dot(at)));
                let line: Vec<Pos2> = [from, to].into_iter().filter_map(|at| self.to_pos(at)).collect();
                let root = self.foot(to[0] - to[1] / slope);
                shapes.extend(root.map(|at| self.ring(at)).unwrap_or_default());
                let label = line.last().map(|at| (*at, vec2(8.0, -8.0)));
                Some(Placed { shapes, line, label })
            }
            Drawn::Bracket { before, after } => {
                let mut shapes = self.interval(before, 0.45);
                shapes.extend(self.interval(after, 1.0));
                let [from, to] = [self.foot(after[0])?, self.foot(after[1])?];
                Some(Placed { shapes, line: vec![from, to], label: Some((to, vec2(0.0, -10.0))) })
            }
            Drawn::Way { from, by } => {
                let (from, to) = (self.foot(from.x)?, self.foot(from.x + by.x)?);
                let width = if is_active { 3.4 } else { 2.0 };
                let SketchLook { run, edge, .. } = self.look;
                let shapes =
                    arrow_shapes(from, to - from, faded(run, strength), faded(edge, strength), width);
                Some(Placed { shapes, line: vec![from, to], label: Some((to, vec2(0.0, 8.0))) })
            }
            Drawn::Step { from, to } => {
                let (from, to) = (self.to_pos(self.lift.place(from))?, self.to_pos(self.lift.place(to))?);
                let SketchLook { run, edge, .. } = self.look;
                let mut shapes = arrow_shapes(from, to - from, run, edge, 4.2);
                shapes.extend(self.ring(to));
                Some(Placed { shapes, line: vec![from, to], label: Some((to, vec2(8.0, -8.0))) })
            }
            Drawn::Quadratic { at, gradient, hessian } if is_active => {
                let [x, value] = self.lift.place(at);
                let [slope, bend] = [gradient.x, hessian.m11];
                let [low, high] = self.projection.region.x;
                let place = |k: usize| low + (high - low) * k as f64 / PIECES as f64;
                let parabola = (0..=PIECES).map(place).map(|there| {
                    let d = there - x;
                    [there, value + slope * d + 0.5 * bend * d * d]
                });
                let mut shapes = self.line(parabola, 2.2, 1.0);
                shapes.extend(self.dot([x, value]));
                let vertex = (bend != 0.0).then(|| [x - slope / bend, value - 0.5 * slope * slope / bend]);
                let place = vertex.and_then(|vertex| self.to_pos(vertex));
                shapes.extend(place.map(|at| self.ring(at)).unwrap_or_default());
                let line = place.into_iter().collect();
                Some(Placed { shapes, line, label: place.map(|at| (at, vec2(8.0, 10.0))) })
            }
            Drawn::LineSearch(ref search) => {
                let tried = search.trials.iter().map(|trial| self.lift.place(search.point(trial.length)));
                let places: Vec<[f64; 2]> = tried.collect();
                let shapes = places.iter().flat_map(|at| self.dot(*at)).collect();
                let line: Vec<Pos2> = places.iter().filter_map(|at| self.to_pos(*at)).collect();
                let label = line.last().map(|at| (*at, vec2(8.0, -8.0)));
                Some(Placed { shapes, line, label })
            }
            Drawn::Disc { at, radius } => {
                let shapes = self.interval([at.x - radius, at.x + radius], strength);
                let to = self.foot(at.x + radius)?;
                Some(Placed {
                    shapes,
                    line: vec![self.foot(at.x - radius)?, to],
                    label: Some((to, vec2(0.0, -10.0))),
                })
            }
            // What belongs to a second coordinate, or has no place on a line.
            Drawn::Quadratic { .. } | Drawn::Squares { .. } | Drawn::Sides(_) | Drawn::Simplex { .. } => None,
        }
    }

    /// The line that touches the curve, with the triangle of its slope as wide as the step, or else as an eighth of what is seen.
    fn tangent(&self, at: [f64; 2], slope: f64, is_active: bool) -> Option<Placed> {
        let strength = if is_active { 1.0 } else { 0.5 };
        let from = self.to_pos(at)?;
        let mut shapes = self.straight(at, slope, 2.0, strength);
        let width = self.projection.region.width();
        let step = self.step.map(|[from, to]| to.x - from.x).filter(|by| by.is_finite() && *by != 0.0);
        let by = step.unwrap_or(width / 8.0).clamp(-width, width);
        let corners =
            [[at[0] + by, at[1]], [at[0] + by, at[1] + slope * by]].map(|corner| self.to_pos(corner));
        if let ([Some(corner), Some(end)], true) = (corners, is_active) {
            let SketchLook { inks, .. } = self.look;
            for legs in [[from, corner], [corner, end]] {
                shapes.extend(Shape::dashed_line(&legs, Stroke::new(1.6, inks.mark), 5.0, 3.0));
            }
        }
        shapes.extend(self.dot(at));
        let away: Vec2 = if slope > 0.0 { vec2(-10.0, -8.0) } else { vec2(10.0, -8.0) };
        Some(Placed { shapes, line: vec![from], label: Some((from, away)) })
    }

    fn dot(&self, at: [f64; 2]) -> Vec<Shape> {
        let SketchLook { inks, .. } = self.look;
        let dots =
            |at: Pos2| [Shape::circle_filled(at, 4.6, inks.edge), Shape::circle_filled(at, 3.2, inks.mark)];
        self.to_pos(at).map(dots).into_iter().flatten().collect()
    }

    fn ring(&self, at: Pos2) -> Vec<Shape> {
        let SketchLook { inks, .. } = self.look;
        vec![
            Shape::circle_stroke(at, 9.0, Stroke::new(4.5, inks.edge)),
            Shape::circle_stroke(at, 9.0, Stroke::new(2.0, inks.mark)),
        ]
    }

    /// An interval of the axis, with its ends.
    fn interval(&self, ends: [f64; 2], strength: f32) -> Vec<Shape> {
        let SketchLook { run, edge, .. } = self.look;
        let [Some(from), Some(to)] = ends.map(|end| self.foot(end)) else { return Vec::new() };
        let up = vec2(0.0, END);
        let lines = [[from, to], [from - up, from + up], [to - up, to + up]];
        let strokes = [Stroke::new(5.0, faded(edge, strength)), Stroke::new(2.6, faded(run, strength))];
        let both = strokes.into_iter().flat_map(|stroke| lines.map(|line| Shape::line_segment(line, stroke)));
        both.collect()
    }
}
