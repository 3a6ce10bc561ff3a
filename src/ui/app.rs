//! The program in the window: what it holds, and what happens in a frame.

mod disk;
mod documents;

use std::path::PathBuf;

use documents::Filing;
use egui::{CentralPanel, Context, Frame, Margin, Panel, ThemePreference, Ui, ViewportCommand};

use super::actions::Action;
use super::cost_panel::{ConstantRanges, cost_panel_ui};
use super::dialogs::Purpose;
use super::files::{Document, add_recent};
use super::keys::keys_ui;
use super::memento::{Memento, Work};
use super::menu::{FileMenu, menu_bar_ui};
use super::optimizer_panel::{PanelState, optimizer_panel_ui};
use super::playback::Playback;
use super::plot_panel::PlotState;
use crate::figure::Look;
use crate::figure::camera::Projection;
use crate::figure::plot::PlotOptions;
use crate::scenario::{self, History, REST_SECS, Scenario};
use crate::session::Session;

/// The program, free of the window it is drawn into.
pub struct App {
    session: Session,
    playback: Playback,
    plot: PlotState,
    cards: PanelState,
    look: Look,
    ranges: ConstantRanges,
    document: Document,
    history: History,
    filing: Filing,
    shows_keys: bool,
    message: Option<Message>,
    title_shown: String,
}

/// What the last action came to.
struct Message {
    text: String,
    is_error: bool,
}

impl App {
    /// Begins with a scenario, playing. `file` is where it was read from.
    pub fn new(scenario: Scenario, file: Option<PathBuf>) -> Self {
        let mut app = Self {
            document: Document::opened(file, &scenario),
            plot: PlotState::new(scenario.window),
            history: History::new(scenario.clone()),
            session: Session::new(scenario),
            playback: Playback::default(),
            cards: PanelState::default(),
            look: Look::default(),
            ranges: ConstantRanges::default(),
            filing: Filing::default(),
            shows_keys: false,
            message: None,
            title_shown: String::new(),
        };
        app.remember_file();
        app.playback.restart();
        app
    }

    /// Begins where the last session was left. `None` if it cannot be read any more.
    pub fn restored(memento: &Memento) -> Option<Self> {
        let scenario = scenario::read(&memento.scenario, "the last session").ok()?;
        let (file, seen, changed) = (memento.file.clone(), memento.seen, memento.changed);
        let document = Document::remembered(file, seen, changed, &scenario);
        let mut app = Self { document, ..Self::new(scenario, None) };
        app.add_recent(memento.recent.clone());
        app.session.set_formula_text(&memento.formula);
        app.look = memento.look;
        Some(app)
    }

    /// What is to be remembered for the next time.
    pub fn memento(&self) -> Memento {
        self.work().into_memento()
    }

    /// What is to be remembered, by value.
    pub fn work(&self) -> Work {
        Work {
            scenario: self.session.scenario().clone(),
            formula: self.session.formula_text().to_owned(),
            file: self.document.path().map(PathBuf::from),
            changed: self.document.is_changed(self.session.scenario()),
            seen: self.document.seen(),
            look: self.look,
            recent: self.filing.recent.clone(),
        }
    }

    /// Whether [`App::work`] is still as it was; nothing is copied to find out.
    pub fn is_still(&self, work: &Work) -> bool {
        work.scenario == *self.session.scenario()
            && work.formula == self.session.formula_text()
            && work.file.as_deref() == self.document.path()
            && work.changed == self.document.is_changed(self.session.scenario())
            && work.seen == self.document.seen()
            && work.look == self.look
            && work.recent == self.filing.recent
    }

    /// Adds files that were open earlier, the latest first, to those that can be opened again from the menu.
    pub fn add_recent(&mut self, earlier: Vec<PathBuf>) {
        add_recent(&mut self.filing.recent, earlier);
    }

    /// The session that is shown.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The step that is shown.
    pub fn playback(&self) -> Playback {
        self.playback
    }

    /// Whether a dialog waits for an answer.
    pub fn is_asking(&self) -> bool {
        self.filing.dialog.is_some() || self.filing.waiting.is_some() || self.filing.asks_to_overwrite
    }

    /// Where the plane was drawn in the last frame.
    pub fn projection(&self) -> Option<Projection> {
        self.plot.projection
    }

