//! The field while somebody else has the keyboard: a number that can be dragged.

use egui::emath::{Numeric, round_to_decimals, smart_aim};
use egui::{Align2, CursorIcon, Id, Rect, Response, RichText, Sense, TextStyle, Ui};

use super::draft::Draft;
use super::{NumberField, text_style};
use crate::elementary;
use crate::ui::widgets::number_text::setting_text;

impl NumberField<'_> {
    /// The field while somebody else has the keyboard.
    pub(super) fn idle_ui<N: Numeric>(
        &self,
        ui: &mut Ui,
        id: Id,
        rect: Rect,
        value: &mut N,
        draft: Option<&Draft>,
    ) -> Response {
        let response = ui.interact(rect, id, Sense::click_and_drag());
        if response.clicked() {
            response.request_focus();
        } else if self.speed != 0.0 {
            self.drag(ui, &response, value);
        }
        let visuals = *ui.style().interact(&response);
        let refused = draft.filter(|draft| draft.is_refused());
        let (text, color) = match refused {
            Some(draft) => (draft.text.clone(), ui.visuals().error_fg_color),
            None => (setting_text(value.to_f64()), visuals.text_color()),
        };
        let painter = ui.painter();
        let frame = rect.expand(visuals.expansion);
        painter.rect(
            frame,
            visuals.corner_radius,
            visuals.weak_bg_fill,
            visuals.bg_stroke,
            egui::StrokeKind::Inside,
        );
        let text = egui::WidgetText::from(RichText::new(text).text_style(text_style(ui)));
        let text = text.into_galley(ui, Some(egui::TextWrapMode::Truncate), rect.width(), TextStyle::Body);
        let place = Align2::CENTER_CENTER.align_size_within_rect(text.size(), rect);
        ui.painter().galley_with_override_text_color(place.min, text, color);
        let cursor = if self.speed == 0.0 { CursorIcon::Text } else { CursorIcon::ResizeHorizontal };
        response.on_hover_cursor(cursor)
    }

    /// Right and up is more; with Shift a tenth of it.
    fn drag<N: Numeric>(&self, ui: &Ui, response: &Response, value: &mut N) {
        if ui.input(|input| input.pointer.any_pressed() || input.pointer.any_released()) {
            ui.data_mut(|data| data.remove::<f64>(response.id));
        }
        let way = response.drag_delta();
        if !response.dragged() || way == egui::Vec2::ZERO {
            return;
        }
        let is_fine = ui.input(|input| input.modifiers.shift_only());
        let speed = if is_fine { self.speed / 10.0 } else { self.speed };
        // What is shown is rounded; the hand's own place is not.
        let exact = ui.data(|data| data.get_temp(response.id)).unwrap_or(value.to_f64());
        let exact = exact + f64::from(way.x - way.y) * speed;
        ui.data_mut(|data| data.insert_temp(response.id, exact));
        let aim = f64::from(ui.input(|input| input.aim_radius())) * speed.abs();
        let decimals = (-elementary::log10(speed.abs())).ceil().clamp(0.0, 15.0) as usize;
        let aimed = smart_aim::best_in_range_f64(exact - aim, exact + aim);
        self.put(round_to_decimals(aimed, decimals), value);
    }
}
