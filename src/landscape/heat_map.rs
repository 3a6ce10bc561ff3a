//! The heat map: each node of a field as one pixel.
//!
//! Formula. With J(t) the ramp of the field's levels, a value has the shade s of 0, ..., 254 that counts how many of
//! J(1/255), ..., J(254/255) are not above it. A color map turns shades into colors.
//!
//! Convention. Pixels run row by row from the top left, as in images, while the field's rows begin at y.min.
//! A node without a finite value gets a fully transparent pixel.

use super::ramp::Ramp;
use super::{ColorMap, Field, Levels};

/// The shade of a node without a finite value.
const UNDEFINED: u8 = u8::MAX;

/// The shade of every node of a field, ready to be colored by table lookup.
///
/// Depends on the field and the scale of the levels only, so that another color map costs next to nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Shades {
    columns: usize,
    /// One shade for each node, row 0 at the top.
    shades: Vec<u8>,
}

impl Shades {
    /// The shades of a field under the scale of the levels; their count does not matter.
    ///
    /// A constant field has the middle shade.
    pub fn new(field: &Field, levels: &Levels) -> Shades {
        let thresholds = Ramp::new(field, levels.scale).map(|ramp| Thresholds::new(&ramp));
        let mut shades = Vec::with_capacity(field.values.len());
        for row in field.values.chunks(field.columns.max(1)).rev() {
            shades.extend(row.iter().map(|value| match &thresholds {
                _ if !value.is_finite() => UNDEFINED,
                Some(thresholds) => thresholds.shade(*value),
                None => UNDEFINED / 2,
            }));
        }
        Shades { columns: field.columns, shades }
    }

    /// Width and height of the picture in pixels: columns and rows of the field.
    pub fn size(&self) -> [usize; 2] {
        [self.columns, self.shades.len() / self.columns.max(1)]
    }

    /// RGBA pixels, row by row from the top left; opaque where the cost is defined, else fully transparent.
    pub fn pixels(&self, map: ColorMap) -> Vec<[u8; 4]> {
        let table = map.table();
        let colors: [[u8; 4]; 256] = std::array::from_fn(|shade| {
            // 255 shades over 256 colors, both ends met.
            let [red, green, blue] = table[(shade * 255 + 127) / 254 % 256];
            if shade == usize::from(UNDEFINED) { [0; 4] } else { [red, green, blue, 255] }
        });
        self.shades.iter().map(|shade| colors[usize::from(*shade)]).collect()
    }
}

/// The heat map of a field: one RGBA pixel for each node, row by row from the top left (y.max).
///
/// To color the same field again with another map, keep its [`Shades`].
pub fn heat_map(field: &Field, levels: &Levels, map: ColorMap) -> Vec<[u8; 4]> {
    Shades::new(field, levels).pixels(map)
}

/// The values at which the shade changes, ascending.
struct Thresholds([f64; 256]);

impl Thresholds {
    fn new(ramp: &Ramp) -> Thresholds {
        // Entry k is where shade k begins; the last entry is never reached.
        let mut starts: [f64; 256] = std::array::from_fn(|k| ramp.value((k as f64 / 255.0).min(1.0)));
        starts[0] = f64::NEG_INFINITY;
        starts[255] = f64::INFINITY;
        Thresholds(starts)
    }

    /// The last shade that begins at or below a value: a search by halves without branches.
    fn shade(&self, value: f64) -> u8 {
        let mut shade = 0;
        for half in [128, 64, 32, 16, 8, 4, 2, 1] {
            shade += if self.0[usize::from(shade + half)] <= value { half } else { 0 };
        }
        shade
    }
}
