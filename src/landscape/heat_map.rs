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
    /// In the order of the field's values.
    shades: Vec<u8>,
    /// The values at which the 255 shades begin and the last one ends; none where there is nothing to tell apart.
    scale: Option<Box<[f64; 256]>>,
}

impl Shades {
    /// The shades of a field under the scale of the levels; their count does not matter.
    ///
    /// A constant field has the middle shade.
    pub fn new(field: &Field, levels: &Levels) -> Shades {
        let scale = Ramp::new(field, levels.scale)
            .map(|ramp| Box::new(std::array::from_fn(|k| ramp.value(k as f64 / 255.0))));
        let thresholds = Thresholds::new(scale.as_deref());
        let mut shades = vec![UNDEFINED; field.values.len()];
        let (blocks, rest) = field.values.as_chunks();
        let (shade_blocks, shade_rest) = shades.as_chunks_mut();
        for (shades, values) in shade_blocks.iter_mut().zip(blocks) {
            *shades = thresholds.shades(values);
        }
        let mut last = [f64::NAN; LANES];
        last[..rest.len()].copy_from_slice(rest);
        shade_rest.copy_from_slice(&thresholds.shades(&last)[..rest.len()]);
        Shades { columns: field.columns.max(1), shades, scale }
    }

    /// Where a value stands between the beginning of the first shade, 0, and the end of the last one, 1; what lies
    /// beyond stands at the nearer end. `None` for a value that is not a number, and where the field has no two values.
    pub fn position(&self, value: f64) -> Option<f64> {
        let scale = self.scale.as_deref().filter(|_| !value.is_nan())?;
        let after = scale.partition_point(|begin| *begin <= value);
        let [low, high] =
            [scale.get(after.checked_sub(1).unwrap_or(after))?, scale.get(after).unwrap_or(&value)];
        let within = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
        Some(((after.saturating_sub(1) as f64 + within) / 255.0).clamp(0.0, 1.0))
    }

    /// The color of a value; that of the middle shade where there is nothing to tell apart.
    pub fn color(&self, map: ColorMap, value: f64) -> [u8; 3] {
        let shade = self.position(value).map_or(127, |position| ((position * 255.0) as usize).min(254));
        map.table()[table_index(shade)]
    }

    /// The values at which the shades begin and the last one ends; nothing where there is nothing to tell apart.
    pub(super) fn scale(&self) -> Option<&[f64; 256]> {
        self.scale.as_deref()
    }

    /// The shade of each node, in the order of the field's values.
    pub(super) fn shades_of_nodes(&self) -> &[u8] {
        &self.shades
    }

    /// Width and height of the picture in pixels: columns and rows of the field.
    pub fn size(&self) -> [usize; 2] {
        [self.columns, self.shades.len() / self.columns]
    }

    /// RGBA pixels, row by row from the top left; opaque where the cost is defined, else fully transparent.
    pub fn pixels(&self, map: ColorMap) -> Vec<[u8; 4]> {
        let table = map.table();
        let mut colors = [[0; 4]; 256];
        for (shade, color) in colors.iter_mut().enumerate().take(usize::from(UNDEFINED)) {
            let [red, green, blue] = table[table_index(shade)];
            *color = [red, green, blue, 255];
        }
        let mut pixels = Vec::with_capacity(self.shades.len());
        for row in self.shades.chunks(self.columns).rev() {
            pixels.extend(row.iter().map(|shade| colors[usize::from(*shade)]));
        }
        pixels
    }
}

/// 255 shades over 256 colors, both ends met.
fn table_index(shade: usize) -> usize {
    (shade * 255 + 127) / 254
}

/// The heat map of a field: one RGBA pixel for each node, row by row from the top left (y.max).
///
/// To color the same field again with another map, keep its [`Shades`].
pub fn heat_map(field: &Field, levels: &Levels, map: ColorMap) -> Vec<[u8; 4]> {
    Shades::new(field, levels).pixels(map)
}

/// How many values are searched side by side.
const LANES: usize = 16;

/// Where each shade begins: entry k for shade k. Entry 0 is never asked for.
struct Thresholds([f64; 256]);

impl Thresholds {
    fn new(scale: Option<&[f64; 256]>) -> Thresholds {
        let mut starts = match scale {
            Some(scale) => *scale,
            // Nothing to tell apart: everything in the middle.
            None => std::array::from_fn(|k| if k <= 127 { f64::NEG_INFINITY } else { f64::INFINITY }),
        };
        starts[usize::from(UNDEFINED)] = f64::INFINITY;
        Thresholds(starts)
    }

