//! The file that is being worked on.

use std::path::{Path, PathBuf};

use crate::files::{self, Opened, Stamp, fingerprint, read_text, stamp, write_whole};
use crate::scenario::{self, Scenario};

/// The scenario's file, and what was last saved to it.
#[derive(Debug, Default)]
pub(super) struct Document {
    path: Option<PathBuf>,
    saved: Option<Scenario>,
    /// The fingerprint of the text in the file that `saved` was read from or written as, once it was looked at.
    seen: Option<u64>,
    /// The file's stamp at the last look.
    stamp: Option<Stamp>,
    on_disk: OnDisk,
}

/// How the file stands to what was last read from it or written to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum OnDisk {
    #[default]
    AsKnown,
    /// Another program wrote another scenario to it, or something that is none.
    Changed,
    /// It is no longer there.
    Gone,
}

impl Document {
    /// A scenario that is as it stands in `path`, or as it was given.
    pub fn opened(path: Option<PathBuf>, scenario: &Scenario) -> Self {
        // The folder that the program was started in is another at the next start.
        let path = path.map(|path| std::path::absolute(&path).unwrap_or(path));
        Self { path, saved: Some(scenario.clone()), ..Self::default() }
    }

    /// A scenario of the last session, `changed` if it is not as it was in its file; `seen` is from [`Document::seen`].
    pub fn remembered(path: Option<PathBuf>, seen: Option<u64>, changed: bool, scenario: &Scenario) -> Self {
        Self { path, saved: (!changed).then(|| scenario.clone()), seen, ..Self::default() }
    }

    /// Where the scenario is saved, if it has been.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What its messages call it.
    pub fn name(&self) -> Option<String> {
        Some(self.path()?.file_name()?.to_string_lossy().into_owned())
    }

    /// The fingerprint of the text that was last read or written.
    pub fn seen(&self) -> Option<u64> {
        self.seen
    }

    /// The file's stamp at the last look at it.
    pub fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }

    /// How the file stood at the last look at it.
    pub fn on_disk(&self) -> OnDisk {
        self.on_disk
    }

    /// Whether there is something to save.
    pub fn is_changed(&self, scenario: &Scenario) -> bool {
        self.on_disk == OnDisk::Gone || self.saved.as_ref() != Some(scenario)
    }

    /// Whether the formula is still that of the file, so that its notes speak of it.
    pub fn has_formula_of(&self, scenario: &Scenario) -> bool {
        self.saved.as_ref().is_none_or(|saved| saved.cost.formula() == scenario.cost.formula())
    }

    /// What the window is called; `is_changed` if it shows something that is not in the file.
    pub fn title(&self, scenario: &Scenario, is_changed: bool) -> String {
        let name = self.name().or_else(|| (!scenario.title.is_empty()).then(|| scenario.title.clone()));
        let mark = if is_changed { "*" } else { "" };
        format!("{mark}{} - Downhill", name.unwrap_or_else(|| "Untitled".to_owned()))
    }

    /// Saves to `path`, which becomes the scenario's file.
    pub fn save(&mut self, scenario: &Scenario, path: &Path) -> Result<(), String> {
        let text = scenario::write(scenario);
        write_whole(path, text.as_bytes())?;
        *self = Self::opened(Some(path.to_owned()), scenario);
        self.seen = Some(fingerprint(&text));
        self.stamp = stamp(path);
        Ok(())
    }

    /// Looks whether the file is as it is known; one glance if nothing touched it since the last look.
    pub fn look(&mut self) {
        if let Some(path) = &self.path
            && (self.stamp.is_none() || stamp(path) != self.stamp)
        {
            self.look_closely();
        }
    }

    /// Looks whether the file is as it is known, by its text.
    pub fn look_closely(&mut self) {
        let Some(path) = &self.path else { return };
        self.stamp = stamp(path);
        if self.stamp.is_none() {
            self.on_disk = OnDisk::Gone;
            return;
        }
        let text = read_text(path).ok();
        let now = text.as_deref().map(fingerprint);
        let is_known = match (self.seen, &self.saved) {
            (Some(seen), _) if now == Some(seen) => true,
            // Nothing is known that it could differ from.
            (None, None) => true,
            // Other words for the same scenario, such as a comment, are no reason to disturb anyone.
            (_, Some(saved)) => text.is_some_and(|text| scenario::read(&text, "").is_ok_and(|s| s == *saved)),
            (Some(_), None) => false,
        };
        self.on_disk = if is_known { OnDisk::AsKnown } else { OnDisk::Changed };
        if is_known {
            self.seen = now;
        }
    }

    /// Takes the file as it is now for known, so that saving replaces it.
    pub fn accept_disk(&mut self) {
        let Some(path) = &self.path else { return };
        self.stamp = stamp(path);
        self.seen = read_text(path).ok().as_deref().map(fingerprint);
        self.saved = read_scenario(path).ok().map(|opened| opened.scenario);
        self.on_disk = OnDisk::AsKnown;
    }
}

