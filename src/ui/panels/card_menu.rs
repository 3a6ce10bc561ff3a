//! The menu of a card: what is done to a run as a whole.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{PopupCloseBehavior, Role, TextEdit, Ui, WidgetInfo};

use crate::optimizer::{NoOwnRule, TreatmentKind};
use crate::scenario::{MAX_OPTIMIZERS, MAX_TITLE_CHARS, OptimizerChoice, Scenario, write_optimizer};
use crate::session::{RateTheory, Session};
use crate::ui::panels::rate_rail::theory_menu_ui;
use crate::ui::panels::rule::rule_ui;
use crate::ui::panels::schedule::forms_ui;
use crate::ui::panels::treatment::{kind_ui, parameters_ui};

/// What is asked of a card, beyond its own settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardRequest {
    Remove,
    Duplicate,
    /// Hide all others.
    Solo,
    ShowAll,
    MoveUp,
    MoveDown,
    /// To this place in the list.
    MoveTo(usize),
    /// Its learning rate for all runs.
    SameRate,
    /// Show its steps as a table, which is no change of the scenario.
    Steps,
    /// Show kind and parameters of its schedule, or the lines of its own rule, or hide them again, which is none either.
    Schedule,
}

impl CardRequest {
    /// Does it to the run at `index`.
    pub fn carry_out(self, scenario: &mut Scenario, index: usize) {
        let runs = &mut scenario.optimizers;
        if index >= runs.len() {
            return;
        }
        match self {
            Self::Remove => drop(runs.remove(index)),
            Self::Duplicate if runs.len() < MAX_OPTIMIZERS => runs.insert(index + 1, runs[index].clone()),
            Self::Solo => runs.iter_mut().enumerate().for_each(|(i, run)| run.visible = i == index),
            Self::ShowAll => runs.iter_mut().for_each(|run| run.visible = true),
            Self::MoveUp if index > 0 => runs.swap(index - 1, index),
            Self::MoveDown if index + 1 < runs.len() => runs.swap(index, index + 1),
            Self::MoveTo(place) if place < runs.len() => {
                let run = runs.remove(index);
                runs.insert(place, run);
            }
            Self::SameRate => {
                let Some(rate) = runs[index].settings.get("learning_rate") else { return };
                for run in runs {
                    // A method that takes one number only keeps its own where there is one for each variable.
                    let _ = run.settings.set("learning_rate", rate);
                }
            }
            Self::Duplicate | Self::MoveTo(_) | Self::MoveUp | Self::MoveDown => {}
            Self::Steps | Self::Schedule => {}
        }
    }
}

/// Draws the menu's button and, while it is open, the menu. Changes label and settings in place.
pub fn card_menu_ui(
    ui: &mut Ui,
    session: &Session,
    name: &str,
    theory: &RateTheory,
    choice: &mut OptimizerChoice,
) -> Option<CardRequest> {
    let mut request = None;
    let stays_open = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (button, _) = MenuButton::new("…").config(stays_open).ui(ui, |ui| {
        rule_ui(ui, &choice.settings, session.scenario().cost.goal);
        ui.separator();
        let label = ui.label("Name");
        let mut typed = choice.label.clone().unwrap_or_default();
        let field = TextEdit::singleline(&mut typed)
            .hint_text(choice.settings.method().name)
            .char_limit(MAX_TITLE_CHARS)
            .desired_width(160.0);
        if ui.add(field).labelled_by(label.id).changed() {
            choice.label = (!typed.trim().is_empty()).then(|| typed.replace(['\n', '\r'], " "));
        }
        ui.separator();
        let rows = [
            ("Table", "Every step of this run as a table, to be read and copied", CardRequest::Steps),
            ("Duplicate", "The same run again, to be changed", CardRequest::Duplicate),
            ("Show only this", "Hide every other path", CardRequest::Solo),
            ("Show all", "Show every path", CardRequest::ShowAll),
            ("Same rate for all", "Give its learning rate to every run", CardRequest::SameRate),
            ("Move up", "Above the card before it", CardRequest::MoveUp),
            ("Move down", "Below the card after it", CardRequest::MoveDown),
        ];
        for (words, explanation, row) in rows {
            if ui.button(words).on_hover_text(explanation).clicked() {
                request = Some(row);
                ui.close();
            }
        }
        if theory_menu_ui(ui, session, theory, &mut choice.settings) {
            ui.close();
        }
        if forms_ui(ui, session, &mut choice.settings) {
            request = Some(CardRequest::Schedule);
            ui.close();
        }
        if edit_rule_ui(ui, choice) {
            request = Some(CardRequest::Schedule);
            ui.close();
        }
        treatment_ui(ui, session, choice);
        let copy = ui
            .button("Copy settings")
            .on_hover_text("As an [[optimizer]] block of a scenario file, to be pasted into another");
        if copy.clicked() {
            ui.ctx().copy_text(write_optimizer(choice));
            ui.close();
        }
        let reset =
            ui.button("Reset settings").on_hover_text("Every parameter as it was suggested for this cost");
        if reset.clicked() {
            choice.settings = session.scenario().cost.suggested_settings(choice.settings.method());
            ui.close();
        }
    });
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Menu of {name}")));
    button.on_hover_text("Name, steps as a table, duplicate, show only this, move, reset");
    request
}

