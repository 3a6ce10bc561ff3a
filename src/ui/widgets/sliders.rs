//! Sliders for numbers, with a value that can be typed.

use std::ops::RangeInclusive;

use egui::{
    Color32, Context, Event, Id, Key, Label, MouseWheelUnit, Response, Sense, Shape, Slider, SliderClamping,
    TextStyle, Ui, Vec2, WidgetInfo, accesskit, vec2,
};

use crate::ui::widgets::nudge::Nudge;
use crate::ui::widgets::number_field::{NumberField, Takes};
use crate::ui::widgets::number_text::setting_text;
use crate::ui::widgets::rail::{Places, Rail, RailClick};

/// How a number is slid and shown.
pub struct NumberSlider<'a> {
    /// What stands before the slider.
    pub symbol: &'a str,
    /// What assistive technology calls it.
    pub name: &'a str,
    /// What it means.
    pub explanation: &'a str,
    /// The ends of the slider; a value that is typed may lie beyond.
    pub range: RangeInclusive<f64>,
    /// Which values may be typed.
    pub takes: Takes<'a>,
    /// Whether equal distances are equal ratios.
    pub logarithmic: bool,
    /// What a double click brings back.
    pub default: f64,
}

/// Room for the value beside a slider, in points: the longest text is `-1.235e-12`.
pub const VALUE_WIDTH: f32 = 76.0;
/// Room for each end of a slider whose range can be edited.
const END_WIDTH: f32 = 38.0;

impl NumberSlider<'_> {
    /// Draws symbol, slider and value into one row. `symbol_width` aligns the sliders of a card. Returns whether the value
    /// was changed.
    pub fn show_ui(&self, ui: &mut Ui, value: &mut f64, symbol_width: f32) -> bool {
        let before = *value;
        ui.horizontal(|ui| {
            self.symbol_ui(ui, value, symbol_width);
            self.slider_ui(ui, value, 0.0);
            self.value_ui(ui, value);
        });
        *value != before
    }

    /// As [`NumberSlider::show_ui`], with what stands along the rail. Returns what was clicked of that, too.
    pub fn with_rail_ui(
        &self,
        ui: &mut Ui,
        value: &mut f64,
        symbol_width: f32,
        rail: &Rail<'_>,
    ) -> (bool, Option<RailClick>) {
        let before = *value;
        let clicked = ui.horizontal(|ui| {
            self.symbol_ui(ui, value, symbol_width);
            let clicked = self.slider_on_rail_ui(ui, value, 0.0, Some(rail));
            self.value_ui(ui, value);
            clicked
        });
        (*value != before, clicked.inner)
    }

    /// As [`NumberSlider::show_ui`], with the ends of the range as numbers that can be edited. Returns whether the value
    /// was changed, and the range if that was.
    pub fn with_ends_ui(&self, ui: &mut Ui, value: &mut f64, symbol_width: f32) -> (bool, Option<[f64; 2]>) {
        let before = *value;
        let range = [*self.range.start(), *self.range.end()];
        let mut chosen = range;
        ui.horizontal(|ui| {
            self.symbol_ui(ui, value, symbol_width);
            let wrong_from = |from| wrong_range([from, range[1]], "below", range[1]);
            self.end_ui(ui, &mut chosen[0], "from", &wrong_from);
            self.slider_ui(ui, value, END_WIDTH + ui.spacing().item_spacing.x);
            let wrong_to = |to| wrong_range([range[0], to], "above", range[0]);
            self.end_ui(ui, &mut chosen[1], "to", &wrong_to);
            self.value_ui(ui, value);
        });
        (*value != before, (chosen != range).then_some(chosen))
    }

    fn symbol_ui(&self, ui: &mut Ui, value: &mut f64, width: f32) {
        let height = ui.spacing().interact_size.y;
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(vec2(width, height), layout, |ui| {
            ui.set_min_width(width);
            let symbol = ui.add(Label::new(self.symbol).selectable(false).sense(Sense::CLICK));
            if symbol.on_hover_text(self.hint()).double_clicked() {
                *value = self.default;
            }
        });
    }

    fn hint(&self) -> String {
        format!(
            "{}\nDouble click: back to {}. A click gives it the arrow keys and the wheel: small steps, with Shift smaller ones.",
            self.explanation,
            setting_text(self.default)
        )
    }

    /// The slider itself; `beside` is the room to leave for what follows it besides the value.
    fn slider_ui(&self, ui: &mut Ui, value: &mut f64, beside: f32) {
        self.slider_on_rail_ui(ui, value, beside, None);
    }

    fn slider_on_rail_ui(
        &self,
        ui: &mut Ui,
        value: &mut f64,
        beside: f32,
        rail: Option<&Rail<'_>>,
    ) -> Option<RailClick> {
        let before = *value;
        ui.scope(|ui| {
            let gap = ui.spacing().item_spacing.x;
            let room = ui.available_width() - VALUE_WIDTH - gap - beside;
            ui.spacing_mut().slider_width = room.clamp(36.0, 260.0);
            let smallest = self.range.start().abs().max(1e-12);
            let below = ui.painter().add(Shape::Noop);
            let slider = Slider::new(value, self.range.clone())
                .logarithmic(self.logarithmic)
                .smallest_positive(smallest)
                .clamping(SliderClamping::Never)
                .show_value(false);
            let slider = ui.add(slider).interact(Sense::click());
            take_focus(ui, &slider);
            if slider.double_clicked() {
                *value = self.default;
            }
            for (steps, fine) in [key_steps(ui, &slider), wheel_steps(ui, &slider)] {
                if steps != 0 {
                    *value = Nudge { fine, ..self.nudge() }.apply(before, steps);
                }
            }
            slider.widget_info(|| WidgetInfo::slider(true, *value, self.name));
            let Some(rail) = rail else {
                slider.on_hover_text(self.hint());
                return None;
            };
            let places = Places {
                slider: slider.rect,
                handle: ui.visuals().handle_shape,
                range: self.range.clone(),
                logarithmic: self.logarithmic,
            };
            ui.painter().set(below, rail.strip_shape(ui, &places));
            // What is said of a mark or a piece is said in the place of what is said of the slider.
            let mark = rail.marks_ui(ui, &slider, &places).map(RailClick::Mark);
            let piece = rail.strip_ui(ui, &slider, &places);
            let is_clicked = slider.clicked() && !slider.double_clicked();
            let piece = piece.filter(|_| is_clicked).map(RailClick::Piece);
            slider.on_hover_ui(|ui| {
                ui.label(self.hint());
                if !rail.remark.is_empty() {
                    ui.label(rail.remark);
                }
            });
            mark.or(piece)
        })
        .inner
    }

    fn value_ui(&self, ui: &mut Ui, value: &mut f64) {
        let speed = if self.logarithmic {
            0.01 * value.abs()
        } else {
            (self.range.end() - self.range.start()) / 400.0
        };
        let field = NumberField {
            takes: self.takes.clone(),
            nudge: Some(self.nudge()),
            speed,
            width: VALUE_WIDTH,
            ..NumberField::new(self.name, self.explanation)
        };
        field.show_ui(ui, value);
    }

    fn end_ui(&self, ui: &mut Ui, end: &mut f64, which: &str, wrong: &dyn Fn(f64) -> Option<String>) {
        ui.scope(|ui| {
            ui.style_mut().override_text_style = Some(TextStyle::Small);
            let quiet = ui.visuals().weak_text_color();
            let widgets = &mut ui.visuals_mut().widgets;
            widgets.inactive.weak_bg_fill = Color32::TRANSPARENT;
            widgets.inactive.fg_stroke.color = quiet;
            let name = format!("{} {which}", self.name);
            let explanation = format!("Where the slider of {} ends: click to type", self.symbol);
            // It may be stepped beyond where the slider ends now.
            let (from, to) = (*self.range.start(), *self.range.end());
            let nudge = Nudge { range: 2.0 * from - to..=2.0 * to - from, ..self.nudge() };
            let field = NumberField {
                takes: Takes::Unless(wrong),
                nudge: Some(nudge),
                width: END_WIDTH,
                ..NumberField::new(&name, &explanation)
            };
            field.show_ui(ui, end);
        });
    }

    fn nudge(&self) -> Nudge {
        Nudge { range: self.range.clone(), logarithmic: self.logarithmic, fine: false }
    }
}

