//! The solutions of the problem in its window as a table: where they are, what they are, and their multipliers; above it J along
//! the curve of a constraint, below it the conditions that hold at one of them.

mod along;
mod conditions;

use egui::{Grid, RichText, Role, ScrollArea, Sense, TextStyle, Ui, WidgetInfo, vec2};

use crate::expr::display_name;
use crate::figure::Look;
use crate::figure::layers::solutions::mark_shapes;
use crate::figure::look::number::short;
use crate::landscape::{Candidate, Conditions, MOST_CANDIDATES, Solutions};
use crate::scenario::Scenario;
use crate::session::Session;
use crate::spelling::Selectable;
use crate::ui::views::plot_panel::PlotState;
use crate::ui::widgets::icons::verdict_ui;
use crate::ui::widgets::number_text::exact_text;

/// The view, with what it holds from one frame to the next.
#[derive(Debug, Default)]
pub struct SolutionsView {
    /// The solution that was clicked last: its conditions are shown.
    chosen: usize,
    /// The constraint along which J is shown.
    along: usize,
}

/// About the width of kind, place and value, and of a multiplier with its verdict, in points.
const FIRST_COLUMNS: f32 = 310.0;
const MULTIPLIER: f32 = 65.0;
/// The text is made no smaller than this part of its size.
const SMALLEST_TEXT: f32 = 0.8;

impl SolutionsView {
    /// Draws it into the space that is left; what is clicked is brought to the middle of the plot.
    pub fn show_ui(
        &mut self,
        ui: &mut Ui,
        session: &mut Session,
        plot: &mut PlotState,
        look: Look,
        step: u32,
    ) {
        self.along_ui(ui, session, plot, look, step);
        let Some(solutions) = session.solutions() else {
            ui.weak("looking for them \u{2026}");
            return;
        };
        let scenario = session.scenario();
        if solutions.candidates.is_empty() {
            ui.weak(nothing_words(scenario));
            return;
        }
        self.chosen = self.chosen.min(solutions.candidates.len() - 1);
        let below = RichText::new(below_words(solutions, session.is_of_one_variable())).small().weak();
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ScrollArea::horizontal().auto_shrink([false, true]).show(ui, |ui| {
                let gap = draw_close_where_narrow(ui, solutions);
                Grid::new("solutions").striped(true).spacing(vec2(gap, 4.0)).show(ui, |ui| {
                    heads_ui(ui, scenario);
                    for (place, candidate) in solutions.candidates.iter().enumerate() {
                        if row_ui(ui, session, place, candidate, look) {
                            self.chosen = place;
                            plot.center_on(candidate.point);
                        }
                        ui.end_row();
                    }
                });
            });
            if let Some(problem) = session.problem().filter(|problem| !problem.constraints.is_empty()) {
                ui.add_space(6.0);
                conditions::conditions_ui(ui, problem, &solutions.candidates[self.chosen]);
            }
            ui.add_space(4.0);
            ui.label(below);
        });
    }
}

/// Makes room for all columns in a narrow view: a number of which only the first digits can be seen would be read as another.
/// Returns the gap between two.
fn draw_close_where_narrow(ui: &mut Ui, solutions: &Solutions) -> f32 {
    let multipliers = solutions.candidates.first().map_or(0, |candidate| candidate.active.len());
    let width = FIRST_COLUMNS + MULTIPLIER * multipliers as f32;
    if ui.available_width() >= width {
        return 10.0;
    }
    let share = (ui.available_width() / width).max(SMALLEST_TEXT);
    let style = ui.style_mut();
    for text in [TextStyle::Body, TextStyle::Button, TextStyle::Monospace] {
        if let Some(font) = style.text_styles.get_mut(&text) {
            font.size *= share;
        }
    }
    style.spacing.button_padding.x = 3.0;
    5.0
}

