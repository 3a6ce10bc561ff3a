//! The notes of a scenario in the window: read, written, undone and saved.

use downhill::scenario::{Scenario, examples, read};
use downhill::ui::App;
use egui::{Event, Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, click, press, press_with, retype, scenario, window_of, window_of_app};

const FIELD: &str = "Text of the notes";

fn written(window: &Window<'_>) -> String {
    window.get_by_role_and_label(Role::MultilineTextInput, FIELD).accesskit_node().value().unwrap()
}

/// Types at a human pace: what is typed has come to rest before the next frame that looks.
fn type_text(window: &mut Window<'_>, text: &str) {
    for letter in text.chars() {
        window.event(Event::Text(letter.to_string()));
        window.run_steps(4);
    }
    window.run_steps(20);
}

#[test]
fn the_notes_of_every_lesson_are_read_whole() {
    for lesson in examples() {
        let mut window = window_of(lesson.scenario.clone(), vec2(1024.0, 768.0));
        press(&mut window, Key::F9);
        // Each word stands in a label of the window, in order; the description below the formula has two lines of them.
        let read: Vec<String> = window
            .get_all_by_role(Role::Label)
            .filter_map(|label| label.accesskit_node().value())
            .flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        // What is set as mathematics stands without its dollar signs.
        let notes = lesson.scenario.notes.replace('$', " ");
        let words: Vec<&str> = notes.split_whitespace().collect();
        assert!(read.windows(words.len()).any(|some| some == words), "{}: {words:?} in {read:?}", lesson.id);
        press(&mut window, Key::F9);
        assert!(window.query_by_label("Edit notes").is_none());
    }
}

#[test]
fn formulas_between_dollars_are_set_and_what_cannot_be_set_stays() {
    let mut lesson = Scenario::of_formula("x^2 + y^2");
    lesson.notes = "It falls for $0 < \\alpha < \\frac{2}{L}$, at a cost of $5.\n$\\frac{$".to_owned();
    let mut window = window_of(lesson, vec2(1024.0, 768.0));
    press(&mut window, Key::F9);
    let formula = window.get_by_label("0 < \\alpha < \\frac{2}{L}").rect();
    assert!(formula.height() > 20.0, "a fraction is higher than a line of words: {formula:?}");
    window.get_by_label(", at a cost of $5.");
    window.get_by_label("$\\frac{$");
}

#[test]
fn notes_are_opened_below_the_formula_written_undone_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lesson.toml");
    let app = App::new(Scenario::of_formula("x^2 + y^2"), Some(path.clone()));
    let mut window = window_of_app(app, vec2(1024.0, 768.0));
    press(&mut window, Key::End);
    window.get_by_label_contains("Any formula in the two variables").click();
    window.run();
    window.get_by_label("Nothing is written yet.");
    click(&mut window, "Edit notes");
    let (start, step) = (scenario(&window).run.start, window.state().playback().step);
    // Blanks, arrows and letters with keys of their own belong to the text.
    type_text(&mut window, "a $x^2$ ?");
    window.key_press(Key::ArrowLeft);
    window.key_press(Key::Space);
    window.run_steps(20);
    assert_eq!(scenario(&window).notes, "a $x^2$ ?");
    assert_eq!((scenario(&window).run.start, window.state().playback().step), (start, step));
    assert!(!window.state().playback().playing);
    click(&mut window, "Done");
    window.get_by_label("x^2");
    // What was written speaks of this cost, and stands below its formula.
    window.get_by_label("a x^2 ?");
    click(&mut window, "Edit notes");
    assert_eq!(written(&window), "a $x^2$ ?");
    window.get_by_label("Edit").click();
    window.run();
    window.get_by_label_contains("Undo notes").click();
    window.run();
    assert_ne!(scenario(&window).notes, "a $x^2$ ?");
    assert_eq!(written(&window), scenario(&window).notes);
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(scenario(&window).notes, "a $x^2$ ?");
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(40);
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(read(&text, "lesson").unwrap().notes, "a $x^2$ ?");
    // Another formula is none that they were written for.
    retype(&mut window, "x^4 + y^2");
    assert!(window.query_by_label("a $x^2$ ?").is_none());
}

#[test]
fn escape_leaves_the_field_and_then_the_notes() {
    let mut window = window_of(examples()[0].scenario.clone(), vec2(1024.0, 768.0));
    press(&mut window, Key::F9);
    click(&mut window, "Edit notes");
    assert!(window.get_by_role_and_label(Role::MultilineTextInput, FIELD).is_focused());
    press(&mut window, Key::Escape);
    assert_eq!(written(&window), examples()[0].scenario.notes);
    press(&mut window, Key::Escape);
    assert!(window.query_by_label(FIELD).is_none());
    press(&mut window, Key::Home);
    assert_eq!(window.state().playback().step, 0, "keys belong to the window again");
}

#[test]
fn the_offer_of_the_tour_does_not_lie_over_the_notes() {
    let mut app = App::new(examples()[0].scenario.clone(), None);
    app.offer_tour();
    let mut window = window_of_app(app, vec2(1024.0, 768.0));
    press(&mut window, Key::End);
    let offered = |window: &Window<'_>| window.query_by_label("Take the tour").is_some();
    assert!(offered(&window));
    press(&mut window, Key::F9);
    assert!(!offered(&window));
    press(&mut window, Key::F9);
    assert!(offered(&window));
}
