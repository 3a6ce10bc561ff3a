//! The runs as curves: what is followed is chosen in a row above each chart; all of them share one axis, along which one
//! zooms and moves. Dragging in a chart goes through the steps, pointing at a curve reads it and marks its path and card.

use egui::text::LayoutJob;
use egui::{Color32, ComboBox, PointerButton, Role, TextFormat, Ui, WidgetInfo, vec2};

use crate::elementary;
use crate::figure::Look;
use crate::figure::chart::{Chart, ChartChoice, ChartOutput, ChartScale};
use crate::figure::look::number::short;
use crate::figure::look::palette::Inks;
use crate::objective::Point;
use crate::record::quantity::{Against, Quantity};
use crate::scenario::Scenario;
use crate::session::Session;
use crate::spelling::Selectable as _;
use crate::ui::views::plate::{FONT, MARGIN, plate_beside_ui};
use crate::ui::widgets::icons::{Icon, icon_button_ui};

/// The charts as they were made last, and what is looked at and pointed at in them.
#[derive(Default)]
pub struct ChartsView {
    held: Vec<(Key, Option<Chart>)>,
    /// The part of the axis that is looked at, and against what; all of it where there is none.
    across: Option<(Against, [f64; 2])>,
    /// The run whose curve is under the pointer.
    pub hovered: Option<usize>,
}

/// What the scenario has that only some have.
#[derive(Clone, Copy, Debug)]
pub struct Has {
    constraints: bool,
    rows: bool,
    batches: bool,
}

impl Has {
    /// What it has.
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            constraints: scenario.enabled_constraints().next().is_some(),
            rows: scenario.cost.data.is_some(),
            batches: scenario.run.batch.is_some(),
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChartsRequest {
    /// Show this step.
    pub step: Option<u32>,
    /// Speak of the run at this index.
    pub run: Option<usize>,
}

/// What a chart depends on: its choice, the visible runs with how far they are, and what J* and θ* are.
#[derive(PartialEq)]
struct Key {
    choice: ChartChoice,
    runs: Vec<(usize, u64, usize)>,
    optima: Vec<Point>,
}

/// More charts than this are not stacked.
pub const MOST_CHARTS: usize = 4;

impl ChartsView {
    /// Draws them into the space that is left. Returns what was asked for.
    pub fn show_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        choices: &mut Vec<ChartChoice>,
        look: Look,
        step: u32,
        highlighted: Option<usize>,
    ) -> ChartsRequest {
        let has = Has::of(session.scenario());
        self.update(session, choices);
        let before = self.hovered.take();
        let mut request = ChartsRequest::default();
        let count = choices.len();
        let mut removed = None;
        for (at, choice) in choices.iter_mut().enumerate() {
            let height = ui.available_height() / (count - at) as f32;
            ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
                if at > 0 {
                    ui.horizontal(|ui| {
                        quantity_ui(ui, choice, &format!("quantity of chart {}", at + 1), has);
                        if icon_button_ui(ui, Icon::Remove, &format!("Remove chart {}", at + 1)).clicked() {
                            removed = Some(at);
                        }
                    });
                }
                let asked = self.chart_ui(ui, session, [at, count], look, step, highlighted);
                request = ChartsRequest { step: asked.step.or(request.step), run: asked.run.or(request.run) };
            });
        }
        if let Some(removed) = removed {
            choices.remove(removed);
        }
        if self.hovered != before {
            // The path and its card are drawn before it is known what is under the pointer.
            ui.request_repaint();
        }
        request
    }

    /// Makes again what has changed.
    fn update(&mut self, session: &Session, choices: &[ChartChoice]) {
        self.held.truncate(choices.len());
        for (at, choice) in choices.iter().enumerate() {
            let runs = session.visible_paths();
            let key = Key {
                choice: *choice,
                runs: runs.map(|path| (path.index, path.version, path.trajectory.len())).collect(),
                optima: session.optima(),
            };
            if self.held.get(at).is_none_or(|(held, _)| *held != key) {
                let chart = Chart::of(session, *choice);
                self.held.truncate(at);
                self.held.push((key, chart));
            }
            let across = self.across.filter(|(against, _)| *against == choice.against);
            if let Some((_, Some(chart))) = self.held.get_mut(at) {
                chart.look_at(across.map(|(_, range)| range));
            }
        }
    }

    /// One of the charts, of `[at, count]`.
    fn chart_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        [at, count]: [usize; 2],
        look: Look,
        step: u32,
        highlighted: Option<usize>,
    ) -> ChartsRequest {
        let nothing = ChartsRequest::default();
        let Some((Key { choice, .. }, chart)) = self.held.get(at) else { return nothing };
        let Some(chart) = chart.as_ref().filter(|chart| !chart.is_empty()) else {
            ui.weak(format!("No visible run has this: {}.", choice.quantity.name()));
            return nothing;
        };
        let output = chart.show_ui(ui, session, look, step, highlighted, at + 1 == count);
        let sentence = chart.sentence();
        output.response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, true, &sentence));
        if let Some(point) = output.response.hover_pos().and_then(|at| chart.nearest(at, output.frame)) {
            self.hovered = Some(point.run);
            let inks = Inks::of(ui.theme());
            let styles = look.path_styles(&session.scenario().optimizers, ui.theme());
            let mut text = LayoutJob::default();
            let mut add = |line: String, color: Color32| {
                text.append(&line, 0.0, TextFormat { font_id: FONT, color, ..TextFormat::default() });
            };
            add(session.scenario().run_name(point.run), styles[point.run].color);
            let (symbol, value) = (choice.quantity.symbol(), short(point.value, 6));
            add(format!("\nstep {}\n{symbol} {value}", point.step), inks.mark);
            let within = output.frame.shrink(MARGIN);
            plate_beside_ui(ui, ui.painter(), inks, text, point.at, within);
        }
        let response = &output.response;
        let is_taken = response.dragged_by(PointerButton::Primary) || response.clicked();
        let pointer = response.interact_pointer_pos().filter(|_| is_taken);
        let request = ChartsRequest {
            step: pointer.map(|at| chart.step_at(at, output.frame)),
            run: self.hovered.filter(|_| response.clicked()),
        };
        if let Some(across) = looked_at(ui, chart, &output) {
            self.across = across.map(|range| (choice.against, range));
            ui.request_repaint();
        }
        request
    }
}

