//! Sizes that figures are wanted in, each with type that is right for where it is read.

use super::unit::Unit;
use crate::figure::look::parts::{Part, Parts};

/// A size with its type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preset {
    /// The name in files and on the command line.
    pub id: &'static str,
    /// The name that is shown.
    pub name: &'static str,
    /// What it is for and why it is as it is, in one sentence.
    pub explanation: &'static str,
    /// Width and height in points.
    pub size: [f32; 2],
    /// What a point is.
    pub unit: Unit,
    /// Pixels for each point.
    pub scale: f32,
    /// The size of the type in points.
    pub type_size: f32,
    /// What is shown.
    pub parts: Parts,
}

/// On a wall small print is not read.
const ON_A_WALL: Parts = Parts::without(&[Part::Caption]);
/// A paper says title and settings in its own caption.
const IN_A_PAPER: Parts = Parts::without(&[Part::Title, Part::Caption]);
const EVERYTHING: Parts = Parts::without(&[]);

const POINTS_PER_INCH: f32 = 72.0;

const fn points(millimeters: f32) -> f32 {
    millimeters * POINTS_PER_INCH / 25.4
}

const fn paper(id: &'static str, name: &'static str, millimeters: [f32; 2], dots_per_inch: f32) -> Preset {
    Preset {
        id,
        name,
        explanation: "For a paper: 7.5-point type, as captions have it, without title and caption",
        size: [points(millimeters[0]), points(millimeters[1])],
        unit: Unit::Point,
        scale: dots_per_inch / POINTS_PER_INCH,
        type_size: 7.5,
        parts: IN_A_PAPER,
    }
}

/// A column of a journal, and two with the gap between them, in millimeters.
const ONE_COLUMN: [f32; 2] = [85.0, 80.0];
const TWO_COLUMNS: [f32; 2] = [170.0, 105.0];

/// Every preset, in the order in which they are offered.
pub const PRESETS: [Preset; 8] = [
    Preset {
        id: "slide-16x9",
        name: "Slide 16:9",
        explanation: "Fills a wide slide: 18-point type, 1920×1080 pixels, no small print",
        size: [960.0, 540.0],
        unit: Unit::Point,
        scale: 2.0,
        type_size: 18.0,
        parts: ON_A_WALL,
    },
    Preset {
        id: "slide-4x3",
        name: "Slide 4:3",
        explanation: "Fills a slide of the older kind: 18-point type, 1440×1080 pixels, no small print",
        size: [720.0, 540.0],
        unit: Unit::Point,
        scale: 2.0,
        type_size: 18.0,
        parts: ON_A_WALL,
    },
    paper("column-300", "One column, 300 dpi", ONE_COLUMN, 300.0),
    paper("column-600", "One column, 600 dpi", ONE_COLUMN, 600.0),
    paper("two-columns-300", "Two columns, 300 dpi", TWO_COLUMNS, 300.0),
    paper("two-columns-600", "Two columns, 600 dpi", TWO_COLUMNS, 600.0),
    Preset {
        id: "a4",
        name: "A4 handout",
        explanation: "A landscape A4 page with everything: 11-point type, 300 dpi",
        size: [points(297.0), points(210.0)],
        unit: Unit::Point,
        scale: 300.0 / POINTS_PER_INCH,
        type_size: 11.0,
        parts: EVERYTHING,
    },
    Preset {
        id: "square",
        name: "Square",
        explanation: "For a web page: 1080×1080 pixels, with everything",
        size: [1080.0, 1080.0],
        unit: Unit::Pixel,
        scale: 1.0,
        type_size: 21.0,
        parts: EVERYTHING,
    },
];

/// The preset with this id.
pub fn preset(id: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::FigureSpec;

    #[test]
    fn every_preset_can_be_made_and_has_its_pixels() {
        let pixels: Vec<(&str, [u32; 2])> = PRESETS
            .iter()
            .map(|preset| {
                let spec = FigureSpec::of_preset(preset);
                assert_eq!(spec.check(), Ok(()), "{}", preset.id);
                assert_eq!(super::preset(preset.id), Some(preset));
                (preset.id, spec.pixels())
            })
            .collect();
        assert_eq!(
            pixels,
            [
                ("slide-16x9", [1920, 1080]),
                ("slide-4x3", [1440, 1080]),
                ("column-300", [1004, 945]),
                ("column-600", [2008, 1890]),
                ("two-columns-300", [2008, 1240]),
                ("two-columns-600", [4016, 2480]),
                ("a4", [3508, 2480]),
                ("square", [1080, 1080]),
            ]
        );
    }

    #[test]
    fn type_is_as_large_as_its_reader_needs_it() {
        for preset in PRESETS {
            let type_size = preset.type_size;
            match preset.id {
                id if id.starts_with("slide") => assert!(type_size >= 18.0),
                id if id.contains("column") => assert!((7.0..=8.0).contains(&type_size)),
                _ => assert!(type_size >= 10.0),
            }
        }
    }
}
