//! The line around the plot.

use egui::{Stroke, StrokeKind};

use super::scene::{Layer, Scene};

/// The line around the plot: light shades would run into a light page.
#[derive(Default)]
pub(in crate::figure) struct FrameLayer;

impl Layer for FrameLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let stroke = Stroke::new(1.0, scene.inks.isoline);
        scene.painter.rect_stroke(scene.projection.frame, 0.0, stroke, StrokeKind::Inside);
        true
    }
}
