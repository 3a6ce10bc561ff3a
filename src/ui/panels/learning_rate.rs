//! The learning rate on a card: a slider for it with what is known of it, or one for each variable; its schedule below.

use egui::Ui;

use crate::expr::display_name;
use crate::optimizer::{ParameterKind, ParameterRow, ParameterValue, Scale, Settings};
use crate::session::{RateTheory, Session};
use crate::ui::panels::rate_rail::{mark_words, marks_of, piece_words, pieces_of, strip_words};
use crate::ui::panels::schedule::{OfRun, curve_ui, editor_ui, forms_ui};
use crate::ui::widgets::number_field::Takes;
use crate::ui::widgets::rail::{Piece, Rail, RailClick};
use crate::ui::widgets::sliders::NumberSlider;

/// What a hand did to a learning rate, beside what the settings have of it.
#[derive(Default)]
pub struct RateOutput {
    /// Whether the schedule is to be opened, or closed again.
    pub toggles_schedule: bool,
    /// The formula of the schedule, where another one was typed.
    pub typed: Option<String>,
}

/// How it is shown.
#[derive(Clone, Copy)]
pub struct RateView<'a> {
    /// Which run it is of.
    pub run: OfRun<'a>,
    /// Whether everything that can be set is shown.
    pub all: bool,
    /// Whether kind and parameters of the schedule are shown.
    pub is_open: bool,
    /// Room for the symbols of a card's parameters, in points.
    pub symbol_width: f32,
}

/// Draws it and takes what is changed.
pub fn learning_rate_ui(
    ui: &mut Ui,
    session: &Session,
    settings: &mut Settings,
    parameter: &ParameterRow<'_>,
    theory: &RateTheory,
    view: RateView<'_>,
) -> RateOutput {
    match settings.get(parameter.id) {
        Some(ParameterValue::PerVariable(rates)) => {
            per_variable_ui(ui, session, settings, parameter, rates, view);
        }
        _ => one_ui(ui, session, settings, parameter, theory, view),
    }
    let mut output = RateOutput {
        toggles_schedule: curve_ui(ui, session, settings, theory, view.run, view.symbol_width),
        typed: None,
    };
    if view.is_open {
        output.typed = editor_ui(ui, session, settings, view.run);
    }
    if view.all {
        output.toggles_schedule |= ui.horizontal_wrapped(|ui| forms_ui(ui, session, settings)).inner;
    }
    output
}

/// The slider of a rate.
fn slider<'a>(
    parameter: &'a ParameterRow<'_>,
    [symbol, name]: [&'a str; 2],
    default: f64,
    wrong: &'a dyn Fn(f64) -> Option<String>,
) -> Option<NumberSlider<'a>> {
    let ParameterKind::Real { slider: [from, to], scale, .. } = parameter.kind else { return None };
    Some(NumberSlider {
        symbol,
        name,
        explanation: parameter.meaning,
        range: from..=to,
        takes: Takes::Unless(wrong),
        logarithmic: scale == Scale::Logarithmic,
        default,
    })
}

/// A slider for each variable, named by it.
fn per_variable_ui(
    ui: &mut Ui,
    session: &Session,
    settings: &mut Settings,
    parameter: &ParameterRow<'_>,
    mut rates: [f64; 2],
    view: RateView<'_>,
) {
    let scenario = session.scenario();
    let default = scenario.cost.suggested_settings(settings.method()).rates();
    let wrong = |number| (!parameter.accepts(ParameterValue::Real(number))).then(|| parameter.expected());
    let mut is_changed = false;
    for (axis, variable) in scenario.cost.variables.iter().enumerate() {
        let variable = display_name(variable);
        let symbol = format!("{} {variable}", parameter.symbol);
        let name = format!("{}: learning rate {variable}", view.run.name);
        let Some(slider) = slider(parameter, [&symbol, &name], default[axis], &wrong) else { return };
        is_changed |= slider.show_ui(ui, &mut rates[axis], view.symbol_width);
    }
    if is_changed {
        // A number that is not taken is not: the slider shows the value that stands.
        let _ = settings.set(parameter.id, ParameterValue::PerVariable(rates));
    }
}

/// One slider, with what theory says along it, and what comes of each rate.
fn one_ui(
    ui: &mut Ui,
    session: &Session,
    settings: &mut Settings,
    parameter: &ParameterRow<'_>,
    theory: &RateTheory,
    RateView { run: OfRun { index, name: run, .. }, symbol_width, .. }: RateView<'_>,
) {
    let scenario = session.scenario();
    let default = scenario.cost.suggested_settings(settings.method()).real(parameter.id);
    let wrong = |number| (!parameter.accepts(ParameterValue::Real(number))).then(|| parameter.expected());
    let symbol = format!("rate {}", parameter.symbol);
    let name = format!("{run}: {}", parameter.id.replace('_', " "));
    let Some(slider) = slider(parameter, [&symbol, &name], default, &wrong) else { return };
    let strip = session.rate_strip(index);
    let pieces = match &strip {
        Some(strip) => pieces_of(ui, strip),
        // Of one that is hidden, or has constraints, nothing is tried; elsewhere there is room for what will come.
        None if session.tries_rates(index) => vec![Piece::Unknown],
        None => Vec::new(),
    };
    let steps = scenario.run.steps;
    let rail = Rail {
        marks: &marks_of(theory),
        mark_words: &|mark| mark_words(theory, mark, run, scenario.cost.goal),
        strip: &pieces,
        piece_words: &|piece| match &strip {
            Some(strip) => piece_words(strip, piece, steps),
            None => "What comes of each rate is tried when all is at rest.".to_owned(),
        },
        strip_words: &|| strip_words(strip.as_ref(), run),
        remark: &theory.absent.join("\n"),
    };
    let mut rate = settings.real(parameter.id);
    let (is_changed, clicked) = slider.with_rail_ui(ui, &mut rate, symbol_width, &rail);
    match clicked {
        Some(RailClick::Mark(mark)) => {
            if let Some(mark) = theory.marks.get(mark) {
                mark.threshold.give(settings);
            }
            return;
        }
        Some(RailClick::Piece(piece)) => {
            let tried = strip.and_then(|strip| strip.rates.get(piece));
            rate = tried.copied().unwrap_or(rate);
        }
        None if !is_changed => return,
        None => {}
    }
    // A number outside the parameter's range is not taken: the slider shows the value that stands.
    let _ = settings.set(parameter.id, ParameterValue::Real(rate));
}
