//! The cost and its constraints as they stand on the board.

use super::Cost;
use crate::expr::{Expression, Names};
use crate::objective::{Penalty, Reduce};
use crate::symbolic::{Board, Equation, Equations, Unwritable, Whole};

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
            Ok(board) => {
                let has_own_name =
                    Expression::parse(self.formula()).is_ok_and(|parsed| parsed.name().is_some());
                let name = if has_own_name { board.name.clone() } else { self.letter().to_owned() };
                let board = Board { name, ..board.whole(&self.whole(), variables) };
                Ok(Equations::of(&board, variables))
            }
            Err(reason) => Err(Equations::unwritten(variables, &reason)),
        }
    }

    /// What J makes of the formula.
    pub fn whole(&self) -> Whole {
        let Penalty { l1, l2, counts } = self.penalty.unwrap_or_default();
        let mean_over_rows = self.data.as_ref().map(|data| data.reduce == Reduce::Mean);
        let counts = if l1 > 0.0 || l2 > 0.0 { counts } else { [false; 2] };
        let counts = [counts[0], counts[1] && !self.is_of_one_variable()];
        Whole { mean_over_rows, l1: l1 > 0.0, l2: l2 > 0.0, counts }
    }

    /// A formula with its derivatives, with letters for the constants.
    fn board(&self, formula: &str) -> Result<Board, Unwritable> {
        let variables = self.variable_names();
        let names = Names::new(variables, self.known_names()).with_free_letters();
        let expression = Expression::parse(formula).and_then(|parsed| parsed.resolved(&names))?;
        Board::of_expression(&expression, variables, &[], self.columns())
    }
}
