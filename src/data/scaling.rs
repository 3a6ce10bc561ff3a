//! Scales of columns: numbers moved and stretched, so that the parameters that stand beside them have like curvatures.
//!
//! ```text
//! standardize  (v − mean) / sd, sd = √(Σ (v − mean)² / m)
//! min-max      (v − min) / (max − min)
//! ```
//!
//! Lecture rule. Over all rows, once.

use super::Sum;
use crate::spelling::Selectable;

/// How a column is scaled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scaling {
    /// To mean 0 and standard deviation 1, over all rows.
    Standardize,
    /// To 0 at its least and 1 at its largest number.
    MinMax,
}

impl Selectable for Scaling {
    const ALL: &'static [Self] = &[Self::Standardize, Self::MinMax];

    fn id(self) -> &'static str {
        match self {
            Self::Standardize => "standardize",
            Self::MinMax => "min-max",
        }
    }
}

/// A scale of a column: v becomes (v − center) / spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// What becomes 0.
    pub center: f64,
    /// What becomes 1 above that; above 0.
    pub spread: f64,
}

impl Scaling {
    /// The scale of a column; nothing where all its numbers are one, or so far apart that there is none.
    pub fn scale(self, column: &[f64]) -> Option<Scale> {
        let mean = |terms: &mut dyn Iterator<Item = f64>| {
            let mut sum = Sum::default();
            terms.for_each(|term| sum.add(term));
            sum.total() / column.len() as f64
        };
        let low = column.iter().copied().fold(f64::INFINITY, f64::min);
        let high = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let scale = match self {
            Self::Standardize => {
                let center = mean(&mut column.iter().copied());
                let spread = mean(&mut column.iter().map(|v| (v - center) * (v - center))).sqrt();
                Scale { center, spread }
            }
            Self::MinMax => Scale { center: low, spread: high - low },
        };
        (low < high && scale.center.is_finite() && scale.spread.is_finite() && scale.spread > 0.0)
            .then_some(scale)
    }
}

impl Scale {
    /// A number of the column on the scale.
    pub fn apply(&self, number: f64) -> f64 {
        (number - self.center) / self.spread
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_brought_to_their_scales_and_constant_ones_have_none() {
        let column = [1.0, 2.0, 4.0, 5.0];
        let standard = Scaling::Standardize.scale(&column).unwrap();
        assert_eq!((standard.center, standard.spread), (3.0, 2.5_f64.sqrt()));
        let ends = Scaling::MinMax.scale(&column).unwrap();
        assert_eq!([ends.apply(1.0), ends.apply(2.0), ends.apply(5.0)], [0.0, 0.25, 1.0]);
        for constant in [&[3.0; 5][..], &[0.1, 0.1, 0.1], &[f64::MAX, f64::MIN], &[1.0]] {
            for scaling in Scaling::ALL {
                assert_eq!(scaling.scale(constant), None, "{constant:?}");
            }
        }
    }
}
