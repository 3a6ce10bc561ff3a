//! OKLab (B. Ottosson, "A perceptual color space for image processing", 2020): distances in it are about as far as colors
//! look apart. Lightness from 0 to 1, then green to red and blue to yellow, about from -0.4 to 0.4.

use std::sync::OnceLock;

/// A color or a difference of colors.
pub(super) type Lab = [f32; 3];

/// The color of an sRGB triple.
pub(super) fn from_srgb(rgb: [u8; 3]) -> Lab {
    static LINEAR: OnceLock<[f32; 256]> = OnceLock::new();
    let linear = LINEAR.get_or_init(|| {
        std::array::from_fn(|code| {
            let coded = code as f32 / 255.0;
            if coded <= 0.04045 { coded / 12.92 } else { ((coded + 0.055) / 1.055).powf(2.4) }
        })
    });
    let [r, g, b] = rgb.map(|code| linear[usize::from(code)]);
    let l = (0.412_221_47 * r + 0.536_332_54 * g + 0.051_445_993 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_84 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

/// The nearest sRGB triple.
pub(super) fn to_srgb([lightness, a, b]: Lab) -> [u8; 3] {
    let l = (lightness + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let m = (lightness - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let s = (lightness - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    let linear = [
        4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
        -1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s,
        -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
    ];
    linear.map(|light| {
        let coded = if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
        (255.0 * coded.clamp(0.0, 1.0)).round() as u8
    })
}

/// The square of the distance.
pub(super) fn squared_distance(from: Lab, to: Lab) -> f32 {
    let [l, a, b] = [from[0] - to[0], from[1] - to[1], from[2] - to[2]];
    l * l + a * a + b * b
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reference values of the article, white and the three primaries (as CSS Color 4 gives them).
    #[test]
    fn colors_have_their_published_coordinates() {
        let cases = [
            ([255, 255, 255], [1.0, 0.0, 0.0]),
            ([255, 0, 0], [0.627_96, 0.224_86, 0.125_85]),
            ([0, 255, 0], [0.866_44, -0.233_89, 0.179_50]),
            ([0, 0, 255], [0.452_01, -0.032_46, -0.311_53]),
        ];
        for (rgb, expected) in cases {
            let lab = from_srgb(rgb);
            assert!(squared_distance(lab, expected).sqrt() < 2e-4, "{rgb:?}: {lab:?}");
        }
    }

    #[test]
    fn there_and_back_is_the_same_color() {
        for code in (0..=255).step_by(15) {
            for rgb in [[code, 40, 255 - code], [code, code, code], [255, code, 0]] {
                assert_eq!(to_srgb(from_srgb(rgb)), rgb);
            }
        }
    }
}
