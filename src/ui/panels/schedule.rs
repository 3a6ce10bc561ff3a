//! The schedule of a run's learning rate: a small curve of the rate over the steps, and, open below it, its kind and parameters.

use egui::{
    ComboBox, CursorIcon, Label, RichText, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::expr::display_name;
use crate::figure::look::number::short;
use crate::figure::look::palette::PathStyle;
use crate::objective::Point;
use crate::optimizer::{
    LearningRates, MOST_FACTOR, MOST_PIECES, MOST_SCHEDULE_STEPS, NoStep, ParameterValue, RateForm, Schedule,
    ScheduleForm, ScheduleKind, SchedulePiece, Settings, StepRate,
};
use crate::session::{RateTheory, Remark, Session};
use crate::spelling::Selectable;
use crate::ui::panels::formula_field::{FormulaField, formula_field_ui};
use crate::ui::panels::rate_rail::limit_words;
use crate::ui::widgets::icons::{Icon, icon_button_ui};
use crate::ui::widgets::number_field::{NumberField, Takes};
use crate::ui::widgets::sliders::{NumberSlider, VALUE_WIDTH};
use crate::ui::widgets::style::{SMALLEST, theory_color};

/// How high the curve is, in points.
const HEIGHT: f32 = 30.0;
/// Room for the names of the parameters.
const NAME_WIDTH: f32 = 56.0;
/// The lines of the first variable's rate and of the second's.
const WIDTHS: [f32; 2] = [1.6, 1.0];

/// Which run it is of.
#[derive(Clone, Copy)]
pub struct OfRun<'a> {
    /// Its place among the runs.
    pub index: usize,
    /// What it is called.
    pub name: &'a str,
    /// How its path is drawn.
    pub style: PathStyle,
    /// The step that is shown.
    pub step: u32,
}

/// The rate over the steps of the run, with where it is at the step that is shown. Returns whether it was clicked.
pub fn curve_ui(
    ui: &mut Ui,
    session: &Session,
    settings: &Settings,
    theory: &RateTheory,
    run: OfRun<'_>,
    symbol: f32,
) -> bool {
    let Some(schedule) = settings.schedule() else { return false };
    let steps = session.scenario().run.steps.max(1);
    let mut rates = LearningRates::new(settings);
    let words = format!("φ(t) = {}", schedule.words());
    let row = ui.horizontal(|ui| {
        let height = vec2(symbol, HEIGHT);
        ui.allocate_ui_with_layout(height, egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_min_width(symbol);
            ui.add(Label::new("α φ(t)").selectable(false)).on_hover_text(&words);
        });
        let gap = ui.spacing().item_spacing.x;
        let width = (ui.available_width() - VALUE_WIDTH - gap).max(36.0);
        let (rect, curve) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click());
        let kind = schedule.form.kind().name();
        curve
            .widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Schedule of {}: {kind}", run.name)));
        let inside = rect.shrink(3.0);
        let most = highest(&mut rates, steps);
        let place = |t: u32, rate: f64| {
            let across = t as f32 / steps as f32;
            let up = if most > 0.0 { (rate / most) as f32 } else { 0.0 };
            pos2(egui::lerp(inside.x_range(), across), egui::lerp(inside.y_range(), 1.0 - up))
        };
        let is_active = curve.hovered() || curve.has_focus();
        let visuals = ui.visuals();
        ui.painter().rect_filled(rect, 2.0, visuals.extreme_bg_color);
        let edge = if is_active { visuals.widgets.hovered.bg_stroke } else { visuals.widgets.noninteractive.bg_stroke };
        ui.painter().rect_stroke(rect, 2.0, edge, StrokeKind::Inside);
        let shown = run.step.min(steps);
        let x = place(shown, 0.0).x;
        let cursor = Stroke::new(1.0, visuals.weak_text_color());
        ui.painter().vline(x, rect.y_range(), cursor);
        for limit in theory.limits.iter().map(|mark| mark.threshold.rate).filter(|limit| *limit <= most) {
            let ends = [place(0, limit), place(steps, limit)];
            let stroke = Stroke::new(1.0, theory_color(ui.theme()));
            ui.painter().add(Shape::dashed_line(&ends, stroke, 3.0, 3.0));
        }
        let axes = if rates.are_per_variable() { 2 } else { 1 };
        for axis in (0..axes).rev() {
            let stroke = Stroke::new(WIDTHS[axis], run.style.color);
            for piece in pieces(&mut rates, axis, steps, inside.width()) {
                let line = piece.into_iter().map(|(t, rate)| place(t, rate)).collect();
                ui.painter().add(Shape::line(line, stroke));
            }
            let rate = rates.after(shown)[axis];
            if is_rate(rate) {
                ui.painter().circle_filled(place(shown, rate), 2.5, run.style.color);
            }
        }
        let meaning = format!("The learning rate of the step after {shown} others");
        let rate_ui = |ui: &mut Ui, rate: f64| {
            let text = RichText::new(short(rate, 4)).monospace().size(SMALLEST);
            ui.add(Label::new(text).truncate()).on_hover_text(&meaning);
        };
        match rates.step_rate(shown) {
            StepRate::One(rate) => rate_ui(ui, rate),
            StepRate::PerVariable(each) => {
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    each.iter().for_each(|rate| rate_ui(ui, *rate));
                });
            }
        }
        let mut tip = format!(
            "{words}\nThe learning rate over {steps} steps, from 0 to {}. A click opens its kind and its numbers.",
            short(most, 4)
        );
        for mark in 0..theory.limits.len() {
            tip.push_str(&format!("\nDashed: {}", limit_words(theory, mark, session.scenario().cost.goal)));
        }
        curve.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(tip).clicked()
    });
    row.inner
}

