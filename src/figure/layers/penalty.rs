//! The penalty by itself: its isolines, a diamond or a disc, through the head of a run; and the way of the optimum from where the
//! penalty is all to where it is nothing.

use egui::{Pos2, Stroke};

use super::scene::{Layer, Scene};
use crate::figure::plane::path::{dashes, line_shape};
use crate::landscape::{Field, isolines, solution_path};
use crate::objective::{Objective, Point};
use crate::scenario::Cost;

/// The penalty, and the way that was found last with what it depends on.
#[derive(Default)]
pub(in crate::figure) struct PenaltyLayer {
    way: Option<(Cost, Vec<Point>)>,
}

/// So many nodes a side.
const NODES: usize = 96;
/// More work than this for one value of the cost, and the way is not looked for: it would hold the hand up.
const MOST_WORK: u64 = 4_000;

impl Layer for PenaltyLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let Scene { painter, projection, picture, options, inks, .. } = *scene;
        let cost = &picture.scenario.cost;
        let penalty = cost.penalty.filter(|penalty| options.look.penalty && !penalty.is_nothing());
        let (Some(penalty), Some(problem)) = (penalty, picture.problem) else { return true };
        let line = |points: &[Pos2], pattern: &[f32]| {
            for (width, color) in [(3.6, inks.edge), (1.5, inks.mark)] {
                let pieces = dashes(points, pattern).into_iter();
                painter.extend(pieces.map(|piece| line_shape(&piece, Stroke::new(width, color))));
            }
        };
        let place = |at: &Point| projection.to_pos([at.x, at.y]);
        let chosen =
            options.spoken_of.filter(|run| scene.order.contains(run)).or(scene.order.first().copied());
        let path = picture.paths.iter().find(|path| Some(path.index) == chosen);
        if let Some(head) = path.and_then(|path| path.trajectory.point_at(options.step)) {
            let field = Field::sample(projection.region, NODES, NODES, |xs, ys, out| {
                for (row, y) in out.chunks_exact_mut(xs.len()).zip(ys) {
                    for (value, x) in row.iter_mut().zip(xs) {
                        *value = penalty.value(Point::new(*x, *y));
                    }
                }
            });
            for isoline in isolines(&field, &[penalty.value(head)]) {
                line(&isoline.points.iter().filter_map(place).collect::<Vec<_>>(), &[1.5, 3.5]);
            }
        }
        if problem.constraints.is_empty() {
            let way: Vec<Pos2> = self.way(cost, &problem.cost).iter().filter_map(place).collect();
            line(&way, &[]);
        }
        true
    }
}

impl PenaltyLayer {
    fn way(&mut self, cost: &Cost, objective: &Objective) -> &[Point] {
        if self.way.as_ref().is_none_or(|(held, _)| held != cost) {
            let is_light = objective.work() <= MOST_WORK;
            let way = if is_light { solution_path(objective) } else { Vec::new() };
            self.way = Some((cost.clone(), way));
        }
        self.way.as_ref().map_or(&[], |(_, way)| way)
    }
}
