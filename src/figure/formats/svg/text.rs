//! Text as text, in egui's own layout: each character stands where egui placed it.
//!
//! egui rounds a glyph's origin to a whole pixel and keeps the rest in the glyph's bitmap. A picture that can be
//! enlarged needs the rest too, so the origin is found again by adding up the advances, for as long as that agrees
//! with egui's pixel.

use egui::epaint::text::{Galley, Glyph, PlacedRow, TextFormat};
use egui::epaint::{Mesh, TextShape};
use egui::{Color32, Pos2, Stroke, emath::Rot2};

use super::element::{Element, push_escaped, push_number};
use super::{LetterKind, Page};
use crate::figure::look::fonts::{self, Face};

impl Page<'_> {
    pub(super) fn text(&mut self, shape: &TextShape) {
        if shape.opacity_factor <= 0.0 || !(shape.pos.is_finite() && shape.angle.is_finite()) {
            return;
        }
        let mut format_at = Formats::new(&shape.galley);
        for row in &shape.galley.rows {
            let runs = runs(row, shape, &mut format_at);
            format_at.end_row(row);
            // What is not a glyph is in the mesh as triangles: the background before the glyphs, lines after.
            let before = row.visuals.glyph_vertex_range.start;
            let after = row.visuals.glyph_vertex_range.end;
            self.decoration(row, shape, |index| index < before);
            self.row(shape, &runs);
            self.decoration(row, shape, |index| index >= after);
            if !shape.underline.is_empty() && !row.visuals.mesh.is_empty() {
                self.underline(row, shape);
            }
        }
    }

    /// One row: one `<text>`, with a `<tspan>` for each run where there are several.
    fn row(&mut self, shape: &TextShape, runs: &[Run<'_>]) {
        if self.options.letters == LetterKind::Outlines {
            return runs.iter().for_each(|run| run.write_outlines(&mut self.body, shape));
        }
        for run in runs {
            self.letters.add(run.face, &run.text);
        }
        match runs {
            [] => {}
            [run] => {
                let element = Element::begin(&mut self.body, "text").rotation(shape.angle, shape.pos);
                if run.write(element) {
                    run.write_content(&mut self.body);
                    self.body.push_str("</text>\n");
                }
            }
            [first, ..] => {
                // LibreOffice 7.4 leaves out a text that inherits no fill, whatever the fill of its parts.
                let element = Element::begin(&mut self.body, "text").fill(first.color);
                if !element.rotation(shape.angle, shape.pos).close_start() {
                    return;
                }
                for run in runs {
                    if run.write(Element::begin(&mut self.body, "tspan")) {
                        run.write_content(&mut self.body);
                        self.body.push_str("</tspan>");
                    }
                }
                self.body.push_str("</text>\n");
            }
        }
    }

    /// The triangles of a row's mesh whose corners are chosen by `belongs`.
    fn decoration(&mut self, row: &PlacedRow, shape: &TextShape, belongs: impl Fn(usize) -> bool) {
        let source = &row.visuals.mesh;
        let corners = source.indices.chunks_exact(3);
        let indices: Vec<u32> = corners
            .filter(|corners| corners.iter().all(|index| belongs(*index as usize)))
            .flatten()
            .copied()
            .collect();
        if indices.is_empty() {
            return;
        }
        let rotation = Rot2::from_angle(shape.angle);
        let mut mesh = Mesh { indices, vertices: source.vertices.clone(), ..Default::default() };
        for vertex in &mut mesh.vertices {
            vertex.pos = shape.pos + rotation * (row.pos.to_vec2() + vertex.pos.to_vec2());
            vertex.color = visible_color(vertex.color, None, shape);
        }
        self.mesh(&mesh);
    }

    fn underline(&mut self, row: &PlacedRow, shape: &TextShape) {
        let rotation = Rot2::from_angle(shape.angle);
        let bounds = row.visuals.mesh_bounds.translate(row.pos.to_vec2());
        let [from, to] = [bounds.left_bottom(), bounds.right_bottom()];
        let [from, to] = [from, to].map(|point| shape.pos + rotation * point.to_vec2());
        self.segment(from, to, Stroke::new(shape.underline.width, shape.underline.color));
    }
}

/// Characters of one row with the same font, size, color and baseline.
pub(super) struct Run<'a> {
    pub face: &'a Face,
    pub size: f32,
    pub color: Color32,
    pub italics: bool,
    pub baseline: f32,
    /// The origins of the leading characters; those without one follow as the font has it.
    pub xs: Vec<f32>,
    pub text: String,
    /// Set when the next character cannot be placed by `xs` any more.
    full: bool,
}

impl Run<'_> {
    fn continues(&self, face: &Face, size: f32, color: Color32, italics: bool, baseline: f32) -> bool {
        !self.full
            && std::ptr::eq(self.face, face)
            && self.size == size
            && self.color == color
            && self.italics == italics
            && self.baseline == baseline
    }

    /// Writes the attributes; says whether the element stands.
    fn write(&self, element: Element<'_>) -> bool {
        let mut xs = String::new();
        let finite = self.xs.iter().fold(true, |finite, x| {
            if !xs.is_empty() {
                xs.push(' ');
            }
            finite & push_number(&mut xs, *x)
        });
        let element = element
            .text("x", &xs)
            .number("y", if finite { self.baseline } else { f32::NAN })
            .text("font-family", &format!("{}, {}", self.face.family, self.face.generic));
        let element = match self.face.weight {
            400 => element,
            weight => element.number("font-weight", f32::from(weight)),
        };
        let element = if self.italics { element.text("font-style", "italic") } else { element };
        element.number("font-size", self.size).fill(self.color).close_start()
    }

    pub(super) fn write_content(&self, out: &mut String) {
        self.text.chars().for_each(|character| push_escaped(out, character));
    }
}

