//! Icons drawn with lines, so that they depend on no font.

use egui::{Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, vec2};

/// What a button shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Play,
    Pause,
    StepForward,
    StepBack,
    ToStart,
    ToEnd,
    Remove,
    Tick,
    Cross,
    Dice,
}

/// A button with an icon; `name` is what assistive technology calls it.
pub fn icon_button_ui(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    let side = if icon == Icon::Remove { 18.0 } else { ui.spacing().interact_size.y + 6.0 };
    sized_button_ui(ui, icon, name, side)
}

/// The same as high as the other controls of a row that may be broken into several.
pub fn low_icon_button_ui(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    sized_button_ui(ui, icon, name, ui.spacing().interact_size.y)
}

fn sized_button_ui(ui: &mut Ui, icon: Icon, name: &str, side: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact(&response);
        ui.painter().rect(
            rect.shrink(1.0),
            visuals.corner_radius,
            if icon == Icon::Remove && !response.hovered() {
                Color32::TRANSPARENT
            } else {
                visuals.weak_bg_fill
            },
            if response.has_focus() { ui.visuals().selection.stroke } else { visuals.bg_stroke },
            egui::StrokeKind::Inside,
        );
        draw(ui.painter(), icon, rect.shrink(side * 0.3), visuals.fg_stroke.color);
    }
    response
}

/// Whether something holds: a tick or a cross, which assistive technology reads as `words`.
pub fn verdict_ui(ui: &mut Ui, holds: bool, words: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(14.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let color = if holds { ui.visuals().strong_text_color() } else { ui.visuals().error_fg_color };
    draw(ui.painter(), if holds { Icon::Tick } else { Icon::Cross }, rect.shrink(2.5), color);
    response
}

fn draw(painter: &Painter, icon: Icon, rect: Rect, color: Color32) {
    let at = |x: f32, y: f32| -> Pos2 { rect.min + vec2(x, y) * rect.size() };
    let triangle = |tip: f32, base: f32| {
        painter.add(Shape::convex_polygon(
            vec![at(base, 0.0), at(tip, 0.5), at(base, 1.0)],
            color,
            Stroke::NONE,
        ));
    };
    let bar = |from: f32, to: f32| {
        painter.rect_filled(Rect::from_min_max(at(from, 0.0), at(to, 1.0)), 0.0, color);
    };
    match icon {
        Icon::Play => triangle(1.0, 0.1),
        Icon::Pause => {
            bar(0.1, 0.4);
            bar(0.6, 0.9);
        }
        Icon::StepForward => {
            triangle(0.75, 0.05);
            bar(0.8, 0.98);
        }
        Icon::StepBack => {
            triangle(0.25, 0.95);
            bar(0.02, 0.2);
        }
        Icon::ToStart => {
            bar(0.0, 0.15);
            triangle(0.15, 0.6);
            triangle(0.55, 1.0);
        }
        Icon::ToEnd => {
            bar(0.85, 1.0);
            triangle(0.85, 0.4);
            triangle(0.45, 0.0);
        }
        Icon::Tick => {
            let points = vec![at(0.0, 0.55), at(0.35, 0.95), at(1.0, 0.05)];
            painter.add(Shape::line(points, Stroke::new(1.8, color)));
        }
        Icon::Dice => {
            painter.rect_stroke(rect, 2.0, Stroke::new(1.3, color), egui::StrokeKind::Middle);
            for (x, y) in [(0.25, 0.25), (0.5, 0.5), (0.75, 0.75)] {
                painter.circle_filled(at(x, y), 1.3, color);
            }
        }
        Icon::Remove | Icon::Cross => {
            let stroke = Stroke::new(1.5, color);
            painter.line_segment([at(0.0, 0.0), at(1.0, 1.0)], stroke);
            painter.line_segment([at(0.0, 1.0), at(1.0, 0.0)], stroke);
        }
    }
}
