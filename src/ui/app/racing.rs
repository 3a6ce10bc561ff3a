//! The race of the runs: what is asked of its table, and the best rate for each, which is searched for a slice in each frame.

use egui::{Context, Ui};

use super::App;
use super::tiling::ViewKind;
use crate::figure::race::RaceMarks;
use crate::record::race::{race_rows, tab_separated, tuned_words};
use crate::ui::actions::Action;
use crate::ui::views::head::{HeadOutput, head_ui};
use crate::ui::views::race_view::RaceRequest;
use crate::work::{PART_OF_A_FRAME, Work as _};

impl App {
    /// Draws the view.
    pub(super) fn race_ui(&mut self, ui: &mut Ui, is_tab: bool) -> HeadOutput {
        let chosen = self.views.chosen.find(&self.session.scenario().optimizers);
        let highlighted = self.views.cards.hovered.or(self.views.cards.highlighted);
        let progress = self.tuning.as_ref().map(|tuning| tuning.progress());
        let Self { session, views, habits, .. } = self;
        let mut request = None;
        let head = head_ui(ui, ViewKind::Race.title(), Action::Race, is_tab, |ui| {
            request = views.race.controls_ui(ui, session, progress);
        });
        let marks = RaceMarks { highlighted, chosen };
        let request = views.race.show_ui(ui, session, habits.look, marks, &mut habits.race).or(request);
        if let Some(request) = request {
            self.act_on_race(ui.ctx(), request);
        }
        head
    }

    fn act_on_race(&mut self, ctx: &Context, request: RaceRequest) {
        match request {
            RaceRequest::Choose(run) => self.views.chosen.choose(run, &self.session.scenario().optimizers),
            RaceRequest::Tune => self.tune_rates(),
            RaceRequest::CallOff => {
                self.tuning = None;
                self.say("the search was called off; every rate is as it was".to_owned());
            }
            RaceRequest::Copy(mark) => {
                let mut rows = race_rows(&self.session);
                rows.retain(|row| self.session.scenario().optimizers[row.index].visible);
                self.habits.race.sort(&mut rows);
                ctx.copy_text(tab_separated(&rows, mark));
                self.say(format!("copied {} rows", rows.len()));
            }
            RaceRequest::Figure => self.open_figure_of_race(),
        }
    }

    /// Begins to look for the best rate of each run.
    pub(super) fn tune_rates(&mut self) {
        if !self.habits.arrangement.views.is_open(ViewKind::Race) {
            // There it is said how far it is, and called off.
            self.habits.arrangement.views.open(ViewKind::Race, self.views.room);
        }
        self.tuning = self.session.tuning().filter(|tuning| tuning.has_rates());
        if self.tuning.is_none() {
            self.say("there is no learning rate to be tuned".to_owned());
        }
    }

    /// Goes on looking, and sets what was found as one step that can be undone. What is changed meanwhile ends it: the rates
    /// would be those of another race.
    pub(super) fn go_on_tuning(&mut self, ui: &Ui) {
        if self.is_suspended {
            return;
        }
        let Some(mut tuning) = self.tuning.take() else { return };
        if !tuning.is_of(self.session.scenario()) {
            return self.say("the runs were changed meanwhile: no rate was set".to_owned());
        }
        ui.request_repaint();
        if !tuning.advance(PART_OF_A_FRAME) {
            self.tuning = Some(tuning);
            return;
        }
        let before = self.session.scenario().clone();
        self.session.take_rates(&tuning);
        self.history.jump(&before, self.session.scenario(), "the best rate for each");
        self.values_are_new = true;
        self.say(tuned_words(self.session.scenario()).trim_end_matches('.').to_owned());
    }
}
