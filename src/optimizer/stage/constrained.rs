//! What constraints add to the stages of a step: how strongly each pushes, what is walked on in the place of the cost, and
//! where the step is taken back to.

use super::{Drawn, Stage};
use crate::objective::{Point, Relation};
use crate::optimizer::Oracle;
use crate::optimizer::iterate::Iterate;
use crate::optimizer::term::{Term, Value, scalar, vector};
use crate::optimizer::treatment::{Standing, TreatmentKind, TreatmentSettings};

/// Names of what belongs to the first, the second, and an only constraint, as text and as LaTeX.
struct Names {
    pull: [&'static str; 2],
    h: [&'static str; 2],
    /// h where the step ends.
    h_then: [&'static str; 2],
    multiplier: [&'static str; 2],
    slope: [&'static str; 2],
}

const ONLY: Names = Names {
    pull: ["c", "c"],
    h: ["h", "h"],
    h_then: ["h′", "h'"],
    multiplier: ["Λ", r"\Lambda"],
    slope: ["∇g", r"\nabla g"],
};
const EACH: [Names; 2] = [
    Names {
        pull: ["c₁", "c_1"],
        h: ["h₁", "h_1"],
        h_then: ["h₁′", "h_1'"],
        multiplier: ["Λ₁", r"\Lambda_1"],
        slope: ["∇g₁", r"\nabla g_1"],
    },
    Names {
        pull: ["c₂", "c_2"],
        h: ["h₂", "h_2"],
        h_then: ["h₂′", "h_2'"],
        multiplier: ["Λ₂", r"\Lambda_2"],
        slope: ["∇g₂", r"\nabla g_2"],
    },
];
const PULLS: [&str; 2] = ["pull_1", "pull_2"];
const MULTIPLIERS: [&str; 2] = ["multiplier_1", "multiplier_2"];

/// The stages of a step from `from`, with those of the constraints that the oracle stands on.
pub(in crate::optimizer) fn with_constraints(
    mut stages: Vec<Stage>,
    from: &Iterate,
    oracle: &mut Oracle,
) -> Vec<Stage> {
    let Some(constrained) = oracle.constrained() else { return stages };
    let (settings, standing) = (constrained.settings(), *constrained.standing());
    let relations: Vec<Relation> = constrained.relations().collect();
    let multipliers = constrained.carried();
    match settings.kind {
        TreatmentKind::LagrangeNewton => stages,
        TreatmentKind::Projected => {
            let to = stages.last().map_or(from.at, Stage::entries);
            let end = oracle.after_step(from.at, to).unwrap_or(Point::repeat(f64::NAN));
            if let Some(last) = stages.last_mut() {
                last.become_unprojected();
            }
            let title = "the next iterate: the nearest point where the constraints hold";
            let right = vector("P(θ′)", r"P(\theta')", end);
            let point = Stage::line("point", title, ["θ", r"\theta"], right, Value::Vector(end));
            stages.push(point.drawn("θ", Drawn::Step { from: from.at, to: end }));
            stages
        }
        TreatmentKind::AugmentedLagrangian | TreatmentKind::Penalty | TreatmentKind::DescentAscent => {
            let slope = oracle.cost_of_step().unwrap_or(standing.cost).gradient;
            let mut all = of_merit(settings, &standing, slope, &relations, multipliers, from, oracle.sign());
            let to = stages.last().map_or(from.at, Stage::entries);
            // The step ends with its point, so that what is made of that stands before it.
            let last = stages.pop();
            all.append(&mut stages);
            let h = oracle.h_at(to);
            for (k, relation) in relations.iter().enumerate() {
                let names = if relations.len() == 1 { &ONLY } else { &EACH[k] };
                if let Some(right) = updated(settings, from.t, *relation, names, h[k], multipliers[k]) {
                    let title = "the multiplier that the next step uses, with h′ where this one ends";
                    let value = right.value();
                    all.push(Stage::line(MULTIPLIERS[k], title, names.multiplier, right, value));
                }
            }
            all.extend(last);
            all
        }
    }
}

/// What a multiplier becomes after step `t`, as the files of the treatments have it; nothing where it stays.
fn updated(
    settings: TreatmentSettings,
    t: u32,
    relation: Relation,
    names: &Names,
    h: f64,
    multiplier: f64,
) -> Option<Term> {
    let [symbol, latex] = names.multiplier;
    let lambda = || scalar(symbol, latex, multiplier);
    let h = |name: &'static str, latex: &'static str, rate: f64| {
        scalar(name, latex, rate) * scalar(names.h_then[0], names.h_then[1], h)
    };
    let by = match settings.kind {
        TreatmentKind::AugmentedLagrangian if t.is_multiple_of(settings.inner_steps) => {
            h("μ", r"\mu", settings.mu)
        }
        TreatmentKind::DescentAscent => h("η", r"\eta", settings.multiplier_rate),
        _ => return None,
    };
    let positive = |term: Term| Term::Larger(Box::new([Term::Constant(0.0), term]));
    Some(match relation {
        Relation::Equal => lambda() - by,
        Relation::AtMost => -positive(by - lambda()),
        Relation::AtLeast => positive(lambda() - by),
    })
}

/// How strongly each constraint pushes, and the gradient of the merit that comes of it.
fn of_merit(
    settings: TreatmentSettings,
    standing: &Standing,
    gradient: Point,
    relations: &[Relation],
    multipliers: [f64; 2],
    from: &Iterate,
    sign: f64,
) -> Vec<Stage> {
    let mut sum = match sign < 0.0 {
        true => -vector("∇J(θ)", r"\nabla J(\theta)", -gradient),
        false => vector("∇J(θ)", r"\nabla J(\theta)", gradient),
    };
    let mut stages = Vec::new();
    for (k, relation) in relations.iter().enumerate() {
        let names = if relations.len() == 1 { &ONLY } else { &EACH[k] };
        let right = pull(settings, *relation, names, standing.h[k], multipliers[k]);
        let value = right.value();
        let Value::Scalar(size) = value else { continue };
        let title = "how strongly the constraint pushes along its gradient";
        stages.push(Stage::line(PULLS[k], title, names.pull, right, value));
        sum = sum
            + scalar(names.pull[0], names.pull[1], size)
                * vector(names.slope[0], names.slope[1], standing.slopes[k]);
    }
    let merit = vector("∇M(θ)", r"\nabla M(\theta)", from.here.gradient);
    let title = "gradient of what is walked on: of the cost, and of its constraints";
    let merit = Stage::identity("merit_gradient", title, &merit, sum, Value::Vector(from.here.gradient));
    stages.push(merit.slope_at("∇M", from.at));
    stages
}

/// What stands on ∇g: φ′(h), as the files of the treatments have it.
fn pull(settings: TreatmentSettings, relation: Relation, names: &Names, h: f64, multiplier: f64) -> Term {
    let mu = || scalar("μ", r"\mu", settings.mu) * scalar(names.h[0], names.h[1], h);
    let lambda = || scalar(names.multiplier[0], names.multiplier[1], multiplier);
    let positive = |term: Term| Term::Larger(Box::new([Term::Constant(0.0), term]));
    match (settings.kind, relation) {
        (TreatmentKind::Penalty, Relation::Equal) => mu(),
        (TreatmentKind::Penalty, Relation::AtMost) => positive(mu()),
        (TreatmentKind::Penalty, Relation::AtLeast) => -positive(-mu()),
        (TreatmentKind::AugmentedLagrangian, Relation::Equal) => mu() - lambda(),
        (TreatmentKind::AugmentedLagrangian, Relation::AtMost) => positive(mu() - lambda()),
        (TreatmentKind::AugmentedLagrangian, Relation::AtLeast) => -positive(lambda() - mu()),
        (TreatmentKind::DescentAscent | TreatmentKind::Projected | TreatmentKind::LagrangeNewton, _) => {
            -lambda()
        }
    }
}
