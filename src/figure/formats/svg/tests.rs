//! The SVG as a whole: every shape has its counterpart, and resvg's picture of it shows what egui drew.

mod meshes;
mod plot;
mod text;

use std::sync::Arc;

use egui::epaint::{
    BandPoint, BandShape, CircleShape, ClippedShape, CubicBezierShape, EllipseShape, Mesh, PathShape,
    PathStroke, QuadraticBezierShape, RectShape, TextShape, Vertex,
};
use egui::{Color32, CornerRadius, Pos2, Rect, Shape, Stroke, StrokeKind, Theme, Ui, Vec2, pos2, vec2};
use resvg::usvg::roxmltree::{Document, Node};

use super::from_shapes;
use crate::figure::formats::png;
use crate::figure::formats::textures::TextureImages;
use crate::figure::stage::{self, Drawing, Sheet};

const SIZE: Vec2 = vec2(200.0, 100.0);

fn clipped(shape: Shape) -> ClippedShape {
    ClippedShape::new(Rect::from_min_size(Pos2::ZERO, SIZE), shape)
}

/// The SVG of shapes that are clipped by the page only.
fn svg_of(shapes: impl IntoIterator<Item = Shape>) -> String {
    let shapes: Vec<ClippedShape> = shapes.into_iter().map(clipped).collect();
    from_shapes(&shapes, SIZE, &TextureImages::default(), None)
}

fn drawing_of(draw: impl FnMut(&mut Ui)) -> Drawing {
    stage::draw(Sheet::new(SIZE, Theme::Light), None, draw)
}

/// The elements that draw, in order, without groups and definitions.
fn drawn<'a>(document: &'a Document<'a>) -> Vec<Node<'a, 'a>> {
    let outside_defs = |node: &Node| !node.ancestors().any(|parent| parent.has_tag_name("defs"));
    let is_drawn = |node: &Node| node.is_element() && !["svg", "g"].contains(&node.tag_name().name());
    document.descendants().filter(|node| is_drawn(node) && outside_defs(node)).collect()
}

fn numbers(node: Node, attribute: &str) -> Vec<f32> {
    let text = node.attribute(attribute).unwrap_or_default();
    text.split([' ', ',']).filter(|part| !part.is_empty()).map(|part| part.parse().unwrap()).collect()
}

/// Red, green, blue of resvg's picture at a place given in points.
fn color_at(svg: &str, x: usize, y: usize) -> [u8; 3] {
    let (width, height) = (SIZE.x as u32, SIZE.y as u32);
    let pixels = png::pixels_from_svg(svg, width, height).unwrap();
    let start = (y * width as usize + x) * 4;
    [pixels[start], pixels[start + 1], pixels[start + 2]]
}

/// One shape of every kind, each with a fill or stroke that can be seen, and the elements that stand for it.
fn one_of_each() -> Vec<(Shape, &'static [&'static str])> {
    let (a, b, c, d) = (pos2(10.0, 10.0), pos2(60.0, 20.0), pos2(40.0, 60.0), pos2(20.0, 50.0));
    let (red, thin) = (Color32::RED, Stroke::new(1.0, Color32::BLACK));
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(Rect::from_two_pos(a, c), red);
    let triangle = vec![a, b, c];
    let band = vec![BandPoint::new(10.0, 5.0..=9.0), BandPoint::new(30.0, 2.0..=12.0)];
    let rect = Rect::from_two_pos(a, c);
    let plain = RectShape::new(rect, 0.0, red, thin, StrokeKind::Middle);
    let uneven = CornerRadius { nw: 1, ne: 5, sw: 0, se: 3 };
    vec![
        (Shape::Noop, &[]),
        (Shape::Vec(vec![Shape::circle_filled(a, 3.0, red), Shape::Noop]), &["circle"]),
        (Shape::Circle(CircleShape { center: a, radius: 3.0, fill: red, stroke: thin }), &["circle"]),
        (Shape::Ellipse(EllipseShape::filled(c, vec2(9.0, 4.0), red).with_angle(0.5)), &["ellipse"]),
        (Shape::line_segment([a, b], thin), &["path"]),
        (Shape::Path(PathShape::line(triangle.clone(), thin)), &["path"]),
        (Shape::Path(PathShape::convex_polygon(triangle.clone(), red, thin)), &["path"]),
        (
            Shape::Path(PathShape::line(triangle, PathStroke::new_uv(2.0, |_, _| Color32::RED))),
            &["path", "path"],
        ),
        (Shape::Band(BandShape::filled(band, red)), &["path"]),
        (Shape::Rect(plain.clone()), &["rect"]),
        (Shape::Rect(plain.clone().with_stroke_kind(StrokeKind::Outside)), &["rect", "rect"]),
        (Shape::Rect(plain.clone().with_blur_width(4.0).with_angle(0.2)), &["rect"]),
        (Shape::Rect(RectShape { corner_radius: uneven, ..plain }), &["path"]),
        (Shape::mesh(mesh), &["path"]),
        (
            Shape::QuadraticBezier(QuadraticBezierShape::from_points_stroke([a, b, c], false, red, thin)),
            &["path"],
        ),
        (Shape::CubicBezier(CubicBezierShape::from_points_stroke([a, b, c, d], true, red, thin)), &["path"]),
    ]
}

