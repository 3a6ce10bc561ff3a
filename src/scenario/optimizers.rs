//! The `[[optimizer]]` tables: the runs.

use super::error::ScenarioError;
use super::table::{Field, Table};
use super::toml_text::quoted;
use super::{Cost, Identity, MAX_TITLE_CHARS, Scenario, own_rule, schedule, treatment};
use crate::objective::Goal;
use crate::optimizer::{
    METHODS, Method, Parameter, ParameterKind, ParameterValue, RateForm, Settings, TreatmentSettings, method,
};
use crate::spelling::{any_of, near};

/// The most optimizers in one scenario.
pub const MAX_OPTIMIZERS: usize = 64;
/// The methods of a scenario that names none. They stay these whatever other methods there are, so that a file means for
/// ever what it meant in format 1.
pub const FIRST_METHODS: [&str; 7] = ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"];

/// One run: a method with its parameters, and how it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct OptimizerChoice {
    /// The method and a value for each of its parameters.
    pub settings: Settings,
    /// A name of its own; without one the method's name is shown.
    pub label: Option<String>,
    /// Whether its path is drawn.
    pub visible: bool,
    /// How it meets constraints, where it has a way of its own. Nothing where there are no constraints.
    pub treatment: Option<TreatmentSettings>,
    /// Which run it is, wherever it stands.
    pub identity: Identity,
}

impl OptimizerChoice {
    /// A visible run without a label.
    pub fn new(settings: Settings) -> Self {
        Self { settings, label: None, visible: true, treatment: None, identity: Identity::new() }
    }

    /// Whether it has a label that is not blank.
    pub fn has_label(&self) -> bool {
        self.label.as_ref().is_some_and(|label| !label.trim().is_empty())
    }

    /// The label, or the method's name where there is none or it is blank. Among other runs of its method it is called by
    /// [`super::Scenario::run_name`].
    pub fn name(&self) -> String {
        let label = self.label.clone().filter(|_| self.has_label());
        label.unwrap_or_else(|| self.settings.method().name.to_owned())
    }
}

impl Cost {
    /// The method at its defaults, with the learning rate that is suggested for a built-in cost.
    pub fn suggested_settings(&self, method: &'static Method) -> Settings {
        let mut settings = Settings::defaults(method);
        if let Some(rate) = self.built_in().and_then(|row| method.rate_among(row.rates)) {
            // A rate outside the method's range keeps the default; the tables are tested against it.
            let id = if settings.own_rule().is_some() { "alpha" } else { "learning_rate" };
            let _ = settings.set(id, ParameterValue::Real(rate));
        }
        settings
    }
}

/// The runs where nobody names any: one of each of [`FIRST_METHODS`], as it suits the cost.
pub(super) fn default(cost: &Cost) -> Vec<OptimizerChoice> {
    let methods = FIRST_METHODS.into_iter().filter_map(method);
    methods.map(|method| OptimizerChoice::new(cost.suggested_settings(method))).collect()
}

/// What is wrong with a treatment where there is nothing to treat.
pub(super) const WITHOUT_CONSTRAINT: &str =
    "a treatment says how runs meet constraints, and there is no [[constraint]]";

