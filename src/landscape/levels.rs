//! Level sets: which values of the cost get an isoline.
//!
//! Formula. With J(t) the ramp of the field, n levels lie at J(k / (n + 1)), k = 1, ..., n.
//! The three ramps and what they do with extreme values are described where they are made.

use super::Field;
use super::ramp::Ramp;

/// How levels and colors are spread over the values of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LevelScale {
    /// Equal steps of the value.
    Linear,
    /// Equal factors of the distance to the smallest value: valleys and cliffs in one picture.
    #[default]
    Log,
    /// Equal shares of the visible area between neighboring levels.
    Quantile,
}

/// How many levels there are and how they are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    /// How they are spread.
    pub scale: LevelScale,
    /// How many are asked for, 1 to [`Levels::MOST`]; what lies outside counts as the nearest of these.
    pub count: u16,
}

impl Levels {
    /// The most levels of one picture.
    pub const MOST: u16 = 200;

    /// The levels in this field: ascending, distinct, finite, strictly between its smallest and its largest
    /// finite value.
    ///
    /// There are fewer than asked for where values repeat or lie too close together to be told apart, and none where
    /// the field is constant or undefined.
    pub fn values(&self, field: &Field) -> Vec<f64> {
        let (Some(ramp), Some([min, max])) = (Ramp::new(field, self.scale), field.range()) else {
            return Vec::new();
        };
        let count = self.count.clamp(1, Levels::MOST);
        let mut values: Vec<f64> = (1..=count)
            .map(|k| ramp.value(f64::from(k) / f64::from(count + 1)))
            .filter(|value| min < *value && *value < max)
            .collect();
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
    fn log_levels_have_equal_factors_above_the_minimum() {
        // The minimum 7 is met exactly by the middle node.
        let field = sample(301, |x, y| 7.0 + x * x + 10.0 * y * y);
        let distances: Vec<f64> =
            levels(LevelScale::Log, 20, &field).iter().map(|level| level - 7.0).collect();
        assert_eq!(distances.len(), 20);
        let factor = distances[1] / distances[0];
        assert!(distances.windows(2).all(|pair| (pair[1] / pair[0] / factor - 1.0).abs() < 1e-9));
        // 0.1 % of the area lie below the cut, and the first level is one factor above it.
        let first = share_below(&field, distances[0] + 7.0);
        assert!((0.0005..0.005).contains(&first), "{first}");
        assert!((distances[19] * factor / 275.0 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn quantile_levels_hold_equal_shares() {
        let field = sample(301, |x, y| (x + y).exp());
        for (k, level) in levels(LevelScale::Quantile, 9, &field).iter().enumerate() {
            assert!((share_below(&field, *level) - (k + 1) as f64 / 10.0).abs() < 0.005);
        }
        assert_eq!(levels(LevelScale::Quantile, 3, &row(&[4.0, 0.0, 3.0, 1.0, 2.0])), [1.0, 2.0, 3.0]);
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
            assert_eq!(levels(scale, 200, &field).len(), 200);
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
                assert_eq!(levels.len(), 20, "{scale:?} with {extreme}");
                assert!(levels[0] > 0.0 && levels[19] < 75.0, "{scale:?} with {extreme}: {levels:?}");
            }
        }
    }

    #[test]
    fn a_huge_range_has_finite_levels() {
        let powers: Vec<f64> = (-300..=300).map(|k| 10_f64.powi(k)).collect();
        assert!(levels(LevelScale::Log, 20, &row(&powers)).len() > 15);
        let both: Vec<f64> = (-100..=100).map(|k| 1.7e306 * f64::from(k)).collect();
        for scale in SCALES {
            assert_eq!(levels(scale, 19, &row(&both)).len(), 19, "{scale:?}: the range overflows");
        }
        let steep = sample(200, |x, y| (x * x + y * y).exp());
        let levels = levels(LevelScale::Log, 20, &steep);
        assert!(levels[0] < 10.0 && levels[19] > 1e18, "21 decades are no outlier on this scale: {levels:?}");
    }

    #[test]
    fn a_tiny_range_has_the_levels_that_can_be_told_apart() {
        let next = |value: f64, steps: u64| f64::from_bits(value.to_bits() + steps);
        for scale in SCALES {
            assert!(levels(scale, 20, &row(&[1.0, next(1.0, 1)])).is_empty(), "{scale:?}");
            assert!(levels(scale, 20, &row(&[1.0, next(1.0, 4)])).len() <= 3, "{scale:?}");
            assert!(levels(scale, 20, &row(&[0.0, 5e-324])).is_empty(), "{scale:?}");
            let shallow = sample(100, |x, y| 1e6 + 1e-6 * (x * x + y * y));
            assert_eq!(levels(scale, 20, &shallow).len(), 20, "{scale:?}");
        }
    }
}
