//! What can be read off the plot at a position: the cost and its derivatives, and the iterate that is nearest.

use egui::{Pos2, Vec2, vec2};

use crate::elementary;
use crate::figure::look::number::{coordinate, short};
use crate::figure::plane::camera::Projection;
use crate::figure::plane::lift::Lift;
use crate::landscape::Region;
use crate::objective::{Curvature, DifferenceError, Goal, Objective, Point};
use crate::optimizer::Polyline;

/// The cost around a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probe {
    /// The point.
    pub at: Point,
    /// J.
    pub value: f64,
    /// ∇J, found as the scenario finds it.
    pub gradient: Point,
    /// The curvatures, from exact derivatives, if they were asked for and exist.
    pub curvature: Option<Curvature>,
    /// How far the gradient is off, if it is found by differences.
    pub difference: Option<DifferenceError>,
}

impl Probe {
    /// Looks at a point; at the curvatures too if `looks_at_curvature`.
    pub fn new(objective: &Objective, at: Point, looks_at_curvature: bool) -> Self {
        let here = objective.evaluator().first_order(at);
        let curvature = || Curvature::of(&objective.exact().evaluator().hessian(at));
        Self {
            at,
            value: here.value,
            gradient: here.gradient,
            curvature: if looks_at_curvature { curvature() } else { None },
            difference: objective.difference_error(at),
        }
    }

    /// ‖∇J‖.
    pub fn gradient_norm(&self) -> f64 {
        elementary::hypot(self.gradient.x, self.gradient.y)
    }

    /// The read-out, one line for each thing that is known, with the variables called by their `names`.
    pub fn lines(&self, names: &[String; 2], seen: &Region) -> Vec<String> {
        let mut lines = vec![format!(
            "{} {}   {} {}   J {}   ∇J ({}, {})   ‖∇J‖ {}",
            names[0],
            coordinate(self.at.x, seen.width()),
            names[1],
            coordinate(self.at.y, seen.height()),
            short(self.value, 5),
            short(self.gradient.x, 4),
            short(self.gradient.y, 4),
            short(self.gradient_norm(), 4),
        )];
        if let Some(curvature) = self.curvature {
            let [first, second] = curvature.eigenvalues.map(|lambda| short(lambda, 4));
            let condition = short(curvature.condition(), 3);
            let form = curvature.form().word();
            lines.push(format!("{form}: Hessian λ₁ {first}   λ₂ {second}   condition {condition}"));
        }
        if let Some(DifferenceError { step, error }) = self.difference {
            let off = short(elementary::hypot(error.x, error.y), 3);
            lines.push(format!("∇J by central differences, h {step}: off by {off}"));
        }
        lines
    }
}

/// The arrow of the steepest way, on the screen: −∇J where J is minimized and ∇J where it is maximized.
///
/// The direction is that of the vector in the plane as the projection shows it, so it stands at right angles to the
/// isolines only if the axes are equal. The length grows with log ‖∇J‖ from 18 points at 10⁻³ to 70 at 10³, and no
/// further either way, so that the arrow can always be seen. `None` without a direction.
pub fn steepest_arrow(gradient: Point, goal: Goal, projection: Projection) -> Option<Vec2> {
    let largest = gradient.amax();
    if !(largest.is_finite() && largest > 0.0 && projection.frame.is_positive()) {
        return None;
    }
    let way = match goal {
        Goal::Minimize | Goal::Zero => -gradient / largest,
        Goal::Maximize => gradient / largest,
    };
    let direction = direction_on_screen(way, projection)?;
    let decades =
        (elementary::log10(largest) + elementary::log10((gradient / largest).norm())).clamp(-3.0, 3.0);
    Some((18.0 + 52.0 * (decades + 3.0) / 6.0) as f32 * direction)
}

/// A vector of the plane on the screen, in points for one unit of its length there; `None` if it cannot be told.
pub(super) fn on_screen(vector: Point, projection: Projection) -> [f64; 2] {
    let Projection { region, frame } = projection;
    [
        vector.x * f64::from(frame.width()) / region.width(),
        -vector.y * f64::from(frame.height()) / region.height(),
    ]
}

