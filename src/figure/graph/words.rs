//! What is said of a graph: where its numbers are from, and what it leaves out.

use crate::expr::display_name;
use crate::figure::look::number::{short, trimmed};
use crate::objective::{Point, Reduce};
use crate::scenario::Scenario;
use crate::session::Session;
use crate::symbolic::{Computation, Computed};

/// Where the numbers are from: `at x = 1, y = 2, the pointer`.
pub fn place_words(scenario: &Scenario, point: Point, what: &str) -> String {
    let number = |value: f64| trimmed(&short(value, 4));
    let names = scenario.cost.shown_variables().iter();
    let coordinates =
        names.zip(point.iter()).map(|(name, at)| format!("{} = {}", display_name(name), number(*at)));
    format!("At {}: {what}", coordinates.collect::<Vec<_>>().join(", "))
}

/// The head of a run at a step, the start where there is no run.
pub fn place_at(session: &Session, run: Option<usize>, step: u32) -> (Point, String) {
    let scenario = session.scenario();
    let path = run.and_then(|run| Some((run, session.trajectory(run)?.0)));
    let head = path.and_then(|(run, path)| Some((run, path.entry_at(step)?, path.point_at(step)?)));
    match head {
        Some((run, entry, point)) => {
            let what = format!("step {entry} of {}", scenario.run_name(run));
            (point, place_words(scenario, point, &what))
        }
        None => {
            let point = Point::from(scenario.run.start);
            (point, place_words(scenario, point, "the start"))
        }
    }
}

/// What a reader has to know besides.
pub(super) fn remarks(
    computation: &Computation,
    computed: &Computed,
    scenario: &Scenario,
    row: usize,
) -> Vec<String> {
    let mut remarks = Vec::new();
    let cost = &scenario.cost;
    if let Some(data) = &cost.data {
        let rows = data.table().rows();
        let what = if data.reduce == Reduce::Mean { "mean" } else { "sum" };
        remarks.push(format!(
            "The graph of the loss of row {} of {rows}; the cost is the {what} of all, and so is each derivative.",
            row + 1
        ));
    }
    let has_penalty = cost.penalty.is_some_and(|penalty| penalty.l1 > 0.0 || penalty.l2 > 0.0);
    let is_constrained = scenario.enabled_constraints().next().is_some();
    let beside = match (has_penalty, is_constrained) {
        (true, true) => Some("The penalty and the constraints are"),
        (true, false) => Some("The penalty is"),
        (false, true) => Some("The constraints are"),
        (false, false) => None,
    };
    remarks.extend(beside.map(|beside| format!("{beside} no part of the formula, nor of its graph.")));
    let j = &computation.nodes()[computation.result()].symbol.text;
    if let Some(value) = computed.lost_value() {
        remarks.push(format!(
            "Rounding loses {j} here in the operations as they are typed: in another form it is {}.",
            trimmed(&short(value, 4))
        ));
    }
    let beyond = (0..computation.nodes().len()).filter(|node| computed.is_beyond_chain_rule(*node));
    for node in beyond {
        let name = &computation.nodes()[node].symbol.text;
        remarks.push(format!(
            "A derivative on the way does not exist here, so that the chain rule says nothing; ∂{j}/∂{name} exists and is {}.",
            trimmed(&short(computed.derivative(node), 4))
        ));
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_number_for_each_variable_that_there_is() {
        let at = |head: &str| {
            let scenario = crate::scenario::read(&format!("[cost]\nformula = \"x^2\"\n{head}"), "").unwrap();
            place_words(&scenario, Point::new(0.5, 0.0), "the start")
        };
        assert_eq!(at(""), "At x = 0.5, y = 0: the start");
        assert_eq!(at("variables = [\"x\"]\n"), "At x = 0.5: the start");
    }
}
