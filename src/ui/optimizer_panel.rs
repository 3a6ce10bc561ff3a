//! The runs: where they start and how long they go, and a card for each.

use egui::{ComboBox, DragValue, Frame, Margin, RichText, ScrollArea, Stroke, Ui, vec2};

use super::card_menu::{CardRequest, card_menu_ui, suggested_settings};
use super::icons::{Icon, icon_button_ui};
use super::sliders::{NumberSlider, parse_number, setting_text};
use super::style::warning_color;
use crate::expr::display_name;
use crate::figure::number::short;
use crate::figure::outcome_words;
use crate::figure::palette::{PathStyle, path_styles};
use crate::optimizer::{METHODS, OutcomeKind, Parameter, ParameterKind, ParameterValue, Scale, Settings};
use crate::scenario::{MAX_OPTIMIZERS, OptimizerChoice, STEPS};
use crate::session::Session;

/// What the panel shows beyond the scenario.
#[derive(Debug, Default)]
pub(super) struct PanelState {
    /// Whether the cards show every parameter, or the learning rate alone.
    pub all_parameters: bool,
    /// The card under the pointer.
    pub hovered: Option<usize>,
    /// The card whose path is under the pointer.
    pub highlighted: Option<usize>,
}

/// Room for the symbols of a card's parameters, in points.
const SYMBOL_WIDTH: f32 = 38.0;

/// Draws the panel.
pub(super) fn optimizer_panel_ui(ui: &mut Ui, session: &mut Session, step: u32, state: &mut PanelState) {
    run_options_ui(ui, session);
    ui.separator();
    ui.horizontal(|ui| {
        add_menu_ui(ui, session);
        ui.checkbox(&mut state.all_parameters, "all parameters")
            .on_hover_text("Show every parameter of every method");
    });
    ui.add_space(2.0);
    let styles = path_styles(&session.scenario().optimizers, ui.theme());
    state.hovered = None;
    let mut request = None;
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for (index, style) in styles.iter().enumerate() {
            ui.push_id(index, |ui| {
                let (hovered, asked) = card_ui(ui, session, index, *style, step, state);
                if hovered {
                    state.hovered = Some(index);
                }
                request = asked.map(|asked| (index, asked)).or(request.take());
            });
        }
        if styles.is_empty() {
            ui.label("No optimizer: add one.");
        }
    });
    if let Some((index, request)) = request {
        session.edit(|scenario| request.carry_out(scenario, index));
    }
}

fn run_options_ui(ui: &mut Ui, session: &mut Session) {
    let mut run = session.scenario().run;
    let window = session.scenario().window;
    let names = session.scenario().cost.variables.each_ref().map(|name| display_name(name));
    ui.horizontal(|ui| {
        ui.label("start").on_hover_text("Where every run starts: click in the plot, or drag the ring");
        for (axis, name) in names.iter().enumerate() {
            let label = ui.label(name);
            let span = [window.x, window.y][axis];
            let value = DragValue::new(&mut run.start[axis])
                .speed((span[1] - span[0]) / 400.0)
                .custom_formatter(|value, _| setting_text(value))
                .custom_parser(parse_number);
            ui.add_sized(vec2(72.0, ui.spacing().interact_size.y), value).labelled_by(label.id);
        }
    });
    ui.horizontal(|ui| {
        let label = ui.label("steps").on_hover_text("The most steps that a run takes");
        let steps = DragValue::new(&mut run.steps).range(STEPS).speed(5.0);
        ui.add_sized(vec2(72.0, ui.spacing().interact_size.y), steps).labelled_by(label.id);
        let meaning = "A run has converged when the norm of the gradient is below this; 0 takes all steps";
        let label = ui.label("tolerance").on_hover_text(meaning);
        let tolerance = DragValue::new(&mut run.tolerance)
            .range(0.0..=f64::MAX)
            .speed(0.0)
            .custom_formatter(|value, _| setting_text(value))
            .custom_parser(parse_number);
        ui.add_sized(vec2(64.0, ui.spacing().interact_size.y), tolerance).labelled_by(label.id);
    });
    if run.start.iter().all(|c| c.is_finite()) && run != session.scenario().run {
        session.edit(|scenario| scenario.run = run);
    }
}

fn add_menu_ui(ui: &mut Ui, session: &mut Session) {
    if session.scenario().optimizers.len() >= MAX_OPTIMIZERS {
        ui.add_enabled(false, egui::Button::new("Add optimizer"))
            .on_disabled_hover_text(format!("A scenario has at most {MAX_OPTIMIZERS} optimizers"));
        return;
    }
    ui.menu_button("Add optimizer", |ui| {
        for method in METHODS {
            if ui
                .button(method.name)
                .on_hover_text(format!("{}\n{}", method.formula, method.summary))
                .clicked()
            {
                let settings = suggested_settings(session, method);
                session.edit(|scenario| scenario.optimizers.push(OptimizerChoice::new(settings)));
            }
        }
    });
}

