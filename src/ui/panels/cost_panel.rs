//! The cost: its formula, the built-in ones, the goal, and a slider for every constant.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use egui::containers::menu::MenuButton;
use egui::text::LayoutJob;
use egui::{ComboBox, CursorIcon, Label, RichText, Sense, Ui};

use crate::expr::display_name;
use crate::objective::{Goal, MAX_CONSTRAINTS};
use crate::scenario::{Scenario, first_sentence};
use crate::session::Session;
use crate::spelling::Selectable;
use crate::ui::actions::Action;
use crate::ui::panels::constraints::constraints_ui;
use crate::ui::panels::data_row::{ColumnRenaming, data_row_ui};
use crate::ui::panels::formula_field::{FormulaField, NAME, formula_field_ui};
use crate::ui::panels::mathematics_panel::{MathematicsState, derivatives_ui, mathematics_ui};
use crate::ui::panels::penalty_row::penalty_row_ui;
use crate::ui::panels::treatment::treatment_row_ui;
use crate::ui::views::notes::plain;
use crate::ui::widgets::number_field::Takes;
use crate::ui::widgets::sliders::NumberSlider;

/// The sliders of the constants, by name.
#[derive(Debug, Default)]
pub struct ConstantSliders(BTreeMap<String, ConstantSlider>);

/// Chosen when a constant is first seen, so that its slider does not run away from the hand.
#[derive(Debug)]
struct ConstantSlider {
    range: RangeInclusive<f64>,
    default: f64,
}

impl ConstantSliders {
    fn get(&mut self, name: &str, value: f64) -> &ConstantSlider {
        let slider = self
            .0
            .entry(name.to_owned())
            .or_insert_with(|| ConstantSlider { range: around(value), default: value });
        if !slider.range.contains(&value) {
            slider.range = around(value);
        }
        slider
    }

    /// Forgets all sliders: another cost has other constants.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// Room for the button that adds to the problem.
const MORE_WIDTH: f32 = 22.0;
/// In a panel that is narrower than this the formula does not stand beside what comes before it.
const NARROW: f32 = 400.0;
/// Room for one constant: symbol, ends, slider and value.
const CONSTANT_WIDTH: f32 = 308.0;

fn around(value: f64) -> RangeInclusive<f64> {
    // A range that overflows cannot be slid over.
    let value = value.clamp(f64::MIN / 8.0, f64::MAX / 8.0);
    if value == 0.0 { -5.0..=5.0 } else { value - 2.0 * value.abs()..=value + 2.0 * value.abs() }
}

/// Draws the panel; `notes_apply` while the scenario's notes speak of this formula. Returns what is asked for.
pub fn cost_panel_ui(
    ui: &mut Ui,
    session: &mut Session,
    sliders: &mut ConstantSliders,
    mathematics: &mut MathematicsState,
    renaming: &mut ColumnRenaming,
    notes_apply: bool,
) -> Option<Action> {
    let mut asked = None;
    let mut typed = None;
    // Where there is little room, the formula has a line of its own.
    let is_narrow = ui.available_width() < NARROW;
    ui.horizontal(|ui| {
        let gallery = ui.button("Costs…").on_hover_text(Action::Gallery.explanation(ui.ctx()));
        asked = gallery.clicked().then_some(Action::Gallery);
        goal_ui(ui, session);
        if !is_narrow {
            typed = formula_ui(ui, session, MORE_WIDTH + ui.spacing().item_spacing.x);
        }
        if let Some(action) = more_ui(ui, session) {
            asked = Some(action);
        }
    });
    if is_narrow {
        typed = ui.horizontal(|ui| formula_ui(ui, session, 0.0)).inner;
    }
    constraints_ui(ui, session);
    treatment_row_ui(ui, session);
    data_row_ui(ui, session, renaming);
    penalty_row_ui(ui, session);
    if session.formula_error().is_none() && description_ui(ui, session, notes_apply) {
        asked = Some(Action::Notes);
    }
    if let Some(text) = typed {
        let was_of_one = session.scenario().cost.is_of_one_variable();
        session.set_formula_text(&text);
        if session.scenario().cost.is_of_one_variable() != was_of_one {
            // What was looked at before is nothing of a curve, and no part of a plane.
            asked = Some(Action::ResetView);
        }
    }
    mathematics_ui(ui, session, mathematics);
    constants_ui(ui, session, sliders);
    derivatives_ui(ui, session, mathematics);
    asked
}

/// What the cost is called, and its formula, with so much room left `beside` it. Returns what was typed.
fn formula_ui(ui: &mut Ui, session: &mut Session, beside: f32) -> Option<String> {
    let cost = &session.scenario().cost;
    let left =
        if cost.data.is_some() { cost.left_side().replacen('J', "\u{2113}", 1) } else { cost.left_side() };
    ui.label(RichText::new(format!("{left} =")).size(15.0));
    let width = (ui.available_width() - beside).max(120.0);
    let field_ui = |ui: &mut Ui| {
        ui.set_width(width);
        let remark = session.formula_remark();
        let field = FormulaField { name: NAME, hint: "x^2 + 10*y^2", width };
        let (text, error) = (session.formula_text(), session.formula_error());
        formula_field_ui(ui, &field, text, error, remark.as_ref()).typed
    };
    ui.vertical(field_ui).inner
}

/// What the problem may have that it has not yet.
fn more_ui(ui: &mut Ui, session: &Session) -> Option<Action> {
    let mut asked = None;
    let is_of_one = session.scenario().cost.is_of_one_variable();
    let is_full = is_of_one || session.scenario().constraints.len() >= MAX_CONSTRAINTS;
    let (menu, _) = MenuButton::new("+").ui(ui, |ui| {
        let action = Action::AddConstraint;
        let entry = ui.add_enabled_ui(!is_full, |ui| action.menu_item_ui(ui, false));
        if is_full {
            entry.response.on_hover_text(if is_of_one {
                "A constraint needs two variables".to_owned()
            } else {
                format!("A scenario has at most {MAX_CONSTRAINTS} constraints")
            });
        }
        if entry.inner {
            asked = Some(action);
            ui.close();
        }
        if Action::AddData.menu_item_ui(ui, false) {
            asked = Some(Action::AddData);
            ui.close();
        }
        let why_no_penalty = why_no_penalty(session.scenario());
        let entry =
            ui.add_enabled_ui(why_no_penalty.is_none(), |ui| Action::AddPenalty.menu_item_ui(ui, false));
        if let Some(reason) = why_no_penalty {
            entry.response.on_hover_text(reason);
        }
        if entry.inner {
            asked = Some(Action::AddPenalty);
            ui.close();
        }
    });
    menu.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Add to the problem"));
    menu.on_hover_text("Add to the problem: a constraint, rows of data, or a penalty");
    asked
}

/// Why no penalty can be added, if none can.
fn why_no_penalty(scenario: &Scenario) -> Option<&'static str> {
    match (scenario.cost.penalty, scenario.cost.goal) {
        (Some(_), _) => Some("There is one"),
        (None, Goal::Maximize | Goal::Zero) => Some("A penalty is added to what is minimized"),
        (None, Goal::Minimize) => None,
    }
}

