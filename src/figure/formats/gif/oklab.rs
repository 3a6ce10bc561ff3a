//! OKLab in single precision, for the many colors of a film. The space itself is [`crate::landscape::oklab`].

use crate::landscape::oklab;

/// A color or a difference of colors.
pub(super) type Lab = [f32; 3];

/// The color of an sRGB triple.
pub(super) fn from_srgb(rgb: [u8; 3]) -> Lab {
    oklab::from_srgb(rgb).map(|coordinate| coordinate as f32)
}

/// The nearest sRGB triple.
pub(super) fn to_srgb(color: Lab) -> [u8; 3] {
    oklab::to_srgb(color.map(f64::from))
}

/// The square of the distance.
pub(super) fn squared_distance(from: Lab, to: Lab) -> f32 {
    let [l, a, b] = [from[0] - to[0], from[1] - to[1], from[2] - to[2]];
    l * l + a * a + b * b
}
