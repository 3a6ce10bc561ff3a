//! A method with a value for each of its parameters, always valid.

use std::sync::Arc;

use super::{METHODS, Method, Parameter, ParameterRow, ParameterValue, RateForm, Rule, Schedule, method};
use crate::objective::Point;
use crate::spelling::near;

/// A method and a valid value for each of its parameters.
#[derive(Clone, PartialEq, Debug)]
pub struct Settings {
    method: &'static Method,
    /// In the order of the method's parameters.
    values: Vec<ParameterValue>,
    /// What multiplies the learning rate in each step.
    schedule: Option<Schedule>,
    /// What a step does, where somebody types it. Its parameters come after those of the method.
    rule: Option<Arc<Rule>>,
}

/// The id of the learning rate.
const RATE: &str = "learning_rate";

/// Why a value was not taken, in one sentence that says what was expected.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum SettingError {
    /// The method has no such parameter.
    #[error("{method} has no parameter \"{parameter}\"; {}", hint(suggestion.as_deref(), .known))]
    UnknownParameter {
        /// The method's id.
        method: &'static str,
        /// What was asked for.
        parameter: String,
        /// The parameter that was probably meant.
        suggestion: Option<String>,
        /// The ids of all parameters of the method.
        known: Vec<String>,
    },
    /// A number outside the valid ones, or not a number at all.
    #[error("{parameter} is {value}, expected {expected}")]
    OutOfRange {
        /// The parameter's id.
        parameter: String,
        /// The value that was refused.
        value: f64,
        /// The valid values in words.
        expected: String,
    },
    /// An option that does not exist.
    #[error("{parameter} is \"{value}\", expected {expected}{}", suggestion.map_or(String::new(), |s| format!("; did you mean \"{s}\"?")))]
    UnknownOption {
        /// The parameter's id.
        parameter: String,
        /// The value that was refused.
        value: String,
        /// The options.
        expected: String,
        /// The option that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// A number for each variable where the method has but one for both.
    #[error("{parameter} of {method} is one number for both variables")]
    OneNumber {
        /// The method's id.
        method: &'static str,
        /// The parameter's id.
        parameter: String,
    },
    /// A schedule for a method whose rate none changes.
    #[error("{method} takes no schedule: it finds the rates of its steps itself")]
    NoSchedule {
        /// The method's id.
        method: &'static str,
    },
    /// A number where a switch was expected, or the like.
    #[error("{parameter} takes {expected}")]
    WrongKind {
        /// The parameter's id.
        parameter: String,
        /// The valid values in words.
        expected: String,
    },
}

fn hint(suggestion: Option<&str>, known: &[String]) -> String {
    match suggestion {
        Some(suggestion) => format!("did you mean \"{suggestion}\"?"),
        None => format!("expected {}", known.join(", ")),
    }
}

impl Settings {
    /// The method with every parameter at its default; one whose rule is typed has the heavy ball's.
    pub fn defaults(method: &'static Method) -> Self {
        let values = method.parameters.iter().map(Parameter::default_value).collect();
        let settings = Self { method, values, schedule: None, rule: None };
        match Rule::heavy_ball() {
            Some(rule) if method.has_own_rule() => settings.with_rule(rule),
            _ => settings,
        }
    }

    /// A rule that somebody typed, its parameters with the values that they were declared with. Nothing where the registry has no
    /// method for it.
    pub fn of_rule(rule: Rule) -> Option<Self> {
        let method = METHODS.iter().find(|method| method.has_own_rule())?;
        Some(Self { method, values: Vec::new(), schedule: None, rule: None }.with_rule(rule))
    }

    fn with_rule(mut self, rule: Rule) -> Self {
        self.values.truncate(self.method.parameters.len());
        self.values.extend(rule.parameters().map(|parameter| parameter.default_value()));
        self.rule = Some(Arc::new(rule));
        self
    }

    /// What a step does, where somebody typed it.
    pub fn own_rule(&self) -> Option<&Arc<Rule>> {
        self.rule.as_ref()
    }

    /// The method that the family begins with, at its defaults, with the learning rate of this one and its schedule.
    pub fn of_family(&self) -> Self {
        let mut first = Self::defaults(method(self.method.family_id()).unwrap_or(self.method));
        // A rate that it does not take keeps its default.
        let _ = self.get(RATE).map(|rate| first.set(RATE, rate));
        let _ = first.set_schedule(self.schedule.clone());
        first
    }

    /// What multiplies the learning rate in each step, if it is to change.
    pub fn schedule(&self) -> Option<&Schedule> {
        self.schedule.as_ref()
    }

