//! The gradients where each run stands: ∇J, and λ∇g with the run's own multipliers. At a solution they are one.

use egui::{Align2, FontId, Pos2};

use super::contact::arrows_to_scale;
use super::scene::{Layer, Scene};
use crate::elementary;
use crate::figure::look::inks::Inks;
use crate::figure::look::number::short;
use crate::figure::look::parts::Part;
use crate::objective::{Point, Problem, is_finite};
use crate::session::Path;

/// The longer of two arrows, in points.
const LENGTH: f32 = 46.0;

/// Arrows at the heads of the visible runs.
#[derive(Default)]
pub(in crate::figure) struct HeadGradientLayer;

/// What is seen at a head.
struct Gradients {
    at: Point,
    /// ∇J.
    cost: Point,
    /// Σ λ∇g.
    constraints: Option<Point>,
}

impl Gradients {
    fn of(problem: &Problem, path: &Path<'_>, step: u32) -> Option<Self> {
        let entry = path.trajectory.entry_at(step)?;
        let at = path.trajectory.point_at(step)?;
        let cost = path.trajectory.entry(entry)?.gradient;
        let constraints = path.trajectory.multipliers(entry).map(|multipliers| {
            let each = problem.constraints.iter().zip(multipliers.iter());
            each.map(|(one, multiplier)| *multiplier * one.function.evaluator().first_order(at).gradient)
                .sum()
        });
        Some(Self { at, cost, constraints })
    }

    /// Between both, in degrees.
    fn angle(&self) -> Option<f64> {
        let constraints = self.constraints.filter(|sum| *sum != Point::zeros() && is_finite(*sum))?;
        let angle = elementary::atan2(self.cost.perp(&constraints).abs(), self.cost.dot(&constraints));
        Some(angle.to_degrees()).filter(|angle| angle.is_finite())
    }
}

impl Layer for HeadGradientLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let Scene { painter, projection, inks, picture, options, .. } = *scene;
        let Some(problem) = picture.problem else { return true };
        if !(options.look.head_gradients && scene.shows(Part::Heads)) {
            return true;
        }
        let paths = scene.order.iter().filter_map(|run| picture.paths.get(*run));
        for gradients in paths.filter_map(|path| Gradients::of(problem, path, options.step)) {
            let Some(from) = projection.to_pos(gradients.at.into()) else { continue };
            let of_constraint = Inks { mark: inks.constraint, ..inks };
            let mut vectors = vec![(gradients.cost, inks)];
            vectors.extend(gradients.constraints.map(|sum| (sum, of_constraint)));
            painter.extend(arrows_to_scale(from, LENGTH, &vectors, projection));
            if let Some(angle) = gradients.angle().filter(|_| scene.order.len() <= MOST_ANGLES) {
                self.angle(scene, from, angle);
            }
        }
        true
    }
}

/// Of more runs the angles are left out: they would hide the plot.
const MOST_ANGLES: usize = 7;

impl HeadGradientLayer {
    fn angle(&self, scene: &Scene<'_>, from: Pos2, angle: f64) {
        let Scene { painter, inks, .. } = *scene;
        let galley =
            painter.layout_no_wrap(format!("{}°", short(angle, 3)), FontId::proportional(11.5), inks.mark);
        let rect = Align2::CENTER_TOP.anchor_size(from + egui::vec2(0.0, 9.0), galley.size());
        painter.rect_filled(rect.expand2(egui::vec2(3.0, 0.0)), 3.0, inks.label_background);
        painter.galley(rect.min, galley, inks.mark);
    }
}