fn direction_on_screen(vector: Point, projection: Projection) -> Option<Vec2> {
    let [x, y] = on_screen(vector, projection);
    let length = elementary::hypot(x, y);
    (length.is_finite() && length > 0.0).then(|| vec2((x / length) as f32, (y / length) as f32))
}

/// The half axes of the ellipse that the isolines of the local quadratic would form, on the screen, longest 36 points.
///
/// Along the eigenvector qᵢ the half axis is as 1 / √|λᵢ|. It is never shorter than 7 points, so that its direction
/// can be seen.
pub fn curvature_axes(curvature: &Curvature, projection: Projection) -> Option<[Vec2; 2]> {
    const LONGEST: f64 = 36.0;
    const SHORTEST: f32 = 7.0;
    let [a, b] = curvature.eigenvalues.map(f64::abs);
    // Relative to the flatter axis, so that nothing is infinite.
    let relative = |lambda: f64, other: f64| if lambda <= other { 1.0 } else { (other / lambda).sqrt() };
    let lengths = [relative(a, b), relative(b, a)];
    let axes = [0, 1].map(|i| on_screen(curvature.eigenvectors[i] * lengths[i], projection));
    let longest = axes.iter().map(|[x, y]| elementary::hypot(*x, *y)).fold(0.0, f64::max);
    if !(longest.is_finite() && longest > 0.0) {
        return None;
    }
    let axis = |i: usize| -> Option<Vec2> {
        let [x, y] = axes[i].map(|c| (c / longest * LONGEST) as f32);
        let direction = direction_on_screen(curvature.eigenvectors[i], projection)?;
        Some(vec2(x, y).length().max(SHORTEST) * direction)
    };
    Some([axis(0)?, axis(1)?])
}

/// A point of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProbedIterate {
    /// The place of its run among the optimizers of the scenario.
    pub run: usize,
    /// Its step, at least 1: the start belongs to every path.
    pub step: usize,
}

