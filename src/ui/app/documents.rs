//! The document of the window: begun, opened, saved, with nothing lost on the way.

use std::path::{Path, PathBuf};

use egui::Ui;

use super::away::Away;
use super::{App, Message};
use crate::scenario::History;
use crate::ui::desktop::chooser::{Choice, Chooser};
use crate::ui::desktop::document::{Document, Found, OnDisk, file_stem, put_first};
use crate::ui::desktop::paths::{There, current_folder, what_is_at};
use crate::ui::desktop::purpose::{Purpose, is_table};
use crate::ui::desktop::{Errand, Opened, Stamp, open, open_table};
use crate::ui::dialogs::data_dialog::DataDialog;
use crate::ui::dialogs::file_dialog::{Answer, FileDialog};
use crate::ui::dialogs::notice::Trouble;
use crate::ui::dialogs::unsaved::{Overwrite, Unsaved, overwrite_ui, unsaved_ui};

/// What the window knows of files, beside its document.
#[derive(Default)]
pub(super) struct Filing {
    /// What went wrong and has not been dismissed.
    pub problem: Option<Trouble>,
    /// A document to begin with, once it is settled what becomes of the changes of this one.
    pub waiting: Option<Successor>,
    pub dialog: Option<FileDialog>,
    /// The system's own dialogs, where there are any.
    pub chooser: Option<Box<dyn Chooser>>,
    /// The file that is being read or written, and what is to come of it.
    pub away: Option<Away>,
    /// A look at the table of the document's rows that has not come back yet, and how it stood at the last one.
    pub looking_at_table: Option<Errand<(PathBuf, Option<Stamp>)>>,
    pub table: Option<(PathBuf, Option<Stamp>)>,
    /// A look at the document's file that has not come back yet.
    pub looking: Option<Errand<Option<Found>>>,
    /// What the system's dialog is open for.
    pub choosing: Option<(Purpose, PathBuf)>,
    /// Whether it is asked if what another program wrote is to be overwritten.
    pub asks_to_overwrite: bool,
    /// When the document's file was last looked at, in seconds of the window's clock.
    pub last_look: Option<f64>,
    /// Whether the notice that the file is gone was dismissed.
    pub knows_it_is_gone: bool,
}

/// A document that follows this one.
pub(super) struct Successor {
    opened: Opened,
    /// Whether the changes of this one are being saved before.
    is_saving: bool,
}

impl App {
    /// Whether something is in no file: a change of the scenario, or a formula that is wrong and so not part of it yet.
    pub(super) fn has_changes(&self) -> bool {
        let scenario = self.session.scenario();
        self.document.is_changed(scenario) || self.session.formula_text() != scenario.cost.formula()
    }

    /// Begins with another document; asks first if that would lose changes.
    pub(super) fn begin_or_ask(&mut self, opened: Opened) {
        if self.has_changes() || self.is_writing() {
            self.filing.waiting = Some(Successor { opened, is_saving: false });
        } else {
            self.begin(opened);
        }
    }

    /// Asks what is to become of changes that are in no file, and begins with the document that waits for the answer.
    pub(super) fn unsaved_ui(&mut self, ui: &Ui) {
        let is_busy = self.filing.asks_to_overwrite || self.is_choosing() || self.is_away();
        let Some(Successor { opened, is_saving }) = self.filing.waiting.take_if(|_| !is_busy) else { return };
        let is_saved = is_saving && !self.document.is_changed(self.session.scenario());
        let answer = if is_saved || !self.has_changes() { Unsaved::Discard } else { unsaved_ui(ui) };
        match answer {
            Unsaved::Keep => {}
            Unsaved::Discard => self.begin(opened),
            Unsaved::Waiting => self.filing.waiting = Some(Successor { opened, is_saving: false }),
            Unsaved::Save => {
                // It goes on when they are saved. Until then, and if that fails, nothing is thrown away.
                self.filing.waiting = Some(Successor { opened, is_saving: true });
                self.save_or_ask();
                ui.request_repaint();
            }
        }
    }

    /// Begins with another document.
    fn begin(&mut self, opened: Opened) {
        let Opened { scenario, file, picture, pinned } = opened;
        self.show_as_opened(Document::opened(file, &scenario).of_picture(picture));
        self.remember_file();
        self.history = History::new(scenario.clone());
        self.message = None;
        self.adopt(scenario);
        self.pin_of(pinned);
    }

