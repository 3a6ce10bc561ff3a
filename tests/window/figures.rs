//! Figures from the window: chosen, previewed, written beside the work, copied, and opened again.

use std::path::Path;

use downhill::figure::embedded::extract;
use downhill::figure::parts::Part;
use downhill::scenario;
use downhill::ui::App;
use egui::{Event, Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, click, press, press_with, scenario as shown, type_into, window, window_of_app};

fn open(window: &mut Window<'_>) {
    press_with(window, Modifiers::COMMAND, Key::E);
    window.get_by_role_and_label(Role::Image, "Preview of the figure");
}

/// Presses "Save figure…", types the path, and waits until the file is written.
fn save(window: &mut Window<'_>, path: &Path) {
    click(window, "Save figure…");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text(path.display().to_string()));
    window.run();
    window.key_press(Key::Enter);
    for _ in 0..2000 {
        window.step();
        if window.query_by_label_contains("Saved ").is_some() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("{} was not written: {:?}", path.display(), window.state().is_asking());
}

fn own_size(window: &mut Window<'_>, width: &str, height: &str) {
    for (name, text) in [("Figure width", width), ("Figure height", height), ("Figure scale", "1")] {
        type_into(window, name, text);
    }
}

#[test]
fn a_picture_is_written_in_the_size_chosen_and_opens_as_its_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plot.png");
    let mut window = window();
    let before = shown(&window).clone();
    open(&mut window);
    own_size(&mut window, "420", "300");
    save(&mut window, &path);
    let bytes = std::fs::read(&path).unwrap();
    let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!([side(16), side(20)], [420, 300]);
    let kept = extract(&bytes).unwrap().unwrap();
    assert_eq!(scenario::read(&kept.scenario, "kept").unwrap(), before);
    // Dropped on a window that shows something else, it brings the scenario back.
    let mut other =
        super::drive::window_of(scenario::Scenario::of_formula("x^2 + y^2"), egui::vec2(1024.0, 768.0));
    press_with(&mut other, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    other.key_press_modifiers(Modifiers::COMMAND, Key::A);
    other.event(Event::Text(path.display().to_string()));
    other.run();
    other.key_press(Key::Enter);
    other.step();
    press(&mut other, Key::End);
    assert_eq!(*shown(&other), before);
}

#[test]
fn every_kind_is_written_and_choices_are_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window();
    for (kind, begins) in
        [("SVG", &b"<svg"[..]), ("PDF", b"%PDF-"), ("CSV", b"run,method"), ("JSON", b"{"), ("GIF", b"GIF89a")]
    {
        open(&mut window);
        if kind == "SVG" {
            // The numbers have no size, so it is chosen once, for all that follow.
            own_size(&mut window, "240", "200");
        }
        click(&mut window, kind);
        let path = folder.path().join(format!("figure.{}", kind.to_lowercase()));
        save(&mut window, &path);
        let bytes = std::fs::read(&path).unwrap();
        let start = bytes.iter().position(|byte| begins[0] == *byte).unwrap();
        assert!(bytes[start..].starts_with(begins), "{kind}");
        click(&mut window, "Dismiss");
    }
    let memento = window.state().memento();
    let restored = App::restored(&memento).unwrap();
    assert_eq!(restored.memento().figure, memento.figure);
    assert_eq!(memento.figure.kind().ending(), "gif");
}

#[test]
fn the_picture_is_copied_by_keys() {
    let mut window = window();
    open(&mut window);
    own_size(&mut window, "300", "200");
    click(&mut window, "Legend");
    click(&mut window, "Cancel");
    assert!(window.query_by_label("Preview of the figure").is_none());
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::C);
    window.step();
    window.run();
    window.get_by_label("copied a picture of 300 × 200 pixels");
    let seen = downhill::figure::FigureSpec::default();
    assert!(!window.state().memento().figure.spec(&seen).parts.shows(Part::Legend));
}

#[test]
fn a_film_is_called_off_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.gif");
    let mut window = window();
    open(&mut window);
    click(&mut window, "GIF");
    click(&mut window, "Save figure…");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text(path.display().to_string()));
    window.run();
    window.key_press(Key::Enter);
    window.step();
    window.step();
    window.get_by_label("Call off").click();
    for _ in 0..2000 {
        window.step();
        if window.query_by_label("Call off").is_none() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert!(window.query_by_label_contains("Saved ").is_none());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn absurd_sizes_are_refused_in_words_and_the_dialog_stays() {
    let mut memento = App::new(scenario::Scenario::default(), None).memento();
    let text = serde_json::to_string(&memento.figure)
        .unwrap()
        .replace("540.0", "20000.0")
        .replace("960.0", "20000.0");
    memento.figure = serde_json::from_str(&text).unwrap();
    let mut window = window_of_app(App::restored(&memento).unwrap(), egui::vec2(1024.0, 768.0));
    press(&mut window, Key::End);
    press_with(&mut window, Modifiers::COMMAND, Key::E);
    assert!(window.query_all_by_label_contains("are too many").count() >= 1);
    let save = window.get_by_label("Save figure…");
    assert!(save.accesskit_node().is_disabled());
}
