//! The program in the window: what it holds, and what happens in a frame.

use std::path::PathBuf;

use egui::{CentralPanel, Context, Frame, Margin, Panel, ThemePreference, Ui, ViewportCommand};

use super::actions::Action;
use super::cost_panel::{ConstantRanges, cost_panel_ui};
use super::dialogs::{Answer, FileDialog, Purpose};
use super::files::{Document, file_stem, read_scenario};
use super::keys::keys_ui;
use super::memento::Memento;
use super::menu::menu_bar_ui;
use super::optimizer_panel::{PanelState, optimizer_panel_ui};
use super::playback::Playback;
use super::plot_panel::PlotState;
use super::unsaved::{Unsaved, unsaved_ui};
use crate::figure::camera::Projection;
use crate::figure::{PictureSize, plot_picture};
use crate::files::write_whole;
use crate::scenario::{self, History, REST_SECS, Scenario};
use crate::session::Session;

/// The program, free of the window it is drawn into.
pub struct App {
    session: Session,
    playback: Playback,
    plot: PlotState,
    cards: PanelState,
    ranges: ConstantRanges,
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

/// The size of a picture of the plot in the window, in pixels for each screen point.
const PICTURE_SCALE: f32 = 2.0;

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
            ranges: ConstantRanges::default(),
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
        Some(app)
    }

    /// What is to be remembered for the next time.
    pub fn memento(&self) -> Memento {
        Memento {
            scenario: scenario::write(self.session.scenario()),
            formula: self.session.formula_text().to_owned(),
            file: self.document.path.clone(),
            changed: self.document.is_changed(self.session.scenario()),
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
            self.plot.show_ui(ui, &mut self.session, step, self.cards.hovered)
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

    /// Begins with another document; asks first if that would lose changes.
    fn begin_or_ask(&mut self, scenario: Scenario, file: Option<PathBuf>) {
        if self.document.is_changed(self.session.scenario()) {
            self.waiting = Some((scenario, file));
        } else {
            self.begin(scenario, file);
        }
    }

    /// Asks what is to become of changes that are in no file.
    fn unsaved_ui(&mut self, ui: &Ui) {
        if self.waiting.is_none() {
            return;
        }
        let answer = unsaved_ui(ui, self.document.path.is_some());
        if answer == Unsaved::Waiting {
            return;
        }
        let waiting = self.waiting.take();
        if answer == Unsaved::Save
            && let Some(path) = self.document.path.clone()
        {
            self.save(path);
            if self.document.is_changed(self.session.scenario()) {
                // It could not be saved, which the message says; nothing is thrown away.
                return;
            }
        }
        if let (Unsaved::Save | Unsaved::Discard, Some((scenario, file))) = (answer, waiting) {
            self.begin(scenario, file);
        }
    }

    /// Begins with another document.
    fn begin(&mut self, scenario: Scenario, file: Option<PathBuf>) {
        self.document = Document::opened(file, &scenario);
        self.history = History::new(scenario.clone());
        self.message = None;
        self.adopt(scenario);
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

    fn ask(&mut self, purpose: Purpose) {
        let folder = match &self.document.path {
            Some(path) => path.parent().map(PathBuf::from).unwrap_or_default(),
            None => std::env::current_dir().unwrap_or_default(),
        };
        let stem = match self.document.path.as_ref().and_then(|path| path.file_stem()) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => file_stem(&self.session.scenario().title),
        };
        let proposed = match purpose {
            Purpose::Open => folder.join(""),
            Purpose::SaveAs => folder.join(format!("{stem}.toml")),
            Purpose::Picture => folder.join(format!("{stem}.png")),
        };
        self.dialog = Some(FileDialog::new(purpose, &proposed));
    }

    fn dialog_ui(&mut self, ui: &mut Ui) {
        let Some(dialog) = &mut self.dialog else { return };
        let (answer, purpose) = (dialog.show_ui(ui), dialog.purpose);
        let path = match answer {
            Answer::Waiting => return,
            Answer::Cancelled => return self.dialog = None,
            Answer::Chosen(path) => path,
        };
        let done = match purpose {
            Purpose::Open => {
                read_scenario(&path).map(|scenario| self.begin_or_ask(scenario, Some(path.clone())))
            }
            Purpose::SaveAs => self.document.save(self.session.scenario(), &path),
            Purpose::Picture => self.save_picture(ui, &path),
        };
        match done {
            Ok(()) => {
                self.dialog = None;
                if purpose != Purpose::Open {
                    self.say(format!("saved {}", path.display()));
                }
            }
            Err(problem) => {
                if let Some(dialog) = &mut self.dialog {
                    dialog.problem = Some(problem);
                }
            }
        }
    }

    fn save(&mut self, path: PathBuf) {
        match self.document.save(self.session.scenario(), &path) {
            Ok(()) => self.say(format!("saved {}", path.display())),
            Err(text) => self.message = Some(Message { text, is_error: true }),
        }
    }

    fn say(&mut self, text: String) {
        self.message = Some(Message { text, is_error: false });
    }

    /// The plot as it is seen, at twice its size on the screen.
    fn save_picture(&mut self, ui: &Ui, path: &std::path::Path) -> Result<(), String> {
        let Some(projection) = self.plot.projection else {
            return Err("nothing has been drawn yet".to_owned());
        };
        let size = PictureSize::of_plot(projection.frame.size(), PICTURE_SCALE);
        let camera = self.plot.camera;
        let png = plot_picture(&mut self.session, &camera, self.playback.step, ui.theme(), size)
            .map_err(|error| error.to_string())?;
        write_whole(path, &png)
    }

    fn show_title(&mut self, ui: &Ui) {
        let title = self.document.title(self.session.scenario());
        if title != self.title_shown {
            ui.ctx().send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title_shown = title;
        }
    }
}
