//! The program in the window: what it holds, and what happens in a frame.

mod disk;
mod documents;
mod remembered;

use std::path::PathBuf;

use documents::Filing;
use egui::{
    CentralPanel, Context, Frame, Margin, Panel, Rect, ScrollArea, ThemePreference, Ui, ViewportCommand,
};

use super::actions::Action;
use super::arrangement::Arrangement;
use super::cost_panel::{ConstantSliders, cost_panel_ui};
use super::dialogs::Purpose;
use super::files::Document;
use super::focus::focus_ring_ui;
use super::gallery::Gallery;
use super::keys::keys_ui;
use super::mathematics_panel::MathematicsState;
use super::menu::{FileMenu, menu_bar_ui};
use super::optimizer_panel::{PanelState, add_run, optimizer_panel_ui};
use super::palette::{Entry, Found, Palette};
use super::playback::Playback;
use super::plot_panel::PlotState;
use super::sliders::note_wheel;
use super::tour::{Part, Tour};
use crate::figure::Look;
use crate::figure::camera::Projection;
use crate::figure::plot::PlotOptions;
use crate::scenario::{History, REST_SECS, Scenario, has_notes_of_example};
use crate::session::Session;

/// The program, free of the window it is drawn into.
pub struct App {
    session: Session,
    playback: Playback,
    plot: PlotState,
    cards: PanelState,
    look: Look,
    mathematics: MathematicsState,
    arrangement: Arrangement,
    parts: Parts,
    tour: Tour,
    palette: Option<Palette>,
    constants: ConstantSliders,
    document: Document,
    history: History,
    filing: Filing,
    shows_keys: bool,
    gallery: Gallery,
    message: Option<Message>,
    title_shown: String,
}