fn is_rate(rate: f64) -> bool {
    rate.is_finite() && rate >= 0.0
}

/// The steps at which a curve of so many points is looked at.
fn looked_at(steps: u32, width: f32) -> impl Iterator<Item = u32> {
    let count = (width.max(2.0) as u32).min(steps);
    (0..=count).map(move |place| (u64::from(place) * u64::from(steps) / u64::from(count.max(1))) as u32)
}

/// The highest rate of the steps, of both variables.
fn highest(rates: &mut LearningRates, steps: u32) -> f64 {
    let all = looked_at(steps, 256.0).map(|t| rates.after(t));
    all.flat_map(|rates: Point| [rates.x, rates.y]).filter(|rate| is_rate(*rate)).fold(0.0, f64::max)
}

/// The curve of a variable, cut where there is no rate.
fn pieces(rates: &mut LearningRates, axis: usize, steps: u32, width: f32) -> Vec<Vec<(u32, f64)>> {
    let mut pieces = vec![Vec::new()];
    for t in looked_at(steps, width) {
        let rate = rates.after(t)[axis];
        match pieces.last_mut() {
            Some(piece) if is_rate(rate) => piece.push((t, rate)),
            Some(piece) if !piece.is_empty() => pieces.push(Vec::new()),
            _ => {}
        }
    }
    pieces
}

/// Kind and parameters of a schedule. Changes the settings in place; returns the formula where another one was typed.
pub fn editor_ui(ui: &mut Ui, session: &Session, settings: &mut Settings, run: OfRun<'_>) -> Option<String> {
    let mut schedule = settings.schedule()?.clone();
    let steps = session.scenario().run.steps;
    let mut typed = None;
    let mut is_removed = false;
    ui.horizontal(|ui| {
        kind_ui(ui, run.name, &mut schedule.form, steps);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let remove = icon_button_ui(ui, Icon::Remove, &format!("Remove the schedule of {}", run.name));
            is_removed = remove.on_hover_text("The same rate in every step again").clicked();
        });
    });
    if schedule.form.kind() == ScheduleKind::Formula {
        let name = format!("Schedule of {}", run.name);
        let field = FormulaField { name: &name, hint: "1/(1 + 0.01 t)", width: ui.available_width() - 8.0 };
        let (text, error) = (session.schedule_text(run.index), session.schedule_error(run.index));
        typed = formula_field_ui(ui, &field, text, error, remark_on(&schedule).as_ref()).typed;
    }
    parameters_ui(ui, run.name, &mut schedule.form, steps);
    let warmup = Steps {
        symbol: "warm-up",
        explanation: "Steps over which the rate rises evenly to what it begins with; 0 begins with it",
        range: [0.0, (0.5 * f64::from(steps)).max(1.0)],
        least: 0,
        default: 0,
    };
    warmup.show_ui(ui, run.name, &mut schedule.warmup);
    // A schedule that was is one that is taken.
    let _ = settings.set_schedule((!is_removed).then_some(schedule));
    typed
}

