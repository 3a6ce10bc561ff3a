//! The tree of an SVG on a PDF page: groups, clip paths, paths and images.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Size, Transform};
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use resvg::tiny_skia::{PathSegment, Point, Transform as SvgTransform};
use resvg::usvg::{self, Node};

use super::PdfError;
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

pub(super) fn draw_path(path: &usvg::Path, surface: &mut Surface<'_>) -> Result<(), PdfError> {
    let fill = path.fill().map(convert_fill).transpose()?;
    let stroke = path.stroke().map(convert_stroke).transpose()?;
    if path.is_visible()
        && (fill.is_some() || stroke.is_some())
        && let Some(outline) = outline(path)
    {
        surface.set_fill(fill);
        surface.set_stroke(stroke);
        surface.draw_path(&outline);
    }
    Ok(())
}

fn outline(path: &usvg::Path) -> Option<Path> {
    let mut outline = PathBuilder::new();
    add_segments(path, SvgTransform::identity(), &mut outline);
    outline.finish()
}

fn add_segments(path: &usvg::Path, transform: SvgTransform, outline: &mut PathBuilder) {
    let map = |mut point: Point| {
        transform.map_point(&mut point);
        point
    };
    for segment in path.data().segments() {
        match segment {
            PathSegment::MoveTo(to) => {
                let to = map(to);
                outline.move_to(to.x, to.y);
            }
            PathSegment::LineTo(to) => {
                let to = map(to);
                outline.line_to(to.x, to.y);
            }
            PathSegment::QuadTo(control, to) => {
                let [control, to] = [control, to].map(map);
                outline.quad_to(control.x, control.y, to.x, to.y);
            }
            PathSegment::CubicTo(first, second, to) => {
                let [first, second, to] = [first, second, to].map(map);
                outline.cubic_to(first.x, first.y, second.x, second.y, to.x, to.y);
            }
            PathSegment::Close => outline.close(),
        }
    }
}

pub(super) fn convert_fill(fill: &usvg::Fill) -> Result<Fill, PdfError> {
    let rule = match fill.rule() {
        usvg::FillRule::NonZero => FillRule::NonZero,
        usvg::FillRule::EvenOdd => FillRule::EvenOdd,
    };
    Ok(Fill { paint: color(fill.paint())?.into(), opacity: opacity(fill.opacity()), rule })
}

fn convert_stroke(stroke: &usvg::Stroke) -> Result<Stroke, PdfError> {
    Ok(Stroke {
        paint: color(stroke.paint())?.into(),
        width: stroke.width().get(),
        miter_limit: stroke.miterlimit().get(),
        line_cap: match stroke.linecap() {
            usvg::LineCap::Butt => LineCap::Butt,
            usvg::LineCap::Round => LineCap::Round,
            usvg::LineCap::Square => LineCap::Square,
        },
        line_join: match stroke.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoin::Miter,
            usvg::LineJoin::Round => LineJoin::Round,
            usvg::LineJoin::Bevel => LineJoin::Bevel,
        },
        opacity: opacity(stroke.opacity()),
        dash: stroke
            .dasharray()
            .map(|lengths| StrokeDash { array: lengths.to_vec(), offset: stroke.dashoffset() }),
    })
}

fn color(paint: &usvg::Paint) -> Result<rgb::Color, PdfError> {
    match paint {
        usvg::Paint::Color(color) => Ok(rgb::Color::new(color.red, color.green, color.blue)),
        _ => Err(PdfError::Unsupported("a gradient or a pattern")),
    }
}

fn opacity(opacity: usvg::Opacity) -> NormalizedF32 {
    NormalizedF32::new(opacity.get()).unwrap_or(NormalizedF32::ONE)
}

pub(super) fn transform(transform: SvgTransform) -> Transform {
    let SvgTransform { sx, ky, kx, sy, tx, ty } = transform;
    Transform::from_row(sx, ky, kx, sy, tx, ty)
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