/// Reads the list of optimizers; the cost suggests learning rates.
pub(super) fn read(
    tables: &[Table<'_>],
    cost: &Cost,
    is_constrained: bool,
) -> Result<Vec<OptimizerChoice>, ScenarioError> {
    if let Some(table) = tables.get(MAX_OPTIMIZERS) {
        let message = format!("a scenario has at most {MAX_OPTIMIZERS} optimizers, not {}", tables.len());
        return Err(table.error(message));
    }
    tables.iter().map(|table| read_one(table, cost, is_constrained)).collect()
}

/// The keys that every run has.
const OWN_KEYS: [&str; 5] = ["method", "label", "visible", "treatment", "schedule"];

fn read_one(table: &Table<'_>, cost: &Cost, is_constrained: bool) -> Result<OptimizerChoice, ScenarioError> {
    let Some(method_field) = table.get("method") else {
        // A misspelled `method` is better named than missed.
        let known: Vec<&str> = OWN_KEYS.into_iter().chain(all_parameters()).chain(own_rule::KEYS).collect();
        table.only(&known)?;
        let message =
            "[[optimizer]] needs a `method`, such as \"adam\" (`downhill list optimizers` shows all)";
        return Err(table.error(message));
    };
    let method = read_method(&method_field)?;
    let mut known: Vec<&str> = OWN_KEYS.to_vec();
    known.extend(method.parameters.iter().map(|parameter| parameter.id));
    if method.has_own_rule() {
        known.extend(own_rule::KEYS);
    }
    let is_foreign = |field: &Field<'_>| {
        !known.contains(&field.key) && all_parameters().chain(own_rule::KEYS).any(|id| id == field.key)
    };
    if let Some(field) = table.fields().into_iter().find(is_foreign) {
        let takes = any_of(known.iter().skip(OWN_KEYS.len()).copied());
        let message = format!("`{}` has no parameter `{}`: it takes {takes}", method.id, field.key);
        return Err(field.key_error(message));
    }
    table.only(&known)?;

    let mut choice = OptimizerChoice::new(cost.suggested_settings(method));
    if method.has_own_rule()
        && let Some(settings) = own_rule::read(table)?
    {
        choice.settings = settings;
    }
    for parameter in method.parameters {
        let Some(field) = table.get(parameter.id) else { continue };
        let value = match parameter.id {
            "learning_rate" if field.is_list() => read_rates(&field, method, parameter)?,
            _ => read_parameter(&field, parameter)?,
        };
        choice
            .settings
            .set(parameter.id, value)
            .map_err(|error| field.error(format!("{}: {error}", field.what())))?;
    }
    if let Some(field) = table.get("schedule") {
        let schedule = schedule::read(&field)?;
        choice.settings.set_schedule(Some(schedule)).map_err(|error| field.key_error(error.to_string()))?;
    }
    if let Some(label) = table.get("label") {
        choice.label = Some(label.text_up_to(MAX_TITLE_CHARS)?.to_owned());
    }
    if let Some(visible) = table.get("visible") {
        choice.visible = visible.switch()?;
    }
    if let Some(own) = table.get("treatment") {
        if !is_constrained {
            return Err(own.key_error(WITHOUT_CONSTRAINT));
        }
        choice.treatment = Some(treatment::read(&own.table("`treatment` in [[optimizer]]")?)?);
    }
    Ok(choice)
}

fn all_parameters() -> impl Iterator<Item = &'static str> {
    METHODS.iter().flat_map(|method| method.parameters.iter().map(|parameter| parameter.id))
}

fn read_method(field: &Field<'_>) -> Result<&'static Method, ScenarioError> {
    let typed = field.text()?;
    method(typed).ok_or_else(|| {
        let found = near(typed, METHODS.iter().map(|method| method.id)).or_else(|| {
            let name = near(typed, METHODS.iter().map(|method| method.name))?;
            METHODS.iter().find(|method| method.name == name).map(|method| method.id)
        });
        let suggestion = found.map(|id| format!(": did you mean `{id}`?")).unwrap_or_default();
        field.error(format!("unknown method `{typed}`{suggestion} (`downhill list optimizers` shows all)"))
    })
}

/// A learning rate for each variable.
fn read_rates(
    field: &Field<'_>,
    method: &Method,
    parameter: &Parameter,
) -> Result<ParameterValue, ScenarioError> {
    let expected = "one number, or two, one for each variable";
    let items = field.items(expected)?;
    if method.rate != RateForm::PerVariable {
        let message = format!("{} is one number: `{}` has one for both variables", field.what(), method.id);
        return Err(field.error(message));
    }
    let [first, second] = items.as_slice() else {
        return Err(field.error(format!("{} is {expected}, not {}", field.what(), items.len())));
    };
    let rate = |item: &Field<'_>| {
        let number = item.real()?;
        let is_valid = parameter.accepts(ParameterValue::Real(number));
        if is_valid { Ok(number) } else { Err(item.unexpected(&parameter.expected())) }
    };
    Ok(ParameterValue::PerVariable([rate(first)?, rate(second)?]))
}

