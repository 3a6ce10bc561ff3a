//! The `[[constraint]]` tables: what the cost is subject to.

use super::error::ScenarioError;
use super::table::{Field, Table};
use super::toml_text::quoted;
use super::{Cost, Identity, cost};
use crate::expr::{Expression, FormulaError, FormulaErrorKind};
use crate::objective::{Constraint, Derivatives, Goal, MAX_CONSTRAINTS, Objective, Relation};
use crate::spelling::Selectable;

/// A typed constraint.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstraintChoice {
    /// g, in the variables and constants of the cost.
    pub formula: String,
    /// How it compares with the level.
    pub relation: Relation,
    /// The level.
    pub level: f64,
    /// Whether it counts.
    pub enabled: bool,
    /// Which constraint it is, wherever it stands.
    pub identity: Identity,
}

impl ConstraintChoice {
    /// g = 0.
    pub fn of_formula(formula: impl Into<String>) -> Self {
        let (formula, relation) = (formula.into(), Relation::Equal);
        Self { formula, relation, level: 0.0, enabled: true, identity: Identity::new() }
    }
}

impl Cost {
    /// g as a function in the variables and constants of the cost.
    ///
    /// # Errors
    /// Where the formula does not parse, names an unknown letter, or has neither variable in it; the span lies in `formula`.
    pub fn constraint_function(&self, formula: &str) -> Result<Objective, FormulaError> {
        let tape = Expression::parse(formula)?.compile(self.variable_names(), &self.constants)?;
        if tape.depends_on() == [false, false] {
            let [x, y] = self.variables.clone();
            return Err(FormulaError::new(FormulaErrorKind::WithoutVariables(x, y), 0..formula.len()));
        }
        Ok(Objective::new(tape, Goal::Minimize, Derivatives::Exact))
    }

    /// The constraint as a run meets it.
    ///
    /// # Errors
    /// As [`Cost::constraint_function`].
    pub fn constraint(&self, choice: &ConstraintChoice) -> Result<Constraint, FormulaError> {
        let function = self.constraint_function(&choice.formula)?;
        Ok(Constraint { function, relation: choice.relation, level: choice.level })
    }
}

/// A constraint as it is written on the board, `x + y <= 1`, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedConstraint {
    /// g.
    pub formula: String,
    /// The relation and the level; nothing where only g is typed.
    pub relation: Option<(Relation, f64)>,
}

impl TypedConstraint {
    /// Takes a text apart. What stands right of the relation is the level where it is a number; else it is subtracted, and
    /// the level is 0. `value` evaluates a text that is a number.
    pub fn of(text: &str, value: impl FnOnce(&str) -> Option<f64>) -> Self {
        let Some((at, length, relation)) = relation_in(text) else {
            return Self { formula: text.to_owned(), relation: None };
        };
        let (left, right) = (text[..at].trim(), text[at + length..].trim());
        match value(right) {
            _ if right.is_empty() || left.is_empty() => Self { formula: text.to_owned(), relation: None },
            Some(level) => Self { formula: left.to_owned(), relation: Some((relation, level)) },
            None => Self { formula: format!("{left} - ({right})"), relation: Some((relation, 0.0)) },
        }
    }
}

/// The relation of a text outside of all brackets, with its place and its bytes: comparisons also stand within `if(…)`.
fn relation_in(text: &str) -> Option<(usize, usize, Relation)> {
    const RELATIONS: [(&str, Relation); 12] = [
        ("<=", Relation::AtMost),
        (">=", Relation::AtLeast),
        ("==", Relation::Equal),
        ("\\leq", Relation::AtMost),
        ("\\geq", Relation::AtLeast),
        ("\\le", Relation::AtMost),
        ("\\ge", Relation::AtLeast),
        ("\u{2264}", Relation::AtMost),
        ("\u{2265}", Relation::AtLeast),
        ("=", Relation::Equal),
        ("<", Relation::AtMost),
        (">", Relation::AtLeast),
    ];
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ if depth == 0 => {
                let rest = &text[at..];
                // \left and \leftarrow are no relations.
                let is_word = |id: &str| {
                    let next = rest[id.len()..].chars().next();
                    id.starts_with('\\') && next.is_some_and(char::is_alphabetic)
                };
                let found = RELATIONS.iter().find(|(id, _)| rest.starts_with(id) && !is_word(id));
                if let Some((id, relation)) = found {
                    return Some((at, id.len(), *relation));
                }
            }
            _ => {}
        }
    }
    None
}

