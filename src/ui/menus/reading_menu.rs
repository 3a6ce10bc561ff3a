//! The choices about what helps to read the plot.

use egui::Ui;

use crate::figure::Look;
use crate::scenario::Scenario;

/// Draws a checkbox for each choice; those about penalties and batches where there are some.
pub fn reading_menu_ui(ui: &mut Ui, look: &mut Look, scenario: &Scenario) {
    let choices = [
        (&mut look.isoline_labels, "Isoline labels", "Write the values of J on the isolines"),
        (&mut look.color_bar, "Color bar", "Show beside the plot which color is which value of J"),
        (
            &mut look.gradient_arrow,
            "Gradient arrow",
            "Draw the way of steepest descent at the pointer, −∇J; of steepest ascent, ∇J, where J is maximized.\n\
             It is longer where the gradient is, on a logarithmic scale",
        ),
        (
            &mut look.hessian_axes,
            "Hessian axes",
            "Draw the eigenvectors of the Hessian at the pointer, whole where J curves up and dashed where it curves \
             down, and read out its eigenvalues",
        ),
        (
            &mut look.head_gradients,
            "Gradients at the heads",
            "Draw ∇J where each run stands, and with constraints λ∇g with the run's own λ: at a solution they are one",
        ),
        (
            &mut look.searches,
            "Searches at the heads",
            "Draw where a run looks before its next step: the lengths that a line search tries, a trust region as its disc, a \
             simplex, and of the chosen run the quadratic that BFGS has made of the slopes",
        ),
        (
            &mut look.parallel_gradients,
            "Parallel gradients",
            "Draw where ∇J and the gradient of a constraint are parallel: the solutions of every level lie there",
        ),
    ];
    for (chosen, name, meaning) in choices {
        ui.checkbox(chosen, name).on_hover_text(meaning);
    }
    let has_batches = scenario.run.batch.is_some();
    let choices = [
        (
            scenario.cost.penalty.is_some(),
            &mut look.penalty,
            "Penalty",
            "Draw the isoline of l1 and l2 through the head of the chosen run, and the way of the optimum from where the \
             penalty is all to where it is nothing",
        ),
        (
            has_batches,
            &mut look.batch_contours,
            "Contours of the batch",
            "Lay the contours of the rows of the step that is shown, dashed, over those of all rows",
        ),
        (
            has_batches,
            &mut look.batch_gradients,
            "Gradients of batches",
            "Draw −∇J of the next 32 batches where the chosen run stands and at the pointer, beside that of all rows, with the ellipse of \
             their standard deviation",
        ),
    ];
    let choices: Vec<_> = choices.into_iter().filter(|(makes_sense, ..)| *makes_sense).collect();
    if choices.is_empty() {
        return;
    }
    ui.separator();
    for (_, chosen, name, meaning) in choices {
        ui.checkbox(chosen, name).on_hover_text(meaning);
    }
}