    /// Takes a document for the one that is shown, and looks at its file soon.
    pub(super) fn show_as_opened(&mut self, document: Document) {
        self.document = document;
        self.filing.looking = None;
        (self.filing.away, self.filing.last_look) = (None, None);
    }

    pub(super) fn remember_file(&mut self) {
        // What was on its way to be found there is old.
        (self.filing.looking, self.filing.knows_it_is_gone) = (None, false);
        if let Some(path) = self.document.path() {
            put_first(&mut self.habits.recent, path);
        }
    }

    /// Uses the system's own file dialogs.
    pub fn set_chooser(&mut self, chooser: Box<dyn Chooser>) {
        self.filing.chooser = Some(chooser);
    }

    /// Asks for a file, by the system's dialog if it has one.
    pub(super) fn ask(&mut self, purpose: Purpose) {
        let proposed = self.proposed(purpose);
        match &mut self.filing.chooser {
            // Asked twice, the system's dialog is out of sight, or was lost with whatever showed it.
            _ if self.filing.choosing.take().is_some() => self.ask_for_path(purpose),
            Some(chooser) => {
                chooser.ask(purpose, &proposed);
                self.filing.choosing = Some((purpose, proposed));
            }
            None => self.filing.dialog = Some(FileDialog::new(purpose, &proposed)),
        }
    }

    /// Asks for a file by a path that is typed.
    pub(super) fn ask_for_path(&mut self, purpose: Purpose) {
        self.filing.choosing = None;
        self.filing.dialog = Some(FileDialog::new(purpose, &self.proposed(purpose)));
    }

