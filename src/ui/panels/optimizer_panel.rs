//! The runs: where they start and how long they go, and a card for each.

use egui::{Rect, Response, ScrollArea, Stroke, Ui, vec2};

use crate::expr::display_name;
use crate::figure::Look;
use crate::objective::Goal;
use crate::optimizer::Method;
use crate::scenario::{Identity, MAX_OPTIMIZERS, OptimizerChoice, STEPS};
use crate::session::Session;
use crate::ui::panels::batch_row::batch_row_ui;
use crate::ui::panels::card::{CardView, card_ui};
use crate::ui::panels::card_menu::CardRequest;
use crate::ui::panels::common_rate::CommonRate;
use crate::ui::panels::method_chooser::method_chooser_ui;
use crate::ui::widgets::nudge::Nudge;
use crate::ui::widgets::number_field::{NumberField, Takes};
use crate::ui::widgets::style::ACCENT;
use crate::ui::widgets::tab_order::scroll_to_stop;

/// What the panel shows beyond the scenario.
#[derive(Debug, Default)]
pub struct PanelState {
    /// Whether the cards show every parameter, or the learning rate alone.
    pub all_parameters: bool,
    /// The card under the pointer.
    pub hovered: Option<usize>,
    /// The run whose path is under the pointer.
    pub highlighted: Option<usize>,
    /// The run that views beside the plot speak of, while one is open that does.
    pub chosen: Option<usize>,
    /// The card that was clicked in this frame.
    pub clicked: Option<usize>,
    /// The run whose schedule, or whose own rule, is open on its card.
    open_schedule: Option<Identity>,
    /// What all learning rates are multiplied by.
    common_rate: CommonRate,
}

/// Draws the panel. Returns the run whose steps are to be shown as a table.
pub fn optimizer_panel_ui(
    ui: &mut Ui,
    session: &mut Session,
    step: u32,
    look: Look,
    state: &mut PanelState,
) -> Option<usize> {
    run_options_ui(ui, session);
    ui.separator();
    ui.horizontal(|ui| {
        add_menu_ui(ui, session, state);
        ui.checkbox(&mut state.all_parameters, "all parameters")
            .on_hover_text("Show every parameter of every method");
    });
    state.common_rate.show_ui(ui, session);
    ui.add_space(2.0);
    let request = ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| cards_ui(ui, session, step, look, state))
        .inner;
    match request? {
        (index, CardRequest::Steps) => return Some(index),
        (index, CardRequest::Schedule) => {
            let run = session.scenario().optimizers.get(index).map(|choice| choice.identity);
            let is_open = |run: &Identity| state.open_schedule.is_some_and(|open| open.is_same(*run));
            state.open_schedule = run.filter(|run| !is_open(run));
        }
        (index, request) => session.edit(|scenario| request.carry_out(scenario, index)),
    }
    None
}

/// The cards. Returns what was asked of which.
fn cards_ui(
    ui: &mut Ui,
    session: &mut Session,
    step: u32,
    look: Look,
    state: &mut PanelState,
) -> Option<(usize, CardRequest)> {
    let styles = look.path_styles(&session.scenario().optimizers, ui.theme());
    let (all_parameters, highlighted) = (state.all_parameters, state.highlighted);
    (state.hovered, state.clicked) = (None, None);
    let mut request = None;
    let mut rects = Vec::new();
    let mut grips = Vec::new();
    for (index, style) in styles.into_iter().enumerate() {
        let is_highlighted = highlighted == Some(index);
        let identity = session.scenario().optimizers.get(index).map(|choice| choice.identity);
        let is_schedule_open =
            state.open_schedule.zip(identity).is_some_and(|(open, identity)| open.is_same(identity));
        let view = CardView { index, style, step, all_parameters, is_schedule_open, is_highlighted };
        let Some(card) = ui.push_id(index, |ui| card_ui(ui, session, view)).inner else { continue };
        if card.response.contains_pointer() {
            state.hovered = Some(index);
            let is_chosen = card.request.is_none() && ui.input(|input| input.pointer.primary_clicked());
            state.clicked = Some(index).filter(|_| is_chosen);
        }
        if state.chosen == Some(index) {
            let rect = card.response.rect;
            ui.painter().vline(rect.left() + 1.5, rect.shrink(3.0).y_range(), Stroke::new(3.0, ACCENT));
        }
        request = card.request.map(|asked| (index, asked)).or(request);
        rects.push(card.response.rect);
        grips.push(card.grip);
    }
    if rects.is_empty() {
        ui.label("No optimizer: add one.");
    }
    scroll_to_stop(ui);
    // The first one only: its neighbor has the focus from now on.
    let moved = (0..grips.len())
        .find_map(|index| order_by_hand(ui, &grips, index, &rects).map(|asked| (index, asked)));
    moved.or(request)
}

