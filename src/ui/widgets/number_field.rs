//! A number that is dragged, stepped by keys, or typed.
//!
//! While it is typed, the field keeps the text as it is, whatever becomes of the value meanwhile, and applies it whenever it
//! is a number that the field takes. egui's own `DragValue` writes the text anew when the value is not the one that was
//! typed, which loses what is typed next.

mod draft;
mod idle;
mod spoken;
mod typed;

use std::ops::RangeInclusive;

use draft::{Draft, Verdict};
pub use draft::{forget_drafts, is_refused, is_typing};
use egui::emath::Numeric;
use egui::{Key, Modifiers, Response, TextStyle, Ui, UiBuilder, vec2};

use crate::ui::widgets::focus::select_all;
use crate::ui::widgets::nudge::Nudge;
use crate::ui::widgets::number_text::{read_number, setting_text};

/// Which numbers a field takes, beside being finite.
#[derive(Clone)]
pub enum Takes<'a> {
    Any,
    /// Those within; others become the end that is nearer, and that is said.
    Within(RangeInclusive<f64>),
    /// Those of which nothing is said. What is said follows the text: "above 0 …".
    Unless(&'a dyn Fn(f64) -> Option<String>),
}

/// How a number is changed, and what it is called.
pub struct NumberField<'a> {
    /// What assistive technology calls it; no two beside each other have the same name.
    pub name: &'a str,
    /// What it means.
    pub explanation: &'a str,
    pub takes: Takes<'a>,
    /// How the arrow keys step it: by ones where nothing is said.
    pub nudge: Option<Nudge>,
    /// What a point of dragging adds; 0 where it is not dragged.
    pub speed: f64,
    /// Its width, whatever it shows, so that nothing beside it moves.
    pub width: f32,
}

impl Takes<'_> {
    pub const ABOVE_ZERO: Self =
        Self::Unless(&|number| (number <= 0.0).then(|| "a number above 0".to_owned()));
}

impl<'a> NumberField<'a> {
    /// A field that takes any number.
    pub fn new(name: &'a str, explanation: &'a str) -> Self {
        Self { name, explanation, takes: Takes::Any, nudge: None, speed: 0.0, width: 64.0 }
    }

    /// The field. What is typed, dragged or stepped is put into `value`.
    pub fn show_ui<N: Numeric>(&self, ui: &mut Ui, value: &mut N) -> Response {
        let id = ui.make_persistent_id(("number", self.name));
        let (_, rect) = ui.allocate_space(vec2(self.width, ui.spacing().interact_size.y));
        // In a place of its own, so that what follows keeps its identity whichever of the two is drawn.
        let inside = &mut ui.new_child(UiBuilder::new().max_rect(rect));
        let now = ui.input(|input| input.time);
        let stood = value.to_f64();
        let mut draft: Option<Draft> = ui.data(|data| data.get_temp(id));
        if let Some(known) = draft.as_mut().filter(|draft| draft.stands != stood) {
            // Set elsewhere meanwhile. What is being typed stays; what nobody types is out of date.
            if known.is_open && known.is_typed {
                known.before = stood;
            } else {
                draft = None;
            }
        }
        let is_asked = self.act_for_assistance(ui, id, value);
        let has_focus = ui.is_enabled() && ui.memory(|memory| memory.has_focus(id));
        if let Some(open) = draft.as_mut().filter(|draft| is_asked && draft.is_open) {
            // Else the field would go on to show, and to tell, the number that was.
            open.renew(*value, now);
            select_all(ui.ctx(), id, &open.text);
        }
        let mut response = if has_focus {
            self.typed_ui(inside, id, rect, value, &mut draft)
        } else {
            self.idle_ui(inside, id, rect, value, draft.as_ref())
        };
        if !has_focus && ui.memory(|memory| memory.has_focus(id)) {
            self.begin(ui, id, *value, &mut draft).is_pointed_at = true;
            // It is drawn as a field to type into in the next frame.
            ui.request_repaint();
        }
        if let Some(open) = draft.as_mut().filter(|draft| draft.is_open)
            && !ui.memory(|memory| memory.has_focus(id))
        {
            let is_undone = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
            if is_undone {
                *value = N::from_f64(open.before);
                draft = None;
            } else {
                *open = Draft { is_open: false, since: now, ..open.clone() };
                draft = draft.filter(|draft| draft.is_typed && draft.verdict != Verdict::Taken);
            }
        }
        draft = draft
            .filter(|draft| draft.is_open || draft.is_refused() || now - draft.since < spoken::SAID_SECS);
        if value.to_f64() != stood {
            response.mark_changed();
        }
        if let Some(draft) = &mut draft {
            draft.stands = value.to_f64();
        }
        self.tell_assistance(ui, &response, *value, draft.as_ref());
        let response = self.said_ui(ui, response, *value, draft.as_ref());
        ui.data_mut(|data| match draft {
            Some(draft) => {
                data.insert_temp(id, draft);
            }
            None => data.remove::<Draft>(id),
        });
        response
    }

    /// Takes a text as far as it is a number.
    fn take<N: Numeric>(&self, text: &str, value: &mut N) -> Verdict {
        let typed = match read_number(text, N::INTEGRAL) {
            Ok(typed) => typed,
            Err(said) => return Verdict::Refused(said),
        };
        let number = typed.value;
        if N::INTEGRAL && number.fract() != 0.0 {
            return Verdict::Refused(format!("{} is no whole number", setting_text(number)));
        }
        match self.limited(number) {
            Ok(taken) if taken == number => {
                *value = N::from_f64(taken);
                typed.remark.map_or(Verdict::Taken, Verdict::Remarked)
            }
            Ok(end) => {
                *value = N::from_f64(end);
                let which = if end < number { "at most" } else { "at least" };
                Verdict::Remarked(format!("{which} {}: that is taken", setting_text(end)))
            }
            Err(said) => Verdict::Refused(said),
        }
    }

    /// The number that is taken in place of this one, or why none is.
    fn limited(&self, number: f64) -> Result<f64, String> {
        match &self.takes {
            Takes::Any => Ok(number),
            Takes::Within(range) => Ok(number.max(*range.start()).min(*range.end())),
            Takes::Unless(wrong) => wrong(number).map_or(Ok(number), Err),
        }
    }

    /// Puts a number as near as the field takes it; one that it refuses changes nothing.
    fn put<N: Numeric>(&self, number: f64, value: &mut N) {
        let number = if N::INTEGRAL { number.round() } else { number };
        if let Some(number) = self.limited(number).ok().filter(|number| number.is_finite()) {
            *value = N::from_f64(number);
        }
    }

    fn step<N: Numeric>(&self, steps: i32, fine: bool, value: &mut N) {
        if steps == 0 {
            return;
        }
        let number = value.to_f64();
        let stepped = match &self.nudge {
            Some(nudge) => Nudge { fine, ..nudge.clone() }.apply(number, steps),
            None => number + f64::from(steps),
        };
        self.put(stepped, value);
    }
}

fn text_style(ui: &Ui) -> TextStyle {
    ui.style().override_text_style.clone().unwrap_or(TextStyle::Button)
}
