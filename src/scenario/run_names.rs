//! What the runs are called: by label or method, and where a method has several runs, by what differs between them.

use super::{OptimizerChoice, Scenario};
use crate::decimal::with_minus;
use crate::optimizer::{ParameterValue, Rule, Settings, TreatmentParameter, TreatmentSettings};

/// Stochastic gradient descent, as the field calls gradient descent on batches.
const STOCHASTIC: &str = "SGD";

/// Digits of a parameter in a name, as long as they tell two runs apart.
const DIGITS: usize = 4;

impl Scenario {
    /// What the run at `index` is called: its label, or else its method, with the parameters in which the runs of one
    /// method differ: `GD, α = 0.02`. Runs that differ in nothing are numbered.
    pub fn run_name(&self, index: usize) -> String {
        let Some(choice) = self.optimizers.get(index) else { return String::new() };
        if choice.has_label() {
            return choice.name();
        }
        let is_stochastic = self.is_stochastic(choice);
        let method = choice.settings.method();
        let siblings: Vec<(usize, &OptimizerChoice)> = (self.optimizers.iter().enumerate())
            .filter(|(_, other)| !other.has_label() && other.settings.method() == method)
            .collect();
        if siblings.len() < 2 {
            return self.method_name(choice).to_owned();
        }
        let settings: Vec<&Settings> = siblings.iter().map(|(_, other)| &other.settings).collect();
        let is_constrained = self.enabled_constraints().next().is_some();
        let treatments: Vec<TreatmentSettings> =
            (siblings.iter()).filter(|_| is_constrained).map(|(_, other)| self.treatment_of(other)).collect();
        let described = |choice: &OptimizerChoice| {
            let treatment = described_treatment(self.treatment_of(choice), &treatments);
            described(&choice.settings, &settings) + &treatment
        };
        let mut own = described(choice);
        let mut alike: Vec<(usize, &OptimizerChoice)> =
            siblings.iter().copied().filter(|(_, other)| described(other) == own).collect();
        if alike.len() > 1 {
            let rules: Vec<&Rule> = alike.iter().filter_map(|(_, other)| rule_of(other)).collect();
            let line = |choice: &OptimizerChoice| described_rule(rule_of(choice)?, &rules);
            let differs = line(choice);
            alike.retain(|(_, other)| line(other) == differs);
            own.push_str(&differs.map_or_else(String::new, |line| format!(", {line}")));
        }
        let short_name = if is_stochastic { STOCHASTIC } else { method.short_name };
        let mut name = format!("{short_name}{own}");
        if alike.len() > 1 {
            let number = alike.iter().position(|(place, _)| *place == index).unwrap_or(0) + 1;
            name.push_str(&format!(" ({number})"));
        }
        name
    }

    /// What the method of a run is called: gradient descent on batches has a name of its own.
    pub fn method_name(&self, choice: &OptimizerChoice) -> &'static str {
        if self.is_stochastic(choice) { STOCHASTIC } else { choice.settings.method().name }
    }

    fn is_stochastic(&self, choice: &OptimizerChoice) -> bool {
        choice.settings.method().id == "gd" && self.run.batch.is_some()
    }

    /// Another name of the run at `index`, which does not change while its parameters do: a label or method that an
    /// earlier run has too is numbered.
    pub fn numbered_name(&self, index: usize) -> String {
        let Some(choice) = self.optimizers.get(index) else { return String::new() };
        let name = choice.name();
        let earlier = self.optimizers.iter().take(index).filter(|other| other.name() == name).count();
        if earlier == 0 { name } else { format!("{name} {}", earlier + 1) }
    }
}

/// The parameters in which settings of one method differ, as they are here: `, α = 0.02, β = 0.9`.
fn described(own: &Settings, all: &[&Settings]) -> String {
    let mut words = String::new();
    for (place, (parameter, value)) in own.iter().enumerate() {
        let others: Vec<ParameterValue> =
            all.iter().filter_map(|settings| settings.iter().nth(place).map(|(_, value)| value)).collect();
        if others.iter().all(|other| *other == value) {
            continue;
        }
        words.push_str(", ");
        match value {
            ParameterValue::Real(number) => {
                let numbers = others.iter().filter_map(|other| match other {
                    ParameterValue::Real(number) => Some(*number),
                    _ => None,
                });
                words.push_str(&format!("{} = {}", parameter.symbol, told_apart(number, numbers)));
            }
            ParameterValue::PerVariable(numbers) => {
                let others = others.iter().filter_map(|other| match other {
                    ParameterValue::PerVariable(numbers) => Some(*numbers),
                    _ => None,
                });
                let each: Vec<String> = (0..2)
                    .map(|axis| told_apart(numbers[axis], others.clone().map(|other| other[axis])))
                    .collect();
                words.push_str(&format!("{} = ({})", parameter.symbol, each.join(", ")));
            }
            ParameterValue::Interval([low, high]) => words.push_str(&format!("{low} to {high}")),
            ParameterValue::Choice(id) => words.push_str(id),
            ParameterValue::Switch(is_on) => {
                let with = if is_on { "with" } else { "without" };
                words.push_str(&format!("{with} {}", parameter.id.replace('_', " ")));
            }
        }
    }
    words.push_str(&described_schedule(own, all));
    words
}