/// Reads the list of constraints, in the letters of the cost.
pub(super) fn read(list: &Field<'_>, cost: &Cost) -> Result<Vec<ConstraintChoice>, ScenarioError> {
    let tables = list.tables()?;
    if let Some(table) = tables.get(MAX_CONSTRAINTS) {
        let message = format!("a scenario has at most {MAX_CONSTRAINTS} constraints, not {}", tables.len());
        return Err(table.error(message));
    }
    tables.iter().map(|table| read_one(table, cost)).collect()
}

fn read_one(table: &Table<'_>, cost: &Cost) -> Result<ConstraintChoice, ScenarioError> {
    table.only(&["formula", "relation", "level", "enabled"])?;
    let Some(field) = table.get("formula") else {
        return Err(table.error("[[constraint]] needs a `formula` in quotes, such as \"x + y\""));
    };
    let mut choice = ConstraintChoice::of_formula(field.text()?);
    if let Err(error) = cost.constraint_function(&choice.formula) {
        let typed = TypedConstraint::of(&choice.formula, |text| text.parse().ok());
        if let Some((relation, level)) = typed.relation {
            let (g, relation) = (typed.formula, relation.id());
            return Err(field.error(format!(
                "{} is g alone: write formula = \"{g}\", relation = \"{relation}\" and level = {level:?}",
                field.what()
            )));
        }
        return Err(cost::formula_error(&field, &choice.formula, &error));
    }
    if let Some(relation) = table.get("relation") {
        choice.relation = relation.choice()?;
    }
    if let Some(level) = table.get("level") {
        choice.level = level.real()?;
    }
    if let Some(enabled) = table.get("enabled") {
        choice.enabled = enabled.switch()?;
    }
    Ok(choice)
}

/// What of the tables a program that reads only the first format does not know.
pub(super) fn newer(constraints: &[ConstraintChoice]) -> Option<String> {
    (!constraints.is_empty()).then(|| "[[constraint]]".to_owned())
}

/// The lines of one table.
pub(super) fn lines(choice: &ConstraintChoice) -> Vec<String> {
    let mut lines = vec![
        format!("formula = {}", quoted(&choice.formula)),
        format!("relation = \"{}\"", choice.relation.id()),
        format!("level = {:?}", choice.level),
    ];
    if !choice.enabled {
        lines.push("enabled = false".to_owned());
    }
    lines
}

/// What was changed between two states of the tables.
pub(super) fn change(before: &[ConstraintChoice], after: &[ConstraintChoice]) -> Option<String> {
    match before.len().cmp(&after.len()) {
        std::cmp::Ordering::Less => return Some("adding a constraint".to_owned()),
        std::cmp::Ordering::Greater => return Some("removing a constraint".to_owned()),
        std::cmp::Ordering::Equal => {}
    }
    let (a, b) = before.iter().zip(after).find(|(a, b)| a != b)?;
    let named = [
        (a.formula != b.formula, "formula of the constraint"),
        (a.relation != b.relation, "relation of the constraint"),
        (a.level != b.level, "level of the constraint"),
        (b.enabled, "switching the constraint on"),
        (true, "switching the constraint off"),
    ];
    named.iter().find(|(differs, _)| *differs).map(|(_, name)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_on_the_board_is_taken_apart() {
        let number = |text: &str| text.parse().ok();
        for (text, formula, relation) in [
            ("x + y", "x + y", None),
            ("x + y <= 1", "x + y", Some((Relation::AtMost, 1.0))),
            ("x + y ≥ -2.5", "x + y", Some((Relation::AtLeast, -2.5))),
            ("x=y", "x - (y)", Some((Relation::Equal, 0.0))),
            (r"x^2 \leq 4", "x^2", Some((Relation::AtMost, 4.0))),
            (r"\left(x\right) = 4", r"\left(x\right)", Some((Relation::Equal, 4.0))),
            ("x < 3", "x", Some((Relation::AtMost, 3.0))),
            ("if(x < 1, x, y) == 2", "if(x < 1, x, y)", Some((Relation::Equal, 2.0))),
            ("if(x <= 1, x, y)", "if(x <= 1, x, y)", None),
            ("x + y <=", "x + y <=", None),
            ("= 3", "= 3", None),
        ] {
            let wanted = TypedConstraint { formula: formula.to_owned(), relation };
            assert_eq!(TypedConstraint::of(text, number), wanted, "{text}");
        }
    }
}
