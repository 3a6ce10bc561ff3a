//! Newton's method.
//!
//! ```text
//! pure:      θ ← θ − α d,  H d = g
//! modified:  the same with H = Q diag(λ) Qᵀ replaced by Q diag(max(|λ|, δ)) Qᵀ
//! ```
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, section 3.3 (Newton's direction) and section
//! 3.4 (eigenvalue modification, here with |λ| in place of λ, so that a negative curvature keeps its size).
//! Convention: α = 1 is the full step. `pure` goes to whatever stationary point the quadratic model has, also
//! to a saddle or a maximum. δ = 1e-6 max(1, |λ|max). A gradient that is exactly 0 gives d = 0 whatever H is.
//! H counts as singular where its determinant is rounding noise, |det| ≤ 4 u (|H₁₁ H₂₂| + H₁₂²) with
//! u = 2.2e-16; a diagonal H never is unless an entry is 0.

use nalgebra::{Matrix2, SymmetricEigen};

use super::parameter::learning_rate;
use super::{
    Family, Iterate, MarkerForm, Method, Needs, NoStep, Oracle, Parameter, ParameterKind, PathLook, Quantity,
    Stepper, rule,
};
use crate::objective::{Goal, Point};

pub(super) const METHOD: Method = Method {
    id: "newton",
    name: "Newton",
    short_name: "Newton",
    summary: "Jumps to where the quadratic that fits value, slope and curvature is stationary.",
    formula: "θ ← θ − α H⁻¹ g",
    source: "Nocedal & Wright 2006, sections 3.3 and 3.4",
    family: Family::Own(PathLook {
        marker: MarkerForm::Star,
        classic: [0xff6b6b, 0xcc1f2f],
        color_blind_safe: [0xe16115, 0x985041],
    }),
    needs: Needs::Hessian,
    parameters: &[
        learning_rate(1.0),
        Parameter {
            id: "variant",
            symbol: "variant",
            meaning: "Whether the Hessian is taken as it is (pure) or made positive definite first (modified).",
            kind: ParameterKind::Choice {
                default: PURE,
                options: &[(PURE, "pure"), (MODIFIED, "modified: |λ| in place of λ")],
            },
        },
    ],
    columns: &[],
    rule: |settings, goal| {
        let step = ["α H⁻¹ ∇J(θ)", r"\alpha\,H^{-1}\,\nabla J(\theta)"];
        if settings.choice("variant") == MODIFIED {
            // |λ| is the same for J and −J.
            vec![
                rule::line(
                    "∇²J(θ) = Q diag(λ) Qᵀ",
                    r"\nabla^2 J(\theta) = Q\,\mathrm{diag}(\lambda)\,Q^{\top}",
                ),
                rule::line(
                    "H ← Q diag(max(|λ|, δ)) Qᵀ",
                    r"H \leftarrow Q\,\mathrm{diag}(\max(|\lambda|, \delta))\,Q^{\top}",
                ),
                rule::downhill(goal, step[0], step[1]),
            ]
        } else {
            // −J has −H and −∇J, so that the step is that of J.
            vec![
                rule::line("H ← ∇²J(θ)", r"H \leftarrow \nabla^2 J(\theta)"),
                rule::downhill(Goal::Minimize, step[0], step[1]),
            ]
        }
    },
    build: |settings| {
        Box::new(Newton {
            modified: settings.choice("variant") == MODIFIED,
            gradient: Point::zeros(),
            hessian: Matrix2::zeros(),
            direction: Point::zeros(),
        })
    },
};

const PURE: &str = "pure";
const MODIFIED: &str = "modified";

#[derive(Debug)]
struct Newton {
    modified: bool,
    gradient: Point,
    hessian: Matrix2<f64>,
    direction: Point,
}

impl Stepper for Newton {
    fn step(&mut self, &Iterate { at, here, rate }: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        self.gradient = here.gradient;
        self.hessian = oracle.hessian(at);
        self.direction = if self.gradient == Point::zeros() {
            Point::zeros()
        } else if !self.hessian.iter().all(|entry| entry.is_finite()) {
            return Err(NoStep::HessianNotFinite);
        } else if self.modified {
            modified_direction(&self.hessian, self.gradient)
        } else {
            solve(&self.hessian, self.gradient).ok_or(NoStep::SingularHessian)?
        };
        Ok(at - rate.component_mul(&self.direction))
    }

    fn quantities(&self) -> Vec<Quantity> {
        let eigenvalues = eigenvalues(&self.hessian);
        let h = &self.hessian;
        let mut quantities = vec![
            Quantity::gradient(self.gradient),
            Quantity::new("hessian_x", "H₁", "first row of the Hessian", Point::new(h.m11, h.m12)),
            Quantity::new("hessian_y", "H₂", "second row of the Hessian", Point::new(h.m21, h.m22)),
            Quantity::new(
                "eigenvalues",
                "λ",
                "curvatures along the Hessian's eigenvectors, ascending",
                eigenvalues,
            ),
        ];
        let direction_symbol = if self.modified {
            let used = eigenvalues.map(|lambda| lambda.abs().max(floor(eigenvalues)));
            quantities.push(Quantity::new(
                "used_eigenvalues",
                "max(|λ|, δ)",
                "curvatures that were used",
                used,
            ));
            "d"
        } else {
            "H⁻¹g"
        };
        let meaning = "Newton's direction: what the step subtracts, before the learning rate";
        quantities.push(Quantity::new("direction", direction_symbol, meaning, self.direction));
        quantities
    }
}

/// H⁻¹ g by Cramer's rule, or nothing where H is singular to rounding.
pub(super) fn solve(h: &Matrix2<f64>, g: Point) -> Option<Point> {
    // A power of two, so that scaling rounds nothing while the determinant cannot overflow.
    let scale = power_of_two_below(h.amax());
    if scale == 0.0 {
        return None;
    }
    let (a, b, c) = (h.m11 / scale, h.m12 / scale, h.m22 / scale);
    let determinant = a * c - b * b;
    if determinant.abs() <= 4.0 * f64::EPSILON * ((a * c).abs() + b * b) {
        return None;
    }
    Some(Point::new(c * g.x - b * g.y, a * g.y - b * g.x) / determinant / scale)
}

/// The largest power of two that is not above a finite `size`; 0 below the smallest normal number.
fn power_of_two_below(size: f64) -> f64 {
    const EXPONENT_BITS: u64 = 0x7FF0_0000_0000_0000;
    f64::from_bits(size.to_bits() & EXPONENT_BITS)
}

/// Q diag(1 / max(|λ|, δ)) Qᵀ g, for a finite H.
fn modified_direction(h: &Matrix2<f64>, g: Point) -> Point {
    let eigen = SymmetricEigen::new(*h);
    let delta = floor(eigen.eigenvalues);
    let along = eigen.eigenvectors.transpose() * g;
    eigen.eigenvectors * along.zip_map(&eigen.eigenvalues, |a, lambda| a / lambda.abs().max(delta))
}

/// δ, the smallest curvature that the modified Hessian may have.
fn floor(eigenvalues: Point) -> f64 {
    1e-6 * eigenvalues.amax().max(1.0)
}

/// The eigenvalues of a symmetric matrix, ascending; not a number where an entry is not finite.
pub(super) fn eigenvalues(h: &Matrix2<f64>) -> Point {
    if !h.iter().all(|entry| entry.is_finite()) {
        return Point::new(f64::NAN, f64::NAN);
    }
    let lambda = h.symmetric_eigenvalues();
    Point::new(lambda.min(), lambda.max())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_across_the_range_of_doubles_and_sees_singular_matrices() {
        let g = Point::new(3.0, -5.0);
        for scale in [1e-200, 1.0, 1e200] {
            let h = scale * Matrix2::new(2.0, -1.0, -1.0, 4.0);
            let d = solve(&h, g).unwrap();
            assert!((h * d - g).norm() < 1e-14, "{scale}: {d}");
        }
        assert_eq!(solve(&Matrix2::new(1.0, 0.0, 0.0, 1e-30), g), Some(Point::new(3.0, -5e30)));
        for h in [Matrix2::zeros(), Matrix2::new(2.0, 2.0, 2.0, 2.0), Matrix2::new(0.01, 0.03, 0.03, 0.09)] {
            assert_eq!(solve(&h, g), None, "{h}");
        }
    }

    #[test]
    fn the_modified_direction_descends_and_keeps_a_positive_definite_hessian() {
        let g = Point::new(3.0, -5.0);
        for h in [
            Matrix2::new(2.0, 1.0, 1.0, -3.0),
            Matrix2::new(-2.0, 1.0, 1.0, -3.0),
            Matrix2::new(0.0, 1.0, 1.0, 0.0),
            Matrix2::zeros(),
        ] {
            let d = modified_direction(&h, g);
            assert!(d.dot(&g) > 0.0, "{h}");
        }
        let h = Matrix2::new(2.0, -1.0, -1.0, 4.0);
        assert!((modified_direction(&h, g) - solve(&h, g).unwrap()).norm() < 1e-14);
    }

    #[test]
    fn eigenvalues_are_ascending() {
        assert!((eigenvalues(&Matrix2::new(2.0, 2.0, 2.0, -1.0)) - Point::new(-2.0, 3.0)).norm() < 1e-14);
        assert!(eigenvalues(&Matrix2::new(f64::NAN, 0.0, 0.0, 1.0)).x.is_nan());
    }
}
