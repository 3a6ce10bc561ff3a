//! Text on a PDF page: glyphs with the characters they stand for, so that it can be searched and copied.

use std::collections::HashMap;

use krilla::geom::Point;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use resvg::tiny_skia::Transform;
use resvg::usvg::{self, fontdb};

use super::PdfError;
use super::paint::{convert_fill, draw_path, transform};

/// The fonts of a tree as PDF takes them, each read once.
pub(super) struct Fonts<'a> {
    database: &'a fontdb::Database,
    known: HashMap<fontdb::ID, Option<Font>>,
}

/// Glyphs in one line with the same font, size and color.
struct Run {
    font: Font,
    size: f32,
    fill: Fill,
    /// Where the first glyph stands, in units of the page.
    place: Transform,
    text: String,
    glyphs: Vec<KrillaGlyph>,
    /// Where the last glyph stands, from the first on, in units of the font size.
    last: f32,
}

impl<'a> Fonts<'a> {
    pub fn new(database: &'a fontdb::Database) -> Self {
        Self { database, known: HashMap::new() }
    }

    fn get(&mut self, id: fontdb::ID) -> Option<Font> {
        let read = || {
            let data = self.database.with_face_data(id, |bytes, index| (bytes.to_vec(), index));
            data.and_then(|(bytes, index)| Font::new(bytes.into(), index))
        };
        self.known.entry(id).or_insert_with(read).clone()
    }

    /// Draws a text. The spans come one for each stretch that has a place of its own; what continues in the same line is
    /// written as one run.
    pub fn draw(&mut self, text: &usvg::Text, surface: &mut Surface<'_>) -> Result<(), PdfError> {
        let mut open: Option<Run> = None;
        for span in text.layouted().iter().filter(|span| span.visible) {
            if span.stroke.is_some() {
                return Err(PdfError::Unsupported("text with an outline"));
            }
            let Some(fill) = span.fill.as_ref().map(convert_fill).transpose()? else { continue };
            for line in [&span.overline, &span.underline, &span.line_through].into_iter().flatten() {
                draw_path(line, surface)?;
            }
            for glyph in &span.positioned_glyphs {
                let font = self.get(glyph.font).ok_or(PdfError::Unsupported("a font that cannot be read"))?;
                let size = span.font_size.get();
                // The transform includes the scale from the font's units to the size, which the PDF adds by itself.
                let scale = font.units_per_em() / size;
                let place = glyph.transform().pre_concat(Transform::from_scale(scale, scale));
                let run = match open.take() {
                    Some(run) if run.font == font && run.size == size && run.fill == fill => Some(run),
                    other => {
                        finish(other, surface);
                        None
                    }
                };
                let along = run.as_ref().and_then(|run| run.distance_to(place));
                let mut run = match (run, along) {
                    (Some(run), Some(_)) => run,
                    (other, _) => {
                        finish(other, surface);
                        let (text, glyphs) = (String::new(), Vec::new());
                        Run { font, size, fill: fill.clone(), place, text, glyphs, last: 0.0 }
                    }
                };
                run.push(glyph, along.unwrap_or(0.0));
                open = Some(run);
            }
        }
        finish(open, surface);
        Ok(())
    }
}

impl Run {
    /// How far along the line a glyph stands, in units of the font size; `None` off the line or behind the last one.
    fn distance_to(&self, place: Transform) -> Option<f32> {
        let Transform { sx, ky, kx, sy, tx, ty } = self.place.invert()?.pre_concat(place);
        let upright = [sx - 1.0, sy - 1.0, kx, ky].iter().all(|part| part.abs() < 1e-4);
        let along = tx / self.size;
        (upright && ty.abs() < 1e-3 * self.size && along >= self.last).then_some(along)
    }

    fn push(&mut self, glyph: &usvg::layout::PositionedGlyph, along: f32) {
        if let Some(before) = self.glyphs.last_mut() {
            before.x_advance = along - self.last;
        }
        let begin = self.text.len();
        self.text.push_str(&glyph.text);
        let id = GlyphId::new(glyph.id.0);
        self.glyphs.push(KrillaGlyph::new(id, 0.0, 0.0, 0.0, 0.0, begin..self.text.len(), None));
        self.last = along;
    }
}

fn finish(run: Option<Run>, surface: &mut Surface<'_>) {
    if let Some(Run { font, size, fill, place, text, glyphs, .. }) = run {
        surface.push_transform(&transform(place));
        surface.set_fill(Some(fill));
        surface.set_stroke(None);
        surface.draw_glyphs(Point::from_xy(0.0, 0.0), &glyphs, font, &text, size, false);
        surface.pop();
    }
}
