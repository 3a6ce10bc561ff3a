//! The program in the window: what it holds, and what happens in a frame.

mod acting;
pub mod arrangement;
mod away;
mod changes;
mod data;
mod disk;
mod documents;
mod figures;
mod graphs;
pub mod habits;
mod layout;
mod maps;
mod middle;
mod pinning;
mod racing;
mod remembered;
pub mod saved_state;
mod series;
mod steps;
mod suiting;
mod tiling;

use std::path::PathBuf;

use changes::Played;
use documents::Filing;
use egui::{Panel, Ui, Vec2, ViewportCommand};
use habits::Habits;
use layout::PanelRects;
use pinning::Pinning;
use suiting::Suiting;

use crate::figure::explained::StepChoice;
use crate::figure::graph::GraphChoice;
use crate::figure::plane::camera::Projection;
use crate::scenario::{History, Scenario};
use crate::session::{Session, Tuning};
use crate::ui::actions::Action;
use crate::ui::desktop::Opened;
use crate::ui::desktop::document::Document;
use crate::ui::desktop::exporting::FigureExport;
use crate::ui::dialogs::about::about_ui;
use crate::ui::dialogs::data_dialog::DataDialog;
use crate::ui::dialogs::figure_dialog::FigureDialog;
use crate::ui::dialogs::gallery::Gallery;
use crate::ui::dialogs::keys::keys_ui;
use crate::ui::dialogs::palette::CommandPalette;
use crate::ui::dialogs::tour::Tour;
use crate::ui::panels::cost_panel::ConstantSliders;
use crate::ui::panels::data_row::ColumnRenaming;
use crate::ui::panels::mathematics_panel::MathematicsState;
use crate::ui::panels::optimizer_panel::PanelState;
use crate::ui::panels::playback::Playback;
use crate::ui::views::charts::ChartsView;
use crate::ui::views::chosen::ChosenRun;
use crate::ui::views::data_view::DataView;
use crate::ui::views::graph_view::GraphView;
use crate::ui::views::map_view::MapView;
use crate::ui::views::notes::Notes;
use crate::ui::views::plot_panel::PlotState;
use crate::ui::views::race_view::RaceView;
use crate::ui::views::series_view::SeriesView;
use crate::ui::views::solutions::SolutionsView;
use crate::ui::views::step_view::StepView;
use crate::ui::views::steps_table::StepsTable;
use crate::ui::views::unscaled_view::UnscaledView;
use crate::ui::widgets::focus::focus_ring_ui;
use crate::ui::widgets::number_field;

/// The program, free of the window it is drawn into.
pub struct App {
    session: Session,
    playback: Playback,
    played: Played,
    history: History,
    /// Whether other values stand now than those that may be half typed.
    values_are_new: bool,
    suiting: Suiting,
    /// The search for the best rates, while it goes on.
    tuning: Option<Tuning>,
    pinning: Option<Pinning>,
    document: Document,
    filing: Filing,
    figure_file: FigureFile,
    habits: Habits,
    views: Views,
    overlays: Overlays,
    message: Option<Message>,
    title_shown: String,
    /// Whether the plot is left out and no steps are taken, because the program ended while it drew this.
    is_suspended: bool,
}

/// What the panels and views hold from one frame to the next.
struct Views {
    plot: PlotState,
    cards: PanelState,
    charts: ChartsView,
    step: StepView,
    steps: StepsTable,
    data: DataView,
    unscaled: UnscaledView,
    solutions: SolutionsView,
    race: RaceView,
    graph: GraphView,
    map: MapView,
    series: SeriesView,
    /// The run that charts, step and table speak of.
    chosen: ChosenRun,
    /// The room that plot and views had in the last frame.
    room: Vec2,
    notes: Notes,
    mathematics: MathematicsState,
    constants: ConstantSliders,
    renaming: ColumnRenaming,
    parts: PanelRects,
}

impl Views {
    /// Those of a scenario that is looked at for the first time.
    fn of(scenario: &Scenario) -> Self {
        Self {
            plot: PlotState::new(scenario),
            cards: PanelState::default(),
            charts: ChartsView::default(),
            step: StepView::default(),
            steps: StepsTable::default(),
            data: DataView::default(),
            unscaled: UnscaledView::of(scenario),
            solutions: SolutionsView::default(),
            race: RaceView::default(),
            graph: GraphView::default(),
            map: MapView::default(),
            series: SeriesView::default(),
            chosen: ChosenRun::default(),
            room: Vec2::ZERO,
            notes: Notes::default(),
            mathematics: MathematicsState::default(),
            constants: ConstantSliders::default(),
            renaming: ColumnRenaming::default(),
            parts: PanelRects::default(),
        }
    }
}

