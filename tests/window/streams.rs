//! Pipes and devices in the place of files: the window never waits for them, and says what they are.

use std::path::{Path, PathBuf};

use downhill::scenario::Scenario;
use downhill::ui::{App, SavedState};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::drive::{Window, click as press_button, press, press_with};
use super::figures::open_file;
use super::files::{drop_files, focus, formula, says, window, window_on_file, write};

/// What is no file: pipes that nobody writes into, and a device that never ends, each also by a link.
fn no_files(folder: &Path) -> Vec<PathBuf> {
    let pipe = folder.join("pipe.toml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let links =
        [("to-pipe.svg", pipe.as_path()), ("to-zero.toml", Path::new("/dev/zero"))].map(|(name, to)| {
            let link = folder.join(name);
            std::os::unix::fs::symlink(to, &link).unwrap();
            link
        });
    [vec![pipe, PathBuf::from("/dev/zero")], links.to_vec()].concat()
}

#[track_caller]
fn assert_refused(window: &mut Window<'_>, path: &Path) {
    let words = format!("{}: a pipe or a device, and no file that can be opened", path.display());
    assert!(says(window, &words), "{words}");
    assert_eq!(formula(window), "x^2 + 3*y^2");
}

#[test]
fn whatever_opens_files_opens_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = window_on_file(folder.path());
    for path in no_files(folder.path()) {
        drop_files(&mut window, &[&path]);
        assert_refused(&mut window, &path);
        press(&mut window, Key::Escape);
        open_file(&mut window, &path);
        assert_refused(&mut window, &path);
        press_button(&mut window, "Cancel");
        window.state_mut().open(&path);
        window.run();
        assert_refused(&mut window, &path);
        press(&mut window, Key::Escape);
    }
    // The list of what was open lately, and the next of what is dropped.
    let path = folder.path().join("pipe.toml");
    let mut saved_state = window.state().saved_state();
    saved_state.habits.recent = vec![path.clone()];
    let mut window = super::files::window(App::restored(&saved_state).unwrap());
    for item in ["File", "Open recent"] {
        window.get_by_label_contains(item).click();
        window.run();
    }
    window.get_by_label_contains("pipe.toml").click();
    window.run();
    assert_refused(&mut window, &path);
    let good = write(folder.path(), "good.toml", "x^4 + y^2");
    drop_files(&mut window, &[&path, &good]);
    assert_eq!(formula(&window), "x^4 + y^2");
}

#[test]
fn a_session_whose_file_is_none_goes_on_and_saves_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    for path in no_files(folder.path()) {
        let first = window(App::new(Scenario::of_formula("x^2 + 3*y^2"), Some(path.clone())));
        let saved_state = SavedState { seen: Some(7), ..first.state().saved_state() };
        let mut window = window(App::restored(&saved_state).unwrap());
        focus(&mut window);
        assert!(says(&window, "Another program has changed"), "{}", path.display());
        press_button(&mut window, "Reload");
        assert_refused(&mut window, &path);
        press(&mut window, Key::Escape);
        press_button(&mut window, "Keep mine");
        press_with(&mut window, Modifiers::COMMAND, Key::S);
        if window.state().is_asking() {
            press_button(&mut window, "Overwrite");
        }
        assert!(says(&window, "it is a pipe or a device, and no file"), "{}", path.display());
        assert_eq!(formula(&window), "x^2 + 3*y^2");
    }
}

#[test]
fn a_figure_is_not_written_over_the_scenario_that_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, path) = window_on_file(folder.path());
    let link = folder.path().join("figure.svg");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let before = std::fs::read(&path).unwrap();
    press_with(&mut window, Modifiers::COMMAND, Key::E);
    press_button(&mut window, "Save figure…");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text(link.display().to_string()));
    window.run();
    press(&mut window, Key::Enter);
    press_button(&mut window, "Replace");
    assert!(says(&window, "holds the scenario itself") && window.state().is_asking());
    assert!(std::fs::read(&path).unwrap() == before);
}
