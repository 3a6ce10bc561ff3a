//! The cost and its constraints as they stand on the board.

use super::Cost;
use crate::expr::{Expression, Names};
use crate::symbolic::{Board, Equation, Equations, Unwritable};

impl Cost {
    /// The function of a constraint as it is written on the board under this name, if it can be.
    pub fn constraint_equation(&self, formula: &str, name: &str) -> Option<Equation> {
        let board = self.board(formula).ok()?;
        let board = Board { name: name.to_owned(), ..board };
        Some(Equations::of(&board, self.variable_names()).cost)
    }

    /// J and its derivatives, with letters for the constants.
    ///
    /// # Errors
    /// Why they are not written, as a sentence.
    pub fn equations(&self) -> Result<Equations, String> {
        let variables = self.variable_names();
        match self.board(self.formula()) {
            // With rows the formula is the loss of one of them, whatever it is called.
            Ok(board) if self.data.is_some() => {
                Ok(Equations::of(&Board { name: Equations::LOSS.to_owned(), ..board }, variables))
            }
            Ok(board) => Ok(Equations::of(&board, variables)),
            Err(reason) => Err(Equations::unwritten(variables, &reason)),
        }
    }

    /// A formula with its derivatives, with letters for the constants.
    fn board(&self, formula: &str) -> Result<Board, Unwritable> {
        let variables = self.variable_names();
        let names = Names::new(variables, self.known_names()).with_free_letters();
        let expression = Expression::parse(formula).and_then(|parsed| parsed.resolved(&names))?;
        Board::of_expression(&expression, variables, &[])
    }
}
