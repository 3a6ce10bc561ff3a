//! What egui drew, as SVG: every shape gets its counterpart, in the order of painting, coordinates in points.
//!
//! Shapes in a row with the same clip rectangle share one group. What cannot be seen is left out: shapes outside
//! their clip rectangle, shapes without color, and shapes with a number that is not finite.
//! The same shapes give the same bytes. Some things are simpler than on screen: a path's stroke is centered on the
//! path even where egui has it inside or outside, nothing is rounded to whole pixels, and the passing scale of an
//! animation that opens a popup is not applied.

mod element;
mod image;
mod letters;
mod mesh;
mod outlines;
mod shapes;
mod text;
mod visible;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use egui::epaint::ClippedShape;
use egui::{Color32, Pos2, Rect, Shape, Vec2};

use super::textures::TextureImages;
use element::Element;
pub(in crate::figure) use element::push_escaped;
use letters::Letters;

/// What a file in SVG has beyond its shapes.
#[derive(Clone, Copy, Debug)]
pub struct SvgOptions<'a> {
    /// The color of the page.
    pub background: Option<Color32>,
    /// How many times larger than its shapes the picture is.
    pub zoom: f32,
    /// What its width and height are counted in: `pt`, or nothing for pixels.
    pub unit: &'static str,
    /// By how much a line may leave its points, in points of the shapes, so that it can have fewer of them.
    pub tolerance: f32,
    /// How text is written.
    pub letters: LetterKind,
    /// What the picture is called; may be empty.
    pub title: &'a str,
    /// Markup that is put before the shapes as it is.
    pub metadata: &'a str,
}

/// How text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterKind {
    /// As text in fonts that the reader has.
    Named,
    /// As text, with the letters that are used in the file, so that it looks the same where the fonts are missing.
    Embedded,
    /// As shapes, which look the same wherever the file is shown and are not text any more.
    Outlines,
}

impl Default for SvgOptions<'_> {
    fn default() -> Self {
        Self {
            background: None,
            zoom: 1.0,
            unit: "",
            tolerance: 0.0,
            letters: LetterKind::Named,
            title: "",
            metadata: "",
        }
    }
}

/// The SVG text of `shapes` on a page of `size` points, on `background` or on nothing.
///
/// `textures` holds the pixels of the images among the shapes; an image without pixels is left out.
pub fn from_shapes(
    shapes: &[ClippedShape],
    size: Vec2,
    textures: &TextureImages,
    background: Option<Color32>,
) -> String {
    from_shapes_with(shapes, size, textures, &SvgOptions { background, ..SvgOptions::default() })
}

/// The SVG text of `shapes`, as [`from_shapes`], with everything that a file needs.
pub fn from_shapes_with(
    shapes: &[ClippedShape],
    size: Vec2,
    textures: &TextureImages,
    options: &SvgOptions<'_>,
) -> String {
    let mut page = Page::new(Rect::from_min_size(Pos2::ZERO, size), textures, *options);
    if let Some(color) = options.background {
        page.element("rect").number("width", size.x).number("height", size.y).fill(color).close();
    }
    for ClippedShape { clip_rect, shape, .. } in shapes {
        page.clipped(*clip_rect, shape);
    }
    page.finish()
}

/// An element that others refer to by its id.
#[derive(PartialEq)]
struct Definition {
    name: &'static str,
    attributes: &'static str,
    content: String,
}

/// An SVG document that is being written.
struct Page<'a> {
    textures: &'a TextureImages,
    options: SvgOptions<'a>,
    /// The letters of each font that are used.
    letters: Letters,
    whole: Rect,
    /// Elements so far, the last clip group perhaps still open.
    body: String,
    /// What stands in `<defs>`; the place in the list is the id.
    definitions: Vec<Definition>,
    /// Where drawing may go now. Equal to `whole` outside every clip group.
    clip: Rect,
}

impl<'a> Page<'a> {
    fn new(whole: Rect, textures: &'a TextureImages, options: SvgOptions<'a>) -> Self {
        let (letters, body, definitions) = (Letters::default(), String::new(), Vec::new());
        Self { textures, options, letters, whole, body, definitions, clip: whole }
    }

    /// Begins an element without children.
    fn element(&mut self, name: &'static str) -> Element<'_> {
        Element::begin(&mut self.body, name)
    }

    /// The id of a definition, written once however often it is used.
    fn define(&mut self, name: &'static str, attributes: &'static str, content: String) -> usize {
        let definition = Definition { name, attributes, content };
        self.definitions.iter().position(|known| *known == definition).unwrap_or_else(|| {
            self.definitions.push(definition);
            self.definitions.len() - 1
        })
    }

    fn clipped(&mut self, clip: Rect, shape: &Shape) {
        let clip = clip.intersect(self.whole);
        if !clip.is_positive() || !may_be_seen(shape, clip) {
            return;
        }
        if clip != self.clip {
            self.end_clip();
            if clip != self.whole {
                let mut rect = String::new();
                Element::begin(&mut rect, "rect").rect(clip).close();
                let id = self.define("clipPath", "", rect);
                let _ = writeln!(self.body, r##"<g clip-path="url(#d{id})">"##);
            }
            self.clip = clip;
        }
        self.shape(shape);
    }

    fn end_clip(&mut self) {
        if self.clip != self.whole {
            self.body.push_str("</g>\n");
        }
        self.clip = self.whole;
    }

    fn finish(mut self) -> String {
        self.end_clip();
        let mut out = String::with_capacity(self.body.len() + 1024);
        let SvgOptions { zoom, unit, title, metadata, .. } = self.options;
        let [width, height] = [self.whole.width(), self.whole.height()].map(element::short);
        let [shown_width, shown_height] =
            [self.whole.width(), self.whole.height()].map(|side| element::short(side * zoom));
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             width=\"{shown_width}{unit}\" height=\"{shown_height}{unit}\" viewBox=\"0 0 {width} {height}\" \
             xml:space=\"preserve\">"
        );
        if !title.is_empty() {
            out.push_str("<title>");
            title.chars().for_each(|character| element::push_escaped(&mut out, character));
            out.push_str("</title>\n");
        }
        out.push_str(metadata);
        if self.options.letters == LetterKind::Embedded {
            self.letters.write(&mut out);
        }
        if !self.definitions.is_empty() {
            out.push_str("<defs>\n");
            for (id, Definition { name, attributes, content }) in self.definitions.iter().enumerate() {
                let _ = writeln!(out, "<{name} id=\"d{id}\"{attributes}>{}</{name}>", content.trim_end());
            }
            out.push_str("</defs>\n");
        }
        // Shapes are stroked or filled only where they say so.
        let _ = write!(out, "<g fill=\"none\" stroke-linejoin=\"round\">\n{}</g>\n</svg>\n", self.body);
        out
    }
}

/// False where the shape has no extent, no color or lies outside `clip`; true where that cannot be told.
fn may_be_seen(shape: &Shape, clip: Rect) -> bool {
    match shape {
        Shape::Noop | Shape::Callback(_) => false,
        Shape::Vec(shapes) => !shapes.is_empty(),
        _ => {
            let bounds = shape.visual_bounding_rect();
            // Comparisons with NaN are false: such a shape is not seen.
            bounds.max.x >= clip.min.x
                && clip.max.x >= bounds.min.x
                && bounds.max.y >= clip.min.y
                && clip.max.y >= bounds.min.y
        }
    }
}
