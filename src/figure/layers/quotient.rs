//! The difference quotient of a cost of one variable: the line through two points of the curve beside the tangent, with Δx, Δf and how
//! far its slope is off.

use egui::{Align2, FontId, Rect, Shape, Stroke, vec2};

use super::scene::{Layer, Scene};
use crate::figure::look::number::short;
use crate::figure::look::parts::Part;
use crate::figure::plane::path::{line_shape, visible_pieces};
use crate::objective::Point;
use crate::record::quotient::Quotient;

/// The quotient at the pointer, or else where the chosen run stands, or the start.
#[derive(Default)]
pub(in crate::figure) struct QuotientLayer;

impl Layer for QuotientLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let Scene { painter, projection, inks, options, picture, .. } = *scene;
        let Some(problem) = picture.problem.filter(|_| scene.shows(Part::Heads)) else { return true };
        let run = options.spoken_of.filter(|run| scene.order.contains(run)).or(scene.order.first().copied());
        let head = run.and_then(|run| picture.paths.get(run)?.trajectory.point_at(options.step));
        let start = Point::from(picture.scenario.run.start);
        let x = options.pointed.or(head).unwrap_or(start).x;
        let look = options.look;
        let Some(quotient) = Quotient::of(&problem.cost, look.quotient, x, look.quotient_step) else {
            return true;
        };
        let Quotient { ends, slope, exact } = quotient;
        let clip = projection.frame.expand(6.0);
        let across = projection.region.x.map(|at| [at, ends[0][1] + slope * (at - ends[0][0])]);
        for piece in visible_pieces(across.map(|at| projection.to_screen(at)), clip) {
            painter.add(line_shape(&piece, Stroke::new(4.2, inks.edge)));
            painter.add(line_shape(&piece, Stroke::new(1.8, inks.constraint)));
        }
        let places = ends.map(|end| projection.to_pos(end));
        if let [Some(from), Some(to)] = places {
            let corner = egui::pos2(to.x, from.y);
            let stroke = Stroke::new(1.6, inks.constraint);
            painter.extend(Shape::dashed_line(&[from, corner, to], stroke, 5.0, 3.0));
            for at in [from, to] {
                painter.add(Shape::circle_filled(at, 4.8, inks.edge));
                painter.add(Shape::circle_filled(at, 3.4, inks.constraint));
            }
        }
        let f = picture.scenario.cost.letter();
        let words = format!(
            "\u{394}{f}/\u{394}x {}   {f}\u{2032} {}   off by {}",
            short(slope, 6),
            short(exact, 6),
            short((slope - exact).abs(), 3)
        );
        let galley = painter.layout_no_wrap(words, FontId::monospace(12.0), inks.constraint);
        let frame = projection.frame.shrink(8.0);
        let plate: Rect = Align2::RIGHT_TOP.anchor_size(frame.right_top() - vec2(4.0, -4.0), galley.size());
        painter.rect_filled(plate.expand(4.0), 3.0, inks.label_background);
        painter.galley(plate.min, galley, inks.constraint);
        true
    }
}
