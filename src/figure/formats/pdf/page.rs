//! The tree of an SVG on a PDF page: groups, clip paths, paths and images.

use krilla::geom::{PathBuilder, Size};
use krilla::image::Image;
use krilla::paint::FillRule;
use krilla::surface::Surface;
use resvg::usvg::{self, Node};

use super::PdfError;
use super::paint::{add_segments, draw_path, opacity, transform};
use super::text::Fonts;

/// Draws a tree on a page of its size.
pub(super) fn draw(tree: &usvg::Tree, surface: &mut Surface<'_>) -> Result<(), PdfError> {
    group(tree.root(), surface, &mut Fonts::new(tree.fontdb()))
}

fn group(group: &usvg::Group, surface: &mut Surface<'_>, fonts: &mut Fonts<'_>) -> Result<(), PdfError> {
    if !group.filters().is_empty() {
        return Err(PdfError::Unsupported("a filter"));
    }
    if group.mask().is_some() {
        return Err(PdfError::Unsupported("a mask"));
    }
    if group.blend_mode() != usvg::BlendMode::Normal {
        return Err(PdfError::Unsupported("a blend mode"));
    }
    surface.push_transform(&transform(group.transform()));
    let mut pushed = 1;
    if let Some(clip) = group.clip_path() {
        pushed += push_clip(clip, surface)?;
    }
    if group.opacity() != usvg::Opacity::ONE {
        surface.push_opacity(opacity(group.opacity()));
        surface.push_isolated();
        pushed += 2;
    }
    let result = group.children().iter().try_for_each(|node| match node {
        Node::Group(inner) => self::group(inner, surface, fonts),
        Node::Path(path) => draw_path(path, surface),
        Node::Image(image) => draw_image(image, surface),
        Node::Text(text) => fonts.draw(text, surface),
    });
    (0..pushed).for_each(|_| surface.pop());
    result
}

/// Clips all that follows. Returns how often to pop.
fn push_clip(clip: &usvg::ClipPath, surface: &mut Surface<'_>) -> Result<usize, PdfError> {
    let outer = clip.clip_path().map_or(Ok(0), |outer| push_clip(outer, surface))?;
    let mut outline = PathBuilder::new();
    for node in clip.root().children() {
        let Node::Path(path) = node else { return Err(PdfError::Unsupported("a clip path of groups")) };
        add_segments(path, clip.transform(), &mut outline);
    }
    // Without an outline nothing is inside.
    let outline = outline.finish().or_else(|| {
        let mut nothing = PathBuilder::new();
        nothing.move_to(0.0, 0.0);
        nothing.line_to(0.0, 0.0);
        nothing.finish()
    });
    if let Some(outline) = &outline {
        surface.push_clip_path(outline, &FillRule::NonZero);
    }
    Ok(outer + usize::from(outline.is_some()))
}

fn draw_image(image: &usvg::Image, surface: &mut Surface<'_>) -> Result<(), PdfError> {
    let usvg::ImageKind::PNG(bytes) = image.kind() else {
        return Err(PdfError::Unsupported("an image that is not PNG"));
    };
    let smooth = image.rendering_mode() != usvg::ImageRendering::Pixelated;
    let converted = Image::from_png(bytes.to_vec().into(), smooth).map_err(PdfError::Writing)?;
    if image.is_visible()
        && let Some(size) = Size::from_wh(image.size().width(), image.size().height())
    {
        surface.draw_image(converted, size);
    }
    Ok(())
}
