//! The rules of runs as they are typed, each of which may be wrong for a while.

use std::sync::Arc;

use super::Session;
use crate::expr::canonical_name;
use crate::optimizer::{ParameterValue, Rule, RuleError, Settings};
use crate::scenario::Identity;

/// A rule as it is being typed.
#[derive(Clone, Debug)]
pub(super) struct RuleDraft {
    /// The rule in the scenario that it belongs to: another one has no draft.
    of: Arc<Rule>,
    /// The run that it is of, wherever that stands now.
    entry: Identity,
    text: String,
    /// Names that have been made parameters and state vectors since.
    parameters: Vec<(String, f64)>,
    state: Vec<String>,
    error: Option<RuleError>,
}

/// What is done to the rule of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleEdit {
    /// Its lines are these, one below the other.
    Text(String),
    /// A name becomes a parameter.
    Parameter(String),
    /// A name becomes a state vector.
    State(String),
}

impl Session {
    /// What stands in the field of a run's rule; nothing of a run that has none of its own.
    pub fn rule_text(&self, index: usize) -> Option<String> {
        let rule = self.own_rule(index)?;
        Some(self.rule_draft(index).map_or_else(|| rule.lines().join("\n"), |draft| draft.text.clone()))
    }

    /// What is wrong with it.
    pub fn rule_error(&self, index: usize) -> Option<&RuleError> {
        self.rule_draft(index)?.error.as_ref()
    }

    /// Takes what was typed or asked for. What is right counts at once: its state vectors are those names that are read before a line
    /// assigns them, and a parameter that no line has any longer is let go of. Of what is wrong the text is kept beside the last
    /// good rule.
    pub fn edit_rule(&mut self, index: usize, edit: RuleEdit) {
        let (Some(text), Some(rule)) = (self.rule_text(index), self.own_rule(index).cloned()) else { return };
        let draft = self.rule_draft(index);
        let mut parameters = draft.map(|draft| draft.parameters.clone()).unwrap_or_default();
        let mut state = draft.map(|draft| draft.state.clone()).unwrap_or_default();
        let text = match edit {
            RuleEdit::Text(typed) if typed == text => return,
            RuleEdit::Text(typed) => typed,
            RuleEdit::Parameter(name) => {
                parameters.push((name.clone(), self.value_of_parameter(&name)));
                text
            }
            RuleEdit::State(name) => {
                state.push(name);
                text
            }
        };
        let Some(choice) = self.scenario.optimizers.get_mut(index) else { return };
        let numbers = choice.settings.iter().filter_map(|(parameter, value)| match value {
            ParameterValue::Real(number) => Some((parameter.id.to_owned(), number)),
            _ => None,
        });
        let held: Vec<(String, f64)> = numbers.collect();
        for (name, value) in &held {
            self.rule_parameters.retain(|(other, _)| other != name);
            self.rule_parameters.push((name.clone(), *value));
        }
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let all: Vec<(String, f64)> = held.into_iter().chain(parameters.iter().cloned()).collect();
        let declared = [rule.state(), &state].concat();
        let read = Rule::with_found_state(&used(&all, &lines), &declared, &lines);
        let (of, error) = match read {
            Ok(read) => match Settings::of_rule(read) {
                Some(settings) => {
                    choice.settings = settings;
                    (parameters, state) = (Vec::new(), Vec::new());
                    (choice.settings.own_rule().cloned().unwrap_or(rule), None)
                }
                None => (rule, None),
            },
            Err(error) => (rule, Some(error)),
        };
        let entry = choice.identity;
        self.rule_drafts.retain(|draft| !draft.entry.is_same(entry));
        self.rule_drafts.push(RuleDraft { of, entry, text, parameters, state, error });
    }

