//! What assistive technology is told and asks for, and what is said beside the field.

use egui::emath::Numeric;
use egui::{Color32, Id, Popup, PopupKind, Response, RichText, Ui, WidgetInfo, accesskit};

use super::draft::{Draft, Verdict, whole_text};
use super::typed::REST_SECS;
use super::{NumberField, Takes};
use crate::ui::widgets::number_text::setting_text;

/// What is said of a text remains for this time after it is left, in seconds.
pub(super) const SAID_SECS: f64 = 4.0;

impl NumberField<'_> {
    /// Does what assistive technology asks for. Returns whether it asked for a number or a step.
    pub(super) fn act_for_assistance<N: Numeric>(&self, ui: &Ui, id: Id, value: &mut N) -> bool {
        use accesskit::{Action, ActionData};
        let (asked, steps) = ui.input(|input| {
            let asked: Vec<ActionData> = input
                .accesskit_action_requests(id, Action::SetValue)
                .filter_map(|request| request.data.clone())
                .collect();
            let count = |action| input.num_accesskit_action_requests(id, action) as i32;
            (asked, count(Action::Increment) - count(Action::Decrement))
        });
        let is_asked = steps != 0 || !asked.is_empty();
        for data in asked {
            match data {
                ActionData::NumericValue(number) => self.put(number, value),
                ActionData::Value(text) => drop(self.take(&text, value)),
                _ => {}
            }
        }
        self.step(steps, false, value);
        is_asked
    }

    pub(super) fn tell_assistance<N: Numeric>(
        &self,
        ui: &Ui,
        response: &Response,
        value: N,
        draft: Option<&Draft>,
    ) {
        response.widget_info(|| WidgetInfo {
            label: Some(self.name.to_owned()),
            ..WidgetInfo::drag_value(ui.is_enabled(), value.to_f64())
        });
        ui.ctx().accesskit_node_builder(response.id, |node| {
            use accesskit::Action;
            if let Takes::Within(range) = &self.takes {
                node.set_min_numeric_value(*range.start());
                node.set_max_numeric_value(*range.end());
            }
            if N::INTEGRAL {
                node.set_numeric_value_step(1.0);
            }
            for action in [Action::SetValue, Action::Increment, Action::Decrement] {
                node.add_action(action);
            }
            let typed = draft.filter(|draft| draft.is_open || draft.is_refused());
            node.set_value(typed.map_or_else(|| whole_text(value), |draft| draft.text.clone()));
            if let Some(Verdict::Refused(said)) = draft.map(|draft| &draft.verdict) {
                node.set_invalid(accesskit::Invalid::True);
                node.set_description(said.as_str());
            }
        });
    }

    /// What is to be said of the text, under the field and over what lies there; else what the number means.
    pub(super) fn said_ui<N: Numeric>(
        &self,
        ui: &Ui,
        response: Response,
        value: N,
        draft: Option<&Draft>,
    ) -> Response {
        let said = draft.and_then(|draft| draft.verdict.sentence().map(|said| (draft, said)));
        let Some((draft, said)) = said else {
            let (shown, exact) = (setting_text(value.to_f64()), whole_text(value));
            let all_digits = if shown == exact { String::new() } else { format!("\n{exact}") };
            return response.on_hover_text(format!("{}{all_digits}", self.explanation));
        };
        let now = ui.input(|input| input.time);
        let age = now - draft.since;
        let wait = if draft.is_open { REST_SECS - age } else { SAID_SECS - age };
        if wait > 0.0 {
            ui.request_repaint_after_secs(wait as f32);
        }
        let is_time = if draft.is_open { wait <= 0.0 } else { wait > 0.0 };
        if (is_time || response.hovered()) && ui.clip_rect().intersects(response.rect) {
            let color = match draft.verdict {
                Verdict::Refused(_) => ui.visuals().error_fg_color,
                _ => ui.visuals().strong_text_color(),
            };
            said_beside(&response, said, color);
        }
        response
    }
}

fn said_beside(field: &Response, said: &str, color: Color32) {
    Popup::from_response(field)
        .id(field.id.with("said"))
        .kind(PopupKind::Tooltip)
        .gap(3.0)
        .interactable(false)
        .open(true)
        .show(|ui| {
            ui.set_max_width(280.0);
            ui.label(RichText::new(said).color(color));
        });
}
