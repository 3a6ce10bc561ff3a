//! What a column of the rows may be called, and another name for one, wherever the formula reads it.

use super::{Cost, CostSource};
use crate::data::Table;
use crate::expr::{Expression, FormulaError, canonical_name, why_no_name};

/// Why a column is not called so. Its `Display` is one sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ColumnNameError {
    /// No formula could use the name.
    #[error("`{name}` cannot name a column: {why}")]
    NoName {
        /// The column.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A formula could not tell it from something else.
    #[error("`{name}` is {taken} already: call the column something else")]
    Taken {
        /// The column.
        name: String,
        /// What is called so.
        taken: &'static str,
    },
    /// The formula would read the name as something else where it stands.
    #[error("the formula would not read a column called `{0}`: call it something else")]
    Unread(String),
    /// What is typed for the formula is wrong, and would be lost.
    #[error("what is typed for the formula is wrong: mend that first")]
    WrongFormula,
    /// The formula cannot be evaluated with the name.
    #[error(transparent)]
    Formula(#[from] FormulaError),
}

impl Cost {
    /// Whether the formula can tell a column of this name from variables, constants and functions.
    pub(super) fn check_column_name(&self, name: &str) -> Result<(), ColumnNameError> {
        let is = |other: &str| canonical_name(name) == canonical_name(other);
        let taken = if self.variables.iter().any(|variable| is(variable)) {
            Some("a variable")
        } else {
            self.constants.iter().any(|(constant, _)| is(constant)).then_some("a constant")
        };
        match (why_no_name(name), taken) {
            (Some(why), _) => Err(ColumnNameError::NoName { name: name.to_owned(), why }),
            (None, Some(taken)) => Err(ColumnNameError::Taken { name: name.to_owned(), taken }),
            (None, None) => Ok(()),
        }
    }

    /// The same cost whose column at `place` is called `name`; the loss of a row reads it under that name. The rows are kept in
    /// the scenario from then on: their file has the old name.
    ///
    /// # Errors
    /// A name that is none, or that something else has.
    pub fn with_column_renamed(&self, place: usize, name: &str) -> Result<Self, ColumnNameError> {
        let name = name.trim();
        let Some((data, old)) = self.data.as_ref().and_then(|data| Some((data, data.names().get(place)?)))
        else {
            return Ok(self.clone());
        };
        if name == old {
            return Ok(self.clone());
        }
        let mut names = data.names().to_vec();
        let is_other =
            |(at, other): (usize, &String)| at != place && canonical_name(other) == canonical_name(name);
        if names.iter().enumerate().any(is_other) {
            return Err(ColumnNameError::Taken { name: name.to_owned(), taken: "a column" });
        }
        self.check_column_name(name)?;
        let formula = renamed(self.formula(), old, name)?;
        name.clone_into(&mut names[place]);
        // Columns that were even stay so.
        let Ok(table) = Table::new(names, data.table().columns().to_vec()) else { return Ok(self.clone()) };
        let renamed = Self {
            source: CostSource::Formula(formula),
            data: Some(data.with_names_of(table)),
            ..self.clone()
        };
        renamed.objective()?;
        Ok(renamed)
    }
}

/// A formula that reads `name` where it read `old`.
fn renamed(formula: &str, old: &str, name: &str) -> Result<String, ColumnNameError> {
    let places = Expression::parse(formula)?.places_of(old);
    let mut text = formula.to_owned();
    for span in places.iter().rev() {
        text.replace_range(span.clone(), name);
    }
    // Between numbers and parentheses another name may be read as something else, or be the index of a sum.
    let is_read = Expression::parse(&text).is_ok_and(|parsed| parsed.places_of(name).len() == places.len());
    if is_read { Ok(text) } else { Err(ColumnNameError::Unread(name.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Scaling;
    use crate::objective::Point;

    fn cost(formula: &str) -> Cost {
        let text = format!(
            "[cost]\nformula = \"{formula}\"\nvariables = [\"a\", \"b\"]\nconstants = {{ c = 1.0 }}\n\
             [data]\ncolumns = [\"x\", \"y\"]\nrows = [[1, 2], [2.5, -3e-7]]\nscale = {{ x = \"standardize\" }}\n"
        );
        crate::scenario::read(&text, "rows").unwrap().cost
    }

    #[test]
    fn a_column_is_called_otherwise_wherever_the_formula_reads_it_and_nothing_else_changes() {
        for (formula, name, expected) in [
            ("(a + b*x - y)^2/2 + c", "area", "(a + b*area - y)^2/2 + c"),
            ("(a + b*x^2 + x - y)^2", " mu ", "(a + b*mu^2 + mu - y)^2"),
            ("(a + 2x*b - y)^2 + c*exp(x)", "x_1", "(a + 2x_1*b - y)^2 + c*exp(x_1)"),
            ("(a + b - y)^2 + c", "unread", "(a + b - y)^2 + c"),
        ] {
            let before = cost(formula);
            let after = before.with_column_renamed(0, name).unwrap();
            assert_eq!(after.formula(), expected);
            let data = after.data.as_ref().unwrap();
            assert_eq!((data.names()[0].as_str(), data.names()[1].as_str()), (name.trim(), "y"));
            assert_eq!(data.scale(), [Some(Scaling::Standardize), None]);
            let at = |cost: &Cost| cost.objective().unwrap().evaluator().value(Point::new(0.3, -0.7));
            assert_eq!(at(&before).to_bits(), at(&after).to_bits(), "{formula}");
            assert_eq!(after.with_column_renamed(0, "x").unwrap(), before, "back again");
        }
    }

    #[test]
    fn a_name_that_is_none_or_that_something_has_is_refused_in_words() {
        let formula = "(a + b*x - y)^2/2 + c*sum(i, 1, 3, i^2*x)";
        for (name, words) in [
            ("y", "`y` is a column already: call the column something else"),
            ("b", "`b` is a variable already: call the column something else"),
            ("c", "`c` is a constant already: call the column something else"),
            ("sin", "`sin` cannot name a column: it is a function"),
            ("pi", "`pi` cannot name a column: it is a number already"),
            ("", "`` cannot name a column: a name is a letter followed by letters, digits or underscores"),
            (
                "2x",
                "`2x` cannot name a column: a name is a letter followed by letters, digits or underscores",
            ),
            ("i", "the formula would not read a column called `i`: call it something else"),
        ] {
            let cost = cost(formula);
            let error = cost.with_column_renamed(0, name).unwrap_err();
            assert_eq!(error.to_string(), words);
        }
    }
}
