//! What is added to the cost: the weights of l1 and l2, and the variables that they count.

use egui::{Role, Ui, WidgetInfo, vec2};

use crate::expr::display_name;
use crate::figure::look::number::short;
use crate::objective::Penalty;
use crate::session::Session;
use crate::ui::panels::constraints::HEAD_WIDTH;
use crate::ui::widgets::icons::{Icon, icon_button_ui};
use crate::ui::widgets::number_field::Takes;
use crate::ui::widgets::sliders::NumberSlider;

/// Room for a weight with its slider, at the most.
const WEIGHT_WIDTH: f32 = 240.0;
/// The end of a slider while its weight is below that.
const USUAL: f64 = 2.0;

/// Draws the row, where something is added.
pub fn penalty_row_ui(ui: &mut Ui, session: &mut Session) {
    let Some(before) = session.scenario().cost.penalty else { return };
    let mut now = before;
    let mut is_removed = false;
    ui.horizontal_wrapped(|ui| {
        let size = vec2(HEAD_WIDTH, ui.spacing().interact_size.y);
        ui.allocate_ui(size, |ui| {
            ui.set_min_width(HEAD_WIDTH);
            ui.label("plus").on_hover_text("What is added to J: l1 Σ|θ| + l2 Σθ², over the variables that are ticked");
        });
        let corner = "Weight l1 of Σ|θ| (LASSO): it pulls every variable to 0 with the same force, and holds some there";
        weight_ui(ui, ["l1", corner], &mut now.l1);
        let round = "Weight l2 of Σθ² (ridge): it pulls a variable to 0 the more, the larger it is";
        weight_ui(ui, ["l2", round], &mut now.l2);
        ui.label("of");
        let names = session.scenario().cost.variables.each_ref().map(|name| display_name(name));
        let is_of_one = session.scenario().cost.is_of_one_variable();
        if is_of_one {
            ui.label(&names[0]);
        }
        for (axis, name) in names.iter().enumerate().filter(|_| !is_of_one) {
            counted_ui(ui, name, axis, &mut now);
        }
        radii_ui(ui, session, now);
        let remove = icon_button_ui(ui, Icon::Remove, "Remove the penalty");
        is_removed = remove.on_hover_text("Add nothing to J").clicked();
    });
    if is_removed {
        session.edit(|scenario| scenario.cost.penalty = None);
    } else if now != before {
        session.edit(|scenario| scenario.cost.penalty = Some(now));
    }
}

/// How far the best point is by what the penalty measures: the bound of the constrained form with the same solution.
fn radii_ui(ui: &mut Ui, session: &Session, penalty: Penalty) {
    let Some(best) = session.optima().first().copied() else { return };
    let counted = (0..2).filter(|axis| penalty.counts[*axis]).map(|axis| best[axis]);
    let (sum, squares) =
        counted.fold((0.0, 0.0), |(sum, squares): (f64, f64), x| (sum + x.abs(), squares + x * x));
    let mut radii = Vec::new();
    if penalty.l1 > 0.0 {
        radii.push(format!("\u{3a3}|\u{3b8}*| {}", short(sum, 4)));
    }
    if penalty.l2 > 0.0 {
        radii.push(format!("\u{3a3}\u{3b8}*\u{b2} {}", short(squares, 4)));
    }
    if !radii.is_empty() {
        ui.label(radii.join("  ")).on_hover_text(
            "At the best point. With this as a bound t, and no penalty, the same point is the best: the constrained form",
        );
    }
}

fn weight_ui(ui: &mut Ui, [symbol, explanation]: [&str; 2], weight: &mut f64) {
    let slider = NumberSlider {
        symbol,
        name: &format!("Weight {symbol}"),
        explanation,
        range: 0.0..=if *weight > USUAL { 2.0 * weight.min(f64::MAX / 8.0) } else { USUAL },
        takes: Takes::Within(0.0..=f64::MAX),
        logarithmic: false,
        default: 0.0,
    };
    let mut value = *weight;
    let size = vec2(WEIGHT_WIDTH, ui.spacing().interact_size.y);
    let is_changed = ui.allocate_ui(size, |ui| slider.show_ui(ui, &mut value, 18.0)).inner;
    if is_changed && value.is_finite() && value >= 0.0 {
        *weight = value;
    }
}

/// Whether a variable is counted; the last one that is cannot be left out.
fn counted_ui(ui: &mut Ui, name: &str, axis: usize, penalty: &mut Penalty) {
    let is_last = penalty.counts[axis] && !penalty.counts[1 - axis];
    let was = penalty.counts[axis];
    let shown = ui.add_enabled_ui(!is_last, |ui| ui.checkbox(&mut penalty.counts[axis], name)).inner;
    shown.widget_info(|| {
        WidgetInfo::selected(Role::CheckBox, !is_last, was, format!("The penalty counts {name}"))
    });
    shown
        .on_hover_text(format!("Whether the penalty counts {name}; an intercept is mostly left out"))
        .on_disabled_hover_text("At least one variable is counted; × takes the penalty away");
}
