//! SVG to a PDF of one page: lines stay lines, text stays text with its font embedded, a texture is one image.
//!
//! The same SVG gives the same bytes: nothing of the day or of chance goes in. A scenario goes along as an attached
//! file, written plain, so that [`scenario`] finds it again without reading the rest of the PDF.

mod attachment;
mod page;
mod paint;
mod text;

#[cfg(test)]
mod tests;

use krilla::SerializeSettings;
use krilla::document::Document;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use resvg::usvg;

use super::raster;

pub use attachment::scenario;

/// The longest side of a page in points: beyond it some viewers show nothing (ISO 32000-1, annex C.2).
pub const MAX_SIDE: f32 = 14_400.0;

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The text is not SVG.
    #[error("the SVG cannot be read: {0}")]
    Svg(#[from] usvg::Error),
    /// A side is longer than [`MAX_SIDE`].
    #[error("a page of {width}×{height} points cannot be made: each side may have {MAX_SIDE} points at most")]
    Size {
        /// The width of the SVG in points.
        width: f32,
        /// The height of the SVG in points.
        height: f32,
    },
    /// The SVG has what the figures of this program do not have and PDF would show differently.
    #[error("the SVG has {0}, which is not brought into a PDF")]
    Unsupported(&'static str),
    /// The scenario is larger than any that is read back.
    #[error("the scenario is larger than {} bytes", attachment::MAX_BYTES)]
    Scenario,
    /// The PDF cannot be put together.
    #[error("the PDF cannot be written: {0}")]
    Writing(String),
}

/// The picture of an SVG text as a PDF whose page is as large as the picture, a point for a unit of the SVG.
///
/// Solid colors, clip paths, opacity, text and embedded PNG images are known: what `svg::from_shapes` writes for a
/// figure. `title` is what viewers call it; it may be empty. `scenario` is attached as `scenario.toml`.
///
/// # Errors
/// Text that is not SVG; a page that is too large; gradients, patterns, masks, filters and other images.
pub fn from_svg(svg: &str, title: &str, scenario: Option<&str>) -> Result<Vec<u8>, PdfError> {
    let tree = raster::tree(svg)?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let settings = PageSettings::from_wh(width, height)
        .filter(|_| width <= MAX_SIDE && height <= MAX_SIDE)
        .ok_or(PdfError::Size { width, height })?;
    // Tags would have to say what is what on the page, which an SVG of shapes does not.
    let mut document =
        Document::new_with(SerializeSettings { enable_tagging: false, ..SerializeSettings::default() });
    let metadata = Metadata::new().creator("Downhill".to_owned());
    document.set_metadata(if title.is_empty() { metadata } else { metadata.title(title.to_owned()) });
    if let Some(text) = scenario {
        attachment::attach(&mut document, text)?;
    }
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let result = page::draw(&tree, &mut surface);
    surface.finish();
    page.finish();
    result?;
    document.finish().map_err(|error| PdfError::Writing(error.to_string()))
}
