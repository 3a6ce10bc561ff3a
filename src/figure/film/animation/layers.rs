//! Frames that share most of their shapes: what stays is painted once, the rest over a copy of it in each frame.
//!
//! A shape stays if it is the same, at the same place in the order of painting, in all frames so far, and nothing that
//! changes lies below it: then painting it earlier makes no difference. Where one ceases to stay, the background is painted
//! anew without it.

use egui::epaint::ClippedShape;
use egui::{Color32, Rect, Vec2};
use resvg::tiny_skia::Pixmap;

use crate::figure::formats::png::PngError;
use crate::figure::formats::textures::TextureImages;
use crate::figure::formats::{raster, svg};

/// The frames of one animation as pixels.
pub(super) struct Layers {
    size: Vec2,
    pixels: [u32; 2],
    color: Color32,
    /// The shapes of the first frame.
    first: Vec<ClippedShape>,
    /// Which of them stay.
    stays: Vec<bool>,
    images_version: Option<u64>,
    background: Option<Pixmap>,
    painted: u32,
}

impl Layers {
    /// Frames of `size` points on a page of a color, as `pixels`.
    pub fn new(size: Vec2, pixels: [u32; 2], color: Color32) -> Self {
        let (first, stays) = (Vec::new(), Vec::new());
        Self { size, pixels, color, first, stays, images_version: None, background: None, painted: 0 }
    }

    /// How often a background was painted.
    #[cfg(test)]
    pub fn backgrounds(&self) -> u32 {
        self.painted
    }

    /// The pixels of a frame, RGBA, row 0 at the top.
    pub fn paint(
        &mut self,
        shapes: Vec<ClippedShape>,
        textures: &TextureImages,
        images_version: u64,
    ) -> Result<Vec<u8>, PngError> {
        if self.images_version != Some(images_version) {
            self.images_version = Some(images_version);
            self.background = None;
            self.stays = vec![true; shapes.len()];
            self.first = shapes.clone();
        }
        let stays = self.still(&shapes);
        if stays != self.stays {
            self.stays = stays;
            self.background = None;
        }
        let stays = |place: usize| self.stays.get(place).copied().unwrap_or(false);
        let mut pixmap = match &self.background {
            Some(background) => background.clone(),
            None => {
                let kept = self.first.iter().enumerate().filter(|(place, _)| stays(*place));
                let kept: Vec<ClippedShape> = kept.map(|(_, shape)| shape.clone()).collect();
                let [width, height] = self.pixels;
                let mut pixmap = Pixmap::new(width, height).ok_or(PngError::Memory { width, height })?;
                let text = svg::from_shapes(&kept, self.size, textures, Some(self.color));
                raster::paint(&raster::tree(&text)?, &mut pixmap);
                self.painted += 1;
                self.background.insert(pixmap).clone()
            }
        };
        let moving = shapes.into_iter().enumerate().filter(|(place, _)| !stays(*place));
        let moving: Vec<ClippedShape> = moving.map(|(_, shape)| shape).collect();
        if !moving.is_empty() {
            let text = svg::from_shapes(&moving, self.size, textures, None);
            raster::paint(&raster::tree(&text)?, &mut pixmap);
        }
        // The page is opaque, so that nothing has to be divided by alpha.
        Ok(pixmap.take())
    }

    /// Which shapes of the first frame still stay in this one.
    fn still(&self, shapes: &[ClippedShape]) -> Vec<bool> {
        /// The soft edge of a shape.
        const EDGE: f32 = 1.5;
        /// So many places that change are told apart; of more, what lies around all of them changes.
        const PLACES: usize = 64;
        let mut moving: Vec<Rect> = Vec::new();
        let mut still = vec![false; self.first.len()];
        for (place, shape) in shapes.iter().enumerate() {
            let bounds =
                shape.shape.visual_bounding_rect().expand(EDGE).intersect(shape.clip_rect.expand(EDGE));
            let same = self.stays.get(place) == Some(&true) && self.first.get(place) == Some(shape);
            if same && !moving.iter().any(|below| below.intersects(bounds)) {
                if let Some(still) = still.get_mut(place) {
                    *still = true;
                }
            } else if bounds.is_positive() {
                moving.push(bounds);
                if moving.len() > PLACES {
                    moving = vec![moving.iter().fold(Rect::NOTHING, |all, place| all.union(*place))];
                }
            }
        }
        still
    }
}
