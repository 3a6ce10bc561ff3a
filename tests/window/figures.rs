//! Figures from the window: chosen, previewed, written beside the work, copied, and opened again.

use std::path::Path;

use downhill::figure::embedded::extract;
use downhill::figure::look::parts::Part;
use downhill::scenario;
use downhill::ui::App;
use egui::{Event, Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{
    Window, click, drag, fill_in, press, press_with, scenario as shown, window, window_of_app,
};

pub fn open(window: &mut Window<'_>) {
    press_with(window, Modifiers::COMMAND, Key::E);
    window.get_by_label("Save figure…");
}

/// Presses "Save figure…", types the path, and waits until the file is written.
pub fn save(window: &mut Window<'_>, path: &Path) {
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

/// Opens a file by typing its path.
pub fn open_file(window: &mut Window<'_>, path: &Path) {
    press_with(window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text(path.display().to_string()));
    window.run();
    window.key_press(Key::Enter);
    window.step();
    press(window, Key::End);
}

fn own_size(window: &mut Window<'_>, width: &str, height: &str) {
    for (name, text) in [("Figure width", width), ("Figure height", height), ("Figure scale", "1")] {
        fill_in(window, name, text);
    }
}

#[test]
fn a_picture_is_written_in_the_size_chosen_and_opens_as_its_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plot.png");
    let mut window = window();
    let before = shown(&window).clone();
    open(&mut window);
    window.get_by_role_and_label(Role::Image, "Preview of the figure");
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
    open_file(&mut other, &path);
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
    let saved_state = window.state().saved_state();
    let restored = App::restored(&saved_state).unwrap();
    assert_eq!(restored.saved_state().habits.figure, saved_state.habits.figure);
    assert_eq!(saved_state.habits.figure.kind().ending(), "gif");
}

#[test]
fn enter_saves_and_escape_leaves() {
    let mut window = window();
    open(&mut window);
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Save figure…").is_none());
    open(&mut window);
    press(&mut window, Key::Enter);
    window.get_by_label("Save the figure");
}

#[test]
fn the_ending_that_is_typed_says_the_kind() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window();
    open(&mut window);
    own_size(&mut window, "240", "200");
    let path = folder.path().join("figure.svg");
    save(&mut window, &path);
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("<svg"), "though PNG was chosen");
    assert_eq!(window.state().saved_state().habits.figure.kind().ending(), "svg");
}

#[test]
fn the_picture_is_copied_by_keys() {
    let mut window = window();
    open(&mut window);
    own_size(&mut window, "300", "200");
    click(&mut window, "Legend");
    click(&mut window, "Cancel");
    assert!(window.query_by_label("Save figure…").is_none());
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::C);
    window.step();
    window.run();
    window.get_by_label("copied a picture of 300 × 200 pixels");
    let seen = downhill::figure::FigureSpec::default();
    assert!(!window.state().saved_state().habits.figure.spec(&seen).parts.shows(Part::Legend));
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
fn a_film_has_the_steps_and_the_speed_that_are_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.gif");
    let mut window = window();
    open(&mut window);
    own_size(&mut window, "240", "200");
    click(&mut window, "GIF");
    window.get_by_role_and_label(Role::Image, "Preview of the film");
    let fields = [
        ("First step of the film", "10"),
        ("Last step of the film", "40"),
        ("Steps per frame", "10"),
        ("Frames per second", "5"),
        ("Hold the end", "1"),
    ];
    for (name, text) in fields {
        fill_in(&mut window, name, text);
    }
    click(&mut window, "repeat");
    assert!(window.query_by_label_contains("4 frames, 1.8 s, at most about 0.").is_some());
    save(&mut window, &path);
    let bytes = std::fs::read(&path).unwrap();
    let mut decoder = gif::DecodeOptions::new().read_info(&bytes[..]).unwrap();
    let mut delays = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        delays.push(frame.delay);
    }
    assert_eq!(delays, [20, 20, 20, 120]);
    assert_eq!(decoder.repeat(), gif::Repeat::Finite(0), "once");
}

