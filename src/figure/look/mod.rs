//! What a figure looks like wherever it is drawn: colors, letters, numbers, markers, and what is shown of it.

pub mod curve_trail;
pub mod fonts;
pub(super) mod inks;
pub mod marker;
pub mod number;
pub mod palette;
pub mod parts;
pub(super) mod typeface;
pub mod verdict_words;
pub(super) mod words;

use egui::Theme;
use serde::{Deserialize, Serialize};

use self::curve_trail::CurveTrail;
use self::inks::{Inks, ground};
use self::palette::{Palette, PathStyle, path_styles};
use crate::landscape::ColorMap;
use crate::record::quotient::QuotientKind;
use crate::scenario::OptimizerChoice;
use crate::session::ContoursOf;

/// The choices about the looks of the plot. Never part of a scenario, kept from one start of the program to the next.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// The colors of the heat map; those that suit the theme if none are chosen.
    pub color_map: Option<ColorMap>,
    /// How strongly the heat map is shaded like a hill, from 0 to 1. A file that says nothing is drawn flat.
    pub relief: f32,
    /// The colors of the paths.
    pub palette: Palette,
    /// Whether isolines carry their values.
    pub isoline_labels: bool,
    /// Whether a bar beside the plot says which color is which value.
    pub color_bar: bool,
    /// Whether an arrow at the pointer shows the way of steepest descent, or ascent where J is maximized.
    pub gradient_arrow: bool,
    /// Whether the pointer shows the curvatures: the eigenvalues and eigenvectors of the Hessian.
    pub hessian_axes: bool,
    /// What the contours are of, where there are constraints.
    pub contours: ContoursOf,
    /// Whether arrows show ∇J where each run stands, and λ∇g.
    pub head_gradients: bool,
    /// Whether it is shown where a run looks before its next step: trials of a line search, a trust region, a simplex.
    pub searches: bool,
    /// Whether it is shown where ∇J and the gradient of a constraint are parallel.
    pub parallel_gradients: bool,
    /// Whether isolines of the penalty go through the head of a run, and it is shown how the optimum moves with the penalty.
    pub penalty: bool,
    /// Whether isolines of the rows of the step that is shown lie over those of all rows.
    pub batch_contours: bool,
    /// Whether a fan of arrows shows the slopes of many batches where a run stands.
    pub batch_gradients: bool,
    /// Whether the slope of a cost of one variable is drawn beside its curve.
    pub slope_curve: bool,
    /// Whether its second derivative is.
    pub bend_curve: bool,
    /// How the trails on it are drawn.
    pub curve_trail: CurveTrail,
    /// Which difference quotient is drawn of it.
    pub quotient: QuotientKind,
    /// The Δx of that, above 0.
    pub quotient_step: f64,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            color_map: None,
            relief: 0.0,
            palette: Palette::default(),
            isoline_labels: true,
            color_bar: true,
            gradient_arrow: true,
            hessian_axes: false,
            contours: ContoursOf::Cost,
            head_gradients: false,
            searches: true,
            parallel_gradients: false,
            penalty: true,
            batch_contours: false,
            batch_gradients: false,
            slope_curve: false,
            bend_curve: false,
            curve_trail: CurveTrail::default(),
            quotient: QuotientKind::None,
            quotient_step: 0.5,
        }
    }
}

impl Look {
    /// The colors of the heat map on a page of this theme.
    pub fn color_map(&self, theme: Theme) -> ColorMap {
        self.color_map.unwrap_or(if theme == Theme::Dark { ColorMap::Slate } else { ColorMap::Paper })
    }

    /// What the paths have behind them: a dark or a light heat map.
    pub fn ground(&self, theme: Theme) -> Theme {
        ground(self.color_map(theme), theme)
    }

    /// The colors of what is drawn over the heat map and is not a path.
    pub fn inks(&self, theme: Theme) -> Inks {
        Inks::on(self.color_map(theme), theme)
    }

    /// The style of each run, in the order of the scenario.
    pub fn path_styles(&self, optimizers: &[OptimizerChoice], theme: Theme) -> Vec<PathStyle> {
        path_styles(optimizers, self.palette, self.ground(theme), self.inks(theme).edge)
    }
}
