//! What the methods have in common that learn from how the slope changed along a step: s and y; and of those that build an
//! approximation B of the inverse Hessian, made to meet the secant equation B y = s, its update.
//!
//! ```text
//! B ← V B Vᵀ + ρ s sᵀ,  V = I − ρ s yᵀ,  ρ = 1/(yᵀs)
//! ```
//!
//! Source: Broyden 1970, Fletcher 1970, Goldfarb 1970, Shanno 1970; Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006,
//! equations (6.17) and (6.20).

use nalgebra::Matrix2;

use super::super::line_search::{LineSearchKind, line_search};
use super::super::term::{Value, matrix, vector};
use super::super::{Drawn, Parameter, Stage, Taken};
use crate::objective::Point;

/// The choice of a line search where the full step is tried first.
pub(super) const LINE_SEARCH: Parameter = line_search(
    LineSearchKind::Wolfe.option().0,
    &[LineSearchKind::Wolfe.option(), LineSearchKind::Armijo.option(), LineSearchKind::Exact.option()],
);

/// A step and how the gradient changed along it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Secant {
    /// s.
    pub step: Point,
    /// y.
    pub change: Point,
}

impl Secant {
    /// sᵀy, above 0 where J has curved up along the step.
    pub fn curvature(&self) -> f64 {
        self.step.dot(&self.change)
    }

    /// Whether an approximation can meet it and stay positive definite.
    pub fn is_usable(&self) -> bool {
        let curvature = self.curvature();
        curvature > 0.0 && (1.0 / curvature).is_finite() && self.change.iter().all(|entry| entry.is_finite())
    }

    /// sᵀy / yᵀy, the size of an inverse Hessian that has curved everywhere as along the step.
    pub fn scale(&self) -> f64 {
        self.curvature() / self.change.dot(&self.change)
    }

    /// V and ρ s sᵀ.
    pub fn parts(&self) -> [Matrix2<f64>; 2] {
        let rho = 1.0 / self.curvature();
        let Self { step, change } = self;
        [Matrix2::identity() - rho * step * change.transpose(), rho * step * step.transpose()]
    }

    /// B with this equation met.
    pub fn updated(&self, inverse: &Matrix2<f64>) -> Matrix2<f64> {
        let [v, rank_one] = self.parts();
        v * inverse * v.transpose() + rank_one
    }
}

/// s and y, where there is a step before.
pub(super) fn last_step<S>(last: Option<(Point, Point)>, taken: &Taken<'_, S>) -> Vec<Stage> {
    let Some((before, gradient)) = last else { return Vec::new() };
    let s = taken.theta() - vector("θ₋", r"\theta_{-}", before);
    let y = taken.g() - vector("g₋", "g_{-}", gradient);
    vec![
        Stage::part("last_step", "s: the last step", s)
            .drawn("s", Drawn::Way { from: before, by: taken.from.at - before }),
        Stage::part("change", "y: how the gradient changed along it", y).slope_at("y", taken.from.at),
    ]
}

/// The line of the direction −B g.
pub(super) fn direction<S>(taken: &Taken<'_, S>, inverse: &Matrix2<f64>, direction: Point) -> Stage {
    Stage::line(
        "direction",
        "search direction: to where the quadratic that B makes is stationary",
        ["d", "d"],
        -(matrix("B", "B", *inverse) * taken.g()),
        Value::Vector(direction),
    )
    .drawn("d", Drawn::Way { from: taken.from.at, by: direction })
}

/// The quadratic whose inverse Hessian this is.
pub(super) fn model(at: Point, gradient: Point, inverse: &Matrix2<f64>) -> Drawn {
    let hessian = inverse.try_inverse().unwrap_or(Matrix2::repeat(f64::NAN));
    Drawn::Quadratic { at, gradient, hessian }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_meets_the_secant_equation_and_stays_symmetric_and_positive_definite() {
        let mut random = fastrand::Rng::with_seed(6);
        let mut number = || 4.0 * random.f64() - 2.0;
        let mut inverse = Matrix2::identity();
        let mut updates = 0;
        while updates < 200 {
            let secant =
                Secant { step: Point::new(number(), number()), change: Point::new(number(), number()) };
            if secant.curvature() < 0.3 {
                continue;
            }
            inverse = secant.updated(&inverse);
            updates += 1;
            let size = inverse.amax();
            assert!(
                (inverse * secant.change - secant.step).amax() < 1e-9 * size.max(1.0),
                "{secant:?} {inverse}"
            );
            assert!((inverse.m12 - inverse.m21).abs() < 1e-12 * size, "{inverse}");
            assert!(inverse.m11 > 0.0 && inverse.determinant() > 0.0, "{inverse}");
            if size > 1e3 {
                inverse = Matrix2::identity();
            }
        }
        let opposed = Secant { step: Point::x(), change: -Point::x() };
        let still = Secant { step: Point::zeros(), change: Point::zeros() };
        assert!(!opposed.is_usable() && !still.is_usable());
    }
}
