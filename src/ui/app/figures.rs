//! Figures of what is seen: chosen in a dialog, written beside the work, copied.

use std::path::Path;

use egui::{ColorImage, Context, Panel, Ui};

use super::App;
use super::tiling::ViewKind;
use crate::figure::explained::StepChoice;
use crate::figure::graph::GraphChoice;
use crate::figure::plane::camera::Camera;
use crate::figure::{Contents, FigureKind, FigureSpec, Look, preview};
use crate::scenario;
use crate::session::ContoursOf;
use crate::ui::desktop::exporting::{Exported, FigureExport};
use crate::ui::desktop::purpose::Purpose;
use crate::ui::desktop::show_in_folder::show_in_folder;
use crate::ui::dialogs::figure_dialog::{FigureAnswer, FigureDialog};
use crate::ui::dialogs::file_dialog::FileDialog;

impl super::FigureFile {
    /// What is chosen is a figure of the plot.
    fn of_the_plot(&mut self) {
        (self.step, self.is_of_race, self.graph, self.map) = (None, false, None, None);
    }
}

impl App {
    /// The figure of what the window shows now.
    fn seen(&self) -> FigureSpec {
        // What is seen is more than what is looked at, where the axes are equal.
        let exact = self.views.plot.projection.filter(|_| self.habits.figure.is_exact());
        let camera = exact.map_or(self.views.plot.camera, |projection| Camera {
            region: projection.region,
            ..self.views.plot.camera
        });
        let shows_data = self.session.scenario().cost.data.is_some()
            && self.habits.arrangement.views.is_open(ViewKind::Data);
        // Its numbers are asked for beside its table alone: whoever looks at it may mean those of the runs.
        let shows_race =
            !self.habits.figure.kind().is_numbers() && self.habits.arrangement.views.is_open(ViewKind::Race);
        FigureSpec {
            look: Look { gradient_arrow: false, hessian_axes: false, ..self.habits.look },
            step: Some(self.playback.step),
            view: Some(camera.into()),
            pinned: self.pinned_scenario().map(scenario::write_inline),
            contents: if self.figure_file.step.is_some() {
                Contents::Step
            } else if self.figure_file.is_of_race {
                Contents::Race
            } else if self.figure_file.graph.is_some() {
                Contents::Graph
            } else if self.figure_file.map.is_some() {
                Contents::Map
            } else if self.habits.arrangement.views.is_open(ViewKind::Charts) {
                Contents::Both
            } else if self.session.unscaled().is_ok()
                && self.habits.arrangement.views.is_open(ViewKind::Unscaled)
            {
                Contents::Unscaled
            } else if shows_data {
                Contents::Data
            } else if shows_race {
                Contents::Race
            } else {
                Contents::Plot
            },
            explained: self.figure_file.step.unwrap_or_default(),
            spoken_of: (self.views.chosen.index())
                .filter(|_| shows_data || self.habits.look.contours != ContoursOf::Cost),
            touched: self.views.plot.touched,
            race: self.habits.race,
            graph: self.figure_file.graph.clone().unwrap_or_default(),
            map_run: self.figure_file.map.unwrap_or_default(),
            has_tuned_rates: self.session.rates_are_tuned(),
            chart: self.habits.charts.first().copied().unwrap_or_default(),
            ..FigureSpec::default()
        }
    }

    pub(super) fn open_figure_dialog(&mut self) {
        // The preview stands still while it is looked at.
        self.playback.playing = false;
        self.overlays.figure_dialog = Some(FigureDialog::default());
        self.figure_file.of_the_plot();
    }

    /// The dialog for a figure of the graph of the cost.
    pub(super) fn open_figure_of_graph(&mut self, choice: GraphChoice) {
        self.open_figure_dialog();
        self.figure_file.graph = Some(choice);
    }

    /// The dialog for a figure of the map of a run.
    pub(super) fn open_figure_of_map(&mut self, run: usize) {
        self.open_figure_dialog();
        self.figure_file.map = Some(run);
    }

    /// The dialog for a figure of the race, or a file of its numbers.
    pub(super) fn open_figure_of_race(&mut self) {
        self.open_figure_dialog();
        self.figure_file.is_of_race = true;
    }

    /// The dialog for a figure of the step that is taken apart.
    pub(super) fn open_figure_of_step(&mut self, choice: StepChoice) {
        self.open_figure_dialog();
        self.figure_file.step = Some(choice);
    }