/// The runs of a row, without the blanks at its end.
fn runs<'a>(row: &PlacedRow, shape: &TextShape, formats: &mut Formats<'_>) -> Vec<Run<'a>> {
    let book = fonts::book();
    let shown = row.glyphs.iter().rposition(|glyph| !glyph.chr.is_whitespace()).map_or(0, |last| last + 1);
    let origin = shape.pos.to_vec2() + row.pos.to_vec2();
    let mut runs: Vec<Run<'a>> = Vec::new();
    let mut origins = Origins::new(shape.galley.pixels_per_point);
    for (index, glyph) in row.glyphs.iter().take(shown).enumerate() {
        let format = formats.next();
        let Pos2 { x, y: baseline } = origins.next(glyph, format) + origin;
        if index > 0 && is_continuation(glyph) {
            // Part of the glyph before it, as the "i" in an "fi" that is one letter: it has no place of its own.
            if let Some(run) = runs.last_mut() {
                run.text.push(glyph.chr);
                run.full = true;
            }
            continue;
        }
        let Some(face) = book.face(&format.font_id.family, glyph.chr) else { continue };
        let size = format.font_id.size * face.scale;
        let color = visible_color(format.color, shape.override_text_color, shape);
        if !runs.last().is_some_and(|run| run.continues(face, size, color, format.italics, baseline)) {
            let italics = format.italics;
            let (xs, text) = (Vec::new(), String::new());
            runs.push(Run { face, size, color, italics, baseline, xs, text, full: false });
        }
        if let Some(run) = runs.last_mut() {
            run.xs.push(x);
            run.text.push(glyph.chr);
            // Browsers count `x` in UTF-16 units, others in characters: after a pair the two would disagree.
            run.full = glyph.chr.len_utf16() > 1;
        }
    }
    runs.retain(|run| run.color.a() > 0);
    runs
}

/// A character without a glyph of its own: egui gives it no width and no pixels.
fn is_continuation(glyph: &Glyph) -> bool {
    glyph.advance_width == 0.0 && glyph.uv_rect.is_nothing()
}

/// The exact origins of a row's glyphs, from the rounded ones and the advances.
struct Origins {
    pixel: f32,
    next: Option<f32>,
}

impl Origins {
    fn new(pixels_per_point: f32) -> Self {
        Self { pixel: 1.0 / pixels_per_point, next: None }
    }

    /// The origin of the next glyph of the row, in the row's coordinates.
    fn next(&mut self, glyph: &Glyph, format: &TextFormat) -> Pos2 {
        let sum = self.next.filter(|sum| (sum - glyph.pos.x).abs() <= self.pixel);
        let x = sum.unwrap_or(glyph.pos.x);
        self.next = Some(x + glyph.advance_width + format.extra_letter_spacing);
        Pos2::new(x, glyph.pos.y)
    }
}

/// The format of each character of a galley in turn: rows hold the characters of the text in order.
struct Formats<'a> {
    galley: &'a Galley,
    characters: std::iter::Peekable<std::str::CharIndices<'a>>,
    /// Characters of the current row that were asked for.
    taken: usize,
    section: usize,
    default: TextFormat,
}

impl<'a> Formats<'a> {
    fn new(galley: &'a Galley) -> Self {
        let characters = galley.job.text.char_indices().peekable();
        Self { galley, characters, taken: 0, section: 0, default: TextFormat::default() }
    }

    fn next(&mut self) -> &TextFormat {
        self.taken += 1;
        let sections = &self.galley.job.sections;
        if let Some((byte, _)) = self.characters.next() {
            while sections.get(self.section).is_some_and(|section| section.byte_range.end.0 <= byte)
                && self.section + 1 < sections.len()
            {
                self.section += 1;
            }
        }
        sections.get(self.section).map_or(&self.default, |section| &section.format)
    }

    /// Passes over what was not asked for, and over the newline, which has no glyph.
    fn end_row(&mut self, row: &PlacedRow) {
        for _ in self.taken..row.char_count_including_newline().0 {
            self.characters.next();
        }
        self.taken = 0;
    }
}

/// The color egui paints, as its tessellator decides it.
fn visible_color(color: Color32, replacement: Option<Color32>, shape: &TextShape) -> Color32 {
    let color = match replacement {
        Some(replacement) => replacement,
        None if color == Color32::PLACEHOLDER => shape.fallback_color,
        None => color,
    };
    if shape.opacity_factor < 1.0 { color.gamma_multiply(shape.opacity_factor) } else { color }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_follow_the_advances_and_return_to_the_pixel_when_they_disagree() {
        let mut glyph = blank();
        glyph.advance_width = 2.6;
        let mut origins = Origins::new(1.0);
        let mut xs = Vec::new();
        for x in [0.0, 3.0, 5.0, 20.0] {
            glyph.pos.x = x;
            xs.push(origins.next(&glyph, &TextFormat::default()).x);
        }
        assert_eq!(xs, [0.0, 2.6, 5.2, 20.0]);
    }

    /// A glyph as egui lays it out: the type has private parts.
    fn blank() -> Glyph {
        let mut fonts = egui::epaint::text::Fonts::new(Default::default(), fonts::definitions());
        let galley = fonts.with_pixels_per_point(1.0).layout_no_wrap(
            "a".to_owned(),
            egui::FontId::proportional(12.0),
            Color32::BLACK,
        );
        let row = galley.rows.first().unwrap();
        *row.glyphs.first().unwrap()
    }
}