/// One card. Returns whether the pointer is over it, and what was asked for.
fn card_ui(
    ui: &mut Ui,
    session: &mut Session,
    index: usize,
    style: PathStyle,
    step: u32,
    state: &PanelState,
) -> (bool, Option<CardRequest>) {
    let Some(choice) = session.scenario().optimizers.get(index).cloned() else { return (false, None) };
    let mut changed = choice.clone();
    let mut request = None;
    let frame = Frame::new()
        .fill(ui.visuals().faint_bg_color)
        .corner_radius(4.0)
        .inner_margin(Margin::symmetric(6, 4))
        .stroke(Stroke::new(1.0, ui.visuals().widgets.noninteractive.bg_stroke.color));
    let card = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.horizontal(|ui| {
            let name = choice.name();
            let shown = ui.checkbox(&mut changed.visible, "");
            shown.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::CheckBox, true, choice.visible, format!("Show {name}"))
            });
            shown.on_hover_text("Show or hide this path");
            swatch_ui(ui, style);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let remove = icon_button_ui(ui, Icon::Remove, &format!("Remove {name}"));
                if remove.on_hover_text("Remove this run").clicked() {
                    request = Some(CardRequest::Remove);
                }
                request = card_menu_ui(ui, session, &mut changed).or(request.take());
                let method = choice.settings.method();
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(egui::Label::new(RichText::new(&name).strong()).truncate())
                        .on_hover_text(format!("{}\n{}", method.formula, method.source));
                });
            });
        });
        state_ui(ui, session, index, step);
        parameters_ui(ui, &mut changed.settings, &choice.name(), state.all_parameters);
    });
    if state.highlighted == Some(index) {
        // Over the frame and not in its place, so that nothing moves.
        let accent = Stroke::new(2.0, super::style::ACCENT);
        ui.painter().rect_stroke(card.response.rect, 4.0, accent, egui::StrokeKind::Inside);
    }
    if changed != choice {
        session.edit(|scenario| {
            if let Some(held) = scenario.optimizers.get_mut(index) {
                *held = changed;
            }
        });
    }
    (card.response.contains_pointer(), request)
}

/// A piece of the path as it is drawn.
fn swatch_ui(ui: &mut Ui, style: PathStyle) {
    let (rect, _) = ui.allocate_exact_size(vec2(15.0, 12.0), egui::Sense::hover());
    let line = [rect.left_center(), rect.right_center()];
    for dash in crate::figure::path::dashes(&line, style.dashes) {
        ui.painter().line(dash, Stroke::new(3.0, style.color));
    }
}

/// Cost and gradient norm at the step that is shown, and what came of the run.
fn state_ui(ui: &mut Ui, session: &Session, index: usize, step: u32) {
    let Some((path, _)) = session.trajectory(index) else { return };
    let at = (step as usize).min(path.points.len().saturating_sub(1));
    let value = path.values.get(at).copied().unwrap_or(f64::NAN);
    let norm = path.gradients.get(at).map_or(f64::NAN, |g| g.x.hypot(g.y));
    let numbers = format!("J {:<9} ‖∇J‖ {:<7}", short(value, 4), short(norm, 3));
    let row_height = 14.0;
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = row_height;
        ui.horizontal(|ui| {
            ui.label(RichText::new(numbers).monospace().size(11.0));
            let from_the_right = egui::Layout::right_to_left(egui::Align::Center);
            ui.with_layout(from_the_right, |ui| outcome_ui(ui, session, index, step));
        });
    });
}

/// What came of a run, once the step that is shown has reached its end.
fn outcome_ui(ui: &mut Ui, session: &Session, index: usize, step: u32) {
    let Some((path, _)) = session.trajectory(index) else { return };
    let words = outcome_words(path, step, session.scenario().cost.goal);
    let (Some(words), Some(outcome)) = (words, &path.outcome) else { return };
    let color = match outcome.kind {
        OutcomeKind::Converged | OutcomeKind::Steps => ui.visuals().weak_text_color(),
        OutcomeKind::Saddle | OutcomeKind::Maximum => warning_color(ui.theme()),
        OutcomeKind::Diverged | OutcomeKind::NotFinite => ui.visuals().error_fg_color,
    };
    let text = RichText::new(words).size(11.0).color(color);
    ui.add(egui::Label::new(text).truncate()).on_hover_text(&outcome.text);
}

fn parameters_ui(ui: &mut Ui, settings: &mut Settings, run: &str, all: bool) {
    let parameters: Vec<(&'static Parameter, ParameterValue)> = settings.iter().collect();
    for (parameter, value) in parameters {
        if !all && parameter.id != "learning_rate" {
            continue;
        }
        let name = format!("{run}: {}", parameter.id.replace('_', " "));
        let changed = match (&parameter.kind, value) {
            (ParameterKind::Real { slider, scale, .. }, ParameterValue::Real(mut number)) => {
                let symbol = match parameter.id {
                    "learning_rate" => format!("rate {}", parameter.symbol),
                    _ => parameter.symbol.to_owned(),
                };
                let slider = NumberSlider {
                    symbol: &symbol,
                    name: &name,
                    explanation: parameter.meaning,
                    range: slider[0]..=slider[1],
                    logarithmic: *scale == Scale::Logarithmic,
                };
                slider
                    .show_ui(ui, &mut number, SYMBOL_WIDTH)
                    .changed()
                    .then_some(ParameterValue::Real(number))
            }
            (ParameterKind::Choice { options, .. }, ParameterValue::Choice(mut id)) => {
                let shown = options.iter().find(|(option, _)| *option == id).map_or(id, |(_, name)| name);
                let before = id;
                let response = ComboBox::from_id_salt(parameter.id)
                    .selected_text(shown)
                    .width(ui.available_width() - 8.0)
                    .show_ui(ui, |ui| {
                        for (option, name) in *options {
                            ui.selectable_value(&mut id, *option, *name);
                        }
                    })
                    .response;
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
                response.on_hover_text(parameter.meaning);
                (id != before).then_some(ParameterValue::Choice(id))
            }
            (ParameterKind::Switch { .. }, ParameterValue::Switch(mut on)) => {
                let switch =
                    ui.checkbox(&mut on, parameter.id.replace('_', " ")).on_hover_text(parameter.meaning);
                switch.changed().then_some(ParameterValue::Switch(on))
            }
            _ => None,
        };
        if let Some(value) = changed {
            // A number outside the parameter's range is not taken: the slider shows the value that stands.
            let _ = settings.set(parameter.id, value);
        }
    }
}
