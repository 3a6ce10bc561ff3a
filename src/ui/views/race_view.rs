//! What came of each run beside the plot, as a table that is sorted by its heads; and the search for the best rate of each.

use egui::{Button, ProgressBar, RichText, Role, ScrollArea, Ui, WidgetInfo};

use crate::figure::Look;
use crate::figure::race::{RaceMarks, RaceTable};
use crate::record::csv::DecimalMark;
use crate::record::race::{RaceOrder, tuned_words};
use crate::session::Session;
use crate::ui::actions::Action;
use crate::work::Progress;

/// The view, with what it holds from one frame to the next.
#[derive(Debug, Default)]
pub struct RaceView {
    /// The run whose row is under the pointer.
    pub hovered: Option<usize>,
    /// Whether numbers are copied with a decimal comma.
    copies_commas: bool,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RaceRequest {
    /// Speak of the run at this index.
    Choose(usize),
    /// Find the best rate for each run.
    Tune,
    /// Leave that off.
    CallOff,
    /// Copy the table, with such numbers.
    Copy(DecimalMark),
    /// Make a figure of it, or a file of its numbers.
    Figure,
}

impl RaceView {
    /// The row of controls; `tuning` is how far the search for the best rates is. Returns what was asked for.
    pub fn controls_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        tuning: Option<Progress>,
    ) -> Option<RaceRequest> {
        let mut request = None;
        if let Some(progress) = tuning {
            let share = progress.done as f32 / progress.total.max(1) as f32;
            let bar = ui.add(ProgressBar::new(share).desired_width(90.0));
            bar.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, progress.to_string()));
            ui.label(progress.to_string());
            if ui.button("Cancel").on_hover_text("Keep every rate as it is").clicked() {
                request = Some(RaceRequest::CallOff);
            }
        } else {
            let has_rates = session.scenario().optimizers.iter().any(|run| !run.settings.rates().x.is_nan());
            let tune = ui.add_enabled(has_rates, Button::new(Action::TuneRates.label()));
            let tune = tune
                .on_hover_text(Action::TuneRates.explanation(ui.ctx()))
                .on_disabled_hover_text("No run has a learning rate");
            if tune.clicked() {
                request = Some(RaceRequest::Tune);
            }
        }
        let copy = ui.button("Copy table");
        if copy.on_hover_text("Copy it with all digits, to be pasted into a spreadsheet").clicked() {
            let mark = if self.copies_commas { DecimalMark::Comma } else { DecimalMark::Point };
            request = Some(RaceRequest::Copy(mark));
        }
        ui.checkbox(&mut self.copies_commas, "decimal comma")
            .on_hover_text("Copy 0,5 in place of 0.5, for spreadsheets in languages that write it so");
        let figure = ui.button("Figure…");
        if figure
            .on_hover_text("Save the plot with this table as a picture, or the table as CSV or JSON")
            .clicked()
        {
            request = Some(RaceRequest::Figure);
        }
        request
    }

    /// The table, and below it whether rates were tuned. Returns what was asked for.
    pub fn show_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        look: Look,
        marks: RaceMarks,
        order: &mut RaceOrder,
    ) -> Option<RaceRequest> {
        let mut table = RaceTable::of(session, *order);
        table.close_up(ui, ui.available_width());
        let output = ScrollArea::both().auto_shrink([false, false]).show(ui, |ui| {
            let output = table.show_ui(ui, session, look, marks, usize::MAX);
            if session.rates_are_tuned() {
                ui.add_space(4.0);
                ui.label(RichText::new(tuned_words(session.scenario())).small().weak());
            }
            output
        });
        let output = output.inner;
        if output.hovered != self.hovered {
            // The plot was drawn before.
            ui.ctx().request_repaint();
        }
        self.hovered = output.hovered;
        if let Some(column) = output.sorted_by {
            *order = order.by(column);
        }
        output.clicked.map(RaceRequest::Choose)
    }
}
