//! A whole plot with everything that egui_plot can draw in a figure of ours.

use egui::{Color32, ColorImage, TextureOptions, Theme, Vec2, vec2};
use egui_plot::{
    Arrows, AxisHints, Legend, Line, LineStyle, MarkerShape, Plot, PlotImage, PlotPoint, PlotPoints, Points,
    Polygon, Text,
};
use resvg::usvg::roxmltree::Document;

use crate::figure::formats::png;
use crate::figure::stage::{self, Drawing, Sheet};

const SIZE: Vec2 = vec2(800.0, 600.0);

/// Red rises to the right and green to the top.
fn field(side: usize) -> ColorImage {
    let shade = |step: usize| (step * 255 / (side - 1)) as u8;
    let texels = (0..side).flat_map(|row| {
        (0..side).map(move |column| Color32::from_rgb(shade(column), shade(side - 1 - row), 90))
    });
    ColorImage::new([side, side], texels.collect())
}

fn ring(radius: f64) -> Vec<[f64; 2]> {
    (0..=96)
        .map(|step| f64::from(step) * std::f64::consts::TAU / 96.0)
        .map(|angle| [2.0 * radius * angle.cos(), radius * angle.sin()])
        .collect()
}

/// A plot over [-3, 3] × [-2, 2]: image, level sets, paths, every marker, arrows, texts, legend, axis labels.
fn figure(theme: Theme) -> Drawing {
    let mut texture = None;
    stage::draw(Sheet::new(SIZE, theme), None, |ui| {
        let image =
            texture.get_or_insert_with(|| ui.load_texture("field", field(64), TextureOptions::LINEAR)).id();
        let y_axis = AxisHints::new_y().label("J(θ₀, θ₁) ↑");
        Plot::new("figure")
            .legend(Legend::default())
            .x_axis_label("θ₀")
            .custom_y_axes(vec![y_axis])
            .default_x_bounds(-3.0, 3.0)
            .default_y_bounds(-2.0, 2.0)
            .show(ui, |plot| {
                plot.image(PlotImage::new("", image, PlotPoint::new(0.0, 0.0), vec2(4.0, 2.0)));
                for level in 1..=30 {
                    let points = PlotPoints::from(ring(f64::from(level) * 0.06));
                    plot.line(Line::new("", points).width(0.8).color(Color32::from_black_alpha(120)));
                }
                let zigzag: Vec<[f64; 2]> = (0..20)
                    .map(|k| [-2.5 + 0.2 * f64::from(k), if k % 2 == 0 { 1.5 } else { 1.2 }])
                    .collect();
                plot.line(Line::new("Momentum", zigzag).width(2.5).color(Color32::DARK_RED));
                let dashed = vec![[-2.8, -1.8], [2.8, 0.4]];
                let style = LineStyle::dashed_loose();
                plot.line(Line::new("Nesterov", dashed).style(style).width(2.0).color(Color32::BLUE));
                for (index, shape) in MarkerShape::all().enumerate() {
                    let points = vec![[-2.25 + 0.5 * index as f64, -1.0]];
                    let marker = Points::new("", points).shape(shape).radius(8.0).color(Color32::BLACK);
                    plot.points(marker.filled(index % 2 == 0));
                }
                let (tails, tips) = (vec![[0.0, 0.0], [1.0, 0.5]], vec![[0.8, 0.3], [0.6, -0.6]]);
                plot.arrows(Arrows::new("−∇J", tails, tips).color(Color32::DARK_GREEN));
                let triangle = vec![[2.2, -1.8], [2.8, -1.8], [2.5, -1.2]];
                plot.polygon(Polygon::new("", triangle).fill_color(Color32::from_rgb(250, 200, 90)));
                plot.text(Text::new("", PlotPoint::new(-1.0, 1.8), "a < b & J → 0"));
            });
    })
}

#[test]
fn a_plot_becomes_a_picture() {
    let svg = figure(Theme::Light).to_svg(Some(Color32::WHITE));
    let document = Document::parse(&svg).unwrap();
    let count = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count();
    assert_eq!(count("image"), 1);
    assert!(count("path") > 100 && count("text") > 10);
    let texts: Vec<String> = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .map(|node| node.descendants().filter_map(|child| child.text().filter(|_| child.is_text())).collect())
        .collect();
    for expected in ["θ₀", "J(θ₀, θ₁) ↑", "a < b & J → 0", "Momentum", "Nesterov", "−∇J"] {
        assert!(texts.iter().any(|text| text == expected), "{expected} is not among {texts:?}");
    }

    let pixels = png::pixels_from_svg(&svg, 800, 600).unwrap();
    let shades: Vec<[u8; 3]> = pixels.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    // The corner texels of the image, by the order of their places in the picture.
    let near = |wanted: [u8; 3]| {
        let close = |shade: &[u8; 3]| shade.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) < 12);
        shades.iter().position(close).map(|index| (index % 800, index / 800)).unwrap()
    };
    let [top_left, top_right] = [near([0, 255, 90]), near([255, 255, 90])];
    let bottom_left = near([0, 0, 90]);
    assert!(top_left.0 < 300 && top_left.1 < 300, "{top_left:?}");
    assert!(top_right.0 > 500 && top_right.1 < 300, "{top_right:?}");
    assert!(bottom_left.0 < 300 && bottom_left.1 > 300, "{bottom_left:?}");
}
