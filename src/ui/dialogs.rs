//! The dialog that asks for a file: a path that can be typed, and the folder it leads to.

mod listing;

use std::path::{Path, PathBuf};

use egui::{Id, Key, Modal, RichText, ScrollArea, TextEdit, Ui};
use listing::Listing;

use super::files::LOOK_EVERY;
use super::focus::select_all;
use crate::figure::FigureKind;

/// What the file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A scenario is read from it.
    Open,
    /// The scenario is saved to it.
    SaveAs,
    /// A figure is written to it.
    Figure(FigureKind),
}

impl Purpose {
    /// What the dialog is headed with.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "Open a scenario",
            Self::SaveAs => "Save the scenario as",
            Self::Figure(_) => "Save the figure",
        }
    }

    fn verb(self) -> &'static str {
        if self == Self::Open { "Open" } else { "Save" }
    }

    /// How the names of such files end, without the dot; a new one ends as the first says. A picture opens as the scenario
    /// that it carries.
    pub fn endings(self) -> Vec<&'static str> {
        match self {
            Self::Figure(kind) => vec![kind.ending()],
            Self::Open => vec!["toml", "svg", "png", "pdf"],
            Self::SaveAs => vec!["toml"],
        }
    }

    /// How the name of a new file ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Figure(kind) => kind.ending(),
            Self::Open | Self::SaveAs => "toml",
        }
    }
}

/// The dialog while it is open.
#[derive(Debug)]
pub(super) struct FileDialog {
    pub purpose: Purpose,
    typed: String,
    /// What went wrong with the last path.
    pub problem: Option<String>,
    /// The existing file that may be replaced: the one that was asked about.
    may_replace: Option<PathBuf>,
    /// Where a path without a folder is.
    begun_in: PathBuf,
    folder: Option<Listing>,
    has_had_focus: bool,
}

/// What came of a frame of the dialog.
#[derive(Debug, PartialEq)]
pub(super) enum Answer {
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
            has_had_focus: false,
        }
    }

    pub fn show_ui(&mut self, ui: &mut Ui) -> Answer {
        let mut answer = Answer::Waiting;
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
                self.problem = None;
                self.may_replace = None;
            }
            self.folder_ui(ui);
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
        if self.purpose != Purpose::Open {
            self.may_replace = path.is_file().then_some(path);
        }
        self.decide()
    }

    /// Goes into a folder.
    pub fn enter(&mut self, folder: &Path) {
        self.typed = with_slash(folder);
        self.problem = None;
        self.may_replace = None;
    }

    /// What the typed path means: a file, or where something is saved also a folder to look into; an existing file is
    /// asked about before it is replaced.
    fn decide(&mut self) -> Answer {
        let mut path = self.begun_in.join(expand_home(self.typed.trim()));
        if self.typed.trim().is_empty() {
            self.problem = Some("Type the path of a file.".to_owned());
            return Answer::Waiting;
        }
        // What is opened is looked at where that holds up nothing.
        if self.purpose != Purpose::Open {
            if path.is_dir() {
                self.enter(&path);
                return Answer::Waiting;
            }
            let has_ending = match self.purpose {
                // The dot of `figure.1` begins no ending.
                Purpose::Figure(_) => FigureKind::of_path(&path).is_some(),
                _ => path.extension().is_some(),
            };
            if !has_ending {
                path.as_mut_os_string().push(format!(".{}", self.purpose.ending()));
            }
            if path.exists() && self.may_replace.as_ref() != Some(&path) {
                self.problem = Some(format!("{} exists. Replace it?", path.display()));
                self.may_replace = Some(path);
                return Answer::Waiting;
            }
        }
        Answer::Chosen(path)
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
            self.problem = None;
            self.may_replace = None;
        }
    }
}

fn with_slash(folder: &Path) -> String {
    format!("{}/", folder.display().to_string().trim_end_matches('/'))
}

fn expand_home(typed: &str) -> PathBuf {
    match (typed.strip_prefix('~'), std::env::home_dir()) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with('/') => {
            home.join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_existing_file_is_replaced_only_after_it_was_asked_about() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, "x").unwrap();
        let mut dialog = FileDialog::new(Purpose::SaveAs, &path);
        assert_eq!(dialog.decide(), Answer::Waiting);
        assert_eq!(dialog.decide(), Answer::Chosen(path));
    }

    #[test]
    fn an_ending_is_added_where_there_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let mut dialog = FileDialog::new(Purpose::Figure(FigureKind::Png), &folder.path().join("plot"));
        assert_eq!(dialog.decide(), Answer::Chosen(folder.path().join("plot.png")));
        for (typed, meant) in [("plot.1", "plot.1.png"), ("plot.svg", "plot.svg"), ("plot.", "plot..png")] {
            let mut dialog = FileDialog::new(Purpose::Figure(FigureKind::Png), &folder.path().join(typed));
            assert_eq!(dialog.decide(), Answer::Chosen(folder.path().join(meant)));
        }
        let mut dialog = FileDialog::new(Purpose::SaveAs, folder.path());
        assert_eq!(dialog.decide(), Answer::Waiting);
        assert!(dialog.typed.ends_with('/'));
    }
}
