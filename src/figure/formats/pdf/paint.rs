//! Outlines, fills and strokes of an SVG as those of a PDF.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use resvg::tiny_skia::{PathSegment, Point, Transform as SvgTransform};
use resvg::usvg;

use super::PdfError;

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

pub(super) fn add_segments(path: &usvg::Path, transform: SvgTransform, outline: &mut PathBuilder) {
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

pub(super) fn opacity(opacity: usvg::Opacity) -> NormalizedF32 {
    NormalizedF32::new(opacity.get()).unwrap_or(NormalizedF32::ONE)
}

pub(super) fn transform(transform: SvgTransform) -> Transform {
    let SvgTransform { sx, ky, kx, sy, tx, ty } = transform;
    Transform::from_row(sx, ky, kx, sy, tx, ty)
}
