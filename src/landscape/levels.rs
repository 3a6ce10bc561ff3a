//! Level sets: which values of the cost get an isoline.
//!
//! Formulas. Of n levels asked for, with J(t) the ramp of the field:
//! - linear: the multiples of 1, 2 or 5 times a power of ten between J(0) and J(1);
//! - logarithmic: b + d with d the numbers of a round geometric series (1, 10, 100; 1, 3, 10; 1, 2, 5, 10; …) between the ends
//!   of the distances and b the smallest value, rounded to the fewest digits within a quarter of the least d;
//! - quantile: J(k / (n + 1)), k = 1, ..., n, each rounded to the fewest digits between J((k ± 0.1) / (n + 1)).
//!
//! The step of the first two is the one with which the number of levels comes nearest to n, by ratio. The three ramps and
//! what they do with extreme values are described where they are made. Where values lie too close together for round
//! numbers between them, levels are the J(k / (n + 1)).

use super::Field;
use super::level_scale::LevelScale;
use super::ramp::Ramp;
use super::round::{multiples, ratios};
use crate::decimal::roundest;

/// How many levels there are and how they are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    /// How they are spread.
    pub scale: LevelScale,
    /// About how many are asked for, 1 to [`Levels::MOST`]; what lies outside counts as the nearest of these.
    pub count: u16,
}

impl Levels {
    /// The most levels of one picture.
    pub const MOST: u16 = 200;

