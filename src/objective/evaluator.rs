//! Values, gradients and Hessians at points, exact or by differences, counted.

use std::fmt;

use nalgebra::Matrix2;

use super::{Derivatives, Point, is_finite};
use crate::expr::{Jet2, TapeEvaluator};

/// Value and gradient at a point.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct FirstOrder {
    /// The value.
    pub value: f64,
    /// The gradient (∂/∂x, ∂/∂y).
    pub gradient: Point,
}

impl FirstOrder {
    /// Whether the value and both entries of the gradient are finite.
    pub fn is_finite(&self) -> bool {
        self.value.is_finite() && is_finite(self.gradient)
    }
}

/// Value, gradient and Hessian at a point.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SecondOrder {
    /// The value.
    pub value: f64,
    /// The gradient (∂/∂x, ∂/∂y).
    pub gradient: Point,
    /// The symmetric matrix of second derivatives.
    pub hessian: Matrix2<f64>,
}

/// How often what was evaluated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Evaluations {
    /// Values, those that a difference quotient needs included.
    pub value: u64,
    /// Gradients.
    pub gradient: u64,
    /// Hessians.
    pub hessian: u64,
}

/// Evaluates J at points and counts. A value or derivative that does not exist comes out as not a number.
pub struct Evaluator {
    tape: TapeEvaluator,
    derivatives: Derivatives,
    evaluations: Evaluations,
    /// A Hessian that was computed on the way and not asked for yet, and where.
    kept_hessian: Option<(Point, Matrix2<f64>)>,
}

impl fmt::Debug for Evaluator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evaluator")
            .field("derivatives", &self.derivatives)
            .field("evaluations", &self.evaluations)
            .finish_non_exhaustive()
    }
}

impl Evaluator {
    /// Evaluates what `tape` computes, and has counted nothing yet.
    pub(super) fn new(tape: TapeEvaluator, derivatives: Derivatives) -> Self {
        Self { tape, derivatives, evaluations: Evaluations::default(), kept_hessian: None }
    }

    /// J at a point.
    pub fn value(&mut self, at: Point) -> f64 {
        self.evaluations.value += 1;
        self.tape.value(at.x, at.y)
    }

    /// The gradient of J at a point.
    pub fn gradient(&mut self, at: Point) -> Point {
        self.evaluations.gradient += 1;
        match self.derivatives {
            Derivatives::Exact => {
                let jet = self.tape.first(at.x, at.y);
                Point::new(jet.dx, jet.dy)
            }
            Derivatives::CentralDifference { step } => self.neighbors(at, step).gradient(step),
        }
    }

    /// The Hessian of J at a point.
    pub fn hessian(&mut self, at: Point) -> Matrix2<f64> {
        self.evaluations.hessian += 1;
        match self.derivatives {
            Derivatives::Exact => match self.kept_hessian {
                Some((kept_at, hessian)) if kept_at == at => hessian,
                _ => hessian_of(&self.tape.second(at.x, at.y)),
            },
            Derivatives::CentralDifference { step } => {
                let value = self.value(at);
                let neighbors = self.neighbors(at, step);
                self.difference_hessian(at, step, value, &neighbors)
            }
        }
    }

    /// The Hessian of J at a point, left out of the count with everything it costs.
    pub fn hessian_uncounted(&mut self, at: Point) -> Matrix2<f64> {
        let evaluations = self.evaluations;
        let hessian = self.hessian(at);
        self.evaluations = evaluations;
        hessian
    }

    /// Value and gradient of J at a point, where the Hessian at the same point will probably be asked for next:
    /// with exact derivatives one pass then serves both. A Hessian is counted when it is asked for.
    pub fn first_order_keeping_hessian(&mut self, at: Point) -> FirstOrder {
        match self.derivatives {
            Derivatives::Exact => {
                self.evaluations.value += 1;
                self.evaluations.gradient += 1;
                let jet = self.tape.second(at.x, at.y);
                self.kept_hessian = Some((at, hessian_of(&jet)));
                FirstOrder { value: jet.value, gradient: Point::new(jet.dx, jet.dy) }
            }
            Derivatives::CentralDifference { .. } => self.first_order(at),
        }
    }

    /// Value and gradient of J at a point.
    #[inline]
    pub fn first_order(&mut self, at: Point) -> FirstOrder {
        match self.derivatives {
            Derivatives::Exact => {
                self.evaluations.value += 1;
                self.evaluations.gradient += 1;
                let jet = self.tape.first(at.x, at.y);
                FirstOrder { value: jet.value, gradient: Point::new(jet.dx, jet.dy) }
            }
            Derivatives::CentralDifference { .. } => {
                FirstOrder { value: self.value(at), gradient: self.gradient(at) }
            }
        }
    }

    /// Value, gradient and Hessian of J at a point.
    pub fn second_order(&mut self, at: Point) -> SecondOrder {
        self.evaluations.gradient += 1;
        self.evaluations.hessian += 1;
        match self.derivatives {
            Derivatives::Exact => {
                self.evaluations.value += 1;
                let jet = self.tape.second(at.x, at.y);
                SecondOrder {
                    value: jet.value,
                    gradient: Point::new(jet.dx, jet.dy),
                    hessian: hessian_of(&jet),
                }
            }
            Derivatives::CentralDifference { step } => {
                let value = self.value(at);
                let neighbors = self.neighbors(at, step);
                let hessian = self.difference_hessian(at, step, value, &neighbors);
                SecondOrder { value, gradient: neighbors.gradient(step), hessian }
            }
        }
    }

