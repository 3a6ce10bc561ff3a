//! The method of Levenberg and Marquardt, for sums of squares.
//!
//! ```text
//! F(θ) = ½ Σ rᵢ²,  A = JᵀJ = Σ ∇rᵢ ∇rᵢᵀ
//! d = (A + λ I)⁻¹ Jᵀr,  θ ← θ − d where F falls, λ ← λ/10;  else θ stays, λ ← 10 λ
//! ```
//!
//! Source: Levenberg, *A method for the solution of certain non-linear problems in least squares*, Quarterly of Applied Mathematics
//! 2, 1944; Marquardt, *An algorithm for least-squares estimation of nonlinear parameters*, J. SIAM 11, 1963; Nocedal & Wright,
//! *Numerical Optimization*, 2nd ed. 2006, section 10.3.
//! Convention: on the sum over the rows, also where J is their mean: Jᵀr is then m ∇J. A loss that is a whole square counts as half
//! the square of √2 times its root; l2 adds a row √(2 l2) θ of each counted variable, √(2 m l2) θ beside a mean. A step that is
//! rejected counts and repeats the point.

use nalgebra::Matrix2;

use super::super::linear::solve;
use super::super::parameter::positive;
use super::super::term::{Term, Value, matrix, scalar, vector};
use super::super::{
    Drawn, Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Stage, Stepper, Taken, thresholds,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "levenberg-marquardt",
    name: "Levenberg-Marquardt",
    short_name: "LM",
    summary: "For squares over rows: curvature from the slopes of the residuals, damped until J falls.",
    formula: "d ← (A + λ I)⁻¹ Jᵀr, θ ← θ − [J falls] d",
    source: "Levenberg 1944; Marquardt 1963; Nocedal & Wright 2006, section 10.3",
    group: MethodGroup::Newton,
    family: Family::Of(Kin { id: "newton", marker: MarkerForm::Diamond, rates_times: 1.0 }),
    needs: Needs::Residuals,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::Fixed,
    parameters: &[positive(
        [
            "damping",
            "λ",
            "The damping of the first step: large is a short step downhill, small a long one to the model's minimum.",
        ],
        1e-3,
        [1e-6, 1e3],
    )],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        Box::new(LevenbergMarquardt {
            damping: settings.real("damping"),
            kept: None,
            normal: Matrix2::zeros(),
            rows: f64::NAN,
            direction: Point::repeat(f64::NAN),
            falls: None,
        })
    },
};

#[derive(Clone, Debug)]
struct LevenbergMarquardt {
    /// λ of the next step.
    damping: f64,
    /// Where A is known since a step was rejected there.
    kept: Option<Point>,
    /// A, what ∇J is multiplied by to be Jᵀr, and d, of the last step.
    normal: Matrix2<f64>,
    rows: f64,
    direction: Point,
    /// Whether J fell in the last step.
    falls: Option<bool>,
}

impl Stepper for LevenbergMarquardt {
    fn step(&mut self, &Iterate { at, here, .. }: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        if self.kept != Some(at) || !oracle.is_unchanging() {
            (self.normal, self.rows) = oracle.squares(at).ok_or(NoStep::NoSquares)?;
        }
        let damped = self.normal + self.damping * Matrix2::identity();
        let slope = self.rows * here.gradient;
        self.direction = if slope == Point::zeros() {
            Point::zeros()
        } else {
            solve(&damped, slope).ok_or(NoStep::DampingLost)?
        };
        let to = at - self.direction;
        if to == at && self.direction != Point::zeros() {
            return Err(NoStep::DampingLost);
        }
        let before = oracle.evaluations();
        let value = oracle.value(to);
        let asked = oracle.evaluations() - before;
        let falls = value < here.value;
        self.falls = Some(falls);
        if falls {
            self.damping *= 0.1;
            self.kept = None;
            oracle.has_evaluated(asked);
            return Ok(to);
        }
        self.damping *= 10.0;
        self.kept = Some(at);
        oracle.stays();
        Ok(at)
    }

    fn is_uneven(&self) -> bool {
        true
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let at = taken.from.at;
        let slope = self.rows * taken.from.here.gradient;
        let damping = || scalar("λ", r"\lambda", taken.before.damping);
        let identity = matrix("I", "I", Matrix2::identity());
        let damped = matrix("A", "A", self.normal) + damping() * identity;
        let inverse = self.normal + taken.before.damping * Matrix2::identity();
        let inverse = inverse.try_inverse().unwrap_or(Matrix2::repeat(f64::NAN));
        let falls = self.falls.map_or(f64::NAN, |falls| if falls { 1.0 } else { 0.0 });
        let d = vector("d", "d", self.direction);
        let model = |hessian| Drawn::Quadratic { at, gradient: slope, hessian };
        vec![
            taken.gradient(),
            Stage::line(
                "normal_matrix",
                "curvature from the slopes of the residuals alone, summed over the rows",
                ["A", "A"],
                matrix("Σ ∇r ∇rᵀ", r"\sum \nabla r\,\nabla r^{\top}", self.normal),
                Value::Matrix(self.normal),
            )
            .drawn("A", model(self.normal)),
            Stage::part("damped", "the same, damped", damped)
                .drawn("A + λ I", model(self.normal + taken.before.damping * Matrix2::identity())),
            Stage::line(
                "direction",
                "from where the damped model is lowest to θ, by the gradient of the sum",
                ["d", "d"],
                Term::Product(vec![
                    matrix("(A + λ I)⁻¹", r"(A + \lambda I)^{-1}", inverse),
                    vector("Jᵀr", r"J^{\top} r", slope),
                ]),
                Value::Vector(self.direction),
            )
            .drawn("−d", Drawn::Way { from: at, by: -self.direction }),
            Stage::line(
                "damping",
                "damping of the next step: a tenth where J fell, ten times where it did not",
                ["λ", r"\lambda"],
                scalar("λ/10 or 10 λ", r"\lambda/10 \text{ or } 10 \lambda", self.damping),
                Value::Scalar(self.damping),
            )
            .sides("λ"),
            taken.end(scalar("[J falls]", r"[J \text{ falls}]", falls) * d),
        ]
    }
}
