//! What can stand in the middle of the window.

use egui::{Vec2, vec2};
use serde::{Deserialize, Serialize};

use crate::scenario::OpenView;
use crate::ui::actions::Action;

/// Something that shows the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ViewKind {
    /// The paths over the contour plot. Always there.
    Plot,
    /// The runs as curves.
    Charts,
    /// A step taken apart.
    Step,
    /// Every step of a run.
    Table,
    /// The rows of data.
    Data,
    /// The plot in the parameters of columns without their scales.
    Unscaled,
    /// The solutions of the problem.
    Solutions,
    /// What came of each run.
    Race,
    /// The cost as a graph of its operations.
    Graph,
    /// A series with its averages, beside the cost.
    Series,
    /// Where every start leads.
    Map,
}

impl ViewKind {
    /// Those that are opened and closed, in the order of their buttons.
    pub const BESIDE_THE_PLOT: [Self; 10] = [
        Self::Charts,
        Self::Step,
        Self::Table,
        Self::Data,
        Self::Unscaled,
        Self::Solutions,
        Self::Race,
        Self::Graph,
        Self::Series,
        Self::Map,
    ];

    /// The view of this name in files.
    pub fn of(open: OpenView) -> Self {
        match open {
            OpenView::Charts => Self::Charts,
            OpenView::Step => Self::Step,
            OpenView::Table => Self::Table,
            OpenView::Data => Self::Data,
            OpenView::Solutions => Self::Solutions,
            OpenView::Race => Self::Race,
            OpenView::Graph => Self::Graph,
            OpenView::Map => Self::Map,
        }
    }

    /// What its tab and its head say.
    pub fn title(self) -> &'static str {
        match self {
            Self::Plot => "Plot",
            Self::Charts => "Charts",
            Self::Step => "Step",
            Self::Table => "Table",
            Self::Data => "Data",
            Self::Unscaled => "Unscaled",
            Self::Solutions => "Solutions",
            Self::Race => "Race",
            Self::Graph => "Graph",
            Self::Series => "Series",
            Self::Map => "Map",
        }
    }

    /// What opens and closes it.
    pub fn action(self) -> Action {
        match self {
            Self::Plot => Action::PlotAlone,
            Self::Charts => Action::Charts,
            Self::Step => Action::Step,
            Self::Table => Action::Steps,
            Self::Data => Action::Rows,
            Self::Unscaled => Action::Unscaled,
            Self::Solutions => Action::Solutions,
            Self::Race => Action::Race,
            Self::Graph => Action::Graph,
            Self::Series => Action::Series,
            Self::Map => Action::Map,
        }
    }

    /// The least width and height, in points, in which it is of use.
    pub fn least(self) -> Vec2 {
        match self {
            Self::Plot => vec2(360.0, 300.0),
            Self::Charts => vec2(330.0, 160.0),
            Self::Step => vec2(310.0, 190.0),
            Self::Table => vec2(330.0, 150.0),
            Self::Data => vec2(310.0, 190.0),
            Self::Unscaled => vec2(310.0, 220.0),
            Self::Solutions => vec2(310.0, 120.0),
            Self::Race => vec2(330.0, 130.0),
            Self::Graph => vec2(320.0, 220.0),
            Self::Series => vec2(330.0, 260.0),
            Self::Map => vec2(320.0, 260.0),
        }
    }

    /// Whether it reads from left to right, and stands below the plot rather than beside it.
    pub fn is_wide(self) -> bool {
        matches!(self, Self::Charts | Self::Table | Self::Race | Self::Graph)
    }
}
