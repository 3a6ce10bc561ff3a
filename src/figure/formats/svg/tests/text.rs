//! Text: places, fonts, colors.

use egui::epaint::TextShape;
use egui::{Align2, Color32, FontId, Shape, TextFormat, Theme, pos2};
use resvg::usvg::roxmltree::Document;

use super::{SIZE, drawing_of, drawn, first_text, numbers, svg_of};
use crate::figure::stage::{self, Sheet};

#[test]
fn text_stands_where_the_galley_has_it() {
    let drawing = drawing_of(|ui| {
        ui.painter().text(
            pos2(20.0, 30.0),
            Align2::LEFT_TOP,
            "Rosenbrock: f(x)\n& more",
            FontId::proportional(14.0),
            Color32::BLUE,
        );
    });
    let shape = first_text(&drawing);
    let svg = drawing.to_svg(None);
    let document = Document::parse(&svg).unwrap();
    let texts = drawn(&document);
    assert_eq!(texts.len(), shape.galley.rows.len());
    for (node, row) in texts.iter().zip(&shape.galley.rows) {
        assert_eq!(node.text(), Some(row.text().as_str()));
        assert_eq!(numbers(*node, "font-size"), [14.0]);
        assert_eq!(node.attribute("fill"), Some("#0000ff"));
        let xs = numbers(*node, "x");
        assert_eq!(xs.len(), row.glyphs.len());
        for (x, glyph) in xs.iter().zip(&row.glyphs) {
            let expected = shape.pos.x + row.pos.x + glyph.pos.x;
            assert!((x - expected).abs() <= 1.0, "{x} instead of {expected}"); // egui rounds to a pixel
            let baseline = shape.pos.y + row.pos.y + glyph.pos.y;
            assert!((numbers(*node, "y")[0] - baseline).abs() < 0.01);
        }
    }
}

#[test]
fn the_exact_origins_do_not_depend_on_the_pixels() {
    let xs = |pixels_per_point: f32| {
        let page = Sheet { pixels_per_point, ..Sheet::new(SIZE, Theme::Light) };
        let drawing = stage::draw(page, None, |ui| {
            let font = FontId::proportional(13.0);
            ui.painter().text(pos2(8.0, 8.0), Align2::LEFT_TOP, "learning rate", font, Color32::BLACK);
        });
        let svg = drawing.to_svg(None);
        let document = Document::parse(&svg).unwrap();
        numbers(drawn(&document)[0], "x")
    };
    let (coarse, fine) = (xs(1.0), xs(8.0));
    for (coarse, fine) in coarse.iter().zip(&fine) {
        assert!((coarse - fine).abs() < 0.15, "{coarse} {fine}");
    }
}

#[test]
fn each_character_names_the_font_that_has_it() {
    let drawing = drawing_of(|ui| {
        let font = FontId::proportional(14.0);
        ui.painter().text(pos2(5.0, 5.0), Align2::LEFT_TOP, "|∇J| → 0", font, Color32::BLACK);
    });
    let svg = drawing.to_svg(None);
    let document = Document::parse(&svg).unwrap();
    let spans: Vec<(&str, &str)> = document
        .descendants()
        .filter(|node| node.has_tag_name("tspan"))
        .map(|node| (node.text().unwrap(), node.attribute("font-family").unwrap()))
        .collect();
    let names: Vec<bool> = spans.iter().map(|(_, family)| family.starts_with("Hack")).collect();
    let texts: Vec<&str> = spans.iter().map(|(text, _)| *text).collect();
    assert_eq!(texts, ["|", "∇", "J| ", "→", " 0"]);
    assert_eq!(names, [false, true, false, true, false]);
    let whole = document.descendants().find(|node| node.has_tag_name("text")).unwrap();
    assert_eq!(whole.attribute("fill"), Some("#000000"), "LibreOffice shows no text that inherits no fill");
}

#[test]
fn sections_keep_their_color_and_size_across_rows() {
    let drawing = drawing_of(|ui| {
        let mut job = egui::text::LayoutJob::default();
        let format = |size: f32, color: Color32| TextFormat::simple(FontId::monospace(size), color);
        job.append("ab\nc", 0.0, format(12.0, Color32::RED));
        job.append("de", 0.0, format(20.0, Color32::BLUE));
        let marked = TextFormat { background: Color32::YELLOW, ..format(12.0, Color32::GREEN) };
        job.append("f", 0.0, marked);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        ui.painter().galley(pos2(0.0, 0.0), galley, Color32::BLACK);
    });
    let svg = drawing.to_svg(None);
    let document = Document::parse(&svg).unwrap();
    let seen: Vec<(&str, &str, &str)> = document
        .descendants()
        .filter(|node| node.attribute("font-size").is_some())
        .map(|node| {
            (node.text().unwrap(), node.attribute("fill").unwrap(), node.attribute("font-size").unwrap())
        })
        .collect();
    let expected =
        [("ab", "#ff0000", "12"), ("c", "#ff0000", "12"), ("de", "#0000ff", "20"), ("f", "#00ff00", "12")];
    assert_eq!(seen, expected);
    assert!(svg.contains("fill=\"#ffff00\""), "the background of \"f\" is missing: {svg}");
}

#[test]
fn letters_that_are_drawn_as_one_share_a_place() {
    let drawing = drawing_of(|ui| {
        let font = FontId::proportional(14.0);
        ui.painter().text(pos2(5.0, 5.0), Align2::LEFT_TOP, "profile", font, Color32::BLACK);
    });
    let svg = drawing.to_svg(None);
    let document = Document::parse(&svg).unwrap();
    let text: String =
        drawn(&document)[0].descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect();
    assert_eq!(text, "profile");
    let row = &first_text(&drawing).galley.rows[0];
    let letters = row.glyphs.iter().filter(|glyph| glyph.advance_width > 0.0).count();
    let places: usize = document.descendants().map(|node| numbers(node, "x").len()).sum();
    assert_eq!((places, letters), (6, 6), "{svg}");
}

#[test]
fn rotated_text_turns_about_its_corner() {
    let galley = first_text(&drawing_of(|ui| {
        ui.label("J");
    }))
    .galley;
    let text = TextShape::new(pos2(50.0, 40.0), galley, Color32::BLACK)
        .with_override_text_color(Color32::RED)
        .with_angle(-std::f32::consts::FRAC_PI_2);
    let svg = svg_of([Shape::Text(TextShape { opacity_factor: 0.5, ..text })]);
    let document = Document::parse(&svg).unwrap();
    let node = drawn(&document)[0];
    assert_eq!(node.attribute("transform"), Some("rotate(-90 50 40)"));
    assert_eq!(numbers(node, "x"), [50.0]);
    assert_eq!(node.attribute("fill"), Some("#ff0000"));
    assert!((numbers(node, "fill-opacity")[0] - 0.5).abs() < 0.01);
}
