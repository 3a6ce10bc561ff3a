use egui::Theme;

use super::*;
use crate::figure::formats::textures::TextureImages;
use crate::figure::stage::{Sheet, draw};

const FRACTION: Mathematics<'_> = Mathematics { latex: r"\frac{x+1}{y}", spoken: "(x + 1)/y", size: 16.0 };

/// Draws into a context like that of a window, once, and returns what was drawn and the textures.
fn in_window(
    pixels_per_point: f32,
    theme: Theme,
    contents: impl FnMut(&mut Ui),
) -> (Vec<egui::epaint::ClippedShape>, TextureImages) {
    let ctx = Context::default();
    ctx.set_theme(theme);
    ctx.set_fonts(crate::figure::look::fonts::definitions());
    let mut input = egui::RawInput {
        screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, vec2(300.0, 200.0))),
        ..Default::default()
    };
    if let Some(viewport) = input.viewports.get_mut(&egui::ViewportId::ROOT) {
        viewport.native_pixels_per_point = Some(pixels_per_point);
    }
    let mut output = ctx.run_ui(input, contents);
    let mut textures = TextureImages::default();
    textures.apply(&mut output.textures_delta);
    (output.shapes, textures)
}

fn pictures(shapes: &[egui::epaint::ClippedShape], textures: &TextureImages) -> Vec<(Rect, [usize; 2])> {
    let textured = |shape: &egui::epaint::ClippedShape| match &shape.shape {
        egui::Shape::Mesh(mesh) => {
            textures.get(mesh.texture_id).map(|texture| (mesh.calc_bounds(), texture.image.size))
        }
        egui::Shape::Rect(rect) => {
            let texture = rect.brush.as_ref()?.fill_texture_id;
            textures.get(texture).map(|texture| (rect.rect, texture.image.size))
        }
        _ => None,
    };
    shapes.iter().filter_map(textured).collect()
}

#[test]
fn a_pixel_of_the_picture_is_a_pixel_of_the_screen_at_every_zoom() {
    for pixels_per_point in [0.75, 1.0, 1.25, 1.5, 2.0, 2.5] {
        let (shapes, textures) = in_window(pixels_per_point, Theme::Dark, |ui| {
            ui.add_space(3.3);
            FRACTION.show_ui(ui);
        });
        let pictures = pictures(&shapes, &textures);
        assert_eq!(pictures.len(), 1);
        let (rect, [width, height]) = pictures[0];
        let pixels = [rect.left(), rect.top(), rect.width(), rect.height()].map(|x| x * pixels_per_point);
        for pixel in pixels {
            assert!((pixel - pixel.round()).abs() < 1e-3, "{pixels_per_point}: {rect}");
        }
        assert_eq!([pixels[2].round() as usize, pixels[3].round() as usize], [width, height]);
    }
}

#[test]
fn the_ink_is_white_so_that_the_color_of_the_text_tints_it() {
    for theme in [Theme::Dark, Theme::Light] {
        let (shapes, textures) = in_window(2.0, theme, |ui| {
            FRACTION.show_ui(ui);
        });
        let texture = shapes
            .iter()
            .find_map(|shape| textures.get(shape.shape.texture_id()).filter(|t| t.image.size[1] < 200));
        let pixels = &texture.unwrap().image.pixels;
        assert!(pixels.iter().all(|p| p.r() == p.a() && p.g() == p.a() && p.b() == p.a()));
        assert!(pixels.iter().any(|p| p.a() == 255) && pixels[0].a() == 0);
    }
}

#[test]
fn what_is_wide_is_made_smaller_and_then_cut_into_textures_and_scrolled() {
    let long = vec!["x"; 60].join("+");
    let longer = vec!["x"; 600].join("+");
    let width = |latex: &str| {
        let mut shown = Rect::NOTHING;
        let (shapes, textures) = in_window(1.0, Theme::Dark, |ui| {
            ui.set_max_width(280.0);
            shown = Mathematics { latex, spoken: latex, size: 8.0 }.show_ui(ui).rect;
        });
        (shown.width(), pictures(&shapes, &textures).len())
    };
    assert!(width("x+y").0 < 50.0);
    let (long, tiles) = width(&long[..39]);
    assert!((150.0..=280.0).contains(&long) && tiles == 1, "{long} {tiles}");
    let (longer, tiles) = width(&longer);
    assert!(longer > 3000.0 && tiles > 3, "{longer} {tiles}");
}

#[test]
fn what_cannot_be_set_is_shown_as_text() {
    let (shapes, _) = in_window(1.0, Theme::Dark, |ui| {
        Mathematics { latex: r"\frac{", spoken: "half a fraction", size: 16.0 }.show_ui(ui);
    });
    let is_text = |shape: &egui::epaint::ClippedShape| matches!(&shape.shape, egui::Shape::Text(text) if text.galley.text() == "half a fraction");
    assert!(shapes.iter().any(is_text));
}

#[test]
fn a_picture_without_a_window_holds_outlines_and_no_pixels() {
    let drawing = draw(Sheet::new(vec2(200.0, 100.0), Theme::Light), None, |ui| {
        FRACTION.show_ui(ui);
    });
    let svg = drawing.to_svg(None);
    assert!(svg.contains("<path") && !svg.contains("<image"), "{svg:.300}");
}