/// What lies over the window.
#[derive(Default)]
struct Overlays {
    tour: Tour,
    palette: Option<CommandPalette>,
    gallery: Gallery,
    figure_dialog: Option<FigureDialog>,
    data: Option<DataDialog>,
    shows_keys: bool,
    shows_about: bool,
}

/// The figure that is being written, and the one that was.
#[derive(Default)]
struct FigureFile {
    exporting: Option<FigureExport>,
    /// The figure that was written last, until that is dismissed.
    written: Option<PathBuf>,
    /// The step that is taken apart in the figure that is chosen; a figure of the plot where there is none.
    step: Option<StepChoice>,
    /// Whether it is a figure of the race.
    is_of_race: bool,
    /// What is shown of the graph of the cost in a figure of that.
    graph: Option<GraphChoice>,
    /// The run whose map is shown in a figure of that.
    map: Option<usize>,
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
            playback: Playback::default(),
            played: Played::of(&scenario),
            history: History::new(scenario.clone()),
            values_are_new: false,
            suiting: Suiting::default(),
            tuning: None,
            pinning: None,
            document: Document::opened(file, &scenario),
            filing: Filing::default(),
            figure_file: FigureFile::default(),
            habits: Habits::default(),
            views: Views::of(&scenario),
            overlays: Overlays::default(),
            message: None,
            title_shown: String::new(),
            is_suspended: false,
            session: Session::new(scenario),
        };
        app.remember_file();
        app.playback.restart();
        app.arrange();
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

    /// Whether every run is over; none goes on while drawing is suspended.
    fn is_stepped(&self) -> bool {
        self.is_suspended || self.session.is_stepped()
    }

    /// Offers the tour, unless it has been answered before.
    pub fn offer_tour(&mut self) {
        if !self.habits.arrangement.tour_answered {
            self.overlays.tour = Tour::offer();
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
            || self.overlays.figure_dialog.is_some()
            || self.overlays.data.is_some()
    }

    /// Whether something is open over the window that the keys belong to.
    fn keys_are_taken(&self) -> bool {
        self.is_asking()
            || self.overlays.shows_keys
            || self.overlays.shows_about
            || self.overlays.palette.is_some()
            || self.overlays.gallery.is_open()
    }

    /// Whether the gallery is open.
    pub fn shows_gallery(&self) -> bool {
        self.overlays.gallery.is_open()
    }

    /// How many pictures the gallery has drawn.
    pub fn thumbnails_made(&self) -> u64 {
        self.overlays.gallery.thumbnails_made()
    }

    /// Where the plane was drawn in the last frame.
    pub fn projection(&self) -> Option<Projection> {
        self.views.plot.projection
    }

    /// Draws a frame into the whole of `ui`.
    pub fn show_ui(&mut self, ui: &mut Ui) {
        self.look_in_time(ui);
        let last = self.session.longest_run();
        let more_to_come = !self.is_stepped();
        self.playback.advance(f64::from(ui.input(|input| input.stable_dt)), last, more_to_come);

        self.habits.arrangement.apply(ui.ctx());
        self.habits.arrangement.fit(ui.ctx().content_rect().width());
        let mut actions = if self.keys_are_taken() { Vec::new() } else { Action::pressed(ui.ctx()) };
        actions.extend(Panel::top("menu").show(ui, |ui| self.menu_bar_ui(ui)).inner);
        self.notices_ui(ui);
        self.exporting_ui(ui);
        self.away_ui(ui);
        let asked = self.panels_ui(ui, last);
        actions.extend(asked);
        self.notes_ui(ui);

        for action in actions {
            self.act(ui.ctx(), action);
        }
        self.go_on_suiting(ui);
        self.go_on_tuning(ui);
        self.tour_ui(ui);
        // A file dialog that the figure asks for opens in the next frame, where it has the keys for itself.
        self.dialog_ui(ui);
        self.figure_ui(ui);
        self.data_ui(ui);
        self.palette_ui(ui);
        if self.overlays.shows_keys && keys_ui(ui) {
            self.overlays.shows_keys = false;
        }
        if self.overlays.shows_about && about_ui(ui) {
            self.overlays.shows_about = false;
        }
        self.overwrite_ui(ui);
        self.unsaved_ui(ui);
        if let Some(scenario) = self.overlays.gallery.show_ui(ui, self.habits.look) {
            self.choose(scenario);
        }
        self.take_dropped(ui);
        if std::mem::take(&mut self.values_are_new) {
            number_field::forget_drafts(ui.ctx());
        }
        focus_ring_ui(ui);
        self.remember(ui);
        let is_over = self.go_on_pinning() & self.is_stepped();
        if self.playback.playing || !is_over {
            ui.request_repaint();
        }
        self.try_rates(ui);
        self.look_for_solutions(ui);
        self.forget_closed();
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
