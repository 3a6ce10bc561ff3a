//! Crosses where optima are known, or were found.

use egui::{Shape, Stroke, vec2};

use super::scene::{Layer, Scene};
use crate::figure::look::inks::Inks;
use crate::figure::look::parts::Part;
use crate::figure::plane::camera::Projection;
use crate::objective::Point;

/// The optima.
#[derive(Default)]
pub(in crate::figure) struct OptimaLayer;

impl Layer for OptimaLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        if scene.shows(Part::Optima) {
            for optimum in &scene.picture.optima {
                scene.painter.extend(optimum_shapes(scene.projection, *optimum, scene.inks));
            }
        }
        true
    }
}

/// A cross, with an edge that stands out on any shade.
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
