//! Formulas as they are typed in a row of fields, each of which may be wrong for a while.

use crate::expr::FormulaError;

/// A formula as it is being typed.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The formula in the scenario that it belongs to: another one has no draft.
    of: String,
    pub text: String,
    pub error: Option<FormulaError>,
}

/// Those of a row of fields, by their places.
#[derive(Clone, Debug, Default)]
pub(super) struct Drafts(Vec<Option<Draft>>);

impl Drafts {
    /// The draft at a place where the scenario has the formula `of`.
    pub fn get(&self, index: usize, of: &str) -> Option<&Draft> {
        self.0.get(index)?.as_ref().filter(|draft| draft.of == of)
    }

    /// Keeps what was typed at a place where the scenario has the formula `of` now.
    pub fn keep(&mut self, index: usize, of: String, text: &str, error: Option<FormulaError>) {
        if self.0.len() <= index {
            self.0.resize_with(index + 1, || None);
        }
        self.0[index] = Some(Draft { of, text: text.to_owned(), error });
    }

    /// Lets go of what is right: nobody types it any longer.
    pub fn settle(&mut self, index: usize) {
        if let Some(draft) = self.0.get_mut(index)
            && draft.as_ref().is_some_and(|draft| draft.error.is_none())
        {
            *draft = None;
        }
    }

    /// Moves those behind a place up into it.
    pub fn remove(&mut self, index: usize) {
        if index < self.0.len() {
            self.0.remove(index);
        }
    }

    /// Lets go of all.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}
