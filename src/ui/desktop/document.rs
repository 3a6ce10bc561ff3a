//! The file that is being worked on.

mod place;

pub use place::Place;

use std::path::{Path, PathBuf};

use crate::files::{
    FolderTables, Stamp, Wanted, fingerprint, read_text, stamp, with_table_beside, write_whole_while,
};
use crate::scenario::{self, Scenario};

/// The scenario's file, and what was last saved to it.
#[derive(Debug, Default)]
pub struct Document {
    place: Place,
    saved: Option<Scenario>,
    /// The fingerprint of the text in the file that `saved` was read from or written as, once it was looked at.
    seen: Option<u64>,
    /// The file's stamp at the last look.
    stamp: Option<Stamp>,
    on_disk: OnDisk,
}

/// How the file stands to what was last read from it or written to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnDisk {
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
        Self { place: Place { path, picture: None }, saved: Some(scenario.clone()), ..Self::default() }
    }

    /// The same, known to come from a picture.
    pub fn of_picture(mut self, picture: Option<PathBuf>) -> Self {
        self.place.picture = picture.map(|path| std::path::absolute(&path).unwrap_or(path));
        self
    }

    /// A scenario of the last session, `changed` if it is not as it was in its file; `seen` is from [`Document::seen`].
    pub fn remembered(path: Option<PathBuf>, seen: Option<u64>, changed: bool, scenario: &Scenario) -> Self {
        let place = Place { path, picture: None };
        Self { place, saved: (!changed).then(|| scenario.clone()), seen, ..Self::default() }
    }

    /// Where the scenario is saved, if it has been.
    pub fn path(&self) -> Option<&Path> {
        self.place.path.as_deref()
    }

    /// The picture that the scenario was opened from.
    pub fn picture(&self) -> Option<&Path> {
        self.place.picture.as_deref()
    }

    /// Where it is at home.
    pub fn place(&self) -> &Place {
        &self.place
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

    /// What has to be done, on whatever thread, to save a scenario to `path`, which becomes its file: the document after
    /// that, or one sentence.
    pub fn saving(
        &self,
        scenario: Scenario,
        path: PathBuf,
    ) -> impl FnOnce(&Wanted) -> Result<Self, String> + Send + 'static {
        let place = self.place.clone();
        move |wanted| {
            place.check_scenario(&path)?;
            let scenario = with_table_beside(scenario, &path, &|| wanted.is_still())?;
            let text = scenario::write(&scenario);
            write_whole_while(&path, text.as_bytes(), &|| wanted.is_still())?;
            let (seen, stamp) = (Some(fingerprint(&text)), stamp(&path));
            Ok(Self { seen, stamp, ..Self::opened(Some(path), &scenario) })
        }
    }

    /// What has to be done to find out about the file, on whatever thread: one glance if nothing touched it since the last
    /// look and it need not be looked at `closely`, which finds nothing. `None` if there is no file.
    pub fn look(&self, closely: bool) -> Option<impl FnOnce() -> Option<Found> + Send + 'static> {
        let (path, known) = (self.place.path.clone()?, self.stamp);
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

/// What has to be done, on whatever thread, to write a scenario that is not the document to a file of its own: nothing, or one
/// sentence.
pub fn saving_copy(
    place: Place,
    scenario: Scenario,
    path: PathBuf,
) -> impl FnOnce(&Wanted) -> Result<(), String> + Send + 'static {
    move |wanted| {
        place.check_copy(&path)?;
        let scenario = with_table_beside(scenario, &path, &|| wanted.is_still())?;
        write_whole_while(&path, scenario::write(&scenario).as_bytes(), &|| wanted.is_still())
    }
}

/// What a look at the document's file has found.
#[derive(Debug)]
pub struct Found {
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
        scenario::read_with(self.text.as_deref()?, "", &FolderTables::beside(&self.path)).ok()
    }
}

/// The most files that are remembered as open lately.
pub const MAX_RECENT: usize = 10;

/// Puts a file first among those that were open lately.
pub fn put_first(recent: &mut Vec<PathBuf>, path: &Path) {
    recent.retain(|earlier| earlier != path);
    recent.insert(0, path.to_owned());
    recent.truncate(MAX_RECENT);
}

/// Puts files after those that were open lately.
pub fn add_recent(recent: &mut Vec<PathBuf>, earlier: Vec<PathBuf>) {
    let new: Vec<_> = earlier.into_iter().filter(|path| !recent.contains(path)).collect();
    recent.extend(new);
    recent.truncate(MAX_RECENT);
}

/// A file name made of a title: `Rosenbrock: the valley` becomes `rosenbrock-the-valley`.
pub fn file_stem(title: &str) -> String {
    let plain =
        title.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect::<String>();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let stem: String = words.join("-").chars().take(60).collect();
    if stem.is_empty() { "scenario".to_owned() } else { stem }
}

#[cfg(test)]
mod tests;
