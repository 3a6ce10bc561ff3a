//! The field while it has the keyboard.

use egui::emath::Numeric;
use egui::{Align2, FontSelection, Id, Key, Modifiers, Rect, Response, TextEdit, Ui, vec2};

use super::draft::Draft;
use super::{NumberField, text_style};
use crate::ui::widgets::focus::select_all;

/// The longest text that is typed, in characters.
const MOST_CHARACTERS: usize = 200;
/// What is wrong with a text is said once no key has come for this time, in seconds: half a number is no mistake.
pub(super) const REST_SECS: f64 = 0.7;

impl NumberField<'_> {
    /// Begins to type, with all of the text selected, so that the first key replaces it.
    pub(super) fn begin<'d, N: Numeric>(
        &self,
        ui: &Ui,
        id: Id,
        value: N,
        draft: &'d mut Option<Draft>,
    ) -> &'d mut Draft {
        let now = ui.input(|input| input.time);
        let refused = draft.take().filter(Draft::is_refused);
        let begun = Draft { is_open: true, ..refused.unwrap_or_else(|| Draft::new(value, now)) };
        select_all(ui.ctx(), id, &begun.text);
        draft.insert(begun)
    }

    /// The field while it has the keyboard.
    pub(super) fn typed_ui<N: Numeric>(
        &self,
        ui: &mut Ui,
        id: Id,
        rect: Rect,
        value: &mut N,
        draft: &mut Option<Draft>,
    ) -> Response {
        let now = ui.input(|input| input.time);
        let draft = match draft {
            Some(open) if open.is_open => open,
            other => self.begin(ui, id, *value, other),
        };
        // Up and down step; left and right are the cursor's.
        let (steps, fine) = ui.input_mut(|input| {
            let mut presses = |key| {
                let plain = input.count_and_consume_key(Modifiers::NONE, key) as i32;
                (plain, input.count_and_consume_key(Modifiers::SHIFT, key) as i32)
            };
            let ((up, fine_up), (down, fine_down)) = (presses(Key::ArrowUp), presses(Key::ArrowDown));
            (up + fine_up - down - fine_down, fine_up + fine_down > 0)
        });
        if steps != 0 {
            self.step(steps, fine, value);
            draft.renew(*value, now);
            select_all(ui.ctx(), id, &draft.text);
        }
        let is_wrong = draft.is_refused() && now - draft.since >= REST_SECS;
        let color = is_wrong.then(|| ui.visuals().error_fg_color);
        let field = TextEdit::singleline(&mut draft.text)
            .id(id)
            .font(FontSelection::Style(text_style(ui)))
            .char_limit(MOST_CHARACTERS)
            .text_color_opt(color)
            .desired_width(rect.width())
            .min_size(rect.size())
            .margin(vec2(2.0, 1.0))
            .align(Align2::CENTER_CENTER);
        let mut response = ui.put(rect, field);
        if response.clicked() && !draft.is_pointed_at {
            // Where Tab has led, or arrow keys have stepped, the first click is as on any other field.
            select_all(ui.ctx(), id, &draft.text);
        }
        draft.is_pointed_at |= response.clicked() || response.changed();
        if response.changed() {
            draft.is_typed = true;
            draft.since = now;
            draft.verdict = self.take(&draft.text, value);
            if draft.is_refused() {
                // Not what half of the text came to.
                *value = N::from_f64(draft.before);
            }
        }
        // Of the field, a change is one of its value.
        response.flags.remove(egui::response::Flags::CHANGED);
        // Enter with a text that is no number: it stays to be mended.
        let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if is_entered && draft.is_refused() {
            draft.since = now - REST_SECS;
            response.request_focus();
        }
        response
    }
}