/// The schedule where settings differ in it: its kind, with its numbers where the kind does not tell it from the others.
fn described_schedule(own: &Settings, all: &[&Settings]) -> String {
    let others = || all.iter().map(|settings| settings.schedule()).filter(|other| *other != own.schedule());
    if others().next().is_none() {
        return String::new();
    }
    let Some(schedule) = own.schedule() else { return ", no schedule".to_owned() };
    let kind = schedule.form.kind();
    let is_only = others().flatten().all(|other| other.form.kind() != kind);
    if is_only { format!(", {}", kind.name()) } else { format!(", φ = {}", schedule.words()) }
}

fn rule_of(choice: &OptimizerChoice) -> Option<&Rule> {
    choice.settings.own_rule().map(|rule| &**rule)
}

/// The first line in which a rule of one's own differs from others, no longer than is read at a glance.
fn described_rule(own: &Rule, all: &[&Rule]) -> Option<String> {
    /// In characters.
    const LONGEST: usize = 28;
    let line = own.first_difference(all.iter().copied())?;
    let has_room = line.chars().count() <= LONGEST;
    let shortened = || line.chars().take(LONGEST - 1).collect::<String>().trim_end().to_owned() + "…";
    Some(if has_room { line.to_owned() } else { shortened() })
}

/// That in which ways to meet constraints differ, as it is here: `, penalty`, or `, μ = 3` among others of one kind.
fn described_treatment(own: TreatmentSettings, all: &[TreatmentSettings]) -> String {
    let mut words = String::new();
    if all.iter().any(|other| other.kind != own.kind) {
        words.push_str(&format!(", {}", own.kind.row().short_name));
    }
    let same_kind = || all.iter().filter(|other| other.kind == own.kind);
    for parameter in own.kind.row().parameters {
        let (symbol, of): (&str, fn(&TreatmentSettings) -> f64) = match parameter {
            TreatmentParameter::Mu => ("\u{3bc} = ", |settings| settings.mu),
            TreatmentParameter::MultiplierRate => ("\u{3b7} = ", |settings| settings.multiplier_rate),
            TreatmentParameter::InnerSteps => ("every ", |settings| f64::from(settings.inner_steps)),
        };
        if same_kind().any(|other| of(other) != of(&own)) {
            words.push_str(&format!(", {symbol}{}", told_apart(of(&own), same_kind().map(of))));
        }
    }
    words
}

/// A number in as few digits as tell it from the others that are not the same.
fn told_apart(number: f64, others: impl Iterator<Item = f64> + Clone) -> String {
    let digits = (DIGITS..17).find(|digits| {
        let text = rounded(number, *digits);
        others.clone().all(|other| other == number || rounded(other, *digits) != text)
    });
    rounded(number, digits.unwrap_or(17))
}

