//! The program in the window: what it holds, and what happens in a frame.

mod documents;

use std::path::PathBuf;

use egui::{CentralPanel, Context, Frame, Margin, Panel, ThemePreference, Ui, ViewportCommand};

use super::actions::Action;
use super::cost_panel::{ConstantRanges, cost_panel_ui};
use super::dialogs::{FileDialog, Purpose};
use super::files::Document;
use super::keys::keys_ui;
use super::mathematics_panel::MathematicsState;
use super::memento::Memento;
use super::menu::menu_bar_ui;
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
    mathematics: MathematicsState,
    document: Document,
    history: History,
    dialog: Option<FileDialog>,
    shows_keys: bool,
    /// A document to begin with, once it is settled what becomes of the changes of this one.
    waiting: Option<(Scenario, Option<PathBuf>)>,
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
            mathematics: MathematicsState::default(),
            dialog: None,
            shows_keys: false,
            waiting: None,
            message: None,
            title_shown: String::new(),
        };
        app.playback.restart();
        app
    }

    /// Begins where the last session was left. `None` if it cannot be read any more.
    pub fn restored(memento: &Memento) -> Option<Self> {
        let scenario = scenario::read(&memento.scenario, "the last session").ok()?;
        let mut app = Self::new(scenario, memento.file.clone());
        if memento.changed {
            app.document = Document::unsaved(memento.file.clone());
        }
        app.session.set_formula_text(&memento.formula);
        app.look = memento.look;
        Some(app)
    }

    /// What is to be remembered for the next time.
    pub fn memento(&self) -> Memento {
        Memento {
            scenario: scenario::write(self.session.scenario()),
            formula: self.session.formula_text().to_owned(),
            file: self.document.path.clone(),
            changed: self.document.is_changed(self.session.scenario()),
            look: self.look,
        }
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
        self.dialog.is_some() || self.waiting.is_some()
    }

    /// Where the plane was drawn in the last frame.
    pub fn projection(&self) -> Option<Projection> {
        self.plot.projection
    }

    /// Draws a frame into the whole of `ui`.
    pub fn show_ui(&mut self, ui: &mut Ui) {
        let runs_over = self.session.update();
        let last = self.session.longest_run();
        self.playback.advance(f64::from(ui.input(|input| input.stable_dt)), last, !runs_over);

        let mut actions =
            if self.is_asking() || self.shows_keys { Vec::new() } else { Action::pressed(ui.ctx()) };
        actions.extend(Panel::top("menu").show(ui, |ui| self.menu_bar_ui(ui)).inner);
        let padded = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(8, 6));
        let chosen = Panel::top("cost")
            .frame(padded)
            .show(ui, |ui| {
                let notes_apply = self.document.has_formula_of(self.session.scenario());
                cost_panel_ui(ui, &mut self.session, &mut self.ranges, &mut self.mathematics, notes_apply)
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
        self.unsaved_ui(ui);
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
        menu_bar_ui(ui, [self.history.undo_name(), self.history.redo_name()], title, message)
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
            Action::Save => match self.document.path.clone() {
                Some(path) => self.save(path),
                None => self.ask(Purpose::SaveAs),
            },
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
        let title = self.document.title(self.session.scenario());
        if title != self.title_shown {
            ui.ctx().send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title_shown = title;
        }
    }
}
