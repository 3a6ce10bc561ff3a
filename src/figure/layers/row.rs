//! A single row of data in the plane of the parameters: the isolines of its own loss, and at each head where it would go.

use egui::Stroke;

use super::probe::steepest_arrow;
use super::probe_shapes::arrow_shapes;
use super::scene::{Layer, Scene};
use crate::figure::look::inks::Inks;
use crate::figure::plane::path::{dashes, line_shape};
use crate::landscape::{Field, isolines};
use crate::objective::{Goal, Point};

/// The row that is pointed at.
#[derive(Default)]
pub(in crate::figure) struct RowLayer;

/// So many nodes a side.
const NODES: usize = 64;
/// The parts of all nodes that lie below each level.
const SHARES: [f64; 5] = [0.03, 0.12, 0.3, 0.55, 0.8];

impl Layer for RowLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let Scene { painter, projection, picture, options, inks, .. } = *scene;
        let Some(row) = options.row else { return true };
        let cost = &picture.scenario.cost;
        let model = picture.problem.and_then(|problem| cost.row_model(&problem.cost));
        let Some((mut model, data)) = model.zip(cost.data.as_ref()) else { return true };
        if row >= data.table().rows() {
            return true;
        }
        let numbers = data.table().row(row);
        let field = Field::sample(projection.region, NODES, NODES, |xs, ys, out| {
            for (line, y) in out.chunks_exact_mut(xs.len()).zip(ys) {
                for (value, x) in line.iter_mut().zip(xs) {
                    *value = model.of_row(Point::new(*x, *y), &numbers).value;
                }
            }
        });
        let mut values: Vec<f64> = field.values.iter().copied().filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        let at = |share: f64| values.get((share * values.len() as f64) as usize).copied();
        let levels: Vec<f64> = SHARES.into_iter().filter_map(at).collect();
        let ink = inks.row;
        for line in isolines(&field, &levels) {
            let points: Vec<_> =
                line.points.iter().filter_map(|at| projection.to_pos([at.x, at.y])).collect();
            for (width, color) in [(3.4, inks.edge), (1.6, ink)] {
                let pieces = dashes(&points, &[6.0, 4.0]).into_iter();
                painter.extend(pieces.map(|piece| line_shape(&piece, Stroke::new(width, color))));
            }
        }
        let of_row = Inks { mark: ink, ..inks };
        for path in picture.paths.iter().filter(|path| scene.order.contains(&path.index)) {
            let Some(head) = path.trajectory.point_at(options.step) else { continue };
            let slope = model.of_row(head, &numbers).gradient;
            let arrow = steepest_arrow(slope, Goal::Minimize, projection);
            if let Some((from, arrow)) = projection.to_pos([head.x, head.y]).zip(arrow) {
                painter.extend(arrow_shapes(from, arrow, of_row));
            }
        }
        true
    }
}
