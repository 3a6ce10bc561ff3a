//! The formula of the cost as it is typed, and the letters that become its constants.

use super::Session;
use crate::expr::{
    Expression, FormulaError, FormulaErrorKind, NO_VARIABLE, Names, canonical_name, display_name, is_letter,
};
use crate::scenario::{
    ColumnNameError, ConstraintChoice, Cost, CostSource, MAX_CONSTANTS, are_given_notes, is_given_title,
};

/// The formula as it is typed, which may be wrong for a while.
#[derive(Clone, Debug, Default)]
pub(super) struct FormulaDraft {
    pub text: String,
    pub error: Option<FormulaError>,
}

impl Session {
    /// The formula as it was typed, right or wrong.
    pub fn formula_text(&self) -> &str {
        &self.formula.text
    }

    /// What is wrong with the typed formula.
    pub fn formula_error(&self) -> Option<&FormulaError> {
        self.formula.error.as_ref()
    }

    /// Takes what was typed. A formula that is right becomes the cost at once, and its free letters become constants; of
    /// one that is wrong the text is kept beside the last good cost.
    pub fn set_formula_text(&mut self, text: &str) {
        if text == self.formula.text {
            return;
        }
        text.clone_into(&mut self.formula.text);
        if text == self.scenario.cost.formula() {
            // Back at what is drawn: a built-in cost is still the built-in one.
            self.formula.error = None;
            return;
        }
        match self.cost_of(text) {
            Ok(cost) => {
                self.formula.error = None;
                self.remember_constants();
                if matches!(self.scenario.cost.source, CostSource::Function(_)) {
                    // They speak of the built-in cost, which this is no longer. What somebody wrote stays.
                    if is_given_title(&self.scenario.title) {
                        self.scenario.title.clear();
                    }
                    if are_given_notes(&self.scenario.notes) {
                        self.scenario.notes.clear();
                    }
                }
                let kept = |name: &String| cost.constants.iter().any(|(constant, _)| constant == name);
                self.scenario.sliders.retain(|(name, _)| kept(name));
                let before = std::mem::replace(&mut self.scenario.cost, cost);
                self.scenario.fit_variables(&before);
                self.scenario.fit();
            }
            Err(error) => self.formula.error = Some(error),
        }
    }

    /// Gives a column of the rows another name, in the formula too.
    ///
    /// # Errors
    /// Why it cannot be called so.
    pub fn rename_column(&mut self, place: usize, name: &str) -> Result<(), ColumnNameError> {
        if self.formula.error.is_some() {
            return Err(ColumnNameError::WrongFormula);
        }
        let cost = self.scenario.cost.with_column_renamed(place, name)?;
        self.edit(|scenario| scenario.cost = cost);
        Ok(())
    }

    /// The present cost with another formula.
    fn cost_of(&self, text: &str) -> Result<Cost, FormulaError> {
        let mut cost = self.scenario.cost.clone();
        let parsed = Expression::parse(text)?;
        cost.variables = variables_of(&parsed, cost.variable_names());
        if cost.is_of_one_variable() && !self.scenario.constraints.is_empty() {
            return Err(FormulaError::new(FormulaErrorKind::ConstrainedCurve, 0..text.len()));
        }
        let is_variable = |column: &&String| {
            cost.variables.iter().any(|name| canonical_name(name) == canonical_name(column))
        };
        if let Some(column) = cost.columns().iter().find(is_variable) {
            let kind = FormulaErrorKind::ColumnAsVariable { name: display_name(column) };
            return Err(FormulaError::new(kind, 0..text.len()));
        }
        let held = cost.known_names().chain(self.remembered.iter().map(|(name, _)| name.as_str()));
        let expression = parsed.resolved(&Names::new(cost.variable_names(), held).with_free_letters())?;
        let mut letters = free_letters(&expression, &cost);
        for letter in self.letters_of_constraints(&cost) {
            if !letters.contains(&letter) {
                letters.push(letter);
            }
        }
        let constants: Vec<(String, f64)> = letters
            .into_iter()
            .filter_map(|name| self.value_of_letter(&name).map(|value| (name, value)))
            .collect();
        let columns: Vec<&str> = cost.columns().iter().map(String::as_str).collect();
        expression.compile_with(cost.variable_names(), &constants, &columns)?;
        if let Some((name, _)) = constants.get(MAX_CONSTANTS) {
            let names = expression.names();
            let span = names.into_iter().find(|n| n.name == *name).map_or(0..text.len(), |n| n.span);
            let kind = FormulaErrorKind::TooManyConstants { name: display_name(name), most: MAX_CONSTANTS };
            return Err(FormulaError::new(kind, span));
        }
        cost.source = CostSource::Formula(text.to_owned());
        cost.constants = constants;
        for ConstraintChoice { formula, .. } in &self.scenario.constraints {
            cost.constraint_function(formula).map_err(|_| {
                FormulaError::new(FormulaErrorKind::UnreadConstraint(formula.clone()), 0..text.len())
            })?;
        }
        Ok(cost)
    }

    /// The value of a letter that is a constant: the one that it has or had, or 1 where it is new. Nothing where it cannot be one.
    pub(super) fn value_of_letter(&self, name: &str) -> Option<f64> {
        let mut held = self.scenario.cost.constants.iter().chain(&self.remembered);
        let known = held.find(|(constant, _)| canonical_name(constant) == name).map(|(_, value)| *value);
        // x, y and z are never taken for constants: they would be a third variable.
        let is_free = is_letter(name) && !matches!(name, "x" | "y" | "z");
        known.or(is_free.then_some(1.0))
    }

    pub(super) fn remember_constants(&mut self) {
        for (name, value) in &self.scenario.cost.constants {
            match self.remembered.iter_mut().find(|(known, _)| known == name) {
                Some((_, remembered)) => *remembered = *value,
                None => self.remembered.push((name.clone(), *value)),
            }
        }
    }
}

/// The variables of a typed formula, where there were these: one alone where it says so, as f(x) = x² does.
fn variables_of(parsed: &Expression, given: [&str; 2]) -> [String; 2] {
    let [x, y] = parsed.variables(given);
    let other = if y == NO_VARIABLE { if x == "y" { "x" } else { "y" } } else { y.as_str() };
    match parsed.only_variable(other) {
        Some(only) => [only.to_owned(), NO_VARIABLE.to_owned()],
        None if parsed.names_variables() => [x, other.to_owned()],
        None => [x, y],
    }
}

/// The names of a formula that are neither variables nor columns.
pub(super) fn free_letters(expression: &Expression, cost: &Cost) -> Vec<String> {
    let known: Vec<String> =
        cost.variables.iter().chain(cost.columns()).map(|name| canonical_name(name)).collect();
    let names = expression.names().into_iter().map(|name| name.name);
    names.filter(|name| !known.contains(name)).collect()
}
