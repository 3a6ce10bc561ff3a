//! The dialog of a figure: what is drawn, how large, and as what kind of file, with a preview at its true proportions.

mod choices;
mod controls;
mod preview;

pub use choices::FigureChoices;

use egui::{Align, Id, Layout, Modal, RichText, ScrollArea, Ui, vec2};

use crate::figure::FigureSpec;
use crate::session::Session;
use controls::controls_ui;
use preview::Preview;

/// What came of a frame of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FigureAnswer {
    Waiting,
    Cancelled,
    Save,
    Copy,
}

/// The open dialog.
#[derive(Default)]
pub(super) struct FigureDialog {
    preview: Preview,
    has_had_focus: bool,
}

const CONTROLS_WIDTH: f32 = 318.0;

impl FigureDialog {
    /// Draws the dialog. `seen` is the figure of what the window shows.
    pub fn show_ui(
        &mut self,
        ui: &Ui,
        session: &mut Session,
        choices: &mut FigureChoices,
        seen: &FigureSpec,
    ) -> FigureAnswer {
        session.finish();
        let problem = choices.problem(seen, session.longest_run());
        let room = ui.ctx().content_rect().size() - vec2(40.0, 40.0);
        let modal = Modal::new(Id::unique("figure")).show(ui.ctx(), |ui| {
            // All of it from the first frame on, so that nothing moves under the pointer.
            let width = room.x.min(1240.0);
            let size = vec2(width, room.y.min(0.6 * width));
            ui.set_min_size(size);
            ui.set_max_size(size);
            ui.heading("Figure");
            let height = (size.y - 68.0).max(60.0);
            let columns = vec2(size.x, height);
            ui.allocate_ui_with_layout(columns, Layout::left_to_right(Align::Min), |ui| {
                ui.allocate_ui_with_layout(
                    vec2(CONTROLS_WIDTH, height),
                    Layout::top_down(Align::Min),
                    |ui| {
                        ui.set_width(CONTROLS_WIDTH);
                        ScrollArea::vertical().max_height(height).auto_shrink(false).show(ui, |ui| {
                            controls_ui(ui, choices, session.longest_run());
                        });
                    },
                );
                ui.add_space(8.0);
                let room = vec2((size.x - CONTROLS_WIDTH - 24.0).max(60.0), height);
                self.preview.show_ui(ui, session, &choices.spec(seen), choices.kind(), room);
            });
            ui.separator();
            self.answer_ui(ui, choices.kind().is_numbers(), problem.as_deref())
        });
        if modal.should_close() && modal.inner == FigureAnswer::Waiting {
            FigureAnswer::Cancelled
        } else {
            modal.inner
        }
    }

    fn answer_ui(&mut self, ui: &mut Ui, is_numbers: bool, problem: Option<&str>) -> FigureAnswer {
        let mut answer = FigureAnswer::Waiting;
        ui.horizontal(|ui| {
            ui.add_enabled_ui(problem.is_none(), |ui| {
                let save = ui.button("Save figure…").on_hover_text("Choose where it is written");
                if save.clicked() {
                    answer = FigureAnswer::Save;
                }
                // Enter saves, until something else is chosen.
                if !self.has_had_focus && problem.is_none() {
                    save.request_focus();
                    self.has_had_focus = true;
                }
                if !is_numbers
                    && ui.button("Copy picture").on_hover_text("As pixels, to be pasted elsewhere").clicked()
                {
                    answer = FigureAnswer::Copy;
                }
            });
            if ui.button("Cancel").clicked() {
                answer = FigureAnswer::Cancelled;
            }
            if let Some(problem) = problem {
                ui.label(RichText::new(problem).small().color(ui.visuals().error_fg_color));
            }
        });
        answer
    }
}
