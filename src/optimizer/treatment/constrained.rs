//! Constraints under way: their values and slopes where a run stands, the multipliers that its next step uses, and what they
//! make of the cost.

use nalgebra::Matrix2;

use super::held::Held;
use super::multipliers::{Side, least_squares};
use super::{TreatmentKind, TreatmentSettings, projected};
use crate::objective::{
    Constraint, FirstOrder, MAX_CONSTRAINTS, Point, Relation, SecondOrder, is_finite, soft_threshold,
};
use crate::optimizer::NoStep;
use crate::optimizer::linear::norm;

/// The constraints of a run. F, h and Λ are as the [module](super) has them.
#[derive(Debug)]
pub(in crate::optimizer) struct Constrained {
    settings: TreatmentSettings,
    held: Vec<Held>,
    /// l1 of each coordinate, which gives F a corner where that is 0.
    l1: Point,
    /// Λ of the treatments that carry it from step to step.
    carried: [f64; MAX_CONSTRAINTS],
    standing: Standing,
}

/// F and the constraints at the iterate. Of a constraint that there is not, everything is 0.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::optimizer) struct Standing {
    /// F.
    pub cost: FirstOrder,
    /// The values g.
    pub values: [f64; MAX_CONSTRAINTS],
    /// h = g − level.
    pub h: [f64; MAX_CONSTRAINTS],
    /// ∇g.
    pub slopes: [Point; MAX_CONSTRAINTS],
    /// l1 of the coordinates that are 0, whose slope may be anything up to that.
    corner: Point,
}

/// How far an iterate is from a solution.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::optimizer) struct Distance {
    /// The norm of ∇F − Σ Λₖ ∇gₖ.
    pub residual: f64,
    /// The largest violation.
    pub violation: f64,
    /// The largest |Λₖ hₖ| of an inequality.
    pub complementarity: f64,
}