fn read_parameter(field: &Field<'_>, parameter: &Parameter) -> Result<ParameterValue, ScenarioError> {
    match &parameter.kind {
        ParameterKind::Real { .. } => {
            let value = ParameterValue::Real(field.real()?);
            if parameter.accepts(value) { Ok(value) } else { Err(field.unexpected(&parameter.expected())) }
        }
        ParameterKind::Choice { options, .. } => {
            let ids: Vec<(&str, &'static str)> = options.iter().map(|(id, _)| (*id, *id)).collect();
            Ok(ParameterValue::Choice(field.one_of(&ids)?))
        }
        ParameterKind::Switch { .. } => Ok(ParameterValue::Switch(field.switch()?)),
        ParameterKind::Interval { .. } => Ok(ParameterValue::Interval(field.range("[0.0, 2.0]")?)),
    }
}

/// Refuses a method that cannot work on the cost.
pub(super) fn check(scenario: &Scenario, optimizers: &[Table<'_>]) -> Result<(), ScenarioError> {
    let wants_root = scenario.cost.goal == Goal::Zero;
    let needy = |choice: &OptimizerChoice| wants_root || choice.settings.method().is_picky();
    let Some(objective) = scenario.optimizers.iter().any(needy).then(|| scenario.objective().ok()).flatten()
    else {
        return Ok(());
    };
    for (choice, table) in scenario.optimizers.iter().zip(optimizers) {
        if let Some(sentence) = choice.settings.method().misfit(&objective) {
            return Err(match table.get("method") {
                Some(field) => field.error(sentence),
                None => table.error(sentence),
            });
        }
    }
    Ok(())
}

/// What of the tables a program that reads only the first format does not know.
pub(super) fn newer(optimizers: &[OptimizerChoice]) -> Option<String> {
    optimizers.iter().find_map(|OptimizerChoice { settings, .. }| {
        let id = settings.method().id;
        if !FIRST_METHODS.contains(&id) {
            Some(format!("the method `{id}`"))
        } else if settings.schedule().is_some() {
            Some("`schedule`".to_owned())
        } else {
            settings.has_rate_per_variable().then(|| "a learning rate for each variable".to_owned())
        }
    })
}

/// One run as it stands in a scenario file, to be pasted into another.
pub fn write_optimizer(choice: &OptimizerChoice) -> String {
    format!("[[optimizer]]\n{}\n", lines(choice).join("\n"))
}

/// The lines of one table.
pub(super) fn lines(choice: &OptimizerChoice) -> Vec<String> {
    let mut lines = vec![format!("method = {}", quoted(choice.settings.method().id))];
    lines.extend(own_rule::lines(&choice.settings));
    let is_typed = choice.settings.own_rule().is_some();
    for (parameter, value) in choice.settings.iter().filter(|_| !is_typed) {
        lines.push(match value {
            ParameterValue::Real(number) => format!("{} = {number:?}", parameter.id),
            ParameterValue::PerVariable(numbers) | ParameterValue::Interval(numbers) => {
                format!("{} = {numbers:?}", parameter.id)
            }
            ParameterValue::Choice(id) => format!("{} = {}", parameter.id, quoted(id)),
            ParameterValue::Switch(is_on) => format!("{} = {is_on}", parameter.id),
        });
    }
    if let Some(schedule) = choice.settings.schedule() {
        lines.push(format!("schedule = {}", schedule::inline(schedule)));
    }
    if let Some(label) = &choice.label {
        lines.push(format!("label = {}", quoted(label)));
    }
    if !choice.visible {
        lines.push("visible = false".to_owned());
    }
    if let Some(own) = &choice.treatment {
        lines.push(format!("treatment = {}", treatment::inline(own)));
    }
    lines
}

/// What was changed between two states of the tables.
pub(super) fn change(before: &[OptimizerChoice], after: &[OptimizerChoice]) -> Option<String> {
    let differing = before.iter().zip(after).find(|(a, b)| a != b);
    match before.len().cmp(&after.len()) {
        std::cmp::Ordering::Less => {
            let added = differing.map(|(_, b)| b).or(after.get(before.len()))?;
            return Some(format!("adding {}", added.name()));
        }
        std::cmp::Ordering::Greater => {
            let removed = differing.map(|(a, _)| a).or(before.get(after.len()))?;
            return Some(format!("removing {}", removed.name()));
        }
        std::cmp::Ordering::Equal => {}
    }
    let (a, b) = differing?;
    let name = b.name();
    if a.visible != b.visible {
        return Some(format!("{} {name}", if b.visible { "showing" } else { "hiding" }));
    }
    if a.treatment != b.treatment {
        return Some(format!("treatment of {name}"));
    }
    let parameter = a.settings.iter().zip(b.settings.iter()).find(|(a, b)| a.1 != b.1).map(|(_, (p, _))| p);
    Some(match parameter {
        _ if a.settings.own_rule() != b.settings.own_rule() => format!("rule of {name}"),
        Some(parameter) if a.settings.method() == b.settings.method() => {
            format!("{} of {name}", parameter.id.replace('_', " "))
        }
        _ if a.settings.schedule() != b.settings.schedule() => format!("schedule of {name}"),
        _ => format!("change of {name}"),
    })
}
