//! Lagrange-Newton: Newton's method on the N + K equations of the lecture, ∇F = Σ Λₖ ∇gₖ and h = 0.
//!
//! ```text
//! [∇²F − Σ Λ ∇²g   −Aᵀ] [d ]   [−∇F]
//! [A                 0 ] [Λ⁺] = [−h ],   θ ← θ + αd,   Λ ← Λ + α(Λ⁺ − Λ),   A = rows ∇gₖ
//! ```
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, section 18.1, equation (18.9). Λ begins with the least
//! squares of ∇F ≈ Σ Λₖ ∇gₖ at the start. Inequalities by an active set: of all sets of inequalities taken for equations, the
//! smallest whose step meets the others to first order and whose multipliers have their signs; where none does, all that do
//! not hold. A multiplier of a constraint outside the set is 0. It goes to whatever stationary point of the Lagrangian there is
//! near, a maximum or saddle as well as a minimum.

use nalgebra::{Matrix2, Matrix4, Vector4};

use super::{TreatmentParameter, TreatmentRow};
use crate::objective::{MAX_CONSTRAINTS, Point, Relation};
use crate::optimizer::term::{Value, matrix, vector};
use crate::optimizer::{Drawn, Iterate, NoStep, Oracle, Stage, Stepper, Taken};

pub(super) const ROW: TreatmentRow = TreatmentRow {
    id: "lagrange-newton",
    name: "Lagrange-Newton",
    short_name: "Lagrange-Newton",
    summary: "Newton's method on the N + K equations ∇f = λ∇g, g = level: finds point and multiplier together.",
    formula: "∇F − Σ Λ ∇g = 0, h = 0",
    source: "Nocedal & Wright 2006, section 18.1",
    parameters: NO_PARAMETERS,
};

const NO_PARAMETERS: &[TreatmentParameter] = &[];

/// The step, and what it was found from.
#[derive(Clone, Debug)]
pub(in crate::optimizer) struct LagrangeNewton {
    hessian: Matrix2<f64>,
    direction: Point,
    multipliers: [f64; MAX_CONSTRAINTS],
}

impl LagrangeNewton {
    /// Before its first step.
    pub fn new() -> Self {
        Self { hessian: Matrix2::zeros(), direction: Point::zeros(), multipliers: [0.0; MAX_CONSTRAINTS] }
    }
}

/// The N + K equations at a point, linearized.
struct Linearized {
    gradient: Point,
    hessian: Matrix2<f64>,
    h: [f64; MAX_CONSTRAINTS],
    slopes: [Point; MAX_CONSTRAINTS],
}

impl Linearized {
    /// d and Λ⁺ with these constraints taken for equations; nothing where they have no unique solution.
    fn solve(&self, active: [bool; MAX_CONSTRAINTS]) -> Option<(Point, [f64; MAX_CONSTRAINTS])> {
        let mut kkt = Matrix4::zeros();
        let mut right = Vector4::new(-self.gradient.x, -self.gradient.y, 0.0, 0.0);
        kkt.fixed_view_mut::<2, 2>(0, 0).copy_from(&self.hessian);
        for k in 0..MAX_CONSTRAINTS {
            if active[k] {
                kkt.fixed_view_mut::<2, 1>(0, 2 + k).copy_from(&-self.slopes[k]);
                kkt.fixed_view_mut::<1, 2>(2 + k, 0).copy_from(&self.slopes[k].transpose());
                right[2 + k] = -self.h[k];
            } else {
                kkt[(2 + k, 2 + k)] = 1.0;
            }
        }
        let solution = kkt.lu().solve(&right).filter(|found| found.iter().all(|entry| entry.is_finite()))?;
        Some((Point::new(solution[0], solution[1]), [solution[2], solution[3]]))
    }
}

impl Stepper for LagrangeNewton {
    fn step(&mut self, &Iterate { at, rate, .. }: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        self.hessian = oracle.lagrangian_hessian(at);
        // Of the rows of the step, as the Hessian is.
        let Some((constrained, cost)) = oracle.constrained().zip(oracle.cost_of_step()) else {
            return Err(NoStep::SingularHessian);
        };
        let standing = constrained.standing();
        let equations = Linearized {
            gradient: cost.gradient,
            hessian: self.hessian,
            h: standing.h,
            slopes: standing.slopes,
        };
        if !self.hessian.iter().all(|entry| entry.is_finite()) {
            return Err(NoStep::HessianNotFinite);
        }
        let relations: Vec<Relation> = constrained.relations().collect();
        let (direction, multipliers) = step_of(&equations, &relations).ok_or(NoStep::SingularKkt)?;
        let carried = constrained.carried();
        self.direction = direction;
        self.multipliers = std::array::from_fn(|k| carried[k] + rate.x * (multipliers[k] - carried[k]));
        Ok(at + rate.component_mul(&direction))
    }

    fn multipliers(&self) -> Option<[f64; MAX_CONSTRAINTS]> {
        Some(self.multipliers)
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let of = taken.from.at;
        let lagrangian = matrix("∇²L(θ)", r"\nabla^2 L(\theta)", self.hessian);
        let direction = vector("d", "d", self.direction);
        let multipliers = Point::from(self.multipliers);
        vec![
            taken.gradient(),
            Stage::line(
                "hessian",
                "Hessian of the Lagrangian F − Σ Λ g",
                ["H", "H"],
                lagrangian,
                Value::Matrix(self.hessian),
            ),
            Stage::part(
                "direction",
                "to where slope and constraints, linearized, both vanish",
                direction.clone(),
            )
            .drawn("d", Drawn::Way { from: of, by: self.direction }),
            Stage::line(
                "multiplier",
                "multipliers that the same equations give",
                ["Λ", r"\Lambda"],
                vector("Λ⁺", r"\Lambda^{+}", multipliers),
                Value::Vector(multipliers),
            ),
            taken.end_at(taken.theta() + taken.alpha() * direction),
        ]
    }
}

/// d and Λ⁺, by an active set.
fn step_of(equations: &Linearized, relations: &[Relation]) -> Option<(Point, [f64; MAX_CONSTRAINTS])> {
    let is_equation = |k: usize| relations.get(k) == Some(&Relation::Equal);
    let sets = (0..1_usize << relations.len())
        .filter(|set| (0..relations.len()).all(|k| !is_equation(k) || set & (1 << k) != 0));
    let mut sets: Vec<usize> = sets.collect();
    sets.sort_by_key(|set| set.count_ones());
    let active = |set: usize| std::array::from_fn(|k| set & (1 << k) != 0);
    for &set in &sets {
        let Some((direction, multipliers)) = equations.solve(active(set)) else { continue };
        let fits = relations.iter().enumerate().all(|(k, relation)| {
            if set & (1 << k) != 0 {
                relation.clip(multipliers[k]) == multipliers[k]
            } else {
                relation.violation(equations.h[k] + equations.slopes[k].dot(&direction)) == 0.0
            }
        });
        if fits {
            return Some((direction, multipliers));
        }
    }
    let violated: [bool; MAX_CONSTRAINTS] = std::array::from_fn(|k| {
        relations
            .get(k)
            .is_some_and(|relation| *relation == Relation::Equal || relation.violation(equations.h[k]) != 0.0)
    });
    let (direction, mut multipliers) = equations.solve(violated)?;
    for (multiplier, relation) in multipliers.iter_mut().zip(relations) {
        *multiplier = relation.clip(*multiplier);
    }
    Some((direction, multipliers))
}
