//! Gradient descent.
//!
//! ```text
//! θ ← θ − α g
//! ```
//!
//! Source: Cauchy, *Méthode générale pour la résolution des systèmes d'équations simultanées*, Comptes rendus
//! 25, 1847, 536-538; Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, section 2.2, with constant rate.
//! Convention: the rate multiplies the gradient as it is, not its direction.

use super::super::parameter::learning_rate;
use super::super::{
    Bowl, Family, Iterate, MarkerForm, NoStep, Oracle, PathLook, Stage, Stepper, Taken, Threshold,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::Point;

pub(super) const METHOD: Method = Method {
    id: "gd",
    name: "Gradient descent",
    short_name: "GD",
    summary: "Goes straight downhill, by the slope times the learning rate.",
    formula: "θ ← θ − α g",
    source: "Cauchy 1847; Nocedal & Wright 2006, section 2.2",
    group: MethodGroup::Gradient,
    family: Family::Own(PathLook {
        marker: MarkerForm::Circle,
        classic: [0x2fe3f2, 0x008ca5],
        color_blind_safe: [0x5fd4c0, 0x108db2],
    }),
    needs: Needs::Gradient,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::PerVariable,
    parameters: &[learning_rate(0.01)],
    columns: &[],
    thresholds: |_, Bowl { least, greatest }| {
        vec![
            Threshold::limit("2/λmax", 2.0 / greatest),
            Threshold::fastest("2/(λmin + λmax)", 2.0 / (least + greatest)),
        ]
    },
    build: |_| Box::new(GradientDescent),
};

#[derive(Clone, Debug)]
struct GradientDescent;

impl Stepper for GradientDescent {
    fn step(&mut self, &Iterate { at, here, rate, .. }: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        Ok(at - rate.component_mul(&here.gradient))
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let step = taken.alpha() * taken.g();
        vec![
            taken.gradient(),
            Stage::part("displacement", "what the step subtracts: the slope times the rate", step.clone())
                .subtracted_from("−α g", taken.from.at),
            taken.end(step),
        ]
    }
}
