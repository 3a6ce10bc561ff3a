//! A point of a constraint's curve: ∇J and λ∇g there, and what of ∇J goes along the curve. Where nothing does, a contour of J
//! touches it: otherwise J would fall one way along it and rise the other.
//!
//! Formula. λ = ∇J·∇g / ‖∇g‖², the multiplier that fits best; the tangential part is ∇J − λ∇g, and the angle that between ∇J and
//! the line of ∇g. Lecture rule: at a solution ∇J = λ∇g.

use egui::{Align2, FontId, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

use super::probe::on_screen;
use super::probe_shapes::arrow_shapes;
use super::scene::{Layer, Scene};
use super::touched::Touched;
use crate::elementary;
use crate::figure::look::inks::Inks;
use crate::figure::look::number::short;
use crate::figure::look::parts::Part;
use crate::figure::plane::camera::Projection;
use crate::objective::{Constraint, FirstOrder, Point, Problem, is_finite};

/// A point of a curve, and what there is to be seen of the gradients.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contact {
    /// The place of the constraint among those of the problem.
    pub constraint: usize,
    /// The point of the curve.
    pub at: Point,
    /// ∇J.
    pub gradient: Point,
    /// ∇g.
    pub slope: Point,
    /// λ.
    pub multiplier: f64,
}

/// The longer of the arrows, in points.
const LENGTH: f32 = 64.0;
/// Enough to come from a pointer to a curve beside it.
const MOST_STEPS: usize = 12;

impl Contact {
    /// The point of the nearest curve within `reach` points of a position on the screen.
    pub fn near(problem: &Problem, projection: Projection, pointer: Pos2, reach: f32) -> Option<Self> {
        let at = Point::from(projection.to_plane(pointer));
        let touch = |constraint: usize| {
            let contact = Self::of(problem, Touched::new(constraint, at))?;
            let place = projection.to_pos([contact.at.x, contact.at.y])?;
            Some((place.distance(pointer), contact))
        };
        let touched = (0..problem.constraints.len()).filter_map(touch);
        let nearest = touched.min_by(|a, b| a.0.total_cmp(&b.0));
        nearest.filter(|(distance, _)| *distance <= reach).map(|(_, contact)| contact)
    }

    /// The point of a curve that lies along the slope of its constraint from another point.
    pub fn of(problem: &Problem, near: Touched) -> Option<Self> {
        let (constraint, mut at) = (near.constraint, near.at());
        let Constraint { function, level, .. } = problem.constraints.get(constraint)?;
        let mut g = function.evaluator();
        for _ in 0..MOST_STEPS {
            let here = g.first_order(at);
            let by = (here.value - level) * here.gradient / here.gradient.norm_squared();
            if by == Point::zeros() {
                break;
            }
            at -= by;
        }
        let FirstOrder { value, gradient: slope } = g.first_order(at);
        let is_on_it = (value - level).abs() <= 1e-9 * level.abs().max(1.0);
        let gradient = problem.cost.exact().evaluator().first_order(at).gradient;
        let multiplier = gradient.dot(&slope) / slope.norm_squared();
        let contact = Self { constraint, at, gradient, slope, multiplier };
        let is_told = is_on_it && is_finite(at) && is_finite(gradient) && multiplier.is_finite();
        is_told.then_some(contact)
    }

    /// What is held there.
    pub fn touched(&self) -> Touched {
        Touched::new(self.constraint, self.at)
    }

    /// ∇J − λ∇g.
    pub fn tangential(&self) -> Point {
        self.gradient - self.multiplier * self.slope
    }

    /// Between ∇J and the line of ∇g, in degrees from 0 to 90.
    pub fn angle(&self) -> f64 {
        let along = (self.multiplier * self.slope).norm();
        elementary::atan2(self.tangential().norm(), along).to_degrees()
    }

    /// What is read there, each with four digits.
    pub fn lines(&self) -> [String; 4] {
        let pair = |vector: Point| format!("({}, {})", short(vector.x, 4), short(vector.y, 4));
        [
            format!("∇J {}", pair(self.gradient)),
            format!("λ∇g {}   λ {}", pair(self.multiplier * self.slope), short(self.multiplier, 4)),
            format!("along the curve {}", short(self.tangential().norm(), 4)),
            format!("angle {}°", short(self.angle(), 4)),
        ]
    }

    /// The arrows of ∇J, of λ∇g in the ink of constraints, and of the part along the curve, all to one scale.
    pub fn shapes(&self, projection: Projection, inks: Inks) -> Vec<Shape> {
        let Some(from) = projection.to_pos([self.at.x, self.at.y]) else { return Vec::new() };
        let of_constraint = Inks { mark: inks.constraint, ..inks };
        let vectors =
            [(self.gradient, inks), (self.multiplier * self.slope, of_constraint), (self.tangential(), inks)];
        let mut shapes = arrows_to_scale(from, LENGTH, &vectors, projection);
        for (radius, ink) in [(5.4, inks.edge), (3.8, inks.constraint)] {
            shapes.push(Shape::circle_filled(from, radius, ink));
        }
        shapes.push(Shape::circle_stroke(from, 5.4, Stroke::new(1.0, inks.mark)));
        shapes
    }
}

