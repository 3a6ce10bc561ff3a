//! The middle of the window: the row of levels and views, and below it the plot with the views beside it.

use egui::{Button, Frame, Margin, Rect, Ui, WidgetText};
use egui_tiles::{Behavior, EditAction, TileId, Tiles, UiResponse};

use super::App;
use super::habits::Habits;
use super::tiling::tree::TileTree;
use super::tiling::{GAP, TAB_BAR, ViewKind};
use crate::figure::legend_over_ui;
use crate::figure::plot::PlotOptions;
use crate::scenario::Data;
use crate::ui::actions::Action;
use crate::ui::views::charts::{Has, MOST_CHARTS, chart_choice_ui};
use crate::ui::views::data_view::DataPlace;
use crate::ui::views::head::{HeadOutput, head_ui};
use crate::ui::views::plot_panel::PlotState;
use crate::ui::views::step_view::StepRequest;
use crate::ui::views::steps_table::StepsView;

/// What was drawn there, and what was asked for.
pub(super) struct Middle {
    /// The row above, and each view with its head, in the order of reading.
    pub rects: Vec<Rect>,
    pub asked: Vec<Action>,
}

/// The margins of the plot, and those of the other views, in points.
const AROUND_PLOT: Margin = Margin { left: 6, right: 8, top: 0, bottom: 4 };
const AROUND_VIEW: Margin = Margin { left: 8, right: 8, top: 4, bottom: 4 };

impl App {
    /// Draws it.
    pub(super) fn middle_ui(&mut self, ui: &mut Ui, step: u32) -> Middle {
        if let Some(series) = self.series_document_ui(ui, step) {
            return series;
        }
        let bar = Frame::NONE.inner_margin(Margin { top: 4, bottom: 2, ..AROUND_PLOT });
        let bar = bar.show(ui, |ui| self.view_bar_ui(ui));
        let (bar, asked) = (bar.response.rect, bar.inner);
        if self.is_suspended {
            self.is_suspended = !PlotState::suspended_ui(ui);
            return Middle { rects: vec![bar, ui.min_rect()], asked };
        }
        self.look_at_step(ui);
        let room = ui.available_size();
        self.views.room = room;
        let mut tiling = self.habits.arrangement.views.clone();
        let mut tree = TileTree::of(&tiling, room);
        let tabs = std::iter::once(ViewKind::Plot).chain(ViewKind::BESIDE_THE_PLOT);
        let mut panes = Panes {
            tabs: tabs.filter(|kind| tree.is_tab(*kind)).collect(),
            is_cramped: tree.is_cramped,
            app: self,
            step,
            middle: Middle { rects: vec![bar], asked },
            is_changed: false,
            closed: None,
        };
        tree.show_ui(&mut panes, ui);
        let Panes { middle, is_changed, closed, .. } = panes;
        if is_changed {
            tree.keep_in(&mut tiling);
        }
        if let Some(kind) = closed {
            tiling.close(kind);
        }
        if std::mem::take(&mut self.views.series.asks_to_open) {
            tiling.open(ViewKind::Series, room);
        }
        if self.habits.arrangement.views != tiling {
            self.habits.arrangement.views = tiling;
            ui.request_repaint();
        }
        middle
    }

    /// The levels, what is looked at, and at the right end the views.
    fn view_bar_ui(&mut self, ui: &mut Ui) -> Vec<Action> {
        let views = &self.habits.arrangement.views;
        let data = self.session.scenario().cost.data.as_ref();
        let is_scaled = data.is_some_and(Data::is_scaled);
        // Only what makes sense is offered, and what is open can be closed.
        let is_offered = |kind: &ViewKind| match kind {
            ViewKind::Data => data.is_some() || views.is_open(*kind),
            ViewKind::Unscaled => is_scaled || views.is_open(*kind),
            // It is no view of the scenario.
            ViewKind::Series => views.is_open(*kind),
            ViewKind::Map => views.is_open(*kind) || !self.session.is_of_one_variable(),
            _ => true,
        };
        let buttons = ViewKind::BESIDE_THE_PLOT.into_iter().filter(is_offered);
        let buttons: Vec<_> = buttons.map(|kind| (kind.action(), views.is_open(kind))).collect();
        let look = &mut self.habits.look;
        self.views.plot.levels_ui(ui, &mut self.session, look, |ui| {
            let mut asked = None;
            for (action, is_open) in buttons {
                let button = ui.add(Button::new(action.label()).selected(is_open));
                if button.on_hover_text(action.explanation(ui.ctx())).clicked() {
                    asked = Some(action);
                }
            }
            asked
        })
    }

