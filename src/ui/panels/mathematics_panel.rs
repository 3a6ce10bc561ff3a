//! The cost set as mathematics, and below it, when asked for, its derivatives.

mod lines;

use egui::collapsing_header::paint_default_icon;
use egui::containers::menu::MenuButton;
use egui::{Align, Button, Layout, Response, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use crate::figure::mathematics::Mathematics;
use crate::objective::Derivatives;
use crate::scenario::Scenario;
use crate::session::Session;
use crate::symbolic::{Equation, Equations, Line};
use crate::ui::panels::derivatives_choice::{DerivativesChoice, derivatives_choice_ui};
use lines::Lines;

/// What is open, and the equations that are shown.
#[derive(Debug, Default)]
pub struct MathematicsState {
    pub hides_cost: bool,
    pub shows_derivatives: bool,
    choice: DerivativesChoice,
    lines: Option<Lines>,
}

/// Height of an em in points.
const SIZE: f32 = 17.0;
/// The cost is made smaller if it would be higher than this, in points.
const MOST_HEIGHT: f32 = 38.0;
/// Room for the button that copies an equation, in points.
const COPY_WIDTH: f32 = 52.0;
/// Room for the button that opens the derivatives, in points.
const DERIVATIVES_WIDTH: f32 = 92.0;

/// Draws the strip: one line.
pub fn mathematics_ui(ui: &mut Ui, session: &mut Session, state: &mut MathematicsState) {
    let Scenario { cost, constraints, .. } = session.scenario();
    if !state.lines.as_ref().is_some_and(|lines| lines.are_of(cost, constraints)) {
        state.lines = Some(Lines::of(cost, constraints));
    }
    let is_last_good = session.formula_error().is_some();
    let Some(lines) = &state.lines else { return };
    let cost = lines.cost();
    let shown = if state.hides_cost { None } else { cost.as_ref().ok() };
    let all = shown.into_iter().chain(lines.constraints.iter().filter(|_| !state.hides_cost));
    let highest = all.map(|equation| height(ui, equation, MOST_HEIGHT)).fold(0.0, f32::max);
    row_ui(ui, highest, |ui| {
        let words = if state.hides_cost { "Show the cost as mathematics" } else { "Hide the mathematics" };
        if disclosure_ui(ui, !state.hides_cost, words).clicked() {
            state.hides_cost = !state.hides_cost;
        }
        if state.hides_cost {
            ui.weak("mathematics");
            return;
        }
        let room = ui.available_width() - DERIVATIVES_WIDTH;
        line_ui(ui, &cost, room, MOST_HEIGHT, is_last_good);
        let width = |ui: &Ui, equation: &Equation| {
            mathematics(equation, SIZE)
                .natural_size(ui)
                .map_or(f32::INFINITY, |size| size.x + COPY_WIDTH + 24.0)
        };
        // Beside the cost as far as there is room: their rows say the same as text.
        for equation in &lines.constraints {
            let room = ui.available_width() - DERIVATIVES_WIDTH;
            if width(ui, equation) <= room {
                equation_ui(ui, equation, room, MOST_HEIGHT, false);
            }
        }
        let toggle = Button::selectable(state.shows_derivatives, "derivatives").frame_when_inactive(true);
        let toggle =
            ui.add(toggle).on_hover_text("Gradient and Hessian as formulas, and how the methods obtain them");
        if toggle.clicked() {
            state.shows_derivatives = !state.shows_derivatives;
        }
    });
}

/// Draws the derivatives and the choice between them and differences, while they are open.
pub fn derivatives_ui(ui: &mut Ui, session: &mut Session, state: &mut MathematicsState) {
    if state.hides_cost || !state.shows_derivatives {
        return;
    }
    let Some(lines) = &state.lines else { return };
    let by_differences = session.scenario().cost.derivatives != Derivatives::Exact;
    let quotient = mathematics(&lines.quotient, SIZE);
    let quotient_height = quotient.natural_size(ui).filter(|_| by_differences).map_or(0.0, |size| size.y);
    row_ui(ui, quotient_height, |ui| {
        derivatives_choice_ui(ui, session, &mut state.choice);
        if by_differences {
            ui.add_space(8.0);
            quotient.show_ui(ui);
        }
    });
    if let Ok(equations) = &lines.equations {
        equations_ui(ui, equations, session.formula_error().is_some());
    }
}

/// The derivatives, the Hessian beside the gradient if there is room.
fn equations_ui(ui: &mut Ui, equations: &Equations, is_last_good: bool) {
    let width = |ui: &Ui, equation: &Equation| {
        mathematics(equation, SIZE).natural_size(ui).map_or(f32::INFINITY, |size| size.x + COPY_WIDTH + 24.0)
    };
    let rows = |ui: &mut Ui, rows: &[Line]| {
        for line in rows {
            let height = line.as_ref().map_or(0.0, |equation| height(ui, equation, f32::INFINITY));
            row_ui(ui, height, |ui| {
                line_ui(ui, line, ui.available_width(), f32::INFINITY, is_last_good);
            });
        }
    };
    let hessian_ui = |ui: &mut Ui, hessian: &Equation, least_height: f32| {
        row_ui(ui, height(ui, hessian, f32::INFINITY).max(least_height), |ui| {
            equation_ui(ui, hessian, ui.available_width(), f32::INFINITY, is_last_good);
        });
    };
    let slopes = equations.gradient.iter().flatten().map(|slope| width(ui, slope)).fold(0.0, f32::max);
    let room = ui.available_width();
    match &equations.hessian {
        Some(hessian) if slopes + width(ui, hessian) <= room => {
            ui.horizontal(|ui| {
                let left = ui.vertical(|ui| {
                    ui.set_width(slopes);
                    rows(ui, &equations.gradient);
                });
                hessian_ui(ui, hessian, left.response.rect.height());
            });
        }
        Some(hessian) if mathematics(hessian, SIZE).fits(ui, room - COPY_WIDTH) => {
            rows(ui, &equations.gradient);
            hessian_ui(ui, hessian, 0.0);
        }
        _ => {
            rows(ui, &equations.gradient);
            rows(ui, &equations.second);
        }
    }
}

/// A row of a height that is known beforehand, so that what stands in it first is centered too.
fn row_ui(ui: &mut Ui, height: f32, contents: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), height.max(ui.spacing().interact_size.y));
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), contents);
}