/// What the hand looks at, if it looks elsewhere: the wheel zooms, turned sideways it moves, as dragging with another button
/// than the first does; a double click shows all again.
fn looked_at(ui: &Ui, chart: &Chart, output: &ChartOutput) -> Option<Option<[f64; 2]>> {
    let ChartOutput { response, frame } = output;
    if response.double_clicked() {
        return Some(None);
    }
    let mut across = None;
    if response.dragged_by(PointerButton::Secondary) || response.dragged_by(PointerButton::Middle) {
        across = Some(chart.moved(response.drag_delta().x, *frame));
    }
    if let Some(pointer) = response.hover_pos() {
        let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta, input.zoom_delta()));
        if wheel.x != 0.0 {
            across = Some(chart.moved(wheel.x, *frame));
        }
        let factor = elementary::exp(f64::from(wheel.y * 0.004)) * f64::from(pinch);
        if factor != 1.0 {
            across = Some(chart.zoomed(factor, pointer, *frame));
        }
    }
    across.map(Some)
}

/// What the charts follow, against what, and how the first is spread; with what adds another one.
/// What only some scenarios have is offered in those.
pub fn chart_choice_ui(ui: &mut Ui, choices: &mut Vec<ChartChoice>, has: Has) {
    let Some(first) = choices.first_mut() else { return };
    quantity_ui(ui, first, "quantity of the chart", has);
    ui.label("against");
    let mut against = first.against;
    combo_ui(ui, "against in the chart", against.name(), 130.0, &mut |ui| {
        for other in Against::ALL.iter().filter(|other| has.rows || !other.is_of_rows()) {
            let item = ui.selectable_value(&mut against, *other, other.name());
            item.on_hover_text(other.explanation());
        }
    });
    choices.iter_mut().for_each(|choice| choice.against = against);
    let is_free = |quantity: &&Quantity| choices.iter().all(|choice| choice.quantity != **quantity);
    let next = offered(has).find(is_free).filter(|_| choices.len() < MOST_CHARTS);
    let add = ui.add_enabled(next.is_some(), egui::Button::new("+ chart"));
    if add.on_hover_text("Another chart over the same axis").clicked()
        && let Some(quantity) = next
    {
        choices.push(ChartChoice { quantity: *quantity, against, scale: None });
    }
}

/// The quantities that make sense.
fn offered(has: Has) -> impl Iterator<Item = &'static Quantity> {
    let is_there = move |quantity: &&Quantity| {
        (has.constraints || !quantity.is_of_constraints()) && (has.batches || !quantity.is_of_batches())
    };
    Quantity::ALL.iter().filter(is_there)
}

/// What one chart follows, and how it is spread.
fn quantity_ui(ui: &mut Ui, choice: &mut ChartChoice, name: &str, has: Has) {
    combo_ui(ui, name, choice.quantity.name(), 150.0, &mut |ui| {
        for quantity in offered(has) {
            let item = ui.selectable_value(&mut choice.quantity, *quantity, quantity.name());
            item.on_hover_text(quantity.explanation());
        }
    });
    let mut is_log = choice.scale() == ChartScale::Log;
    let log = ui.checkbox(&mut is_log, "log");
    let log = log.on_hover_text("Values by powers of ten: equal factors are equally far apart");
    if log.changed() {
        choice.scale = Some(if is_log { ChartScale::Log } else { ChartScale::Linear });
    }
}

fn combo_ui(ui: &mut Ui, name: &str, shown: &str, width: f32, contents: &mut dyn FnMut(&mut Ui)) {
    let combo = ComboBox::from_id_salt(name).selected_text(shown).width(width);
    let response = combo.show_ui(ui, |ui| contents(ui)).response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
}