    /// The value that a new parameter begins with: what one of its name had last, or what suits its name.
    fn value_of_parameter(&self, name: &str) -> f64 {
        let canonical = canonical_name(name);
        let had = self.rule_parameters.iter().find(|(other, _)| canonical_name(other) == canonical);
        had.map_or_else(
            || match canonical.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "beta" | "rho" | "gamma" | "mu" => 0.9,
                "epsilon" => 1e-8,
                "alpha" | "eta" => 0.01,
                _ => 0.1,
            },
            |(_, value)| *value,
        )
    }

    fn rule_draft(&self, index: usize) -> Option<&RuleDraft> {
        let (choice, rule) = (self.scenario.optimizers.get(index)?, self.own_rule(index)?);
        self.rule_drafts.iter().find(|draft| draft.entry.is_same(choice.identity) && draft.of == *rule)
    }

    fn own_rule(&self, index: usize) -> Option<&Arc<Rule>> {
        self.scenario.optimizers.get(index)?.settings.own_rule()
    }
}

/// The parameters that stand in a line.
fn used(parameters: &[(String, f64)], lines: &[String]) -> Vec<(String, f64)> {
    parameters.iter().filter(|(name, _)| Rule::stands_in(name, lines)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::method;
    use crate::scenario::{OptimizerChoice, Scenario};

    fn session() -> Session {
        let mut scenario = Scenario::of_formula("x^2 + y^2");
        scenario.optimizers = vec![OptimizerChoice::new(Settings::defaults(method("custom").unwrap()))];
        Session::new(scenario)
    }

    fn typed(session: &mut Session, text: &str) -> Option<String> {
        session.edit_rule(0, RuleEdit::Text(text.to_owned()));
        session.rule_error(0).map(ToString::to_string)
    }

    #[test]
    fn while_a_rule_is_wrong_the_last_good_one_stays_beside_its_text() {
        let mut session = session();
        session.finish();
        let before = session.scenario().clone();
        let wrong = "v = beta*v + alpha*g\ntheta = theta - w*v";
        assert!(typed(&mut session, wrong).unwrap().contains("unknown name `w`"));
        assert_eq!((session.scenario(), session.rule_text(0).as_deref()), (&before, Some(wrong)));
        session.edit_rule(0, RuleEdit::Parameter("w".to_owned()));
        assert_eq!(session.rule_error(0), None);
        let settings = &session.scenario().optimizers[0].settings;
        let ids: Vec<String> = settings.iter().map(|(parameter, _)| parameter.id.to_owned()).collect();
        assert_eq!((ids, settings.real("w")), (["alpha", "beta", "w"].map(str::to_owned).to_vec(), 0.1));
        // Another scenario has its own text.
        session.edit(|scenario| *scenario = before.clone());
        assert_eq!(session.rule_text(0).unwrap(), "v = beta*v + alpha*g\ntheta = theta - v");
    }

    #[test]
    fn parameters_come_and_go_with_the_text_and_keep_their_values() {
        let mut session = session();
        session.edit(|s| s.optimizers[0].settings.set("beta", ParameterValue::Real(0.5)).unwrap());
        assert_eq!(typed(&mut session, "theta = theta - alpha*g  # plain"), None);
        let settings = |session: &Session| session.scenario().optimizers[0].settings.clone();
        assert_eq!(settings(&session).iter().count(), 1);
        assert!(settings(&session).own_rule().unwrap().state().is_empty());
        assert!(typed(&mut session, "m = beta*m + g\ntheta = theta - alpha*m").unwrap().contains("`beta`"));
        session.edit_rule(0, RuleEdit::Parameter("beta".to_owned()));
        assert_eq!((session.rule_error(0), settings(&session).real("beta")), (None, 0.5));
        assert_eq!(settings(&session).own_rule().unwrap().state(), ["m"]);
        assert!(typed(&mut session, "theta = theta - alpha*u").is_some());
        session.edit_rule(0, RuleEdit::State("u".to_owned()));
        assert_eq!(session.rule_error(0), None);
        assert_eq!(settings(&session).own_rule().unwrap().state(), ["u"]);
    }
}
