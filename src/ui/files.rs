//! The file that is being worked on.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::figure::FigureKind;
use crate::files::{Stamp, fingerprint, is_same_file, is_stream, read_text, stamp, write_whole};
use crate::scenario::{self, Scenario};

/// How long a frame waits for a file or a folder. What is at hand, as nearly all is, is there within it, and nothing
/// flickers.
pub(super) const PATIENCE: Duration = Duration::from_millis(200);
/// How often it is looked whether something is there that took longer.
pub(super) const LOOK_EVERY: Duration = Duration::from_millis(100);

/// The scenario's file, and what was last saved to it.
#[derive(Debug, Default)]
pub(super) struct Document {
    path: Option<PathBuf>,
    /// The picture that the scenario was opened from.
    picture: Option<PathBuf>,
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

    /// The same, known to come from a picture.
    pub fn of_picture(self, picture: Option<PathBuf>) -> Self {
        Self { picture: picture.map(|path| std::path::absolute(&path).unwrap_or(path)), ..self }
    }

    /// A scenario of the last session, `changed` if it is not as it was in its file; `seen` is from [`Document::seen`].
    pub fn remembered(path: Option<PathBuf>, seen: Option<u64>, changed: bool, scenario: &Scenario) -> Self {
        Self { path, saved: (!changed).then(|| scenario.clone()), seen, ..Self::default() }
    }

    /// Where the scenario is saved, if it has been.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The picture that the scenario was opened from.
    pub fn picture(&self) -> Option<&Path> {
        self.picture.as_deref()
    }

    /// Whether a figure in `path` would take the place of the scenario that is open.
    ///
    /// # Errors
    /// One sentence, if it would. A picture may be drawn anew over itself if it `carries_scenario`.
    pub fn check_figure(&self, path: &Path, carries_scenario: bool) -> Result<(), String> {
        check_kind(path)?;
        let is_at = |place: Option<&Path>| place.is_some_and(|place| is_same_file(place, path));
        let name = path.display();
        if is_at(self.path()) {
            return Err(format!(
                "{name} holds the scenario itself, which the figure would replace: choose another file"
            ));
        }
        if is_at(self.picture()) && !carries_scenario {
            return Err(format!(
                "{name} is the picture that the scenario was opened from, and this figure would not carry it: \
                 choose another file"
            ));
        }
        Ok(())
    }

    /// Whether a scenario saved to `path` would pass for a figure, or take the place of one.
    ///
    /// # Errors
    /// One sentence, if it would.
    pub fn check_scenario(&self, path: &Path) -> Result<(), String> {
        check_kind(path)?;
        let is_at = |place: Option<&Path>| place.is_some_and(|place| is_same_file(place, path));
        if is_at(self.path()) {
            return Ok(());
        }
        if is_at(self.picture()) {
            return Err(format!(
                "{} is the picture that the scenario was opened from: choose another file, which ends in .toml",
                path.display()
            ));
        }
        match FigureKind::of_path(path) {
            Some(kind) => Err(format!(
                "{} is called as a .{} figure is: a scenario ends in .toml, a figure is saved by File, Figure…",
                path.display(),
                kind.ending()
            )),
            None => Ok(()),
        }
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
        self.check_scenario(path)?;
        let text = scenario::write(scenario);
        write_whole(path, text.as_bytes())?;
        *self = Self::opened(Some(path.to_owned()), scenario);
        self.seen = Some(fingerprint(&text));
        self.stamp = stamp(path);
        Ok(())
    }

    /// What has to be done to find out about the file, on whatever thread: one glance if nothing touched it since the last
    /// look and it need not be looked at `closely`, which finds nothing. `None` if there is no file.
    pub fn look(&self, closely: bool) -> Option<impl FnOnce() -> Option<Found> + Send + 'static> {
        let (path, known) = (self.path.clone()?, self.stamp);
        Some(move || (closely || known.is_none() || stamp(&path) != known).then(|| Found::at(path)))
    }

    /// Takes in how the file stands. What was found at another place says nothing about it.
    pub fn see(&mut self, found: &Found) {
        if self.path() != Some(&found.path) {
            return;
        }
        self.stamp = found.stamp;
        if self.stamp.is_none() {
            self.on_disk = OnDisk::Gone;
            return;
        }
        let now = found.fingerprint();
        let is_known = match (self.seen, &self.saved) {
            (Some(seen), _) if now == Some(seen) => true,
            // Nothing is known that it could differ from.
            (None, None) => true,
            // Other words for the same scenario, such as a comment, are no reason to disturb anyone.
            (_, Some(saved)) => found.scenario().is_some_and(|scenario| scenario == *saved),
            (Some(_), None) => false,
        };
        self.on_disk = if is_known { OnDisk::AsKnown } else { OnDisk::Changed };
        if is_known {
            self.seen = now;
        }
    }

    /// Takes the file as it was found for known, so that saving replaces it.
    pub fn accept(&mut self, found: &Found) {
        if self.path() != Some(&found.path) {
            return;
        }
        self.stamp = found.stamp;
        self.seen = found.fingerprint();
        self.saved = found.scenario();
        self.on_disk = OnDisk::AsKnown;
    }
}

/// What a look at the document's file has found.
#[derive(Debug)]
pub(super) struct Found {
    pub path: PathBuf,
    stamp: Option<Stamp>,
    text: Option<String>,
}

impl Found {
    /// Looks there.
    pub fn at(path: PathBuf) -> Self {
        Self { stamp: stamp(&path), text: read_text(&path).ok(), path }
    }

    fn fingerprint(&self) -> Option<u64> {
        self.text.as_deref().map(fingerprint)
    }

    fn scenario(&self) -> Option<Scenario> {
        scenario::read(self.text.as_deref()?, "").ok()
    }
}

/// Refuses pipes and devices: one that nobody reads would hold up the window for ever.
fn check_kind(path: &Path) -> Result<(), String> {
    if is_stream(path) {
        return Err(format!("{}: cannot be written: it is a pipe or a device, and no file", path.display()));
    }
    Ok(())
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
mod tests;
