//! What the cost is subject to: a row for each constraint, and how runs meet them.

use std::ops::RangeInclusive;

use egui::{ComboBox, Response, Role, Tooltip, Ui, WidgetInfo, vec2};

use crate::figure::look::number::short;
use crate::landscape::Field;
use crate::objective::{MAX_CONSTRAINTS, Relation};
use crate::optimizer::{TreatmentKind, TreatmentParameter, TreatmentRow, TreatmentSettings};
use crate::scenario::ConstraintChoice;
use crate::session::Session;
use crate::spelling::Selectable;
use crate::ui::panels::formula_field::{FormulaField, formula_field_ui};
use crate::ui::widgets::icons::{Icon, icon_button_ui};
use crate::ui::widgets::nudge::Nudge;
use crate::ui::widgets::number_field::{NumberField, Takes};
use crate::ui::widgets::sliders::NumberSlider;

/// What assistive technology calls the fields, by their place.
pub const NAMES: [&str; MAX_CONSTRAINTS] = ["First constraint", "Second constraint"];
/// What stands before a row is as wide in all of them.
const HEAD_WIDTH: f32 = 96.0;
/// Room for the level with its slider, and for the rest of a row.
const LEVEL_WIDTH: f32 = 250.0;
const RELATION_WIDTH: f32 = 44.0;
/// Room for the multiplier beside the level.
const STAR_WIDTH: f32 = 84.0;
/// With less room than this the formula of a treatment is told by its tooltip alone.
const FORMULA_WIDTH: f32 = 130.0;
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
    treatment_row_ui(ui, session);
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
        let width = ui.available_width() - LEVEL_WIDTH - RELATION_WIDTH - STAR_WIDTH - 22.0 - gaps - 16.0;
        ui.vertical(|ui| {
            let width = width.max(120.0);
            ui.set_width(width);
            let field = FormulaField { name, hint: "x + y", width };
            let (text, error) = (session.constraint_text(index), session.constraint_error(index));
            output = Some(formula_field_ui(ui, &field, text, error, None));
        });
        relation_ui(ui, name, &mut changed.relation);
        level_ui(ui, session, index, name, &mut changed.level);
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

fn level_ui(ui: &mut Ui, session: &Session, index: usize, name: &str, level: &mut f64) {
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
    let size = vec2(LEVEL_WIDTH, ui.spacing().interact_size.y);
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

/// How runs meet the constraints.
fn treatment_row_ui(ui: &mut Ui, session: &mut Session) {
    let before = session.scenario().treatment;
    let mut now = before;
    ui.horizontal_wrapped(|ui| {
        let size = vec2(HEAD_WIDTH, ui.spacing().interact_size.y);
        ui.allocate_ui(size, |ui| {
            ui.set_min_width(HEAD_WIDTH);
            ui.label("met by").on_hover_text("How the runs meet the constraints");
        });
        let misfit = |kind: TreatmentKind| {
            let runs = session.scenario().optimizers.iter().filter(|choice| choice.treatment.is_none());
            runs.into_iter().find_map(|choice| kind.misfit(&choice.settings))
        };
        kind_ui(ui, "Treatment", &mut now, misfit);
        parameters_ui(ui, "Treatment", &mut now);
        let TreatmentRow { formula, summary, source, .. } = *now.kind.row();
        if ui.available_size_before_wrap().x > FORMULA_WIDTH {
            ui.label(formula).on_hover_text(format!("{summary}\n{source}"));
        }
    });
    if now != before {
        session.edit(|scenario| scenario.treatment = now);
    }
}

/// The choice of a way to meet constraints; those that do not fit say why.
pub fn kind_ui(
    ui: &mut Ui,
    name: &str,
    settings: &mut TreatmentSettings,
    misfit: impl Fn(TreatmentKind) -> Option<&'static str>,
) {
    let shown = ComboBox::from_id_salt(("treatment", name))
        .selected_text(settings.kind.row().name)
        .width(150.0)
        .show_ui(ui, |ui| {
            for kind in TreatmentKind::ALL {
                let row = kind.row();
                let reason = misfit(*kind);
                let entry = ui.add_enabled_ui(reason.is_none(), |ui| {
                    ui.selectable_value(&mut settings.kind, *kind, row.name)
                });
                let entry = entry.inner.on_hover_text(format!("{}\n{}", row.formula, row.summary));
                if let Some(reason) = reason {
                    entry.on_disabled_hover_text(reason);
                }
            }
        })
        .response;
    shown.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
    let row = settings.kind.row();
    shown.on_hover_text(format!("{}\n{}", row.formula, row.summary));
}

/// The parameters that the chosen way uses.
pub fn parameters_ui(ui: &mut Ui, name: &str, settings: &mut TreatmentSettings) {
    for parameter in settings.kind.row().parameters {
        match parameter {
            TreatmentParameter::Mu => {
                let words = "Weight \u{3bc} of the penalty: the larger, the steeper its valley, and the smaller the rates that go down it";
                let value = &mut settings.mu;
                slider_ui(
                    ui,
                    ["\u{3bc}", &format!("{name}: weight of the penalty"), words],
                    1e-2..=1e4,
                    10.0,
                    value,
                );
            }
            TreatmentParameter::MultiplierRate => {
                let words = "Rate \u{3b7} at which multipliers climb after every step";
                let value = &mut settings.multiplier_rate;
                slider_ui(
                    ui,
                    ["\u{3b7}", &format!("{name}: rate of the multipliers"), words],
                    1e-4..=10.0,
                    0.1,
                    value,
                );
            }
            TreatmentParameter::InnerSteps => {
                let words = "The multipliers are corrected after so many steps";
                ui.label("every").on_hover_text(words);
                let field_name = format!("{name}: steps between two corrections");
                let field = NumberField {
                    takes: Takes::Within(1.0..=1e6),
                    nudge: Some(Nudge { range: 1.0..=100.0, logarithmic: false, fine: false }),
                    speed: 0.2,
                    width: 40.0,
                    ..NumberField::new(&field_name, words)
                };
                field.show_ui(ui, &mut settings.inner_steps);
                ui.label("steps").on_hover_text(words);
            }
        }
    }
}

/// A slider over powers of ten, for a number above 0.
fn slider_ui(
    ui: &mut Ui,
    [symbol, name, explanation]: [&str; 3],
    range: RangeInclusive<f64>,
    default: f64,
    value: &mut f64,
) {
    let wrong = |number: f64| (number <= 0.0).then(|| "a number above 0".to_owned());
    let slider = NumberSlider {
        symbol,
        name,
        explanation,
        range,
        takes: Takes::Unless(&wrong),
        logarithmic: true,
        default,
    };
    let size = vec2(LEVEL_WIDTH, ui.spacing().interact_size.y);
    ui.allocate_ui(size, |ui| slider.show_ui(ui, value, 14.0));
}
