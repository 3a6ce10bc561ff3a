//! A card of the gallery: the picture, the name, what it teaches, and the formula. All cards are of one size.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Color32, CornerRadius, FontId, Galley, Rect, Response, Stroke, StrokeKind, TextStyle,
    TextureHandle, Ui, Vec2, pos2, vec2,
};
use std::sync::Arc;

use super::entries::Entry;
use crate::ui::widgets::style::{ACCENT, SMALLEST};

const PADDING: f32 = 8.0;
/// Height over width of the picture.
const PICTURE_RATIO: f32 = 0.58;
/// Rows of the sentence; the rest is read when the pointer rests on the card.
const SENTENCE_ROWS: usize = 3;
const NAME_HEIGHT: f32 = 20.0;
const ROW_HEIGHT: f32 = 15.5;
const FORMULA_HEIGHT: f32 = 18.0;

/// The picture's size in a card of this width.
pub(super) fn picture_size(width: f32) -> Vec2 {
    let inner = width - 2.0 * PADDING;
    vec2(inner, (inner * PICTURE_RATIO).round())
}

/// The height of a card of this width.
pub(super) fn card_height(width: f32) -> f32 {
    let text = NAME_HEIGHT + SENTENCE_ROWS as f32 * ROW_HEIGHT + FORMULA_HEIGHT;
    picture_size(width).y + text + 3.0 * PADDING
}

/// Draws a card that `response` is about. `is_next`: Enter would choose it.
pub(super) fn card_ui(
    ui: &Ui,
    response: &Response,
    entry: &Entry,
    picture: Option<&TextureHandle>,
    is_next: bool,
) {
    let visuals = ui.visuals();
    let (rect, rounding) = (response.rect, CornerRadius::same(6));
    let fill = if response.hovered() { visuals.widgets.hovered.weak_bg_fill } else { visuals.faint_bg_color };
    let stroke = if is_next || response.hovered() {
        Stroke::new(1.5, ACCENT)
    } else {
        visuals.widgets.noninteractive.bg_stroke
    };
    ui.painter().rect(rect, rounding, fill, stroke, StrokeKind::Inside);

    let inner = rect.shrink(PADDING);
    let frame = Rect::from_min_size(inner.min, picture_size(rect.width()));
    match picture {
        Some(texture) => {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(texture.id(), frame, whole, Color32::WHITE);
        }
        None => {
            ui.painter().rect_filled(frame, CornerRadius::ZERO, visuals.extreme_bg_color);
        }
    }

    let (strong, plain, weak) =
        (visuals.strong_text_color(), visuals.text_color(), visuals.weak_text_color());
    let text = |text: &str, font: FontId, color: Color32, rows: usize| -> Arc<Galley> {
        let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, color));
        job.wrap = TextWrapping {
            max_width: inner.width(),
            max_rows: rows,
            break_anywhere: rows == 1,
            ..TextWrapping::default()
        };
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let top = frame.bottom() + PADDING;
    let name = text(entry.name, TextStyle::Body.resolve(ui.style()), strong, 1);
    ui.painter().galley(pos2(inner.left(), top), name, strong);
    let sentence = text(&entry.sentence, TextStyle::Small.resolve(ui.style()), plain, SENTENCE_ROWS);
    ui.painter().galley(pos2(inner.left(), top + NAME_HEIGHT), sentence, plain);
    let formula = text(&entry.formula, FontId::monospace(SMALLEST), weak, 1);
    let place = Align2::LEFT_BOTTOM.anchor_size(inner.left_bottom(), formula.size());
    ui.painter().galley(place.min, formula, weak);
}