/// What is to be said of a schedule with which a run cannot even begin.
fn remark_on(schedule: &Schedule) -> Option<Remark> {
    let factor = schedule.factors().at(0);
    let sentence = (!is_rate(factor)).then(|| NoStep::NoRate { t: 0, factor }.to_string())?;
    // Whose it is, is seen here.
    let sentence = sentence.trim_start_matches("the schedule's ").to_owned();
    Some(Remark { sentence, offer: None })
}

fn kind_ui(ui: &mut Ui, run: &str, form: &mut ScheduleForm, steps: u32) {
    let kind = form.kind();
    let mut chosen = kind;
    let shown =
        ComboBox::from_id_salt("schedule").selected_text(kind.name()).width(130.0).show_ui(ui, |ui| {
            for option in ScheduleKind::ALL {
                let entry = ui.selectable_value(&mut chosen, *option, option.name());
                entry.on_hover_text(format!("{}\n{}", option.formula(), option.summary()));
            }
        });
    shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("{run}: schedule")));
    shown.response.on_hover_text(format!("{}\n{}", kind.formula(), kind.summary()));
    if chosen != kind {
        *form = ScheduleForm::suited(chosen, steps);
    }
}

fn parameters_ui(ui: &mut Ui, run: &str, form: &mut ScheduleForm, steps: u32) {
    let suited = ScheduleForm::suited(form.kind(), steps);
    match (form, suited) {
        (ScheduleForm::Piecewise(pieces), _) => pieces_ui(ui, run, pieces),
        (
            ScheduleForm::Step { every, factor },
            ScheduleForm::Step { every: default, factor: default_factor },
        ) => {
            let steps = Steps {
                symbol: "every",
                explanation: "The factor multiplies the rate after so many steps, again and again",
                range: [1.0, f64::from(steps).max(2.0)],
                least: 1,
                default,
            };
            steps.show_ui(ui, run, every);
            factor_ui(ui, run, ["factor", "What the rate is multiplied by"], default_factor, factor);
        }
        (ScheduleForm::Exponential { decay }, ScheduleForm::Exponential { decay: default })
        | (ScheduleForm::InverseTime { decay }, ScheduleForm::InverseTime { decay: default })
        | (ScheduleForm::InverseRoot { decay }, ScheduleForm::InverseRoot { decay: default }) => {
            let slider = NumberSlider {
                symbol: "decay",
                name: &format!("{run}: decay"),
                explanation: "How fast the rate falls: the larger, the sooner",
                range: 1e-5..=1.0,
                takes: Takes::Unless(&wrong_factor),
                logarithmic: true,
                default,
            };
            slider.show_ui(ui, decay, NAME_WIDTH);
        }
        (ScheduleForm::Cosine { steps: over, last }, ScheduleForm::Cosine { last: default, .. }) => {
            let words = Steps {
                symbol: "steps",
                explanation: "The rate goes down over so many steps and stays there",
                range: [1.0, f64::from(steps).max(2.0)],
                least: 1,
                default: steps,
            };
            words.show_ui(ui, run, over);
            factor_ui(ui, run, ["final", "What is left of the rate at the end, as a factor"], default, last);
        }
        _ => {}
    }
}

fn wrong_factor(number: f64) -> Option<String> {
    (!(0.0..=MOST_FACTOR).contains(&number)).then(|| format!("a number from 0 to {MOST_FACTOR}"))
}

fn factor_ui(ui: &mut Ui, run: &str, [symbol, explanation]: [&str; 2], default: f64, value: &mut f64) {
    let slider = NumberSlider {
        symbol,
        name: &format!("{run}: {symbol}"),
        explanation,
        range: 0.0..=1.0,
        takes: Takes::Unless(&wrong_factor),
        logarithmic: false,
        default,
    };
    slider.show_ui(ui, value, NAME_WIDTH);
}

/// A slider for a number of steps.
struct Steps<'a> {
    symbol: &'a str,
    explanation: &'a str,
    range: [f64; 2],
    least: u32,
    default: u32,
}