/// The scenario in a file, or in a picture that was made of it.
pub(super) fn read_scenario(path: &Path) -> Result<Opened, String> {
    let text = files::read_scenario(path).map_err(|error| error.to_string())?;
    Opened::read(&text, path).map_err(|error| error.to_string())
}

/// The most files that are remembered as open lately.
pub(super) const MAX_RECENT: usize = 10;

/// Puts a file first among those that were open lately.
pub(super) fn put_first(recent: &mut Vec<PathBuf>, path: &Path) {
    recent.retain(|earlier| earlier != path);
    recent.insert(0, path.to_owned());
    recent.truncate(MAX_RECENT);
}

/// Puts files after those that were open lately.
pub(super) fn add_recent(recent: &mut Vec<PathBuf>, earlier: Vec<PathBuf>) {
    let new: Vec<_> = earlier.into_iter().filter(|path| !recent.contains(path)).collect();
    recent.extend(new);
    recent.truncate(MAX_RECENT);
}

/// A file name made of a title: `Rosenbrock: the valley` becomes `rosenbrock-the-valley`.
pub(super) fn file_stem(title: &str) -> String {
    let plain =
        title.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect::<String>();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let stem: String = words.join("-").chars().take(60).collect();
    if stem.is_empty() { "scenario".to_owned() } else { stem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_file_names() {
        assert_eq!(file_stem("Rosenbrock: the curved valley"), "rosenbrock-the-curved-valley");
        assert_eq!(file_stem("../?"), "scenario");
    }

    #[test]
    fn a_change_shows_in_the_title_until_it_is_saved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        let mut scenario = Scenario::default();
        let mut document = Document::opened(None, &scenario);
        assert!(!document.is_changed(&scenario));
        scenario.run.start[0] += 0.5;
        assert!(document.is_changed(&scenario));
        assert!(document.title(&scenario, true).starts_with('*'));
        document.save(&scenario, &path).unwrap();
        assert!(!document.is_changed(&scenario));
        assert_eq!(document.title(&scenario, false), "a.toml - Downhill");
        assert_eq!(read_scenario(&path).unwrap(), Opened { scenario, file: Some(path), pinned: None });
    }

    #[test]
    fn what_others_do_to_the_file_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        let mine = Scenario::default();
        let text = scenario::write(&mine);
        std::fs::write(&path, &text).unwrap();
        let mut document = Document::opened(Some(path.clone()), &mine);
        let after = |document: &mut Document, text: &str| {
            std::fs::write(&path, text).unwrap();
            document.look();
            document.on_disk()
        };
        assert_eq!(after(&mut document, &text), OnDisk::AsKnown);
        assert_eq!(after(&mut document, &format!("# a comment\n{text}")), OnDisk::AsKnown);
        let other = scenario::write(&Scenario::of_formula("x^4 + y^2"));
        assert_eq!(after(&mut document, &other), OnDisk::Changed);
        assert_eq!(after(&mut document, "nonsense"), OnDisk::Changed);
        assert_eq!(after(&mut document, &text), OnDisk::AsKnown);
        std::fs::remove_file(&path).unwrap();
        document.look();
        assert!(document.on_disk() == OnDisk::Gone && document.is_changed(&mine));
        assert!(after(&mut document, &text) == OnDisk::AsKnown && !document.is_changed(&mine));
        assert_eq!(after(&mut document, &other), OnDisk::Changed);
        document.accept_disk();
        assert!(document.on_disk() == OnDisk::AsKnown && document.is_changed(&mine));
        document.look_closely();
        assert_eq!(document.on_disk(), OnDisk::AsKnown);
    }

    #[test]
    fn a_change_while_the_program_was_closed_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        let mine = Scenario::default();
        let mut before = Document::opened(None, &mine);
        before.save(&mine, &path).unwrap();
        for changed in [false, true] {
            std::fs::write(&path, scenario::write(&mine)).unwrap();
            let remembered = || Document::remembered(before.path.clone(), before.seen(), changed, &mine);
            let mut document = remembered();
            document.look();
            assert!(document.on_disk() == OnDisk::AsKnown && document.is_changed(&mine) == changed);
            std::fs::write(&path, "nonsense").unwrap();
            let mut document = remembered();
            document.look();
            assert_eq!(document.on_disk(), OnDisk::Changed);
        }
    }

    #[test]
    fn recent_files_are_ten_at_most_and_each_is_there_once() {
        let mut recent = Vec::new();
        for number in (0..15).chain([12, 3]) {
            put_first(&mut recent, Path::new(&format!("/{number}.toml")));
        }
        let expected = ["3", "12", "14", "13", "11", "10", "9", "8", "7", "6"];
        assert_eq!(recent, expected.map(|name| PathBuf::from(format!("/{name}.toml"))));
    }
}
