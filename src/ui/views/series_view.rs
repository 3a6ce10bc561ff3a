//! A series with its averages: typed, pasted or by a formula, with a slider for each β, and the arithmetic of the step under the
//! pointer.

mod source;

use egui::{
    Button, CollapsingHeader, ComboBox, EventFilter, Frame, Key, Margin, Panel, RadioButton, Response,
    RichText, Role, ScrollArea, Ui, WidgetInfo,
};
use source::{Columns, SourceFields};

use crate::data::Table;
use crate::figure::Look;
use crate::figure::series::{
    SeriesChart, SeriesMarks, SeriesOutput, arithmetic_ui, average_colors, first_steps_ui,
};
use crate::scenario::{BiasCorrection, MAX_BETAS, TimeSeries};
use crate::spelling::Selectable as _;
use crate::ui::widgets::icons::{Icon, icon_button_ui};
use crate::ui::widgets::number_field::Takes;
use crate::ui::widgets::sliders::NumberSlider;

/// The view, with what it holds from one frame to the next.
#[derive(Default)]
pub struct SeriesView {
    /// The series that is looked at beside a cost. It is in no file.
    pub own: OwnSeries,
    /// Whether the view is to be opened when those of the frame are drawn.
    pub asks_to_open: bool,
    /// The place of the β whose weights and steps are shown.
    chosen: usize,
    chart: Option<SeriesChart>,
    source: SourceFields,
}

/// A series beside a cost, which no file has.
#[derive(Default)]
pub struct OwnSeries {
    /// The numbers, with their averages.
    pub series: TimeSeries,
    /// What it is a copy of; empty where it was typed.
    pub name: String,
    /// The number that is looked at, from 1; 0 is none.
    pub t: u32,
}

/// What a hand did to a series.
#[derive(Debug, Default)]
pub struct SeriesRequest {
    /// What it becomes.
    pub series: Option<TimeSeries>,
    /// Look at this number.
    pub t: Option<u32>,
    /// A table is to be asked for.
    pub asks_for_table: bool,
}

/// A view of at least this width has what is chosen beside the axes, and a narrower one below them.
const WIDE: f32 = 640.0;
/// The width of that, and its part of the height.
const CHOICES_WIDTH: f32 = 300.0;
const CHOICES_SHARE: f32 = 0.45;
/// Room for the symbol of a slider.
const SYMBOL_WIDTH: f32 = 16.0;
/// Where the slider of a β ends.
const LARGEST_BETA: f64 = 0.999;
/// What a β that is added begins with, as far as there is none of it yet.
const BETAS: [f64; 4] = [0.9, 0.98, 0.5, 0.99];

impl SeriesView {
    /// Lets go of what is typed: other numbers stand now, or the same ones again.
    pub fn forget_typed(&mut self) {
        self.source = SourceFields::default();
    }

    /// Takes a copy of a series into the view.
    pub fn take(&mut self, series: TimeSeries, name: String) {
        let t = u32::try_from(series.values().len()).unwrap_or(u32::MAX);
        self.own = OwnSeries { series, name, t };
        self.chosen = 0;
        self.forget_typed();
    }

    /// Looks at the columns of a table. Returns the series of the first one, with the averages of `series`.
    ///
    /// # Errors
    /// No column of it is one of a series.
    pub fn look_at(&mut self, name: String, table: Table, series: &TimeSeries) -> Result<TimeSeries, String> {
        let (columns, made) = Columns::of(name, table, series)?;
        self.source = SourceFields::of_columns(columns);
        Ok(made)
    }

    /// Draws the series that is in no file. Returns whether a table is asked for.
    pub fn own_ui(&mut self, ui: &mut Ui, look: Look) -> bool {
        let series = self.own.series.clone();
        let SeriesRequest { series: changed, t, asks_for_table } =
            self.show_ui(ui, look, &series, self.own.t);
        if let Some(changed) = changed {
            if !changed.has_values_of(&series) {
                self.own.name.clear();
            }
            self.own.series = changed;
            ui.ctx().request_repaint();
        }
        self.own.t = t.unwrap_or(self.own.t);
        asks_for_table
    }

