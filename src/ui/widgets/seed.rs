//! Another seed by a click.

/// The seeds that the dice gives: short enough to be read out.
const DICE: u64 = 10_000;

/// A seed that does not look like the one before: a step of a linear congruential generator with full period
/// (Knuth, *The Art of Computer Programming*, volume 2, section 3.2.1.2: 4,621 − 1 is divisible by 2, by 5 and by 4, 2,113 by neither 2 nor 5).
pub fn next_seed(seed: u64) -> u64 {
    ((seed % DICE) * 4_621 + 2_113) % DICE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dice_comes_to_every_seed_before_it_comes_back() {
        let mut seen = vec![false; DICE as usize];
        let mut seed = 1;
        for _ in 0..DICE {
            assert!(!std::mem::replace(&mut seen[seed as usize], true), "{seed}");
            seed = next_seed(seed);
        }
        assert_eq!(seed, 1);
    }
}
