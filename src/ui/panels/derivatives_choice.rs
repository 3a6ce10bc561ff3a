//! How the methods obtain derivatives: exactly, or by central differences with a step.

use egui::{ComboBox, Ui, WidgetInfo};

use crate::objective::Derivatives;
use crate::session::Session;
use crate::ui::widgets::number_field::Takes;
use crate::ui::widgets::sliders::NumberSlider;

/// The step of the differences, kept while derivatives are exact.
#[derive(Clone, Copy, Debug)]
pub struct DerivativesChoice {
    step: f64,
}

impl Default for DerivativesChoice {
    fn default() -> Self {
        Self { step: STEP }
    }
}

/// The step that is taken where none was chosen: near the smallest error for costs of ordinary size.
const STEP: f64 = 1e-5;

/// The ends of the slider; a step that is typed may lie beyond.
const SLIDER: std::ops::RangeInclusive<f64> = 1e-12..=1.0;

/// Draws the choice and, for differences, the step.
pub fn derivatives_choice_ui(ui: &mut Ui, session: &mut Session, kept: &mut DerivativesChoice) {
    let before = session.scenario().cost.derivatives;
    if let Derivatives::CentralDifference { step } = before {
        kept.step = step;
    }
    let mut chosen = before;
    ui.horizontal(|ui| {
        let differences = Derivatives::CentralDifference { step: kept.step };
        let name = |of| if of == Derivatives::Exact { "exact" } else { "central differences" };
        ui.label("methods use");
        let combo = ComboBox::from_id_salt("derivatives").selected_text(name(before)).width(140.0);
        let response = combo
            .show_ui(ui, |ui| {
                for option in [Derivatives::Exact, differences] {
                    ui.selectable_value(&mut chosen, option, name(option));
                }
            })
            .response;
        response.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, "Derivatives"));
        response.on_hover_text("What the methods walk on: the derivatives below, or difference quotients of J");
        if before != Derivatives::Exact {
            let mut step = kept.step;
            let slider = NumberSlider {
                symbol: "h",
                name: "Difference step",
                explanation: "How far to each side J is taken. Large: the curve bends on the way. Tiny: rounding.",
                range: SLIDER,
                takes: Takes::ABOVE_ZERO,
                logarithmic: true,
                default: STEP,
            };
            ui.allocate_ui(egui::vec2(250.0, ui.spacing().interact_size.y), |ui| {
                slider.show_ui(ui, &mut step, 14.0);
            });
            // A slider that assistive technology sets may be asked for what no file may hold.
            if step != kept.step && step > 0.0 && step.is_finite() {
                chosen = Derivatives::CentralDifference { step };
            }
        }
    });
    if chosen != before {
        session.edit(|scenario| scenario.cost.derivatives = chosen);
    }
}
