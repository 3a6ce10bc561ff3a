//! What came of a run, in the few words that a card or a legend has room for, and what a plot does not show.

use crate::figure::look::number::short;
use crate::objective::{Goal, Point, is_finite};
use crate::optimizer::{OutcomeKind, Trajectory};
use crate::scenario::ParameterUnits;

/// What came of a run, such as "converged at step 173", once `shown` is at its end; nothing before.
pub fn outcome_words(path: &Trajectory, shown: u32, goal: Goal) -> Option<String> {
    let outcome = path.outcome.as_ref().filter(|outcome| shown >= outcome.step)?;
    let step = outcome.step;
    let start_exists =
        path.entry(0).is_some_and(|start| start.value.is_finite() && is_finite(start.gradient));
    Some(match outcome.kind {
        OutcomeKind::Converged => format!("converged at step {step}"),
        OutcomeKind::Saddle => format!("saddle at step {step}"),
        // Of the function that is minimized: turned around, it is a minimum of the cost.
        OutcomeKind::Maximum if goal == Goal::Maximize => format!("minimum at step {step}"),
        OutcomeKind::Maximum => format!("maximum at step {step}"),
        OutcomeKind::Steps => format!("all {step} steps taken"),
        OutcomeKind::Diverged => format!("diverged at step {step}"),
        OutcomeKind::NotFinite if !start_exists => "undefined at the start".to_owned(),
        OutcomeKind::NotFinite if path.has_schedule() && !is_rate(path.rates().after(step)) => {
            format!("no rate at step {}", step + 1)
        }
        OutcomeKind::Stalled => format!("stalled at step {step}"),
        OutcomeKind::NoMinimum if goal == Goal::Maximize => format!("no maximum at step {step}"),
        OutcomeKind::NoMinimum => format!("no minimum at step {step}"),
        OutcomeKind::Penalized => format!("penalized at step {step}"),
        OutcomeKind::Infeasible => format!("no feasible point at step {step}"),
        OutcomeKind::Cycle => match path.period() {
            Some(period) => format!("cycle of period {period} at step {step}"),
            None => format!("cycle at step {step}"),
        },
        // The last point that is kept is the one before.
        OutcomeKind::NotFinite => format!("undefined at step {}", step + 1),
    })
}

/// Whether a step can be taken with these numbers.
fn is_rate(rates: Point) -> bool {
    rates.iter().all(|rate| rate.is_finite() && *rate >= 0.0)
}

/// What each parameter of a scaled column is for the column as it is given, a line for each that is another:
/// `θ₁ 1.93 per sd of x = 0.81 per x`.
pub fn unit_words(units: &ParameterUnits, names: &[String; 2], theta: Point) -> Vec<String> {
    let line = |axis: usize| {
        let (given, meaning) = units.given(theta)[axis]?;
        let [name, here, there] = [&names[axis], &short(theta[axis], 3), &short(given, 3)];
        Some(format!("{name} {here} {} = {there} {}", meaning.scaled, meaning.given))
    };
    (0..2).filter_map(line).collect()
}

/// That so many levels have no isolines; nothing where all have.
pub fn dropped_levels_words(dropped: usize) -> Option<String> {
    let levels = if dropped == 1 { "1 level is" } else { &format!("{dropped} levels are") };
    (dropped > 0)
        .then(|| format!("the cost varies faster than the screen can show: {levels} drawn without isolines"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::Derivatives;
    use crate::scenario::Scenario;
    use crate::session::Session;

    fn words_of_gradient_descent(formula: &str, start: [f64; 2]) -> Option<String> {
        let mut scenario = Scenario::of_formula(formula);
        scenario.run.start = start;
        words(scenario)
    }

    fn words(scenario: Scenario) -> Option<String> {
        let goal = scenario.cost.goal;
        let mut session = Session::new(scenario);
        session.finish();
        let (path, _) = session.trajectory(0)?;
        outcome_words(path, u32::MAX, goal)
    }

    #[test]
    fn convergence_that_is_none_is_called_by_its_name() {
        let at = |formula: &str, start| {
            let mut scenario = Scenario::of_formula(formula);
            scenario.run.start = start;
            scenario
        };
        assert_eq!(words(at("exp(-x) + y^2", [20.0, 0.0])).as_deref(), Some("no minimum at step 0"));
        let mut endless = at("-exp(-x) - y^2", [20.0, 0.0]);
        endless.cost.goal = Goal::Maximize;
        assert_eq!(words(endless).as_deref(), Some("no maximum at step 0"));
        let mut lost = at("x^2 + y^2", [1.0, 1.0]);
        lost.cost.derivatives = Derivatives::CentralDifference { step: 1e-17 };
        assert_eq!(words(lost).as_deref(), Some("stalled at step 0"));
    }

    #[test]
    fn a_start_without_a_cost_is_told_from_a_step_to_a_place_without_one() {
        assert_eq!(
            words_of_gradient_descent("ln(x)", [-1.0, 0.0]).as_deref(),
            Some("undefined at the start")
        );
        assert_eq!(
            words_of_gradient_descent("1e300*x^2", [1.0, 0.0]).as_deref(),
            Some("undefined at step 1")
        );
    }
}
