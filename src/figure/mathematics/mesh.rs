//! Outlines as triangles, for pictures that are enlarged after they are drawn.
//!
//! An outline is cut into bands between the heights of its corners; within a band its edges do not begin or end, so that
//! what lies between two of them is a trapezoid.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Pos2};
use resvg::tiny_skia::{Path, PathSegment, Point};

/// The most straight pieces that a curve is drawn with: the bowl of an o stays round at eight times its size.
const PIECES: f32 = 8.0;
/// A curve as long as this, in em, takes all of them.
const LONG: f32 = 0.4;

/// An edge from its upper to its lower end, and whether the outline runs down along it (1) or up (−1).
#[derive(Clone, Copy)]
struct Edge {
    top: Point,
    bottom: Point,
    winding: i32,
}

impl Edge {
    fn x_at(&self, y: f32) -> f32 {
        let part = (y - self.top.y) / (self.bottom.y - self.top.y);
        self.top.x + part * (self.bottom.x - self.top.x)
    }
}

/// Adds the inside of an outline, by the nonzero rule. `place` says where a point of the outline lies.
pub(super) fn fill(mesh: &mut Mesh, outline: &Path, color: Color32, place: impl Fn(f32, f32) -> Pos2) {
    let edges = edges(outline);
    let mut heights: Vec<f32> = edges.iter().flat_map(|edge| [edge.top.y, edge.bottom.y]).collect();
    heights.sort_by(f32::total_cmp);
    heights.dedup();
    for (upper, lower) in heights.iter().zip(heights.iter().skip(1)) {
        let middle = 0.5 * (upper + lower);
        let mut crossed: Vec<&Edge> =
            edges.iter().filter(|edge| edge.top.y < middle && middle < edge.bottom.y).collect();
        crossed.sort_by(|a, b| a.x_at(middle).total_cmp(&b.x_at(middle)));
        let mut winding = 0;
        for pair in crossed.windows(2) {
            let [left, right] = pair else { continue };
            winding += left.winding;
            if winding != 0 {
                let corners = [
                    place(left.x_at(*upper), *upper),
                    place(right.x_at(*upper), *upper),
                    place(right.x_at(*lower), *lower),
                    place(left.x_at(*lower), *lower),
                ];
                add_quad(mesh, corners, color);
            }
        }
    }
}

fn add_quad(mesh: &mut Mesh, corners: [Pos2; 4], color: Color32) {
    let Ok(first) = u32::try_from(mesh.vertices.len()) else { return };
    mesh.vertices.extend(corners.map(|pos| Vertex { pos, uv: WHITE_UV, color }));
    // A trapezoid may be a triangle at its top or its bottom.
    if corners[0] != corners[1] {
        mesh.add_triangle(first, first + 1, first + 2);
    }
    if corners[2] != corners[3] {
        mesh.add_triangle(first, first + 2, first + 3);
    }
}

fn edges(outline: &Path) -> Vec<Edge> {
    let mut edges = Vec::new();
    let mut add = |from: Point, to: Point| {
        if from.y < to.y {
            edges.push(Edge { top: from, bottom: to, winding: 1 });
        } else if to.y < from.y {
            edges.push(Edge { top: to, bottom: from, winding: -1 });
        }
    };
    let (mut start, mut at) = (Point::zero(), Point::zero());
    for segment in outline.segments() {
        let end = match segment {
            PathSegment::MoveTo(to) => {
                add(at, start);
                start = to;
                to
            }
            PathSegment::LineTo(to) => {
                add(at, to);
                to
            }
            PathSegment::QuadTo(control, to) => {
                curve(&mut add, |t| mix(mix(at, control, t), mix(control, to, t), t), at, to);
                to
            }
            PathSegment::CubicTo(first, second, to) => {
                let bend = |t| {
                    let (a, b, c) = (mix(at, first, t), mix(first, second, t), mix(second, to, t));
                    mix(mix(a, b, t), mix(b, c, t), t)
                };
                curve(&mut add, bend, at, to);
                to
            }
            PathSegment::Close => {
                add(at, start);
                start
            }
        };
        at = end;
    }
    add(at, start);
    edges
}

fn curve(add: &mut impl FnMut(Point, Point), bend: impl Fn(f32) -> Point, from: Point, to: Point) {
    let mut at = from;
    // What a piece is off by grows with its length squared.
    let pieces = (PIECES * (from.distance(to) / LONG).sqrt()).ceil().clamp(2.0, PIECES) as usize;
    for piece in 1..pieces {
        let next = bend(piece as f32 / pieces as f32);
        add(at, next);
        at = next;
    }
    add(at, to);
}

fn mix(a: Point, b: Point, t: f32) -> Point {
    Point::from_xy(a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;
    use crate::figure::mathematics::typeset::typeset;

    fn area(mesh: &Mesh) -> f32 {
        let corner = |index: u32| mesh.vertices[index as usize].pos;
        let triangles = mesh.indices.chunks_exact(3).map(|t| [corner(t[0]), corner(t[1]), corner(t[2])]);
        triangles.map(|[a, b, c]| 0.5 * ((b - a).x * (c - a).y - (b - a).y * (c - a).x).abs()).sum()
    }

    /// ∮ x dy over the flattened outline: holes run the other way round and are taken off.
    fn enclosed(outline: &Path) -> f32 {
        let along = |edge: &Edge| {
            edge.winding as f32 * 0.5 * (edge.top.x + edge.bottom.x) * (edge.bottom.y - edge.top.y)
        };
        edges(outline).iter().map(along).sum::<f32>().abs()
    }

    #[test]
    fn the_triangles_cover_a_letter_and_leave_its_holes_free() {
        for latex in ["o", "B", "8", r"\theta", r"\sqrt{x}", r"\int", "+"] {
            for outline in typeset(latex).unwrap().outlines {
                let mut mesh = Mesh::default();
                fill(&mut mesh, &outline, Color32::WHITE, |x, y| pos2(100.0 * x, 100.0 * y));
                let (covered, enclosed) = (area(&mesh), 1e4 * enclosed(&outline));
                assert!((covered / enclosed - 1.0).abs() < 0.01, "{latex}: {covered} of {enclosed}");
                let bounds = outline.bounds();
                assert!(covered < 0.9 * 1e4 * bounds.width() * bounds.height() || latex == r"\sqrt{x}");
                assert!(mesh.is_valid());
            }
        }
    }
}