    /// The levels in this field: ascending, distinct, finite, strictly between its smallest and its largest
    /// finite value.
    ///
    /// Round numbers, about as many as asked for. There are fewer where values repeat or lie too close together to be
    /// told apart, and none where the field is constant or undefined.
    pub fn values(&self, field: &Field) -> Vec<f64> {
        let (Some(ramp), Some([min, max])) = (Ramp::new(field, self.scale), field.range()) else {
            return Vec::new();
        };
        let count = self.count.clamp(1, Levels::MOST);
        let evenly = |k: u16, off: f64| ramp.value((f64::from(k) + off) / f64::from(count + 1));
        let round = match ramp {
            Ramp::Linear { low, high } => multiples([low, high], count),
            Ramp::Log { base, cut, top } => ratios([cut, top], count).map(|distances| {
                let room = distances.first().map_or(0.0, |least| 0.25 * least.value());
                let base = roundest(base, base - room, base + room);
                distances.into_iter().map(|distance| base.plus(distance)).collect()
            }),
            Ramp::Quantile { .. } => {
                let rounded = |k| roundest(evenly(k, 0.0), evenly(k, -0.1), evenly(k, 0.1)).value();
                Some((1..=count).map(rounded).collect())
            }
        };
        let mut values = round.unwrap_or_else(|| (1..=count).map(|k| evenly(k, 0.0)).collect());
        values.retain(|value| min < *value && *value < max);
        values.dedup();
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::Region;

    const REGION: Region = Region { x: [-5.0, 5.0], y: [-5.0, 5.0] };
    const SCALES: [LevelScale; 3] = [LevelScale::Linear, LevelScale::Log, LevelScale::Quantile];

    fn sample(nodes: usize, cost: impl Fn(f64, f64) -> f64) -> Field {
        Field::sample(REGION, nodes, nodes, |xs, ys, out| {
            for (row, y) in out.chunks_mut(xs.len()).zip(ys) {
                for (value, x) in row.iter_mut().zip(xs) {
                    *value = cost(*x, *y);
                }
            }
        })
    }

    fn row(values: &[f64]) -> Field {
        Field {
            region: REGION,
            columns: values.len(),
            rows: 1,
            values: values.to_vec(),
            unbounded: [false; 2],
        }
    }

    fn levels(scale: LevelScale, count: u16, field: &Field) -> Vec<f64> {
        let levels = Levels { scale, count }.values(field);
        assert!(levels.is_sorted_by(|a, b| a < b), "{scale:?}: {levels:?}");
        if let (Some([min, max]), Some(first), Some(last)) = (field.range(), levels.first(), levels.last()) {
            assert!(min < *first && *last < max, "{scale:?}: {levels:?}");
        }
        levels
    }

    /// The share of nodes below a value.
    fn share_below(field: &Field, value: f64) -> f64 {
        field.values.iter().filter(|other| **other < value).count() as f64 / field.values.len() as f64
    }

    #[test]
    fn linear_levels_have_equal_steps() {
        assert_eq!(levels(LevelScale::Linear, 3, &row(&[8.0, 0.0, 1.0])), [2.0, 4.0, 6.0]);
        assert_eq!(levels(LevelScale::Linear, 5, &row(&[0.03, 0.61])), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
        assert_eq!(levels(LevelScale::Linear, 1, &row(&[-1.0, f64::NAN, 1.0])), [0.0]);
    }

    #[test]
    fn a_level_that_should_be_zero_is_zero() {
        let costs: [fn(f64, f64) -> f64; 6] = [
            |x, y| x * (-x * x - y * y).exp(),
            |x, y| x * y * (-x * x - y * y).exp(),
            |x, y| (0.7 * x).sin() * (0.3 * y).cos(),
            |x, _| x * x * x / 3.0,
            |x, y| 1e-300 * (x + y),
            |x, y| 1e300 * (x.powi(5) - y),
        ];
        for half in [1.0, 3.0, 6.0, 7.3, 100.0 / 3.0] {
            let region = Region { x: [-half, half], y: [-half, half] };
            for (number, cost) in costs.iter().enumerate() {
                let field = Field::sample(region, 301, 200, |xs, ys, out| {
                    for (row, y) in out.chunks_mut(xs.len()).zip(ys) {
                        row.iter_mut().zip(xs).for_each(|(value, x)| *value = cost(*x, *y));
                    }
                });
                for count in [1, 9, 19, 31, 199] {
                    let levels = levels(LevelScale::Linear, count, &field);
                    let least = levels.iter().map(|level| level.abs()).fold(f64::INFINITY, f64::min);
                    assert_eq!(least, 0.0, "cost {number} to {half}, {count} levels");
                }
            }
        }
    }

    #[test]
    fn log_levels_are_round_distances_above_the_minimum() {
        // The minimum is met by no node: as they are, the distances would be those above 7.000…something.
        let field = sample(300, |x, y| 7.0 + x * x + 10.0 * y * y);
        let found = levels(LevelScale::Log, 10, &field);
        let distances = [0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0];
        assert!(found.ends_with(&distances.map(|distance| 7.0 + distance)), "{found:?}");
        // 0.1 % of the area lie below the cut.
        let first = share_below(&field, found[0]);
        assert!((0.0005..0.005).contains(&first), "{first}");
        assert!(levels(LevelScale::Log, 4, &field).ends_with(&[8.0, 17.0, 107.0]));
        let deep = sample(300, |x, y| -106.764_537 + x * x + y * y);
        let found = levels(LevelScale::Log, 10, &deep);
        assert!(found.contains(&-105.76) && found.contains(&-96.76), "{found:?}");
    }

    #[test]
    fn quantile_levels_hold_equal_shares() {
        let field = sample(301, |x, y| (x + y).exp());
        for (k, level) in levels(LevelScale::Quantile, 9, &field).iter().enumerate() {
            // Rounded by at most a tenth of a share.
            assert!((share_below(&field, *level) - (k + 1) as f64 / 10.0).abs() < 0.015);
        }
        assert_eq!(levels(LevelScale::Quantile, 3, &row(&[4.0, 0.0, 3.0, 1.0, 2.0])), [1.0, 2.0, 3.0]);
        for level in levels(LevelScale::Quantile, 20, &field) {
            let digits = format!("{level:e}").chars().filter(char::is_ascii_digit).count();
            assert!(digits <= 5, "{level}: three digits and an exponent at most");
        }
        let plateau = sample(50, |x, _| x.max(0.0));
        assert!(
            levels(LevelScale::Quantile, 9, &plateau).len() < 9,
            "quantiles on the plateau are one value"
        );
    }

    #[test]
    fn a_field_without_two_values_has_no_levels() {
        for scale in SCALES {
            for values in [&[2.5; 9][..], &[f64::NAN; 4], &[1.0, f64::INFINITY], &[0.0, -0.0], &[]] {
                assert_eq!(levels(scale, 20, &row(values)), [0.0; 0], "{scale:?} of {values:?}");
            }
        }
    }

    #[test]
    fn the_count_is_kept_within_bounds() {
        let field = sample(40, |x, y| x * x + y);
        for scale in SCALES {
            for count in 1..=200 {
                let ratio = levels(scale, count, &field).len() as f64 / f64::from(count);
                assert!((0.5..=2.0).contains(&ratio), "{scale:?}: {ratio} of {count}");
            }
            assert!(levels(scale, 200, &field).len() <= 200);
            assert_eq!(levels(scale, 60_000, &field), levels(scale, 200, &field));
            assert_eq!(levels(scale, 0, &field), levels(scale, 1, &field));
        }
    }

    #[test]
    fn a_node_that_came_near_a_pole_does_not_take_all_levels() {
        for extreme in [1e300, -1e300, f64::MAX, f64::INFINITY, f64::NEG_INFINITY] {
            let mut field = sample(100, |x, y| x * x + 2.0 * y * y);
            field.values[777] = extreme;
            field.unbounded = [extreme < 0.0, extreme > 0.0];
            for scale in SCALES {
                let levels = levels(scale, 20, &field);
                assert!((13..=30).contains(&levels.len()), "{scale:?} with {extreme}: {levels:?}");
                let last = levels[levels.len() - 1];
                assert!(levels[0] > 0.0 && last < 75.0, "{scale:?} with {extreme}: {levels:?}");
            }
        }
    }

    #[test]
    fn a_huge_range_has_finite_levels() {
        let powers: Vec<f64> = (-300..=300).map(|k| 10_f64.powi(k)).collect();
        assert!(levels(LevelScale::Log, 20, &row(&powers)).len() > 10);
        let both: Vec<f64> = (-100..=100).map(|k| 1.7e306 * f64::from(k)).collect();
        for scale in SCALES {
            let count = levels(scale, 19, &row(&both)).len();
            assert!((13..=30).contains(&count), "{scale:?}: the range overflows, {count}");
        }
        let steep = sample(200, |x, y| (x * x + y * y).exp());
        let levels = levels(LevelScale::Log, 20, &steep);
        assert!(
            levels[0] < 10.0 && levels[levels.len() - 1] > 1e18,
            "21 decades are no outlier on this scale: {levels:?}"
        );
    }

    #[test]
    fn a_tiny_range_has_the_levels_that_can_be_told_apart() {
        let next = |value: f64, steps: u64| f64::from_bits(value.to_bits() + steps);
        for scale in SCALES {
            assert!(levels(scale, 20, &row(&[1.0, next(1.0, 1)])).is_empty(), "{scale:?}");
            assert!(levels(scale, 20, &row(&[1.0, next(1.0, 4)])).len() <= 3, "{scale:?}");
            assert!(levels(scale, 20, &row(&[0.0, 5e-324])).is_empty(), "{scale:?}");
            let shallow = sample(100, |x, y| 1e6 + 1e-6 * (x * x + y * y));
            assert!(levels(scale, 20, &shallow).len() > 12, "{scale:?}");
        }
    }
}