/// A number with so many significant digits at most.
fn rounded(number: f64, digits: usize) -> String {
    let short: f64 = format!("{number:.*e}", digits - 1).parse().unwrap_or(number);
    let size = short.abs();
    let text =
        if size != 0.0 && !(1e-4..1e7).contains(&size) { format!("{short:e}") } else { format!("{short}") };
    with_minus(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::{TreatmentKind, method};
    use crate::scenario::ConstraintChoice;

    /// Method, parameters that are not the default, label.
    type Run<'a> = (&'a str, &'a [(&'a str, ParameterValue)], Option<&'a str>);

    fn names(runs: &[Run<'_>]) -> Vec<String> {
        let optimizers = (runs.iter())
            .map(|(id, values, label)| {
                let mut settings = Settings::defaults(method(id).unwrap());
                for (parameter, value) in *values {
                    settings.set(parameter, *value).unwrap();
                }
                OptimizerChoice { label: label.map(str::to_owned), ..OptimizerChoice::new(settings) }
            })
            .collect();
        let scenario = Scenario { optimizers, ..Scenario::default() };
        (0..runs.len()).map(|index| scenario.run_name(index)).collect()
    }

    const fn rate(value: f64) -> (&'static str, ParameterValue) {
        ("learning_rate", ParameterValue::Real(value))
    }

    #[test]
    fn one_run_of_a_method_has_its_name() {
        assert_eq!(names(&[("gd", &[], None), ("adam", &[], None)]), ["Gradient descent", "Adam"]);
    }

    #[test]
    fn several_are_told_apart_by_what_differs() {
        let beta = ("beta", ParameterValue::Real(0.5));
        let form = ("form", ParameterValue::Choice("ewma"));
        assert_eq!(
            names(&[
                ("gd", &[rate(0.02)], None),
                ("momentum", &[rate(0.1)], None),
                ("gd", &[rate(1e-5)], None),
                ("momentum", &[rate(0.1), beta, form], None),
            ]),
            ["GD, α = 0.02", "Momentum, β = 0.9, standard", "GD, α = 1e−5", "Momentum, β = 0.5, ewma"]
        );
        let uncorrected = ("bias_correction", ParameterValue::Switch(false));
        assert_eq!(
            names(&[("adam", &[], None), ("adam", &[uncorrected], None)]),
            ["Adam, with bias correction", "Adam, without bias correction"]
        );
    }

    #[test]
    fn digits_are_as_few_as_tell_two_apart() {
        let third = 1.0 / 3.0;
        assert_eq!(
            names(&[("gd", &[rate(third)], None), ("gd", &[rate(0.2)], None)]),
            ["GD, α = 0.3333", "GD, α = 0.2"]
        );
        let near = names(&[("gd", &[rate(third)], None), ("gd", &[rate(third + 1e-9)], None)]);
        assert_ne!(near[0], near[1]);
    }

    #[test]
    fn labels_win_and_what_is_the_same_is_numbered() {
        let runs =
            [("gd", &[][..], None), ("gd", &[], Some("mine")), ("gd", &[], None), ("gd", &[rate(0.5)], None)];
        let found = names(&runs);
        assert_eq!(found[1], "mine");
        assert!(found[0].ends_with(" (1)") && found[2].ends_with(" (2)"), "{found:?}");
        assert_eq!(found[3], "GD, α = 0.5");
        assert_eq!(names(&runs[..2]), ["Gradient descent", "mine"]);
    }

    #[test]
    fn a_numbered_name_does_not_change_with_the_parameters() {
        let mut scenario = Scenario::default();
        let twice = scenario.optimizers[0].clone();
        scenario.optimizers.insert(1, twice);
        assert_eq!(scenario.numbered_name(0), "Gradient descent");
        assert_eq!(scenario.numbered_name(1), "Gradient descent 2");
        assert_eq!(scenario.numbered_name(2), "Momentum");
    }

    #[test]
    fn rules_of_ones_own_with_the_same_parameters_are_told_apart_by_their_first_differing_line() {
        let rule = |alpha: f64, line: &str| {
            let lines = ["# a rule", "v = 0.5*v + g", line, "theta = theta - alpha*v"].map(str::to_owned);
            let rule = Rule::with_found_state(&[("alpha".to_owned(), alpha)], &[], &lines).unwrap();
            OptimizerChoice::new(Settings::of_rule(rule).unwrap())
        };
        let named = |optimizers: Vec<OptimizerChoice>| {
            let scenario = Scenario { optimizers, ..Scenario::default() };
            (0..scenario.optimizers.len()).map(|index| scenario.run_name(index)).collect::<Vec<_>>()
        };
        let long = "v = v + 0.25*v - 0.125*v + 0.0625*v";
        let found =
            named(vec![rule(0.1, "v = 2*v  # twice"), rule(0.1, long), rule(0.1, ""), rule(0.1, "v = 2*v")]);
        let [first, second, third, fourth] = found.as_slice() else { panic!("{found:?}") };
        assert!(first.ends_with(", v = 2*v (1)") && fourth.ends_with(", v = 2*v (2)"), "{found:?}");
        assert!(second.ends_with(", v = v + 0.25*v - 0.125*v +…"), "{found:?}");
        assert!(third.ends_with(", theta = theta - alpha*v"), "{found:?}");
        // What a slider tells apart needs no line.
        let found = named(vec![rule(0.1, "v = 2*v"), rule(0.2, long)]);
        assert!(found[0].ends_with("α = 0.1") && found[1].ends_with("α = 0.2"), "{found:?}");
    }

    #[test]
    fn runs_that_meet_constraints_in_other_ways_are_called_by_them() {
        let mut scenario = Scenario::of_formula("x^2 + y^2");
        let run = |kind, mu| {
            let own = TreatmentSettings { kind, mu, ..TreatmentSettings::default() };
            let settings = Settings::defaults(method("gd").unwrap());
            OptimizerChoice { treatment: Some(own), ..OptimizerChoice::new(settings) }
        };
        let [penalty, projected] = [TreatmentKind::Penalty, TreatmentKind::Projected];
        scenario.optimizers =
            vec![run(penalty, 1.0), run(penalty, 100.0), run(projected, 1.0), run(projected, 5.0)];
        scenario.constraints = vec![ConstraintChoice::of_formula("x + y")];
        let names = |scenario: &Scenario| (0..4).map(|index| scenario.run_name(index)).collect::<Vec<_>>();
        assert_eq!(
            names(&scenario),
            [
                "GD, penalty, \u{3bc} = 1",
                "GD, penalty, \u{3bc} = 100",
                "GD, projected (1)",
                "GD, projected (2)"
            ]
        );
        scenario.constraints[0].enabled = false;
        assert_eq!(names(&scenario), ["GD (1)", "GD (2)", "GD (3)", "GD (4)"]);
    }
}
