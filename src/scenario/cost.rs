//! The `[cost]` table: the function whose landscape is shown.

mod penalty;
mod read;
mod text_span;

pub(super) use read::{formula_error, read};
pub(super) use text_span::in_file as text_in_file;

use super::data::{self, Data};
use super::toml_text::{key, quoted};
use crate::builtin::{self, BuiltIn};
use crate::expr::{Expression, FormulaError, display_name};
use crate::objective::{Derivatives, Goal, Objective, Penalty};
use crate::spelling::Selectable;

/// The most constants of one cost.
pub const MAX_CONSTANTS: usize = 32;

/// The cost J with everything that its value depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// A typed formula or a built-in function.
    pub source: CostSource,
    /// The two axes, horizontal first. Those of the function where the source is one. The second is [`NO_VARIABLE`](crate::expr::NO_VARIABLE) where there is one
    /// variable alone, which a typed formula may have.
    pub variables: [String; 2],
    /// The other letters of the formula and their values, in the order in which they are shown.
    pub constants: Vec<(String, f64)>,
    /// Which way the optimizers go.
    pub goal: Goal,
    /// How gradient and Hessian are found.
    pub derivatives: Derivatives,
    /// The rows that it is made of, where the formula is the loss of one.
    pub data: Option<Data>,
    /// What is added to it, if only with weights of 0. Nothing where the goal is to maximize.
    pub penalty: Option<Penalty>,
}

/// Where the formula of a cost comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum CostSource {
    /// As typed.
    Formula(String),
    /// The id of a row of [`builtin::BUILT_INS`].
    Function(&'static str),
}

impl Cost {
    /// A built-in function with its own variables, constants and goal.
    pub fn of_built_in(row: &BuiltIn) -> Self {
        Self {
            source: CostSource::Function(row.id),
            variables: row.variables.map(str::to_owned),
            constants: row.constants.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect(),
            goal: row.goal,
            derivatives: Derivatives::Exact,
            data: None,
            penalty: None,
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
            data: None,
            penalty: None,
        }
    }

    /// The built-in cost that this is.
    pub fn built_in(&self) -> Option<&'static BuiltIn> {
        match &self.source {
            CostSource::Function(id) => builtin::find(id),
            CostSource::Formula(_) => None,
        }
    }

    /// The formula as text: the typed one, or that of the built-in function.
    pub fn formula(&self) -> &str {
        match &self.source {
            CostSource::Formula(text) => text,
            CostSource::Function(id) => builtin::find(id).map_or("", |row| row.formula),
        }
    }

    /// The formula without what stands left of its `=`.
    pub fn right_side(&self) -> String {
        let formula = self.formula();
        Expression::parse(formula)
            .map_or_else(|_| formula.to_owned(), |parsed| parsed.right_side().to_owned())
    }

    /// The variables as compiled: horizontal axis first.
    pub fn variable_names(&self) -> [&str; 2] {
        [&self.variables[0], &self.variables[1]]
    }

    /// Compiles the formula.
    ///
    /// # Errors
    /// Where the formula does not parse or names an unknown letter; the span lies in [`Cost::formula`].
    pub fn objective(&self) -> Result<Objective, FormulaError> {
        let columns: Vec<&str> = self.columns().iter().map(String::as_str).collect();
        let parsed = Expression::parse(self.formula())?;
        let tape = parsed.compile_with(self.variable_names(), &self.constants, &columns)?;
        let objective = match &self.data {
            None => Objective::new(tape, self.goal, self.derivatives),
            Some(data) => Objective::over(data.rows(), tape, self.goal, self.derivatives),
        };
        let objective = objective.with_penalty(self.penalty.unwrap_or_default());
        Ok(if self.is_of_one_variable() { objective.in_one_variable() } else { objective })
    }

    /// What the columns of its rows are called; none where there are no rows.
    pub fn columns(&self) -> &[String] {
        self.data.as_ref().map_or(&[], |data| data.names())
    }

    /// The names that its formula may use besides the variables: constants and columns.
    pub fn known_names(&self) -> impl Iterator<Item = &str> {
        self.constants.iter().map(|(name, _)| name.as_str()).chain(self.columns().iter().map(String::as_str))
    }
}

/// What of it a program that reads only the first format does not know.
pub(super) fn newer(cost: &Cost) -> Option<String> {
    let is_of_one = cost.is_of_one_variable();
    penalty::newer(cost).or_else(|| is_of_one.then(|| "a cost of one variable".to_owned()))
}

/// The lines of the table.
pub(super) fn lines(cost: &Cost) -> Vec<String> {
    let mut lines = Vec::new();
    match &cost.source {
        CostSource::Function(id) => lines.push(format!("function = {}", quoted(id))),
        CostSource::Formula(text) => {
            lines.push(format!("formula = {}", quoted(text)));
            let names: Vec<String> = cost.shown_variables().iter().map(|name| quoted(name)).collect();
            lines.push(format!("variables = [{}]", names.join(", ")));
        }
    }
    if !cost.constants.is_empty() {
        let constants: Vec<String> =
            cost.constants.iter().map(|(name, value)| format!("{} = {value:?}", key(name))).collect();
        lines.push(format!("constants = {{ {} }}", constants.join(", ")));
    }
    if let Some(data) = &cost.data {
        lines.push(format!("reduce = \"{}\"", data.reduce.id()));
    }
    lines.extend(penalty::lines(cost));
    lines.push(format!("goal = \"{}\"", cost.goal.id()));
    lines.push(format!("derivatives = \"{}\"", cost.derivatives.id()));
    if let Derivatives::CentralDifference { step } = cost.derivatives {
        lines.push(format!("difference_step = {step:?}"));
    }
    lines
}

/// What was changed between two states of the table, in a word or two.
pub(super) fn change(before: &Cost, after: &Cost) -> Option<String> {
    if before == after {
        return None;
    }
    if before.is_of_one_variable() != after.is_of_one_variable() {
        return Some("number of variables".to_owned());
    }
    if before.source != after.source {
        let names = |cost: &Cost| cost.data.as_ref().map(|data| data.names().to_vec());
        let (now, then) = (names(after), names(before));
        let is_renamed = now.is_some() && then.is_some() && now != then;
        return Some(if is_renamed { "name of a column" } else { "formula" }.to_owned());
    }
    if let Some(change) = data::change(before.data.as_ref(), after.data.as_ref()) {
        return Some(change);
    }
    if let Some(change) = penalty::change(before.penalty, after.penalty) {
        return Some(change.to_owned());
    }
    if before.goal != after.goal {
        return Some("goal".to_owned());
    }
    let mut constants = before.constants.iter().zip(&after.constants);
    if let Some((_, (name, _))) = constants.find(|(a, b)| a != b) {
        return Some(format!("constant {}", display_name(name)));
    }
    let is_exact = |cost: &Cost| cost.derivatives == Derivatives::Exact;
    Some(match before.derivatives == after.derivatives {
        true => "cost".to_owned(),
        false if is_exact(before) || is_exact(after) => "derivatives".to_owned(),
        false => "difference step".to_owned(),
    })
}
