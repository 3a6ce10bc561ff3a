//! Formulas as they are typed in a row of fields, each of which may be wrong for a while.

use crate::expr::FormulaError;
use crate::scenario::Identity;

/// The most that are kept; the oldest is forgotten first.
const MOST: usize = 128;

/// A formula as it is being typed.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The entry of the scenario whose formula it is, wherever that stands now.
    entry: Identity,
    /// The formula in the scenario that it belongs to: another one has no draft.
    of: String,
    pub text: String,
    pub error: Option<FormulaError>,
}

/// Those of the entries of a list. One that is away keeps its draft: undo may bring it back.
#[derive(Clone, Debug, Default)]
pub(super) struct Drafts(Vec<Draft>);

impl Drafts {
    /// The draft of an entry that has the formula `of` in the scenario.
    pub fn get(&self, entry: Identity, of: &str) -> Option<&Draft> {
        self.0.iter().find(|draft| draft.entry.is_same(entry) && draft.of == of)
    }

    /// Keeps what was typed for an entry that has the formula `of` in the scenario now.
    pub fn keep(&mut self, entry: Identity, of: String, text: &str, error: Option<FormulaError>) {
        self.0.retain(|draft| !draft.entry.is_same(entry));
        self.0.push(Draft { entry, of, text: text.to_owned(), error });
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    /// Lets go of what is right: nobody types it any longer.
    pub fn settle(&mut self, entry: Identity) {
        self.0.retain(|draft| !draft.entry.is_same(entry) || draft.error.is_some());
    }
}