    fn plot_ui(&mut self, ui: &mut Ui, step: u32) {
        let highlighted = self.views.cards.hovered.or(self.views.cards.highlighted);
        let spoken_of = self.views.chosen.find(&self.session.scenario().optimizers);
        let of_step = PlotOptions::at_step(step, self.habits.look);
        let shows_solutions = self.habits.arrangement.views.is_open(ViewKind::Solutions);
        let row = self.views.data.row.filter(|_| self.habits.arrangement.views.is_open(ViewKind::Data));
        let trial = self.views.map.pointed;
        let options = PlotOptions { highlighted, spoken_of, shows_solutions, row, trial, ..of_step };
        self.views.plot.show_ui(ui, &mut self.session, options);
        if let Some(projection) = self.views.plot.projection {
            self.views.step.sketches_ui(ui, &self.session, projection, self.habits.look);
        }
        // The cards say which path is which, where they are open.
        let projection = self.views.plot.projection.filter(|_| !self.habits.arrangement.optimizers);
        if let Some(projection) = projection {
            legend_over_ui(ui, &self.session, step, self.habits.look, projection);
        }
    }

    fn charts_ui(&mut self, ui: &mut Ui, step: u32, is_tab: bool) -> HeadOutput {
        let Self { session, views, habits, .. } = self;
        // What was kept may be anything.
        habits.charts.truncate(MOST_CHARTS);
        if habits.charts.is_empty() {
            habits.charts = Habits::default().charts;
        }
        let head = head_ui(ui, ViewKind::Charts.title(), Action::Charts, is_tab, |ui| {
            chart_choice_ui(ui, &mut habits.charts, Has::of(session.scenario()));
        });
        let highlighted = views.cards.hovered.or(views.cards.highlighted);
        let request = views.charts.show_ui(ui, session, &mut habits.charts, habits.look, step, highlighted);
        if let Some(run) = request.run {
            self.views.chosen.choose(run, &self.session.scenario().optimizers);
        }
        if let Some(step) = request.step {
            self.go_to_step(ui.ctx(), step);
        }
        head
    }

    fn step_ui(&mut self, ui: &mut Ui, step: u32, is_tab: bool) -> HeadOutput {
        let runs = &self.session.scenario().optimizers;
        let Some(index) = self.views.chosen.find(runs) else { return no_runs_ui(ui, ViewKind::Step, is_tab) };
        let Self { session, views, habits, .. } = self;
        let mut request = None;
        let head = head_ui(ui, ViewKind::Step.title(), Action::Step, is_tab, |ui| {
            request = views.step.controls_ui(ui, session, index, habits.look);
        });
        match views.step.show_ui(ui, step).or(request) {
            None => {}
            Some(StepRequest::GoTo(step)) => self.go_to_step(ui.ctx(), step),
            Some(StepRequest::Choose(run)) => {
                self.views.chosen.choose(run, &self.session.scenario().optimizers)
            }
            Some(StepRequest::Act(action)) => self.act(ui.ctx(), action),
            Some(StepRequest::Figure(choice)) => self.open_figure_of_step(choice),
            Some(StepRequest::Average { run, axis }) => self.send_to_series(run, axis),
        }
        head
    }

    fn table_ui(&mut self, ui: &mut Ui, step: u32, is_tab: bool) -> HeadOutput {
        let runs = &self.session.scenario().optimizers;
        let Some(index) = self.views.chosen.find(runs) else {
            return no_runs_ui(ui, ViewKind::Table, is_tab);
        };
        let view = StepsView { step, is_playing: self.playback.playing, has_keys: self.has_keys() };
        let Self { session, views, habits, .. } = self;
        let mut request = None;
        let head = head_ui(ui, ViewKind::Table.title(), Action::Steps, is_tab, |ui| {
            request = views.steps.controls_ui(ui, session, index, habits.look);
        });
        let request = views.steps.show_ui(ui, session, index, view).or(request);
        if let Some(request) = request {
            self.act_on_steps(ui.ctx(), request);
        }
        head
    }
}

impl App {
    fn rows_ui(&mut self, ui: &mut Ui, step: u32, is_tab: bool) -> HeadOutput {
        let chosen = self.views.chosen.find(&self.session.scenario().optimizers);
        let Self { session, views, habits, .. } = self;
        let head = head_ui(ui, ViewKind::Data.title(), Action::Rows, is_tab, |ui| {
            views.data.choices_ui(ui, session);
        });
        let place = DataPlace { step, chosen, pointed_at: views.plot.pointed_at };
        views.data.show_ui(ui, session, habits.look, place);
        head
    }

    fn unscaled_ui(&mut self, ui: &mut Ui, step: u32, is_tab: bool) -> HeadOutput {
        let highlighted = self.views.cards.hovered.or(self.views.cards.highlighted);
        let Self { session, views, habits, .. } = self;
        let head = head_ui(ui, ViewKind::Unscaled.title(), Action::Unscaled, is_tab, |ui| {
            views.unscaled.words_ui(ui, session);
        });
        let pointed = views.plot.pointed_at;
        let options = PlotOptions { highlighted, pointed, ..PlotOptions::at_step(step, habits.look) };
        views.unscaled.show_ui(ui, session, options);
        head
    }

    fn solutions_ui(&mut self, ui: &mut Ui, step: u32, is_tab: bool) -> HeadOutput {
        let head = head_ui(ui, ViewKind::Solutions.title(), Action::Solutions, is_tab, |_| {});
        let Self { session, views, habits, .. } = self;
        views.solutions.show_ui(ui, session, &mut views.plot, habits.look, step);
        head
    }

