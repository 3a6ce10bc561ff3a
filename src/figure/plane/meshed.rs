//! Lines that stay as they are from frame to frame, cut into triangles once. A figure keeps its lines, so that files have them.

use egui::epaint::{Mesh, Tessellator};
use egui::{Painter, Shape};

/// Lines as triangles, as the painter's screen would have them. Texts and circles are cut by what the fonts hold, which is not
/// known here.
pub fn meshed(painter: &Painter, lines: impl IntoIterator<Item = Shape>) -> Shape {
    let options = painter.ctx().tessellation_options(|options| *options);
    let mut tessellator = Tessellator::new(painter.pixels_per_point(), options, [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    for line in lines {
        tessellator.tessellate_shape(line, &mut mesh);
    }
    Shape::mesh(mesh)
}
