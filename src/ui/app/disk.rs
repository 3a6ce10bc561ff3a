//! Files that come from outside: dropped on the window, opened lately, or changed by another program.

use std::path::{Path, PathBuf};

use egui::{Event, Key, Popup, Ui};

use super::super::files::{Document, OnDisk, read_scenario};
use super::super::notice::{DiskAnswer, disk_ui, drop_overlay_ui, problem_ui};
use super::App;
use crate::files::Opened;
use crate::files::Stamp;

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
        self.document.look();
        if self.document.on_disk() != OnDisk::Gone {
            self.filing.knows_it_is_gone = false;
        }
    }

    pub(super) fn look_in_time(&mut self, ui: &Ui) {
        let (now, is_focused, gets_focus) = ui.input(|input| {
            let gets_focus = input.events.iter().any(|event| matches!(event, Event::WindowFocused(true)));
            (input.time, input.focused, gets_focus)
        });
        let is_time = self.filing.last_look.is_none_or(|last| is_focused && now - last >= LOOK_EVERY_SECS);
        if is_time || gets_focus {
            self.filing.last_look = Some(now);
            self.look_at_disk();
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
            DiskAnswer::KeepMine => self.document.accept_disk(),
            DiskAnswer::Save => self.save_or_ask(),
            DiskAnswer::Dismiss => self.filing.knows_it_is_gone = true,
        }
    }

    /// Goes back to the scenario in the file, as one step that can be undone under `name`.
    pub(super) fn take_from_disk(&mut self, name: &str) {
        let Some(path) = self.document.path().map(Path::to_owned) else {
            return self.say("the scenario is in no file yet".to_owned());
        };
        match read_scenario(&path) {
            Ok(Opened { scenario, .. }) => {
                self.history.jump(self.session.scenario(), &scenario, name);
                self.document = Document::opened(Some(path.clone()), &scenario);
                self.document.look();
                self.go_to(Some(scenario));
                self.say(format!("as it is in {}", path.display()));
            }
            Err(text) => self.report("The file cannot be read; the work stays as it is".to_owned(), text),
        }
    }

    /// Opens a file of the list of those that were open lately. One that is gone leaves the list.
    pub(super) fn open_recent(&mut self, index: usize) {
        let Some(path) = self.filing.recent.get(index).cloned() else { return };
        if let Err(text) = self.open_file(&path) {
            let mut heading = "The file cannot be opened; the work stays as it is".to_owned();
            if !path.exists() {
                self.filing.recent.remove(index);
                heading = "The file is no longer there and was taken from the list".to_owned();
            }
            self.report(heading, text);
        }
    }

    /// Opens what was dropped on the window: the first scenario among the files.
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
        let mut problems = Vec::new();
        for path in &dropped {
            match read_scenario(path) {
                Ok(opened) => {
                    self.filing.dialog = None;
                    self.filing.problem = None;
                    self.begin_or_ask(opened);
                    if dropped.len() > 1 {
                        let name = path.file_name().unwrap_or_default().to_string_lossy();
                        let others = dropped.len() - 1;
                        let files = if others == 1 { "file" } else { "files" };
                        self.say(format!("opened {name}; {others} other {files} dropped with it were left"));
                    }
                    return;
                }
                Err(problem) => problems.push(problem),
            }
        }
        self.report(
            "What was dropped cannot be opened; the work stays as it is".to_owned(),
            problems.join("\n"),
        );
    }
}
