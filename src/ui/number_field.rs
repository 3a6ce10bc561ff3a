//! A number that is dragged, stepped by keys, or typed.
//!
//! While it is typed, the field keeps the text as it is, whatever becomes of the value meanwhile, and applies it whenever it
//! is a number that the field takes. egui's own `DragValue` writes the text anew when the value is not the one that was
//! typed, which loses what is typed next.

use std::ops::RangeInclusive;

use egui::emath::{Numeric, round_to_decimals, smart_aim};
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Align2, Color32, Context, CursorIcon, FontSelection, Id, Key, Modifiers, Popup, PopupKind, Rect,
    Response, RichText, Sense, TextEdit, TextStyle, Ui, UiBuilder, WidgetInfo, accesskit, vec2,
};

use super::nudge::Nudge;
use super::number_text::{exact_text, read_number, setting_text};

/// Which numbers a field takes, beside being finite.
#[derive(Clone)]
pub(super) enum Takes<'a> {
    Any,
    /// Those within; others become the end that is nearer, and that is said.
    Within(RangeInclusive<f64>),
    /// Those of which nothing is said. What is said follows the text: "above 0 …".
    Unless(&'a dyn Fn(f64) -> Option<String>),
}

/// How a number is changed, and what it is called.
pub(super) struct NumberField<'a> {
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

/// The longest text that is typed, in characters.
const MOST_CHARACTERS: usize = 200;
/// What is wrong with a text is said once no key has come for this time, in seconds: half a number is no mistake.
const REST_SECS: f64 = 0.7;
/// What is said of a text remains for this time after it is left, in seconds.
const SAID_SECS: f64 = 4.0;

/// What is typed into a field, kept in egui's memory under the field's id.
#[derive(Clone, Debug)]
struct Draft {
    text: String,
    /// The value that Escape brings back.
    before: f64,
    /// The value as the field left it. Another one was set elsewhere.
    stands: f64,
    is_typed: bool,
    /// Whether the keyboard belongs to the field. A text that was refused remains without it.
    is_open: bool,
    /// When a key was last pressed, or when the field was left.
    since: f64,
    verdict: Verdict,
}

/// What became of a text.
#[derive(Clone, Debug, Default, PartialEq)]
enum Verdict {
    #[default]
    Taken,
    /// Taken, with something to be said of it.
    Remarked(String),
    Refused(String),
}

impl Verdict {
    fn sentence(&self) -> Option<&str> {
        match self {
            Self::Taken => None,
            Self::Remarked(said) | Self::Refused(said) => Some(said),
        }
    }
}

impl Draft {
    fn new<N: Numeric>(value: N, now: f64) -> Self {
        Self {
            text: whole_text(value),
            before: value.to_f64(),
            stands: value.to_f64(),
            is_typed: false,
            is_open: true,
            since: now,
            verdict: Verdict::Taken,
        }
    }

    fn is_refused(&self) -> bool {
        matches!(self.verdict, Verdict::Refused(_))
    }
}

/// All digits that a value of its type has.
fn whole_text<N: Numeric>(value: N) -> String {
    let exact = value.to_f64();
    // A number of single precision is the one of seven digits that it is nearest to.
    let short = format!("{exact:.6e}").parse().unwrap_or(exact);
    exact_text(if N::from_f64(short) == value { short } else { exact })
}

/// Whether a number is being typed: until it is finished, all that it changes is one change.
pub(super) fn is_typing(ctx: &Context) -> bool {
    let focused = ctx.memory(|memory| memory.focused());
    let draft = focused.and_then(|id| ctx.data(|data| data.get_temp::<Draft>(id)));
    draft.is_some_and(|draft| draft.is_open && draft.is_typed)
}

/// Forgets everything that is typed and not taken: the values have been replaced.
pub(super) fn forget_drafts(ctx: &Context) {
    ctx.data_mut(|data| data.remove_by_type::<Draft>());
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
        self.act_for_assistance(ui, id, value);
        let has_focus = ui.is_enabled() && ui.memory(|memory| memory.has_focus(id));
        let mut response = if has_focus {
            self.typed_ui(inside, id, rect, value, &mut draft)
        } else {
            self.idle_ui(inside, id, rect, value, draft.as_ref())
        };
        if !has_focus && ui.memory(|memory| memory.has_focus(id)) {
            self.begin(ui, id, *value, &mut draft);
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
        draft = draft.filter(|draft| draft.is_open || draft.is_refused() || now - draft.since < SAID_SECS);
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

    /// Begins to type, with all of the text selected, so that the first key replaces it.
    fn begin<'d, N: Numeric>(
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
    fn typed_ui<N: Numeric>(
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
            *draft = Draft { before: draft.before, is_typed: true, ..Draft::new(*value, now) };
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

    /// The field while somebody else has the keyboard.
    fn idle_ui<N: Numeric>(
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
        let decimals = (-speed.abs().log10()).ceil().clamp(0.0, 15.0) as usize;
        let aimed = smart_aim::best_in_range_f64(exact - aim, exact + aim);
        self.put(round_to_decimals(aimed, decimals), value);
    }

    fn act_for_assistance<N: Numeric>(&self, ui: &Ui, id: Id, value: &mut N) {
        use accesskit::{Action, ActionData};
        let (asked, steps) = ui.input(|input| {
            let asked: Vec<ActionData> = input
                .accesskit_action_requests(id, Action::SetValue)
                .filter_map(|request| request.data.clone())
                .collect();
            let count = |action| input.num_accesskit_action_requests(id, action) as i32;
            (asked, count(Action::Increment) - count(Action::Decrement))
        });
        for data in asked {
            match data {
                ActionData::NumericValue(number) => self.put(number, value),
                ActionData::Value(text) => drop(self.take(&text, value)),
                _ => {}
            }
        }
        self.step(steps, false, value);
    }

    fn tell_assistance<N: Numeric>(&self, ui: &Ui, response: &Response, value: N, draft: Option<&Draft>) {
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
    fn said_ui<N: Numeric>(&self, ui: &Ui, response: Response, value: N, draft: Option<&Draft>) -> Response {
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

fn text_style(ui: &Ui) -> TextStyle {
    ui.style().override_text_style.clone().unwrap_or(TextStyle::Button)
}

fn select_all(ctx: &Context, id: Id, text: &str) {
    select(ctx, id, CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count())));
}

fn select(ctx: &Context, id: Id, range: CCursorRange) {
    let mut state = TextEditState::load(ctx, id).unwrap_or_default();
    state.cursor.set_char_range(Some(range));
    state.store(ctx, id);
}
