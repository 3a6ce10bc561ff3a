//! What egui drew, as SVG: every shape gets its counterpart, in the order of painting, coordinates in points.
//!
//! Shapes in a row with the same clip rectangle share one group. What cannot be seen is left out: shapes outside
//! their clip rectangle, shapes without color, and shapes with a number that is not finite.
//! The same shapes give the same bytes. Some things are simpler than on screen: a path's stroke is centered on the
//! path even where egui has it inside or outside, nothing is rounded to whole pixels, and the passing scale of an
//! animation that opens a popup is not applied.

mod element;
mod image;
mod mesh;
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

/// The SVG text of `shapes` on a page of `size` points, on `background` or on nothing.
///
/// `textures` holds the pixels of the images among the shapes; an image without pixels is left out.
pub fn from_shapes(
    shapes: &[ClippedShape],
    size: Vec2,
    textures: &TextureImages,
    background: Option<Color32>,
) -> String {
    let mut page = Page::new(Rect::from_min_size(Pos2::ZERO, size), textures);
    if let Some(color) = background {
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
    whole: Rect,
    /// Elements so far, the last clip group perhaps still open.
    body: String,
    /// What stands in `<defs>`; the place in the list is the id.
    definitions: Vec<Definition>,
    /// Where drawing may go now. Equal to `whole` outside every clip group.
    clip: Rect,
}

impl<'a> Page<'a> {
    fn new(whole: Rect, textures: &'a TextureImages) -> Self {
        Self { textures, whole, body: String::new(), definitions: Vec::new(), clip: whole }
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
        let (width, height) = (element::short(self.whole.width()), element::short(self.whole.height()));
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" xml:space=\"preserve\">"
        );
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