    /// Draws a series into the space that is left, with the number at `t` looked at unless the pointer is at another one.
    pub fn show_ui(&mut self, ui: &mut Ui, look: Look, series: &TimeSeries, t: u32) -> SeriesRequest {
        self.chosen = self.chosen.min(series.betas.len().saturating_sub(1));
        let size = ui.available_size();
        let is_wide = size.x >= WIDE;
        let panel = if is_wide {
            Panel::right("choices of the series").exact_size(CHOICES_WIDTH)
        } else {
            Panel::bottom("choices of the series").exact_size(CHOICES_SHARE * size.y)
        };
        let gap =
            if is_wide { Margin { left: 10, ..Margin::ZERO } } else { Margin { top: 6, ..Margin::ZERO } };
        let panel = panel.frame(Frame::NONE.inner_margin(gap)).show_separator_line(false).resizable(false);
        let mut request = SeriesRequest::default();
        panel.show(ui, |ui| {
            ScrollArea::vertical().auto_shrink([false; 2]).show(ui, |ui| {
                // The bar of the scroll area lies over what is at its edge.
                ui.set_max_width(ui.available_width() - 8.0);
                request.series = self.choices_ui(ui, look, series);
            });
        });
        let shown = request.series.as_ref().unwrap_or(series);
        if !self.chart.as_ref().is_some_and(|chart| chart.is_of(shown)) {
            self.chart = Some(SeriesChart::of(shown));
        }
        let central = egui::CentralPanel::no_frame();
        request.t = central.show(ui, |ui| self.chart_ui(ui, look, shown, t)).inner;
        request.asks_for_table = std::mem::take(&mut self.source.asks_for_table);
        request
    }

