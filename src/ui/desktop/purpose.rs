//! What a file is asked for.

use std::path::Path;

use crate::figure::FigureKind;

/// How the names of tables end.
const TABLES: [&str; 3] = ["csv", "tsv", "txt"];

/// Whether a file is a table, by its name.
pub fn is_table(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    ending.is_some_and(|ending| TABLES.contains(&ending.as_str()))
}

/// What the file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A scenario is read from it.
    Open,
    /// The scenario is saved to it.
    SaveAs,
    /// The series beside the scenario is saved to it.
    SaveSeries,
    /// The numbers of a series are read from a column of it.
    SeriesTable,
    /// A figure is written to it.
    Figure(FigureKind),
}

impl Purpose {
    /// What the dialog is headed with.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "Open a scenario, or a table of data",
            Self::SaveAs => "Save the scenario as",
            Self::SaveSeries => "Save the series as",
            Self::SeriesTable => "Take the numbers of a table",
            Self::Figure(_) => "Save the figure",
        }
    }

    /// Whether it is read, and not written.
    pub fn reads(self) -> bool {
        matches!(self, Self::Open | Self::SeriesTable)
    }

    /// What its button says.
    pub fn verb(self) -> &'static str {
        if self.reads() { "Open" } else { "Save" }
    }

    /// How the names of such files end, without the dot; a new one ends as the first says. A picture opens as the scenario
    /// that it carries, a table as the rows of one.
    pub fn endings(self) -> Vec<&'static str> {
        match self {
            Self::Figure(kind) => vec![kind.ending()],
            Self::Open => ["toml", "svg", "png", "pdf"].into_iter().chain(TABLES).collect(),
            Self::SeriesTable => TABLES.to_vec(),
            Self::SaveAs | Self::SaveSeries => vec!["toml"],
        }
    }

    /// How the name of a new file ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Figure(kind) => kind.ending(),
            Self::SeriesTable => TABLES[0],
            Self::Open | Self::SaveAs | Self::SaveSeries => "toml",
        }
    }
}