impl Steps<'_> {
    fn show_ui(&self, ui: &mut Ui, run: &str, value: &mut u32) {
        let [from, to] = self.range;
        let slider = NumberSlider {
            symbol: self.symbol,
            name: &format!("{run}: {}", self.symbol),
            explanation: self.explanation,
            range: from..=to,
            takes: Takes::Within(f64::from(self.least)..=f64::from(MOST_SCHEDULE_STEPS)),
            logarithmic: false,
            default: self.default.into(),
        };
        let mut number = f64::from(*value);
        if slider.show_ui(ui, &mut number, NAME_WIDTH) {
            // Within what the field takes.
            *value = number.round().clamp(self.least.into(), MOST_SCHEDULE_STEPS.into()) as u32;
        }
    }
}

/// From which step on which factor counts, a row for each.
fn pieces_ui(ui: &mut Ui, run: &str, pieces: &mut Vec<SchedulePiece>) {
    let count = pieces.len();
    let ats: Vec<u32> = pieces.iter().map(|piece| piece.at).collect();
    let mut removed = None;
    for (place, piece) in pieces.iter_mut().enumerate() {
        ui.push_id(place, |ui| {
            ui.horizontal(|ui| {
                // The steps rise.
                let least = place.checked_sub(1).and_then(|before| ats.get(before)).map_or(1, |at| at + 1);
                let most = ats.get(place + 1).map_or(MOST_SCHEDULE_STEPS, |at| at - 1);
                let number = place + 1;
                ui.label("from step");
                let name = format!("{run}: step {number}");
                let at = NumberField {
                    takes: Takes::Within(f64::from(least)..=f64::from(most)),
                    speed: 1.0,
                    width: 58.0,
                    ..NumberField::new(&name, "The factor counts from this step on")
                };
                at.show_ui(ui, &mut piece.at);
                ui.label("×");
                let name = format!("{run}: factor {number}");
                let factor = NumberField {
                    takes: Takes::Unless(&wrong_factor),
                    speed: 0.005,
                    width: 58.0,
                    ..NumberField::new(&name, "What the rate is multiplied by from there on")
                };
                factor.show_ui(ui, &mut piece.factor);
                if count > 1 {
                    let remove = icon_button_ui(ui, Icon::Remove, &format!("Remove step {number} of {run}"));
                    if remove.on_hover_text("Take this step out").clicked() {
                        removed = Some(place);
                    }
                }
            });
        });
    }
    if let Some(place) = removed {
        pieces.remove(place);
    }
    let last = pieces.last().copied();
    let next = last.map(|last| SchedulePiece { at: last.at.saturating_mul(2), factor: 0.5 * last.factor });
    let next = next.filter(|next| next.at <= MOST_SCHEDULE_STEPS && count < MOST_PIECES);
    let add = ui.add_enabled(next.is_some(), egui::Button::new("+ step"));
    if add.on_hover_text("Another step, twice as far, with half of the last factor").clicked() {
        pieces.extend(next);
    }
}

/// Whether the rate has a schedule and whether each variable has one of its own, as far as the method takes that. Returns whether
/// the schedule is to be opened.
pub fn forms_ui(ui: &mut Ui, session: &Session, settings: &mut Settings) -> bool {
    let mut is_opened = false;
    let form = settings.method().rate;
    if form != RateForm::Fixed && settings.schedule().is_none() {
        let words =
            "Let the learning rate change along the run: in steps, exponentially, like 1/t, or by a formula";
        if ui.button("Schedule…").on_hover_text(words).clicked() {
            let form = ScheduleForm::suited(ScheduleKind::InverseTime, session.scenario().run.steps);
            is_opened = settings.set_schedule(Some(Schedule::from(form))).is_ok();
        }
    }
    if form == RateForm::PerVariable && !session.scenario().cost.is_of_one_variable() {
        let mut is_per_variable = settings.has_rate_per_variable();
        let [x, y] = session.scenario().cost.variables.each_ref().map(|name| display_name(name));
        let each = ui.checkbox(&mut is_per_variable, "rate for each variable");
        let words = format!("A learning rate for {x} and another one for {y}: α ⊙ g in place of α g");
        if each.on_hover_text(words).changed() {
            let rates = settings.rates();
            let value = match is_per_variable {
                true => ParameterValue::PerVariable(rates.into()),
                false => ParameterValue::Real(rates.x),
            };
            let _ = settings.set("learning_rate", value);
        }
    }
    is_opened
}