/// Where the panels were drawn in this frame, as far as they are open.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    playback: Option<Rect>,
    optimizers: Option<Rect>,
    cost: Option<Rect>,
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
            mathematics: MathematicsState::default(),
            filing: Filing::default(),
            arrangement: Arrangement::default(),
            parts: Parts::default(),
            tour: Tour::default(),
            palette: None,
            constants: ConstantSliders::default(),
            shows_keys: false,
            gallery: Gallery::default(),
            message: None,
            title_shown: String::new(),
        };
        app.remember_file();
        app.playback.restart();
        app
    }

    /// Offers the tour, unless it has been answered before.
    pub fn offer_tour(&mut self) {
        if !self.arrangement.tour_answered {
            self.tour = Tour::Offered;
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
        self.filing.dialog.is_some() || self.filing.waiting.is_some() || self.filing.asks_to_overwrite
    }

    /// Whether something is open over the window that the keys belong to.
    fn keys_are_taken(&self) -> bool {
        self.is_asking() || self.shows_keys || self.palette.is_some() || self.gallery.is_open()
    }

    /// Whether the gallery is open.
    pub fn shows_gallery(&self) -> bool {
        self.gallery.is_open()
    }

    /// How many pictures the gallery has drawn.
    pub fn thumbnails_made(&self) -> u64 {
        self.gallery.thumbnails_made()
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

        self.arrangement.apply(ui.ctx());
        self.arrangement.fit(ui.ctx().content_rect().width());
        let mut actions = if self.keys_are_taken() { Vec::new() } else { Action::pressed(ui.ctx()) };
        actions.extend(Panel::top("menu").show(ui, |ui| self.menu_bar_ui(ui)).inner);
        self.notices_ui(ui);
        let asked = self.panels_ui(ui, last);
        actions.extend(asked);

        for action in actions {
            self.act(ui.ctx(), action);
        }
        self.tour_ui(ui);
        self.dialog_ui(ui);
        self.palette_ui(ui);
        if self.shows_keys && keys_ui(ui) {
            self.shows_keys = false;
        }
        self.overwrite_ui(ui);
        self.unsaved_ui(ui);
        if let Some(scenario) = self.gallery.show_ui(ui, self.look) {
            self.choose(scenario);
        }
        self.take_dropped(ui);
        focus_ring_ui(ui);
        note_wheel(ui);
        self.remember(ui);
        let is_over = self.session.update();
        if self.playback.playing || !is_over {
            ui.request_repaint();
        }
        self.show_title(ui);
    }

    /// Draws the panels around the plot and the plot. Returns the actions that were chosen.
    fn panels_ui(&mut self, ui: &mut Ui, last: u32) -> Vec<Action> {
        let padded = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(8, 6));
        let mut actions = Vec::new();
        let Arrangement { mut cost, mut optimizers, mut playback, .. } = self.arrangement;
        self.parts = Parts::default();
        let panel = Panel::bottom("playback").frame(padded).resizable(false);
        let row = panel.show_collapsible(ui, &mut playback, |ui| self.playback.controls_ui(ui, last));
        if let Some(row) = row {
            self.parts.playback = Some(row.response.rect);
            actions.extend(row.inner);
        }
        let step = self.playback.step;
        let window = ui.ctx().content_rect().width();
        // In a narrow window the plot keeps at least as much room as the cards.
        let widest = (0.5 * window).clamp(200.0, 420.0);
        let panel = Panel::right("optimizers")
            .default_size((0.26 * window).clamp(308.0, 380.0).min(widest))
            .size_range(widest.min(260.0)..=widest);
        self.cards.highlighted = self.plot.hovered_path;
        let cards = panel.show_collapsible(ui, &mut optimizers, |ui| {
            optimizer_panel_ui(ui, &mut self.session, step, self.look, &mut self.cards);
        });
        self.parts.optimizers = cards.map(|cards| cards.response.rect);
        let panel = Panel::top("cost").frame(padded).resizable(false);
        let typed = panel.show_collapsible(ui, &mut cost, |ui| {
            let scenario = self.session.scenario();
            let notes_apply = self.document.has_formula_of(scenario) || has_notes_of_example(scenario);
            // In a low window the plot keeps its room, and the rest of the panel is scrolled to.
            let height = ui.ctx().content_rect().height();
            let tallest = (height - 250.0).clamp(60.0, (0.34 * height).max(60.0));
            let scroll = ScrollArea::vertical()
                .max_height(tallest)
                .min_scrolled_height(tallest)
                .auto_shrink([false, true]);
            let Self { session, constants, mathematics, .. } = self;
            scroll.show(ui, |ui| cost_panel_ui(ui, session, constants, mathematics, notes_apply)).inner
        });
        if let Some(typed) = typed {
            self.parts.cost = Some(typed.response.rect);
            actions.extend(typed.inner);
        }
        (self.arrangement.cost, self.arrangement.optimizers) = (cost, optimizers);
        self.arrangement.playback = playback;
        let margin =
            Frame::central_panel(ui.style()).inner_margin(Margin { left: 6, right: 8, top: 4, bottom: 4 });
        let plot = CentralPanel::no_frame().frame(margin).show(ui, |ui| {
            self.session.update();
            let highlighted = self.cards.hovered.or(self.cards.highlighted);
            let options = PlotOptions { highlighted, ..PlotOptions::at_step(step, self.look) };
            self.plot.show_ui(ui, &mut self.session, options)
        });
        actions.extend(plot.inner);
        actions
    }

    fn tour_ui(&mut self, ui: &Ui) {
        let before = self.tour;
        let (parts, plot) = (self.parts, self.plot.projection.map(|projection| projection.frame));
        let menu = ui.ctx().content_rect().with_max_y(ui.ctx().content_rect().top() + 26.0);
        self.tour.show_ui(ui, |part| match part {
            Part::Plot => plot,
            Part::Playback => parts.playback,
            Part::Optimizers => parts.optimizers,
            Part::Cost => parts.cost,
            Part::Menu => Some(menu),
        });
        self.arrangement.tour_answered |= before == Tour::Offered && self.tour != before;
    }

    fn palette_ui(&mut self, ui: &Ui) {
        let Some(palette) = &mut self.palette else { return };
        let found = palette.show_ui(ui);
        if found == Found::Waiting {
            return;
        }
        self.palette = None;
        // Its field is gone; keys belong to the window again.
        ui.memory_mut(|memory| memory.stop_text_input());
        match found {
            Found::Entry(Entry::Action(action)) => self.act(ui.ctx(), action),
            Found::Entry(Entry::Cost(row)) => self.choose(Scenario::of_built_in(row)),
            Found::Entry(Entry::Method(method)) => {
                add_run(&mut self.session, method);
            }
            Found::Nothing | Found::Waiting => {}
        }
    }

    fn menu_bar_ui(&mut self, ui: &mut Ui) -> Vec<Action> {
        let title = &self.session.scenario().title;
        let message = self.message.as_ref().map(|message| (message.text.as_str(), message.is_error));
        let file = FileMenu {
            recent: &self.filing.recent,
            has_file: self.document.path().is_some(),
            has_system_dialog: self.filing.chooser.is_some(),
        };
        let history = [self.history.undo_name(), self.history.redo_name()];
        menu_bar_ui(ui, &file, history, title, message, &mut self.look)
    }

    /// Shows another scenario from its first step, as a change of the present document.
    fn adopt(&mut self, scenario: Scenario) {
        self.plot.reset(scenario.window);
        self.constants.clear();
        self.session.unpin();
        self.session.replace(scenario);
        self.playback.restart();
    }

    /// Shows what was chosen from what comes with the program: a step of its own among those that can be undone.
    fn choose(&mut self, scenario: Scenario) {
        let name = format!("choosing {}", scenario.title);
        self.history.jump(self.session.scenario(), &scenario, &name);
        self.adopt(scenario);
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
            Action::Gallery => self.gallery.open(),
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
            Action::Palette => self.palette = Some(Palette::default()),
            Action::Tour => self.tour = Tour::start(),
            Action::PinPaths => self.session.pin(),
            Action::UnpinPaths => self.session.unpin(),
            Action::ToggleCost
            | Action::ToggleOptimizers
            | Action::TogglePlayback
            | Action::LargerText
            | Action::SmallerText
            | Action::NormalText => self.arrangement.act(action),
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
