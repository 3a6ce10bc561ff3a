//! The parts of a figure, each of which can be left out.

use serde::{Deserialize, Serialize};

/// A part of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The scenario's title above the plot.
    Title,
    /// How each run is drawn, what it is called, and what came of it.
    Legend,
    /// Cost, start and settings in small type.
    Caption,
    /// The axes with their numbers and names.
    Axes,
    /// The shades, with stripes where the cost is undefined.
    HeatMap,
    /// The bar that says which shade is which value.
    ColorBar,
    /// The level lines.
    Isolines,
    /// The values on the level lines.
    IsolineLabels,
    /// The curves of the constraints, hatched where they do not hold.
    Constraints,
    /// The paths with the marks of their steps.
    Paths,
    /// The markers where the runs stand.
    Heads,
    /// The ring around the start.
    Start,
    /// The crosses at known optima.
    Optima,
}

impl Part {
    /// Every part, from the top of the figure down and from the ground up.
    pub const ALL: [Part; 13] = [
        Part::Title,
        Part::Legend,
        Part::Caption,
        Part::Axes,
        Part::HeatMap,
        Part::ColorBar,
        Part::Isolines,
        Part::IsolineLabels,
        Part::Constraints,
        Part::Paths,
        Part::Heads,
        Part::Start,
        Part::Optima,
    ];

    /// The name in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Part::Title => "title",
            Part::Legend => "legend",
            Part::Caption => "caption",
            Part::Axes => "axes",
            Part::HeatMap => "heat-map",
            Part::ColorBar => "color-bar",
            Part::Isolines => "isolines",
            Part::IsolineLabels => "isoline-labels",
            Part::Constraints => "constraints",
            Part::Paths => "paths",
            Part::Heads => "heads",
            Part::Start => "start",
            Part::Optima => "optima",
        }
    }

    /// The name that is shown.
    pub fn name(self) -> &'static str {
        match self {
            Part::Title => "Title",
            Part::Legend => "Legend",
            Part::Caption => "Caption",
            Part::Axes => "Axes",
            Part::HeatMap => "Heat map",
            Part::ColorBar => "Color bar",
            Part::Isolines => "Isolines",
            Part::IsolineLabels => "Isoline labels",
            Part::Constraints => "Constraints",
            Part::Paths => "Paths",
            Part::Heads => "Heads",
            Part::Start => "Start",
            Part::Optima => "Optima",
        }
    }

    /// What it shows, in one sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Part::Title => "The scenario's title, above the plot",
            Part::Legend => "How each run is drawn, what it is called, and what came of it",
            Part::Caption => "Cost, constants, start and every setting, in small type",
            Part::Axes => "The axes with their numbers and names",
            Part::HeatMap => "The shades, with stripes where the cost is undefined",
            Part::ColorBar => "The bar that says which shade is which value",
            Part::Isolines => "The level lines",
            Part::IsolineLabels => "The values on the level lines",
            Part::Constraints => "The curves of the constraints, hatched where they do not hold",
            Part::Paths => "The paths with the marks of their steps",
            Part::Heads => "The markers where the runs stand",
            Part::Start => "The ring around the start",
            Part::Optima => "The crosses at known optima",
        }
    }

    /// The part with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.id() == id)
    }
}

/// Which parts are shown. Written as the list of those that are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Part>", into = "Vec<Part>")]
pub struct Parts {
    /// A bit for each part, set where it is left out.
    left_out: u16,
}

impl Parts {
    /// All parts but these.
    pub const fn without(parts: &[Part]) -> Self {
        let mut left_out = 0;
        let mut index = 0;
        while index < parts.len() {
            left_out |= 1 << parts[index] as u16;
            index += 1;
        }
        Self { left_out }
    }

    /// Whether a part is shown.
    pub fn shows(self, part: Part) -> bool {
        self.left_out & 1 << part as u16 == 0
    }

    /// Shows a part or leaves it out.
    pub fn set(&mut self, part: Part, is_shown: bool) {
        let bit = 1 << part as u16;
        self.left_out = if is_shown { self.left_out & !bit } else { self.left_out | bit };
    }
}

impl From<Vec<Part>> for Parts {
    fn from(left_out: Vec<Part>) -> Self {
        Self::without(&left_out)
    }
}

impl From<Parts> for Vec<Part> {
    fn from(parts: Parts) -> Self {
        Part::ALL.into_iter().filter(|part| !parts.shows(*part)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_written_as_what_is_left_out() {
        let mut parts = Parts::without(&[Part::Legend, Part::Optima]);
        parts.set(Part::HeatMap, false);
        parts.set(Part::Optima, true);
        let text = serde_json::to_string(&parts).unwrap();
        assert_eq!(text, r#"["legend","heat-map"]"#);
        assert_eq!(serde_json::from_str::<Parts>(&text).unwrap(), parts);
        assert!(parts.shows(Part::Optima) && !parts.shows(Part::Legend));
        for (index, part) in Part::ALL.into_iter().enumerate() {
            assert_eq!(part as usize, index);
            assert_eq!(Part::from_id(part.id()), Some(part));
            assert_eq!(serde_json::to_string(&part).unwrap(), format!("\"{}\"", part.id()));
        }
    }
}
