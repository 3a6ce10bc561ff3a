//! One run as a card: what it is called, where it stands, and its settings.

use egui::{
    ComboBox, CursorIcon, Frame, Margin, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use crate::figure::look::number::short;
use crate::figure::look::palette::PathStyle;
use crate::figure::outcome_words;
use crate::objective::Point;
use crate::optimizer::{OutcomeKind, ParameterKind, ParameterValue, Scale, Settings};
use crate::record::step::of_constraints;
use crate::session::{RateTheory, Session};
use crate::ui::panels::card_menu::{CardRequest, card_menu_ui};
use crate::ui::panels::learning_rate::{RateOutput, RateView, learning_rate_ui};
use crate::ui::panels::own_rule::own_rule_ui;
use crate::ui::panels::rule::rule_ui;
use crate::ui::panels::schedule::OfRun;
use crate::ui::widgets::icons::{Icon, icon_button_ui};
use crate::ui::widgets::nudge::Nudge;
use crate::ui::widgets::number_field::{NumberField, Takes};
use crate::ui::widgets::sliders::NumberSlider;
use crate::ui::widgets::style::{ACCENT, SMALLEST, warning_color};
use crate::ui::widgets::swatch::swatch_ui;
use crate::ui::widgets::tab_order::{by_arrows, go_along, mark};

/// Room for the symbols of a card's parameters, in points.
const SYMBOL_WIDTH: f32 = 38.0;

/// How a card is drawn.
#[derive(Clone, Copy, Debug)]
pub struct CardView {
    /// Which run it shows.
    pub index: usize,
    /// How the run's path is drawn.
    pub style: PathStyle,
    /// The step that is shown.
    pub step: u32,
    /// Whether every parameter is shown, or the learning rate alone.
    pub all_parameters: bool,
    /// Whether kind and parameters of its schedule, or the lines of its own rule, are shown.
    pub is_schedule_open: bool,
    /// Whether the path is under the pointer.
    pub is_highlighted: bool,
}

/// What a hand did to a card.
pub struct CardOutput {
    /// The whole card.
    pub response: Response,
    /// The handle by which it is moved to another place.
    pub grip: Response,
    /// What was asked for.
    pub request: Option<CardRequest>,
}

/// Draws a card and takes what is changed on it.
pub fn card_ui(ui: &mut Ui, session: &mut Session, view: CardView) -> Option<CardOutput> {
    let CardView { index, step, .. } = view;
    let choice = session.scenario().optimizers.get(index)?.clone();
    let theory = session.rate_theory(index, step);
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
        let head = mark(ui);
        let grip = ui.horizontal(|ui| {
            let name = session.scenario().numbered_name(index);
            let shown_name = session.scenario().run_name(index);
            let grip = by_arrows(ui, |ui| grip_ui(ui, &name));
            let shown = ui.checkbox(&mut changed.visible, "");
            shown.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::CheckBox, true, choice.visible, format!("Show {name}"))
            });
            shown.on_hover_text("Show or hide this path");
            swatch_ui(ui, view.style);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                by_arrows(ui, |ui| {
                    let remove = icon_button_ui(ui, Icon::Remove, &format!("Remove {name}"));
                    if remove.on_hover_text("Remove this run").clicked() {
                        request = Some(CardRequest::Remove);
                    }
                    request = card_menu_ui(ui, session, &name, &theory, &mut changed).or(request.take());
                });
                let method = choice.settings.method();
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(egui::Label::new(RichText::new(&shown_name).strong()).truncate()).on_hover_ui(
                        |ui| {
                            // What can be selected would keep the tip open under the pointer.
                            ui.style_mut().interaction.selectable_labels = false;
                            rule_ui(ui, &choice.settings, session.scenario().cost.goal);
                            ui.label(RichText::new(method.source).small().weak());
                        },
                    );
                });
            });
            grip
        });
        go_along(ui, head);
        state_ui(ui, session, index, step);
        let name = session.scenario().numbered_name(index);
        let run = OfRun { index, name: &name, style: view.style, step };
        let (all, is_open) = (view.all_parameters, view.is_schedule_open);
        let view = RateView { run, all, is_open, symbol_width: SYMBOL_WIDTH };
        let edit = if changed.settings.own_rule().is_some() {
            let toggles = rule_button_ui(ui, &name, is_open);
            request = toggles.then_some(CardRequest::Schedule).or(request);
            if is_open { own_rule_ui(ui, session, index, &name) } else { None }
        } else {
            None
        };
        let rate = parameters_ui(ui, session, &mut changed.settings, &theory, view);
        if rate.toggles_schedule {
            request = Some(CardRequest::Schedule);
        }
        (grip.inner, rate.typed, edit)
    });
    let (grip, typed, edit) = card.inner;
    if view.is_highlighted {
        // Over the frame and not in its place, so that nothing moves.
        let accent = Stroke::new(2.0, ACCENT);
        ui.painter().rect_stroke(card.response.rect, 4.0, accent, egui::StrokeKind::Inside);
    }
    if changed != choice {
        session.edit(|scenario| {
            if let Some(held) = scenario.optimizers.get_mut(index) {
                *held = changed;
            }
        });
    }
    if let Some(text) = typed {
        session.set_schedule_text(index, &text);
    }
    if let Some(edit) = edit {
        session.edit_rule(index, edit);
    }
    Some(CardOutput { response: card.response, grip, request })
}

