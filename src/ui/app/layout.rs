//! How a frame is laid out: the panels around the plot, and what lies over them.

use egui::{
    CentralPanel, Context, CursorIcon, EventFilter, Frame, Id, Key, Margin, Panel, Rect, Role, ScrollArea,
    Sense, ThemePreference, Ui, WidgetInfo,
};

use super::tiling::ViewKind;
use super::{App, Views};
use crate::scenario::{Scenario, has_notes_of_example};
use crate::ui::actions::Action;
use crate::ui::app::arrangement::Arrangement;
use crate::ui::dialogs::palette::{Entry, PaletteAnswer};
use crate::ui::dialogs::tour::Part;
use crate::ui::menus::menu::{FileMenu, MenuBarState, menu_bar_ui};
use crate::ui::panels::cost_panel::cost_panel_ui;
use crate::ui::panels::optimizer_panel::optimizer_panel_ui;
use crate::ui::widgets::tab_order::{scroll_to_stop, set_panels};

/// Where the panels were drawn in this frame, as far as they are open.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PanelRects {
    playback: Option<Rect>,
    optimizers: Option<Rect>,
    cost: Option<Rect>,
}

/// The margins of the panel of the cost above and below what is in it, with its line, in points.
const COST_MARGINS: f32 = 13.0;

