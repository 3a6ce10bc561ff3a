//! The `[sliders]` table: the ends that somebody chose for the sliders of constants.

use super::error::ScenarioError;
use super::table::Table;
use super::toml_text::{key, pair};
use super::{Cost, Scenario};
use crate::expr::canonical_name;
use crate::spelling::{any_of, did_you_mean};

/// Reads `[sliders]`. Only constants of `cost` have sliders.
pub(super) fn read(table: &Table<'_>, cost: &Cost) -> Result<Vec<(String, [f64; 2])>, ScenarioError> {
    let names = || cost.constants.iter().map(|(name, _)| name.as_str());
    let mut ranges: Vec<(String, [f64; 2])> = Vec::new();
    for field in table.fields() {
        let canonical = canonical_name(field.key);
        let Some(constant) = names().find(|name| canonical_name(name) == canonical) else {
            let expected = did_you_mean(field.key, names()).unwrap_or_else(|| match names().next() {
                Some(_) => format!("the constants are {}", any_of(names())),
                None => "the cost has none".to_owned(),
            });
            return Err(field.key_error(format!("`{}` is no constant of the cost: {expected}", field.key)));
        };
        if ranges.iter().any(|(name, _)| name == constant) {
            return Err(field.key_error(format!("the slider of `{constant}` is given twice")));
        }
        ranges.push((constant.to_owned(), field.range("[-5.0, 5.0]")?));
    }
    Ok(ranges)
}

/// The lines of the table.
pub(super) fn lines(sliders: &[(String, [f64; 2])]) -> Vec<String> {
    sliders.iter().map(|(name, range)| format!("{} = {}", key(name), pair(*range))).collect()
}

impl Scenario {
    /// The ends that were chosen for the slider of a constant; nothing where nobody chose.
    pub fn slider_range(&self, constant: &str) -> Option<[f64; 2]> {
        self.sliders.iter().find(|(name, _)| name == constant).map(|(_, range)| *range)
    }

    /// Chooses the ends of the slider of a constant, or leaves them to the program again.
    pub fn set_slider_range(&mut self, constant: &str, range: Option<[f64; 2]>) {
        let held = self.sliders.iter().position(|(name, _)| name == constant);
        match (range, held) {
            (Some(range), Some(at)) => self.sliders[at].1 = range,
            (Some(range), None) => self.sliders.push((constant.to_owned(), range)),
            (None, Some(at)) => drop(self.sliders.remove(at)),
            (None, None) => {}
        }
    }
}
