//! Letters as outlines, for programs that pass over the fonts that come with a file, as office programs do.

use egui::epaint::TextShape;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider as _};

use super::element::{Element, push_number};
use super::text::Run;
use crate::figure::look::fonts;

impl Run<'_> {
    /// Writes the letters as one shape, with what it says beside it for those who cannot see it.
    pub(super) fn write_outlines(&self, out: &mut String, shape: &TextShape) {
        let book = fonts::book();
        let path = book.with_data(&self.face.family, self.face.weight, |data| self.outlines(data)).flatten();
        let Some(path) = path.filter(|path| !path.is_empty()) else { return };
        let mut says = String::new();
        self.write_content(&mut says);
        let element = Element::begin(out, "path").rotation(shape.angle, shape.pos);
        element.text("aria-label", &says).text("d", &path).fill(self.color).close();
    }

    /// The outlines as the data of a path; `None` for a number that is not finite or a font that cannot be read.
    fn outlines(&self, data: &[u8]) -> Option<String> {
        let font = FontRef::new(data).ok()?;
        let (size, upright) = (Size::new(self.size), LocationRef::default());
        let (letters, widths) = (font.charmap(), font.glyph_metrics(size, upright));
        let outlines = font.outline_glyphs();
        let slant = if self.italics { SLANT } else { 0.0 };
        let mut pen = Pen { path: String::new(), x: 0.0, baseline: self.baseline, slant, is_finite: true };
        let mut next = 0.0;
        for (index, letter) in self.text.chars().enumerate() {
            // Glyph 0 is what stands for a missing one.
            let glyph = letters.map(letter).unwrap_or_default();
            pen.x = self.xs.get(index).copied().unwrap_or(next);
            next = pen.x + widths.advance_width(glyph).unwrap_or_default();
            if let Some(outline) = outlines.get(glyph) {
                outline.draw(DrawSettings::unhinted(size, upright), &mut pen).ok()?;
            }
        }
        pen.is_finite.then_some(pen.path)
    }
}

/// How far slanted letters lean, to a unit of height.
const SLANT: f32 = 0.2;

/// Writes outlines as a path, from an origin on the baseline.
struct Pen {
    path: String,
    x: f32,
    baseline: f32,
    slant: f32,
    is_finite: bool,
}

impl Pen {
    fn write(&mut self, command: char, points: &[[f32; 2]]) {
        self.path.push(command);
        for (index, [x, y]) in points.iter().enumerate() {
            if index > 0 {
                self.path.push(' ');
            }
            self.is_finite &= push_number(&mut self.path, self.x + x + self.slant * y);
            self.path.push(' ');
            self.is_finite &= push_number(&mut self.path, self.baseline - y);
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.write('M', &[[x, y]]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.write('L', &[[x, y]]);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.write('Q', &[[cx0, cy0], [x, y]]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.write('C', &[[cx0, cy0], [cx1, cy1], [x, y]]);
    }

    fn close(&mut self) {
        self.path.push('Z');
    }
}
