//! Runs an egui drawing without a window, display or graphics card.

use egui::epaint::ClippedShape;
use egui::{Context, Pos2, RawInput, Rect, TextureId, Theme, Ui, Vec2, ViewportId};

use super::formats::svg;
use super::look::fonts;
use super::mathematics;
use crate::figure::formats::textures::TextureImages;

/// What a drawing needs to settle: panels and plot axes take their sizes from the pass before.
pub const PASSES: usize = 4;

/// A page to draw on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// Width and height in points.
    pub size: Vec2,
    /// Physical pixels to a point; egui rounds what should look sharp to whole pixels.
    pub pixels_per_point: f32,
    /// Light or dark.
    pub theme: Theme,
    /// How many passes are run, at least one; the last one counts. See [`PASSES`].
    pub passes: usize,
}

impl Sheet {
    /// A page of this size in points, at one pixel to a point, drawn in [`PASSES`] passes.
    pub fn new(size: Vec2, theme: Theme) -> Self {
        Self { size, pixels_per_point: 1.0, theme, passes: PASSES }
    }
}

/// What egui drew: flat shapes in points, row order is paint order, and the textures they refer to.
pub struct Drawing {
    /// Width and height in points.
    pub size: Vec2,
    /// The shapes of the last pass.
    pub shapes: Vec<ClippedShape>,
    /// The pixels of every texture in use.
    pub textures: TextureImages,
}

impl Drawing {
    /// The drawing as SVG text, on `background` or on nothing.
    #[cfg(test)]
    pub fn to_svg(&self, background: Option<egui::Color32>) -> String {
        svg::from_shapes(&self.shapes, self.size, &self.textures, background)
    }

    /// The drawing as the SVG text of a file.
    pub fn to_svg_with(&self, options: &svg::SvgOptions<'_>) -> String {
        svg::from_shapes_with(&self.shapes, self.size, &self.textures, options)
    }
}

/// A context without a window that is drawn on pass by pass.
pub struct Offscreen {
    context: Context,
    page: Sheet,
    passes: u32,
    textures: TextureImages,
    images_version: u64,
}

impl Offscreen {
    /// A stage for a page. `setup` sees the context before the first pass (styles, zoom).
    pub fn new(page: Sheet, setup: Option<&dyn Fn(&Context)>) -> Self {
        let context = Context::default();
        context.set_fonts(fonts::definitions());
        context.set_theme(page.theme);
        mathematics::draw_as_outlines(&context);
        if let Some(setup) = setup {
            setup(&context);
        }
        Self { context, page, passes: 0, textures: TextureImages::default(), images_version: 0 }
    }

    /// One pass. The root [`Ui`] given to `draw` fills the page and has no background.
    pub fn pass(&mut self, draw: impl FnMut(&mut Ui)) -> Vec<ClippedShape> {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.page.size)),
            // A second a pass, so that every animation is over in the last one.
            time: Some(f64::from(self.passes)),
            ..Default::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&ViewportId::ROOT) {
            viewport.native_pixels_per_point = Some(self.page.pixels_per_point);
        }
        self.passes += 1;
        let mut output = self.context.run_ui(input, draw);
        // The first texture is the font's, which has no part in text that is written as text.
        let images = output.textures_delta.set.keys().filter(|id| **id != TextureId::default());
        self.images_version += images.count() as u64;
        self.textures.apply(&mut output.textures_delta);
        std::mem::take(&mut output.shapes)
    }

    /// Passes until two of them give the same shapes, at most `Sheet::passes` of them.
    pub fn settled(&mut self, mut draw: impl FnMut(&mut Ui)) -> Vec<ClippedShape> {
        let mut shapes = self.pass(&mut draw);
        for _ in 1..self.page.passes {
            let before = std::mem::replace(&mut shapes, self.pass(&mut draw));
            if shapes == before {
                break;
            }
        }
        shapes
    }

    /// The pixels of every texture in use.
    pub fn textures(&self) -> &TextureImages {
        &self.textures
    }

    /// Another number whenever the pixels of an image have changed.
    pub fn images_version(&self) -> u64 {
        self.images_version
    }
}

/// Draws a page. `setup` sees the context before the first pass (styles, zoom); `draw` is called once a pass.
///
/// The root [`Ui`] given to `draw` fills the page and has no background.
pub fn draw(page: Sheet, setup: Option<&dyn Fn(&Context)>, mut draw: impl FnMut(&mut Ui)) -> Drawing {
    let mut stage = Offscreen::new(page, setup);
    let mut shapes = Vec::new();
    for _ in 0..page.passes.max(1) {
        shapes = stage.pass(&mut draw);
    }
    Drawing { size: page.size, shapes, textures: stage.textures }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Color32, ColorImage, TextureOptions};

    #[test]
    fn every_pass_is_run_and_the_textures_are_kept() {
        let mut passes = 0;
        let mut texture = None;
        let page = Sheet::new(Vec2::new(80.0, 60.0), Theme::Light);
        let drawing = draw(page, None, |ui| {
            passes += 1;
            assert_eq!(ui.max_rect(), Rect::from_min_size(Pos2::ZERO, page.size));
            assert_eq!(ui.theme(), Theme::Light);
            let handle = texture.get_or_insert_with(|| {
                let image = ColorImage::filled([2, 2], Color32::GREEN);
                ui.load_texture("field", image, TextureOptions::LINEAR)
            });
            ui.image((handle.id(), Vec2::splat(10.0)));
        });
        assert_eq!(passes, PASSES);
        assert!(!drawing.shapes.is_empty());
        let id = texture.as_ref().map(egui::TextureHandle::id).unwrap();
        assert_eq!(drawing.textures.get(id).unwrap().image.pixels, [Color32::GREEN; 4]);
    }
}
