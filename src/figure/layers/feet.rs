//! The feet of the heads on the axis, of a cost of one variable: where each run stands in x.

use egui::{Shape, Stroke, vec2};

use super::scene::{Layer, Scene};
use crate::figure::look::parts::Part;
use crate::figure::plane::lift::axis;

/// Half the length of the tick at a foot, in points.
const TICK: f32 = 5.0;

/// The feet.
#[derive(Default)]
pub(in crate::figure) struct FeetLayer;

impl Layer for FeetLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        if !(scene.lift.is_on_curve() && scene.shows(Part::Heads)) {
            return true;
        }
        let level = axis(scene.projection.region);
        for &run in scene.order {
            let (Some(path), Some(style)) = (scene.picture.paths.get(run), scene.styles.get(run)) else {
                continue;
            };
            let Some(at) = path.trajectory.point_at(scene.options.step) else { continue };
            let ends = [scene.lift.place(at), [at.x, level]].map(|end| scene.projection.to_pos(end));
            let [Some(head), Some(foot)] = ends else { continue };
            let thin = Stroke::new(1.0, style.color.gamma_multiply(0.8));
            scene.painter.extend(Shape::dashed_line(&[head, foot], thin, 3.0, 3.0));
            let tick = [foot - vec2(0.0, TICK), foot + vec2(0.0, TICK)];
            scene.painter.line_segment(tick, Stroke::new(3.4, style.edge));
            scene.painter.line_segment(tick, Stroke::new(2.0, style.color));
        }
        true
    }
}
