//! What f is at a solution on the feasible set, and its multipliers.

use nalgebra::{Matrix2, SymmetricEigen};

use crate::objective::{Goal, Point, Relation, SecondOrder};
use crate::spelling::Selectable;

/// What f, as it is typed, is at a point on the feasible set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SolutionKind {
    /// f rises every way.
    Minimum,
    /// f falls every way.
    Maximum,
    /// Both.
    Saddle,
    /// f is 0, which is what is looked for.
    Root,
    /// A curvature or a multiplier is 0, so that they do not tell; or the active gradients are dependent.
    Degenerate,
}

impl Selectable for SolutionKind {
    const ALL: &'static [Self] = &[Self::Minimum, Self::Maximum, Self::Saddle, Self::Root, Self::Degenerate];

    fn id(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::Saddle => "saddle",
            Self::Root => "root",
            Self::Degenerate => "degenerate",
        }
    }
}

/// A curvature counts as 0 below this share of the entries that it is made of, and a multiplier below it.
const ZERO: f64 = 1e-8;

/// λ of each constraint, and what the point is. No multipliers where the gradients of the active constraints are dependent.
pub(super) fn kind_of(
    f: &SecondOrder,
    g: &[SecondOrder],
    active: &[bool],
    relations: &[Relation],
    goal: Goal,
) -> (Option<Vec<f64>>, SolutionKind) {
    let places: Vec<usize> = (0..g.len()).filter(|k| active[*k]).collect();
    let Some(multipliers) = multipliers(f.gradient, g, &places) else {
        return (None, SolutionKind::Degenerate);
    };
    let mut hessian = f.hessian;
    let mut scale = f.hessian.amax();
    for &k in &places {
        hessian -= multipliers[k] * g[k].hessian;
        scale = scale.max((multipliers[k] * g[k].hessian).amax());
    }
    let mut signs: Vec<i8> =
        curvatures(&hessian, g, &places).iter().map(|c| sign(*c, ZERO * scale)).collect();
    for &k in &places {
        let slope = g[k].gradient.norm();
        let upward = match relations[k] {
            Relation::Equal => continue,
            Relation::AtMost => -multipliers[k],
            Relation::AtLeast => multipliers[k],
        };
        signs.push(sign(upward, ZERO * (f.gradient.norm() / slope).max(f64::MIN_POSITIVE)));
    }
    let (up, down) = (signs.contains(&1), signs.contains(&-1));
    let kind = match (up, down) {
        (true, true) => SolutionKind::Saddle,
        _ if signs.contains(&0) => SolutionKind::Degenerate,
        (true, false) => SolutionKind::Minimum,
        (false, true) => SolutionKind::Maximum,
        // Two equations leave one point: it is what is looked for.
        (false, false) if goal == Goal::Maximize => SolutionKind::Maximum,
        (false, false) => SolutionKind::Minimum,
    };
    (Some(multipliers), kind)
}

fn sign(value: f64, zero: f64) -> i8 {
    if value > zero {
        1
    } else if value < -zero {
        -1
    } else {
        0
    }
}

/// λ with ∇f = Σ λₖ∇gₖ over the active ones, 0 for the others.
fn multipliers(gradient: Point, g: &[SecondOrder], active: &[usize]) -> Option<Vec<f64>> {
    let mut multipliers = vec![0.0; g.len()];
    match *active {
        [] => {}
        [k] => {
            let slope = g[k].gradient;
            let square = slope.norm_squared();
            if square == 0.0 || slope.norm() <= 1e-7 * g[k].hessian.amax() {
                return None;
            }
            multipliers[k] = gradient.dot(&slope) / square;
        }
        [a, b, ..] => {
            let (p, q) = (g[a].gradient, g[b].gradient);
            let determinant = p.perp(&q);
            if determinant.abs() <= 1e-9 * p.norm() * q.norm() || determinant == 0.0 {
                return None;
            }
            multipliers[a] = gradient.perp(&q) / determinant;
            multipliers[b] = p.perp(&gradient) / determinant;
        }
    }
    Some(multipliers)
}

/// The curvatures along what the active constraints leave free.
fn curvatures(hessian: &Matrix2<f64>, g: &[SecondOrder], active: &[usize]) -> Vec<f64> {
    match *active {
        [] if hessian.iter().all(|entry| entry.is_finite()) => {
            SymmetricEigen::new(*hessian).eigenvalues.iter().copied().collect()
        }
        [] => vec![0.0; 2],
        [k] => {
            let slope = g[k].gradient;
            let along = Point::new(-slope.y, slope.x) / slope.norm();
            vec![along.dot(&(hessian * along))]
        }
        _ => Vec::new(),
    }
}
