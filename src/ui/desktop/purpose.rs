//! What a file is asked for.

use crate::figure::FigureKind;

/// What the file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A scenario is read from it.
    Open,
    /// The scenario is saved to it.
    SaveAs,
    /// A figure is written to it.
    Figure(FigureKind),
}

impl Purpose {
    /// What the dialog is headed with.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "Open a scenario",
            Self::SaveAs => "Save the scenario as",
            Self::Figure(_) => "Save the figure",
        }
    }

    /// What its button says.
    pub fn verb(self) -> &'static str {
        if self == Self::Open { "Open" } else { "Save" }
    }

    /// How the names of such files end, without the dot; a new one ends as the first says. A picture opens as the scenario
    /// that it carries.
    pub fn endings(self) -> Vec<&'static str> {
        match self {
            Self::Figure(kind) => vec![kind.ending()],
            Self::Open => vec!["toml", "svg", "png", "pdf"],
            Self::SaveAs => vec!["toml"],
        }
    }

    /// How the name of a new file ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Figure(kind) => kind.ending(),
            Self::Open | Self::SaveAs => "toml",
        }
    }
}
