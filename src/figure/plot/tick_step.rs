//! How far apart the ticks of an axis are.

use crate::figure::plane::ticks::{marks, nice_step};

/// Ticks are at least about the first of these apart, in points; where there are few, at least the second, as long as their
/// numbers have room.
pub(super) const X_DISTANCES: [f32; 2] = [80.0, 45.0];
pub(super) const Y_DISTANCES: [f32; 2] = [50.0, 24.0];
/// A small plot has about this many ticks.
const FEWEST_TICKS: f32 = 4.0;

/// From one tick to the next along an axis of this length: ticks are at least about so far apart, or, where there are few of
/// them, at least so far.
pub(super) fn tick_step(range: [f64; 2], length: f32, [distance, nearest]: [f32; 2]) -> f64 {
    let most = length / nearest;
    let parts = (length / distance).max(most.min(FEWEST_TICKS));
    let step = nice_step(range[1] - range[0], parts);
    // A single number is no scale.
    if marks((range[0], range[1]), step).len() < 2 {
        return nice_step(range[1] - range[0], (2.0 * parts).min(most));
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_two_numbers_at_least_and_none_too_near() {
        let sides = X_DISTANCES;
        assert_eq!(tick_step([-3.0, 3.0], 400.0, sides), 2.0);
        // Of multiples of 5, only 0 is inside.
        assert_eq!(tick_step([-4.9, 4.9], 250.0, sides), 2.0);
        for length in [100.0, 180.0, 217.5, 330.0, 1000.0] {
            for half in [0.99, 1.99, 2.01, 4.9, 9.9] {
                let step = tick_step([-half, half], length, sides);
                let apart = step / (2.0 * half) * f64::from(length);
                assert!(apart >= f64::from(sides[1]), "{length} {half}");
                let count = marks((-half, half), step).len();
                // The next one down is at least two fifths of it.
                assert!(count >= 2 || 0.4 * apart < f64::from(sides[1]), "{count} numbers: {length} {half}");
            }
        }
    }
}
