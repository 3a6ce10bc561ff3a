//! How levels are spaced.

use crate::spelling::Selectable;

/// How levels and colors are spread over the values of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LevelScale {
    /// Equal steps of the value.
    Linear,
    /// Nearly equal factors of the distance to the smallest value: valleys and cliffs in one picture.
    #[default]
    Log,
    /// Equal shares of the visible area between neighboring levels.
    Quantile,
}

impl Selectable for LevelScale {
    const ALL: &'static [Self] = &[Self::Linear, Self::Log, Self::Quantile];

    fn id(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Log => "log",
            Self::Quantile => "quantile",
        }
    }
}

impl LevelScale {
    /// What people call it.
    pub fn name(self) -> &'static str {
        if self == Self::Log { "logarithmic" } else { self.id() }
    }
}
