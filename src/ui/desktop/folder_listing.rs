//! The names in a folder, which may be on a network and slow.

use std::path::{Path, PathBuf};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use super::PATIENCE;
use crate::files::Errand;

/// What is in a folder, once it is known.
#[derive(Debug)]
pub struct Listing {
    pub folder: PathBuf,
    entries: Vec<Entry>,
    errand: Option<Errand<Vec<Entry>>>,
}

#[derive(Debug)]
pub struct Entry {
    pub name: String,
    pub is_folder: bool,
}

/// The most names of a folder that are listed.
const MAX_ENTRIES: usize = 500;

impl Listing {
    /// Begins to list what is in `folder`: folders, and files with one of these endings.
    pub fn begin(folder: PathBuf, endings: Vec<&'static str>) -> Self {
        let there = folder.clone();
        let errand = Some(Errand::begin(move |_| list(&there, &endings)));
        let mut listing = Self { folder, entries: Vec::new(), errand };
        listing.wait(PATIENCE);
        listing
    }

    fn wait(&mut self, patience: Duration) {
        match self.errand.as_ref().map(|errand| errand.answer(patience)) {
            None | Some(Err(RecvTimeoutError::Timeout)) => {}
            Some(answer) => {
                self.errand = None;
                self.entries = answer.unwrap_or_default();
            }
        }
    }

    /// The names, once they are there.
    pub fn entries(&mut self) -> Option<&[Entry]> {
        self.wait(Duration::ZERO);
        self.errand.is_none().then_some(&self.entries)
    }
}

fn list(folder: &Path, endings: &[&str]) -> Vec<Entry> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(read) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut entries: Vec<Entry> = read
        .flatten()
        .map(|entry| Entry {
            name: entry.file_name().to_string_lossy().into_owned(),
            is_folder: entry.path().is_dir(),
        })
        .filter(|entry| !entry.name.starts_with('.'))
        .filter(|entry| entry.is_folder || ends_in_one_of(&entry.name, endings))
        .collect();
    entries.sort_by(|a, b| (!a.is_folder, &a.name).cmp(&(!b.is_folder, &b.name)));
    entries.truncate(MAX_ENTRIES);
    entries
}

fn ends_in_one_of(name: &str, endings: &[&str]) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::FigureKind;
    use crate::ui::desktop::purpose::Purpose;

    #[test]
    fn pictures_are_offered_to_be_opened_and_not_to_be_saved_over() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.toml", "b.SVG", "c.png", "d.pdf", "e.gif", "f"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let names = |purpose: Purpose| -> Vec<String> {
            list(folder.path(), &purpose.endings()).into_iter().map(|entry| entry.name).collect()
        };
        assert_eq!(names(Purpose::Open), ["a.toml", "b.SVG", "c.png", "d.pdf"]);
        assert_eq!(names(Purpose::SaveAs), ["a.toml"]);
        assert_eq!(names(Purpose::Figure(FigureKind::Gif)), ["e.gif"]);
    }
}
