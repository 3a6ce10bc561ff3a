//! What is different where a cost has one variable: there is no second coordinate, the window's y is that of the values, and a root
//! may be looked for.

use super::error::ScenarioError;
use super::table::Table;
use super::{Cost, FIRST_METHODS, OptimizerChoice, Scenario};
use crate::expr::{NO_VARIABLE, display_name};
use crate::landscape::{Region, values_that_fit};
use crate::objective::{Goal, Point};
use crate::optimizer::{Method, ParameterValue, Settings, method, middle, shows_root};

/// The methods of a scenario that looks for a root and names none.
const ROOT_METHODS: [&str; 3] = ["newton", "secant", "bisection"];

impl Cost {
    /// Whether it has one variable alone.
    pub fn is_of_one_variable(&self) -> bool {
        self.variables[1] == NO_VARIABLE
    }

    /// The variables that there are, one or two.
    pub fn shown_variables(&self) -> &[String] {
        if self.is_of_one_variable() { &self.variables[..1] } else { &self.variables }
    }

    /// What it is called: f where its root is looked for, else J.
    pub fn letter(&self) -> &'static str {
        self.goal.letter()
    }

    /// What stands left of its equals sign, such as J(x, y).
    pub fn left_side(&self) -> String {
        let names: Vec<String> = self.shown_variables().iter().map(|name| display_name(name)).collect();
        format!("{}({})", self.letter(), names.join(", "))
    }
}

impl Scenario {
    /// The settings that are suggested for a method here: those for the cost, with a second start or a bracket in sight.
    pub fn suggested_settings(&self, method: &'static Method) -> Settings {
        let mut settings = self.cost.suggested_settings(method);
        suit(&mut settings, self.run.start, self.window);
        settings
    }

    /// Makes the window and the start those of a cost that has just got another number of variables.
    pub fn fit_variables(&mut self, before: &Cost) {
        match (before.is_of_one_variable(), self.cost.is_of_one_variable()) {
            (false, true) => {
                self.run.start[1] = 0.0;
                self.window.y = fitting_values(&self.cost, self.window.x);
            }
            (true, false) => {
                self.window.y = self.window.x;
                self.run.start[1] = super::default_start(&self.cost, self.window)[1];
            }
            _ => {}
        }
    }

    /// The runs that go to the goal stay; where none does, there are those that suit it.
    pub(super) fn fit_runs_to_goal(&mut self) {
        let wants_root = self.cost.goal == Goal::Zero;
        let is_foreign = |choice: &OptimizerChoice| {
            let method = choice.settings.method();
            if wants_root { !method.finds_roots() } else { method.only_finds_roots() }
        };
        if !self.optimizers.iter().any(is_foreign) {
            return;
        }
        self.optimizers.retain(|choice| !is_foreign(choice));
        if self.optimizers.is_empty() {
            self.optimizers = default_runs(&self.cost, self.run.start, self.window);
        }
    }
}

/// The values that the window shows of a curve where nobody says which.
pub(super) fn fitting_values(cost: &Cost, x: [f64; 2]) -> [f64; 2] {
    let with_axis = cost.goal == Goal::Zero;
    cost.objective().map_or([-3.0, 3.0], |objective| values_that_fit(&objective, x, with_axis))
}

/// The runs where nobody names any.
pub(super) fn default_runs(cost: &Cost, start: [f64; 2], window: Region) -> Vec<OptimizerChoice> {
    let ids: &[&str] = if cost.goal == Goal::Zero { &ROOT_METHODS } else { &FIRST_METHODS };
    let methods = ids.iter().filter_map(|id| method(id));
    let mut runs: Vec<OptimizerChoice> =
        methods.map(|method| OptimizerChoice::new(cost.suggested_settings(method))).collect();
    for choice in &mut runs {
        suit(&mut choice.settings, start, window);
    }
    runs
}

/// Gives a method that looks for a root the second start or the bracket that it has where nobody names one.
fn suit(settings: &mut Settings, start: [f64; 2], window: Region) {
    let [low, high] = window.x;
    let second = start[0] + 0.1 * (high - low);
    // What a method does not have is not set.
    let _ = settings.set("second_start", ParameterValue::Real(second));
    let _ = settings.set("bracket", ParameterValue::Interval(window.x));
}

/// Reads `second_start` and `bracket` into runs that are read, and refuses what cannot look for a root.
pub(super) fn check(scenario: &mut Scenario, tables: &[Table<'_>]) -> Result<(), ScenarioError> {
    let (start, window) = (scenario.run.start, scenario.window);
    let is_of_one = scenario.cost.is_of_one_variable();
    for (choice, table) in scenario.optimizers.iter_mut().zip(tables) {
        let settings = &mut choice.settings;
        let given = ["second_start", "bracket"].map(|key| (settings.get(key), table.get(key).is_some()));
        suit(settings, start, window);
        for (key, (value, is_given)) in ["second_start", "bracket"].into_iter().zip(given) {
            if let Some(value) = value.filter(|_| is_given) {
                let _ = settings.set(key, value);
            }
        }
        if let Some(field) = table.get("learning_rate").filter(|field| is_of_one && field.is_list()) {
            return Err(field.error(format!("{} is one number: there is one variable", field.what())));
        }
        if scenario.cost.goal != Goal::Zero {
            continue;
        }
        for (key, only) in [("variant", "pure"), ("line_search", "none")] {
            if let Some(field) = table.get(key).filter(|_| settings.choice(key) != only) {
                let message = format!("with goal = \"zero\" Newton has {key} = \"{only}\" alone");
                return Err(field.error(message));
            }
        }
    }
    if scenario.cost.goal != Goal::Zero {
        return Ok(());
    }
    let Ok(objective) = scenario.cost.objective() else { return Ok(()) };
    let mut evaluator = objective.evaluator();
    for (choice, table) in scenario.optimizers.iter().zip(tables) {
        if choice.settings.method().id != "bisection" {
            continue;
        }
        let ends = choice.settings.interval("bracket");
        let [a, b] = ends;
        let [at_a, at_middle, at_b] =
            [a, middle(ends), b].map(|place| evaluator.value(Point::new(place, 0.0)));
        if shows_root([at_a, at_middle, at_b]) {
            continue;
        }
        let is_defined = [at_a, at_middle, at_b].iter().all(|value| !value.is_nan());
        let what = if is_defined {
            "have the same sign, as has f in the middle"
        } else {
            "or f in the middle are not defined"
        };
        let message = format!(
            "the bracket [{a:?}, {b:?}] shows no root: f({a:?}) = {at_a:?} and f({b:?}) = {at_b:?} {what}; move an end across a root"
        );
        let field = table.get("bracket").or_else(|| table.get("method"));
        return Err(field.map_or_else(|| table.error(message.clone()), |field| field.error(message.clone())));
    }
    Ok(())
}