#[test]
fn every_shape_has_its_counterpart() {
    for (shape, expected) in one_of_each() {
        let svg = svg_of([shape.clone()]);
        let document = Document::parse(&svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
        let names: Vec<&str> = drawn(&document).iter().map(|node| node.tag_name().name()).collect();
        assert_eq!(names, expected, "{shape:?}\n{svg}");
    }
}

#[test]
fn geometry_is_kept() {
    let shapes = [
        Shape::circle_filled(pos2(10.25, 20.0), 3.5, Color32::RED),
        Shape::closed_line(vec![pos2(1.0, 2.0), pos2(3.0, 4.5), pos2(5.0, 6.0)], (2.0, Color32::BLUE)),
        Shape::rect_stroke(
            Rect::from_min_max(pos2(10.0, 10.0), pos2(30.0, 20.0)),
            0.0,
            (2.0, Color32::BLACK),
            StrokeKind::Inside,
        ),
    ];
    let svg = svg_of(shapes);
    for element in [
        r##"<circle cx="10.25" cy="20" r="3.5" fill="#ff0000"/>"##,
        r##"<path d="M1 2L3 4.5 5 6Z" stroke="#0000ff" stroke-width="2"/>"##,
        r##"<rect x="11" y="11" width="18" height="8" stroke-linejoin="miter" stroke="#000000" stroke-width="2"/>"##,
    ] {
        assert!(svg.contains(element), "{element}\n{svg}");
    }
}

#[test]
fn a_number_that_is_not_finite_removes_its_shape_and_nothing_else() {
    for bad in [f32::NAN, f32::INFINITY] {
        let thin = Stroke::new(1.0, Color32::BLACK);
        let vertices = [pos2(bad, 1.0), pos2(2.0, 5.0), pos2(9.0, 1.0)]
            .map(|pos| Vertex::untextured(pos, Color32::RED))
            .to_vec();
        let galley = first_text(&drawing_of(|ui| {
            ui.label("a");
        }))
        .galley;
        let shapes = [
            Shape::circle_filled(pos2(bad, 1.0), 1.0, Color32::RED),
            Shape::circle_filled(pos2(1.0, 1.0), f32::NAN, Color32::RED),
            Shape::line_segment([pos2(1.0, 1.0), pos2(1.0, bad)], thin),
            Shape::line(vec![pos2(1.0, 1.0), pos2(bad, 2.0), pos2(3.0, 3.0)], thin),
            Shape::line_segment([pos2(1.0, 1.0), pos2(2.0, 2.0)], Stroke::new(bad, Color32::RED)),
            Shape::Mesh(Arc::new(Mesh { indices: vec![0, 1, 2, 0, 1, 99], vertices, ..Mesh::default() })),
            Shape::Text(TextShape::new(pos2(bad, 1.0), galley, Color32::RED)),
            Shape::circle_filled(pos2(50.0, 50.0), 2.0, Color32::GREEN),
        ];
        let svg = svg_of(shapes);
        let document = Document::parse(&svg).unwrap();
        assert_eq!(drawn(&document).len(), 1, "{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}

#[test]
fn shapes_with_the_same_clip_share_one_group() {
    let dot = |x: f32| Shape::circle_filled(pos2(x, 10.0), 4.0, Color32::RED);
    let page = Rect::from_min_size(Pos2::ZERO, SIZE);
    let left = Rect::from_min_max(pos2(0.0, 0.0), pos2(50.0, 100.0));
    let shapes: Vec<ClippedShape> = [
        (left, 10.0),
        (left, 20.0),
        (left, 90.0), // outside: left out
        (page, 30.0),
        (left, 48.0),
        (Rect::EVERYTHING, 40.0),
        (Rect::NOTHING, 45.0),
    ]
    .map(|(clip, x)| ClippedShape::new(clip, dot(x)))
    .to_vec();
    let svg = from_shapes(&shapes, SIZE, &TextureImages::default(), Some(Color32::WHITE));
    let document = Document::parse(&svg).unwrap();
    let clip_paths = document.descendants().filter(|node| node.has_tag_name("clipPath")).count();
    let groups: Vec<usize> = document
        .descendants()
        .filter(|node| node.attribute("clip-path").is_some())
        .map(|group| group.children().filter(Node::is_element).count())
        .collect();
    assert_eq!((clip_paths, groups), (1, vec![2, 1]), "{svg}");
    assert_eq!(drawn(&document).len(), 6); // the background and five dots
    assert_eq!(color_at(&svg, 49, 10), [255, 0, 0]);
    assert_eq!(color_at(&svg, 50, 10), [255, 255, 255]);
}

/// The first text among the shapes.
fn first_text(drawing: &Drawing) -> TextShape {
    fn find(shape: &Shape) -> Option<TextShape> {
        match shape {
            Shape::Text(text) => Some(text.clone()),
            Shape::Vec(shapes) => shapes.iter().find_map(find),
            _ => None,
        }
    }
    drawing.shapes.iter().find_map(|clipped| find(&clipped.shape)).unwrap()
}

#[test]
fn the_same_drawing_gives_the_same_bytes() {
    let page = || {
        drawing_of(|ui| {
            ui.label("Adam & Newton <3");
            for (shape, _) in one_of_each() {
                ui.painter().add(shape);
            }
        })
        .to_svg(Some(Color32::WHITE))
    };
    assert_eq!(page(), page());
}
