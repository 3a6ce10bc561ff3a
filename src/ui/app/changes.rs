//! Changes of the scenario: what replaces it, what can be taken back, and what is played anew.

use egui::Ui;

use super::App;
use crate::objective::Goal;
use crate::scenario::{REST_SECS, Scenario};
use crate::ui::widgets::number_field;

/// What is played: another cost or start is played from its beginning.
pub(super) struct Played {
    formula: String,
    goal: Goal,
    start: [f64; 2],
}

impl Played {
    pub fn of(scenario: &Scenario) -> Self {
        let Scenario { cost, run, .. } = scenario;
        Self { formula: cost.formula().to_owned(), goal: cost.goal, start: run.start }
    }

    fn is_other_than(&self, scenario: &Scenario) -> bool {
        let Scenario { cost, run, .. } = scenario;
        self.formula != cost.formula() || self.goal != cost.goal || self.start != run.start
    }
}

impl App {
    /// Shows another scenario from its first step, as a change of the present document.
    pub(super) fn adopt(&mut self, scenario: Scenario) {
        self.is_suspended = false;
        self.views.plot.begin(&scenario);
        self.views.constants.clear();
        self.pin_of(None);
        self.views.data.forget_typed();
        self.views.series.forget_typed();
        self.session.replace(scenario);
        self.arrange();
        self.values_are_new = true;
        self.playback.restart();
        self.played = Played::of(self.session.scenario());
    }

    /// Shows what was chosen from what comes with the program: a step of its own among those that can be undone.
    pub(super) fn choose(&mut self, scenario: Scenario) {
        let name = format!("choosing {}", scenario.title);
        self.history.jump(self.session.scenario(), &scenario, &name);
        self.adopt(scenario);
    }

    /// Goes back or forth to a state of the history. The view stays unless the scenario's window is another.
    pub(super) fn go_to(&mut self, scenario: Option<Scenario>) {
        let Some(scenario) = scenario else { return };
        if scenario.window != self.session.scenario().window {
            self.views.plot.reset(&scenario);
        }
        self.views.data.forget_typed();
        self.views.series.forget_typed();
        self.session.replace(scenario);
        self.values_are_new = true;
        self.played = Played::of(self.session.scenario());
    }

    /// Shows the history what the frame has made of the scenario.
    pub(super) fn remember(&mut self, ui: &Ui) {
        let (now, is_down) = ui.input(|input| (input.time, input.pointer.any_down()));
        let hand_is_down = is_down || number_field::is_typing(ui.ctx());
        let is_moving = self.history.see(self.session.scenario(), now, hand_is_down);
        // While the hand is down, what ends it wakes the window.
        if is_moving && !hand_is_down {
            ui.request_repaint_after(std::time::Duration::from_secs_f64(REST_SECS));
        }
        if !is_moving && self.played.is_other_than(self.session.scenario()) {
            self.played = Played::of(self.session.scenario());
            self.playback.replay();
        }
    }

    /// Tries rates for the strips below the sliders of the cards, a few in each frame in which nothing else is done.
    pub(super) fn try_rates(&mut self, ui: &Ui) {
        if self.is_suspended || !self.habits.arrangement.optimizers {
            return;
        }
        let (now, is_down) = ui.input(|input| (input.time, input.pointer.any_down()));
        let is_at_rest = !is_down && !number_field::is_typing(ui.ctx());
        if let Some(seconds) = self.session.try_rates(now, is_at_rest) {
            // While a hand is down, what ends it wakes the window.
            if is_at_rest {
                ui.request_repaint_after(std::time::Duration::from_secs_f64(seconds));
            }
        }
    }
}
