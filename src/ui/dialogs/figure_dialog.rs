//! The dialog of a figure: what is drawn, how large, and as what kind of file, with a preview at its true proportions.

mod choices;
mod controls;
mod preview;

pub use choices::FigureChoices;

use egui::{Align, Id, Key, Layout, Modal, Popup, RichText, ScrollArea, Ui, vec2};

use crate::figure::{FigureSpec, missing_letters, missing_letters_words};
use crate::session::Session;
use crate::ui::widgets::number_field;
use controls::{controls_ui, title_ui};
use preview::Preview;

/// What came of a frame of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureAnswer {
    Waiting,
    Cancelled,
    Save,
    Copy,
}

/// The open dialog.
#[derive(Default)]
pub struct FigureDialog {
    preview: Preview,
    has_had_focus: bool,
    /// Why the figure was not written the last time.
    problem: Option<String>,
}

const CONTROLS_WIDTH: f32 = 318.0;

impl FigureDialog {
    /// The dialog again, after the figure could not be written.
    pub fn after(problem: String) -> Self {
        Self { problem: Some(problem), ..Self::default() }
    }

    /// Draws the dialog. `seen` is the figure of what the window shows.
    pub fn show_ui(
        &mut self,
        ui: &Ui,
        session: &mut Session,
        choices: &mut FigureChoices,
        seen: &FigureSpec,
    ) -> FigureAnswer {
        // Long runs are stepped in slices, here as in the window.
        let is_stepped = session.is_stepped();
        let problem = choices.problem(seen, session);
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
                            if !choices.kind().is_numbers() {
                                retitle_ui(ui, session);
                            }
                            controls_ui(ui, choices, session.longest_run(), seen.contents);
                        });
                    },
                );
                ui.add_space(8.0);
                let room = vec2((size.x - CONTROLS_WIDTH - 24.0).max(60.0), height);
                if is_stepped {
                    self.preview.show_ui(ui, session, &choices.spec(seen), choices.kind(), room);
                } else {
                    ui.label("The preview comes when all steps have been taken.");
                    ui.request_repaint();
                }
            });
            ui.separator();
            let spec = choices.spec(seen);
            let missing = missing_letters(session.scenario(), &spec.parts);
            let warning = missing_letters_words(&missing, false).filter(|_| !choices.kind().is_numbers());
            self.answer_ui(ui, choices.kind().is_numbers(), problem.as_deref(), warning.as_deref())
        });
        if modal.should_close() && modal.inner == FigureAnswer::Waiting {
            FigureAnswer::Cancelled
        } else {
            modal.inner
        }
    }

    fn answer_ui(
        &mut self,
        ui: &mut Ui,
        is_numbers: bool,
        problem: Option<&str>,
        warning: Option<&str>,
    ) -> FigureAnswer {
        let enters = enters(ui);
        let mut answer = FigureAnswer::Waiting;
        ui.horizontal(|ui| {
            ui.add_enabled_ui(problem.is_none(), |ui| {
                let save = ui.button("Save figure…").on_hover_text("Choose where it is written (Enter)");
                if save.clicked() || enters && problem.is_none() {
                    answer = FigureAnswer::Save;
                }
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
            if let Some(problem) = problem.or(self.problem.as_deref()) {
                ui.label(RichText::new(problem).small().color(ui.visuals().error_fg_color));
            } else if let Some(warning) = warning {
                ui.label(RichText::new(warning).small().color(ui.visuals().warn_fg_color));
            }
        });
        answer
    }
}

/// The field of the title, and what is typed into it.
fn retitle_ui(ui: &mut Ui, session: &mut Session) {
    let scenario = session.scenario();
    let (title, formula) = (scenario.title.clone(), scenario.cost.formula().to_owned());
    if let Some(typed) = title_ui(ui, &title, &format!("J = {formula}")) {
        session.edit(|scenario| scenario.title = typed);
    }
}

/// Whether Enter was pressed where it means nothing else: in a field it also ends the typing, unless what stands there is
/// refused; a button and an open list have it for themselves.
fn enters(ui: &Ui) -> bool {
    if Popup::is_any_open(ui.ctx()) || !ui.input(|input| input.key_pressed(Key::Enter)) {
        return false;
    }
    let focused = ui.memory(|memory| memory.focused());
    let is_text = ui.ctx().text_edit_focused();
    focused.is_none() || is_text && !number_field::is_refused(ui.ctx())
}
