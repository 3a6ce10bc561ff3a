//! What the cost is subject to: a row for each constraint.

use std::ops::RangeInclusive;

use egui::{ComboBox, Response, Role, Tooltip, Ui, WidgetInfo, vec2};

use crate::figure::look::number::short;
use crate::landscape::Field;
use crate::objective::{MAX_CONSTRAINTS, Relation};
use crate::scenario::ConstraintChoice;
use crate::session::Session;
use crate::spelling::Selectable;
use crate::ui::panels::formula_field::{FormulaField, formula_field_ui};
use crate::ui::widgets::icons::{Icon, icon_button_ui};
use crate::ui::widgets::number_field::Takes;
use crate::ui::widgets::sliders::NumberSlider;

/// What assistive technology calls the fields, by their place.
pub const NAMES: [&str; MAX_CONSTRAINTS] = ["First constraint", "Second constraint"];
/// What stands before a row is as wide in all of them.
pub const HEAD_WIDTH: f32 = 96.0;
/// Room for the level with its slider, and for the rest of a row.
pub const LEVEL_WIDTH: f32 = 250.0;
/// The least that a level with its slider is drawn in, and its formula.
pub const LEAST_LEVEL: f32 = 150.0;
const LEAST_FIELD: f32 = 120.0;
const RELATION_WIDTH: f32 = 44.0;
/// Room for the multiplier beside the level.
const STAR_WIDTH: f32 = 84.0;
/// The values of g over the window are looked at in so many nodes a side.
const NODES: usize = 24;

/// The rows, none where there is no constraint.
pub fn constraints_ui(ui: &mut Ui, session: &mut Session) {
    let constraints = session.scenario().constraints.clone();
    if constraints.is_empty() {
        return;
    }
    for (index, choice) in constraints.iter().enumerate() {
        ui.push_id(("constraint", index), |ui| constraint_ui(ui, session, index, choice));
    }
}

fn constraint_ui(ui: &mut Ui, session: &mut Session, index: usize, choice: &ConstraintChoice) {
    let name = NAMES[index.min(MAX_CONSTRAINTS - 1)];
    let mut changed = choice.clone();
    let mut is_removed = false;
    let mut output = None;
    ui.horizontal(|ui| {
        let size = vec2(HEAD_WIDTH, ui.spacing().interact_size.y);
        ui.allocate_ui(size, |ui| {
            ui.set_min_width(HEAD_WIDTH);
            let words = if index == 0 { "subject to" } else { "and" };
            let enabled = ui.checkbox(&mut changed.enabled, words);
            enabled.widget_info(|| {
                WidgetInfo::selected(Role::CheckBox, true, choice.enabled, format!("{name} counts"))
            });
            enabled.on_hover_text("Whether this constraint counts");
        });
        let gaps = 4.0 * ui.spacing().item_spacing.x;
        let room = ui.available_width() - RELATION_WIDTH - STAR_WIDTH - 22.0 - gaps - 16.0;
        // Where there is little room, as with large text, the slider of the level gives way first.
        let level_width = (room - LEAST_FIELD).clamp(LEAST_LEVEL, LEVEL_WIDTH);
        ui.vertical(|ui| {
            let width = (room - level_width).max(0.5 * LEAST_FIELD);
            ui.set_width(width);
            let field = FormulaField { name, hint: "x + y", width };
            let (text, error) = (session.constraint_text(index), session.constraint_error(index));
            output = Some(formula_field_ui(ui, &field, text, error, None));
        });
        relation_ui(ui, name, &mut changed.relation);
        level_ui(ui, session, index, name, level_width, &mut changed.level);
        let remove = icon_button_ui(ui, Icon::Remove, &format!("Remove the {}", name.to_lowercase()));
        is_removed = remove.on_hover_text("Take this constraint away").clicked();
    });
    if changed != *choice {
        session.edit(|scenario| {
            if let Some(held) = scenario.constraints.get_mut(index) {
                *held = changed;
            }
        });
    }
    if let Some(output) = output {
        if let Some(text) = output.typed {
            session.set_constraint_text(index, &text);
        }
        if output.is_left {
            session.settle_constraint(index);
        }
    }
    if is_removed {
        session.remove_constraint(index);
    }
}

