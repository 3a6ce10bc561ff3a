//! The file that is being worked on.

use std::path::{Path, PathBuf};

use crate::files::{self, write_whole};
use crate::scenario::{self, Scenario};

/// The scenario's file, and what was last saved to it.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// Where the scenario is saved, if it has been.
    pub path: Option<PathBuf>,
    saved: Option<Scenario>,
}

impl Document {
    /// A scenario that is as it stands in `path`, or as it was given.
    pub fn opened(path: Option<PathBuf>, scenario: &Scenario) -> Self {
        Self { path, saved: Some(scenario.clone()) }
    }

    /// A scenario with changes that are in no file.
    pub fn unsaved(path: Option<PathBuf>) -> Self {
        Self { path, saved: None }
    }

    /// Whether there is something to save.
    pub fn is_changed(&self, scenario: &Scenario) -> bool {
        self.saved.as_ref() != Some(scenario)
    }

    /// Whether the formula is still that of the file, so that its notes speak of it.
    pub fn has_formula_of(&self, scenario: &Scenario) -> bool {
        self.saved.as_ref().is_none_or(|saved| saved.cost.formula() == scenario.cost.formula())
    }

    /// What the window is called.
    pub fn title(&self, scenario: &Scenario) -> String {
        let file =
            self.path.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let name = file.or_else(|| (!scenario.title.is_empty()).then(|| scenario.title.clone()));
        let mark = if self.is_changed(scenario) { "*" } else { "" };
        format!("{mark}{} - Downhill", name.unwrap_or_else(|| "Untitled".to_owned()))
    }

    /// Saves to `path`, which becomes the scenario's file.
    pub fn save(&mut self, scenario: &Scenario, path: &Path) -> Result<(), String> {
        write_whole(path, scenario::write(scenario).as_bytes())?;
        *self = Self::opened(Some(path.to_owned()), scenario);
        Ok(())
    }
}

/// The scenario in a file, or in a picture that was made of it, with the file that it may be saved to again: a picture is
/// none.
pub(super) fn read_scenario(path: &Path) -> Result<(Scenario, Option<PathBuf>), String> {
    let read = files::read_scenario(path).map_err(|error| error.to_string())?;
    let scenario =
        scenario::read(&read.text, &path.display().to_string()).map_err(|error| error.to_string())?;
    Ok((scenario, (!read.is_picture).then(|| path.to_owned())))
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
        assert!(document.title(&scenario).starts_with('*'));
        document.save(&scenario, &path).unwrap();
        assert_eq!(document.title(&scenario), "a.toml - Downhill");
        assert_eq!(read_scenario(&path).unwrap(), (scenario, Some(path)));
    }
}
