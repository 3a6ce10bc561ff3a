//! What a scenario holds where nobody said anything else.

use super::{Cost, CostSource, OptimizerChoice, RunOptions, Scenario};
use crate::builtin::{self, BUILT_INS, BuiltIn};
use crate::expr::Expression;
use crate::landscape::{LevelScale, Levels, Region};
use crate::objective::{Derivatives, Goal, Point};
use crate::optimizer::{Method, ParameterValue, Settings, method};

const WINDOW: Region = Region { x: [-3.0, 3.0], y: [-3.0, 3.0] };
const LEVEL_COUNT: u16 = 20;
const STEPS: u32 = 500;
const TOLERANCE: f64 = 1e-6;
/// The methods of a scenario that names none. They stay these whatever other methods there are, so that a file means for
/// ever what it meant in format 1.
pub const FIRST_METHODS: [&str; 7] = ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"];

impl Cost {
    /// A built-in function with its own variables, constants and goal.
    pub fn of_built_in(row: &BuiltIn) -> Self {
        Self {
            source: CostSource::Function(row.id),
            variables: row.variables.map(str::to_owned),
            constants: row.constants.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect(),
            goal: row.goal,
            derivatives: Derivatives::Exact,
        }
    }

    /// A typed formula in `x` and `y` without constants, to be minimized.
    pub fn of_formula(text: impl Into<String>) -> Self {
        let text = text.into();
        let named = Expression::parse(&text).map(|parsed| parsed.variables(["x", "y"]));
        Self {
            source: CostSource::Formula(text),
            variables: named.unwrap_or_else(|_| ["x".to_owned(), "y".to_owned()]),
            constants: Vec::new(),
            goal: Goal::Minimize,
            derivatives: Derivatives::Exact,
        }
    }

    /// The built-in cost that this is.
    pub fn built_in(&self) -> Option<&'static BuiltIn> {
        match &self.source {
            CostSource::Function(id) => builtin::find(id),
            CostSource::Formula(_) => None,
        }
    }

    /// The method at its defaults, with the learning rate that is suggested for a built-in cost.
    pub fn suggested_settings(&self, method: &'static Method) -> Settings {
        let mut settings = Settings::defaults(method);
        if let Some(rate) = self.built_in().and_then(|row| method.rate_among(row.rates)) {
            // A rate outside the method's range keeps the default; the tables are tested against it.
            let _ = settings.set("learning_rate", ParameterValue::Real(rate));
        }
        settings
    }
}

impl Scenario {
    /// A built-in function in its own window, with all methods at the rates suggested for it.
    pub fn of_built_in(row: &BuiltIn) -> Self {
        of_cost(Cost::of_built_in(row))
    }

    /// A typed formula in the window from −3 to 3, with all methods at their default rates.
    ///
    /// The text need not parse; [`Scenario::objective`] says whether it does.
    pub fn of_formula(text: impl Into<String>) -> Self {
        let mut scenario = of_cost(Cost::of_formula(text));
        scenario.run.start = default_start(&scenario.cost, scenario.window);
        scenario
    }
}

impl Default for Scenario {
    /// Rosenbrock's valley, where every method shows what it is good for.
    fn default() -> Self {
        let row = builtin::find("rosenbrock").or(BUILT_INS.first());
        row.map_or_else(|| Self::of_formula("(1-x)^2 + 100*(y-x^2)^2"), Self::of_built_in)
    }
}

/// The scenario that a file with nothing but this cost stands for, except for the start of a typed formula.
pub(super) fn of_cost(cost: Cost) -> Scenario {
    let methods = FIRST_METHODS.into_iter().filter_map(method);
    let optimizers = methods.map(|method| OptimizerChoice::new(cost.suggested_settings(method))).collect();
    let row = cost.built_in();
    let scale = row.map_or(LevelScale::Quantile, |row| row.levels);
    Scenario {
        title: row.map_or("", |row| row.name).to_owned(),
        notes: row.map_or("", |row| row.teaches).to_owned(),
        window: row.map_or(WINDOW, |row| Region { x: row.window[0], y: row.window[1] }),
        levels: Levels { scale, count: LEVEL_COUNT },
        run: RunOptions {
            start: row.map_or([0.0, 0.0], |row| row.start),
            steps: row.map_or(STEPS, |row| row.steps),
            tolerance: TOLERANCE,
        },
        sliders: Vec::new(),
        optimizers,
        cost,
    }
}

/// Where runs start if nobody says: at the function's own start, or for a formula a sixth of the window from
/// its left edge and three quarters up. Where J or its gradient is not finite there (a logarithm, say), the
/// first of the three mirror images where both are.
pub fn default_start(cost: &Cost, window: Region) -> [f64; 2] {
    if let Some(row) = cost.built_in() {
        return row.start;
    }
    let at = |side: [f64; 2], share: f64| side[0] + share * (side[1] - side[0]);
    let places = [(1.0 / 6.0, 0.75), (5.0 / 6.0, 0.75), (1.0 / 6.0, 0.25), (5.0 / 6.0, 0.25)];
    let starts = places.map(|(across, up)| [at(window.x, across), at(window.y, up)]);
    let Ok(objective) = cost.objective() else { return starts[0] };
    let mut evaluator = objective.evaluator();
    let is_usable = |start: &[f64; 2]| {
        let here = evaluator.first_order(Point::new(start[0], start[1]));
        here.value.is_finite() && here.gradient.iter().all(|slope| slope.is_finite())
    };
    starts.into_iter().find(is_usable).unwrap_or(starts[0])
}