fn relation_ui(ui: &mut Ui, name: &str, relation: &mut Relation) {
    let shown = ComboBox::from_id_salt("relation")
        .selected_text(relation.symbol())
        .width(RELATION_WIDTH)
        .show_ui(ui, |ui| {
            for option in Relation::ALL {
                ui.selectable_value(relation, *option, option.symbol());
            }
        })
        .response;
    shown.widget_info(|| {
        WidgetInfo::labeled(Role::ComboBox, true, format!("Relation of the {}", name.to_lowercase()))
    });
    shown.on_hover_text("How it compares with the level");
}

fn level_ui(ui: &mut Ui, session: &Session, index: usize, name: &str, width: f32, level: &mut f64) {
    let range = range_of(session, index, *level);
    let default = 0.5 * range.start() + 0.5 * range.end();
    let slider = NumberSlider {
        symbol: "",
        name: &format!("Level of the {}", name.to_lowercase()),
        explanation: "With what the constraint is compared: the curve moves with it",
        range,
        takes: Takes::Any,
        logarithmic: false,
        default,
    };
    let mut now = *level;
    let size = vec2(width, ui.spacing().interact_size.y);
    let shown = ui.allocate_ui(size, |ui| slider.show_ui(ui, &mut now, 0.0));
    check_ui(ui, session, index, [*level, now], &shown.response);
    let size = vec2(STAR_WIDTH, ui.spacing().interact_size.y);
    ui.allocate_ui(size, |ui| {
        ui.set_min_width(STAR_WIDTH);
        if let Some(multiplier) = session.best_multiplier(index) {
            ui.label(format!("\u{3bb}* {}", short(multiplier, 4))).on_hover_text(
                "Multiplier at the best solution in the window: for one more of the level the best J changes by about this much (dJ*/dlevel = \u{3bb})",
            );
        }
    });
    if now.is_finite() {
        *level = now;
    }
}

/// The best solution where the level was when the hand took it.
#[derive(Clone, Copy, Debug)]
struct Taken {
    level: f64,
    value: f64,
    multiplier: f64,
}

/// While the level is dragged: what the best J has become, and the multiplier checked by that.
fn check_ui(ui: &Ui, session: &Session, index: usize, [before, now]: [f64; 2], slider: &Response) {
    let id = ui.scope_id().with("taken");
    if !ui.input(|input| input.pointer.any_down()) {
        ui.data_mut(|data| data.remove::<Taken>(id));
        return;
    }
    let here = session.best_solution().zip(session.best_multiplier(index));
    let mut taken: Option<Taken> = ui.data(|data| data.get_temp(id));
    if taken.is_none() && before != now {
        taken = here.as_ref().map(|(best, multiplier)| Taken {
            level: before,
            value: best.value,
            multiplier: *multiplier,
        });
        ui.data_mut(|data| taken.map(|taken| data.insert_temp(id, taken)));
    }
    let Some((Taken { level, value, multiplier }, (best, now_multiplier))) = taken.zip(here) else { return };
    let quotient = (best.value - value) / (before - level);
    if !quotient.is_finite() {
        return;
    }
    let number = |value: f64| short(value, 4);
    let words = format!(
        "level {} \u{2192} {}:  J* {} \u{2192} {}\n\u{394}J*/\u{394}level {},  between \u{3bb}* {} and {}",
        number(level),
        number(before),
        number(value),
        number(best.value),
        number(quotient),
        number(multiplier),
        number(now_multiplier),
    );
    let tooltip =
        Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id.with("check"), slider.rect.left_bottom());
    tooltip.show(|ui| ui.label(words));
}

/// The values that g has over the window, which the level always lies in.
fn range_of(session: &Session, index: usize, level: f64) -> RangeInclusive<f64> {
    let scenario = session.scenario();
    let around = || {
        let reach = if level == 0.0 { 5.0 } else { 2.0 * level.abs().min(f64::MAX / 8.0) };
        [level - reach, level + reach]
    };
    // One that does not count is not compiled.
    let place = scenario.constraints[..index].iter().filter(|choice| choice.enabled).count();
    let is_enabled = scenario.constraints.get(index).is_some_and(|choice| choice.enabled);
    let constraint =
        session.problem().filter(|_| is_enabled).and_then(|problem| problem.constraints.get(place));
    let sampled = constraint.and_then(|constraint| {
        let fill = |xs: &[f64], ys: &[f64], out: &mut [f64]| constraint.function.fill_grid(xs, ys, out);
        Field::sample(scenario.window, NODES, NODES, fill).range()
    });
    let [low, high] = sampled.filter(|[low, high]| low < high).unwrap_or_else(around);
    // A range that overflows cannot be slid over.
    let most = f64::MAX / 8.0;
    low.min(level).max(-most)..=high.max(level).min(most)
}
