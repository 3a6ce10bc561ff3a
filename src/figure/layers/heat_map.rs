//! The heat map as a texture, with stripes where the cost is undefined.

use egui::{Color32, ColorImage, Context, Rect, TextureHandle, TextureId, TextureOptions, pos2};

use super::scene::{Layer, Scene};
use crate::figure::look::parts::Part;
use crate::landscape::{ColorMap, Region};
use crate::session::Surface;

/// The heat map, colored anew only if the shades or the colors have changed.
#[derive(Default)]
pub(in crate::figure) struct HeatMapLayer {
    held: Option<Held>,
}

struct Held {
    shades_version: u64,
    color_map: ColorMap,
    relief: f32,
    hatch: [Color32; 2],
    texture: TextureHandle,
    undefined_share: f64,
}

impl Layer for HeatMapLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let Some(surface) = &scene.picture.surface else {
            self.held = None;
            return true;
        };
        let relief = scene.options.look.relief;
        let texture = self.texture(scene.ui, surface, (scene.color_map, relief), scene.inks.hatch);
        if scene.shows(Part::HeatMap) {
            let region = with_half_cells(surface.field.region, [surface.field.columns, surface.field.rows]);
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            scene.painter.image(texture, scene.projection.rect(region), whole, Color32::WHITE);
        }
        surface.is_whole
    }
}

impl HeatMapLayer {
    /// The part of what was painted last where the cost is undefined and hatched, from 0 to 1.
    pub fn undefined_share(&self) -> f64 {
        self.held.as_ref().map_or(0.0, |held| held.undefined_share)
    }

    /// The texture for a surface in these colors.
    fn texture(
        &mut self,
        ctx: &Context,
        surface: &Surface<'_>,
        (color_map, relief): (ColorMap, f32),
        hatch: [Color32; 2],
    ) -> TextureId {
        if let Some(held) = &self.held
            && held.shades_version == surface.shades_version
            && (held.color_map, held.relief) == (color_map, relief)
            && held.hatch == hatch
        {
            return held.texture.id();
        }
        let size = [surface.field.columns, surface.field.rows];
        let mut pixels = surface.shades.pixels(color_map);
        surface.shades.light(surface.field, relief.into(), &mut pixels);
        let mut pixels: Vec<Color32> = pixels.into_iter().map(opaque).collect();
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
        let shades_version = surface.shades_version;
        self.held
            .insert(Held { shades_version, color_map, relief, hatch, texture, undefined_share })
            .texture
            .id()
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
fn with_half_cells(region: Region, samples: [usize; 2]) -> Region {
    let widen = |[low, high]: [f64; 2], count: usize| {
        let half = 0.5 * (high - low) / (count.max(2) - 1) as f64;
        [low - half, high + half]
    };
    Region { x: widen(region.x, samples[0]), y: widen(region.y, samples[1]) }
}
