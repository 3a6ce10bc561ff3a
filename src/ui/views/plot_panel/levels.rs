//! The row above the plot: how levels are spaced, and what is looked at.

use egui::{Checkbox, ComboBox, ScrollArea, Ui};

use super::PlotState;
use crate::landscape::LevelScale;
use crate::session::Session;
use crate::spelling::Selectable;
use crate::ui::actions::Action;
use crate::ui::widgets::number_field::{NumberField, Takes};

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
        more: impl FnOnce(&mut Ui) -> Option<Action>,
    ) -> Vec<Action> {
        let contents = |ui: &mut Ui| {
            let mut asked = self.row_ui(ui, session);
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

    fn row_ui(&mut self, ui: &mut Ui, session: &mut Session) -> Vec<Action> {
        let mut levels = session.scenario().levels;
        let mut asked = Vec::new();
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
        let of_typed = Some(Action::SuitCost).filter(|_| session.scenario().wants_suggestion());
        let actions = [Action::ResetView, Action::FitPaths, Action::PinPaths];
        for action in actions.into_iter().chain(of_typed) {
            if ui.button(action.label()).on_hover_text(action.explanation(ui.ctx())).clicked() {
                asked.push(action);
            }
        }
        if levels != session.scenario().levels {
            session.edit(|scenario| scenario.levels = levels);
        }
        asked
    }
}
