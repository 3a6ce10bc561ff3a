//! The program in the window: what it holds, and what happens in a frame.

mod acting;
mod away;
mod changes;
mod disk;
mod documents;
mod figures;
mod layout;
mod pinning;
mod remembered;
mod steps;
mod suiting;

use std::path::PathBuf;

use changes::Played;
use documents::Filing;
use egui::{Panel, Ui, ViewportCommand};
use layout::Parts;
use pinning::Pinning;
use suiting::Suiting;

use super::about::about_ui;
use super::actions::Action;
use super::arrangement::Arrangement;
use super::cost_panel::ConstantSliders;
use super::exporting::Exporting;
use super::figure_dialog::{FigureChoices, FigureDialog};
use super::files::Document;
use super::focus::focus_ring_ui;
use super::gallery::Gallery;
use super::keys::keys_ui;
use super::mathematics_panel::MathematicsState;
use super::notes::Notes;
use super::number_field;
use super::optimizer_panel::PanelState;
use super::palette::Palette;
use super::playback::Playback;
use super::plot_panel::PlotState;
use super::steps_table::StepsTable;
use super::tour::Tour;
use crate::figure::Look;
use crate::figure::plane::camera::Projection;
use crate::files::Opened;
use crate::scenario::{History, Scenario};
use crate::session::Session;

/// The program, free of the window it is drawn into.
pub struct App {
    session: Session,
    playback: Playback,
    played: Played,
    plot: PlotState,
    cards: PanelState,
    steps: StepsTable,
    notes: Notes,
    look: Look,
    mathematics: MathematicsState,
    arrangement: Arrangement,
    parts: Parts,
    tour: Tour,
    palette: Option<Palette>,
    constants: ConstantSliders,
    document: Document,
    history: History,
    /// Whether other values stand now than those that may be half typed.
    values_are_new: bool,
    filing: Filing,
    shows_keys: bool,
    shows_about: bool,
    gallery: Gallery,
    suiting: Suiting,
    figure_choices: FigureChoices,
    figure_dialog: Option<FigureDialog>,
    exporting: Option<Exporting>,
    /// The figure that was written last, until that is dismissed.
    written: Option<PathBuf>,
    message: Option<Message>,
    title_shown: String,
    /// Whether the plot is left out and no steps are taken, because the program ended while it drew this.
    is_suspended: bool,
    pinning: Option<Pinning>,
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
            played: Played::of(&scenario),
            values_are_new: false,
            session: Session::new(scenario),
            playback: Playback::default(),
            cards: PanelState::default(),
            steps: StepsTable::default(),
            notes: Notes::default(),
            look: Look::default(),
            mathematics: MathematicsState::default(),
            filing: Filing::default(),
            arrangement: Arrangement::default(),
            parts: Parts::default(),
            tour: Tour::default(),
            palette: None,
            constants: ConstantSliders::default(),
            shows_keys: false,
            shows_about: false,
            gallery: Gallery::default(),
            suiting: Suiting::default(),
            figure_choices: FigureChoices::default(),
            figure_dialog: None,
            exporting: None,
            written: None,
            message: None,
            title_shown: String::new(),
            is_suspended: false,
            pinning: None,
        };
        app.remember_file();
        app.playback.restart();
        app
    }

    /// Begins with what was opened, as [`App::new`].
    pub fn of_opened(opened: Opened) -> Self {
        let mut app = Self::new(opened.scenario, opened.file);
        app.document = app.document.of_picture(opened.picture);
        app.pin_of(opened.pinned);
        app
    }

    /// Draws no plot until that is asked for: the program ended while it drew this scenario.
    pub fn suspend_drawing(&mut self) {
        self.is_suspended = true;
        self.playback.playing = false;
    }

    /// The scenario that a frame asks to be drawn; none while drawing is suspended.
    pub fn drawn(&self) -> Option<&Scenario> {
        (!self.is_suspended).then(|| self.session.scenario())
    }

    /// Brings what is derived from the scenario up to it. Returns whether every run is over.
    fn update_session(&mut self) -> bool {
        self.is_suspended || self.session.update()
    }

    /// Offers the tour, unless it has been answered before.
    pub fn offer_tour(&mut self) {
        if !self.arrangement.tour_answered {
            self.tour = Tour::offer();
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
        self.filing.dialog.is_some()
            || self.filing.waiting.is_some()
            || self.filing.asks_to_overwrite
            || self.figure_dialog.is_some()
    }

    /// Whether something is open over the window that the keys belong to.
    fn keys_are_taken(&self) -> bool {
        self.is_asking()
            || self.shows_keys
            || self.shows_about
            || self.palette.is_some()
            || self.gallery.is_open()
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
        let runs_over = self.update_session();
        let last = self.session.longest_run();
        self.playback.advance(f64::from(ui.input(|input| input.stable_dt)), last, !runs_over);

        self.arrangement.apply(ui.ctx());
        self.arrangement.fit(ui.ctx().content_rect().width());
        let mut actions = if self.keys_are_taken() { Vec::new() } else { Action::pressed(ui.ctx()) };
        actions.extend(Panel::top("menu").show(ui, |ui| self.menu_bar_ui(ui)).inner);
        self.notices_ui(ui);
        self.exporting_ui(ui);
        self.away_ui(ui);
        let asked = self.panels_ui(ui, last);
        actions.extend(asked);
        self.steps_ui(ui);
        self.notes_ui(ui);

        for action in actions {
            self.act(ui.ctx(), action);
        }
        self.go_on_suiting(ui);
        self.tour_ui(ui);
        // A file dialog that the figure asks for opens in the next frame, where it has the keys for itself.
        self.dialog_ui(ui);
        self.figure_ui(ui);
        self.palette_ui(ui);
        if self.shows_keys && keys_ui(ui) {
            self.shows_keys = false;
        }
        if self.shows_about && about_ui(ui) {
            self.shows_about = false;
        }
        self.overwrite_ui(ui);
        self.unsaved_ui(ui);
        if let Some(scenario) = self.gallery.show_ui(ui, self.look) {
            self.choose(scenario);
        }
        self.take_dropped(ui);
        if std::mem::take(&mut self.values_are_new) {
            number_field::forget_drafts(ui.ctx());
        }
        focus_ring_ui(ui);
        self.remember(ui);
        let is_over = self.update_session() & self.go_on_pinning();
        if self.playback.playing || !is_over {
            ui.request_repaint();
        }
        self.show_title(ui);
    }

    fn show_title(&mut self, ui: &Ui) {
        let title = self.document.title(self.session.scenario(), self.has_changes());
        if title != self.title_shown {
            ui.ctx().send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title_shown = title;
        }
    }
}
