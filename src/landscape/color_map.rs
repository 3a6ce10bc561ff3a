//! Color maps: 256 colors from the smallest value (dark) to the largest (light).
//!
//! Formula. Neighboring stops are joined by straight lines in OKLab. The stops of our own ramps are spaced by their
//! distance there, so that equal steps of the position look equally large.
//!
//! Sources. Viridis (van der Walt and Smith, 2015) and cividis (Nuñez, Anderton and Renslow, PLoS ONE 13, 2018) from 17
//! of their 256 entries as published with matplotlib (CC0); what lies between is our interpolation, within 6 of 255 of
//! the published viridis and within 12 of cividis, which has a corner near its dark end. Slate and Paper are our own:
//! grays with a touch of blue, dark and light, on which colored paths stand out.

use super::oklab::{self, Oklab};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// How shades become colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColorMap {
    /// Dark blue gray, for a dark theme.
    #[default]
    Slate,
    /// Light blue gray, for a light theme and for projectors.
    Paper,
    /// Purple, green, yellow.
    Viridis,
    /// Blue, gray, yellow: nearly the same to color-blind eyes.
    Cividis,
}

type Table = [[u8; 3]; 256];

impl ColorMap {
    /// Every map, in the order in which they are offered.
    pub const ALL: [ColorMap; 4] = [ColorMap::Slate, ColorMap::Paper, ColorMap::Viridis, ColorMap::Cividis];

    /// The name in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            ColorMap::Slate => "slate",
            ColorMap::Paper => "paper",
            ColorMap::Viridis => "viridis",
            ColorMap::Cividis => "cividis",
        }
    }

    /// The name that is shown.
    pub fn name(self) -> &'static str {
        match self {
            ColorMap::Slate => "Slate (dark)",
            ColorMap::Paper => "Paper (light)",
            ColorMap::Viridis => "Viridis",
            ColorMap::Cividis => "Cividis",
        }
    }

    /// The map with this id.
    pub fn from_id(id: &str) -> Option<ColorMap> {
        ColorMap::ALL.into_iter().find(|map| map.id() == id)
    }

    /// The colors as sRGB, ascending with the value.
    pub fn table(self) -> &'static [[u8; 3]; 256] {
        static SLATE: LazyLock<Table> = LazyLock::new(|| evenly(&SLATE_STOPS));
        static PAPER: LazyLock<Table> = LazyLock::new(|| evenly(&PAPER_STOPS));
        static VIRIDIS: LazyLock<Table> = LazyLock::new(|| published(&VIRIDIS_STOPS));
        static CIVIDIS: LazyLock<Table> = LazyLock::new(|| published(&CIVIDIS_STOPS));
        match self {
            ColorMap::Slate => &SLATE,
            ColorMap::Paper => &PAPER,
            ColorMap::Viridis => &VIRIDIS,
            ColorMap::Cividis => &CIVIDIS,
        }
    }
}

/// L, a, b: at most half as light as white, so that cyan, orange and white keep their distance.
const SLATE_STOPS: [Oklab; 3] = [[0.19, -0.006, -0.022], [0.34, -0.010, -0.036], [0.53, -0.012, -0.030]];

/// L, a, b: never darker than three quarters, so that black, blue and red keep their distance.
const PAPER_STOPS: [Oklab; 3] = [[0.74, -0.012, -0.034], [0.87, -0.008, -0.022], [0.985, -0.001, -0.004]];

const VIRIDIS_STOPS: [u32; 17] = [
    0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c, 0x1f9f88,
    0x27ad81, 0x3dbc74, 0x5cc863, 0x81d34d, 0xaadc32, 0xd5e21a, 0xfde725,
];

const CIVIDIS_STOPS: [u32; 17] = [
    0x00224e, 0x002e6a, 0x1a386f, 0x32436d, 0x434e6c, 0x535a6d, 0x61656f, 0x6f7073, 0x7d7c78, 0x8b8778,
    0x9a9376, 0xaaa073, 0xbbad6d, 0xccba64, 0xddc858, 0xefd748, 0xfee838,
];

/// A table through entries k * 255 / 16, rounded, of a published one.
fn published(stops: &[u32; 17]) -> Table {
    let stops = stops.map(|rgb| {
        let [_, red, green, blue] = rgb.to_be_bytes();
        oklab::from_srgb([red, green, blue])
    });
    let positions: Vec<f64> = (0..stops.len()).map(|k| (k as f64 * 255.0 / 16.0).round() / 255.0).collect();
    table(&stops, &positions)
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

    #[test]
    fn lightness_grows_all_the_way() {
        for map in ColorMap::ALL {
            let lightness = map.table().map(|rgb| oklab::from_srgb(rgb)[0]);
            // Rounding to bytes moves a color by up to half of 1/255 in each channel.
            assert!(lightness.windows(2).all(|pair| pair[1] - pair[0] > -0.001), "{}", map.id());
            assert!(lightness.windows(8).all(|run| run[7] > run[0]), "{}", map.id());
        }
    }

    #[test]
    fn steps_of_our_own_maps_look_equal() {
        for map in [ColorMap::Slate, ColorMap::Paper] {
            let colors = map.table().map(oklab::from_srgb);
            let steps: Vec<f64> = (0..240).map(|k| oklab::distance(colors[k], colors[k + 15])).collect();
            let mean = steps.iter().sum::<f64>() / 240.0;
            let uneven = steps.iter().map(|step| (step / mean - 1.0).abs()).fold(0.0, f64::max);
            assert!(uneven < 0.15, "{}: {uneven}", map.id());
        }
    }

    #[test]
    fn path_colors_stand_out_on_our_own_maps() {
        let dark = [
            [0, 255, 255],
            [255, 0, 255],
            [255, 255, 255],
            [0, 200, 0],
            [90, 150, 255],
            [255, 140, 0],
            [255, 60, 50],
        ];
        let light =
            [[0, 130, 160], [190, 0, 190], [0, 0, 0], [0, 120, 0], [0, 60, 220], [200, 90, 0], [210, 0, 0]];
        for (map, paths) in [(ColorMap::Slate, dark), (ColorMap::Paper, light)] {
            for path in paths {
                let nearest = map
                    .table()
                    .iter()
                    .map(|rgb| oklab::distance(oklab::from_srgb(*rgb), oklab::from_srgb(path)));
                let nearest = nearest.fold(f64::INFINITY, f64::min);
                assert!(nearest > 0.12, "{path:?} on {}: {nearest}", map.id());
            }
        }
    }

    #[test]
    fn published_entries_are_met() {
        for (map, stops) in [(ColorMap::Viridis, VIRIDIS_STOPS), (ColorMap::Cividis, CIVIDIS_STOPS)] {
            for (k, rgb) in stops.into_iter().enumerate() {
                assert_eq!(map.table()[(k * 255 + 8) / 16], rgb.to_be_bytes()[1..], "{} at {k}", map.id());
            }
        }
    }

    #[test]
    fn ids_lead_back_to_their_maps() {
        for map in ColorMap::ALL {
            assert_eq!(ColorMap::from_id(map.id()), Some(map));
            assert!(!map.name().is_empty());
        }
        assert_eq!(ColorMap::from_id("jet"), None);
    }
}
