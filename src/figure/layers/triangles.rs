//! Shapes as the triangles that they are painted with, made once. egui makes those of every shape anew in each frame, which for the
//! lines of twenty paths is most of the frame.

use std::sync::Arc;

use egui::epaint::{Mesh, TessellationOptions, Tessellator};
use egui::{Painter, Shape};

/// What the triangles of shapes depend on besides the shapes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::figure) struct Grain {
    pixels_per_point: f32,
    options: TessellationOptions,
}

impl Grain {
    /// That of a painter.
    pub fn of(painter: &Painter) -> Self {
        let options = painter.ctx().tessellation_options(|options| *options);
        Self { pixels_per_point: painter.pixels_per_point(), options }
    }

    /// The same shapes in the same order, as triangles. Circles and texts stay what they are: they are painted from a texture that
    /// egui arranges anew now and then.
    pub fn triangles(self, shapes: Vec<Shape>) -> Vec<Shape> {
        let mut tessellator = Tessellator::new(self.pixels_per_point, self.options, [1, 1], Vec::new());
        let (mut made, mut mesh) = (Vec::new(), Mesh::default());
        let end = |mesh: &mut Mesh| {
            let whole = std::mem::take(mesh);
            (!whole.is_empty()).then(|| Shape::Mesh(Arc::new(whole)))
        };
        for shape in shapes {
            if let Shape::Path(_) | Shape::LineSegment { .. } = shape {
                tessellator.tessellate_shape(shape, &mut mesh);
            } else {
                made.extend(end(&mut mesh));
                made.push(shape);
            }
        }
        made.extend(end(&mut mesh));
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Color32, Context, RawInput, Stroke, pos2};

    #[test]
    fn triangles_made_before_are_those_that_egui_makes() {
        let stroke = Stroke::new(2.0, Color32::RED);
        let zigzag: Vec<_> =
            (0..40_u8).map(|k| pos2(10.0 + 7.0 * f32::from(k), 50.0 + 30.0 * f32::from(k % 3))).collect();
        let square = [pos2(10.0, 10.0), pos2(30.0, 10.0), pos2(30.0, 30.0), pos2(10.0, 30.0)];
        let shapes = || {
            vec![
                Shape::line(zigzag.clone(), stroke),
                Shape::circle_filled(pos2(80.0, 80.0), 4.0, Color32::BLUE),
                Shape::convex_polygon(square.to_vec(), Color32::GREEN, stroke),
                Shape::line_segment([pos2(5.0, 5.0), pos2(90.0, 60.0)], stroke),
            ]
        };
        let painted = |made_before: bool| {
            let context = Context::default();
            let mut output = context.run_ui(RawInput::default(), |ui| {
                let grain = Grain::of(ui.painter());
                let shapes = if made_before { grain.triangles(shapes()) } else { shapes() };
                assert_eq!(shapes.len(), if made_before { 3 } else { 4 });
                ui.painter().extend(shapes);
            });
            output.textures_delta.clear();
            let primitives = context.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
            let mesh = |primitive: egui::ClippedPrimitive| match primitive.primitive {
                egui::epaint::Primitive::Mesh(mesh) => (mesh.vertices, mesh.indices),
                egui::epaint::Primitive::Callback(_) => (Vec::new(), Vec::new()),
            };
            primitives.into_iter().map(mesh).collect::<Vec<_>>()
        };
        let (anew, before) = (painted(false), painted(true));
        assert!(anew.iter().map(|(vertices, _)| vertices.len()).sum::<usize>() > 200);
        assert!(anew == before);
    }
}
