//! The cost as it stands on the board.

use super::Cost;
use crate::expr::{Expression, Names};
use crate::symbolic::{Board, Equations, Unwritable};

impl Cost {
    /// J and its derivatives, with letters for the constants.
    ///
    /// # Errors
    /// Why they are not written, as a sentence.
    pub fn equations(&self) -> Result<Equations, String> {
        let variables = self.variable_names();
        let constants = self.constants.iter().map(|(name, _)| name.as_str());
        let names = Names::new(variables, constants).with_free_letters();
        let expression = Expression::parse(self.formula()).and_then(|parsed| parsed.resolved(&names));
        let board = expression
            .map_err(Unwritable::from)
            .and_then(|expression| Board::of_expression(&expression, variables, &[]));
        match board {
            Ok(board) => Ok(Equations::of(&board, variables)),
            Err(reason) => Err(Equations::unwritten(variables, &reason)),
        }
    }
}
