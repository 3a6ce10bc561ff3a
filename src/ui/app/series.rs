//! Series in the window: one that is the document, which is then all of it, and one beside a cost, which is in no file unless that is
//! asked for.

use std::path::Path;

use egui::{Frame, Margin, RichText, Ui};

use super::App;
use super::middle::Middle;
use super::tiling::ViewKind;
use crate::expr::display_name;
use crate::scenario::Scenario;
use crate::session::{GradientSeries, MOST_GRADIENTS};
use crate::ui::actions::Action;
use crate::ui::desktop::document::saving_copy;
use crate::ui::desktop::open_table;
use crate::ui::desktop::purpose::Purpose;
use crate::ui::dialogs::file_dialog::FileDialog;
use crate::ui::views::head::{HeadOutput, head_ui};
use crate::ui::views::series_view::{OwnSeries, SeriesRequest};

/// The margins of a series that is the whole window, in points.
const AROUND: Margin = Margin::same(10);

impl App {
    /// Whether the document is a series.
    pub(super) fn is_of_series(&self) -> bool {
        self.session.scenario().series.is_some()
    }

    /// Draws the series that is the document, in the place of plot and views; nothing where it is none.
    pub(super) fn series_document_ui(&mut self, ui: &mut Ui, step: u32) -> Option<Middle> {
        let series = self.session.scenario().series.clone()?;
        self.views.plot.projection = None;
        let Self { views, habits, .. } = self;
        let shown = Frame::NONE
            .inner_margin(AROUND)
            .show(ui, |ui| views.series.show_ui(ui, habits.look, &series, step));
        let SeriesRequest { series: changed, t, asks_for_table } = shown.inner;
        if let Some(changed) = changed {
            self.session.edit(|scenario| scenario.series = Some(changed));
            ui.ctx().request_repaint();
        }
        if let Some(t) = t {
            self.go_to_step(ui.ctx(), t);
        }
        if asks_for_table {
            self.ask(Purpose::SeriesTable);
        }
        Some(Middle { rects: vec![shown.response.rect], asked: Vec::new() })
    }

    /// Draws the series beside a cost.
    pub(super) fn series_ui(&mut self, ui: &mut Ui, is_tab: bool) -> HeadOutput {
        let mut saves = false;
        let name = &self.views.series.own.name;
        let head = head_ui(ui, ViewKind::Series.title(), Action::Series, is_tab, |ui| {
            if !name.is_empty() {
                ui.label(RichText::new(name).weak());
            }
            let save = ui.button("Save as a file\u{2026}");
            let meaning = "This series is in no file, and goes when the window closes: write one that can be opened by itself";
            saves = save.on_hover_text(meaning).clicked();
        });
        if self.views.series.own_ui(ui, self.habits.look) {
            self.ask(Purpose::SeriesTable);
        }
        if saves {
            self.ask(Purpose::SaveSeries);
        }
        head
    }

    /// Takes a coordinate of the gradients of a run into the view, as a copy.
    pub(super) fn send_to_series(&mut self, run: usize, axis: usize) {
        let Some(GradientSeries { series, is_cut }) = self.session.gradient_series(run, axis) else {
            return self.say("this run has no step with a gradient yet".to_owned());
        };
        let scenario = self.session.scenario();
        let variable =
            scenario.cost.variable_names().get(axis).map(|name| display_name(name)).unwrap_or_default();
        let name = format!("\u{2202}J/\u{2202}{variable} of {}", scenario.run_name(run));
        self.views.series.take(series, name);
        // The views of this frame are being drawn.
        self.views.series.asks_to_open = true;
        if is_cut {
            self.say(format!("a series of the first {MOST_GRADIENTS} steps that have a gradient"));
        }
    }

    /// Takes the numbers of a table in place of those of the series that is looked at. If that fails, these stay.
    pub(super) fn take_series_table(&mut self, path: &Path, dialog: Option<FileDialog>) {
        let there = path.to_owned();
        self.read(path, open_table, move |app, found| {
            let name = there.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let document = app.session.scenario().series.clone();
            let views = &mut app.views.series;
            let series = document.as_ref().unwrap_or(&views.own.series).clone();
            match found.and_then(|pasted| views.look_at(name.clone(), pasted.table, &series)) {
                Ok(made) if document.is_some() => app.session.edit(|scenario| scenario.series = Some(made)),
                Ok(made) => {
                    let t = u32::try_from(made.values().len()).unwrap_or(u32::MAX);
                    views.own = OwnSeries { series: made, name, t };
                }
                Err(problem) => app.ask_again(&there, problem, dialog),
            }
        });
    }

    /// Writes the series beside the cost to a file of its own, which the window does not open.
    pub(super) fn save_series(&mut self, path: &Path, dialog: Option<FileDialog>) {
        let own = &self.views.series.own;
        let scenario = Scenario { title: own.name.clone(), ..Scenario::of_series(own.series.clone()) };
        let work = saving_copy(self.document.place().clone(), scenario, path.to_owned());
        let there = path.to_owned();
        self.write(path, work, move |app, saved| match saved {
            Ok(()) => app.say(format!("saved {}", there.display())),
            Err(problem) => app.ask_again(&there, problem, dialog),
        });
    }
}
