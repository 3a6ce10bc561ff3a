//! How runs meet constraints: the way of all, or of one run, with its parameters.

use std::ops::RangeInclusive;

use egui::{ComboBox, Role, Ui, WidgetInfo, vec2};

use crate::optimizer::{TreatmentKind, TreatmentParameter, TreatmentRow, TreatmentSettings};
use crate::session::Session;
use crate::spelling::Selectable;
use crate::ui::panels::constraints::{HEAD_WIDTH, LEAST_LEVEL, LEVEL_WIDTH};
use crate::ui::widgets::nudge::Nudge;
use crate::ui::widgets::number_field::{NumberField, Takes};
use crate::ui::widgets::sliders::NumberSlider;

/// With less room than this the formula of a treatment is told by its tooltip alone.
const FORMULA_WIDTH: f32 = 130.0;

/// How runs meet the constraints, where there are any.
pub fn treatment_row_ui(ui: &mut Ui, session: &mut Session) {
    if session.scenario().constraints.is_empty() {
        return;
    }
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
    // With less room than it needs it goes to the next line.
    let width = ui.available_size_before_wrap().x.clamp(LEAST_LEVEL, LEVEL_WIDTH);
    let size = vec2(width, ui.spacing().interact_size.y);
    ui.allocate_ui(size, |ui| slider.show_ui(ui, value, 14.0));
}
