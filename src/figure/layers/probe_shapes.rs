//! What is drawn at the pointer: the arrow of the steepest way, the axes of curvature, a ring around an iterate.

use egui::{Color32, Pos2, Shape, Stroke, Vec2};

use crate::figure::look::palette::Inks;
use crate::figure::plane::path::{dashes, line_shape};

/// Of the arrow at its beginning, in points: the pointer itself is there.
const FREE: f32 = 5.0;
const DASH: [f32; 2] = [4.0, 3.0];

/// An arrow from the pointer.
pub fn arrow_shapes(from: Pos2, arrow: Vec2, inks: Inks) -> Vec<Shape> {
    let direction = arrow.normalized();
    let across = direction.rot90();
    let (tail, tip) = (from + FREE * direction, from + arrow);
    let head = |length: f32, half: f32, tip: Pos2| {
        let base = tip - length * direction;
        vec![tip, base + half * across, base - half * across]
    };
    let neck = tip - 8.0 * direction;
    vec![
        Shape::line_segment([tail - direction, neck], Stroke::new(5.0, inks.edge)),
        Shape::convex_polygon(head(13.5, 7.0, tip + 2.5 * direction), inks.edge, Stroke::NONE),
        Shape::line_segment([tail, neck], Stroke::new(2.4, inks.mark)),
        Shape::convex_polygon(head(10.0, 4.6, tip), inks.mark, Stroke::NONE),
    ]
}

/// A cross of two axes, and their ellipse where both curve the same way. `signs` are those of the curvatures: an axis
/// is whole where the cost curves up, dashed where it curves down, and faint where it does not curve.
pub fn curvature_shapes(at: Pos2, axes: [Vec2; 2], signs: [i8; 2], inks: Inks) -> Vec<Shape> {
    let mut lines: Vec<(Vec<Pos2>, i8)> =
        (0..2).map(|i| (vec![at - axes[i], at + axes[i]], signs[i])).collect();
    if signs[0] == signs[1] && signs[0] != 0 {
        let corner = |k: u32| {
            let angle = k as f32 * std::f32::consts::TAU / 48.0;
            at + angle.cos() * axes[0] + angle.sin() * axes[1]
        };
        lines.push(((0..=48).map(corner).collect(), signs[0]));
    }
    let pattern = |sign: i8| if sign < 0 { &DASH[..] } else { &[] };
    let ink = |sign: i8| if sign == 0 { inks.mark.gamma_multiply(0.4) } else { inks.mark };
    let pieces: Vec<(Vec<Pos2>, Color32)> = lines
        .iter()
        .flat_map(|(line, sign)| dashes(line, pattern(*sign)).into_iter().map(|dash| (dash, ink(*sign))))
        .collect();
    let edges = pieces.iter().map(|(dash, _)| line_shape(dash, Stroke::new(3.6, inks.edge)));
    let mut shapes: Vec<Shape> = edges.collect();
    shapes.extend(pieces.iter().map(|(dash, ink)| line_shape(dash, Stroke::new(1.6, *ink))));
    shapes
}

/// A ring around an iterate of a path in this color.
pub fn ring_shapes(at: Pos2, color: Color32, inks: Inks) -> Vec<Shape> {
    vec![
        Shape::circle_stroke(at, 8.0, Stroke::new(5.0, inks.edge)),
        Shape::circle_stroke(at, 8.0, Stroke::new(2.2, inks.mark)),
        Shape::circle_filled(at, 4.2, color),
    ]
}