/// Makes the method a rule of one's own that takes the same steps, where it is one. Returns whether it did.
fn edit_rule_ui(ui: &mut Ui, choice: &mut OptimizerChoice) -> bool {
    let own = choice.settings.as_own_rule();
    if own == Err(NoOwnRule::IsOwn) {
        return false;
    }
    let button = ui.add_enabled(own.is_ok(), egui::Button::new("Edit its rule"));
    let words = match &own {
        Ok(_) => "Make this run a rule of your own that takes the same steps, line by line, to be changed"
            .to_owned(),
        Err(reason) => reason.to_string(),
    };
    let is_clicked = button.on_hover_text(&words).on_disabled_hover_text(&words).clicked();
    match own {
        Ok(settings) if is_clicked => {
            choice.settings = settings;
            true
        }
        _ => false,
    }
}

/// How the run meets constraints, where there are some: as all do, or in a way of its own.
fn treatment_ui(ui: &mut Ui, session: &Session, choice: &mut OptimizerChoice) {
    let scenario = session.scenario();
    if scenario.constraints.is_empty() {
        return;
    }
    ui.separator();
    let mut has_own = choice.treatment.is_some();
    let own = ui.checkbox(&mut has_own, "Own treatment of the constraints");
    own.on_hover_text("Meet the constraints in another way than the other runs");
    // What all do must be what this one can do.
    let fits_all = scenario.treatment.kind.misfit(&choice.settings);
    match (has_own, fits_all) {
        (true, _) => {
            let mut settings = scenario.treatment_of(choice);
            let misfit = |kind: TreatmentKind| kind.misfit(&choice.settings);
            kind_ui(ui, "Own treatment", &mut settings, misfit);
            ui.horizontal(|ui| parameters_ui(ui, "Own treatment", &mut settings));
            choice.treatment = Some(settings);
        }
        (false, None) => choice.treatment = None,
        (false, Some(reason)) => drop(ui.label(reason)),
    }
    ui.separator();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(request: CardRequest, index: usize) -> Vec<(&'static str, bool)> {
        let mut scenario = Scenario::default();
        scenario.optimizers.truncate(3);
        request.carry_out(&mut scenario, index);
        scenario.optimizers.iter().map(|o| (o.settings.method().id, o.visible)).collect()
    }

    #[test]
    fn requests_do_what_they_say_and_nothing_at_the_ends() {
        let begin = vec![("gd", true), ("momentum", true), ("nesterov", true)];
        assert_eq!(after(CardRequest::Remove, 1), [("gd", true), ("nesterov", true)]);
        assert_eq!(after(CardRequest::Duplicate, 0)[..2], [("gd", true), ("gd", true)]);
        assert_eq!(after(CardRequest::Solo, 1), [("gd", false), ("momentum", true), ("nesterov", false)]);
        assert_eq!(after(CardRequest::MoveUp, 1), [("momentum", true), ("gd", true), ("nesterov", true)]);
        assert_eq!(after(CardRequest::MoveDown, 1), [("gd", true), ("nesterov", true), ("momentum", true)]);
        assert_eq!(after(CardRequest::MoveUp, 0), begin);
        assert_eq!(after(CardRequest::MoveDown, 2), begin);
        assert_eq!(after(CardRequest::Remove, 9), begin);
        assert_eq!(after(CardRequest::MoveTo(2), 0), [("momentum", true), ("nesterov", true), ("gd", true)]);
        assert_eq!(after(CardRequest::MoveTo(0), 2), [("nesterov", true), ("gd", true), ("momentum", true)]);
        assert_eq!(after(CardRequest::MoveTo(3), 0), begin);
    }
}
