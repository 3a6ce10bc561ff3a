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
