//! The colors of everything in the plot that is not a path.

use egui::{Color32, Theme};

use crate::landscape::ColorMap;

/// The colors of everything in the plot that is not a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inks {
    /// Isolines.
    pub isoline: Color32,
    /// A thin edge around paths and markers, so that they stand out on any shade.
    pub edge: Color32,
    /// Start, optima and text inside the plot.
    pub mark: Color32,
    /// What stands behind text inside the plot.
    pub label_background: Color32,
    /// Constraints, and what belongs to them.
    pub constraint: Color32,
    /// Rows of data: those of the lower label, and all others.
    pub classes: [Color32; 2],
    /// What belongs to a single row of data.
    pub row: Color32,
    /// Stripes where the cost is undefined, and what is between them.
    pub hatch: [Color32; 2],
}

/// Between this lightness (L of OKLab) and black or white, colors count as dark or light.
const MIDDLE: f64 = 0.6;

/// Whether paths over a color map should be light or dark: the opposite of the map if all of it is dark or all of it is
/// light, else what suits the page.
pub fn ground(map: ColorMap, theme: Theme) -> Theme {
    match map.lightness() {
        [_, lightest] if lightest < MIDDLE => Theme::Dark,
        [darkest, _] if darkest > MIDDLE => Theme::Light,
        _ => theme,
    }
}

impl Inks {
    /// The colors over a heat map in the theme's own color map.
    pub fn of(theme: Theme) -> Self {
        match theme {
            Theme::Dark => Self {
                isoline: Color32::from_white_alpha(70),
                edge: Color32::from_black_alpha(150),
                mark: Color32::WHITE,
                label_background: Color32::from_black_alpha(170),
                constraint: Color32::from_rgb(0xff, 0xf0, 0x5a),
                classes: [Color32::from_rgb(0xff, 0xc2, 0xa1), Color32::from_rgb(0xb4, 0xd2, 0xff)],
                row: Color32::from_rgb(0xff, 0xd9, 0xc4),
                hatch: [Color32::from_gray(78), Color32::from_gray(38)],
            },
            Theme::Light => Self {
                isoline: Color32::from_black_alpha(80),
                edge: Color32::from_white_alpha(190),
                mark: Color32::BLACK,
                label_background: Color32::from_white_alpha(215),
                constraint: Color32::from_rgb(0x5e, 0x52, 0x00),
                classes: [Color32::from_rgb(0x8a, 0x3b, 0x1a), Color32::from_rgb(0x1d, 0x4f, 0x91)],
                row: Color32::from_rgb(0x6e, 0x2c, 0x12),
                hatch: [Color32::from_gray(176), Color32::from_gray(226)],
            },
        }
    }

    /// The colors over a heat map in this color map, on a page of this theme.
    ///
    /// A map that goes from dark to light has no ink that is far from all of it. Its paths get a stronger edge, which
    /// stands out where the path itself does not; its isolines are black, or gray where the map begins with black and
    /// has strong colors between.
    pub fn on(map: ColorMap, theme: Theme) -> Self {
        let inks = Self::of(ground(map, theme));
        let [darkest, lightest] = map.lightness();
        if lightest < MIDDLE || darkest > MIDDLE {
            return inks;
        }
        let isoline = if darkest > 0.2 {
            Color32::from_black_alpha(128)
        } else {
            Color32::from_rgba_unmultiplied(140, 140, 140, 165)
        };
        let edge = match theme {
            Theme::Dark => Color32::from_black_alpha(225),
            Theme::Light => Color32::from_white_alpha(235),
        };
        Self { isoline, edge, ..inks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::oklab::{distance, from_srgb};

    #[test]
    fn isolines_stand_out_from_every_shade_of_every_map() {
        for map in ColorMap::ALL {
            for theme in [Theme::Dark, Theme::Light] {
                let ink = Inks::on(map, theme).isoline;
                for &[r, g, b] in map.table() {
                    let line = Color32::from_rgb(r, g, b).blend(ink);
                    let difference =
                        100.0 * distance(from_srgb([line.r(), line.g(), line.b()]), from_srgb([r, g, b]));
                    assert!(difference > 8.0, "{}, {theme:?}: {difference}", map.id());
                }
            }
        }
    }

    #[test]
    fn the_inks_of_a_map_that_is_dark_or_light_throughout_are_the_same_on_both_pages() {
        for (map, own) in
            [(ColorMap::Slate, Theme::Dark), (ColorMap::Paper, Theme::Light), (ColorMap::Dawn, Theme::Light)]
        {
            for theme in [Theme::Dark, Theme::Light] {
                assert_eq!(Inks::on(map, theme), Inks::of(own), "{}", map.id());
                assert_eq!(ground(map, theme), own);
            }
        }
        assert_eq!(ground(ColorMap::Viridis, Theme::Light), Theme::Light);
        assert_eq!(ground(ColorMap::Viridis, Theme::Dark), Theme::Dark);
    }
}