/// The factor that makes an equation no higher than `most_height`, and no smaller than can be read.
fn shrink(ui: &Ui, equation: &Equation, most_height: f32) -> f32 {
    let natural = mathematics(equation, SIZE).natural_size(ui);
    natural.map_or(1.0, |size| (most_height / size.y).clamp(0.6, 1.0))
}

fn height(ui: &Ui, equation: &Equation, most_height: f32) -> f32 {
    let natural = mathematics(equation, SIZE).natural_size(ui);
    natural.map_or(0.0, |size| size.y * shrink(ui, equation, most_height) + 2.0)
}

fn line_ui(ui: &mut Ui, line: &Line, room: f32, most_height: f32, is_last_good: bool) {
    match line {
        Ok(equation) => equation_ui(ui, equation, room, most_height, is_last_good),
        Err(reason) => {
            ui.set_max_width(room.max(0.0));
            ui.add(egui::Label::new(egui::RichText::new(reason).small()).wrap());
        }
    }
}

fn mathematics(equation: &Equation, size: f32) -> Mathematics<'_> {
    Mathematics { latex: &equation.latex, spoken: &equation.spoken, size }
}

/// An equation within `room` points, with what copies it.
fn equation_ui(ui: &mut Ui, equation: &Equation, room: f32, most_height: f32, is_last_good: bool) {
    let size = SIZE * shrink(ui, equation, most_height);
    let shown = ui.scope(|ui| {
        ui.set_max_width((room - COPY_WIDTH).max(40.0));
        if is_last_good {
            ui.visuals_mut().override_text_color = Some(ui.visuals().weak_text_color());
        }
        mathematics(equation, size).show_ui(ui)
    });
    // For its menu alone: the keyboard has the button beside it.
    let shown = shown.inner.interact(Sense::CLICK);
    let shown = if is_last_good { shown.on_hover_text("The last formula that could be read") } else { shown };
    shown.context_menu(|ui| copy_menu_ui(ui, equation));
    let button = Button::new(egui::RichText::new("copy").small()).frame_when_inactive(false);
    let (button, _) = MenuButton::from_button(button).ui(ui, |ui| copy_menu_ui(ui, equation));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Copy {}", equation.name)));
    button.on_hover_text("Copy as text or as LaTeX");
}

fn copy_menu_ui(ui: &mut Ui, equation: &Equation) {
    let text = ui.button("As text").on_hover_text(format!("{}\n\nThe right side alone", equation.right_side));
    if text.clicked() {
        ui.ctx().copy_text(equation.right_side.clone());
    }
    let latex = ui.button("As LaTeX").on_hover_text(format!("{}\n\nThe whole equation", equation.latex));
    if latex.clicked() {
        ui.ctx().copy_text(equation.latex.clone());
    }
}

/// The triangle that opens and closes something.
fn disclosure_ui(ui: &mut Ui, is_open: bool, words: &str) -> Response {
    let (_, response) = ui.allocate_exact_size(Vec2::splat(16.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), words));
    paint_default_icon(ui, if is_open { 1.0 } else { 0.0 }, &response);
    response.on_hover_text(words)
}
