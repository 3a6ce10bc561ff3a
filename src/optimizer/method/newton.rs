//! Newton's method.
//!
//! ```text
//! pure:      θ ← θ − α d,  H d = g
//! modified:  the same with H = Q diag(λ) Qᵀ replaced by Q diag(max(|λ|, δ)) Qᵀ
//! ```
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, section 3.3 (Newton's direction) and section
//! 3.4 (eigenvalue modification, here with |λ| in place of λ, so that a negative curvature keeps its size).
//! `line_search` armijo: α_k is the first of α, α/2, α/4, … that Armijo's condition takes.
//! Convention: α = 1 is the full step. `pure` goes to whatever stationary point the quadratic model has, also
//! to a saddle or a maximum. δ = 1e-6 max(1, |λ|max). A gradient that is exactly 0 gives d = 0 whatever H is.

use nalgebra::{Matrix2, SymmetricEigen};

use super::super::line_search::{LineSearchKind, line_search};
use super::super::linear::{eigenvalues, solve};
use super::super::parameter::learning_rate;
use super::super::term::{Term, matrix, scalar, vector};
use super::super::{
    Drawn, Family, Iterate, LineSearch, MarkerForm, NoStep, Oracle, Parameter, ParameterKind, PathLook,
    Stage, Stepper, Taken, Threshold, Value,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "newton",
    name: "Newton",
    short_name: "Newton",
    summary: "Jumps to where the quadratic that fits value, slope and curvature is stationary.",
    formula: "θ ← θ − α H⁻¹ g",
    source: "Nocedal & Wright 2006, sections 3.3 and 3.4",
    group: MethodGroup::Newton,
    family: Family::Own(PathLook {
        marker: MarkerForm::Star,
        classic: [0xff6b6b, 0xcc1f2f],
        color_blind_safe: [0xe16115, 0x985041],
    }),
    needs: Needs::Hessian,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::Scheduled,
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
        line_search("none", &[("none", "none: α as it is"), LineSearchKind::Armijo.option()]),
    ],
    columns: &[],
    thresholds: |_, _| vec![Threshold::limit("2", 2.0), Threshold::fastest("1, the full step", 1.0)],
    build: |settings| {
        Box::new(Newton {
            modified: settings.choice("variant") == MODIFIED,
            search: LineSearchKind::named(settings.choice("line_search"))
                .map(|kind| LineSearch::new(kind, f64::NAN)),
            hessian: Matrix2::zeros(),
            direction: Point::zeros(),
        })
    },
};

const PURE: &str = "pure";
const MODIFIED: &str = "modified";

#[derive(Clone, Debug)]
struct Newton {
    modified: bool,
    /// What finds the length of a step; nothing where it is the rate.
    search: Option<LineSearch>,
    /// H and d of the last step.
    hessian: Matrix2<f64>,
    direction: Point,
}

impl Stepper for Newton {
    fn step(&mut self, iterate: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        let &Iterate { at, here, rate, .. } = iterate;
        self.hessian = oracle.hessian(at);
        self.direction = Point::repeat(f64::NAN);
        self.direction = if here.gradient == Point::zeros() {
            Point::zeros()
        } else if !self.hessian.iter().all(|entry| entry.is_finite()) {
            return Err(NoStep::HessianNotFinite);
        } else if self.modified {
            modified_direction(&self.hessian, here.gradient)
        } else {
            solve(&self.hessian, here.gradient).ok_or(NoStep::SingularHessian)?
        };
        match &mut self.search {
            Some(search) => search.step(iterate, -self.direction, rate.x, oracle),
            None => Ok(at - rate.component_mul(&self.direction)),
        }
    }

