//! Images and colored triangles, judged by resvg's picture of them.

use std::sync::Arc;

use egui::epaint::{Mesh, RectShape, Vertex};
use egui::{Color32, ColorImage, Rect, Shape, TextureOptions, pos2, vec2};

use super::{color_at, drawing_of, svg_of};

/// Two texels above two: red and green over blue and white.
fn quarters() -> ColorImage {
    ColorImage::new([2, 2], vec![Color32::RED, Color32::GREEN, Color32::BLUE, Color32::WHITE])
}

#[test]
fn an_image_stands_upright_and_keeps_to_its_part() {
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    let lower_left = Rect::from_min_max(pos2(0.0, 0.5), pos2(0.5, 1.0));
    let place = Rect::from_min_size(pos2(20.0, 10.0), vec2(80.0, 80.0));
    let half_turn = std::f32::consts::PI;
    let [red, green, blue, white] = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]];
    // Texture coordinates, rotation, the colors of the four quarters in reading order.
    let cases = [
        (whole, 0.0, [red, green, blue, white]),
        (whole, half_turn, [white, blue, green, red]),
        (lower_left, 0.0, [blue; 4]),
    ];
    for (uv, angle, expected) in cases {
        let mut texture = None;
        let drawing = drawing_of(|ui| {
            let handle = texture
                .get_or_insert_with(|| ui.load_texture("quarters", quarters(), TextureOptions::NEAREST));
            let mut mesh = Mesh::with_texture(handle.id());
            mesh.add_rect_with_uv(place, uv, Color32::WHITE);
            mesh.rotate(egui::emath::Rot2::from_angle(angle), place.center());
            ui.painter().add(Shape::mesh(mesh));
        });
        let svg = drawing.to_svg(Some(Color32::GRAY));
        let seen = [(40, 30), (80, 30), (40, 70), (80, 70)].map(|(x, y)| color_at(&svg, x, y));
        assert_eq!(seen, expected, "{uv:?} {angle}");
        for (x, y) in [(18, 50), (102, 50), (60, 8), (60, 92)] {
            assert_eq!(color_at(&svg, x, y), [160, 160, 160], "outside the image: {uv:?} {angle}");
        }
    }
}

#[test]
fn a_texture_fills_a_rectangle_with_its_tint() {
    let mut texture = None;
    let drawing = drawing_of(|ui| {
        let handle =
            texture.get_or_insert_with(|| ui.load_texture("quarters", quarters(), TextureOptions::NEAREST));
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(100.0, 100.0));
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().add(RectShape::filled(rect, 0.0, Color32::RED).with_texture(handle.id(), uv));
    });
    let svg = drawing.to_svg(Some(Color32::GRAY));
    let seen = [(25, 25), (75, 25), (25, 75), (75, 75)].map(|(x, y)| color_at(&svg, x, y));
    assert_eq!(seen, [[255, 0, 0], [0, 0, 0], [0, 0, 0], [255, 0, 0]]);
}

#[test]
fn the_colors_of_a_mesh_pass_into_each_other() {
    let corners = [(0.0, 0.0, 0), (200.0, 0.0, 255), (200.0, 100.0, 255), (0.0, 100.0, 0)];
    let vertices =
        corners.map(|(x, y, gray)| Vertex::untextured(pos2(x, y), Color32::from_gray(gray))).to_vec();
    let mesh = Mesh { indices: vec![0, 1, 2, 0, 2, 3], vertices, ..Mesh::default() };
    let svg = svg_of([Shape::Mesh(Arc::new(mesh))]);
    for x in [10, 60, 110, 190] {
        let [gray, ..] = color_at(&svg, x, 50);
        let expected = x as f32 / 200.0 * 255.0;
        assert!((f32::from(gray) - expected).abs() < 16.0, "{gray} instead of {expected} at {x}");
    }
}