    /// The last shade that begins at or below each value, or [`UNDEFINED`].
    ///
    /// A search by halves, bit by bit and without branches, since on a picture they could not be predicted; several
    /// side by side, since each step of one search waits for the step before it.
    fn shades(&self, values: &[f64; LANES]) -> [u8; LANES] {
        let mut shades = [0; LANES];
        for bit in (0..8).rev() {
            for (shade, value) in shades.iter_mut().zip(values) {
                let begins = self.0[usize::from(*shade | 1 << bit)] <= *value;
                *shade |= u8::from(begins) << bit;
            }
        }
        for (shade, value) in shades.iter_mut().zip(values) {
            *shade |= if value.is_finite() { 0 } else { UNDEFINED };
        }
        shades
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::{LevelScale, Region};

    const REGION: Region = Region { x: [-1.0, 1.0], y: [-1.0, 1.0] };
    const SCALES: [LevelScale; 3] = [LevelScale::Linear, LevelScale::Log, LevelScale::Quantile];

    fn shades(columns: usize, values: &[f64], scale: LevelScale) -> Shades {
        let rows = values.len() / columns;
        let field = Field { region: REGION, columns, rows, values: values.to_vec(), unbounded: [false; 2] };
        Shades::new(&field, &Levels { scale, count: 7 })
    }

    #[test]
    fn the_top_row_is_the_largest_y() {
        let field = Field::sample(REGION, 3, 4, |xs, ys, out| {
            for (row, y) in out.chunks_mut(xs.len()).zip(ys) {
                row.fill(*y);
            }
        });
        let levels = Levels { scale: LevelScale::Linear, count: 5 };
        let pixels = heat_map(&field, &levels, ColorMap::Viridis);
        assert_eq!(pixels.len(), 12);
        assert_eq!(pixels[..3], [[0xfd, 0xe7, 0x25, 255]; 3], "viridis ends in yellow");
        assert_eq!(pixels[9..], [[0x44, 0x01, 0x54, 255]; 3], "and begins in purple");
        assert_eq!(Shades::new(&field, &levels).size(), [3, 4]);
    }

    #[test]
    fn shades_grow_with_the_value_on_every_scale() {
        let values: Vec<f64> = (0..1000).map(|k| f64::from(k) * f64::from(k)).collect();
        for scale in SCALES {
            let shades = shades(1000, &values, scale).shades;
            assert!(shades.is_sorted(), "{scale:?}");
            assert_eq!((shades[0], shades[999]), (0, 254), "{scale:?}");
        }
        let linear = shades(1000, &values, LevelScale::Linear).shades;
        assert_eq!(linear[500], (255.0_f64 * 250_000.0 / 998_001.0) as u8);
        let quantile = shades(1000, &values, LevelScale::Quantile).shades;
        assert_eq!(quantile[500], (255.0_f64 * 500.0 / 999.0) as u8);
    }

    #[test]
    fn undefined_nodes_are_transparent_and_the_others_opaque() {
        // 17 values: a full block and a rest.
        let mut values: Vec<f64> = (0..17).map(f64::from).collect();
        (values[2], values[7], values[16]) = (f64::NAN, f64::INFINITY, f64::NEG_INFINITY);
        for scale in SCALES {
            let pixels = shades(17, &values, scale).pixels(ColorMap::Slate);
            for (pixel, value) in pixels.iter().zip(&values) {
                let alpha = if value.is_finite() { 255 } else { 0 };
                assert_eq!(pixel[3], alpha, "{value} in {scale:?}");
                assert!(value.is_finite() || *pixel == [0; 4]);
            }
        }
    }

    #[test]
    fn a_level_stands_where_its_shade_is() {
        let values: Vec<f64> = (0..1000).map(|k| f64::from(k) * f64::from(k)).collect();
        for scale in SCALES {
            let shades = shades(1000, &values, scale);
            let field = Field {
                region: REGION,
                columns: 1000,
                rows: 1,
                values: values.clone(),
                unbounded: [false; 2],
            };
            let ramp = Ramp::new(&field, scale).unwrap();
            for level in (Levels { scale, count: 7 }).values(&field) {
                let there = ramp.value(shades.position(level).unwrap());
                assert!((there / level - 1.0).abs() < 1e-3, "{scale:?}: {there} for {level}");
            }
            assert_eq!((shades.position(-1.0), shades.position(1e9)), (Some(0.0), Some(1.0)));
            assert_eq!(shades.position(f64::NAN), None);
            let pixels = shades.pixels(ColorMap::Viridis);
            for (value, pixel) in values.iter().zip(&pixels) {
                assert_eq!(shades.color(ColorMap::Viridis, *value), pixel[..3], "{scale:?}: {value}");
            }
        }
        assert_eq!(shades(2, &[3.0; 4], LevelScale::Log).position(3.0), None);
    }

    #[test]
    fn a_constant_or_undefined_field_is_drawn_too() {
        for scale in SCALES {
            assert_eq!(shades(2, &[3.0; 4], scale).shades, [127; 4]);
            assert_eq!(shades(2, &[3.0, f64::NAN], scale).shades, [127, UNDEFINED]);
            assert_eq!(shades(2, &[f64::NAN; 4], scale).shades, [UNDEFINED; 4]);
        }
    }
}
