//! The contours before scaling: the plot in the parameters of the columns as they are given, with the same runs.

use egui::{Label, RichText, Ui};

use crate::figure::look::number::short;
use crate::figure::plot::PlotOptions;
use crate::landscape::Region;
use crate::scenario::Scenario;
use crate::session::Session;
use crate::ui::views::plot_panel::PlotState;

/// The view, with what it holds from one frame to the next.
pub struct UnscaledView {
    plot: PlotState,
    /// What it looks at by itself.
    window: Region,
}

impl UnscaledView {
    /// That of a scenario that is looked at for the first time.
    pub fn of(scenario: &Scenario) -> Self {
        Self { plot: PlotState::new(scenario), window: scenario.window }
    }

    /// What the valley is like without the scales and with them.
    pub fn words_ui(&self, ui: &mut Ui, session: &mut Session) {
        let Some(condition) = session.condition().filter(|_| session.unscaled().is_ok()) else { return };
        let (Some(unscaled), Some(scaled)) = (condition.unscaled, condition.scaled) else { return };
        let words = format!("\u{3ba} {}; on the scales {}", short(unscaled, 3), short(scaled, 3));
        ui.add(Label::new(RichText::new(words).weak()).truncate()).on_hover_text(
            "Condition number of the Hessian at the minimum, its largest curvature by its least, without the scales of the columns, and \
             with them",
        );
    }

    /// Draws it into the space that is left, or says why it cannot be drawn.
    pub fn show_ui(&mut self, ui: &mut Ui, session: &mut Session, options: PlotOptions) {
        if let Err(reason) = session.unscaled() {
            ui.weak(format!("{}.", capitalized(&reason.to_string())));
            return;
        }
        let Some(window) = session.unscaled_window() else {
            ui.weak("The window of the plot is too wide or too narrow to be drawn in these parameters.");
            return;
        };
        if self.window != window {
            self.window = window;
            self.plot.look_at_region(window);
        }
        self.plot.show_unscaled_ui(ui, session, options, window);
    }
}

fn capitalized(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
