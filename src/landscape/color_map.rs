//! Color maps: 256 colors from the smallest value (dark) to the largest (light), or the other way round where reversed.
//!
//! Formula. Neighboring stops are joined by straight lines in OKLab. The stops of our own ramps are spaced by their
//! distance there, so that equal steps of the position look equally large.
//!
//! Slate, Paper and Dawn are our own: Slate and Paper grays with a touch of blue, dark and light, on which colored paths
//! stand out; Dawn as light, in pastels. The others are published (sources: `stops`) and rebuilt from 17 of their 256
//! entries: within 4 of 255 of magma and batlow, 7 of viridis and inferno, and 12 of cividis, which has a corner near its
//! dark end.
//!
//! How even they are, as the ratio of the largest to the smallest step over 15 entries in OKLab: our own 1.3; viridis 1.4,
//! cividis 1.6, batlow 1.8, magma and inferno 2.1. These were made even in another space (CAM02-UCS, CIELAB).

mod stops;

use super::oklab::{self, Oklab};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// How shades become colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColorMap {
    /// Dark blue gray, for a dark theme.
    #[default]
    Slate,
    /// Light blue gray, for a light theme and for projectors.
    Paper,
    /// Lilac, rose and cream, all of them light.
    Dawn,
    /// Purple, green, yellow.
    Viridis,
    /// Blue, gray, yellow: nearly the same to color-blind eyes.
    Cividis,
    /// Black, purple, orange, cream.
    Magma,
    /// Black, red, yellow.
    Inferno,
    /// Dark blue, green, orange, pink: nearly as even to color-blind eyes.
    Batlow,
    /// Viridis from yellow to purple.
    ViridisReversed,
    /// Magma from cream to black.
    MagmaReversed,
    /// Batlow from pink to dark blue.
    BatlowReversed,
}

type Table = [[u8; 3]; 256];

impl ColorMap {
    /// Every map, in the order in which they are offered.
    pub const ALL: [ColorMap; 11] = [
        ColorMap::Slate,
        ColorMap::Paper,
        ColorMap::Dawn,
        ColorMap::Viridis,
        ColorMap::Cividis,
        ColorMap::Magma,
        ColorMap::Inferno,
        ColorMap::Batlow,
        ColorMap::ViridisReversed,
        ColorMap::MagmaReversed,
        ColorMap::BatlowReversed,
    ];

    /// The name in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            ColorMap::Slate => "slate",
            ColorMap::Paper => "paper",
            ColorMap::Dawn => "dawn",
            ColorMap::Viridis => "viridis",
            ColorMap::Cividis => "cividis",
            ColorMap::Magma => "magma",
            ColorMap::Inferno => "inferno",
            ColorMap::Batlow => "batlow",
            ColorMap::ViridisReversed => "viridis-reversed",
            ColorMap::MagmaReversed => "magma-reversed",
            ColorMap::BatlowReversed => "batlow-reversed",
        }
    }

    /// The name that is shown.
    pub fn name(self) -> &'static str {
        match self {
            ColorMap::Slate => "Slate (dark)",
            ColorMap::Paper => "Paper (light)",
            ColorMap::Dawn => "Dawn (light)",
            ColorMap::Viridis => "Viridis",
            ColorMap::Cividis => "Cividis",
            ColorMap::Magma => "Magma",
            ColorMap::Inferno => "Inferno",
            ColorMap::Batlow => "Batlow",
            ColorMap::ViridisReversed => "Viridis, reversed",
            ColorMap::MagmaReversed => "Magma, reversed",
            ColorMap::BatlowReversed => "Batlow, reversed",
        }
    }

    /// What it is good for, in one sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            ColorMap::Slate => "Grays on which light paths stand out",
            ColorMap::Paper => "Grays on which dark paths stand out, for bright rooms",
            ColorMap::Dawn => "Pastels on which dark paths stand out, for bright rooms",
            ColorMap::Viridis => "Even steps from purple by green to yellow",
            ColorMap::Cividis => "Blue to yellow: nearly the same to color-blind eyes",
            ColorMap::Magma => "Black by purple and orange to cream, with the widest range of lightness",
            ColorMap::Inferno => "Black by red to yellow, with the widest range of lightness",
            ColorMap::Batlow => "Dark blue by green and orange to pink, made for color-blind eyes too",
            ColorMap::ViridisReversed | ColorMap::MagmaReversed | ColorMap::BatlowReversed => {
                "The map of that name the other way round: minima are light"
            }
        }
    }

    /// The map with this id.
    pub fn from_id(id: &str) -> Option<ColorMap> {
        ColorMap::ALL.into_iter().find(|map| map.id() == id)
    }

    /// The colors as sRGB, in the order of the values.
    pub fn table(self) -> &'static [[u8; 3]; 256] {
        static TABLES: LazyLock<[Table; ColorMap::ALL.len()]> =
            LazyLock::new(|| ColorMap::ALL.map(ColorMap::build));
        &TABLES[self as usize]
    }

    /// The lightness of its darkest and of its lightest color: L of OKLab, 0 for black and 1 for white.
    pub fn lightness(self) -> [f64; 2] {
        static ENDS: LazyLock<[[f64; 2]; ColorMap::ALL.len()]> = LazyLock::new(|| {
            ColorMap::ALL.map(|map| {
                let lightness = map.table().iter().map(|rgb| oklab::from_srgb(*rgb)[0]);
                lightness.fold([1.0, 0.0], |[low, high], l| [f64::min(low, l), f64::max(high, l)])
            })
        });
        ENDS[self as usize]
    }

    fn build(self) -> Table {
        match self {
            ColorMap::Slate => evenly(&stops::SLATE),
            ColorMap::Paper => evenly(&stops::PAPER),
            ColorMap::Dawn => evenly(&stops::DAWN),
            ColorMap::Viridis => published(&stops::VIRIDIS),
            ColorMap::Cividis => published(&stops::CIVIDIS),
            ColorMap::Magma => published(&stops::MAGMA),
            ColorMap::Inferno => published(&stops::INFERNO),
            ColorMap::Batlow => published(&stops::BATLOW),
            ColorMap::ViridisReversed => reversed(&stops::VIRIDIS),
            ColorMap::MagmaReversed => reversed(&stops::MAGMA),
            ColorMap::BatlowReversed => reversed(&stops::BATLOW),
        }
    }
}