fn nothing_words(scenario: &Scenario) -> &'static str {
    if scenario.enabled_constraints().next().is_some() {
        "There is none in the window: no point where the constraints hold and \u{2207}J is made of their gradients."
    } else {
        "There is none in the window: the gradient vanishes nowhere."
    }
}

fn below_words(solutions: &Solutions, is_of_one: bool) -> String {
    let grid = if is_of_one { "4096 samples separate" } else { "a grid of 256 by 256 separates" };
    let mut words = format!("Found is what {grid}; what is nearer together may be missing.");
    if solutions.has_curve {
        words.push_str(" There is a curve of solutions, of which some points are shown.");
    }
    if solutions.is_cut {
        words.push_str(&format!(" There are more than {MOST_CANDIDATES}: the best are shown."));
    }
    words
}

fn heads_ui(ui: &mut Ui, scenario: &Scenario) {
    let [x, y] = scenario.cost.variables.each_ref().map(|name| display_name(name));
    let count = scenario.enabled_constraints().count();
    let head = |ui: &mut Ui, text: &str, meaning: &str| {
        ui.label(RichText::new(text).strong()).on_hover_text(meaning);
    };
    head(ui, "", "What J, as it is typed, is there where the constraints hold");
    head(ui, &x, "Where it is");
    if !scenario.cost.is_of_one_variable() {
        head(ui, &y, "Where it is");
    }
    head(ui, scenario.cost.letter(), "The cost there");
    for k in 1..=count {
        let number = if count > 1 { k.to_string() } else { String::new() };
        head(
            ui,
            &format!("\u{3bb}{number}"),
            "Multiplier: \u{2207}J = \u{3bb}\u{2207}g, and so much better J would be for one more of the level",
        );
    }
    if count > 0 {
        head(ui, "KKT", "Whether all conditions of Karush, Kuhn and Tucker hold for what is looked for");
    }
    ui.end_row();
}

/// A row. Returns whether it was clicked.
fn row_ui(ui: &mut Ui, session: &Session, place: usize, candidate: &Candidate, look: Look) -> bool {
    let Candidate { point, value, multipliers, active, kind } = candidate;
    let mut is_clicked = false;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
        let mut inks = look.inks(ui.theme());
        (inks.mark, inks.edge) = (ui.visuals().strong_text_color(), egui::Color32::TRANSPARENT);
        ui.painter().extend(mark_shapes(*kind, rect.center(), inks));
        let button = ui.button(kind.id());
        button.widget_info(|| {
            let variables = session.scenario().cost.shown_variables().len();
            let at: Vec<String> = point.iter().take(variables).map(|value| short(*value, 4)).collect();
            let words = format!("Solution {}: {} at ({})", place + 1, kind.id(), at.join(", "));
            WidgetInfo::labeled(Role::Button, true, words)
        });
        is_clicked = button.on_hover_text("Bring it to the middle of the plot").clicked();
    });
    let number = |ui: &mut Ui, value: f64| {
        ui.label(RichText::new(short(value, 4)).monospace()).on_hover_text(exact_text(value));
    };
    let variables = session.scenario().cost.shown_variables().len();
    for value in point.iter().take(variables).chain([value]) {
        number(ui, *value);
    }
    for (k, is_active) in active.iter().enumerate() {
        match multipliers {
            _ if !is_active => {
                drop(ui.weak("inactive").on_hover_text("The constraint holds with room to spare"))
            }
            Some(all) => number(ui, all[k]),
            None => {
                drop(ui.weak("none").on_hover_text("The gradients of the active constraints are dependent"))
            }
        }
    }
    if let Some(problem) = session.problem().filter(|_| !active.is_empty()) {
        let holds = Conditions::of(problem, candidate).hold();
        let words = if holds { "All conditions hold" } else { "Not all conditions hold" };
        verdict_ui(ui, holds, words).on_hover_text(format!("{words}. A click on the row shows each below"));
    }
    is_clicked
}
