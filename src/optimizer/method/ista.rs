//! ISTA, the proximal gradient method: gradient descent that meets l1 with a soft threshold.
//!
//! ```text
//! θ ← S(θ − α g; α l₁),   S(a; b) = sign(a) max(0, |a| − b)
//! ```
//!
//! Source: Daubechies, Defrise & De Mol, *An iterative thresholding algorithm for linear inverse problems with a sparsity
//! constraint*, Communications on Pure and Applied Mathematics 57(11), 2004, 1413-1457; in the form of Beck & Teboulle, *A fast
//! iterative shrinkage-thresholding algorithm for linear inverse problems*, SIAM Journal on Imaging Sciences 2(1), 2009,
//! equation (1.4).
//! Convention: g is the gradient of f, J without its l1. Where a variable is not counted by l1, or l1 is 0, it is gradient descent.

use super::super::parameter::learning_rate;
use super::super::term::{Term, scalar, vector};
use super::super::{
    Bowl, Drawn, Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Stage, Stepper, Taken, Threshold,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "ista",
    name: "ISTA",
    short_name: "ISTA",
    summary: "Gradient descent without l1, then a threshold for it: what is small becomes exactly 0.",
    formula: "θ ← S(θ − α g; α l₁)",
    source: "Beck & Teboulle 2009, equation (1.4)",
    group: MethodGroup::Regularized,
    family: Family::Of(Kin { id: "gd", marker: MarkerForm::BowTie, rates_times: 1.0 }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: true,
    rate: RateForm::PerVariable,
    parameters: &[learning_rate(0.05)],
    columns: &[],
    thresholds: |_, Bowl { least, greatest }| {
        vec![
            Threshold::limit("2/λmax", 2.0 / greatest),
            Threshold::fastest("2/(λmin + λmax)", 2.0 / (least + greatest)),
        ]
    },
    build: |_| Box::new(Ista { l1: Point::zeros() }),
};

#[derive(Clone, Debug)]
struct Ista {
    /// l1 of each coordinate in the last step.
    l1: Point,
}

/// l1 by name.
pub(super) fn l1(of_each: Point) -> Term {
    if of_each.x == of_each.y { scalar("l₁", "l_1", of_each.x) } else { vector("l₁", "l_1", of_each) }
}

impl Stepper for Ista {
    fn step(
        &mut self,
        &Iterate { at, here, rate, .. }: &Iterate,
        oracle: &mut Oracle,
    ) -> Result<Point, NoStep> {
        self.l1 = oracle.l1();
        Ok(oracle.after_threshold(at - rate.component_mul(&here.gradient), rate))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let down = taken.theta() - taken.alpha() * taken.g();
        let by = -taken.from.rate.component_mul(&taken.from.here.gradient);
        vec![
            taken.gradient_as(
                "direction of steepest ascent of f, J without l1",
                [taken.from.at, taken.from.here.gradient],
                ["∇f(θ)", r"\nabla f(\theta)"],
            ),
            Stage::part("gradient_step", "where the slope without l1 leads", down.clone())
                .drawn("−α g", Drawn::Way { from: taken.from.at, by }),
            taken.end_at(down.threshold(taken.alpha() * l1(self.l1))),
        ]
    }
}
