//! How the trail of a run on a curve is drawn.

use serde::{Deserialize, Serialize};

/// What leads from one iterate on the curve to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CurveTrail {
    /// Arrows for minima, a cobweb for roots.
    #[default]
    Usual,
    /// An arrow from point to point.
    Arrows,
    /// By the axis: along it, or along the tangent that meets it, and up to the curve.
    Cobweb,
}

impl CurveTrail {
    /// Every one, the usual first.
    pub const ALL: [Self; 3] = [Self::Usual, Self::Arrows, Self::Cobweb];

    /// What a person calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Usual => "as usual",
            Self::Arrows => "arrows",
            Self::Cobweb => "cobweb",
        }
    }

    /// What it draws, in a sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Usual => "Arrows where a minimum is looked for, a cobweb where a root is",
            Self::Arrows => "An arrow from each point of the curve to the next",
            Self::Cobweb => {
                "Each step by the axis: along it for a minimum, along the line that meets it for a root, then up to the curve"
            }
        }
    }
}
