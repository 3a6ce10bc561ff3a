//! Files that come from outside: dropped on the window, opened lately, or changed by another program.

use std::path::{Path, PathBuf};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use egui::{Event, Key, Popup, Ui};

use super::App;
use crate::ui::desktop::document::{Document, Found, OnDisk};
use crate::ui::desktop::paths::{There, what_is_at};
use crate::ui::desktop::purpose::is_table;
use crate::ui::desktop::{Errand, Opened, Stamp, open, stamp_of};
use crate::ui::desktop::{LOOK_EVERY, PATIENCE};
use crate::ui::dialogs::notice::{DiskAnswer, disk_ui, drop_overlay_ui, problem_ui};

/// How often the document's file is looked at while the window is drawn, in seconds.
const LOOK_EVERY_SECS: f64 = 2.0;

impl App {
    /// The document's file with its stamp at the last look, for whoever watches it between frames.
    pub fn file_on_disk(&self) -> Option<(&Path, Option<Stamp>)> {
        Some((self.document.path()?, self.document.stamp()))
    }

    /// Looks whether another program has changed the document's file. The window does so by itself when it gets the
    /// focus and every two seconds in which it is drawn.
    pub fn look_at_disk(&mut self) {
        // One look at a time: a folder that does not answer does not answer sooner when asked again.
        if self.filing.looking.is_none()
            && let Some(look) = self.document.look(false)
        {
            self.filing.looking = Some(Errand::begin(|_| look()));
            self.see_disk(PATIENCE);
        }
    }

    /// Looks whether the table that the rows are from is still as it was, and says so if it is not: the rows stay as they were read.
    fn look_at_table(&mut self) {
        let folder = self.document.path().and_then(Path::parent);
        let file = self.session.scenario().cost.data.as_ref().and_then(|data| data.file.as_ref());
        let Some(path) = folder.zip(file).map(|(folder, file)| folder.join(file)) else {
            (self.filing.looking_at_table, self.filing.table) = (None, None);
            return;
        };
        if let Some(looking) = &self.filing.looking_at_table {
            match looking.answer(Duration::ZERO) {
                Err(RecvTimeoutError::Timeout) => return,
                Ok(found) => self.see_table(found),
                Err(RecvTimeoutError::Disconnected) => {}
            }
        }
        self.filing.looking_at_table = Some(Errand::begin(move |_| {
            let stamp = stamp_of(&path);
            (path, stamp)
        }));
    }

