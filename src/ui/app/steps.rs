//! What is read beside the plot: the table of the steps of a run, gone through and copied, and the notes.

use egui::{Context, Ui};

use super::App;
use crate::record::csv::{DecimalMark, tab_separated};
use crate::ui::actions::Action;
use crate::ui::dialogs::tour::Tour;
use crate::ui::views::steps_table::{StepsRequest, StepsView};

/// The most that is copied, in bytes: a display takes no more than 16 MiB in one piece (X11 with big requests), and what is
/// longer would be lost without a word.
const MOST_COPIED: usize = 16_000_000;

impl App {
    /// Opens the table on the run that is pointed at, or closes it.
    pub(super) fn toggle_steps(&mut self) {
        let pointed_at = self.views.cards.hovered.or(self.views.cards.highlighted);
        self.views.steps.toggle(pointed_at, &self.session.scenario().optimizers);
    }

    /// Draws the table while it is open.
    pub(super) fn steps_ui(&mut self, ui: &Ui) {
        let view = StepsView {
            step: self.playback.step,
            is_playing: self.playback.playing,
            look: self.habits.look,
            has_keys: self.has_keys(),
            plot: self.views.plot.projection,
        };
        match self.views.steps.show_ui(ui, &self.session, view) {
            None => {}
            Some(StepsRequest::GoTo(step)) => {
                self.playback.hold_at(step.min(self.session.longest_run()));
                ui.request_repaint();
            }
            Some(StepsRequest::Copy(index, mark)) => self.copy_steps(ui.ctx(), index, mark),
        }
    }

    /// Draws the notes while they are open.
    pub(super) fn notes_ui(&mut self, ui: &Ui) {
        let (plot, has_keys) = (self.views.plot.projection.map(|plot| plot.frame), self.has_keys());
        self.views.notes.show_ui(ui, &mut self.session, plot, has_keys);
    }

    /// Whether keys without a modifier are nobody else's than those of what lies beside the plot.
    fn has_keys(&self) -> bool {
        !self.keys_are_taken() && !matches!(self.overlays.tour, Tour::At(_))
    }

    /// Copies every step of a run as text that a spreadsheet takes.
    fn copy_steps(&mut self, ctx: &Context, index: usize, mark: DecimalMark) {
        let Some((path, _)) = self.session.trajectory(index) else { return };
        let rows = path.points.len();
        let names = self.session.scenario().cost.variable_names();
        match tab_separated(names, path, mark, MOST_COPIED) {
            Some(text) => {
                ctx.copy_text(text);
                self.say(format!("copied {rows} rows"));
            }
            None => {
                let figure = Action::Figure.explanation(ctx);
                self.report(
                    "The table was not copied".to_owned(),
                    format!(
                        "its {rows} rows are more than the {} MB that a clipboard takes. {} writes them to a CSV file: {figure}",
                        MOST_COPIED / 1_000_000,
                        Action::Figure.label(),
                    ),
                );
            }
        }
    }
}
