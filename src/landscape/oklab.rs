//! OKLab, a color space in which equal distances look about equal.
//!
//! Formula: linear sRGB → cone responses l, m, s by a 3 × 3 matrix → cube roots → L, a, b by a 3 × 3 matrix.
//!
//! Source: Björn Ottosson, "A perceptual color space for image processing", 2020 (matrices of 2021-01-25); the transfer
//! function of sRGB from IEC 61966-2-1:1999.
//!
//! Convention: L from 0 (black) to 1 (white); a towards red, b towards yellow, both 0 for grays.

use crate::elementary;
use std::sync::LazyLock;

/// A color as L, a, b.
pub(crate) type Oklab = [f64; 3];

/// From sRGB bytes.
pub(crate) fn from_srgb(bytes: [u8; 3]) -> Oklab {
    // 256 powers, taken once.
    static DECODED: LazyLock<[f64; 256]> =
        LazyLock::new(|| std::array::from_fn(|byte| decode(byte as f64 / 255.0)));
    let [r, g, b] = bytes.map(|byte| DECODED[usize::from(byte)]);
    let l = elementary::cbrt(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b);
    let m = elementary::cbrt(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b);
    let s = elementary::cbrt(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b);
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

/// To sRGB bytes; what lies outside of sRGB is clipped.
pub(crate) fn to_srgb([lightness, a, b]: Oklab) -> [u8; 3] {
    let l = elementary::powi(lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b, 3);
    let m = elementary::powi(lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b, 3);
    let s = elementary::powi(lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b, 3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
    .map(|linear| (255.0 * encode(linear)).round().clamp(0.0, 255.0) as u8)
}

/// The relative luminance of a color, from 0 to 1 (WCAG 2.2, definitions).
pub(crate) fn luminance(color: [u8; 3]) -> f64 {
    let [red, green, blue] = color.map(|byte| decode(f64::from(byte) / 255.0));
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The point between two colors, `t` from 0 to 1.
pub(crate) fn mix(from: Oklab, to: Oklab, t: f64) -> Oklab {
    std::array::from_fn(|k| from[k] + t * (to[k] - from[k]))
}

/// Euclidean distance.
pub(crate) fn distance(from: Oklab, to: Oklab) -> f64 {
    from.iter().zip(to).map(|(a, b)| elementary::powi(a - b, 2)).sum::<f64>().sqrt()
}

/// The part of light that a part of an sRGB channel stands for (IEC 61966-2-1), both from 0 to 1.
pub(crate) fn decode(encoded: f64) -> f64 {
    if encoded <= 0.04045 { encoded / 12.92 } else { elementary::pow((encoded + 0.055) / 1.055, 2.4) }
}

/// The part of an sRGB channel that stands for a part of light, both from 0 to 1.
pub(crate) fn encode(linear: f64) -> f64 {
    if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * elementary::pow(linear, 1.0 / 2.4) - 0.055 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_published_pairs() {
        // XYZ (0.950, 1.000, 1.089) in the source's table is white; red, green and blue are those of CSS Color 4.
        let pairs = [
            ([255, 255, 255], [1.0, 0.0, 0.0]),
            ([0, 0, 0], [0.0, 0.0, 0.0]),
            ([255, 0, 0], [0.6280, 0.2249, 0.1258]),
            ([0, 255, 0], [0.8664, -0.2339, 0.1795]),
            ([0, 0, 255], [0.4520, -0.0325, -0.3115]),
        ];
        for (srgb, oklab) in pairs {
            assert!(distance(from_srgb(srgb), oklab) < 2e-4, "{srgb:?}: {:?}", from_srgb(srgb));
        }
    }

    #[test]
    fn bytes_survive_the_way_there_and_back() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    assert_eq!(to_srgb(from_srgb([red, green, blue])), [red, green, blue]);
                }
            }
        }
    }
}
