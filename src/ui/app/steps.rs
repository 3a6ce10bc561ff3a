//! What is opened and read beside the plot: its views, the steps that are gone to and copied there, and the notes.

use egui::{Context, Ui};

use super::App;
use super::tiling::ViewKind;
use crate::record::csv::{DecimalMark, tab_separated};
use crate::ui::actions::Action;
use crate::ui::dialogs::tour::Tour;
use crate::ui::views::steps_table::StepsRequest;

/// The most that is copied, in bytes: a display takes no more than 16 MiB in one piece (X11 with big requests), and what is
/// longer would be lost without a word.
const MOST_COPIED: usize = 16_000_000;

impl App {
    /// Opens or closes a view. The run that is pointed at is what it speaks of.
    pub(super) fn toggle_view(&mut self, kind: ViewKind) {
        let runs = &self.session.scenario().optimizers;
        let pointed_at = self.views.cards.hovered.or(self.views.cards.highlighted);
        let is_another = pointed_at.is_some_and(|index| self.views.chosen.index() != Some(index));
        if let Some(index) = pointed_at {
            self.views.chosen.choose(index, runs);
        }
        let views = &mut self.habits.arrangement.views;
        if is_another && kind != ViewKind::Charts {
            views.open(kind, self.views.room);
        } else {
            views.toggle(kind, self.views.room);
        }
    }

    /// Does what was asked for in the table.
    pub(super) fn act_on_steps(&mut self, ctx: &Context, request: StepsRequest) {
        match request {
            StepsRequest::GoTo(step) => self.go_to_step(ctx, step),
            StepsRequest::Choose(run) => self.views.chosen.choose(run, &self.session.scenario().optimizers),
            StepsRequest::Copy(index, mark) => self.copy_steps(ctx, index, mark),
        }
    }

    /// Goes to the next stage of the step, or the one before; opens the view of stages where it is closed.
    pub(super) fn go_to_stage(&mut self, ctx: &Context, forward: bool) {
        if !self.habits.arrangement.views.is_open(ViewKind::Step) {
            self.habits.arrangement.views.open(ViewKind::Step, self.views.room);
        }
        let last = self.session.longest_run();
        self.playback.playing = false;
        if let Some(step) = self.views.step.go(forward, self.playback.step, last) {
            self.go_to_step(ctx, step);
        }
        ctx.request_repaint();
    }

    /// Lets the view of a step look at the one that is shown, and go on where it plays.
    pub(super) fn look_at_step(&mut self, ui: &Ui) {
        if !self.habits.arrangement.views.is_open(ViewKind::Step) {
            self.views.step.close();
            return;
        }
        let elapsed = f64::from(ui.input(|input| input.stable_dt));
        if let Some(step) = self.views.step.play(elapsed, self.playback.step, self.session.longest_run()) {
            self.playback.hold_at(step);
        }
        if self.views.step.is_playing {
            ui.request_repaint();
        }
        let run = self.views.chosen.find(&self.session.scenario().optimizers);
        let moved = self.views.step.look_at(&self.session, run, self.playback.step);
        if let Some(extent) = moved.filter(|_| self.views.step.follows) {
            self.views.plot.look_at(&extent);
        }
    }

    /// Shows a step, and stands still.
    pub(super) fn go_to_step(&mut self, ctx: &Context, step: u32) {
        let step = step.min(self.session.longest_run());
        if step != self.playback.step || self.playback.playing {
            self.playback.hold_at(step);
            ctx.request_repaint();
        }
    }

    /// Draws the notes while they are open.
    pub(super) fn notes_ui(&mut self, ui: &Ui) {
        let (plot, has_keys) = (self.views.plot.projection.map(|plot| plot.frame), self.has_keys());
        self.views.notes.show_ui(ui, &mut self.session, plot, has_keys);
    }

    /// Whether keys without a modifier are nobody else's than those of what lies beside the plot.
    pub(super) fn has_keys(&self) -> bool {
        !self.keys_are_taken() && !matches!(self.overlays.tour, Tour::At(_))
    }

    /// Copies every step of a run as text that a spreadsheet takes.
    fn copy_steps(&mut self, ctx: &Context, index: usize, mark: DecimalMark) {
        let Some((path, _)) = self.session.trajectory(index) else { return };
        let rows = path.len();
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
