//! The part of the View menu about the looks of the plot: the colors of the paths and of the heat map.

use egui::{
    Atom, Button, Color32, Mesh, Painter, Rect, Response, Slider, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use crate::figure::Look;
use crate::figure::look::palette::Palette;
use crate::landscape::ColorMap;

/// How strongly the heat map is shaded at first, and at least where it is.
pub const RELIEF: f32 = 0.3;
const LEAST_RELIEF: f32 = 0.05;
/// The size of the sample beside a name.
const SAMPLE: Vec2 = vec2(84.0, 12.0);

/// Draws the submenu, which changes `look`.
pub fn looks_menu_ui(ui: &mut Ui, look: &mut Look) {
    ui.menu_button("Colors", |ui| choices_ui(ui, look));
}

fn choices_ui(ui: &mut Ui, look: &mut Look) {
    let theme = ui.theme();
    ui.weak("Paths");
    for palette in Palette::ALL {
        let dots = |painter: &Painter, rect| paint_palette(painter, rect, palette, &*look, theme);
        let item = item_ui(ui, look.palette == palette, palette.name(), dots);
        if item.on_hover_text(palette.explanation()).clicked() {
            look.palette = palette;
        }
    }
    ui.separator();
    ui.weak("Heat map, from the least value to the greatest");
    let automatic = Look::default().color_map(theme);
    let strip = |map: ColorMap| move |painter: &Painter, rect| paint_map(painter, rect, map);
    let item = item_ui(ui, look.color_map.is_none(), "Automatic", strip(automatic));
    if item.on_hover_text("Dark on a dark page, light on a light one").clicked() {
        look.color_map = None;
    }
    for map in ColorMap::ALL {
        let item = item_ui(ui, look.color_map == Some(map), map.name(), strip(map));
        if item.on_hover_text(map.explanation()).clicked() {
            look.color_map = Some(map);
        }
    }
    ui.separator();
    relief_ui(ui, look);
}

/// Whether, and how strongly, the heat map is shaded like a hill.
fn relief_ui(ui: &mut Ui, look: &mut Look) {
    ui.horizontal(|ui| {
        let mut is_on = look.relief > 0.0;
        let meaning = "Shade the heat map like a hill in the light from the upper left, so that valleys and ridges are seen at once. \
                       A figure is shaded as the window is; a file that says nothing is drawn flat";
        if ui.checkbox(&mut is_on, "Relief").on_hover_text(meaning).changed() {
            look.relief = if is_on { RELIEF } else { 0.0 };
        }
        if is_on {
            let slider = Slider::new(&mut look.relief, LEAST_RELIEF..=1.0).show_value(false);
            let response = ui.add(slider).on_hover_text("How strong the light is");
            response.widget_info(|| WidgetInfo::slider(true, f64::from(look.relief), "Strength of the relief"));
        }
    });
}

/// A sample with its name, to be chosen.
fn item_ui(ui: &mut Ui, chosen: bool, name: &str, paint: impl Fn(&Painter, Rect)) -> Response {
    let sample = Atom::paint(SAMPLE, move |ui: &Ui, args: egui::AtomPaintArgs| {
        let edge = ui.visuals().widgets.noninteractive.bg_stroke.color;
        paint(ui.painter(), args.rect);
        ui.painter().rect_stroke(args.rect, 0.0, Stroke::new(1.0, edge), StrokeKind::Outside);
    });
    ui.add(Button::selectable(chosen, (sample, name)))
}

/// A dot in the color of each method, on the middle of the heat map.
fn paint_palette(painter: &Painter, rect: Rect, palette: Palette, look: &Look, theme: egui::Theme) {
    let [r, g, b] = look.color_map(theme).table()[128];
    painter.rect_filled(rect, 0.0, Color32::from_rgb(r, g, b));
    let colors: Vec<Color32> = palette.colors(look.ground(theme)).collect();
    for (k, color) in colors.iter().enumerate() {
        let along = (k as f32 + 0.5) / colors.len() as f32;
        painter.circle(
            pos2(rect.left() + along * rect.width(), rect.center().y),
            4.0,
            *color,
            Stroke::new(1.0, look.inks(theme).edge),
        );
    }
}

/// The colors of a map from left to right.
fn paint_map(painter: &Painter, rect: Rect, map: ColorMap) {
    let mut mesh = Mesh::default();
    for (k, &[r, g, b]) in map.table().iter().enumerate() {
        let x = rect.left() + rect.width() * k as f32 / 255.0;
        mesh.colored_vertex(pos2(x, rect.top()), Color32::from_rgb(r, g, b));
        mesh.colored_vertex(pos2(x, rect.bottom()), Color32::from_rgb(r, g, b));
        let corner = 2 * k as u32;
        if k > 0 {
            mesh.add_triangle(corner - 2, corner - 1, corner);
            mesh.add_triangle(corner - 1, corner, corner + 1);
        }
    }
    painter.add(mesh);
}