#[test]
fn a_film_that_cannot_be_made_is_not_offered() {
    let mut window = window();
    open(&mut window);
    own_size(&mut window, "3000", "200");
    let can_be_saved =
        |window: &Window<'_>| !window.get_by_label("Save figure…").accesskit_node().is_disabled();
    assert!(can_be_saved(&window));
    click(&mut window, "GIF");
    assert!(!can_be_saved(&window));
    assert!(window.query_by_label_contains("each side must have 64 to 2560 pixels").is_some());
    click(&mut window, "CSV");
    assert!(can_be_saved(&window));
    assert!(
        window.query_by_label_contains("run,method,label,step,x,y,value").is_some(),
        "the first rows are seen"
    );
}

#[test]
fn pinned_paths_are_in_the_figure_and_come_back_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let [with, without, again] =
        ["with.svg", "without.svg", "again.svg"].map(|name| folder.path().join(name));
    let mut window = window();
    press_with(&mut window, Modifiers::COMMAND, Key::P);
    assert!(window.state().session().pinned().is_some());
    let slider = window.get_by_role_and_label(Role::Slider, "Gradient descent: learning rate").rect();
    drag(&mut window, slider.center(), slider.center() - egui::vec2(30.0, 0.0));
    for path in [&with, &without] {
        open(&mut window);
        if path == &with {
            own_size(&mut window, "320", "240");
            click(&mut window, "SVG");
        } else {
            click(&mut window, "Cancel");
            press_with(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::P);
            open(&mut window);
        }
        save(&mut window, path);
        click(&mut window, "Dismiss");
    }
    let bytes = |path: &Path| std::fs::read(path).unwrap();
    let lines = |path: &Path| std::fs::read_to_string(path).unwrap().matches("<path").count();
    assert!(lines(&with) > lines(&without), "the pinned paths are drawn");
    let kept = extract(&bytes(&with)).unwrap().unwrap();
    let pinned = kept.figure.clone().unwrap().pinned.unwrap();
    assert_ne!(pinned, kept.scenario, "the learning rate was another");
    let mut session = downhill::session::Session::new(scenario::read(&kept.scenario, "kept").unwrap());
    let drawn = downhill::figure::export(
        &mut session,
        &kept.figure.unwrap(),
        downhill::figure::FigureKind::Svg,
        true,
    );
    std::fs::write(&again, drawn.unwrap()).unwrap();
    assert!(bytes(&again) == bytes(&with), "the picture makes itself again");

    let mut other = super::drive::window();
    open_file(&mut other, &with);
    let opened = other.state().session();
    assert_eq!(*opened.scenario(), scenario::read(&kept.scenario, "kept").unwrap());
    assert_eq!(opened.pinned().unwrap().scenario, scenario::read(&pinned, "kept").unwrap());
    assert_eq!(opened.pinned().unwrap().paths.len(), 7);
}

#[test]
fn safe_in_gray_takes_the_place_of_the_windows_colors() {
    let mut window = window();
    open(&mut window);
    let seen = downhill::figure::FigureSpec::default();
    assert_eq!(window.state().saved_state().habits.figure.spec(&seen).look, seen.look);
    click(&mut window, "safe in gray");
    let mut gray = seen.clone();
    gray.make_gray_safe();
    assert_eq!(window.state().saved_state().habits.figure.spec(&seen).look, gray.look);
}

#[test]
fn absurd_sizes_are_refused_in_words_and_the_dialog_stays() {
    let mut saved_state = App::new(scenario::Scenario::default(), None).saved_state();
    let text = serde_json::to_string(&saved_state.habits.figure)
        .unwrap()
        .replace("540.0", "20000.0")
        .replace("960.0", "20000.0");
    saved_state.habits.figure = serde_json::from_str(&text).unwrap();
    let mut window = window_of_app(App::restored(&saved_state).unwrap(), egui::vec2(1024.0, 768.0));
    press(&mut window, Key::End);
    press_with(&mut window, Modifiers::COMMAND, Key::E);
    assert!(window.query_all_by_label_contains("are too many").count() >= 1);
    let save = window.get_by_label("Save figure…");
    assert!(save.accesskit_node().is_disabled());
}
