//! A formula as a command takes it: typed, with values for its letters.

mod caret;
pub(super) mod parse;

use super::CommandError;
use crate::expr::{Expression, FormulaError, Names, canonical_name, display_name};

/// What every command about a formula takes.
#[derive(Clone, Debug, clap::Args)]
pub struct TypedFormula {
    /// A formula, such as 'x^2 + 10*y^2'
    #[arg(allow_hyphen_values = true)]
    pub formula: String,
    /// The value of another letter of the formula; may be given several times
    #[arg(long = "constant", value_name = "NAME=VALUE", value_parser = parse::constant)]
    pub constants: Vec<(String, f64)>,
}

impl TypedFormula {
    /// The formula as it is read in these variables.
    ///
    /// # Errors
    /// One that blames the input: a constant that is given twice or is a variable, or a mistake in the formula.
    pub(super) fn read(&self, variables: [&str; 2]) -> Result<Expression, CommandError> {
        self.check_constants(variables)?;
        let constants = self.constants.iter().map(|(name, _)| name.as_str());
        let read = Expression::parse(&self.formula).and_then(|parsed| {
            let variables = parsed.variables(variables);
            let names = Names::new(variables.each_ref().map(String::as_str), constants);
            parsed.resolved(&names.with_free_letters())
        });
        read.map_err(|error| self.mistake(&error))
    }

    /// A mistake in the formula, with carets under it.
    pub(super) fn mistake(&self, error: &FormulaError) -> CommandError {
        let message = CommandError::input(&error.to_string());
        match caret::lines(&self.formula, &error.span) {
            Some(lines) => message.with_hint(&lines),
            None => message,
        }
    }

    /// Each name may have one value, and a variable has none.
    fn check_constants(&self, variables: [&str; 2]) -> Result<(), CommandError> {
        let is_same = |a: &str, b: &str| canonical_name(a) == canonical_name(b);
        for (index, (name, _)) in self.constants.iter().enumerate() {
            if variables.iter().any(|variable| is_same(variable, name)) {
                let message = format!("`{name}` is a variable, so it cannot be a constant too");
                return Err(CommandError::input(&message));
            }
            if self.constants.iter().take(index).any(|(other, _)| is_same(other, name)) {
                let message = format!("the constant `{}` is given twice", display_name(name));
                return Err(CommandError::input(&message));
            }
        }
        Ok(())
    }
}