    /// Lets go of what is kept for a view that is closed.
    pub(super) fn forget_closed(&mut self) {
        if !self.habits.arrangement.views.is_open(ViewKind::Unscaled) {
            self.session.forget_unscaled();
        }
        if !self.habits.arrangement.views.is_open(ViewKind::Race) {
            self.views.race.hovered = None;
        }
        if !self.habits.arrangement.views.is_open(ViewKind::Graph) {
            self.views.graph.forget();
        }
        if !self.habits.arrangement.views.is_open(ViewKind::Map) {
            self.session.keep_basins_of(&[]);
            self.session.forget_sweep();
            self.views.map.pointed = None;
        }
    }

    /// Looks for the solutions where they are shown: beside the plot, or on it where nothing is known of them.
    pub(super) fn look_for_solutions(&mut self, ui: &Ui) {
        let is_open = self.habits.arrangement.views.is_open(ViewKind::Solutions);
        if self.is_suspended || self.is_of_series() || !(is_open || self.session.wants_solutions()) {
            self.session.forget_solutions();
        } else if !self.session.look_for_solutions() {
            ui.request_repaint();
        }
    }
}

/// A view that speaks of a run, where there is none.
pub(super) fn no_runs_ui(ui: &mut Ui, kind: ViewKind, is_tab: bool) -> HeadOutput {
    let head = head_ui(ui, kind.title(), kind.action(), is_tab, |_| {});
    ui.weak("There is no run: add an optimizer.");
    head
}

/// The views of a frame.
struct Panes<'a> {
    app: &'a mut App,
    step: u32,
    /// Those that are one of several tabs.
    tabs: Vec<ViewKind>,
    /// Whether there is room for one view only.
    is_cramped: bool,
    middle: Middle,
    /// Whether a hand moved, resized or chose a view.
    is_changed: bool,
    /// The view that is to be closed.
    closed: Option<ViewKind>,
}

impl Behavior<ViewKind> for Panes<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _: TileId, kind: &mut ViewKind) -> UiResponse {
        let rect = ui.max_rect();
        ui.shrink_clip_rect(rect);
        self.middle.rects.push(rect);
        let is_tab = self.tabs.contains(kind);
        let around = if *kind == ViewKind::Plot { AROUND_PLOT } else { AROUND_VIEW };
        let (app, step) = (&mut *self.app, self.step);
        let head = Frame::NONE.inner_margin(around).show(ui, |ui| match kind {
            ViewKind::Plot => {
                app.plot_ui(ui, step);
                HeadOutput::default()
            }
            ViewKind::Charts => app.charts_ui(ui, step, is_tab),
            ViewKind::Step => app.step_ui(ui, step, is_tab),
            ViewKind::Table => app.table_ui(ui, step, is_tab),
            ViewKind::Data => app.rows_ui(ui, step, is_tab),
            ViewKind::Unscaled => app.unscaled_ui(ui, step, is_tab),
            ViewKind::Solutions => app.solutions_ui(ui, step, is_tab),
            ViewKind::Race => app.race_ui(ui, is_tab),
            ViewKind::Graph => app.graph_ui(ui, step, is_tab),
            ViewKind::Series => app.series_ui(ui, is_tab),
            ViewKind::Map => app.map_ui(ui, step, is_tab),
        });
        if head.inner.is_closed {
            self.closed = Some(*kind);
        }
        if head.inner.is_dragged { UiResponse::DragStarted } else { UiResponse::None }
    }

    fn tab_title_for_pane(&mut self, kind: &ViewKind) -> WidgetText {
        kind.title().into()
    }

    fn is_tab_closable(&self, tiles: &Tiles<ViewKind>, tile: TileId) -> bool {
        tiles.get_pane(&tile).is_some_and(|kind| *kind != ViewKind::Plot)
    }

    fn on_tab_close(&mut self, tiles: &mut Tiles<ViewKind>, tile: TileId) -> bool {
        // It goes when the frame is over, from the arrangement that this one was made from.
        self.closed = tiles.get_pane(&tile).copied();
        false
    }

    fn is_tile_draggable(&self, _: &Tiles<ViewKind>, _: TileId) -> bool {
        !self.is_cramped
    }

    fn tab_bar_height(&self, _: &egui::Style) -> f32 {
        TAB_BAR
    }

    fn gap_width(&self, _: &egui::Style) -> f32 {
        GAP
    }

    fn min_size(&self) -> f32 {
        150.0
    }

    fn resize_stroke(&self, style: &egui::Style, state: egui_tiles::ResizeState) -> egui::Stroke {
        match state {
            egui_tiles::ResizeState::Idle => style.visuals.widgets.noninteractive.bg_stroke,
            egui_tiles::ResizeState::Hovering => style.visuals.widgets.hovered.fg_stroke,
            egui_tiles::ResizeState::Dragging => style.visuals.widgets.active.fg_stroke,
        }
    }

    fn cycle_tabs_with_keyboard(&self) -> bool {
        false
    }

    fn on_edit(&mut self, edit: EditAction) {
        self.is_changed |= edit != EditAction::TileDragged;
    }
}
