//! The proof under a figure: the cost, the start and every setting, so that anyone can make it again.

use crate::data::{Batching, Sampling};
use crate::decimal::with_minus;
use crate::expr::display_name;
use crate::objective::{Derivatives, Goal, Penalty};
use crate::optimizer::{ParameterValue, TreatmentParameter, TreatmentSettings};
use crate::scenario::{BiasCorrection, Cost, OptimizerChoice, Scenario, TimeSeries};
use crate::spelling::Selectable as _;

/// The lines of the caption: the cost with its constants, where the runs begin and end, then each visible run.
pub fn caption_lines(scenario: &Scenario) -> Vec<String> {
    if let Some(series) = &scenario.series {
        return series_lines(series);
    }
    let cost = &scenario.cost;
    let of_rows = cost.data.as_ref().map_or_else(String::new, |data| {
        let rows = data.table().rows();
        format!("{} over {rows} {} of ", data.reduce.id(), if rows == 1 { "row" } else { "rows" })
    });
    let mut about_cost = vec![format!("{} = {of_rows}{}", cost.left_side(), cost.right_side())];
    about_cost.extend(
        cost.constants.iter().map(|(name, value)| format!("{} = {}", display_name(name), plain(*value))),
    );
    about_cost.extend(cost.penalty.and_then(|penalty| penalty_words(cost, penalty)));
    match cost.goal {
        Goal::Minimize => {}
        Goal::Maximize => about_cost.push("maximized".to_owned()),
        Goal::Zero => about_cost.push("a root is looked for".to_owned()),
    }
    about_cost.extend(scenario.enabled_constraints().enumerate().map(|(k, constraint)| {
        let (head, relation) = (if k == 0 { "subject to " } else { "" }, constraint.relation.symbol());
        format!("{head}{} {relation} {}", constraint.formula, plain(constraint.level))
    }));
    if let Derivatives::CentralDifference { step } = cost.derivatives {
        about_cost.push(format!("derivatives by central differences with h = {}", plain(step)));
    }
    let run = &scenario.run;
    let is_of_one = cost.is_of_one_variable();
    let [from_x, from_y] = run.start.map(plain);
    let start = if is_of_one { from_x } else { format!("({from_x}, {from_y})") };
    let steps = if run.steps == 1 { "1 step".to_owned() } else { format!("{} steps", run.steps) };
    let is_constrained = scenario.enabled_constraints().next().is_some();
    let small = match cost.goal {
        _ if is_constrained => "‖∇J − Σ λ∇g‖",
        Goal::Zero => "|f|",
        _ if is_of_one => "|J\u{2032}|",
        _ => "‖∇J‖",
    };
    let end = if run.tolerance > 0.0 {
        format!("at most {steps}, until {small} < {}", plain(run.tolerance))
    } else {
        steps
    };
    let batches = run.batching().map_or_else(String::new, |Batching { size, sampling, seed }| {
        let rows = if size == 1 { "row" } else { "rows" };
        let seed = if sampling == Sampling::Cyclic { String::new() } else { format!(", seed {seed}") };
        format!(", {size} {rows} a step ({}{seed})", sampling.id())
    });
    let mut lines = vec![about_cost.join(", "), format!("Start {start}, {end}{batches}.")];
    let treatment = |choice: &OptimizerChoice| is_constrained.then(|| scenario.treatment_of(choice));
    let visible = scenario.optimizers.iter().filter(|run| run.visible);
    let runs: Vec<String> = visible.map(|choice| settings(scenario, choice, treatment(choice))).collect();
    if !runs.is_empty() {
        lines.push(format!("{}.", runs.join("; ")));
    }
    lines
}

/// The numbers of a series, and how its averages are taken.
fn series_lines(series: &TimeSeries) -> Vec<String> {
    let betas: Vec<String> = series.betas.iter().map(|beta| plain(*beta)).collect();
    let rule = "v_t = \u{3b2} v_(t\u{2212}1) + (1 \u{2212} \u{3b2}) x_t, v_0 = 0";
    let corrected = "; corrected it is divided by 1 \u{2212} \u{3b2}^t";
    let corrected = if series.bias_correction == BiasCorrection::Off { "" } else { corrected };
    vec![format!("{}.", series.source_words()), format!("{rule}{corrected}; \u{3b2} = {}.", betas.join(", "))]
}

/// What is added to the cost; nothing where its weights are 0.
fn penalty_words(cost: &Cost, penalty: Penalty) -> Option<String> {
    let weights = [("l1", penalty.l1), ("l2", penalty.l2)].into_iter().filter(|(_, weight)| *weight > 0.0);
    let weights: Vec<String> = weights.map(|(name, weight)| format!("{name} {}", plain(weight))).collect();
    let counted = cost.shown_variables().iter().zip(penalty.counts).filter(|(_, counts)| *counts);
    let counted: Vec<String> = counted.map(|(name, _)| display_name(name)).collect();
    (!weights.is_empty()).then(|| format!("plus {} of {}", weights.join(" and "), counted.join(" and ")))
}