    pub(super) fn figure_ui(&mut self, ui: &Ui) {
        // The window's own file dialog lies over this one.
        if self.overlays.figure_dialog.is_none() || self.is_choosing() {
            return;
        }
        let seen = self.seen();
        let Some(dialog) = &mut self.overlays.figure_dialog else { return };
        match dialog.show_ui(ui, &mut self.session, &mut self.habits.figure, &seen) {
            FigureAnswer::Waiting => {}
            FigureAnswer::Cancelled => self.overlays.figure_dialog = None,
            FigureAnswer::Save => self.ask(Purpose::Figure(self.habits.figure.kind())),
            FigureAnswer::Copy => {
                self.copy_picture(ui.ctx());
                self.overlays.figure_dialog = None;
            }
        }
    }

    /// Copies the figure as pixels.
    pub(super) fn copy_picture(&mut self, ctx: &Context) {
        if self.overlays.figure_dialog.is_none() {
            self.figure_file.of_the_plot();
        }
        if !self.is_stepped() {
            return self.say("steps are still being taken: copy the picture when they are".to_owned());
        }
        let spec = self.habits.figure.spec(&self.seen());
        let [width, height] = spec.pixels().map(|side| side as f32);
        let picture: Result<ColorImage, _> = preview(&mut self.session, &spec, egui::vec2(width, height));
        match picture {
            Ok(image) => {
                self.say(format!("copied a picture of {} × {} pixels", image.size[0], image.size[1]));
                ctx.copy_image(image);
            }
            Err(error) => self.report("The picture was not copied".to_owned(), error.to_string()),
        }
    }

    /// Begins to write the figure to a file. Why it cannot be is said in the `dialog` that the path was typed into.
    pub(super) fn write_figure(&mut self, ui: &Ui, path: &Path, dialog: Option<FileDialog>) {
        // As on the command line, the ending says the kind.
        if let Some(kind) = FigureKind::of_path(path) {
            self.habits.figure.set_kind(kind);
        }
        let seen = self.seen();
        if let Some(problem) = self.habits.figure.problem(&seen, &self.session) {
            return self.ask_again(path, problem, dialog);
        }
        let spec = self.habits.figure.spec(&seen);
        let (kind, has_scenario) = (self.habits.figure.kind(), self.habits.figure.has_scenario());
        let scenario = self.session.scenario().clone();
        let (place, ctx) = (self.document.place().clone(), ui.ctx().clone());
        let check = move |path: &Path| place.check_figure(path, has_scenario && kind.carries_scenario());
        let there = path.to_owned();
        self.read(path, check, move |app, checked| {
            let begun = if app.figure_file.exporting.is_some() {
                Err("another figure is still being written".to_owned())
            } else {
                checked.map(|()| FigureExport::begin(&ctx, scenario, spec, kind, has_scenario, &there))
            };
            match begun {
                Ok(exporting) => {
                    app.figure_file.exporting = Some(exporting);
                    app.overlays.figure_dialog = None;
                }
                Err(problem) => app.ask_again(&there, problem, dialog),
            }
        });
    }

    /// What is being written, or what has been.
    pub(super) fn exporting_ui(&mut self, ui: &mut Ui) {
        match self.figure_file.exporting.as_ref().and_then(FigureExport::over) {
            None => {}
            Some(over) => {
                self.figure_file.exporting = None;
                match over {
                    Exported::Written(path, note) => {
                        let note = note.map(|note| format!("; {note}")).unwrap_or_default();
                        self.say(format!("saved {}{note}", path.display()));
                        self.figure_file.written = Some(path);
                        self.filing.problem = None;
                    }
                    Exported::Failed(path, reason) => {
                        let problem = format!("{} was not written: {reason}", path.display());
                        self.overlays.figure_dialog = Some(FigureDialog::after(problem));
                    }
                }
            }
        }
        if let Some(exporting) = &self.figure_file.exporting
            && Panel::top("exporting").show(ui, |ui| exporting.progress_ui(ui)).inner
        {
            self.figure_file.exporting = None;
            self.say("the figure was called off; nothing was written".to_owned());
        }
        let Some(path) = self.figure_file.written.clone() else { return };
        Panel::top("written").show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(format!("Saved {}", path.display()));
                if ui.button("Show").on_hover_text("Show it in its folder").clicked()
                    && let Err(reason) = show_in_folder(&path)
                {
                    self.report("The folder cannot be shown".to_owned(), reason);
                }
                if ui.button("Dismiss").clicked() {
                    self.figure_file.written = None;
                }
            });
        });
    }
}