/// What is to be seen, in two lines at most: all of it is told on request, and the plot keeps its room. Returns whether it
/// was clicked.
fn description_ui(ui: &mut Ui, session: &Session, notes_apply: bool) -> bool {
    let text = below_the_formula(session, notes_apply);
    let font = egui::TextStyle::Small.resolve(ui.style());
    let color = ui.visuals().text_color();
    let mut job = LayoutJob::simple(text.clone(), font, color, ui.available_width());
    job.wrap.max_rows = 2;
    // No stop of the Tab key: the notes have a key of their own.
    let line = ui.add(Label::new(job).sense(Sense::CLICK)).on_hover_cursor(CursorIcon::PointingHand);
    line.on_hover_text(format!("{text}\n\nA click: {}", Action::Notes.explanation(ui.ctx()))).clicked()
}

/// What is said under a formula that is right.
fn below_the_formula(session: &Session, notes_apply: bool) -> String {
    let notes = Some(&session.scenario().notes).filter(|notes| notes_apply && !notes.is_empty());
    match (session.built_in(), notes) {
        (Some(row), notes) if notes.is_none_or(|notes| notes == row.teaches) => {
            format!("{}. {}", row.name, row.teaches)
        }
        (_, Some(notes)) => plain(&first_sentence(notes)),
        (_, None) => {
            "Any formula in the two variables: 2xy, x², |x|, sin x, e^-x, \\frac{x}{2} … other letters become sliders.".to_owned()
        }
    }
}

fn goal_ui(ui: &mut Ui, session: &mut Session) {
    let mut goal = session.scenario().cost.goal;
    let response = ComboBox::from_id_salt("goal")
        .selected_text(goal.id())
        .width(84.0)
        .show_ui(ui, |ui| {
            let is_penalized = session.scenario().cost.penalty.is_some();
            let is_of_one = session.scenario().cost.is_of_one_variable();
            for option in Goal::ALL {
                let why_not = match option {
                    Goal::Minimize => None,
                    Goal::Zero if !is_of_one => Some("A root is looked for where there is one variable"),
                    _ if is_penalized => Some("A penalty is added to what is minimized: take it away first"),
                    Goal::Maximize | Goal::Zero => None,
                };
                let choice = |ui: &mut Ui| ui.selectable_value(&mut goal, *option, option.id());
                let entry = ui.add_enabled_ui(why_not.is_none(), choice).inner;
                entry.on_disabled_hover_text(why_not.unwrap_or_default());
            }
        })
        .response;
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Goal"));
    if goal != session.scenario().cost.goal {
        session.edit(|scenario| scenario.cost.goal = goal);
    }
}

fn constants_ui(ui: &mut Ui, session: &mut Session, sliders: &mut ConstantSliders) {
    let constants = session.scenario().cost.constants.clone();
    if constants.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (index, (name, value)) in constants.into_iter().enumerate() {
            let mut now = value;
            let symbol = display_name(&name);
            let known = sliders.get(&name, value);
            let given = session.built_in().and_then(|row| row.constants.iter().find(|(n, _)| *n == name));
            let range =
                session.scenario().slider_range(&name).map_or(known.range.clone(), |[from, to]| from..=to);
            let slider = NumberSlider {
                symbol: &symbol,
                name: &name,
                explanation: &format!("The constant {symbol} of the formula"),
                range,
                takes: Takes::Any,
                logarithmic: false,
                default: given.map_or(known.default, |(_, value)| *value),
            };
            let size = egui::vec2(CONSTANT_WIDTH, ui.spacing().interact_size.y);
            let (_, range) = ui.allocate_ui(size, |ui| slider.with_ends_ui(ui, &mut now, 18.0)).inner;
            if let Some(range) = range {
                session.edit(|scenario| scenario.set_slider_range(&name, Some(range)));
            }
            if now != value && now.is_finite() {
                session.edit(|scenario: &mut Scenario| {
                    if let Some((_, constant)) = scenario.cost.constants.get_mut(index) {
                        *constant = now;
                    }
                });
            }
        }
    });
}
