//! The sessions' files: which of them a window goes on with.
//!
//! Each window that is open has a session of its own, locked as long as the window lives: a second window neither shows
//! nor overwrites the work of the first. A window that is opened on a scenario leaves alone a session with changes that
//! are in no file; the next start without a scenario goes on with the session that was used last.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::files::{FolderTables, lock, read_text, set_aside, stamp};
use crate::ui::app::saved_state::SavedState;

/// The most sessions; windows beyond them are not remembered, and say so.
const MAX_SESSIONS: usize = 16;

/// A session that belongs to this window.
#[derive(Debug, Default)]
pub struct OpenedSession {
    /// Where it is kept.
    pub path: Option<PathBuf>,
    /// Keeps other windows away from it until it is dropped.
    pub lock: Option<File>,
    /// How it was left, if it was there.
    pub saved_state: Option<SavedState>,
    /// The session that was used last, be it this one, another window's or one that was left alone.
    pub latest: Option<SavedState>,
    /// What went wrong on the way, in sentences.
    pub problems: Vec<String>,
}

/// A session's file as it is found.
struct FoundSession {
    path: PathBuf,
    modified: Option<SystemTime>,
    saved_state: Option<SavedState>,
    /// Whether there is something in it that is in no file.
    is_unsaved: bool,
}

/// Opens a session in `folder`: the one used last, or, for a window that shows `a_scenario` given to it, the first one
/// that has nothing to lose.
pub fn open(folder: &Path, a_scenario: bool) -> OpenedSession {
    let mut opened = OpenedSession::default();
    if let Err(error) = std::fs::create_dir_all(folder) {
        opened.problems.push(format!("the session is not kept: {}: {error}", folder.display()));
        return opened;
    }
    let mut found: Vec<FoundSession> =
        (1..=MAX_SESSIONS).map(|number| find(folder, number, &mut opened.problems)).collect();
    // The sort is stable: where there is nothing to compare the lower number comes first.
    found.sort_by_key(|session| std::cmp::Reverse(session.modified));
    opened.latest = found.iter().find_map(|session| session.saved_state.clone());
    if a_scenario {
        found.retain(|session| !session.is_unsaved);
    }
    for session in found {
        match lock(&session.path.with_extension("lock")) {
            Ok(None) => continue,
            Ok(lock) => opened.lock = lock,
            // Where there are no locks the last window to write is the one that is remembered.
            Err(_) => {}
        }
        opened.path = Some(session.path);
        opened.saved_state = session.saved_state;
        return opened;
    }
    opened.problems.push("the session is not kept: there are too many already".to_owned());
    opened
}

/// The session with a number. One that cannot be read is set aside, unless it is another window's.
fn find(folder: &Path, number: usize, problems: &mut Vec<String>) -> FoundSession {
    let name = if number == 1 { "session.json".to_owned() } else { format!("session-{number}.json") };
    let path = folder.join(name);
    let modified = stamp(&path).and_then(|stamp| stamp.modified());
    if modified.is_none() {
        return FoundSession { path, modified, saved_state: None, is_unsaved: false };
    }
    let saved_state = read_text(&path).map_err(|error| error.reason()).and_then(|text| {
        let saved_state: SavedState = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let tables = FolderTables::within(folder);
        let scenario = crate::scenario::read_with(&saved_state.scenario, "its scenario", &tables);
        let is_draft = saved_state.formula != scenario.map_err(|error| error.to_string())?.cost.formula();
        Ok((saved_state.changed || is_draft, saved_state))
    });
    match saved_state {
        Ok((is_unsaved, saved_state)) => {
            FoundSession { path, modified, saved_state: Some(saved_state), is_unsaved }
        }
        Err(reason) => {
            let held = lock(&path.with_extension("lock"));
            if !matches!(held, Ok(None)) {
                problems.push(match set_aside(&path) {
                    Ok(aside) => format!(
                        "the last session cannot be read ({reason}); its file is now {}",
                        aside.display()
                    ),
                    Err(problem) => format!("the last session cannot be read ({reason}); {problem}"),
                });
            }
            FoundSession { path, modified: None, saved_state: None, is_unsaved: false }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{self, Scenario};

    fn saved_state(formula: &str, changed: bool) -> SavedState {
        let scenario = scenario::write(&Scenario::of_formula(formula));
        SavedState { scenario, formula: formula.to_owned(), changed, ..SavedState::default() }
    }

    /// Leaves a session behind, `age` minutes ago.
    fn leave(folder: &Path, name: &str, saved_state: &SavedState, age: u64) {
        let path = folder.join(name);
        std::fs::write(&path, serde_json::to_vec(saved_state).unwrap()).unwrap();
        let then = SystemTime::now() - std::time::Duration::from_secs(60 * age);
        File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
    }

    fn name(opened: &OpenedSession) -> Option<&str> {
        opened.path.as_deref()?.file_name()?.to_str()
    }

    #[test]
    fn each_window_has_a_session_of_its_own_and_a_free_one_is_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("made");
        let first = open(&folder, false);
        let second = open(&folder, false);
        assert_eq!((name(&first), name(&second)), (Some("session.json"), Some("session-2.json")));
        drop(first);
        assert_eq!(name(&open(&folder, false)), Some("session.json"));
        drop(second);
    }

    #[test]
    fn a_window_goes_on_with_the_session_used_last_unless_it_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let latest = saved_state("x + y", true);
        leave(folder.path(), "session.json", &saved_state("x - y", true), 20);
        leave(folder.path(), "session-2.json", &latest, 10);
        let first = open(folder.path(), false);
        assert_eq!(first.saved_state.as_ref(), Some(&latest));
        let second = open(folder.path(), false);
        assert_eq!(
            (name(&second), &second.saved_state),
            (Some("session.json"), &Some(saved_state("x - y", true)))
        );
        assert_eq!(second.latest, Some(latest));
    }

    #[test]
    fn a_window_on_a_scenario_overwrites_no_unsaved_changes() {
        let folder = tempfile::tempdir().unwrap();
        leave(folder.path(), "session.json", &saved_state("x - y", true), 10);
        assert_eq!(name(&open(folder.path(), true)), Some("session-2.json"));
        let half_typed = SavedState { formula: "x - (".to_owned(), ..saved_state("x - y", false) };
        leave(folder.path(), "session.json", &half_typed, 10);
        assert_eq!(name(&open(folder.path(), true)), Some("session-2.json"));
        leave(folder.path(), "session.json", &saved_state("x - y", false), 10);
        assert_eq!(name(&open(folder.path(), true)), Some("session.json"));
    }

    #[test]
    fn a_broken_session_is_set_aside_and_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("session.json");
        let no_scenario = serde_json::to_string(&SavedState::default()).unwrap();
        let asides = ["session.json.broken", "session.json.broken-2", "session.json.broken-3"];
        for (broken, aside) in ["{", no_scenario.as_str(), "\0"].into_iter().zip(asides) {
            std::fs::write(&path, broken).unwrap();
            let opened = open(folder.path(), false);
            assert_eq!((name(&opened), &opened.saved_state), (Some("session.json"), &None));
            assert!(opened.problems[0].starts_with("the last session cannot be read ("), "{opened:?}");
            assert!(!path.exists());
            assert_eq!(std::fs::read_to_string(folder.path().join(aside)).unwrap(), broken);
        }
    }
}