    /// What has been evaluated so far.
    pub fn evaluations(&self) -> Evaluations {
        self.evaluations
    }

    fn neighbors(&mut self, at: Point, step: f64) -> Neighbors {
        Neighbors {
            right: self.value(Point::new(at.x + step, at.y)),
            left: self.value(Point::new(at.x - step, at.y)),
            above: self.value(Point::new(at.x, at.y + step)),
            below: self.value(Point::new(at.x, at.y - step)),
        }
    }

    fn difference_hessian(&mut self, at: Point, step: f64, value: f64, beside: &Neighbors) -> Matrix2<f64> {
        let mut corner = |dx: f64, dy: f64| self.value(Point::new(at.x + dx, at.y + dy));
        let mixed = corner(step, step) - corner(step, -step) - corner(-step, step) + corner(-step, -step);
        let square = step * step;
        let dxx = (beside.right - 2.0 * value + beside.left) / square;
        let dyy = (beside.above - 2.0 * value + beside.below) / square;
        let dxy = mixed / (4.0 * square);
        Matrix2::new(dxx, dxy, dxy, dyy)
    }
}

fn hessian_of(jet: &Jet2) -> Matrix2<f64> {
    Matrix2::new(jet.dxx, jet.dxy, jet.dxy, jet.dyy)
}

/// The values of J one difference step to each side of a point.
struct Neighbors {
    right: f64,
    left: f64,
    above: f64,
    below: f64,
}

impl Neighbors {
    fn gradient(&self, step: f64) -> Point {
        Point::new((self.right - self.left) / (2.0 * step), (self.above - self.below) / (2.0 * step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;
    use crate::objective::{Goal, Objective};

    fn objective(formula: &str, derivatives: Derivatives) -> Objective {
        let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
        Objective::new(tape, Goal::Minimize, derivatives)
    }

    const DIFFERENCE: Derivatives = Derivatives::CentralDifference { step: 1e-4 };

    #[test]
    fn differences_come_close_to_the_exact_derivatives() {
        let formula = "x^3*y + 2*y^2 - sin(x*y)";
        let mut exact = objective(formula, Derivatives::Exact).evaluator();
        let mut difference = objective(formula, DIFFERENCE).evaluator();
        for at in [Point::new(0.5, -1.0), Point::new(-2.0, 0.25), Point::new(0.0, 0.0)] {
            let (e, d) = (exact.second_order(at), difference.second_order(at));
            assert_eq!(e.value, d.value);
            assert!((e.gradient - d.gradient).norm() < 1e-6, "{e:?} {d:?}");
            assert!((e.hessian - d.hessian).norm() < 1e-5, "{e:?} {d:?}");
            assert_eq!(exact.hessian(at), e.hessian);
            assert_eq!(exact.hessian_uncounted(at), e.hessian);
            let kept = exact.first_order_keeping_hessian(at);
            assert_eq!(kept, FirstOrder { value: e.value, gradient: e.gradient });
            assert_eq!(exact.hessian(at), e.hessian);
            exact.first_order_keeping_hessian(Point::new(9.0, 9.0));
            assert_eq!(exact.hessian(at), e.hessian, "what is kept belongs to its point");
            assert_eq!(difference.hessian(at), d.hessian);
            assert_eq!(difference.first_order(at), FirstOrder { value: d.value, gradient: d.gradient });
        }
    }

    #[test]
    fn evaluations_are_counted_as_the_table_says() {
        let count = |derivatives, ask: fn(&mut Evaluator)| {
            let mut evaluator = objective("x^2 + y^2", derivatives).evaluator();
            ask(&mut evaluator);
            let Evaluations { value, gradient, hessian } = evaluator.evaluations();
            [value, gradient, hessian]
        };
        type Row = (fn(&mut Evaluator), [u64; 3], [u64; 3]);
        let rows: [Row; 7] = [
            (|e| _ = e.value(Point::new(1.0, 2.0)), [1, 0, 0], [1, 0, 0]),
            (|e| _ = e.gradient(Point::new(1.0, 2.0)), [0, 1, 0], [4, 1, 0]),
            (|e| _ = e.hessian(Point::new(1.0, 2.0)), [0, 0, 1], [9, 0, 1]),
            (|e| _ = e.first_order(Point::new(1.0, 2.0)), [1, 1, 0], [5, 1, 0]),
            (|e| _ = e.hessian_uncounted(Point::new(1.0, 2.0)), [0, 0, 0], [0, 0, 0]),
            (|e| _ = e.first_order_keeping_hessian(Point::new(1.0, 2.0)), [1, 1, 0], [5, 1, 0]),
            (|e| _ = e.second_order(Point::new(1.0, 2.0)), [1, 1, 1], [9, 1, 1]),
        ];
        for (ask, exact, difference) in rows {
            assert_eq!(count(Derivatives::Exact, ask), exact);
            assert_eq!(count(DIFFERENCE, ask), difference);
        }
    }
}
