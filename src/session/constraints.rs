//! The constraints as they are typed, each of which may be wrong for a while.

use super::drafts::Draft;
use super::{Session, free_letters};
use crate::decimal::rounded;
use crate::expr::{Expression, FormulaError, FormulaErrorKind, Names, canonical_name, display_name};
use crate::landscape::Region;
use crate::objective::MAX_CONSTRAINTS;
use crate::optimizer::TreatmentSettings;
use crate::scenario::{ConstraintChoice, Cost, CostSource, MAX_CONSTANTS, TypedConstraint};

impl Session {
    /// What stands in the field of a constraint.
    pub fn constraint_text(&self, index: usize) -> &str {
        let formula = self.scenario.constraints.get(index).map_or("", |choice| choice.formula.as_str());
        self.draft(index).map_or(formula, |draft| &draft.text)
    }

    /// What is wrong with the text of a constraint.
    pub fn constraint_error(&self, index: usize) -> Option<&FormulaError> {
        self.draft(index)?.error.as_ref()
    }

    fn draft(&self, index: usize) -> Option<&Draft> {
        let choice = self.scenario.constraints.get(index)?;
        self.drafts.get(choice.identity, &choice.formula)
    }

    /// Takes what was typed for g, or with a relation and a level for all of the constraint. What is right counts at once, and
    /// its free letters become constants; of what is wrong the text is kept beside the last good constraint.
    pub fn set_constraint_text(&mut self, index: usize, text: &str) {
        let Some(choice) = self.scenario.constraints.get(index) else { return };
        if text == self.constraint_text(index) {
            return;
        }
        let typed = TypedConstraint::of(text, |text| self.value_of(text));
        let error = match self.cost_with_letters_of(&typed.formula) {
            Ok(cost) => {
                let mut changed =
                    ConstraintChoice { formula: typed.formula.trim().to_owned(), ..choice.clone() };
                if let Some((relation, level)) = typed.relation {
                    (changed.relation, changed.level) = (relation, level);
                }
                self.scenario.cost = cost;
                self.scenario.constraints[index] = changed;
                self.forget_unused_letters();
                None
            }
            Err(error) => Some(error),
        };
        let ConstraintChoice { formula: of, identity, .. } = self.scenario.constraints[index].clone();
        self.drafts.keep(identity, of, text, error);
    }

    /// Shows a constraint that is right as it is kept: nobody types it any longer.
    pub fn settle_constraint(&mut self, index: usize) {
        if let Some(choice) = self.scenario.constraints.get(index) {
            self.drafts.settle(choice.identity);
        }
    }

    /// Adds the line or curve that is easiest to see: x + y at its value in the middle of the window. Returns whether there
    /// was room for one.
    pub fn add_constraint(&mut self) -> bool {
        if self.scenario.cost.is_of_one_variable() || self.scenario.constraints.len() >= MAX_CONSTRAINTS {
            return false;
        }
        let [x, y] = self.scenario.cost.variables.clone();
        let Region { x: across, y: up } = self.scenario.window;
        let middle = [across, up].map(|[low, high]| 0.5 * low + 0.5 * high);
        let room = 1e-2 * (across[1] - across[0]).min(up[1] - up[0]);
        // A second one crosses the first.
        let (formula, level) = match self.scenario.constraints.len() {
            0 => (format!("{x} + {y}"), middle[0] + middle[1]),
            _ => (format!("{x} - {y}"), middle[0] - middle[1]),
        };
        let level = rounded(level, room);
        self.scenario.constraints.push(ConstraintChoice { level, ..ConstraintChoice::of_formula(formula) });
        self.scenario.fit();
        true
    }

    /// Takes a constraint away, and with the last one how runs meet it.
    pub fn remove_constraint(&mut self, index: usize) {
        if index >= self.scenario.constraints.len() {
            return;
        }
        self.scenario.constraints.remove(index);
        if self.scenario.constraints.is_empty() {
            self.scenario.treatment = TreatmentSettings::default();
            for choice in &mut self.scenario.optimizers {
                choice.treatment = None;
            }
        }
        self.forget_unused_letters();
    }

    /// The value of a text without variables.
    fn value_of(&self, text: &str) -> Option<f64> {
        let cost = &self.scenario.cost;
        let tape = Expression::parse(text).ok()?.compile(cost.variable_names(), &cost.constants).ok()?;
        let value = tape.evaluator().value(0.0, 0.0);
        (tape.depends_on() == [false, false] && value.is_finite()).then_some(value)
    }

    /// The cost with a constant for each letter of a constraint that is neither a variable nor one already.
    fn cost_with_letters_of(&self, formula: &str) -> Result<Cost, FormulaError> {
        let mut cost = self.scenario.cost.clone();
        if matches!(cost.source, CostSource::Formula(_)) {
            let held = cost.constants.iter().chain(&self.remembered).map(|(name, _)| name.as_str());
            let names = Names::new(cost.variable_names(), held).with_free_letters();
            let expression = Expression::parse(formula)?.resolved(&names)?;
            for name in free_letters(&expression, &cost) {
                let is_held = cost.constants.iter().any(|(held, _)| canonical_name(held) == name);
                if !is_held && let Some(value) = self.value_of_letter(&name) {
                    cost.constants.push((name, value));
                }
            }
        }
        cost.constraint_function(formula)?;
        if let Some((name, _)) = cost.constants.get(MAX_CONSTANTS) {
            let kind = FormulaErrorKind::TooManyConstants { name: display_name(name), most: MAX_CONSTANTS };
            return Err(FormulaError::new(kind, 0..formula.len()));
        }
        Ok(cost)
    }

    /// The letters of the constraints that are no variables of a cost.
    pub(super) fn letters_of_constraints(&self, cost: &Cost) -> Vec<String> {
        let held = || cost.constants.iter().chain(&self.remembered).map(|(name, _)| name.as_str());
        let letters = |choice: &ConstraintChoice| {
            let names = Names::new(cost.variable_names(), held()).with_free_letters();
            let expression = Expression::parse(&choice.formula).and_then(|parsed| parsed.resolved(&names));
            expression.map(|expression| free_letters(&expression, cost)).unwrap_or_default()
        };
        self.scenario.constraints.iter().flat_map(letters).collect()
    }

    /// Forgets the constants that a typed cost and its constraints have no longer; their values are remembered.
    fn forget_unused_letters(&mut self) {
        let cost = &self.scenario.cost;
        let CostSource::Formula(text) = &cost.source else { return };
        let names = Names::new(cost.variable_names(), cost.known_names());
        let Ok(expression) = Expression::parse(text).and_then(|parsed| parsed.resolved(&names)) else {
            return;
        };
        let mut used = free_letters(&expression, cost);
        used.extend(self.letters_of_constraints(cost));
        self.remember_constants();
        let is_used = |name: &String| used.contains(&canonical_name(name));
        self.scenario.cost.constants.retain(|(name, _)| is_used(name));
        self.scenario.sliders.retain(|(name, _)| is_used(name));
    }
}
