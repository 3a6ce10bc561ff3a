//! The dialog that asks for a file: a path that can be typed, and the folder it leads to.

use std::path::{Path, PathBuf};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use crate::ui::desktop::folder_listing::Listing;
use crate::ui::desktop::purpose::Purpose;
use egui::{Id, Key, Modal, RichText, ScrollArea, TextEdit, Ui};

use crate::figure::FigureKind;
use crate::ui::desktop::Errand;
use crate::ui::desktop::paths::{There, home_folder, what_is_at};
use crate::ui::desktop::{LOOK_EVERY, PATIENCE};
use crate::ui::widgets::focus::select_all;

/// The dialog while it is open.
#[derive(Debug)]
pub struct FileDialog {
    pub purpose: Purpose,
    typed: String,
    /// What went wrong with the last path.
    pub problem: Option<String>,
    /// The existing file that may be replaced: the one that was asked about.
    may_replace: Option<PathBuf>,
    /// Where a path without a folder is.
    begun_in: PathBuf,
    folder: Option<Listing>,
    /// The file that is to be written, while it is looked what is there.
    looking: Option<Looking>,
    has_had_focus: bool,
}

/// A look at what would be written over, which may be on a network and slow.
#[derive(Debug)]
struct Looking {
    typed: PathBuf,
    /// The same with its ending.
    path: PathBuf,
    errand: Errand<There>,
}

/// What came of a frame of the dialog.
#[derive(Debug, PartialEq)]
pub enum Answer {
    Waiting,
    Cancelled,
    Chosen(PathBuf),
}

impl FileDialog {
    /// Asks for a file; `proposed` stands in the field at first.
    pub fn new(purpose: Purpose, proposed: &Path) -> Self {
        Self {
            purpose,
            typed: proposed.display().to_string(),
            problem: None,
            may_replace: None,
            begun_in: proposed.parent().map(Path::to_owned).unwrap_or_default(),
            folder: None,
            looking: None,
            has_had_focus: false,
        }
    }

    pub fn show_ui(&mut self, ui: &mut Ui) -> Answer {
        let mut answer = self.see(Duration::ZERO);
        let modal = Modal::new(Id::unique("file dialog")).show(ui.ctx(), |ui| {
            ui.set_width(460.0);
            ui.heading(self.purpose.title());
            let label = ui.label("File (a path; ~ is your home folder)");
            let id = Id::unique("path of a file");
            let field = ui
                .add(TextEdit::singleline(&mut self.typed).id(id).desired_width(f32::INFINITY))
                .labelled_by(label.id);
            if !self.has_had_focus && ui.input(|input| !input.key_down(Key::Enter)) {
                field.request_focus();
                select_all(ui.ctx(), id, &self.typed);
                self.has_had_focus = true;
            }
            if field.changed() {
                self.change();
            }
            self.folder_ui(ui);
            if self.looking.is_some() {
                ui.label(RichText::new("It is being looked what is there.").small());
                ui.request_repaint_after(LOOK_EVERY);
            }
            if let Some(problem) = &self.problem {
                ui.colored_label(ui.visuals().error_fg_color, problem);
            }
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            ui.horizontal(|ui| {
                let verb = if self.may_replace.is_some() { "Replace" } else { self.purpose.verb() };
                if ui.button(verb).clicked() || entered {
                    answer = self.decide();
                    // If this was not the end, the path is typed on.
                    self.has_had_focus = false;
                }
                if ui.button("Cancel").clicked() {
                    answer = Answer::Cancelled;
                }
            });
        });
        if modal.should_close() && answer == Answer::Waiting {
            answer = Answer::Cancelled;
        }
        answer
    }

    /// What the path of a file means that has been chosen, and asked about if it exists, elsewhere.
    pub fn decide_chosen(&mut self) -> Answer {
        let path = PathBuf::from(&self.typed);
        self.may_replace = Some(path);
        self.decide()
    }

    /// Goes into a folder.
    pub fn enter(&mut self, folder: &Path) {
        self.typed = with_slash(folder);
        self.change();
    }

    /// Forgets what was said of the path that stood there before.
    fn change(&mut self) {
        (self.problem, self.may_replace, self.looking) = (None, None, None);
    }

    /// What the typed path means: a file, or where something is saved also a folder to look into; an existing file is
    /// asked about before it is replaced.
    fn decide(&mut self) -> Answer {
        let mut path = self.begun_in.join(expand_home(self.typed.trim()));
        if self.typed.trim().is_empty() {
            self.problem = Some("Type the path of a file.".to_owned());
            return Answer::Waiting;
        }
        // What is opened is looked at when it is read.
        if self.purpose.reads() {
            return Answer::Chosen(path);
        }
        let typed = path.clone();
        let has_ending = match self.purpose {
            // The dot of `figure.1` begins no ending.
            Purpose::Figure(_) => FigureKind::of_path(&path).is_some(),
            _ => path.extension().is_some(),
        };
        if !has_ending {
            path.as_mut_os_string().push(format!(".{}", self.purpose.ending()));
        }
        if self.may_replace.as_ref() == Some(&path) {
            return Answer::Chosen(path);
        }
        let [typed_there, there] = [typed.clone(), path.clone()];
        let errand = Errand::begin(move |_| match [&typed_there, &there].map(|path| what_is_at(path)) {
            [There::Folder, _] => There::Folder,
            [_, There::Nothing] => There::Nothing,
            _ => There::File,
        });
        self.looking = Some(Looking { typed, path, errand });
        self.see(PATIENCE)
    }

