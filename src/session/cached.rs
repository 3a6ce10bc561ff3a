//! Derived values, each kept as long as it may be asked for again.

/// How many values are kept: the plot, the preview of a figure and the gallery ask for their own in turn.
const SLOTS: usize = 3;

/// The values that were asked for last, each with the key it was made from and its version, and how often one was made.
#[derive(Clone, Debug)]
pub(super) struct Cached<K, V> {
    /// The one that was asked for last comes first.
    held: Vec<(K, V, u64)>,
    made: u64,
}

impl<K, V> Default for Cached<K, V> {
    fn default() -> Self {
        Self { held: Vec::new(), made: 0 }
    }
}

impl<K: PartialEq, V> Cached<K, V> {
    /// The value for `key`, made if none is kept, and its version: a number that stands for the value in the keys of later
    /// stages.
    pub fn get(&mut self, key: K, make: impl FnOnce(&K) -> V) -> (&V, u64) {
        match self.held.iter().position(|(held, ..)| *held == key) {
            Some(0) => {}
            Some(place) => self.held[..=place].rotate_right(1),
            None => {
                // One that goes makes room before the next one is made.
                self.held.truncate(SLOTS - 1);
                self.made += 1;
                let value = make(&key);
                self.held.insert(0, (key, value, self.made));
            }
        }
        let (_, value, version) = &self.held[0];
        (value, *version)
    }

    /// The value for `key` with its version, if it is kept.
    pub fn held(&self, key: &K) -> Option<(&V, u64)> {
        self.held.iter().find(|(held, ..)| held == key).map(|(_, value, version)| (value, *version))
    }

    /// Whether a value for `key` is kept.
    pub fn holds(&self, key: &K) -> bool {
        self.held(key).is_some()
    }

    /// How often a value was made.
    pub fn made(&self) -> u64 {
        self.made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_for_each_key_while_few_are_asked_for_in_turn() {
        let mut squares = Cached::default();
        assert_eq!(squares.get(3, |n| n * n), (&9, 1));
        assert_eq!(squares.get(3, |_| unreachable!()), (&9, 1));
        assert!(squares.holds(&3) && !squares.holds(&4));
        assert_eq!(squares.get(4, |n| n * n), (&16, 2));
        for (key, version) in [(3, 1), (4, 2), (3, 1)] {
            assert_eq!(squares.get(key, |_| unreachable!()), (&(key * key), version));
        }
        // That which was not asked for longest goes first.
        squares.get(5, |n| n * n);
        squares.get(6, |n| n * n);
        assert!(squares.holds(&3) && !squares.holds(&4));
        assert_eq!(squares.get(4, |n| n * n), (&16, 5));
        assert_eq!(squares.made(), 5);
    }
}
