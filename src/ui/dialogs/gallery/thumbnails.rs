//! The pictures of the gallery, drawn when they are first seen and kept as textures.

use std::collections::BTreeMap;

use egui::{TextureHandle, TextureOptions, Ui};

use super::entries::Entry;
use crate::figure::{ThumbnailStyle, thumbnail};

/// Pictures are begun in one frame until they have so many pixels: two or three on a common screen, about five
/// milliseconds, so that scrolling stays smooth.
const PIXELS_PER_FRAME: u32 = 50_000;

/// The pictures that have been drawn, by the number of the entry.
#[derive(Default)]
pub(super) struct Thumbnails {
    held: BTreeMap<usize, (ThumbnailStyle, Option<TextureHandle>)>,
    frame: Option<u64>,
    pixels_left: u32,
    made: u64,
}

impl Thumbnails {
    /// Something is drawn: in a new frame, or again in the same one, which may take more than one pass.
    pub fn begin_pass(&mut self, frame: u64) {
        if self.frame != Some(frame) {
            self.frame = Some(frame);
            self.pixels_left = PIXELS_PER_FRAME;
        }
    }

    /// How many pictures were drawn so far.
    pub fn made(&self) -> u64 {
        self.made
    }

    /// The picture of an entry. While it waits for its turn there is none, or the one in the style before.
    pub fn get(&mut self, ui: &Ui, entry: &Entry, style: ThumbnailStyle) -> Option<TextureHandle> {
        let is_good = self.held.get(&entry.number).is_some_and(|(held, _)| *held == style);
        if !is_good && self.pixels_left == 0 {
            ui.request_repaint();
        } else if !is_good {
            self.pixels_left = self.pixels_left.saturating_sub(style.pixels[0] * style.pixels[1]);
            self.made += 1;
            let image = thumbnail(&entry.pictured(), style);
            let load = |image| ui.ctx().load_texture("thumbnail", image, TextureOptions::LINEAR);
            self.held.insert(entry.number, (style, image.map(load)));
        }
        self.held.get(&entry.number).and_then(|(_, texture)| texture.clone())
    }
}
