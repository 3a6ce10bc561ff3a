//! The part of the View menu about the looks of the plot: the colors of the paths and of the heat map.

use egui::{Atom, Button, Color32, Mesh, Painter, Rect, Response, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use crate::figure::Look;
use crate::figure::look::palette::Palette;
use crate::landscape::ColorMap;

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
