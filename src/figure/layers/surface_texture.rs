//! The heat map as a texture, with stripes where the cost is undefined.

use egui::{Color32, ColorImage, Context, TextureHandle, TextureOptions};

use crate::landscape::{ColorMap, Region};
use crate::session::Surface;

/// The texture of the heat map, colored anew only if the shades or the colors have changed.
#[derive(Default)]
pub(in crate::figure) struct SurfaceTexture {
    held: Option<Held>,
}

struct Held {
    shades_version: u64,
    color_map: ColorMap,
    hatch: [Color32; 2],
    texture: TextureHandle,
    undefined_share: f64,
}

impl SurfaceTexture {
    /// The texture for a surface in these colors, and the share of it where the cost is undefined.
    pub fn get(
        &mut self,
        ctx: &Context,
        surface: &Surface<'_>,
        color_map: ColorMap,
        hatch: [Color32; 2],
    ) -> (TextureHandle, f64) {
        if let Some(held) = &self.held
            && held.shades_version == surface.shades_version
            && held.color_map == color_map
            && held.hatch == hatch
        {
            return (held.texture.clone(), held.undefined_share);
        }
        let size = [surface.field.columns, surface.field.rows];
        let mut pixels: Vec<Color32> = surface.shades.pixels(color_map).into_iter().map(opaque).collect();
        hatch_undefined(&mut pixels, size[0], hatch);
        let image = ColorImage::new(size, pixels);
        let texture = match self.held.take() {
            Some(mut held) => {
                held.texture.set(image, TextureOptions::LINEAR);
                held.texture
            }
            None => ctx.load_texture("heat map", image, TextureOptions::LINEAR),
        };
        let undefined_share = surface.field.undefined_share();
        let kept = texture.clone();
        let shades_version = surface.shades_version;
        self.held = Some(Held { shades_version, color_map, hatch, texture, undefined_share });
        (kept, undefined_share)
    }
}

pub(in crate::figure) fn opaque([r, g, b, a]: [u8; 4]) -> Color32 {
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

/// Stripes where the cost is undefined.
pub(in crate::figure) fn hatch_undefined(
    pixels: &mut [Color32],
    columns: usize,
    [stripe, between]: [Color32; 2],
) {
    for (index, pixel) in pixels.iter_mut().enumerate() {
        if pixel.a() == 0 {
            let diagonal = index % columns + index / columns;
            *pixel = if diagonal % 6 < 2 { stripe } else { between };
        }
    }
}

/// The region that the pixels of a field cover: samples are in the middle of their pixels.
pub(in crate::figure) fn with_half_cells(region: Region, samples: [usize; 2]) -> Region {
    let widen = |[low, high]: [f64; 2], count: usize| {
        let half = 0.5 * (high - low) / (count.max(2) - 1) as f64;
        [low - half, high + half]
    };
    Region { x: widen(region.x, samples[0]), y: widen(region.y, samples[1]) }
}