/// A table through entries k * 255 / 16, rounded, of a published one.
fn published(stops: &[u32; 17]) -> Table {
    let stops = stops.map(|rgb| {
        let [_, red, green, blue] = rgb.to_be_bytes();
        oklab::from_srgb([red, green, blue])
    });
    let positions: Vec<f64> = (0..stops.len()).map(|k| (k as f64 * 255.0 / 16.0).round() / 255.0).collect();
    table(&stops, &positions)
}

fn reversed(stops: &[u32; 17]) -> Table {
    let mut table = published(stops);
    table.reverse();
    table
}

/// A table through stops that stand as far apart along it as they look.
fn evenly(stops: &[Oklab]) -> Table {
    let mut positions = vec![0.0];
    let mut length = 0.0;
    for (from, to) in stops.iter().zip(stops.iter().skip(1)) {
        length += oklab::distance(*from, *to);
        positions.push(length);
    }
    positions.iter_mut().for_each(|position| *position /= length);
    table(stops, &positions)
}

fn table(stops: &[Oklab], positions: &[f64]) -> Table {
    std::array::from_fn(|k| {
        let t = k as f64 / 255.0;
        let to = positions.partition_point(|position| *position < t).clamp(1, stops.len() - 1);
        let from = to - 1;
        let share = (t - positions[from]) / (positions[to] - positions[from]);
        oklab::to_srgb(oklab::mix(stops[from], stops[to], share))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colors(map: ColorMap) -> [Oklab; 256] {
        map.table().map(oklab::from_srgb)
    }

    #[test]
    fn lightness_goes_one_way() {
        for map in ColorMap::ALL {
            let mut lightness = colors(map).map(|lab| lab[0]);
            if map.id().ends_with("reversed") {
                lightness.reverse();
            }
            // Rounding to bytes moves a color by up to half of 1/255 in each channel.
            assert!(lightness.windows(2).all(|pair| pair[1] - pair[0] > -0.001), "{}", map.id());
            assert!(lightness.windows(8).all(|run| run[7] > run[0]), "{}", map.id());
            assert_eq!(map.lightness(), [lightness[0], lightness[255]], "{}", map.id());
        }
    }

    #[test]
    fn steps_look_as_even_as_is_said() {
        let limit = |map| match map {
            ColorMap::Slate | ColorMap::Paper | ColorMap::Dawn => 1.35,
            ColorMap::Viridis | ColorMap::ViridisReversed => 1.45,
            ColorMap::Cividis => 1.65,
            ColorMap::Batlow | ColorMap::BatlowReversed => 1.85,
            ColorMap::Magma | ColorMap::MagmaReversed | ColorMap::Inferno => 2.15,
        };
        for map in ColorMap::ALL {
            let colors = colors(map);
            let steps: Vec<f64> = (0..=240).map(|k| oklab::distance(colors[k], colors[k + 15])).collect();
            let [least, most] =
                steps.iter().fold([f64::INFINITY, 0.0], |[low, high], s| [low.min(*s), high.max(*s)]);
            assert!(most / least < limit(map), "{}: {}", map.id(), most / least);
        }
    }

    #[test]
    fn published_entries_are_met() {
        let maps = [
            (ColorMap::Viridis, stops::VIRIDIS),
            (ColorMap::Cividis, stops::CIVIDIS),
            (ColorMap::Magma, stops::MAGMA),
            (ColorMap::Inferno, stops::INFERNO),
            (ColorMap::Batlow, stops::BATLOW),
        ];
        for (map, stops) in maps {
            for (k, rgb) in stops.into_iter().enumerate() {
                assert_eq!(map.table()[(k * 255 + 8) / 16], rgb.to_be_bytes()[1..], "{} at {k}", map.id());
            }
        }
        for (map, turned) in [
            (ColorMap::Viridis, ColorMap::ViridisReversed),
            (ColorMap::Magma, ColorMap::MagmaReversed),
            (ColorMap::Batlow, ColorMap::BatlowReversed),
        ] {
            assert!(map.table().iter().eq(turned.table().iter().rev()), "{}", turned.id());
        }
    }

    #[test]
    fn ids_lead_back_to_their_maps() {
        for map in ColorMap::ALL {
            assert_eq!(ColorMap::from_id(map.id()), Some(map));
            assert!(!map.name().is_empty());
            assert_eq!(serde_json::to_string(&map).unwrap(), format!("\"{}\"", map.id()));
            assert_eq!(ColorMap::ALL[map as usize], map);
        }
        assert_eq!(ColorMap::from_id("jet"), None);
    }
}
