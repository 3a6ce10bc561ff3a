//! What a point of a figure is.

use serde::{Deserialize, Serialize};

/// What a point of a figure is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A pixel at scale 1, as screens count them.
    #[default]
    Pixel,
    /// 1/72 of an inch, as printers count them.
    Point,
}
