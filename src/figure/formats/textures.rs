//! The textures of an egui context that has no backend: the pixels that a graphics card would otherwise hold.

use std::collections::BTreeMap;

use egui::epaint::textures::{TextureFilter, TexturesDelta};
use egui::epaint::{ImageData, ImageDelta};
use egui::{ColorImage, TextureId};

/// One texture: its pixels, and how it is enlarged.
#[derive(Clone, Debug, PartialEq)]
pub struct TextureImage {
    /// Pixels with premultiplied alpha, row 0 at the top.
    pub image: ColorImage,
    /// Sharp pixels (nearest) or a smooth passage between them (linear).
    pub magnification: TextureFilter,
}

/// The pixels of every texture a context has in use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextureImages {
    images: BTreeMap<TextureId, TextureImage>,
}

impl TextureImages {
    /// Takes over what one pass changed, and leaves `delta` empty, as egui demands before it is dropped.
    pub fn apply(&mut self, delta: &mut TexturesDelta) {
        // Each texture's changes are in order; the order among textures does not matter.
        for (id, changes) in delta.set.drain() {
            for change in changes {
                self.apply_one(id, change);
            }
        }
        for id in delta.free.drain() {
            self.images.remove(&id);
        }
        delta.clear();
    }

    /// The texture with this id, where the context has one.
    pub fn get(&self, id: TextureId) -> Option<&TextureImage> {
        self.images.get(&id)
    }

    fn apply_one(&mut self, id: TextureId, change: ImageDelta) {
        let ImageData::Color(image) = change.image;
        match change.pos {
            None => {
                let image = ColorImage::clone(&image);
                self.images.insert(id, TextureImage { image, magnification: change.options.magnification });
            }
            Some([left, top]) => {
                if let Some(texture) = self.images.get_mut(&id) {
                    patch(&mut texture.image, &image, left, top);
                }
            }
        }
    }
}

/// Copies `part` into `whole`, its top left corner at column `left`, row `top`; what sticks out is dropped.
fn patch(whole: &mut ColorImage, part: &ColorImage, left: usize, top: usize) {
    let (whole_width, part_width) = (whole.width(), part.width());
    let width = part_width.min(whole_width.saturating_sub(left));
    if width == 0 {
        return;
    }
    let targets = whole.pixels.chunks_exact_mut(whole_width).skip(top);
    for (target, source) in targets.zip(part.pixels.chunks_exact(part_width)) {
        if let (Some(target), Some(source)) = (target.get_mut(left..left + width), source.get(..width)) {
            target.copy_from_slice(source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Color32, TextureOptions};

    fn delta(changes: Vec<ImageDelta>, free: bool) -> TexturesDelta {
        let mut delta = TexturesDelta::default();
        for change in changes {
            delta.push(TextureId::Managed(7), change);
        }
        if free {
            delta.free(TextureId::Managed(7));
        }
        delta
    }

    #[test]
    fn a_whole_image_then_a_patch_then_nothing() {
        let mut textures = TextureImages::default();
        let whole = ImageDelta::full(ColorImage::filled([3, 2], Color32::RED), TextureOptions::NEAREST);
        // The patch is wider than what is left of the row, so that its last column has to go.
        let part =
            ImageDelta::partial([2, 1], ColorImage::filled([2, 1], Color32::BLUE), TextureOptions::NEAREST);
        textures.apply(&mut delta(vec![whole, part], false));
        let texture = textures.get(TextureId::Managed(7)).unwrap();
        let mut expected = vec![Color32::RED; 6];
        expected[5] = Color32::BLUE;
        assert_eq!(texture.image.pixels, expected);
        assert_eq!(texture.magnification, TextureFilter::Nearest);

        textures.apply(&mut delta(Vec::new(), true));
        assert_eq!(textures.get(TextureId::Managed(7)), None);
    }
}
