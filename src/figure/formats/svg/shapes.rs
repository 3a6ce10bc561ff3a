//! The counterpart of each egui shape but text and meshes.

use egui::epaint::{
    BandShape, CircleShape, ColorMode, CornerRadiusF32, CubicBezierShape, EllipseShape, PathShape,
    PathStroke, QuadraticBezierShape, RectShape,
};
use egui::{Color32, Pos2, Rect, Shape, Stroke, StrokeKind, emath::Rot2, pos2};

use super::element::short;
use super::{Page, visible};

impl Page<'_> {
    /// Writes one shape, whatever it is.
    pub(super) fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Noop => {}
            // What a graphics card would draw on its own has no counterpart.
            Shape::Callback(_) => {}
            Shape::Vec(shapes) => {
                let clip = self.clip;
                for shape in shapes {
                    if super::may_be_seen(shape, clip) {
                        self.shape(shape);
                    }
                }
            }
            Shape::Circle(circle) => self.circle(circle),
            Shape::Ellipse(ellipse) => self.ellipse(ellipse),
            Shape::LineSegment { points: [from, to], stroke } => self.segment(*from, *to, *stroke),
            Shape::Path(path) => self.path(path),
            Shape::Band(band) => self.band(band),
            Shape::Rect(rect) => self.rect(rect),
            Shape::Text(text) => self.text(text),
            Shape::Mesh(mesh) => self.mesh(mesh),
            Shape::QuadraticBezier(curve) => self.quadratic_bezier(curve),
            Shape::CubicBezier(curve) => self.cubic_bezier(curve),
        }
    }

    fn circle(&mut self, circle: &CircleShape) {
        let CircleShape { center, radius, fill, stroke } = *circle;
        self.element("circle")
            .number("cx", center.x)
            .number("cy", center.y)
            .number("r", radius)
            .fill(fill)
            .stroke(stroke)
            .close();
    }

    fn ellipse(&mut self, ellipse: &EllipseShape) {
        let EllipseShape { center, radius, fill, stroke, angle } = *ellipse;
        self.element("ellipse")
            .number("cx", center.x)
            .number("cy", center.y)
            .number("rx", radius.x)
            .number("ry", radius.y)
            .fill(fill)
            .stroke(stroke)
            .rotation(angle, center)
            .close();
    }

    pub(super) fn segment(&mut self, from: Pos2, to: Pos2, stroke: Stroke) {
        self.line(&[from, to], stroke);
    }

    fn path(&mut self, path: &PathShape) {
        let PathShape { points, closed, fill, stroke } = path;
        // egui fills closed paths only.
        let fill = if *closed { *fill } else { Color32::TRANSPARENT };
        match &stroke.color {
            ColorMode::Solid(color) => {
                self.polyline(points, *closed, fill, Stroke::new(stroke.width, *color));
            }
            ColorMode::UV(color_at) => {
                self.polyline(points, *closed, fill, Stroke::NONE);
                let bounds = Rect::from_points(points);
                let last = if *closed { points.first() } else { None };
                let ends = points.iter().skip(1).chain(last);
                for (from, to) in points.iter().zip(ends) {
                    let color = color_at(bounds, from.lerp(*to, 0.5));
                    self.segment(*from, *to, Stroke::new(stroke.width, color));
                }
            }
        }
    }

    fn polyline(&mut self, points: &[Pos2], closed: bool, fill: Color32, stroke: Stroke) {
        let filled = fill != Color32::TRANSPARENT;
        if points.len() < 2 || (!filled && stroke.is_empty()) {
            return;
        }
        if !closed {
            self.line(points, stroke);
        } else if filled || points.iter().all(|point| self.clip.contains(*point)) {
            self.element("path").path(line_letters(points), "Z").fill(fill).stroke(stroke).close();
        } else {
            let around: Vec<Pos2> = points.iter().chain(points.first()).copied().collect();
            self.line(&around, stroke);
        }
    }

    /// The part of an open line that can be seen.
    fn line(&mut self, points: &[Pos2], stroke: Stroke) {
        if stroke.is_empty() || !stroke.width.is_finite() {
            return;
        }
        // Wide enough that neither the end of a cut nor a join beyond it reaches into the clip rectangle.
        let bounds = self.clip.expand(2.0 * stroke.width + 1.0);
        for piece in visible::pieces(points.iter().copied(), bounds) {
            let piece = visible::simplified(piece, self.options.tolerance);
            self.element("path").path(line_letters(&piece), "").stroke(stroke).close();
        }
    }

    fn band(&mut self, band: &BandShape) {
        let rotation = Rot2::from_angle(band.angle);
        let upper = band.points.iter().map(|point| pos2(point.x, point.y.min));
        let lower = band.points.iter().rev().map(|point| pos2(point.x, point.y.max));
        let outline: Vec<Pos2> =
            upper.chain(lower).map(|point| (rotation * point.to_vec2()).to_pos2()).collect();
        self.polyline(&outline, true, band.fill, band.stroke);
    }

    fn rect(&mut self, shape: &RectShape) {
        if let Some(brush) = &shape.brush {
            self.textured_rect(shape.rect, brush.uv, brush.fill_texture_id, shape.fill);
        }
        let fill = if shape.brush.is_some() { Color32::TRANSPARENT } else { shape.fill };
        let radius = CornerRadiusF32::from(shape.corner_radius);
        let radii = [radius.nw, radius.ne, radius.se, radius.sw];
        // The fill reaches to the rectangle itself and, as in egui, is covered by a stroke that lies inside;
        // SVG centers the stroke on the outline, so that a stroke inside or outside needs an outline of its own.
        let outset = match shape.stroke_kind {
            _ if shape.stroke.is_empty() => 0.0,
            StrokeKind::Inside => -0.5 * shape.stroke.width,
            StrokeKind::Middle => 0.0,
            StrokeKind::Outside => 0.5 * shape.stroke.width,
        };
        let blur = self.blur(shape.blur_width);
        if outset == 0.0 {
            self.outline(shape, shape.rect, radii, fill, shape.stroke, blur);
        } else {
            self.outline(shape, shape.rect, radii, fill, Stroke::NONE, blur);
            let grown = radii.map(|radius| if radius > 0.0 { (radius + outset).max(0.0) } else { 0.0 });
            self.outline(shape, shape.rect.expand(outset), grown, Color32::TRANSPARENT, shape.stroke, blur);
        }
    }

    /// One rectangle with the corner radii north-west, north-east, south-east, south-west.
    fn outline(
        &mut self,
        shape: &RectShape,
        rect: Rect,
        radii: [f32; 4],
        fill: Color32,
        stroke: Stroke,
        blur: Option<usize>,
    ) {
        if (fill == Color32::TRANSPARENT && stroke.is_empty()) || rect.is_negative() {
            return;
        }
        // egui's own bound for rectangles without end, such as a fill of everything.
        let far = Rect::from_min_max(pos2(-1e6, -1e6), pos2(1e6, 1e6));
        let rect = if rect.any_nan() { rect } else { rect.intersect(far) };
        let most = 0.5 * rect.size().min_elem();
        let radii = radii.map(|radius| radius.min(most));
        let [nw, ne, se, sw] = radii;
        let element = if nw == ne && ne == se && se == sw {
            let element = self.element("rect").rect(rect);
            match nw {
                0.0 if stroke.is_empty() => element,
                0.0 => element.text("stroke-linejoin", "miter"),
                _ => element.number("rx", nw),
            }
        } else {
            let path = rounded_path(rect, radii);
            self.element("path").text("d", &path).text("stroke-linejoin", "miter")
        };
        let element = element.fill(fill).stroke(stroke).rotation(shape.angle, rect.center());
        match blur {
            Some(id) => element.text("filter", &format!("url(#d{id})")).close(),
            None => element.close(),
        };
    }

    /// The id of a blur as wide as egui's.
    ///
    /// egui fades linearly over `width`, which is what a box of that width does to an edge; the Gaussian with the
    /// same variance has the standard deviation width / √12.
    fn blur(&mut self, width: f32) -> Option<usize> {
        (width > 0.0 && width.is_finite()).then(|| {
            let deviation = short(width / 12.0_f32.sqrt());
            let content = format!("<feGaussianBlur stdDeviation=\"{deviation}\"/>");
            // Room for the blur on every side: the page of the filter is three times the shape.
            self.define("filter", " x=\"-1\" y=\"-1\" width=\"3\" height=\"3\"", content)
        })
    }

    fn quadratic_bezier(&mut self, curve: &QuadraticBezierShape) {
        let [start, control, end] = curve.points;
        self.curve([("M", start), ("Q", control), ("", end)], curve.closed, curve.fill, &curve.stroke);
    }

    fn cubic_bezier(&mut self, curve: &CubicBezierShape) {
        let [start, first, second, end] = curve.points;
        let parts = [("M", start), ("C", first), ("", second), ("", end)];
        self.curve(parts, curve.closed, curve.fill, &curve.stroke);
    }

    fn curve<const N: usize>(
        &mut self,
        parts: [(&'static str, Pos2); N],
        closed: bool,
        fill: Color32,
        stroke: &PathStroke,
    ) {
        let fill = if closed { fill } else { Color32::TRANSPARENT };
        let end = if closed { "Z" } else { "" };
        let stroke = match &stroke.color {
            ColorMode::Solid(color) => Stroke::new(stroke.width, *color),
            // A curve is one element: the color half way between its ends stands for all.
            ColorMode::UV(color_at) => {
                let bounds = Rect::from_points(&parts.map(|(_, point)| point));
                Stroke::new(stroke.width, color_at(bounds, bounds.center()))
            }
        };
        self.element("path").path(parts, end).fill(fill).stroke(stroke).close();
    }
}

/// The points of a line with the letters of path data: move to the first, lines to the others.
fn line_letters(points: &[Pos2]) -> impl Iterator<Item = (&'static str, Pos2)> {
    ["M", "L"].into_iter().chain(std::iter::repeat("")).zip(points.iter().copied())
}

/// Path data of a rectangle with four radii, clockwise from the top left corner.
fn rounded_path(rect: Rect, [nw, ne, se, sw]: [f32; 4]) -> String {
    let [left, right] = [rect.left(), rect.right()];
    let [top, bottom] = [rect.top(), rect.bottom()];
    let arc = |radius: f32, to: Pos2| {
        let radius = short(radius);
        format!("A{radius} {radius} 0 0 1 {} {}", short(to.x), short(to.y))
    };
    format!(
        "M{} {}H{}{}V{}{}H{}{}V{}{}Z",
        short(left + nw),
        short(top),
        short(right - ne),
        arc(ne, pos2(right, top + ne)),
        short(bottom - se),
        arc(se, pos2(right - se, bottom)),
        short(left + sw),
        arc(sw, pos2(left, bottom - sw)),
        short(top + nw),
        arc(nw, pos2(left + nw, top)),
    )
}
