//! Where a document is at home, and what must not be written there.

use std::path::{Path, PathBuf};

use crate::figure::FigureKind;
use crate::files::{is_same_file, is_stream};

/// The file of a document, and the picture that it was opened from.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub path: Option<PathBuf>,
    pub picture: Option<PathBuf>,
}

impl Place {
    /// Whether a figure in `path` would take the place of the scenario that is open.
    ///
    /// # Errors
    /// One sentence, if it would. A picture may be drawn anew over itself if it `carries_scenario`.
    pub fn check_figure(&self, path: &Path, carries_scenario: bool) -> Result<(), String> {
        check_kind(path)?;
        let is_at = |place: &Option<PathBuf>| place.as_ref().is_some_and(|place| is_same_file(place, path));
        let name = path.display();
        if is_at(&self.path) {
            return Err(format!(
                "{name} holds the scenario itself, which the figure would replace: choose another file"
            ));
        }
        if is_at(&self.picture) && !carries_scenario {
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
        let is_at = |place: &Option<PathBuf>| place.as_ref().is_some_and(|place| is_same_file(place, path));
        if is_at(&self.path) {
            return Ok(());
        }
        if is_at(&self.picture) {
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
}

impl Place {
    /// Whether something saved to `path` that is not the document would take the place of it, or pass for a figure.
    ///
    /// # Errors
    /// One sentence, if it would.
    pub fn check_copy(&self, path: &Path) -> Result<(), String> {
        let is_own = self.path.as_ref().is_some_and(|place| is_same_file(place, path));
        if is_own {
            let name = path.display();
            return Err(format!(
                "{name} holds the scenario that is open, which would be lost: choose another file"
            ));
        }
        self.check_scenario(path)
    }
}

/// Refuses pipes and devices: one that nobody reads would hold up the window for ever.
fn check_kind(path: &Path) -> Result<(), String> {
    if is_stream(path) {
        return Err(format!("{}: cannot be written: it is a pipe or a device, and no file", path.display()));
    }
    Ok(())
}