/// The handle of a card: two columns of dots, as wherever things are dragged into another order.
fn grip_ui(ui: &mut Ui, name: &str) -> Response {
    let (rect, grip) = ui.allocate_exact_size(vec2(9.0, 16.0), Sense::drag());
    grip.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Move {name}")));
    let color = if grip.hovered() || grip.dragged() || grip.has_focus() {
        ui.visuals().strong_text_color()
    } else {
        ui.visuals().weak_text_color()
    };
    for row in -1..=1 {
        for side in [-1.0, 1.0] {
            let at = rect.center() + vec2(2.0 * side, 4.0 * row as f32);
            ui.painter().circle_filled(at, 1.1, color);
        }
    }
    grip.on_hover_cursor(CursorIcon::Grab).on_hover_text("Drag, or press up and down, to change the order")
}

/// The button that opens the text of a rule. Returns whether it was clicked.
fn rule_button_ui(ui: &mut Ui, name: &str, is_open: bool) -> bool {
    let words = if is_open { "▾ Rule" } else { "▸ Rule" };
    let button = ui.small_button(words).on_hover_text("The lines of this rule, to be read and changed");
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Lines of {name}")));
    button.clicked()
}

/// Cost and gradient norm at the step that is shown, and what came of the run.
fn state_ui(ui: &mut Ui, session: &Session, index: usize, step: u32) {
    let Some((path, _)) = session.trajectory(index) else { return };
    let entry = path.entry_at(step);
    let value = entry.and_then(|entry| path.value(entry)).unwrap_or(f64::NAN);
    let norm = entry.and_then(|entry| path.gradient_norm(entry)).unwrap_or(f64::NAN);
    let before = session.pinned().and_then(|pinned| pinned.get(index)).and_then(|path| {
        let pinned = path.trajectory.value(path.trajectory.entry_at(step)?)?;
        (pinned != value).then_some(pinned)
    });
    let cost = &session.scenario().cost;
    let letter = cost.letter();
    let slope = match (cost.is_of_one_variable(), letter) {
        (false, _) => "‖∇J‖",
        (true, "f") => "|f\u{2032}|",
        (true, _) => "|J\u{2032}|",
    };
    // With constraints the gradient of J does not vanish at a solution; its multiplier tells how it is made of theirs.
    let numbers = match entry.map(|entry| of_constraints(path, entry)) {
        Some([Some(multiplier), second, ..]) => {
            let second = second.map(|second| format!(", {}", short(second, 3))).unwrap_or_default();
            format!("J {:<10}\u{3bb} {}{second}", short(value, 4), short(multiplier, 4))
        }
        _ => format!("{letter} {:<9} {slope} {}", short(value, 4), short(norm, 3)),
    };
    let zeros = zeros_words(session, index, path.point_at(step));
    let numbers = if zeros.is_some() {
        format!("{letter} {} {slope} {}", short(value, 4), short(norm, 2))
    } else {
        numbers
    };
    let row_height = 14.0;
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = row_height;
        ui.horizontal(|ui| {
            ui.label(RichText::new(numbers).monospace().size(SMALLEST));
            if let Some(zeros) = zeros {
                ui.label(RichText::new(zeros).size(SMALLEST)).on_hover_text("Variables that are exactly 0");
            }
            if let Some(before) = before {
                let text = format!("pinned {}", short(before, 4));
                ui.label(
                    RichText::new(text).monospace().size(SMALLEST).color(ui.visuals().weak_text_color()),
                )
                .on_hover_text("J of the pinned path at this step");
            }
            let from_the_right = egui::Layout::right_to_left(egui::Align::Center);
            ui.with_layout(from_the_right, |ui| outcome_ui(ui, session, index, step));
        });
    });
}

/// How many variables are exactly 0, of a run that l1 can hold there.
fn zeros_words(session: &Session, index: usize, at: Option<Point>) -> Option<String> {
    let scenario = session.scenario();
    let has_corners = scenario.cost.penalty.is_some_and(|penalty| penalty.l1 > 0.0);
    let by_threshold = scenario.optimizers.get(index)?.settings.method().by_threshold;
    let zeros = at?.iter().filter(|coordinate| **coordinate == 0.0).count();
    (has_corners && by_threshold).then(|| format!("zeros {zeros}"))
}