    fn see_table(&mut self, (path, stamp): (PathBuf, Option<Stamp>)) {
        let before = self.filing.table.replace((path.clone(), stamp));
        let Some((known, was)) = before else { return };
        if known != path || was == stamp {
            return;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.say(match stamp {
            None => format!("{name} is gone: its rows stay as they were read, and saving writes them again"),
            Some(_) => format!("{name} was changed by another program: its rows stay as they were read"),
        });
    }

    /// Takes in what a look has found, if it comes within `patience`.
    fn see_disk(&mut self, patience: Duration) {
        let Some(looking) = &self.filing.looking else { return };
        match looking.answer(patience) {
            Err(RecvTimeoutError::Timeout) => return,
            Ok(Some(found)) => self.document.see(&found),
            Ok(None) | Err(RecvTimeoutError::Disconnected) => {}
        }
        self.filing.looking = None;
        if self.document.on_disk() != OnDisk::Gone {
            self.filing.knows_it_is_gone = false;
        }
    }

    pub(super) fn look_in_time(&mut self, ui: &Ui) {
        self.see_disk(Duration::ZERO);
        if self.filing.looking.is_some() {
            ui.request_repaint_after(LOOK_EVERY);
        }
        let (now, is_focused, gets_focus) = ui.input(|input| {
            let gets_focus = input.events.iter().any(|event| matches!(event, Event::WindowFocused(true)));
            (input.time, input.focused, gets_focus)
        });
        let is_time = self.filing.last_look.is_none_or(|last| is_focused && now - last >= LOOK_EVERY_SECS);
        if is_time || gets_focus {
            self.filing.last_look = Some(now);
            self.look_at_disk();
            self.look_at_table();
        }
    }

    /// The rows that say what went wrong and what others did to the file.
    pub(super) fn notices_ui(&mut self, ui: &mut Ui) {
        if let Some(problem) = &self.filing.problem {
            let is_free = !self.keys_are_taken() && !Popup::is_any_open(ui.ctx());
            let escaped = is_free && ui.input(|input| input.key_pressed(Key::Escape));
            if problem_ui(ui, problem) || escaped {
                self.filing.problem = None;
            }
        }
        let on_disk = self.document.on_disk();
        if on_disk == OnDisk::Gone && self.filing.knows_it_is_gone {
            return;
        }
        let Some(name) = self.document.name() else { return };
        match disk_ui(ui, &name, on_disk, self.has_changes()) {
            DiskAnswer::Waiting => {}
            DiskAnswer::Reload => self.take_from_disk("reload"),
            DiskAnswer::KeepMine => self.keep_mine(),
            DiskAnswer::Save => self.save_or_ask(),
            DiskAnswer::Dismiss => self.filing.knows_it_is_gone = true,
        }
    }

    /// Goes back to the scenario in the file, as one step that can be undone under `name`.
    pub(super) fn take_from_disk(&mut self, name: &str) {
        let Some(path) = self.document.path().map(Path::to_owned) else {
            return self.say("the scenario is in no file yet".to_owned());
        };
        let name = name.to_owned();
        self.read(&path.clone(), open, move |app, opened| match opened {
            Ok(Opened { scenario, .. }) => {
                app.history.jump(app.session.scenario(), &scenario, &name);
                app.show_as_opened(Document::opened(Some(path.clone()), &scenario));
                app.go_to(Some(scenario));
                app.say(format!("as it is in {}", path.display()));
            }
            Err(text) => app.report("The file cannot be read; the work stays as it is".to_owned(), text),
        });
    }

    /// Goes on with the work at hand, whatever the file holds now.
    fn keep_mine(&mut self) {
        let Some(path) = self.document.path().map(Path::to_owned) else { return };
        self.read(&path, |path| Found::at(path.to_owned()), |app, found| app.document.accept(&found));
    }

    /// Opens a file of the list of those that were open lately. One that is gone leaves the list.
    pub(super) fn open_recent(&mut self, index: usize) {
        let Some(path) = self.habits.recent.get(index).cloned() else { return };
        let work = |path: &Path| open(path).map_err(|text| (text, what_is_at(path) != There::Nothing));
        self.read(&path.clone(), work, move |app, opened| match opened {
            Ok(opened) => app.begin_or_ask(opened),
            Err((text, true)) => {
                app.report("The file cannot be opened; the work stays as it is".to_owned(), text);
            }
            Err((text, false)) => {
                app.habits.recent.retain(|recent| *recent != path);
                app.report("The file is no longer there and was taken from the list".to_owned(), text);
            }
        });
    }

    /// Opens what was dropped on the window: a table, or the first scenario among the files.
    pub(super) fn take_dropped(&mut self, ui: &Ui) {
        let (hovers, dropped) = ui.input(|input| {
            let dropped = &input.raw.dropped_files;
            (
                !input.raw.hovered_files.is_empty(),
                dropped.iter().map(|file| file.path().to_owned()).collect::<Vec<PathBuf>>(),
            )
        });
        if hovers {
            drop_overlay_ui(ui);
        }
        // A question about the work at hand is answered first.
        if dropped.is_empty() || self.filing.waiting.is_some() || self.filing.asks_to_overwrite {
            return;
        }
        let Some(first) = dropped.first().cloned() else { return };
        if is_table(&first) {
            self.filing.dialog = None;
            return match self.is_of_series() {
                true => self.take_series_table(&first, None),
                false => self.open_table(&first, None),
            };
        }
        let count = dropped.len();
        let work = move |_: &Path| {
            let mut problems = Vec::new();
            for path in dropped {
                match open(&path) {
                    Ok(opened) => return Ok((path, opened)),
                    Err(problem) => problems.push(problem),
                }
            }
            Err(problems)
        };
        self.read(&first, work, move |app, found| match found {
            Ok((path, opened)) => {
                app.filing.dialog = None;
                app.filing.problem = None;
                app.begin_or_ask(opened);
                if count > 1 {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    let others = count - 1;
                    let files = if others == 1 { "file" } else { "files" };
                    app.say(format!("opened {name}; {others} other {files} dropped with it were left"));
                }
            }
            Err(problems) => app.report(
                "What was dropped cannot be opened; the work stays as it is".to_owned(),
                problems.join("\n"),
            ),
        });
    }
}
