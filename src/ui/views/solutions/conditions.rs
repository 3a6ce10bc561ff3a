//! The conditions of Karush, Kuhn and Tucker at one of the solutions, each with a tick or a cross and what is left of it.

use egui::{Grid, RichText, Ui, vec2};

use crate::figure::look::number::short;
use crate::landscape::{Candidate, Conditions};
use crate::objective::Problem;
use crate::spelling::Selectable;
use crate::ui::widgets::icons::verdict_ui;
use crate::ui::widgets::number_text::exact_text;

/// Draws the table.
pub(super) fn conditions_ui(ui: &mut Ui, problem: &Problem, candidate: &Candidate) {
    let Conditions { stationary, feasible, signs, complementary } = Conditions::of(problem, candidate);
    let at = format!("({}, {})", short(candidate.point.x, 4), short(candidate.point.y, 4));
    ui.label(RichText::new(format!("Karush-Kuhn-Tucker at the {} {at}", candidate.kind.id())).strong());
    let rows = [
        (
            "\u{2207}J = \u{3a3} \u{3bb}\u{2207}g",
            "stationary",
            "What is left of \u{2207}J after the best sum of the gradients of the active constraints",
            stationary.or(Some((f64::NAN, false))),
        ),
        ("constraints", "feasible", "By how much a constraint is violated", Some(feasible)),
        (
            "sign of \u{3bb}",
            "sign",
            "By how much the multiplier of an inequality has the wrong sign: J would get better inside",
            signs,
        ),
        (
            "\u{3bb}h = 0",
            "complementary",
            "The multiplier of an inequality times what is left of it: one of both is 0",
            complementary,
        ),
    ];
    Grid::new("conditions").min_col_width(0.0).spacing(vec2(10.0, 3.0)).show(ui, |ui| {
        for (formula, name, meaning, condition) in rows {
            // Without an inequality there is no sign to have.
            let Some((left, holds)) = condition else { continue };
            let words = format!("{name}: {}", if holds { "holds" } else { "fails" });
            verdict_ui(ui, holds, &words).on_hover_text(meaning);
            ui.label(formula).on_hover_text(meaning);
            ui.label(name).on_hover_text(meaning);
            let amount = if left.is_nan() { "dependent gradients".to_owned() } else { short(left, 2) };
            ui.label(RichText::new(amount).monospace()).on_hover_text(exact_text(left));
            ui.end_row();
        }
    });
}