    /// Lets the learning rate change along a run, or stay. After an error nothing has changed.
    ///
    /// # Errors
    /// Where there is one and the method takes none.
    pub fn set_schedule(&mut self, schedule: Option<Schedule>) -> Result<(), SettingError> {
        if schedule.is_some() && self.method.rate == RateForm::Fixed {
            return Err(SettingError::NoSchedule { method: self.method.id });
        }
        self.schedule = schedule;
        Ok(())
    }

    /// The learning rate of each variable, without a schedule. Not a number where the method has none.
    pub fn rates(&self) -> Point {
        match self.get(RATE) {
            Some(ParameterValue::Real(rate)) => Point::repeat(rate),
            Some(ParameterValue::PerVariable(rates)) => rates.into(),
            _ => Point::repeat(f64::NAN),
        }
    }

    /// Sets the learning rates, one for each variable where there was one for each; else the first is that of both.
    ///
    /// # Errors
    /// As [`Settings::set`].
    pub fn set_rates(&mut self, rates: Point) -> Result<(), SettingError> {
        let is_per_variable = self.has_rate_per_variable();
        let value = if is_per_variable {
            ParameterValue::PerVariable(rates.into())
        } else {
            ParameterValue::Real(rates.x)
        };
        self.set(RATE, value)
    }

    /// Whether each variable has a learning rate of its own.
    pub fn has_rate_per_variable(&self) -> bool {
        matches!(self.get(RATE), Some(ParameterValue::PerVariable(_)))
    }

    /// The method that is set.
    pub fn method(&self) -> &'static Method {
        self.method
    }

    /// The value of a parameter; nothing where the method has no such parameter.
    pub fn get(&self, id: &str) -> Option<ParameterValue> {
        self.iter().find(|(parameter, _)| parameter.id == id).map(|(_, value)| value)
    }

    /// Sets a parameter. After an error nothing has changed.
    ///
    /// # Errors
    /// Where the method has no such parameter, or the value is not valid for it.
    pub fn set(&mut self, id: &str, value: ParameterValue) -> Result<(), SettingError> {
        let Some((place, parameter)) =
            self.parameters().enumerate().find(|(_, parameter)| parameter.id == id)
        else {
            let known: Vec<String> = self.parameters().map(|parameter| parameter.id.to_owned()).collect();
            return Err(SettingError::UnknownParameter {
                method: self.method.id,
                parameter: id.to_owned(),
                suggestion: near(id, known.iter().map(String::as_str)).map(str::to_owned),
                known,
            });
        };
        if matches!(value, ParameterValue::PerVariable(_))
            && (parameter.id != RATE || self.method.rate != RateForm::PerVariable)
        {
            return Err(SettingError::OneNumber { method: self.method.id, parameter: id.to_owned() });
        }
        if !parameter.accepts(value) {
            return Err(refusal(&parameter, value));
        }
        if let Some(slot) = self.values.get_mut(place) {
            *slot = value;
        }
        Ok(())
    }

    /// The value of a real parameter; not a number where the method has no such parameter, or one for each variable.
    pub fn real(&self, id: &str) -> f64 {
        match self.get(id) {
            Some(ParameterValue::Real(value)) => value,
            _ => f64::NAN,
        }
    }

    /// The ends of an interval; not numbers where the method has no such parameter.
    pub fn interval(&self, id: &str) -> [f64; 2] {
        match self.get(id) {
            Some(ParameterValue::Interval(ends)) => ends,
            _ => [f64::NAN; 2],
        }
    }

    /// The position of a switch; off where the method has no such parameter.
    pub fn switch(&self, id: &str) -> bool {
        self.get(id) == Some(ParameterValue::Switch(true))
    }

    /// The id of the option chosen; empty where the method has no such parameter.
    pub fn choice(&self, id: &str) -> &'static str {
        match self.get(id) {
            Some(ParameterValue::Choice(option)) => option,
            _ => "",
        }
    }

    /// Every parameter with its value, in the registry's order, then those of a typed rule.
    pub fn iter(&self) -> impl Iterator<Item = (ParameterRow<'_>, ParameterValue)> {
        self.parameters().zip(self.values.iter().copied())
    }

    /// All its parameters, those of a rule of its own included.
    pub fn parameters(&self) -> impl Iterator<Item = ParameterRow<'_>> {
        let own = self.rule.iter().flat_map(|rule| rule.parameters());
        self.method.parameters.iter().copied().chain(own)
    }
}