/// What came of a run, once the step that is shown has reached its end.
fn outcome_ui(ui: &mut Ui, session: &Session, index: usize, step: u32) {
    let Some((path, _)) = session.trajectory(index) else { return };
    let words = outcome_words(path, step, session.scenario().cost.goal);
    let (Some(words), Some(outcome)) = (words, &path.outcome) else { return };
    let color = match outcome.kind {
        OutcomeKind::Converged | OutcomeKind::Steps => ui.visuals().weak_text_color(),
        OutcomeKind::Saddle
        | OutcomeKind::Maximum
        | OutcomeKind::Stalled
        | OutcomeKind::NoMinimum
        | OutcomeKind::Penalized
        | OutcomeKind::Infeasible
        | OutcomeKind::Cycle => warning_color(ui.theme()),
        OutcomeKind::Diverged | OutcomeKind::NotFinite => ui.visuals().error_fg_color,
    };
    // The number stands at the playback.
    let words = if outcome.kind == OutcomeKind::Steps { "all steps taken".to_owned() } else { words };
    // Where there is little room, what is cut off is not the number.
    let font = egui::FontId::proportional(SMALLEST);
    let width = ui.painter().layout_no_wrap(words.clone(), font, color).size().x;
    let words = if width > ui.available_width() { words.replace(" at step ", " at ") } else { words };
    let text = RichText::new(words).size(SMALLEST).color(color);
    ui.add(egui::Label::new(text).truncate()).on_hover_text(&outcome.text);
}

fn parameters_ui(
    ui: &mut Ui,
    session: &Session,
    settings: &mut Settings,
    theory: &RateTheory,
    view: RateView<'_>,
) -> RateOutput {
    let RateView { run: OfRun { name: run, .. }, all, .. } = view;
    let mut rate = RateOutput::default();
    let suggested = session.scenario().cost.suggested_settings(settings.method());
    let before = settings.clone();
    for (parameter, value) in before.iter() {
        if parameter.id == "learning_rate" {
            rate = learning_rate_ui(ui, session, settings, &parameter, theory, view);
            continue;
        }
        // A card that is closed shows the rate, or what comes first where there is none; the parameters of a rule are what it is
        // steered by, as a learning rate is.
        let is_main = settings.method().main_parameter().is_some_and(|main| main.id == parameter.id);
        if !all && !is_main && before.own_rule().is_none() {
            continue;
        }
        let name = format!("{run}: {}", parameter.id.replace('_', " "));
        let changed = match (&parameter.kind, value) {
            (
                ParameterKind::Real { slider, scale: Scale::Whole, min, max, .. },
                ParameterValue::Real(number),
            ) => {
                let mut whole = number as u32;
                let field = NumberField {
                    takes: Takes::Within(*min..=*max),
                    nudge: Some(Nudge { range: slider[0]..=slider[1], logarithmic: false, fine: false }),
                    speed: 0.1,
                    width: 40.0,
                    ..NumberField::new(&name, parameter.meaning)
                };
                let changed = ui.horizontal(|ui| {
                    ui.add_sized(
                        vec2(SYMBOL_WIDTH, ui.spacing().interact_size.y),
                        egui::Label::new(parameter.symbol),
                    )
                    .on_hover_text(parameter.meaning);
                    field.show_ui(ui, &mut whole).changed()
                });
                changed.inner.then_some(ParameterValue::Real(f64::from(whole)))
            }
            (ParameterKind::Real { slider, scale, .. }, ParameterValue::Real(mut number)) => {
                let wrong =
                    |number| (!parameter.accepts(ParameterValue::Real(number))).then(|| parameter.expected());
                let slider = NumberSlider {
                    symbol: parameter.symbol,
                    name: &name,
                    explanation: parameter.meaning,
                    range: slider[0]..=slider[1],
                    takes: Takes::Unless(&wrong),
                    logarithmic: *scale == Scale::Logarithmic,
                    default: if before.own_rule().is_some() {
                        parameter.default_real()
                    } else {
                        suggested.real(parameter.id)
                    },
                };
                slider.show_ui(ui, &mut number, SYMBOL_WIDTH).then_some(ParameterValue::Real(number))
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
            (ParameterKind::Interval { .. }, ParameterValue::Interval(ends)) => {
                let seen = session.scenario().window.x;
                interval_ui(ui, [parameter.symbol, parameter.meaning, &name], ends, seen)
                    .map(ParameterValue::Interval)
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
    rate
}

/// Two fields for the ends of an interval, which are nudged across what is seen. Returns what was typed.
fn interval_ui(
    ui: &mut Ui,
    [symbol, meaning, name]: [&str; 3],
    ends: [f64; 2],
    seen: [f64; 2],
) -> Option<[f64; 2]> {
    let mut now = ends;
    ui.horizontal(|ui| {
        let size = vec2(SYMBOL_WIDTH, ui.spacing().interact_size.y);
        ui.add_sized(size, egui::Label::new(symbol)).on_hover_text(meaning);
        for (place, end) in ["from", "to"].into_iter().enumerate() {
            let name = format!("{name} {end}");
            let field = NumberField {
                nudge: Some(Nudge { range: seen[0]..=seen[1], logarithmic: false, fine: false }),
                speed: (seen[1] - seen[0]) / 400.0,
                width: 64.0,
                ..NumberField::new(&name, meaning)
            };
            field.show_ui(ui, &mut now[place]);
        }
    });
    (now != ends).then_some(now)
}
