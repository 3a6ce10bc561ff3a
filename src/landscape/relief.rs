//! The heat map as a hill in the light: brighter where it faces the upper left, darker where it turns away.
//!
//! Formula. The height of a node is where its value stands on the scale of the shades, from 0 to 1, times a third of the shorter
//! side of the picture. With the normal n of that surface and the light l from the upper left at 45°, brightness is
//! (n · l)/l_z: 1 where the surface is level (Lambert's law; E. Imhof, *Cartographic Relief Presentation*, 1982).
//!
//! Convention. Where a node beside has no value, the surface is level.

use super::{Field, Shades};

/// The height of the whole scale, beside the shorter side of the picture.
const HEIGHT: f64 = 0.33;
/// The light: to the left, up, and towards the eye, of length 1.
const LIGHT: [f64; 3] = [-0.5, 0.5, std::f64::consts::FRAC_1_SQRT_2];
/// The least and the greatest brightness.
const DARKEST: f64 = 0.62;
const BRIGHTEST: f64 = 1.4;
/// The share of the way to white that the greatest brightness goes.
const TO_WHITE: f64 = 0.9;

impl Shades {
    /// Colors pixels of the field as a hill in the light; `strength` from 0, flat, to 1. The pixels are those of
    /// [`Shades::pixels`], and the field is that of the shades.
    pub fn light(&self, field: &Field, strength: f64, pixels: &mut [[u8; 4]]) {
        let [columns, rows] = self.size();
        if strength.is_nan() || strength <= 0.0 || columns < 2 || rows < 2 {
            return;
        }
        let height = strength.min(1.0) * HEIGHT * columns.min(rows) as f64;
        let heights = self.positions(field);
        let slope = |before: f32, after: f32, apart: usize| {
            let rise = f64::from(after - before) * height / apart.max(1) as f64;
            if rise.is_finite() { rise } else { 0.0 }
        };
        for (row, pixels) in pixels.chunks_mut(columns).rev().enumerate() {
            let (below, above) = (row.saturating_sub(1), (row + 1).min(rows - 1));
            for (column, pixel) in pixels.iter_mut().enumerate() {
                let (left, right) = (column.saturating_sub(1), (column + 1).min(columns - 1));
                let at = |row: usize, column: usize| heights[row * columns + column];
                let dx = slope(at(row, left), at(row, right), right - left);
                let dy = slope(at(below, column), at(above, column), above - below);
                let facing = (LIGHT[2] - dx * LIGHT[0] - dy * LIGHT[1]) / (1.0 + dx * dx + dy * dy).sqrt();
                lit(pixel, (facing / LIGHT[2]).clamp(DARKEST, BRIGHTEST));
            }
        }
    }

    /// Where each value of the field stands, from 0 to 1; not a number where there is no value.
    fn positions(&self, field: &Field) -> Vec<f32> {
        let Some(scale) = self.scale() else { return vec![0.0; field.values.len()] };
        let position = |(shade, value): (&u8, &f64)| {
            if !value.is_finite() {
                return f32::NAN;
            }
            let shade = usize::from(*shade).min(254);
            let [low, high] = [scale[shade], scale[shade + 1]];
            let within = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
            ((shade as f64 + within) / 255.0) as f32
        };
        self.shades_of_nodes().iter().zip(&field.values).map(position).collect()
    }
}

/// A pixel in such a light.
fn lit(pixel: &mut [u8; 4], brightness: f64) {
    for channel in &mut pixel[..3] {
        let value = f64::from(*channel);
        let lit = if brightness < 1.0 {
            value * brightness
        } else {
            value + (255.0 - value) * TO_WHITE * (brightness - 1.0)
        };
        *channel = lit.round() as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::{ColorMap, LevelScale, Levels, Region};

    /// The brightness of the middle pixel of a field, beside that of a flat one.
    fn middle(f: impl Fn(f64, f64) -> f64, strength: f64) -> i32 {
        let region = Region { x: [-1.0, 1.0], y: [-1.0, 1.0] };
        let field = Field::sample(region, 21, 21, |xs, ys, out| {
            for (row, y) in out.chunks_mut(xs.len()).zip(ys) {
                for (value, x) in row.iter_mut().zip(xs) {
                    *value = f(*x, *y);
                }
            }
        });
        let shades = Shades::new(&field, &Levels { scale: LevelScale::Linear, count: 5 });
        let flat = shades.pixels(ColorMap::Slate);
        let mut pixels = flat.clone();
        shades.light(&field, strength, &mut pixels);
        i32::from(pixels[10 * 21 + 10][0]) - i32::from(flat[10 * 21 + 10][0])
    }

    #[test]
    fn what_faces_the_upper_left_is_bright_and_what_turns_away_is_dark() {
        // Up to the right: the slope faces the left. Up: it faces down.
        assert!(middle(|x, _| x, 1.0) > 3);
        assert!(middle(|x, _| -x, 1.0) < -3);
        assert!(middle(|_, y| -y, 1.0) > 3);
        assert!(middle(|_, y| y, 1.0) < -3);
        assert_eq!(middle(|x, y| x * x + y * y, 1.0), 0, "the bottom is level");
        assert_eq!(middle(|x, _| x, 0.0), 0);
        assert_eq!(middle(|x, _| x, f64::NAN), 0);
        assert!(middle(|x, _| x, 0.5) < middle(|x, _| x, 1.0), "half the strength, less light");
        // Nothing is lit beside what is undefined, and nothing fails.
        assert_eq!(middle(|x, y| if x == 0.0 && y == 0.0 { 0.5 } else { f64::NAN }, 1.0), 0);
        assert_eq!(middle(|_, _| f64::INFINITY, 1.0), 0);
    }
}
