//! The runs as curves, below the plot: what is followed is chosen in a row above; dragging in the chart goes through the
//! steps, pointing at a curve reads it and marks its path and card.

use egui::text::LayoutJob;
use egui::{Color32, ComboBox, Role, TextFormat, Ui, WidgetInfo};

use crate::figure::Look;
use crate::figure::chart::{Chart, ChartChoice, ChartScale};
use crate::figure::look::number::short;
use crate::figure::look::palette::Inks;
use crate::objective::Point;
use crate::record::quantity::{Against, Quantity};
use crate::session::Session;
use crate::spelling::Selectable as _;
use crate::ui::views::plate::{FONT, MARGIN, plate_beside_ui};

/// The chart as it was made last, and what is pointed at in it.
#[derive(Default)]
pub struct ChartsView {
    held: Option<(Key, Option<Chart>)>,
    /// The run whose curve is under the pointer.
    pub hovered: Option<usize>,
}

/// What a chart depends on: its choice, the visible runs with how far they are, and what J* and θ* are.
#[derive(PartialEq)]
struct Key {
    choice: ChartChoice,
    runs: Vec<(usize, u64, usize)>,
    optima: Vec<Point>,
}

impl ChartsView {
    /// Draws it into the space that is left. Returns the step that was gone to.
    pub fn show_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        choice: &mut ChartChoice,
        look: Look,
        step: u32,
        highlighted: Option<usize>,
    ) -> Option<u32> {
        ui.horizontal_wrapped(|ui| choice_ui(ui, choice));
        let runs = session.visible_paths();
        let key = Key {
            choice: *choice,
            runs: runs.map(|path| (path.index, path.version, path.trajectory.points.len())).collect(),
            optima: session.known_optima(),
        };
        if self.held.as_ref().is_none_or(|(held, _)| *held != key) {
            let chart = Chart::of(session, *choice);
            self.held = Some((key, chart));
        }
        let before = self.hovered.take();
        let (_, chart) = self.held.as_ref()?;
        let Some(chart) = chart.as_ref().filter(|chart| !chart.is_empty()) else {
            ui.weak(format!("No visible run has this: {}.", choice.quantity.name()));
            return None;
        };
        let output = chart.show_ui(ui, session, look, step, highlighted);
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
            let value = short(point.value, 6);
            add(
                format!(
                    "
step {}
{} {value}",
                    point.step,
                    choice.quantity.symbol()
                ),
                inks.mark,
            );
            let within = output.frame.shrink(MARGIN);
            plate_beside_ui(ui, ui.painter(), inks, text, point.at, within);
        }
        if self.hovered != before {
            // The path and its card are drawn before it is known what is under the pointer.
            ui.request_repaint();
        }
        let is_taken = output.response.dragged() || output.response.clicked();
        let pointer = output.response.interact_pointer_pos().filter(|_| is_taken);
        pointer.map(|at| chart.step_at(at, output.frame))
    }
}

/// What is followed, against what, and how it is spread.
fn choice_ui(ui: &mut Ui, choice: &mut ChartChoice) {
    let combo = |ui: &mut Ui, name: &str, shown: &str, width: f32, contents: &mut dyn FnMut(&mut Ui)| {
        let combo = ComboBox::from_id_salt(name).selected_text(shown).width(width);
        let response = combo.show_ui(ui, |ui| contents(ui)).response;
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
    };
    combo(ui, "quantity of the chart", choice.quantity.name(), 150.0, &mut |ui| {
        for quantity in Quantity::ALL {
            let item = ui.selectable_value(&mut choice.quantity, *quantity, quantity.name());
            item.on_hover_text(quantity.explanation());
        }
    });
    ui.label("against");
    combo(ui, "against in the chart", choice.against.name(), 130.0, &mut |ui| {
        for against in Against::ALL {
            let item = ui.selectable_value(&mut choice.against, *against, against.name());
            item.on_hover_text(against.explanation());
        }
    });
    let mut is_log = choice.scale() == ChartScale::Log;
    let log = ui.checkbox(&mut is_log, "log");
    let log = log.on_hover_text("Values by powers of ten: equal factors are equally far apart");
    if log.changed() {
        choice.scale = Some(if is_log { ChartScale::Log } else { ChartScale::Linear });
    }
}
