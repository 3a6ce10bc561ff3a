//! The formulas that were set lately, as textures, so that one that is drawn every frame is set once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use egui::epaint::FontColorTransferFunction;
use egui::{ColorImage, Context, Id, TextureHandle, TextureOptions};
use resvg::tiny_skia::{FillRule, Mask, Transform};

use super::typeset::{Typeset, typeset};

/// The most formulas, and the most textures of formulas, that are kept; those not drawn for longest are forgotten.
const MAX_ENTRIES: usize = 256;
/// A wide formula is cut into textures of this width, in pixels: no graphics card takes arbitrarily wide ones.
const TILE_PIXELS: usize = 1024;
/// The most pixels that are kept in all: 64 MB.
const MAX_KEPT_PIXELS: usize = 1 << 24;
/// The highest picture of a formula and the widest, in pixels.
const MAX_PIXELS: [f32; 2] = [65_536.0, 1_800.0];
/// Room around a formula, in pixels: to the left also for strokes that overhang.
const MARGIN: f32 = 1.0;

/// A formula in pixels.
pub(super) struct Picture {
    /// From left to right.
    pub tiles: Vec<Tile>,
    /// Width and height in pixels.
    pub size: [usize; 2],
}

/// A part of the picture over its whole height.
pub(super) struct Tile {
    /// White, with the coverage as alpha.
    pub texture: TextureHandle,
    /// Where it begins, in pixels from the left.
    pub left: usize,
    /// Its width in pixels.
    pub width: usize,
}

#[derive(PartialEq, Eq, Hash, Clone)]
struct PictureKey {
    latex: String,
    em_pixels_bits: u32,
    for_light: bool,
}

/// Values in the order of their last use.
struct Recent<K, V> {
    held: HashMap<K, (u64, Option<Arc<V>>)>,
    uses: u64,
}

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Self { held: HashMap::new(), uses: 0 }
    }
}

impl<K: std::hash::Hash + Eq + Clone, V> Recent<K, V> {
    fn get(&mut self, key: K, make: impl FnOnce(&K) -> Option<V>) -> Option<Arc<V>> {
        self.uses += 1;
        if let Some((last, value)) = self.held.get_mut(&key) {
            *last = self.uses;
            return value.clone();
        }
        if self.held.len() >= MAX_ENTRIES {
            self.forget_oldest();
        }
        let value = make(&key).map(Arc::new);
        self.held.insert(key, (self.uses, value.clone()));
        value
    }

    /// Forgets the oldest until the rest weighs no more than `most`; the newest stays.
    fn keep_within(&mut self, most: usize, weight: impl Fn(&V) -> usize) {
        let mut total: usize =
            self.held.values().filter_map(|(_, value)| value.as_deref()).map(&weight).sum();
        while total > most && self.held.len() > 1 {
            total -= self.forget_oldest().map_or(0, |value| weight(&value));
        }
    }

    fn forget_oldest(&mut self) -> Option<Arc<V>> {
        let oldest = self.held.iter().min_by_key(|(_, (last, _))| *last).map(|(key, _)| key.clone());
        self.held.remove(&oldest?).and_then(|(_, value)| value)
    }
}

#[derive(Default)]
struct Held {
    formulas: Recent<String, Typeset>,
    pictures: Recent<PictureKey, Picture>,
}

/// The shelf of an egui context.
#[derive(Clone, Default)]
pub(super) struct Shelf(Arc<Mutex<Held>>);

impl Shelf {
    pub fn of(ctx: &Context) -> Self {
        ctx.data_mut(|data| data.get_temp_mut_or_default::<Self>(Id::unique("mathematics shelf")).clone())
    }

    /// The formula as outlines; nothing where it cannot be set.
    pub fn formula(&self, latex: &str) -> Option<Arc<Typeset>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.formulas.get(latex.to_owned(), |latex| typeset(latex))
    }

    /// The formula in pixels, `em_pixels` to an em; nothing where it cannot be set or would be too large.
    pub fn picture(
        &self,
        ctx: &Context,
        latex: &str,
        em_pixels: f32,
        ink: FontColorTransferFunction,
    ) -> Option<Arc<Picture>> {
        let formula = self.formula(latex)?;
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let for_light = ink == FontColorTransferFunction::LIGHT_MODE_DEFAULT;
        let key = PictureKey { latex: latex.to_owned(), em_pixels_bits: em_pixels.to_bits(), for_light };
        let picture = held.pictures.get(key, |_| draw(ctx, &formula, em_pixels, ink));
        held.pictures.keep_within(MAX_KEPT_PIXELS, |picture| picture.size[0] * picture.size[1]);
        picture
    }
}

fn draw(ctx: &Context, formula: &Typeset, em_pixels: f32, ink: FontColorTransferFunction) -> Option<Picture> {
    let overhang =
        formula.outlines.iter().map(|outline| -outline.bounds().left()).fold(0.0, f32::max) * em_pixels;
    let left = overhang.ceil() + MARGIN;
    // The baseline lies between two rows of pixels, so that letters stand sharply on it.
    let ascent = (formula.height * em_pixels).ceil() + MARGIN;
    let descent = (formula.depth * em_pixels).ceil() + MARGIN;
    let (width, height) = (left + (formula.width * em_pixels).ceil() + MARGIN, ascent + descent);
    if !(width <= MAX_PIXELS[0] && height <= MAX_PIXELS[1]) {
        return None;
    }
    let size = [width as usize, height as usize];
    let most = ctx.input(|input| input.max_texture_side);
    if size[1] > most {
        return None;
    }
    let mut tiles = Vec::new();
    for start in (0..size[0]).step_by(TILE_PIXELS.min(most).max(1)) {
        let width = TILE_PIXELS.min(most).min(size[0] - start);
        let mut mask = Mask::new(width as u32, size[1] as u32)?;
        let place = Transform::from_row(em_pixels, 0.0, 0.0, em_pixels, left - start as f32, ascent);
        let visible = (start as f32 - left) / em_pixels..(start as f32 - left + width as f32) / em_pixels;
        for outline in &formula.outlines {
            let ink = outline.bounds();
            if ink.right() >= visible.start && ink.left() <= visible.end {
                mask.fill_path(outline, FillRule::Winding, true, place);
            }
        }
        let pixels = mask.data().iter().map(|c| ink.color_from_coverage(f32::from(*c) / 255.0)).collect();
        let image = ColorImage::new([width, size[1]], pixels);
        let texture = ctx.load_texture("mathematics", image, TextureOptions::LINEAR);
        tiles.push(Tile { texture, left: start, width });
    }
    Some(Picture { tiles, size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_used_for_longest_is_forgotten() {
        let mut recent = Recent::default();
        for n in 0..MAX_ENTRIES {
            recent.get(n, |n| Some(n * n));
        }
        assert_eq!(recent.get(0, |_| None).as_deref(), Some(&0));
        recent.get(MAX_ENTRIES, |_| None::<usize>);
        assert_eq!(recent.held.len(), MAX_ENTRIES);
        assert!(recent.held.contains_key(&0) && !recent.held.contains_key(&1));
        assert_eq!(recent.get(MAX_ENTRIES, |_| unreachable!()), None, "that there is nothing is kept too");

        let mut recent = Recent::default();
        for n in 1..=10 {
            recent.get(n, |n| Some(*n));
        }
        recent.keep_within(27, |n| *n);
        assert_eq!(recent.held.keys().min(), Some(&8), "10 + 9 + 8 = 27");
        recent.keep_within(0, |n| *n);
        assert!(recent.held.len() == 1 && recent.held.contains_key(&10));
    }
}