    fn proposed(&self, purpose: Purpose) -> PathBuf {
        let path = self.document.path();
        let folder = match path {
            Some(path) => path.parent().map(PathBuf::from).unwrap_or_default(),
            None => current_folder(),
        };
        let stem = match path.and_then(Path::file_stem) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => file_stem(&self.session.scenario().title),
        };
        match purpose {
            Purpose::Open | Purpose::SeriesTable => folder.join(""),
            Purpose::SaveAs => folder.join(format!("{stem}.toml")),
            Purpose::SaveSeries => folder.join(format!("{stem}-series.toml")),
            Purpose::Figure(kind) => folder.join(format!("{stem}.{}", kind.ending())),
        }
    }

    /// Whether a file dialog is open, be it the system's, which leaves the window at work.
    pub(super) fn is_choosing(&self) -> bool {
        self.filing.dialog.is_some() || self.filing.choosing.is_some()
    }

    pub(super) fn dialog_ui(&mut self, ui: &mut Ui) {
        self.take_choice(ui);
        let Some(mut dialog) = self.filing.dialog.take() else { return };
        match dialog.show_ui(ui) {
            Answer::Waiting => self.filing.dialog = Some(dialog),
            Answer::Cancelled => {}
            Answer::Chosen(path) => self.use_file(ui, dialog.purpose, &path, Some(dialog)),
        }
    }

    /// Takes what the system's dialog came to. Where there is none, the window's own opens in its place.
    fn take_choice(&mut self, ui: &mut Ui) {
        if self.filing.choosing.is_none() {
            return;
        }
        let Some(choice) = self.filing.chooser.as_mut().and_then(|chooser| chooser.answer()) else { return };
        let Some((purpose, proposed)) = self.filing.choosing.take() else { return };
        match choice {
            Choice::Cancelled => {}
            Choice::Unavailable(_) => self.filing.dialog = Some(FileDialog::new(purpose, &proposed)),
            Choice::File(path) => {
                let mut dialog = FileDialog::new(purpose, &path);
                // The system has asked about the name it gave; if an ending is added to it, the dialog asks again.
                match dialog.decide_chosen() {
                    Answer::Chosen(path) => self.use_file(ui, purpose, &path, None),
                    _ => self.filing.dialog = Some(dialog),
                }
            }
        }
    }

    /// Does with a file what it was asked for. What goes wrong is said in the `dialog` that it was typed into.
    fn use_file(&mut self, ui: &Ui, purpose: Purpose, path: &Path, dialog: Option<FileDialog>) {
        match purpose {
            Purpose::Open => self.open_file(path, dialog),
            Purpose::SaveAs => self.save(path, dialog),
            Purpose::SaveSeries => self.save_series(path, dialog),
            Purpose::SeriesTable => self.take_series_table(path, dialog),
            Purpose::Figure(_) => self.write_figure(ui, path, dialog),
        }
    }

    /// Opens a scenario's file as soon as it is there.
    pub fn open(&mut self, path: &Path) {
        self.open_file(path, None);
    }

    /// Opens a scenario's file. If that fails, the work stays as it is.
    fn open_file(&mut self, path: &Path, dialog: Option<FileDialog>) {
        if is_table(path) {
            return self.open_table(path, dialog);
        }
        let there = path.to_owned();
        self.read(
            path,
            |path| (what_is_at(path), open(path)),
            move |app, found| match (found, dialog) {
                ((_, Ok(opened)), _) => app.begin_or_ask(opened),
                ((There::Folder, Err(_)), Some(mut dialog)) => {
                    dialog.enter(&there);
                    app.filing.dialog = Some(dialog);
                }
                ((_, Err(problem)), dialog) => app.ask_again(&there, problem, dialog),
            },
        );
    }

    /// Shows the rows of a table, to be chosen from.
    pub(super) fn open_table(&mut self, path: &Path, dialog: Option<FileDialog>) {
        let there = path.to_owned();
        self.read(path, open_table, move |app, found| {
            match found.and_then(|pasted| DataDialog::of_file(&there, pasted)) {
                Ok(data) => app.overlays.data = Some(data),
                Err(problem) => app.ask_again(&there, problem, dialog),
            }
        });
    }

    /// Says why a file cannot be used, in the dialog that asked for it or else in the window.
    pub(super) fn ask_again(&mut self, path: &Path, problem: String, dialog: Option<FileDialog>) {
        match dialog {
            Some(mut dialog) => {
                dialog.problem = Some(problem);
                self.filing.dialog = Some(dialog);
            }
            None => self.report(format!("{} could not be used", path.display()), problem),
        }
    }

    /// Saves to the scenario's file; asks for one if there is none, and before the work of others is overwritten.
    pub(super) fn save_or_ask(&mut self) {
        let Some(path) = self.document.path().map(Path::to_owned) else { return self.ask(Purpose::SaveAs) };
        self.read(
            &path,
            |path| Found::at(path.to_owned()),
            |app, found| {
                app.document.see(&found);
                if app.document.on_disk() == OnDisk::Changed {
                    app.filing.asks_to_overwrite = true;
                } else {
                    app.save(&found.path, None);
                }
            },
        );
    }

    pub(super) fn overwrite_ui(&mut self, ui: &Ui) {
        let path = self.document.path().map(Path::to_owned).filter(|_| self.filing.asks_to_overwrite);
        let (Some(path), Some(name)) = (path, self.document.name()) else { return };
        let answer = overwrite_ui(ui, &name);
        self.filing.asks_to_overwrite = answer == Overwrite::Waiting;
        match answer {
            Overwrite::Waiting | Overwrite::Cancel => {}
            Overwrite::Replace => self.save(&path, None),
            Overwrite::SaveAs => self.ask(Purpose::SaveAs),
        }
    }

    /// Saves the scenario, which goes on being worked on meanwhile. If that fails, it is said in the `dialog` that the path
    /// was typed into.
    fn save(&mut self, path: &Path, dialog: Option<FileDialog>) {
        let work = self.document.saving(self.session.scenario().clone(), path.to_owned());
        let there = path.to_owned();
        self.write(path, work, move |app, saved| match saved {
            Ok(document) => {
                app.document = document;
                app.remember_file();
                app.say(format!("saved {}", there.display()));
            }
            Err(problem) if dialog.is_some() => app.ask_again(&there, problem, dialog),
            Err(problem) => app.report("The scenario was not saved".to_owned(), problem),
        });
    }

    pub(super) fn say(&mut self, text: String) {
        self.message = Some(Message { text, is_error: false });
    }

    /// Says what went wrong where it cannot be overlooked.
    pub fn report(&mut self, heading: String, text: String) {
        self.filing.problem = Some(Trouble { heading, text });
    }
}
