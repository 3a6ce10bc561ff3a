//! Which entry of a list is which, beside its value: what is being typed for an entry goes with it wherever it goes.

use std::sync::atomic::{AtomicU64, Ordering};

/// Tells an entry from others of the same value while the program runs. It goes with the entry to another place, and to the
/// states that undo comes back to. It says nothing of what the entry is: it is not saved, and all are equal.
#[derive(Clone, Copy, Debug)]
pub struct Identity(u64);

impl Identity {
    /// Another than all before.
    pub fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// Whether both are of the same entry.
    pub fn is_same(self, other: Self) -> bool {
        self.0 == other.0
    }

    /// Gives each entry that is the copy of one before it an identity of its own.
    pub(super) fn tell_apart<'e>(entries: impl Iterator<Item = &'e mut Self>) {
        let mut seen = std::collections::HashSet::new();
        for identity in entries {
            if !seen.insert(identity.0) {
                *identity = Self::new();
                seen.insert(identity.0);
            }
        }
    }
}

impl Default for Identity {
    fn default() -> Self {
        Self::new()
    }
}

/// Entries of the same value are equal, whichever they are.
impl PartialEq for Identity {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
