//! Textures as embedded PNG.

use egui::Color32;

use crate::figure::formats::base64;
use crate::figure::formats::png;
use crate::figure::formats::textures::TextureImage;

/// The texture, each texel multiplied by `tint`, as a `data:` address; `None` where it has no texels.
pub(super) fn data_uri(texture: &TextureImage, tint: Color32) -> Option<String> {
    let [width, height] = texture.image.size;
    let rgba: Vec<u8> =
        texture.image.pixels.iter().flat_map(|texel| (*texel * tint).to_srgba_unmultiplied()).collect();
    let bytes = png::encode(u32::try_from(width).ok()?, u32::try_from(height).ok()?, &rgba).ok()?;
    Some(format!("data:image/png;base64,{}", base64::encode(&bytes)))
}