    fn is_uneven(&self) -> bool {
        self.search.is_some()
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let h = self.hessian;
        let [text, latex] = taken.named(["∇²J(θ)", r"\nabla^2 J(\theta)"], ["∇²M(θ)", r"\nabla^2 M(\theta)"]);
        let of_j = |sign: f64| matrix(text, latex, sign * h);
        let mut stages = vec![taken.gradient()];
        if self.modified && taken.of_one_variable {
            stages.extend(modification_of_one(h.m11, taken.signed(of_j)));
        } else if self.modified {
            stages.extend(modification(&h, taken.signed(of_j), |hessian| Drawn::Quadratic {
                at: taken.from.at,
                gradient: taken.from.here.gradient,
                hessian,
            }));
        } else {
            let meaning = "Hessian: how the slope changes along each coordinate";
            let right = taken.signed(of_j);
            let quadratic =
                Drawn::Quadratic { at: taken.from.at, gradient: taken.from.here.gradient, hessian: h };
            let hessian = Stage::line("hessian", meaning, ["H", "H"], right, Value::Matrix(h));
            stages.push(hessian.drawn("H", quadratic.clone()));
            if !taken.of_one_variable {
                let lambda = vector("λ(H)", r"\lambda(H)", eigenvalues(&h));
                stages.push(
                    Stage::part("eigenvalues", "curvatures along the Hessian's eigenvectors", lambda)
                        .drawn("λ", quadratic),
                );
            }
        }
        let direction = vector("H⁻¹ g", r"H^{-1}\,g", self.direction);
        let meaning = "Newton's direction: from the point where the fitted quadratic is stationary to θ";
        stages.push(
            Stage::part("direction", meaning, direction.clone()).subtracted_from("−H⁻¹ g", taken.from.at),
        );
        if let Some(search) = &self.search {
            let d = vector("d", "d", search.direction);
            let title = "search direction: to where the fitted quadratic is stationary";
            stages.push(
                Stage::line(
                    "search_direction",
                    title,
                    ["d", "d"],
                    -direction,
                    Value::Vector(search.direction),
                )
                .drawn("d", Drawn::Way { from: taken.from.at, by: search.direction }),
            );
            stages.extend(search.stages());
            stages.push(taken.end_at(taken.theta() + search.alpha() * d));
        } else {
            stages.push(taken.end(taken.alpha() * direction));
        }
        stages
    }
}

/// How the Hessian is made positive definite, from what it is of J; `drawn` draws the quadratic of a Hessian.
fn modification(h: &Matrix2<f64>, of_j: Term, drawn: impl Fn(Matrix2<f64>) -> Drawn) -> [Stage; 3] {
    let not_a_number = Point::repeat(f64::NAN);
    let (q, lambda) = if h.iter().all(|entry| entry.is_finite()) {
        let eigen = SymmetricEigen::new(*h);
        (eigen.eigenvectors, eigen.eigenvalues)
    } else {
        (Matrix2::repeat(f64::NAN), not_a_number)
    };
    let delta = floor(lambda);
    let eigenvectors = || matrix("Q", "Q", q);
    let spectral = |inner: Term| {
        let transposed = Term::Transpose(Box::new(eigenvectors()));
        eigenvectors() * Term::Diagonal(Box::new(inner)) * transposed
    };
    let lambda_term = vector("λ", r"\lambda", lambda);
    let used = Term::Larger(Box::new([
        Term::Magnitude(Box::new(lambda_term.clone())),
        scalar("δ", r"\delta", delta),
    ]));
    let (of_h, of_used) = (spectral(lambda_term), spectral(used.clone()));
    let value = of_used.value();
    let q_used = if let Value::Matrix(matrix) = value { matrix } else { Matrix2::repeat(f64::NAN) };
    [
        Stage::identity("hessian", "Hessian with its curvatures λ", &of_j, of_h, Value::Matrix(*h))
            .drawn("H", drawn(*h)),
        Stage::part("used_eigenvalues", "curvatures that are used: their sizes, none below δ", used)
            .drawn("max(|λ|, δ)", drawn(q_used)),
        Stage::line("positive", "Hessian that curves up everywhere", ["H", "H"], of_used, value)
            .drawn("H", drawn(q_used)),
    ]
}

/// The same of one variable, whose Hessian is its own eigenvalue.
fn modification_of_one(h: f64, of_j: Term) -> [Stage; 2] {
    let delta = floor(Point::new(h, 1.0));
    let meaning = "second derivative: how the slope changes";
    let size = Term::Magnitude(Box::new(scalar("H", "H", h)));
    let used = Term::Larger(Box::new([size, scalar("δ", r"\delta", delta)]));
    let value = used.value();
    [
        Stage::line("hessian", meaning, ["H", "H"], of_j, Value::Scalar(h)),
        Stage::line("positive", "its size, not below δ: the parabola opens upwards", ["H", "H"], used, value),
    ]
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
