//! What is to be said of a formula that is right.

use super::Session;
use crate::expr::{Expression, NO_VARIABLE, Names, Repair, Step, display_name};

/// A remark about a formula, and what may be done about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// One sentence.
    pub sentence: String,
    /// What a button says, and how it changes the text.
    pub offer: Option<(String, Repair)>,
}

/// What a remark is made of: the formula, its variables, the names of its constants.
pub(super) type Key = (String, [String; 2], Vec<String>);

impl Session {
    /// What is to be said of the formula while it is right and somebody's own: that the cost depends on no variable.
    pub fn formula_remark(&mut self) -> Option<Remark> {
        if self.formula.error.is_some() || self.built_in().is_some() {
            return None;
        }
        let cost = &self.scenario.cost;
        let constants = cost.constants.iter().map(|(name, _)| name.clone()).collect();
        let key = (cost.formula().to_owned(), cost.variables.clone(), constants);
        self.remark.get(key, of).0.clone()
    }
}

fn of((formula, variables, constants): &Key) -> Option<Remark> {
    let names = variables.each_ref().map(String::as_str);
    let known = Names::new(names, constants.iter().map(String::as_str));
    let expression = Expression::parse(formula).and_then(|parsed| parsed.resolved(&known)).ok()?;
    let [x, y] = names.map(display_name);
    let uses = names.map(|variable| variable != NO_VARIABLE && expression.uses(variable));
    match uses {
        [true, false] if names[1] != NO_VARIABLE && expression.name().is_none() => {
            let head = Repair::new(0..0, format!("J({x}) = "));
            let offer = Some(("draw it as a curve".to_owned(), head));
            return Some(Remark { sentence: format!("J depends on {x} alone"), offer });
        }
        [false, false] if names[1] == NO_VARIABLE => {
            return Some(Remark { sentence: format!("J does not depend on {x}"), offer: None });
        }
        [false, false] => {}
        _ => return None,
    }
    let offer = match constants.as_slice() {
        _ if let Some(text) = in_small_letters(&expression, formula, names) => {
            Some((format!("use {x} and {y}"), Repair::new(0..formula.len(), text)))
        }
        [a, b] if expression.name().is_none() => {
            let [a, b] = [a, b].map(|name| display_name(name));
            Some((format!("use {a} and {b}"), Repair::new(0..0, format!("J({a}, {b}) = "))))
        }
        _ => None,
    };
    Some(Remark { sentence: format!("J depends on neither {x} nor {y}"), offer })
}

/// The formula with its variables as they are called, if they were typed as capitals.
fn in_small_letters(expression: &Expression, formula: &str, variables: [&str; 2]) -> Option<String> {
    let capitals = expression.steps().iter().filter_map(|step| match step {
        Step::Name(name) if variables.contains(&name.name.to_lowercase().as_str()) => Some(name.span.clone()),
        _ => None,
    });
    let mut capitals: Vec<_> = capitals.collect();
    capitals.sort_by_key(|span| std::cmp::Reverse(span.start));
    let mut text = formula.to_owned();
    for span in &capitals {
        let small = text.get(span.clone())?.to_lowercase();
        text.replace_range(span.clone(), &small);
    }
    (!capitals.is_empty()).then_some(text)
}