/// The place that the hand on a grip, or an arrow key, gives a card.
fn order_by_hand(ui: &Ui, grips: &[Response], index: usize, cards: &[Rect]) -> Option<CardRequest> {
    let grip = &grips[index];
    if grip.has_focus() {
        let filter =
            egui::EventFilter { vertical_arrows: true, horizontal_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(grip.id, filter));
        let [up, down] =
            [egui::Key::ArrowUp, egui::Key::ArrowDown].map(|key| ui.input(|i| i.key_pressed(key)));
        if up != down {
            let to = if up { index.saturating_sub(1) } else { index + 1 };
            let neighbor = grips.get(to).filter(|_| to != index)?;
            // The focus goes with the card.
            neighbor.request_focus();
            return Some(CardRequest::MoveTo(to));
        }
    }
    let pointer = grip.interact_pointer_pos()?;
    let gap = cards.iter().filter(|card| card.center().y < pointer.y).count();
    let to = if gap > index { gap - 1 } else { gap };
    if grip.dragged() {
        let half_gap = 0.5 * ui.spacing().item_spacing.y;
        let y = cards.get(gap).map_or(cards.last()?.bottom() + half_gap, |card| card.top() - half_gap);
        ui.painter().hline(cards[index].x_range(), y, Stroke::new(3.0, ACCENT));
        ui.painter().rect_filled(cards[index], 4.0, ui.visuals().extreme_bg_color.gamma_multiply(0.5));
        let visible = ui.clip_rect();
        if pointer.y < visible.top() + 12.0 {
            ui.scroll_with_delta(vec2(0.0, 8.0));
        } else if pointer.y > visible.bottom() - 12.0 {
            ui.scroll_with_delta(vec2(0.0, -8.0));
        }
    }
    (grip.drag_stopped() && to != index).then_some(CardRequest::MoveTo(to))
}

fn run_options_ui(ui: &mut Ui, session: &mut Session) {
    let mut run = session.scenario().run;
    let window = session.scenario().window;
    let cost = &session.scenario().cost;
    let (goal, names) = (cost.goal, cost.shown_variables().iter().map(|name| display_name(name)));
    let names: Vec<String> = names.collect();
    ui.horizontal(|ui| {
        ui.label("start").on_hover_text("Where every run starts: click in the plot, or drag the ring");
        for (axis, name) in names.iter().enumerate() {
            ui.label(name);
            let [from, to] = [window.x, window.y][axis];
            let field = NumberField {
                nudge: Some(Nudge { range: from..=to, logarithmic: false, fine: false }),
                speed: (to - from) / 400.0,
                width: 72.0,
                ..NumberField::new(name, "Where every run starts")
            };
            field.show_ui(ui, &mut run.start[axis]);
        }
    });
    ui.horizontal(|ui| {
        let meaning = "The most steps that a run takes";
        ui.label("steps").on_hover_text(meaning);
        let field = NumberField {
            takes: Takes::Within(f64::from(*STEPS.start())..=f64::from(*STEPS.end())),
            speed: 5.0,
            width: 72.0,
            ..NumberField::new("steps", meaning)
        };
        field.show_ui(ui, &mut run.steps);
        let meaning = match goal {
            Goal::Zero => "A run has found a root when |f| is below this; 0 takes all steps",
            _ => "A run has converged when the norm of the gradient is below this; 0 takes all steps",
        };
        ui.label("tolerance").on_hover_text(meaning);
        let field = NumberField {
            takes: Takes::Within(0.0..=f64::MAX),
            nudge: Some(Nudge { range: 1e-12..=1.0, logarithmic: true, fine: false }),
            ..NumberField::new("tolerance", meaning)
        };
        field.show_ui(ui, &mut run.tolerance);
    });
    if let Some(data) = &session.scenario().cost.data {
        batch_row_ui(ui, data.table().rows(), &mut run);
    }
    if run != session.scenario().run {
        session.edit(|scenario| scenario.run = run);
    }
}

impl PanelState {
    /// Adds a run of a method as it is suggested for the cost, unless there are as many as a scenario may hold. Whoever adds a
    /// rule of one's own is about to type it.
    pub fn add_run(&mut self, session: &mut Session, method: &'static Method) {
        if session.scenario().optimizers.len() >= MAX_OPTIMIZERS {
            return;
        }
        let added = OptimizerChoice::new(session.scenario().suggested_settings(method));
        if method.has_own_rule() {
            self.open_schedule = Some(added.identity);
        }
        session.edit(|scenario| scenario.optimizers.push(added));
    }
}

fn add_menu_ui(ui: &mut Ui, session: &mut Session, state: &mut PanelState) {
    if session.scenario().optimizers.len() >= MAX_OPTIMIZERS {
        ui.add_enabled(false, egui::Button::new("Add optimizer"))
            .on_disabled_hover_text(format!("A scenario has at most {MAX_OPTIMIZERS} optimizers"));
        return;
    }
    let menu = ui.menu_button("Add optimizer", |ui| method_chooser_ui(ui, session.objective()));
    if let Some(method) = menu.inner.flatten() {
        state.add_run(session, method);
        // Whoever chose by the keyboard goes on where the chooser was opened.
        if ui.memory(|memory| memory.focused()).is_some() {
            menu.response.request_focus();
        }
    }
}
