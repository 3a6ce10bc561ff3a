//! Textures as embedded PNG.

use egui::Color32;

use crate::figure::png;
use crate::figure::textures::TextureImage;

/// The texture, each texel multiplied by `tint`, as a `data:` address; `None` where it has no texels.
pub(super) fn data_uri(texture: &TextureImage, tint: Color32) -> Option<String> {
    let [width, height] = texture.image.size;
    let rgba: Vec<u8> =
        texture.image.pixels.iter().flat_map(|texel| (*texel * tint).to_srgba_unmultiplied()).collect();
    let bytes = png::encode(u32::try_from(width).ok()?, u32::try_from(height).ok()?, &rgba).ok()?;
    Some(format!("data:image/png;base64,{}", base64(&bytes)))
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            if digit <= group.len() {
                let value = (bits >> (18 - 6 * digit)) & 63;
                out.push(char::from(ALPHABET[value as usize]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test vectors of RFC 4648, section 10.
    #[test]
    fn base64_agrees_with_the_standard() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, coded) in cases {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }
}