    /// What follows from what is at the typed path, if that is known within `patience`.
    fn see(&mut self, patience: Duration) -> Answer {
        let Some(looking) = self.looking.take() else { return Answer::Waiting };
        let answer = looking.errand.answer(patience);
        let Looking { typed, path, .. } = &looking;
        match answer {
            Ok(There::Nothing) => return Answer::Chosen(path.clone()),
            Ok(There::Folder) => self.enter(typed),
            Ok(There::File) => {
                self.problem = Some(format!("{} exists. Replace it?", path.display()));
                self.may_replace = Some(path.clone());
            }
            Err(RecvTimeoutError::Timeout) => self.looking = Some(looking),
            Err(RecvTimeoutError::Disconnected) => {
                self.problem = Some(format!("{}: it cannot be seen what is there.", path.display()));
            }
        }
        Answer::Waiting
    }

    /// The folder of the typed path: folders to enter and files to choose.
    fn folder_ui(&mut self, ui: &mut Ui) {
        let typed = self.begun_in.join(expand_home(&self.typed));
        let folder = if self.typed.ends_with('/') || self.typed.is_empty() {
            typed
        } else {
            typed.parent().map(Path::to_owned).unwrap_or_default()
        };
        let endings = self.purpose.endings();
        let listing = match self.folder.take_if(|listing| listing.folder == folder) {
            Some(listing) => self.folder.insert(listing),
            None => self.folder.insert(Listing::begin(folder.clone(), endings.clone())),
        };
        let Some(entries) = listing.entries() else {
            ui.label(RichText::new("The folder has not answered yet.").small());
            ui.request_repaint_after(LOOK_EVERY);
            return;
        };
        let mut entered = None;
        ScrollArea::vertical().max_height(220.0).auto_shrink([false, true]).show(ui, |ui| {
            if folder.parent().is_some() && ui.selectable_label(false, "../  (up)").clicked() {
                entered = folder.parent().map(with_slash);
            }
            for entry in entries {
                let shown = if entry.is_folder { format!("{}/", entry.name) } else { entry.name.clone() };
                if ui.selectable_label(false, shown).clicked() {
                    let path = folder.join(&entry.name);
                    entered =
                        Some(if entry.is_folder { with_slash(&path) } else { path.display().to_string() });
                }
            }
            if entries.is_empty() {
                let endings = endings.join(", .");
                ui.label(RichText::new(format!("No folders and no .{endings} files here.")).small());
            }
        });
        if let Some(path) = entered {
            self.typed = path;
            self.change();
        }
    }
}

fn with_slash(folder: &Path) -> String {
    format!("{}/", folder.display().to_string().trim_end_matches('/'))
}

fn expand_home(typed: &str) -> PathBuf {
    match (typed.strip_prefix('~'), home_folder()) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with('/') => {
            home.join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a path means, however long it takes to look there.
    fn decided(dialog: &mut FileDialog) -> Answer {
        match dialog.decide() {
            Answer::Waiting => dialog.see(Duration::from_secs(60)),
            answer => answer,
        }
    }

    #[test]
    fn an_existing_file_is_replaced_only_after_it_was_asked_about() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, "x").unwrap();
        let mut dialog = FileDialog::new(Purpose::SaveAs, &path);
        assert_eq!(decided(&mut dialog), Answer::Waiting);
        assert_eq!(decided(&mut dialog), Answer::Chosen(path));
    }

    #[test]
    fn a_folder_that_does_not_answer_is_waited_for_until_another_path_is_typed() {
        let (_end, ends) = std::sync::mpsc::channel::<()>();
        let path = PathBuf::from("dead/a.toml");
        let errand = Errand::begin(move |_| ends.recv().map_or(There::Nothing, |()| There::File));
        let mut dialog = FileDialog::new(Purpose::SaveAs, &path);
        dialog.looking = Some(Looking { typed: path.clone(), path, errand });
        assert_eq!(dialog.see(Duration::from_millis(1)), Answer::Waiting);
        assert!(dialog.looking.is_some());
        dialog.change();
        assert_eq!(dialog.see(Duration::from_millis(1)), Answer::Waiting);
        assert!(dialog.looking.is_none());
    }

    #[test]
    fn an_ending_is_added_where_there_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let mut dialog = FileDialog::new(Purpose::Figure(FigureKind::Png), &folder.path().join("plot"));
        assert_eq!(decided(&mut dialog), Answer::Chosen(folder.path().join("plot.png")));
        for (typed, meant) in [("plot.1", "plot.1.png"), ("plot.svg", "plot.svg"), ("plot.", "plot..png")] {
            let mut dialog = FileDialog::new(Purpose::Figure(FigureKind::Png), &folder.path().join(typed));
            assert_eq!(decided(&mut dialog), Answer::Chosen(folder.path().join(meant)));
        }
        let mut dialog = FileDialog::new(Purpose::SaveAs, folder.path());
        assert_eq!(decided(&mut dialog), Answer::Waiting);
        assert!(dialog.typed.ends_with('/'));
    }
}