    /// Draws a frame into the whole of `ui`.
    pub fn show_ui(&mut self, ui: &mut Ui) {
        self.look_in_time(ui);
        let runs_over = self.session.update();
        let last = self.session.longest_run();
        self.playback.advance(f64::from(ui.input(|input| input.stable_dt)), last, !runs_over);

        let mut actions =
            if self.is_asking() || self.shows_keys { Vec::new() } else { Action::pressed(ui.ctx()) };
        actions.extend(Panel::top("menu").show(ui, |ui| self.menu_bar_ui(ui)).inner);
        self.notices_ui(ui);
        let padded = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(8, 6));
        let chosen = Panel::top("cost")
            .frame(padded)
            .show(ui, |ui| {
                let notes_apply = self.document.has_formula_of(self.session.scenario());
                cost_panel_ui(ui, &mut self.session, &mut self.ranges, notes_apply)
            })
            .inner;
        let asked =
            Panel::bottom("playback").frame(padded).show(ui, |ui| self.playback.controls_ui(ui, last)).inner;
        actions.extend(asked);
        let step = self.playback.step;
        let cards_width = (0.26 * ui.ctx().content_rect().width()).clamp(308.0, 380.0);
        Panel::right("optimizers")
            .default_size(cards_width)
            .size_range(260.0..=420.0)
            .show(ui, |ui| optimizer_panel_ui(ui, &mut self.session, step, &mut self.cards));
        let margin =
            Frame::central_panel(ui.style()).inner_margin(Margin { left: 6, right: 8, top: 4, bottom: 4 });
        let asked = CentralPanel::no_frame().frame(margin).show(ui, |ui| {
            self.session.update();
            let options =
                PlotOptions { highlighted: self.cards.hovered, ..PlotOptions::at_step(step, self.look) };
            self.plot.show_ui(ui, &mut self.session, options)
        });
        actions.extend(asked.inner);

        if let Some(row) = chosen {
            self.adopt(Scenario::of_built_in(row));
        }
        for action in actions {
            self.act(ui.ctx(), action);
        }
        self.dialog_ui(ui);
        if self.shows_keys && keys_ui(ui) {
            self.shows_keys = false;
        }
        self.overwrite_ui(ui);
        self.unsaved_ui(ui);
        self.take_dropped(ui);
        self.remember(ui);
        let is_over = self.session.update();
        if self.playback.playing || !is_over {
            ui.request_repaint();
        }
        self.show_title(ui);
    }

    fn menu_bar_ui(&self, ui: &mut Ui) -> Vec<Action> {
        let title = &self.session.scenario().title;
        let message = self.message.as_ref().map(|message| (message.text.as_str(), message.is_error));
        let file = FileMenu {
            recent: &self.filing.recent,
            has_file: self.document.path().is_some(),
            has_system_dialog: self.filing.chooser.is_some(),
        };
        menu_bar_ui(ui, &file, [self.history.undo_name(), self.history.redo_name()], title, message)
    }

    /// Shows another scenario from its first step, as a change of the present document.
    fn adopt(&mut self, scenario: Scenario) {
        self.plot.reset(scenario.window);
        self.ranges.clear();
        self.session.replace(scenario);
        self.playback.restart();
    }

    /// Goes back or forth to a state of the history. The view stays unless the scenario's window is another.
    fn go_to(&mut self, scenario: Option<Scenario>) {
        let Some(scenario) = scenario else { return };
        if scenario.window != self.session.scenario().window {
            self.plot.reset(scenario.window);
        }
        self.session.replace(scenario);
    }

    /// Shows the history what the frame has made of the scenario.
    fn remember(&mut self, ui: &Ui) {
        let (now, hand_is_down) = ui.input(|input| (input.time, input.pointer.any_down()));
        if self.history.see(self.session.scenario(), now, hand_is_down) {
            ui.request_repaint_after(std::time::Duration::from_secs_f64(REST_SECS));
        }
    }

    fn act(&mut self, ctx: &Context, action: Action) {
        let theme = |preference| ctx.set_theme(preference);
        match action {
            Action::New => self.begin_or_ask(Scenario::default(), None),
            Action::Open => self.ask(Purpose::Open),
            Action::OpenPath => self.ask_for_path(Purpose::Open),
            Action::OpenRecent(index) => self.open_recent(index),
            Action::Revert => self.take_from_disk("revert"),
            Action::Save => self.save_or_ask(),
            Action::SaveAs => self.ask(Purpose::SaveAs),
            Action::SavePicture => self.ask(Purpose::Picture),
            Action::Undo => {
                let before = self.history.undo(self.session.scenario());
                self.go_to(before);
            }
            Action::Redo => {
                let after = self.history.redo(self.session.scenario());
                self.go_to(after);
            }
            Action::ResetView => self.plot.reset(self.session.scenario().window),
            Action::FitPaths => self.plot.fit_paths(&self.session),
            Action::KeepView => self.plot.keep_view(&mut self.session),
            Action::Keys => self.shows_keys = true,
            Action::Dark => theme(ThemePreference::Dark),
            Action::Light => theme(ThemePreference::Light),
            Action::FollowSystem => theme(ThemePreference::System),
            Action::PlayPause | Action::StepForward | Action::StepBack | Action::ToStart | Action::ToEnd => {
                self.playback.act(action, self.session.longest_run());
            }
        }
    }

    fn show_title(&mut self, ui: &Ui) {
        let title = self.document.title(self.session.scenario(), self.has_changes());
        if title != self.title_shown {
            ui.ctx().send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title_shown = title;
        }
    }
}
