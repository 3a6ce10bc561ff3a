//! The document of the window: begun, opened, saved, with nothing lost on the way.

use std::path::{Path, PathBuf};

use egui::Ui;

use super::super::dialogs::{Answer, FileDialog, Purpose};
use super::super::files::{Document, file_stem, read_scenario};
use super::super::unsaved::{Unsaved, unsaved_ui};
use super::{App, Message};
use crate::figure::{FigureKind, FigureSpec, export, size_around_plot};
use crate::files::write_whole;
use crate::scenario::{History, Scenario};

/// The size of a picture of the plot in the window, in pixels for each screen point.
const PICTURE_SCALE: f32 = 2.0;

impl App {
    /// Begins with another document; asks first if that would lose changes.
    pub(super) fn begin_or_ask(&mut self, scenario: Scenario, file: Option<PathBuf>) {
        if self.document.is_changed(self.session.scenario()) {
            self.waiting = Some((scenario, file));
        } else {
            self.begin(scenario, file);
        }
    }

    /// Asks what is to become of changes that are in no file.
    pub(super) fn unsaved_ui(&mut self, ui: &Ui) {
        if self.waiting.is_none() {
            return;
        }
        let answer = unsaved_ui(ui, self.document.path.is_some());
        if answer == Unsaved::Waiting {
            return;
        }
        let waiting = self.waiting.take();
        if answer == Unsaved::Save
            && let Some(path) = self.document.path.clone()
        {
            self.save(path);
            if self.document.is_changed(self.session.scenario()) {
                // It could not be saved, which the message says; nothing is thrown away.
                return;
            }
        }
        if let (Unsaved::Save | Unsaved::Discard, Some((scenario, file))) = (answer, waiting) {
            self.begin(scenario, file);
        }
    }

    /// Begins with another document.
    fn begin(&mut self, scenario: Scenario, file: Option<PathBuf>) {
        self.document = Document::opened(file, &scenario);
        self.history = History::new(scenario.clone());
        self.message = None;
        self.adopt(scenario);
    }

    pub(super) fn ask(&mut self, purpose: Purpose) {
        let folder = match &self.document.path {
            Some(path) => path.parent().map(PathBuf::from).unwrap_or_default(),
            None => std::env::current_dir().unwrap_or_default(),
        };
        let stem = match self.document.path.as_ref().and_then(|path| path.file_stem()) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => file_stem(&self.session.scenario().title),
        };
        let proposed = match purpose {
            Purpose::Open => folder.join(""),
            Purpose::SaveAs => folder.join(format!("{stem}.toml")),
            Purpose::Picture => folder.join(format!("{stem}.png")),
        };
        self.dialog = Some(FileDialog::new(purpose, &proposed));
    }

    pub(super) fn dialog_ui(&mut self, ui: &mut Ui) {
        let Some(dialog) = &mut self.dialog else { return };
        let (answer, purpose) = (dialog.show_ui(ui), dialog.purpose);
        let path = match answer {
            Answer::Waiting => return,
            Answer::Cancelled => return self.dialog = None,
            Answer::Chosen(path) => path,
        };
        let done = match purpose {
            Purpose::Open => read_scenario(&path).map(|(scenario, file)| self.begin_or_ask(scenario, file)),
            Purpose::SaveAs => self.document.save(self.session.scenario(), &path),
            Purpose::Picture => self.save_picture(ui, &path),
        };
        match done {
            Ok(()) => {
                self.dialog = None;
                if purpose != Purpose::Open {
                    self.say(format!("saved {}", path.display()));
                }
            }
            Err(problem) => {
                if let Some(dialog) = &mut self.dialog {
                    dialog.problem = Some(problem);
                }
            }
        }
    }

    pub(super) fn save(&mut self, path: PathBuf) {
        match self.document.save(self.session.scenario(), &path) {
            Ok(()) => self.say(format!("saved {}", path.display())),
            Err(text) => self.message = Some(Message { text, is_error: true }),
        }
    }

    fn say(&mut self, text: String) {
        self.message = Some(Message { text, is_error: false });
    }

    /// The plot as it is seen, at twice its size on the screen.
    fn save_picture(&mut self, ui: &Ui, path: &Path) -> Result<(), String> {
        let Some(projection) = self.plot.projection else {
            return Err("nothing has been drawn yet".to_owned());
        };
        let mut spec = FigureSpec::of_size(size_around_plot(projection.frame.size(), &self.look));
        spec.scale = PICTURE_SCALE;
        spec.type_size = 12.0;
        spec.theme = ui.theme().into();
        spec.look = self.look;
        spec.step = Some(self.playback.step);
        spec.view = Some(self.plot.camera.into());
        let png =
            export(&mut self.session, &spec, FigureKind::Png, true).map_err(|error| error.to_string())?;
        write_whole(path, &png)
    }
}
