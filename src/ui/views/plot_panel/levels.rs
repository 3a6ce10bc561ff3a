//! The row above the plot: how levels are spaced, or what is drawn beside a curve, and what is looked at.

use egui::{Checkbox, ComboBox, Role, ScrollArea, Ui, WidgetInfo};

use super::PlotState;
use crate::figure::{CurveTrail, Look};
use crate::landscape::LevelScale;
use crate::record::quotient::QuotientKind;
use crate::session::{ContoursOf, Session};
use crate::spelling::Selectable;
use crate::ui::actions::Action;
use crate::ui::widgets::number_field::{NumberField, Takes};
use crate::ui::widgets::sliders::NumberSlider;

/// About how many isolines can be asked for here.
const COUNT: std::ops::RangeInclusive<u16> = 1..=60;
/// With less room than this for row and plot together, in points, the row does not wrap.
const LOW: f32 = 260.0;

impl PlotState {
    /// Draws the row, with `more` at its end. Returns the actions that were asked for.
    pub fn levels_ui(
        &mut self,
        ui: &mut Ui,
        session: &mut Session,
        look: &mut Look,
        more: impl FnOnce(&mut Ui) -> Option<Action>,
    ) -> Vec<Action> {
        let contents = |ui: &mut Ui| {
            if session.is_of_one_variable() {
                curves_ui(ui, session, look);
            } else {
                self.row_ui(ui, session, &mut look.contours);
            }
            let mut asked = view_buttons_ui(ui, session);
            ui.add_space(8.0);
            asked.extend(more(ui));
            asked
        };
        if ui.available_height() > LOW {
            return ui.horizontal_wrapped(contents).inner;
        }
        // One row, however narrow: what is left belongs to the plot.
        let row = ScrollArea::horizontal().auto_shrink([false, true]);
        row.show(ui, |ui| ui.horizontal(contents).inner).inner
    }

    fn row_ui(&mut self, ui: &mut Ui, session: &mut Session, contours: &mut ContoursOf) {
        let mut levels = session.scenario().levels;
        let label = ui.label("levels").on_hover_text("How the isolines and the shades are spaced");
        let combo = ComboBox::from_id_salt("levels").selected_text(levels.scale.name()).width(92.0);
        let response = combo
            .show_ui(ui, |ui| {
                for scale in LevelScale::ALL {
                    ui.selectable_value(&mut levels.scale, *scale, scale.name());
                }
            })
            .response;
        response.labelled_by(label.id);
        if session.scenario().enabled_constraints().next().is_some() {
            contours_ui(ui, contours);
        }
        ui.label("count");
        // More than can be told apart is not offered, and kept where a file asks for it.
        let (fewest, most) = (*COUNT.start(), *COUNT.end());
        let field = NumberField {
            takes: Takes::Within(f64::from(fewest)..=f64::from(most)),
            speed: 0.2,
            width: 40.0,
            ..NumberField::new("count", "About how many levels are drawn")
        };
        field.show_ui(ui, &mut levels.count);
        ui.add_space(8.0);
        ui.add(Checkbox::new(&mut self.camera.equal_axes, "equal axes")).on_hover_text(
            "One unit of each variable has the same length, so that gradients cross isolines at right angles",
        );
        if levels != session.scenario().levels {
            session.edit(|scenario| scenario.levels = levels);
        }
    }
}

/// What brings the view back, and what keeps paths. Returns the actions that were asked for.
fn view_buttons_ui(ui: &mut Ui, session: &Session) -> Vec<Action> {
    let mut asked = Vec::new();
    let of_typed = Some(Action::SuitCost).filter(|_| session.scenario().wants_suggestion());
    let actions =
        [(Action::ResetView, "Reset"), (Action::FitPaths, "Fit"), (Action::PinPaths, "Pin")].into_iter();
    for (action, words) in actions.chain(of_typed.map(|action| (action, action.label()))) {
        let button = ui.button(words);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, action.label()));
        let words = format!("{}: {}", action.label(), action.explanation(ui.ctx()));
        if button.on_hover_text(words).clicked() {
            asked.push(action);
        }
    }
    asked
}

/// What is drawn of a cost of one variable beside its curve.
fn curves_ui(ui: &mut Ui, session: &Session, look: &mut Look) {
    let letter = session.scenario().cost.letter();
    for (primes, chosen, meaning) in [
        ("\u{2032}", &mut look.slope_curve, "Draw the slope, dashed: extrema are where it goes through 0"),
        ("\u{2033}", &mut look.bend_curve, "Draw the second derivative, dotted: above 0 the curve bends up"),
    ] {
        let name = format!("{letter}{primes}");
        ui.checkbox(chosen, &name).on_hover_text(meaning);
    }
    ui.add_space(8.0);
    trail_ui(ui, &mut look.curve_trail);
    let meaning = "Draw the line through two points of the curve at the pointer, or where the chosen run stands, beside the slope";
    let label = ui.label("difference quotient").on_hover_text(meaning);
    let combo = ComboBox::from_id_salt("quotient").selected_text(look.quotient.name()).width(72.0);
    let response = combo
        .show_ui(ui, |ui| {
            for kind in QuotientKind::ALL {
                ui.selectable_value(&mut look.quotient, kind, kind.name());
            }
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Difference quotient"));
    response.labelled_by(label.id);
    if look.quotient != QuotientKind::None {
        // What was kept may be anything.
        if !(look.quotient_step.is_finite() && look.quotient_step > 0.0) {
            look.quotient_step = Look::default().quotient_step;
        }
        let slider = NumberSlider {
            symbol: "\u{394}x",
            name: "Difference quotient: \u{394}x",
            explanation: "How far the two points are apart: the line becomes the tangent where it is small, until rounding shows",
            range: 1e-12..=2.0,
            takes: Takes::Within(1e-300..=1e300),
            logarithmic: true,
            default: Look::default().quotient_step,
        };
        slider.show_ui(ui, &mut look.quotient_step, 22.0);
    }
    ui.add_space(8.0);
}

/// What leads from one point of the curve to the next.
fn trail_ui(ui: &mut Ui, trail: &mut CurveTrail) {
    let meaning = "What leads from one point of the curve to the next";
    ui.label("trail").on_hover_text(meaning);
    let combo = ComboBox::from_id_salt("trail").selected_text(trail.name()).width(72.0);
    let response = combo
        .show_ui(ui, |ui| {
            for of in CurveTrail::ALL {
                ui.selectable_value(trail, of, of.name()).on_hover_text(of.explanation());
            }
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Trail"));
    response.on_hover_text(trail.explanation());
}

/// What the contours are of: the cost, or what constraints make of it.
fn contours_ui(ui: &mut Ui, contours: &mut ContoursOf) {
    let label = ui.label("of").on_hover_text("What the contours are of");
    let combo = ComboBox::from_id_salt("contours").selected_text(contours.name()).width(64.0);
    let response = combo
        .show_ui(ui, |ui| {
            for of in ContoursOf::ALL {
                ui.selectable_value(contours, *of, of.name()).on_hover_text(of.explanation());
            }
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Contours of"));
    response.on_hover_text(contours.explanation()).labelled_by(label.id);
}