    /// The arithmetic of a step, and the chart. Returns the number that was gone to.
    fn chart_ui(&mut self, ui: &mut Ui, look: Look, series: &TimeSeries, t: u32) -> Option<u32> {
        let chart = self.chart.as_ref()?;
        let last = u32::try_from(series.values().len()).unwrap_or(u32::MAX);
        // The pointer is where it was drawn in the last frame.
        let id = ui.scope_id().with("pointed at");
        let pointed_at: Option<u32> = ui.data(|data| data.get_temp(id)).flatten();
        let t = pointed_at.unwrap_or(t).min(last);
        arithmetic_ui(ui, chart, self.chosen, t);
        let marks = SeriesMarks { t, chosen: self.chosen, has_legend: true, has_axes: true };
        let SeriesOutput { response, frame } = chart.show_ui(ui, look, marks);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, chart.sentence(t)));
        let now = response.hover_pos().map(|at| chart.t_at(at, frame));
        if now != pointed_at {
            ui.data_mut(|data| data.insert_temp(id, now));
            ui.ctx().request_repaint();
        }
        if response.clicked() {
            response.request_focus();
        }
        let taken = response.interact_pointer_pos().filter(|_| response.clicked() || response.dragged());
        taken.map(|at| chart.t_at(at, frame)).or_else(|| by_keys(ui, &response, t, last))
    }

    /// What is chosen. Returns what becomes of the series.
    fn choices_ui(&mut self, ui: &mut Ui, look: Look, series: &TimeSeries) -> Option<TimeSeries> {
        let mut changed = self.source.show_ui(ui, series).unwrap_or_else(|| series.clone());
        ui.add_space(6.0);
        self.betas_ui(ui, look, &mut changed.betas);
        bias_ui(ui, &mut changed.bias_correction);
        if let Some(chart) = self.chart.as_ref().filter(|chart| chart.is_of(series)) {
            ui.add_space(4.0);
            let header = CollapsingHeader::new("First steps").default_open(true);
            header.show(ui, |ui| first_steps_ui(ui, chart, self.chosen));
        }
        // What has not changed is the same to the last bit, and the numbers of a series that was not touched are shared.
        (changed != *series).then_some(changed)
    }

    /// A slider for each β, with what chooses it and what removes it.
    fn betas_ui(&mut self, ui: &mut Ui, look: Look, betas: &mut Vec<f64>) {
        let colors = average_colors(look, ui.theme());
        let mut removed = None;
        let count = betas.len();
        for (place, beta) in betas.iter_mut().enumerate() {
            ui.horizontal(|ui| {
                let name = format!("\u{3b2} {}", place + 1);
                if count > 1 {
                    let color = colors[place % colors.len().max(1)];
                    let dot = RichText::new("\u{25cf}").color(color);
                    let choice = ui.add(RadioButton::new(self.chosen == place, dot));
                    choice.widget_info(|| {
                        WidgetInfo::selected(
                            Role::RadioButton,
                            true,
                            self.chosen == place,
                            format!("Weights of {name}"),
                        )
                    });
                    if choice.on_hover_text("Show the weights and the steps of this average").clicked() {
                        self.chosen = place;
                    }
                    if icon_button_ui(ui, Icon::Remove, &format!("Remove {name}")).clicked() {
                        removed = Some(place);
                    }
                }
                let wrong = |beta: f64| {
                    let is_right = (0.0..1.0).contains(&beta);
                    (!is_right).then(|| "a number from 0 to below 1: with 1 the average stays 0".to_owned())
                };
                let slider = NumberSlider {
                    symbol: "\u{3b2}",
                    name: &name,
                    explanation: "How slowly the average forgets: about 1/(1 \u{2212} \u{3b2}) numbers count",
                    range: 0.0..=LARGEST_BETA,
                    takes: Takes::Unless(&wrong),
                    logarithmic: false,
                    default: 0.9,
                };
                if slider.show_ui(ui, beta, SYMBOL_WIDTH) {
                    self.chosen = place;
                }
            });
        }
        if let Some(place) = removed {
            betas.remove(place);
            self.chosen = self.chosen.min(betas.len().saturating_sub(1));
        }
        let add = ui.add_enabled(count < MAX_BETAS, Button::new("Add \u{3b2}"));
        if add.on_hover_text("Another average beside this one").clicked() {
            let next = BETAS.into_iter().find(|beta| !betas.contains(beta)).unwrap_or(BETAS[0]);
            self.chosen = betas.len();
            betas.push(next);
        }
    }
}

/// Whether v, v̂ or both are shown.
fn bias_ui(ui: &mut Ui, bias_correction: &mut BiasCorrection) {
    let words = |choice: BiasCorrection| match choice {
        BiasCorrection::Both => "off and on",
        BiasCorrection::Off => "off: v",
        BiasCorrection::On => "on: v / (1 \u{2212} \u{3b2}^t)",
    };
    ui.horizontal(|ui| {
        ui.label("Bias correction");
        let shown = ComboBox::from_id_salt("bias correction").selected_text(words(*bias_correction)).width(120.0);
        let shown = shown.show_ui(ui, |ui| {
            for choice in BiasCorrection::ALL {
                ui.selectable_value(bias_correction, *choice, words(*choice));
            }
        });
        shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Bias correction"));
        shown.response.on_hover_text(
            "An average that begins at 0 is too small at first: divided by 1 \u{2212} \u{3b2}^t it is right from the first number on",
        );
    });
}

/// The number that the arrow keys go to, while the chart has the focus.
fn by_keys(ui: &Ui, response: &Response, t: u32, last: u32) -> Option<u32> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input(|input| input.num_presses(key)) as i64;
    let steps = pressed(Key::ArrowRight) - pressed(Key::ArrowLeft);
    let to = match (pressed(Key::Home) > 0, pressed(Key::End) > 0) {
        (true, _) => 1,
        (_, true) => i64::from(last),
        _ => (i64::from(t) + steps).clamp(1, i64::from(last.max(1))),
    };
    u32::try_from(to).ok().filter(|to| *to != t)
}