/// A run with its method, where the name does not say it, its parameters, and how it meets constraints.
fn settings(scenario: &Scenario, choice: &OptimizerChoice, treatment: Option<TreatmentSettings>) -> String {
    let method = scenario.method_name(choice);
    let name = if choice.has_label() { format!("{} ({method})", choice.name()) } else { method.to_owned() };
    let mut words = Vec::new();
    for (parameter, value) in choice.settings.iter() {
        words.push(match value {
            ParameterValue::Real(value) => format!("{} {}", parameter.symbol, plain(value)),
            ParameterValue::PerVariable([x, y]) => {
                format!("{} ({}, {})", parameter.symbol, plain(x), plain(y))
            }
            ParameterValue::Interval([low, high]) => format!("bracket {} to {}", plain(low), plain(high)),
            // What a method goes without is not said.
            ParameterValue::Choice("none") => continue,
            ParameterValue::Choice(id) => id.to_owned(),
            ParameterValue::Switch(is_on) => {
                let name = parameter.id.replace('_', " ");
                if is_on { name } else { format!("no {name}") }
            }
        });
    }
    words.extend(choice.settings.own_rule().iter().flat_map(|rule| rule.lines().iter().cloned()));
    words.extend(choice.settings.schedule().map(|schedule| format!("φ(t) = {}", schedule.words())));
    if let Some(treatment) = treatment {
        let row = treatment.kind.row();
        words.push(row.short_name.to_owned());
        words.extend(row.parameters.iter().map(|parameter| match parameter {
            TreatmentParameter::Mu => format!("μ {}", plain(treatment.mu)),
            TreatmentParameter::MultiplierRate => format!("η {}", plain(treatment.multiplier_rate)),
            TreatmentParameter::InnerSteps => format!("λ every {} steps", treatment.inner_steps),
        }));
    }
    format!("{name}: {}", words.join(", "))
}

/// A number with all its digits and a true minus sign.
fn plain(value: f64) -> String {
    let text = format!("{value:?}");
    with_minus(text.strip_suffix(".0").unwrap_or(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_says_everything_that_the_numbers_depend_on() {
        let text = r#"
            [cost]
            formula = "a*theta0^2 + theta1"
            variables = ["theta0", "theta1"]
            constants = { a = 0.5 }
            goal = "maximize"
            derivatives = "central-difference"
            difference_step = 1e-5
            [run]
            start = [-1.2, 1.0]
            steps = 40
            tolerance = 1e-6
            [[optimizer]]
            method = "momentum"
            label = "Heavy ball"
            learning_rate = 0.25
            [[optimizer]]
            method = "gd"
            visible = false
            [[optimizer]]
            method = "adam"
            learning_rate = 1e-9
            bias_correction = false
        "#;
        let lines = caption_lines(&crate::scenario::read(text, "test").unwrap());
        assert_eq!(
            lines,
            [
                "J(θ₀, θ₁) = a*theta0^2 + theta1, a = 0.5, maximized, derivatives by central differences with h = 1e\u{2212}5",
                "Start (\u{2212}1.2, 1), at most 40 steps, until ‖∇J‖ < 1e\u{2212}6.",
                "Heavy ball (Momentum): α 0.25, β 0.9, standard; \
                 Adam: α 1e\u{2212}9, β₁ 0.9, β₂ 0.999, ε 1e\u{2212}8, no bias correction.",
            ]
        );
        let text = r#"
            [cost]
            formula = "x^2 + y^2"
            [[constraint]]
            formula = "x + y"
            relation = ">="
            level = 1.5
            [[constraint]]
            formula = "x - y"
            [[optimizer]]
            method = "gd"
            learning_rate = 0.1
            [[optimizer]]
            method = "gd"
            learning_rate = 0.1
            treatment = { kind = "penalty", mu = 4 }
        "#;
        let lines = caption_lines(&crate::scenario::read(text, "test").unwrap());
        assert_eq!(lines[0], "J(x, y) = x^2 + y^2, subject to x + y ≥ 1.5, x - y = 0");
        assert!(lines[1].ends_with("until ‖∇J − Σ λ∇g‖ < 1e\u{2212}6."), "{}", lines[1]);
        assert_eq!(
            lines[2],
            "Gradient descent: α 0.1, augmented, μ 10, λ every 20 steps; Gradient descent: α 0.1, penalty, μ 4."
        );
    }
}