impl App {
    /// Draws the panels around the plot and the plot. Returns the actions that were chosen.
    pub(super) fn panels_ui(&mut self, ui: &mut Ui, last: u32) -> Vec<Action> {
        let padded = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(8, 6));
        let mut actions = Vec::new();
        let Arrangement { mut cost, mut optimizers, mut playback, .. } = self.habits.arrangement;
        self.views.parts = PanelRects::default();
        let panel = Panel::bottom("playback").frame(padded).resizable(false);
        let epoch = self.session.scenario().batches().map(|batches| batches.steps_of_epoch());
        let row = panel.show_collapsible(ui, &mut playback, |ui| self.playback.controls_ui(ui, last, epoch));
        if let Some(row) = row {
            self.views.parts.playback = Some(row.response.rect);
            actions.extend(row.inner);
        }
        let step = self.playback.step;
        let window = ui.ctx().content_rect().width();
        // In a narrow window the plot keeps at least as much room as the cards.
        let widest = (0.5 * window).clamp(200.0, 420.0);
        // Its width at another size of text is another one, to which it goes back.
        let id = Id::unique(("optimizers", ui.ctx().pixels_per_point().to_bits()));
        let panel = Panel::right(id)
            .default_size((0.26 * window).clamp(308.0, 380.0).min(widest))
            .size_range(widest.min(260.0)..=widest);
        self.views.cards.highlighted =
            self.views.plot.hovered_path.or(self.views.charts.hovered).or(self.views.race.hovered);
        let speaks_of_one = |kind| self.habits.arrangement.views.is_open(kind);
        let is_one_chosen = [ViewKind::Step, ViewKind::Table, ViewKind::Race, ViewKind::Graph, ViewKind::Map]
            .into_iter()
            .any(speaks_of_one);
        self.views.cards.chosen = self.views.chosen.index().filter(|_| is_one_chosen);
        // A series has neither runs nor a cost, and leaves the habit of showing them alone.
        let (mut none, is_of_series) = (false, self.is_of_series());
        let shows_cards = if is_of_series { &mut none } else { &mut optimizers };
        let cards = panel.show_collapsible(ui, shows_cards, |ui| {
            optimizer_panel_ui(ui, &mut self.session, step, self.habits.look, &mut self.views.cards)
        });
        self.views.parts.optimizers = cards.as_ref().map(|cards| cards.response.rect);
        if let Some(index) = self.views.cards.clicked.take() {
            self.views.chosen.choose(index, &self.session.scenario().optimizers);
        }
        if let Some(index) = cards.and_then(|cards| cards.inner) {
            self.views.chosen.choose(index, &self.session.scenario().optimizers);
            self.habits.arrangement.views.open(ViewKind::Table, self.views.room);
        }
        let panel = Panel::top("cost").frame(padded).resizable(false);
        let shows_cost = if is_of_series { &mut none } else { &mut cost };
        let typed = panel.show_collapsible(ui, shows_cost, |ui| {
            let scenario = self.session.scenario();
            let notes_apply = self.document.has_formula_of(scenario)
                || has_notes_of_example(scenario)
                || self.views.notes.speak_of(scenario.cost.formula());
            let tallest = self.habits.arrangement.tallest_cost(ui.ctx().content_rect().height());
            let scroll = ScrollArea::vertical()
                .max_height(tallest)
                .min_scrolled_height(tallest)
                .auto_shrink([false, self.habits.arrangement.cost_height.is_none()]);
            let (session, views) = (&mut self.session, &mut self.views);
            let Views { constants, mathematics, renaming, .. } = views;
            let contents = |ui: &mut Ui| {
                let asked = cost_panel_ui(ui, session, constants, mathematics, renaming, notes_apply);
                scroll_to_stop(ui);
                asked
            };
            scroll.show(ui, contents).inner
        });
        if let Some(typed) = typed {
            self.views.parts.cost = Some(typed.response.rect);
            actions.extend(typed.inner);
            self.cost_edge_ui(ui, typed.response.rect);
        }
        (self.habits.arrangement.cost, self.habits.arrangement.optimizers) = (cost, optimizers);
        self.habits.arrangement.playback = playback;
        if !self.is_suspended {
            self.session.update();
        }
        let ground = Frame::central_panel(ui.style()).inner_margin(0);
        let middle = CentralPanel::no_frame().frame(ground).show(ui, |ui| self.middle_ui(ui, step)).inner;
        let PanelRects { cost, optimizers, playback } = self.views.parts;
        let views = middle.rects.into_iter().map(Some);
        set_panels(ui.ctx(), std::iter::once(cost).chain(views).chain([optimizers, playback]).flatten());
        actions.extend(middle.asked);
        actions
    }

    /// The lower edge of the cost's panel: dragging it gives the panel a height, a double click that of what is in it.
    fn cost_edge_ui(&mut self, ui: &Ui, panel: Rect) {
        let edge = panel.with_min_y(panel.bottom() - 3.0).with_max_y(panel.bottom() + 2.0);
        let edge = ui.interact(edge, ui.scope_id().with("cost edge"), Sense::click_and_drag());
        edge.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, "Height of the cost panel"));
        let edge = edge.on_hover_and_drag_cursor(CursorIcon::ResizeVertical);
        if edge.double_clicked() {
            self.habits.arrangement.cost_height = None;
        } else if let Some(pointer) = edge.interact_pointer_pos().filter(|_| edge.dragged()) {
            self.habits.arrangement.cost_height = Some(pointer.y - panel.top() - COST_MARGINS);
        }
        if edge.has_focus() {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(edge.id, filter));
            let pressed = |key| ui.input(|input| input.num_presses(key)) as f32;
            let steps = pressed(Key::ArrowDown) - pressed(Key::ArrowUp);
            if steps != 0.0 {
                self.habits.arrangement.cost_height = Some(panel.height() - COST_MARGINS + 10.0 * steps);
            }
        }
    }

    pub(super) fn tour_ui(&mut self, ui: &Ui) {
        let before = self.overlays.tour;
        if before.is_offered()
            && (!self.habits.arrangement.views.is_plot_alone() || self.views.notes.is_open())
        {
            // The offer would lie over views or the notes; it comes back when they are closed.
            return;
        }
        let mut tour = self.overlays.tour;
        tour.show_ui(ui, |part| self.place_of(ui, part));
        self.overlays.tour = tour;
        self.habits.arrangement.tour_answered |= before.is_offered() && !tour.is_offered();
    }

    /// Where a part of the window is, if it is shown.
    fn place_of(&self, ctx: &Context, part: Part) -> Option<Rect> {
        let window = ctx.content_rect();
        match part {
            Part::Plot => self.views.plot.projection.map(|projection| projection.frame),
            Part::Playback => self.views.parts.playback,
            Part::Optimizers => self.views.parts.optimizers,
            Part::Cost => self.views.parts.cost,
            Part::Menu => Some(window.with_max_y(window.top() + 26.0)),
        }
    }

    pub(super) fn palette_ui(&mut self, ui: &Ui) {
        let Some(palette) = &mut self.overlays.palette else { return };
        let found = palette.show_ui(ui);
        if found == PaletteAnswer::Waiting {
            return;
        }
        self.overlays.palette = None;
        // Its field is gone; keys belong to the window again.
        ui.memory_mut(|memory| memory.stop_text_input());
        match found {
            PaletteAnswer::Entry(Entry::Action(action)) => self.act(ui.ctx(), action),
            PaletteAnswer::Entry(Entry::Cost(row)) => self.choose(Scenario::of_gallery(row)),
            PaletteAnswer::Entry(Entry::Method(_)) if self.is_of_series() => {
                self.say("this is a series: it has no cost and no runs".to_owned());
            }
            PaletteAnswer::Entry(Entry::Method(method)) => {
                self.views.cards.add_run(&mut self.session, method);
            }
            PaletteAnswer::Nothing | PaletteAnswer::Waiting => {}
        }
    }

    pub(super) fn menu_bar_ui(&mut self, ui: &mut Ui) -> Vec<Action> {
        let state = MenuBarState {
            file: FileMenu {
                recent: &self.habits.recent,
                has_file: self.document.path().is_some(),
                has_system_dialog: self.filing.chooser.is_some(),
            },
            history: [self.history.undo_name(), self.history.redo_name()],
            title: &self.session.scenario().title,
            message: self.message.as_ref().map(|message| (message.text.as_str(), message.is_error)),
            is_covered: self.keys_are_taken(),
            on: self.what_is_on(ui),
        };
        menu_bar_ui(ui, &state, &mut self.habits.look, self.session.scenario())
    }

    /// The entries of the menus that are marked.
    fn what_is_on(&self, ui: &Ui) -> Vec<Action> {
        let theme = match ui.ctx().options(|options| options.theme_preference) {
            ThemePreference::Dark => Action::Dark,
            ThemePreference::Light => Action::Light,
            ThemePreference::System => Action::FollowSystem,
        };
        let Arrangement { cost, optimizers, playback, .. } = self.habits.arrangement;
        let toggles = [
            (Action::ToggleCost, cost),
            (Action::ToggleOptimizers, optimizers),
            (Action::TogglePlayback, playback),
            (Action::Notes, self.views.notes.is_open()),
            (theme, true),
        ];
        let views = ViewKind::BESIDE_THE_PLOT
            .map(|kind| (kind.action(), self.habits.arrangement.views.is_open(kind)));
        toggles.into_iter().chain(views).filter(|(_, is_on)| *is_on).map(|(action, _)| action).collect()
    }
}

#[cfg(test)]
mod tests;
