//! The ring around the start of the runs.

use egui::{Shape, Stroke};

use super::scene::{Layer, Scene};
use crate::figure::look::inks::Inks;
use crate::figure::look::parts::Part;
use crate::figure::plane::camera::Projection;

/// The start.
#[derive(Default)]
pub(in crate::figure) struct StartLayer;

impl Layer for StartLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        if scene.shows(Part::Start) {
            let start = scene.lift.start(scene.picture.scenario.run.start, scene.projection.region);
            scene.painter.extend(start_shapes(scene.projection, start, scene.inks));
        }
        true
    }
}

/// A ring, with an edge that stands out on any shade.
pub(in crate::figure) fn start_shapes(projection: Projection, start: [f64; 2], inks: Inks) -> Vec<Shape> {
    let Some(at) = projection.to_pos(start) else { return Vec::new() };
    vec![
        Shape::circle_stroke(at, 7.0, Stroke::new(4.0, inks.edge)),
        Shape::circle_stroke(at, 7.0, Stroke::new(2.0, inks.mark)),
    ]
}
