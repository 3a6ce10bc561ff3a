//! What the contours are of: the cost, or what a run makes of it at a step.
//!
//! Formulas. Of the Lagrangian, J − Σ λₖhₖ with the multipliers that the step uses; of the merit, J + s Σ φₖ(hₖ) with what the
//! run's treatment adds to F = s J. Both are formulas like any other, so that all that is drawn of a cost is drawn of them.

use serde::{Deserialize, Serialize};

use super::Path;
use crate::objective::{Goal, Objective, Reduce};
use crate::scenario::{Cost, CostSource, Scenario};
use crate::spelling::Selectable;

/// What the contours are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContoursOf {
    /// The cost.
    #[default]
    Cost,
    /// The Lagrangian with the multipliers of a run.
    Lagrangian,
    /// What a run walks on.
    Merit,
}

impl Selectable for ContoursOf {
    const ALL: &'static [Self] = &[Self::Cost, Self::Lagrangian, Self::Merit];

    fn id(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Lagrangian => "lagrangian",
            Self::Merit => "merit",
        }
    }
}

impl ContoursOf {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cost => "J",
            Self::Lagrangian => "J − λh",
            Self::Merit => "merit",
        }
    }

    /// What it shows, for a student.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Cost => "The cost itself",
            Self::Lagrangian => {
                "The Lagrangian with the λ of the chosen run at the step that is shown, h = g − level: at a solution with its λ \
                 it has no slope"
            }
            Self::Merit => {
                "What the chosen run walks on at the step that is shown: J with its penalty and its multipliers"
            }
        }
    }
}

/// What contours are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ContoursAt {
    /// Of what.
    pub of: ContoursOf,
    /// The run whose multipliers count; the first visible one where there is none.
    pub run: Option<usize>,
    /// The step.
    pub step: u32,
}

/// What contours are of that are not the cost's.
#[derive(Clone, Debug, PartialEq)]
pub struct Contours {
    /// Of what.
    pub of: ContoursOf,
    /// The run.
    pub run: usize,
    /// The step.
    pub step: usize,
    /// λ for each constraint.
    pub multipliers: Vec<f64>,
    /// The same as a formula in the variables and constants of the cost.
    pub formula: String,
}

impl Contours {
    /// What is asked for of these runs. Nothing where it is the cost, or where the run has no such thing.
    pub(super) fn of(scenario: &Scenario, paths: &[Path<'_>], asked: ContoursAt) -> Option<Self> {
        let ContoursAt { of, run, step } = asked;
        if of == ContoursOf::Cost {
            return None;
        }
        let is_asked = |path: &&Path<'_>| run.map_or(path.choice.visible, |run| path.index == run);
        let path = paths.iter().find(is_asked)?;
        let settings = path.trajectory.treatment()?;
        let step = path.trajectory.entry_at(step)?;
        let multipliers = path.trajectory.multipliers(step)?;
        let constraints = || scenario.enabled_constraints().zip(multipliers.iter().copied());
        let sign = if scenario.cost.goal == Goal::Maximize { -1.0 } else { 1.0 };
        // The formula is the loss of a row where there are rows: of a sum of so many each has its part of a constraint.
        let rows = scenario.cost.data.as_ref().filter(|data| data.reduce == Reduce::Sum);
        let part = rows.map_or_else(String::new, |data| format!("/{}", data.table().rows()));
        let mut formula = format!("({})", scenario.cost.right_side());
        for (choice, multiplier) in constraints() {
            let h = format!("(({}) - ({:e}))", choice.formula, choice.level);
            if of == ContoursOf::Lagrangian {
                formula.push_str(&format!(" - ({multiplier:e})*{h}{part}"));
            } else {
                let added = settings.added(choice.relation, &h, sign * multiplier)?;
                formula.push_str(&format!(" {} ({added}){part}", if sign < 0.0 { '-' } else { '+' }));
            }
        }
        let multipliers = constraints().map(|(_, multiplier)| multiplier).collect();
        Some(Self { of, run: path.index, step, multipliers, formula })
    }

    /// The function, if it can be evaluated.
    pub(super) fn objective(cost: &Cost, formula: &str) -> Option<Objective> {
        Cost { source: CostSource::Formula(formula.to_owned()), ..cost.clone() }.objective().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::Point;
    use crate::session::Session;

    #[test]
    fn contours_are_of_the_lagrangian_and_of_what_the_run_walks_on() {
        for goal in ["minimize", "maximize"] {
            let text = format!(
                "[cost]\nformula = \"J(x, y) = a*x^2 + y\"\nconstants = {{ a = 2.0 }}\ngoal = \"{goal}\"\n[[constraint]]\nformula = \"x - y\"\n\
                 relation = \"<=\"\nlevel = -0.5\n[treatment]\nkind = \"augmented-lagrangian\"\nmu = 3.0\ninner_steps = 2\n\
                 [run]\nstart = [0.5, 0.4]\nsteps = 9\ntolerance = 0\n"
            );
            let mut session = Session::new(crate::scenario::read(&text, "contours").unwrap());
            session.finish();
            let sign = if goal == "maximize" { -1.0 } else { 1.0 };
            let paths: Vec<Path<'_>> = session.paths().collect();
            let at = Point::new(0.7, -0.3);
            let (f, h) = (2.0 * 0.7 * 0.7 - 0.3, 0.7 + 0.3 + 0.5);
            let value = |of, step| {
                let asked = ContoursAt { of, run: None, step };
                let contours = Contours::of(session.scenario(), &paths, asked)?;
                let objective = Contours::objective(&session.scenario().cost, &contours.formula).unwrap();
                Some((objective.evaluator().value(at), contours.multipliers[0]))
            };
            assert_eq!(value(ContoursOf::Cost, 3), None);
            for step in [0, 1, 2, 5, 99] {
                let (lagrangian, lambda) = value(ContoursOf::Lagrangian, step).unwrap();
                assert!((lagrangian - (f - lambda * h)).abs() < 1e-12, "{goal} {step}");
                assert_eq!(lambda, paths[0].trajectory.multipliers(9.min(step as usize)).unwrap().x);
                let (merit, _) = value(ContoursOf::Merit, step).unwrap();
                let (big, mu) = (sign * lambda, 3.0);
                let wanted = sign * f + ((-big + mu * h).max(0.0).powi(2) - big * big) / (2.0 * mu);
                assert!((sign * merit - wanted).abs() < 1e-12, "{goal} {step}: {merit} {wanted}");
            }
        }
    }
}
