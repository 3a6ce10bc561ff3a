//! Something that takes longer than a frame and is shown meanwhile: found coarse first, then finer and finer, and anew as soon as what
//! it depends on changes. What was found last is shown until there is something newer.

use crate::work::{Progress, Work};

/// The work of one slice on each core: about a quarter of a frame.
const SLICE: u64 = 12_000_000;

/// What is found of a key by a search, at one fineness after the other.
#[derive(Debug)]
pub(super) struct Finer<K, S, F> {
    key: Option<K>,
    /// Under way, with its fineness.
    search: Option<(usize, S)>,
    /// The finest that was found for this key.
    done: Option<usize>,
    /// What was found last, perhaps for the key before, and a number that changes with it.
    found: Option<(F, u64)>,
}

impl<K, S, F> Default for Finer<K, S, F> {
    fn default() -> Self {
        Self { key: None, search: None, done: None, found: None }
    }
}

impl<K: PartialEq, S: Work, F> Finer<K, S, F> {
    /// Goes on by one slice with what is to be found of a key, up to a fineness counted from 0. `begin` begins a search, `take` takes
    /// what it found, and `made` numbers it among all that are shown in one place. Returns whether nothing is left to be found.
    pub fn advance(
        &mut self,
        made: &mut u64,
        key: K,
        finest: usize,
        begin: impl Fn(&K, usize) -> S,
        take: impl Fn(&S) -> Option<F>,
    ) -> bool {
        if self.key.as_ref() != Some(&key) {
            self.search = Some((0, begin(&key, 0)));
            (self.key, self.done) = (Some(key), None);
        } else if self.search.is_none() {
            let next = self.done.map_or(0, |done| done + 1);
            if next > finest {
                return true;
            }
            self.search = Some((next, begin(&key, next)));
        }
        if let Some((fineness, search)) = &mut self.search
            && search.advance(SLICE)
        {
            *made += 1;
            self.done = Some(*fineness);
            if let Some(found) = take(search) {
                self.found = Some((found, *made));
            }
            self.search = None;
        }
        false
    }

    /// Whether this is not the key of what is being found.
    pub fn is_of_another(&self, key: &K) -> bool {
        self.key.as_ref() != Some(key)
    }

    /// What was found last, with a number that changes with it.
    pub fn found(&self) -> Option<(&F, u64)> {
        self.found.as_ref().map(|(found, version)| (found, *version))
    }

    /// How far the search under way is, and its fineness.
    pub fn progress(&self) -> Option<(Progress, usize)> {
        self.search.as_ref().map(|(fineness, search)| (search.progress(), *fineness))
    }
}
