//! Where two functions have parallel gradients: on these curves lie the solutions of every level of a constraint.
//!
//! Formula. ∇f × ∇g = ∂f/∂x ∂g/∂y − ∂f/∂y ∂g/∂x = 0; by sizes, the sine of the angle between them. Lecture rule: at a solution
//! ∇f = λ∇g.

use super::breaks::Breaks;
use super::isolines::trace;
use super::{Field, Isoline, Region};
use crate::elementary;
use crate::objective::{Evaluator, Objective, Point};

/// The curves in a region, at the accuracy of a grid of `nodes` nodes a side. Where a gradient vanishes, the sine is 0: such
/// places belong to them.
pub fn parallel_gradients(f: &Objective, g: &Objective, region: Region, nodes: usize) -> Vec<Isoline> {
    let (mut f_there, mut g_there) = (f.evaluator(), g.evaluator());
    let field = Field::sample(region, nodes, nodes, |xs, ys, out| {
        for (row, y) in out.chunks_mut(xs.len()).zip(ys) {
            for (value, x) in row.iter_mut().zip(xs) {
                *value = sine(&mut f_there, &mut g_there, Point::new(*x, *y));
            }
        }
    });
    let work = 2 * (f.work() + g.work());
    let mut breaks = Breaks::new(&field, work, |at| sine(&mut f_there, &mut g_there, at));
    trace(&field, &[0.0], |from, to| breaks.gap(from, to))
}

/// The sine of the angle from ∇f to ∇g, which has their signs and no sizes; not a number where one is none.
fn sine(f: &mut Evaluator, g: &mut Evaluator, at: Point) -> f64 {
    let [f, g] = [f.exact_first_order(at).gradient, g.first_order(at).gradient];
    let sizes = elementary::hypot(f.x, f.y) * elementary::hypot(g.x, g.y);
    if sizes == 0.0 { 0.0 } else { f.perp(&g) / sizes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;
    use crate::objective::{Derivatives, Goal};

    #[test]
    fn solutions_of_every_level_lie_on_the_curves() {
        let of = |text: &str| {
            let tape = Expression::parse(text).unwrap().compile(["x", "y"], &[]).unwrap();
            Objective::new(tape, Goal::Minimize, Derivatives::Exact)
        };
        // x + 2y on circles around 0: the line y = 2x, whatever the radius.
        let region = Region { x: [-3.0, 2.5], y: [-2.9, 3.0] };
        let lines = parallel_gradients(&of("x + 2*y"), &of("x^2 + y^2"), region, 161);
        let points: Vec<Point> = lines.iter().flat_map(|line| line.points.clone()).collect();
        assert!(points.len() > 100, "{}", points.len());
        // In the middle, where the circles shrink to a point, the angle is not even in a cell.
        let room = |at: &Point| if at.norm() > 0.4 { 1e-3 } else { 0.05 };
        let is_off = |at: &&Point| (at.y - 2.0 * at.x).abs() > room(at);
        assert_eq!(points.iter().find(is_off), None);
        let reach = points.iter().map(|at| at.y.abs()).fold(0.0, f64::max);
        assert!(reach > 2.8, "{reach}");
        // Of parallel lines every point is one, and none is a curve.
        assert!(parallel_gradients(&of("x + y"), &of("2*x + 2*y"), region, 41).is_empty());
    }
}
