//! A fitted quadratic.

use egui::{Pos2, Shape, Stroke, vec2};

use super::{Placed, SketchLook, faded, length};
use crate::elementary;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::path::{dashes, line_shape};
use crate::objective::{Curvature, Form, Point, is_finite};

/// A quadratic with this gradient and these curvatures at a point: two isolines, its axes, and where it is stationary.
pub(super) fn quadratic(
    at: Point,
    gradient: Point,
    curvature: &Curvature,
    projection: Projection,
    look: SketchLook,
) -> Option<Placed> {
    let inks = look.inks;
    let [first, second] = curvature.eigenvectors;
    let [steep, flat] = curvature.eigenvalues;
    // −H⁻¹ g by its components along the eigenvectors.
    let way = -(gradient.dot(&first) / steep * first + gradient.dot(&second) / flat * second);
    let stationary = at + way;
    let center = projection.to_pos(stationary.into());
    let center = center.filter(|_| is_finite(stationary))?;
    let ink = faded(inks.mark, 0.8);
    let mut shapes = Vec::new();
    let mut line = |points: &[Pos2], pattern: &[f32]| {
        for dash in dashes(points, pattern) {
            shapes.push(line_shape(&dash, Stroke::new(3.8, inks.edge)));
            shapes.push(line_shape(&dash, Stroke::new(1.7, ink)));
        }
    };
    let place =
        |along: f64, across: f64| projection.to_pos((stationary + along * first + across * second).into());
    let (a, b) = (way.dot(&first), way.dot(&second));
    if matches!(curvature.form(), Form::Bowl | Form::Cap) {
        // The isoline through the point, and that of a quarter of its height: half as large.
        let height = steep.abs() * a * a + flat.abs() * b * b;
        let axes = [(height / steep.abs()).sqrt(), (height / flat.abs()).sqrt()];
        for share in [1.0, 0.5] {
            let corner = |k: u32| {
                let angle = f64::from(k) * std::f64::consts::TAU / 96.0;
                place(share * axes[0] * elementary::cos(angle), share * axes[1] * elementary::sin(angle))
            };
            let ellipse: Option<Vec<Pos2>> = (0..=96).map(corner).collect();
            if let Some(ellipse) = ellipse {
                line(&ellipse, &[6.0, 4.0]);
            }
        }
    } else {
        // A saddle has no closed isolines: its axes show which way it curves up, whole, and down, dashed.
        for (direction, curves) in [(Point::new(1.0, 0.0), steep), (Point::new(0.0, 1.0), flat)] {
            let reach = length(way);
            let ends = [-1.0, 1.0].map(|sign| place(sign * reach * direction.x, sign * reach * direction.y));
            if let [Some(from), Some(to)] = ends {
                line(&[from, to], if curves < 0.0 { &[6.0, 4.0] } else { &[] });
            }
        }
    }
    let arm = 6.0;
    for stroke in [Stroke::new(5.0, inks.edge), Stroke::new(2.2, inks.mark)] {
        for arm in [vec2(arm, 0.0), vec2(0.0, arm)] {
            shapes.push(Shape::line_segment([center - arm, center + arm], stroke));
        }
    }
    Some(Placed { shapes, line: Vec::new(), label: Some((center, vec2(6.0, -6.0))) })
}
