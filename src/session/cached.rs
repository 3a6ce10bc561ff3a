//! One derived value, kept as long as what it was made from stays the same.

/// A value with the key it was made from, and how often it was made.
#[derive(Clone, Debug)]
pub(super) struct Cached<K, V> {
    held: Option<(K, V)>,
    made: u64,
}

impl<K, V> Default for Cached<K, V> {
    fn default() -> Self {
        Self { held: None, made: 0 }
    }
}

impl<K: PartialEq, V> Cached<K, V> {
    /// The value for `key`, made anew only if the key has changed, and its version: a number that stands for the value
    /// in the keys of later stages.
    pub fn get(&mut self, key: K, make: impl FnOnce(&K) -> V) -> (&V, u64) {
        let value = match self.held.take() {
            Some((held, value)) if held == key => value,
            _ => {
                self.made += 1;
                make(&key)
            }
        };
        (&self.held.insert((key, value)).1, self.made)
    }

    /// Whether the value is that for `key`.
    pub fn is_for(&self, key: &K) -> bool {
        self.held.as_ref().is_some_and(|(held, _)| held == key)
    }

    /// How often the value was made.
    pub fn made(&self) -> u64 {
        self.made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_for_each_new_key() {
        let mut squares = Cached::default();
        assert_eq!(squares.get(3, |n| n * n), (&9, 1));
        assert_eq!(squares.get(3, |_| unreachable!()), (&9, 1));
        assert!(squares.is_for(&3) && !squares.is_for(&4));
        assert_eq!(squares.get(4, |n| n * n), (&16, 2));
        assert_eq!(squares.made(), 2);
    }
}