/// The iterate nearest to a position on the screen, if one is within `reach` points of it.
///
/// `paths` come in the order in which they are drawn. Of iterates that look like one, the last one of the path on top
/// is meant.
pub fn nearest_iterate(
    paths: &[(usize, Polyline<'_>)],
    projection: Projection,
    pointer: Pos2,
    reach: f32,
    lift: &Lift,
) -> Option<ProbedIterate> {
    const ALIKE: f64 = 0.75;
    let [x, y] = projection.to_plane(pointer);
    let [unit_x, unit_y] = on_screen(Point::new(1.0, 1.0), projection);
    let squared = |point: &Point| {
        let [at_x, at_y] = lift.place(*point);
        let [dx, dy] = [(at_x - x) * unit_x, (at_y - y) * unit_y];
        dx * dx + dy * dy
    };
    let mut nearest = f64::INFINITY;
    for (_, points) in paths {
        nearest = points.from(1).map(squared).fold(nearest, f64::min);
    }
    if nearest.sqrt() > f64::from(reach) {
        return None;
    }
    let near = elementary::powi(nearest.sqrt() + ALIKE, 2);
    paths.iter().rev().find_map(|(run, points)| {
        let mut from_the_end = (1..points.len()).rev().zip(points.from(1).rev());
        let (place, _) = from_the_end.find(|(_, point)| squared(point) <= near)?;
        Some(ProbedIterate { run: *run, step: points.step(place) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Rect, pos2};
    use nalgebra::Matrix2;

    /// 200 points for a unit of x, 100 for one of y.
    const PROJECTION: Projection = Projection {
        region: Region { x: [-2.0, 2.0], y: [-3.0, 3.0] },
        frame: Rect { min: Pos2::ZERO, max: pos2(800.0, 600.0) },
    };

    fn close(a: Vec2, b: Vec2) -> bool {
        (a - b).length() < 1e-3
    }

    #[test]
    fn the_arrow_points_down_the_slope_as_the_plot_shows_it() {
        let arrow = |x, y, goal| steepest_arrow(Point::new(x, y), goal, PROJECTION);
        let right = arrow(-5.0, 0.0, Goal::Minimize).unwrap();
        assert!(right.x > 0.0 && right.y == 0.0);
        let up = arrow(0.0, -5.0, Goal::Minimize).unwrap();
        assert!(up.y < 0.0 && up.x == 0.0, "up is to smaller y on the screen");
        assert!(close(arrow(0.0, -5.0, Goal::Maximize).unwrap(), -up));
        // As long to the right as up in the plane, twice as long to the right on the screen.
        let slanted = arrow(-1.0, -1.0, Goal::Minimize).unwrap();
        assert!((slanted.y / slanted.x + 0.5).abs() < 1e-6);
        assert_eq!(arrow(0.0, 0.0, Goal::Minimize), None);
        assert_eq!(arrow(f64::NAN, 1.0, Goal::Minimize), None);
    }

    #[test]
    fn the_arrow_grows_with_the_logarithm_and_can_always_be_seen() {
        let length = |norm: f64| {
            let gradient = Point::new(0.6 * norm, -0.8 * norm);
            steepest_arrow(gradient, Goal::Minimize, PROJECTION).unwrap().length()
        };
        assert!((length(1.0) - 44.0).abs() < 1e-3);
        assert!((length(100.0) - length(10.0) - (length(10.0) - length(1.0))).abs() < 1e-3);
        for extreme in [1e-300, 1e-12] {
            assert!((length(extreme) - 18.0).abs() < 1e-3);
        }
        for extreme in [1e5, 1e300] {
            assert!((length(extreme) - 70.0).abs() < 1e-3);
        }
    }

    #[test]
    fn the_axes_are_those_of_the_isolines_of_the_quadratic() {
        let axes = |h: Matrix2<f64>| curvature_axes(&Curvature::of(&h).unwrap(), PROJECTION).unwrap();
        // 4x² + y² has isolines twice as high as wide in the plane, and as high as wide on this screen.
        let [steep, gentle] = axes(Matrix2::new(8.0, 0.0, 0.0, 2.0));
        assert!((steep.x.abs() - 36.0).abs() < 1e-3 && steep.y.abs() < 1e-3, "{steep}");
        assert!((gentle.y.abs() - 36.0).abs() < 1e-3 && gentle.x.abs() < 1e-3, "{gentle}");
        for h in [Matrix2::new(1e9, 0.0, 0.0, 1.0), Matrix2::new(2.0, 0.0, 0.0, 0.0), Matrix2::zeros()] {
            assert!(axes(h).iter().all(|axis| (6.99..36.01).contains(&axis.length())), "{h}");
        }
    }

    #[test]
    fn the_nearest_iterate_is_found_and_of_those_alike_the_last_on_top() {
        let along = |y: f64| (0..=4).map(|i| Point::new(0.1 * f64::from(i), y)).collect::<Vec<_>>();
        let (low, high) = (along(0.0), along(0.5));
        let paths = [(3, low[..].into()), (5, high[..].into())];
        let near = |x: f64, y: f64| {
            let pointer = PROJECTION.to_pos([x, y]).unwrap();
            nearest_iterate(&paths, PROJECTION, pointer, 10.0, &Lift::default())
        };
        assert_eq!(near(0.21, 0.02), Some(ProbedIterate { run: 3, step: 2 }));
        assert_eq!(near(0.4, 0.45), Some(ProbedIterate { run: 5, step: 4 }));
        assert_eq!(near(0.2, 0.2), None, "20 points away");
        assert_eq!(near(0.0, 0.0), None, "the start is no run's own");
        let rest = [Point::new(1.0, 1.0); 6];
        let alike = [(0, rest[..4].into()), (1, rest[..].into()), (2, low[..0].into())];
        let pointer = PROJECTION.to_pos([1.0, 1.01]).unwrap();
        assert_eq!(
            nearest_iterate(&alike, PROJECTION, pointer, 10.0, &Lift::default()),
            Some(ProbedIterate { run: 1, step: 5 })
        );
    }
}