/// What is wrong with the ends of a slider, of which one has to be `side` of the other.
fn wrong_range([from, to]: [f64; 2], side: &str, other: f64) -> Option<String> {
    let is_range = from < to && (to - from).is_finite();
    (!is_range).then(|| format!("a number {side} {}, the other end", setting_text(other)))
}

/// The steps that the arrow keys ask of a slider that has the focus, or that assistive technology asks of it, and whether
/// they are to be fine.
pub fn key_steps(ui: &Ui, slider: &Response) -> (i32, bool) {
    let has_focus = slider.has_focus();
    ui.input(|input| {
        let asked = |action| input.num_accesskit_action_requests(slider.id, action) as i32;
        let pressed = |key| if has_focus { input.num_presses(key) as i32 } else { 0 };
        let up = pressed(Key::ArrowRight) + asked(accesskit::Action::Increment);
        let steps = up - pressed(Key::ArrowLeft) - asked(accesskit::Action::Decrement);
        (steps, input.modifiers.shift)
    })
}

/// The steps that the wheel asks of a slider that has the focus, and whether they are to be fine. What it takes scrolls
/// nothing; without the focus a slider takes nothing, so that a list is scrolled whatever passes under the pointer.
pub fn wheel_steps(ui: &Ui, slider: &Response) -> (i32, bool) {
    if !slider.has_focus() || !slider.hovered() {
        return (0, false);
    }
    ui.input_mut(|input| {
        let (mut turned, mut fine) = (0.0, false);
        input.events.retain(|event| match event {
            Event::MouseWheel { unit, delta, modifiers, .. } if !modifiers.command => {
                // Shift makes some systems turn the wheel sideways.
                let delta = if delta.y == 0.0 { delta.x } else { delta.y };
                fine |= modifiers.shift;
                turned += if *unit == MouseWheelUnit::Point { delta / 40.0 } else { delta.signum() };
                false
            }
            _ => true,
        });
        input.smooth_scroll_delta = Vec2::ZERO;
        let steps = if turned == 0.0 { 0.0 } else { turned.abs().round().max(1.0) * turned.signum() };
        (steps as i32, fine)
    })
}

/// The slider that has the focus, while one has it.
#[derive(Clone, Copy)]
struct FocusedSlider(Id);

/// Gives a slider that was clicked the focus, and remembers which one has it.
pub fn take_focus(ui: &Ui, slider: &Response) {
    if slider.clicked() {
        slider.request_focus();
    }
    if slider.has_focus() {
        ui.data_mut(|data| data.insert_temp(Id::NULL, FocusedSlider(slider.id)));
    }
}

/// Whether a slider has the focus, to which keys such as Space mean nothing.
pub fn has_focused_slider(ctx: &Context) -> bool {
    let known = ctx.data(|data| data.get_temp::<FocusedSlider>(Id::NULL));
    known.is_some_and(|FocusedSlider(id)| ctx.memory(|memory| memory.has_focus(id)))
}
