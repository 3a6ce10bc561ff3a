//! A point of a constraint's curve: ∇J and λ∇g there, and what of ∇J goes along the curve. Where nothing does, a contour of J
//! touches it: otherwise J would fall one way along it and rise the other.
//!
//! Formula. λ = ∇J·∇g / ‖∇g‖², the multiplier that fits best; the tangential part is ∇J − λ∇g, and the angle that between ∇J and
//! the line of ∇g. Lecture rule: at a solution ∇J = λ∇g.

use egui::{Pos2, Shape, Stroke, Vec2};

use super::probe::on_screen;
use super::probe_shapes::arrow_shapes;
use crate::elementary;
use crate::figure::look::inks::Inks;
use crate::figure::look::number::short;
use crate::figure::plane::camera::Projection;
use crate::objective::{Constraint, Point, Problem, is_finite};

/// Where the pointer touches a curve.
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
        let [x, y] = projection.to_plane(pointer);
        let mut f = problem.cost.exact().evaluator();
        let touch = |(constraint, one): (usize, &Constraint)| {
            let mut g = one.function.evaluator();
            let mut at = Point::new(x, y);
            for _ in 0..MOST_STEPS {
                let here = g.first_order(at);
                at -= (here.value - one.level) * here.gradient / here.gradient.norm_squared();
            }
            let here = g.first_order(at);
            let is_on_it = (here.value - one.level).abs() <= 1e-9 * one.level.abs().max(1.0);
            let place = projection.to_pos([at.x, at.y]).filter(|_| is_finite(at) && is_on_it)?;
            let gradient = f.first_order(at).gradient;
            let multiplier = gradient.dot(&here.gradient) / here.gradient.norm_squared();
            let contact = Self { constraint, at, gradient, slope: here.gradient, multiplier };
            Some((place.distance(pointer), contact)).filter(|_| is_finite(gradient) && multiplier.is_finite())
        };
        let touched = problem.constraints.iter().enumerate().filter_map(touch);
        let nearest = touched.min_by(|a, b| a.0.total_cmp(&b.0));
        nearest.filter(|(distance, _)| *distance <= reach).map(|(_, contact)| contact)
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
        let vectors = [self.gradient, self.multiplier * self.slope, self.tangential()];
        let arrows = vectors.map(|vector| {
            let [x, y] = on_screen(vector, projection);
            Vec2::new(x as f32, y as f32)
        });
        let longest = arrows.iter().map(|arrow| arrow.length()).fold(0.0, f32::max);
        if !(longest.is_finite() && longest > 0.0) {
            return Vec::new();
        }
        let [gradient, multiple, along] = arrows.map(|arrow| arrow * (LENGTH / longest));
        let of_constraint = Inks { mark: inks.constraint, ..inks };
        let mut shapes = Vec::new();
        for (arrow, inks) in [(gradient, inks), (multiple, of_constraint), (along, inks)] {
            // Of a shorter one nothing would be seen but its tip.
            if arrow.length() > 10.0 {
                shapes.extend(arrow_shapes(from, arrow, inks));
            }
        }
        for (radius, ink) in [(5.4, inks.edge), (3.8, inks.constraint)] {
            shapes.push(Shape::circle_filled(from, radius, ink));
        }
        shapes.push(Shape::circle_stroke(from, 5.4, Stroke::new(1.0, inks.mark)));
        shapes
    }
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
