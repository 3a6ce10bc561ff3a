//! The title of a figure: that of the scenario, or else the cost as it stands on the board.

use egui::{Label, RichText, Ui};

use crate::figure::mathematics::Mathematics;
use crate::scenario::{Cost, Scenario};

const SIZE: f32 = 17.0;

/// The title as text.
pub(in crate::figure) fn title_text(scenario: &Scenario) -> String {
    if !scenario.title.is_empty() {
        return scenario.title.clone();
    }
    if scenario.series.is_some() { SERIES.to_owned() } else { cost_text(&scenario.cost) }
}

/// What a series is called that has no title.
const SERIES: &str = "Series and its exponentially weighted averages";

fn cost_text(cost: &Cost) -> String {
    format!("{} = {}", cost.left_side(), cost.formula())
}

/// Draws the title.
pub(in crate::figure) fn title_ui(ui: &mut Ui, scenario: &Scenario) {
    let text = |title: String| Label::new(RichText::new(title).size(SIZE).strong()).wrap();
    if !scenario.title.is_empty() || scenario.series.is_some() {
        ui.add(text(title_text(scenario)));
        return;
    }
    let equation = scenario.cost.equations().map(|equations| equations.cost);
    let room = ui.available_width();
    match &equation {
        Ok(equation) => {
            let set = Mathematics { latex: &equation.latex, spoken: &equation.spoken, size: SIZE };
            // What is too wide to be set is wrapped as text.
            if set.fits(ui, room) {
                set.show_ui(ui);
            } else {
                ui.add(text(cost_text(&scenario.cost)));
            }
        }
        Err(_) => {
            ui.add(text(cost_text(&scenario.cost)));
        }
    }
}