/// Arrows from one point, all to one scale, the longest so long in points. Of a much shorter one nothing would be seen but its
/// tip: it is left out.
pub(super) fn arrows_to_scale(
    from: Pos2,
    longest: f32,
    vectors: &[(Point, Inks)],
    projection: Projection,
) -> Vec<Shape> {
    let arrow = |vector: Point| {
        let [x, y] = on_screen(vector, projection);
        Vec2::new(x as f32, y as f32)
    };
    let most = vectors.iter().map(|(vector, _)| arrow(*vector).length()).fold(0.0, f32::max);
    if !(most.is_finite() && most > 0.0) {
        return Vec::new();
    }
    let scaled = vectors.iter().map(|(vector, inks)| (arrow(*vector) * (longest / most), *inks));
    scaled
        .filter(|(arrow, _)| arrow.length() > 10.0)
        .flat_map(|(arrow, inks)| arrow_shapes(from, arrow, inks))
        .collect()
}

/// The point that is held on a curve, with its arrows and what is read there.
#[derive(Default)]
pub(in crate::figure) struct ContactLayer;

impl Layer for ContactLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let Scene { painter, projection, inks, .. } = *scene;
        let contact = scene.options.touched.filter(|_| scene.shows(Part::Constraints));
        let contact =
            contact.zip(scene.picture.problem).and_then(|(held, problem)| Contact::of(problem, held));
        if let Some(contact) = contact
            && let Some(at) = projection.to_pos([contact.at.x, contact.at.y])
            && projection.frame.contains(at)
        {
            painter.extend(contact.shapes(projection, inks));
            text_beside(painter, &contact.lines().join("\n"), at, projection.frame.shrink(6.0), inks);
        }
        true
    }
}

/// A text on a plate below and to the right of a point, or on another side where that has no room.
fn text_beside(painter: &Painter, text: &str, at: Pos2, within: Rect, inks: Inks) {
    const AWAY: Vec2 = vec2(16.0, 14.0);
    let galley = painter.layout_no_wrap(text.to_owned(), FontId::monospace(12.5), inks.mark);
    let size = galley.size() + vec2(8.0, 8.0);
    let side = |at: f32, away: f32, size: f32, end: f32| if at + away + size > end { -1.0 } else { 1.0 };
    let [x, y] = [side(at.x, AWAY.x, size.x, within.right()), side(at.y, AWAY.y, size.y, within.bottom())];
    let anchor = Align2([x, y].map(|side| if side > 0.0 { egui::Align::Min } else { egui::Align::Max }));
    let rect = anchor.anchor_size(at + vec2(x * AWAY.x, y * AWAY.y), size);
    painter.rect_filled(rect, 3.0, inks.label_background);
    painter.galley(rect.min + vec2(4.0, 4.0), galley, inks.mark);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::Region;
    use crate::scenario::read;
    use egui::{Rect, pos2};

    #[test]
    fn at_a_solution_nothing_of_the_gradient_goes_along_the_curve() {
        let text = "[cost]\nformula = \"x + 2*y\"\n[[constraint]]\nformula = \"x^2 + y^2\"\nlevel = 5\n";
        let problem = read(text, "test").unwrap().problem().unwrap();
        let projection = Projection {
            region: Region { x: [-3.0, 3.0], y: [-3.0, 3.0] },
            frame: Rect { min: Pos2::ZERO, max: pos2(600.0, 600.0) },
        };
        let near = |x, y| {
            let pointer = projection.to_pos([x, y]).unwrap();
            Contact::near(&problem, projection, pointer, 12.0)
        };
        let contact = near(1.02, 2.04).unwrap();
        // A position on the screen has seven digits.
        assert!((contact.at - Point::new(1.0, 2.0)).norm() < 1e-6, "{contact:?}");
        assert!((contact.multiplier - 0.5).abs() < 1e-9 && contact.angle() < 1e-4, "{contact:?}");
        // Where the contour crosses the circle at right angles, all of the gradient goes along it.
        let across = near(2.0, -1.0).unwrap();
        assert!(across.multiplier.abs() < 1e-6 && (across.angle() - 90.0).abs() < 1e-4, "{across:?}");
        assert!((across.tangential() - Point::new(1.0, 2.0)).norm() < 1e-6);
        assert_eq!(near(0.0, 0.0), None, "the centre is far from the curve");
        assert_eq!(near(1.5, 2.5), None);
    }
}