impl Constrained {
    /// At most two constraints, treated so; it stands nowhere yet.
    pub fn new(constraints: &[Constraint], settings: TreatmentSettings, l1: Point) -> Self {
        let nothing = FirstOrder { value: 0.0, gradient: Point::zeros() };
        Self {
            settings,
            held: constraints.iter().take(MAX_CONSTRAINTS).map(Held::of).collect(),
            l1,
            carried: [0.0; MAX_CONSTRAINTS],
            standing: Standing {
                cost: nothing,
                values: [0.0; MAX_CONSTRAINTS],
                h: [0.0; MAX_CONSTRAINTS],
                slopes: [Point::zeros(); MAX_CONSTRAINTS],
                corner: Point::zeros(),
            },
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.held.len()
    }

    /// How it is treated.
    pub fn settings(&self) -> TreatmentSettings {
        self.settings
    }

    /// Whether a step walks on something else than F.
    pub fn has_merit(&self) -> bool {
        !matches!(self.settings.kind, TreatmentKind::Projected | TreatmentKind::LagrangeNewton)
    }

    /// Where it stands.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Stands at a point, where F is `cost`.
    pub fn stand(&mut self, at: Point, cost: FirstOrder) {
        self.standing.cost = cost;
        self.standing.corner = self.l1.zip_map(&at, |l1, at| if at == 0.0 { l1 } else { 0.0 });
        for (k, held) in self.held.iter_mut().enumerate() {
            let FirstOrder { value, gradient } = held.g.first_order(at);
            self.standing.values[k] = value;
            self.standing.h[k] = value - held.level;
            self.standing.slopes[k] = gradient;
        }
    }

    /// The multipliers that a run begins with, where it stands.
    pub fn begin(&mut self) {
        if self.settings.kind == TreatmentKind::LagrangeNewton {
            self.carried = least_squares(self.standing.cost.gradient, self.sides(true));
        }
    }

    /// h = g − level of each constraint at another point.
    pub fn h_at(&mut self, at: Point) -> [f64; MAX_CONSTRAINTS] {
        let mut h = [0.0; MAX_CONSTRAINTS];
        for (h, held) in h.iter_mut().zip(&mut self.held) {
            *h = held.g.first_order(at).value - held.level;
        }
        h
    }

    /// Updates the multipliers where step `step` has led.
    pub fn update(&mut self, step: u32) {
        for (k, held) in self.held.iter().enumerate() {
            self.carried[k] = self.settings.updated(step, held.relation, self.standing.h[k], self.carried[k]);
        }
    }

    /// The multipliers that are carried from step to step, for a checkpoint.
    pub fn carried(&self) -> [f64; MAX_CONSTRAINTS] {
        self.carried
    }

    /// Goes on with other multipliers.
    pub fn carry(&mut self, multipliers: [f64; MAX_CONSTRAINTS]) {
        self.carried = multipliers;
    }

    /// Λ as the next step uses it, or as it is best told where no step does.
    pub fn multipliers(&self) -> [f64; MAX_CONSTRAINTS] {
        match self.settings.kind {
            TreatmentKind::AugmentedLagrangian
            | TreatmentKind::DescentAscent
            | TreatmentKind::LagrangeNewton => self.carried,
            TreatmentKind::Penalty => {
                let mut multipliers = [0.0; MAX_CONSTRAINTS];
                for ((k, held), h) in self.held.iter().enumerate().zip(self.standing.h) {
                    multipliers[k] = -self.settings.mu * held.relation.violation(h);
                }
                multipliers
            }
            TreatmentKind::Projected => least_squares(self.standing.cost.gradient, self.sides(false)),
        }
    }

    /// Equations and the inequalities whose boundary the iterate is on; with `violated` also those that do not hold.
    fn sides(&self, violated: bool) -> [Option<Side>; MAX_CONSTRAINTS] {
        let mut sides = [None; MAX_CONSTRAINTS];
        for (k, held) in self.held.iter().enumerate() {
            let h = self.standing.h[k];
            let is_violated = violated && held.relation.violation(h) != 0.0;
            if held.relation == Relation::Equal || is_violated || held.is_on_boundary(h) {
                sides[k] = Some(Side { slope: self.standing.slopes[k], relation: held.relation });
            }
        }
        sides
    }

    /// Value and gradient of what is walked on, where it stands, from those of F.
    pub fn merit(&self, FirstOrder { mut value, mut gradient }: FirstOrder) -> FirstOrder {
        for (k, held) in self.held.iter().enumerate() {
            if let Some(share) = self.settings.share(held.relation, self.standing.h[k], self.carried[k]) {
                value += share.value;
                gradient += share.slope * self.standing.slopes[k];
            }
        }
        FirstOrder { value, gradient }
    }

    /// Value and gradient of what is walked on at another point, from those of F.
    pub fn merit_at(&mut self, at: Point, FirstOrder { mut value, mut gradient }: FirstOrder) -> FirstOrder {
        for (held, multiplier) in self.held.iter_mut().zip(self.carried) {
            let g = held.g.first_order(at);
            if let Some(share) = self.settings.share(held.relation, g.value - held.level, multiplier) {
                value += share.value;
                gradient += share.slope * g.gradient;
            }
        }
        FirstOrder { value, gradient }
    }

    /// The Hessian of what is walked on at a point, from that of F.
    pub fn merit_hessian(&mut self, at: Point, cost: Matrix2<f64>) -> Matrix2<f64> {
        self.merit_second_order(at, SecondOrder { value: 0.0, gradient: Point::zeros(), hessian: cost })
            .hessian
    }

    /// Value, gradient and Hessian of what is walked on at a point, from those of F.
    pub fn merit_second_order(&mut self, at: Point, cost: SecondOrder) -> SecondOrder {
        let SecondOrder { mut value, mut gradient, mut hessian } = cost;
        for (held, multiplier) in self.held.iter_mut().zip(self.carried) {
            let g = held.g.exact_uncounted(at);
            if let Some(share) = self.settings.share(held.relation, g.value - held.level, multiplier) {
                value += share.value;
                gradient += share.slope * g.gradient;
                hessian += share.slope * g.hessian + share.curvature * g.gradient * g.gradient.transpose();
            }
        }
        SecondOrder { value, gradient, hessian }
    }

    /// ∇²F − Σ Λ ∇²g at a point, from ∇²F.
    pub fn lagrangian_hessian(&mut self, at: Point, cost: Matrix2<f64>) -> Matrix2<f64> {
        let multipliers = self.multipliers();
        self.held.iter_mut().zip(multipliers).fold(cost, |hessian, (held, multiplier)| {
            hessian - multiplier * held.g.exact_uncounted(at).hessian
        })
    }

    /// How each compares with its level.
    pub fn relations(&self) -> impl Iterator<Item = Relation> {
        self.held.iter().map(|held| held.relation)
    }

    /// Where a step ends that the method takes to `to`.
    pub fn after_step(&mut self, to: Point) -> Result<Point, NoStep> {
        match self.settings.kind {
            TreatmentKind::Projected if is_finite(to) => projected::nearest_feasible(&mut self.held, to),
            _ => Ok(to),
        }
    }

    /// What is not finite of the constraints where it stands, or nothing.
    pub fn not_finite(&self) -> Option<&'static str> {
        let Standing { h, slopes, .. } = &self.standing;
        if !h.iter().all(|h| h.is_finite()) {
            return Some("a constraint is not a finite number");
        }
        (!slopes.iter().all(|slope| is_finite(*slope)))
            .then_some("the gradient of a constraint is not finite")
    }

    /// How far the iterate is from a solution.
    pub fn distance(&self) -> Distance {
        let Standing { cost, h, slopes, corner, .. } = &self.standing;
        let multipliers = self.multipliers();
        let mut left = cost.gradient;
        let (mut violation, mut complementarity) = (0.0_f64, 0.0_f64);
        for (k, held) in self.held.iter().enumerate() {
            left -= multipliers[k] * slopes[k];
            violation = violation.max(held.relation.violation(h[k]).abs());
            if held.relation != Relation::Equal {
                complementarity = complementarity.max((multipliers[k] * h[k]).abs());
            }
        }
        // At a corner of F the slope that leaves the least counts.
        Distance { residual: norm(soft_threshold(left, *corner)), violation, complementarity }
    }

    /// The norm of the gradient of all violations together, the root of the sum of their squares: how fast a step could
    /// lessen them, whatever they are.
    pub fn slope_of_violation(&self) -> f64 {
        let Standing { h, slopes, .. } = &self.standing;
        let mut all = Point::zeros();
        for (k, held) in self.held.iter().enumerate() {
            all[k] = held.relation.violation(h[k]);
        }
        norm(all.x * slopes[0] + all.y * slopes[1]) / norm(all)
    }

    /// The slopes of the constraints that are active within a tolerance on h.
    pub fn active_slopes(&self, tolerance: f64) -> Vec<Point> {
        let Standing { h, slopes, .. } = &self.standing;
        let is_active = |k: &usize| self.held[*k].relation == Relation::Equal || h[*k].abs() < tolerance;
        (0..self.count()).filter(is_active).map(|k| slopes[k]).collect()
    }
}