fn refusal(parameter: &ParameterRow<'_>, value: ParameterValue) -> SettingError {
    use super::ParameterKind as Kind;
    match (parameter.kind, value) {
        (Kind::Real { .. }, ParameterValue::Real(value)) => SettingError::OutOfRange {
            parameter: parameter.id.to_owned(),
            value,
            expected: parameter.expected(),
        },
        (Kind::Real { .. }, ParameterValue::PerVariable(each)) => {
            let wrong = each.into_iter().find(|value| !parameter.accepts(ParameterValue::Real(*value)));
            let value = wrong.unwrap_or(f64::NAN);
            SettingError::OutOfRange {
                parameter: parameter.id.to_owned(),
                value,
                expected: parameter.expected(),
            }
        }
        (Kind::Choice { .. }, ParameterValue::Choice(option)) => unknown_option(parameter, option),
        _ => SettingError::WrongKind { parameter: parameter.id.to_owned(), expected: parameter.expected() },
    }
}

fn unknown_option(parameter: &ParameterRow<'_>, option: &str) -> SettingError {
    let super::ParameterKind::Choice { options, .. } = parameter.kind else {
        return SettingError::WrongKind {
            parameter: parameter.id.to_owned(),
            expected: parameter.expected(),
        };
    };
    SettingError::UnknownOption {
        parameter: parameter.id.to_owned(),
        value: option.to_owned(),
        expected: parameter.expected(),
        suggestion: near(option, options.iter().map(|option| option.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(id: &str) -> Settings {
        Settings::defaults(method(id).unwrap())
    }

    #[test]
    fn values_are_set_and_read_by_id() {
        let mut s = settings("momentum");
        assert_eq!((s.real("beta"), s.choice("form")), (0.9, "standard"));
        s.set("beta", ParameterValue::Real(0.5)).unwrap();
        s.set("form", ParameterValue::Choice("ewma")).unwrap();
        assert_eq!((s.real("beta"), s.choice("form")), (0.5, "ewma"));
        assert_ne!(s, settings("momentum"));
        s.set("beta", ParameterValue::Real(0.9)).unwrap();
        s.set("form", ParameterValue::Choice("standard")).unwrap();
        assert_eq!(s, settings("momentum"));
        assert!(settings("adam").switch("bias_correction"));
        assert!(s.real("nonsense").is_nan() && !s.switch("beta") && s.choice("beta").is_empty());
        for m in METHODS {
            let defaults = Settings::defaults(m);
            let ids: Vec<_> = defaults.iter().map(|(p, _)| p.id).collect();
            assert!(ids.iter().eq(m.parameters.iter().map(|p| &p.id)) || m.has_own_rule());
        }
    }

    #[test]
    fn refusals_say_what_was_expected_and_change_nothing() {
        use ParameterValue::{Choice, Real, Switch};
        for (id, parameter, value, message) in [
            (
                "gd",
                "learning_rate",
                Real(0.0),
                "learning_rate is 0, expected a number above 0 and at most 1000000",
            ),
            (
                "gd",
                "learning_rate",
                Real(f64::NAN),
                "learning_rate is NaN, expected a number above 0 and at most 1000000",
            ),
            (
                "gd",
                "learning_rate",
                Real(2e6),
                "learning_rate is 2000000, expected a number above 0 and at most 1000000",
            ),
            ("adam", "beta2", Real(1.0), "beta2 is 1, expected a number at least 0 and below 1"),
            (
                "adam",
                "epsilon",
                Real(-1e-9),
                "epsilon is -0.000000001, expected a number at least 0 and at most 1000000",
            ),
            ("adam", "bias_correction", Real(1.0), "bias_correction takes true or false"),
            ("gd", "learning_rate", Switch(true), "learning_rate takes a number above 0 and at most 1000000"),
            (
                "newton",
                "variant",
                Choice("pur"),
                "variant is \"pur\", expected \"pure\" or \"modified\"; did you mean \"pure\"?",
            ),
            ("momentum", "form", Choice("x"), "form is \"x\", expected \"standard\" or \"ewma\""),
            (
                "adam",
                "lerning_rate",
                Real(1.0),
                "adam has no parameter \"lerning_rate\"; did you mean \"learning_rate\"?",
            ),
            (
                "newton",
                "learning_rate",
                Choice("pure"),
                "learning_rate takes a number above 0 and at most 1000000",
            ),
            ("gd", "beta", Real(1.0), "gd has no parameter \"beta\"; expected learning_rate"),
        ] {
            let mut s = settings(id);
            assert_eq!(s.set(parameter, value).unwrap_err().to_string(), message);
            assert_eq!(s, settings(id));
        }
        for extreme in [0.0, 0.999_999_999_999] {
            settings("momentum").set("beta", Real(extreme)).unwrap();
        }
    }
}
