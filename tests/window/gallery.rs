//! The gallery of costs and lessons, driven by pointer and keys as in the window.

use downhill::builtin::{BUILT_INS, find};
use downhill::scenario::{Scenario, examples};
use egui::{Event, Key, Modifiers, Role, Theme, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, press, window, window_of};

/// How something is done to the window.
type Way<'a> = &'a dyn Fn(&mut Window<'_>);

const FIELD: &str = "Find a cost or a lesson";

fn command(window: &mut Window<'_>, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    window.run();
}

/// Opens the gallery by its key.
fn open(window: &mut Window<'_>) {
    command(window, Key::G);
    assert!(window.state().shows_gallery());
}

fn type_text(window: &mut Window<'_>, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run();
}

/// What the cost or the lesson is called on its card.
fn names() -> Vec<(String, Scenario)> {
    let costs = BUILT_INS.iter().map(|row| (row.name.to_owned(), Scenario::of_gallery(row)));
    let lessons = examples().iter().map(|lesson| {
        let name = format!("Lesson: {}", lesson.scenario.title);
        (name, lesson.scenario.clone())
    });
    costs.chain(lessons).collect()
}

/// The names of the cards, in order, whether they are in sight or not.
fn cards(window: &Window<'_>) -> Vec<String> {
    let names = names();
    let buttons = window.get_all_by_role(Role::Button);
    let labels = buttons.filter_map(|button| button.accesskit_node().label());
    labels.filter(|label| names.iter().any(|(name, _)| name == label)).collect()
}

/// The name of the card, or of another control, that has the focus.
fn focused(window: &Window<'_>) -> String {
    let focused = window.query_all_by(|node| node.is_focused()).next();
    focused.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

fn scenario(window: &Window<'_>) -> Scenario {
    window.state().session().scenario().clone()
}

/// After a choice the runs play: to the end, so that the window comes to rest.
fn settle(window: &mut Window<'_>) {
    window.step();
    press(window, Key::End);
}

#[test]
fn it_opens_by_button_menu_and_key_with_the_field_ready_and_escape_changes_nothing() {
    let mut window = window();
    let before = (scenario(&window), window.state().playback(), window.state().projection());
    let by_button = |window: &mut Window<'_>| window.get_by_label("Costs…").click();
    let by_menu = |window: &mut Window<'_>| {
        window.get_by_label("File").click();
        window.run();
        window.get_by_label_contains("Gallery…").click();
    };
    let by_key = |window: &mut Window<'_>| window.key_press_modifiers(Modifiers::COMMAND, Key::G);
    let ways: [(&str, Way<'_>); 3] = [("button", &by_button), ("menu", &by_menu), ("key", &by_key)];
    for (way, open) in ways {
        open(&mut window);
        window.run();
        assert!(window.state().shows_gallery());
        assert_eq!(focused(&window), FIELD, "opened by {way}");
        type_text(&mut window, "saddle");
        press(&mut window, Key::Escape);
        assert!(!window.state().shows_gallery());
        assert_eq!((scenario(&window), window.state().playback(), window.state().projection()), before);
    }
    open(&mut window);
    assert_eq!(cards(&window).len(), BUILT_INS.len() + examples().len(), "nothing is typed at first");
    window.get_by_label("Close").click();
    window.run();
    assert!(!window.state().shows_gallery());
    command(&mut window, Key::Z);
    assert_eq!(scenario(&window), before.0, "there is nothing to undo");
}

#[test]
fn a_choice_by_pointer_brings_window_start_and_rates_and_is_undone_in_one_step() {
    let mut window = window();
    let before = scenario(&window);
    open(&mut window);
    window.get_by_role_and_label(Role::Button, "Elongated bowl").click();
    settle(&mut window);
    let row = BUILT_INS.iter().find(|row| row.name == "Elongated bowl").unwrap();
    assert!(!window.state().shows_gallery());
    assert_eq!(scenario(&window), Scenario::of_built_in(row));
    window.get_by_label("Edit").click();
    window.run();
    window.get_by_label_contains("Undo choosing Elongated bowl").click();
    window.run();
    assert_eq!(scenario(&window), before);
    command(&mut window, Key::Z);
    assert_eq!(scenario(&window), before, "there is no second step");
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    window.run();
    assert_eq!(scenario(&window), Scenario::of_built_in(row));
}

#[test]
fn changes_right_before_and_after_a_choice_are_steps_of_their_own() {
    let mut window = window();
    let start = |window: &mut Window<'_>, value: f64| {
        window
            .get_by_role_and_label(Role::Slider, "Gradient descent: learning rate")
            .set_value_accesskit(value);
        window.step();
    };
    let begin = scenario(&window);
    start(&mut window, 0.5);
    let first = scenario(&window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::G);
    window.step();
    window.event(Event::Text("booth".to_owned()));
    window.step();
    window.key_press(Key::Enter);
    window.step();
    window.step();
    let chosen = scenario(&window);
    assert_eq!(chosen.title, "Booth");
    start(&mut window, 0.25);
    assert_ne!(scenario(&window), chosen);
    for expected in [chosen, first, begin] {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.step();
        assert_eq!(scenario(&window), expected);
    }
}

#[test]
fn a_lesson_is_chosen_with_its_notes_and_the_document_stays_the_one_that_it_was() {
    let mut window = window();
    let before = scenario(&window);
    open(&mut window);
    type_text(&mut window, "bias correction lessons");
    window.get_by_role_and_label(Role::Button, "Lesson: Adam with and without bias correction").click();
    settle(&mut window);
    let lesson = examples().iter().find(|example| example.id == "adam-bias-correction").unwrap();
    assert_eq!(scenario(&window), lesson.scenario);
    window.get_by_label_contains("Adam's averages start at zero.");
    let saved_state = window.state().saved_state();
    assert!(saved_state.file.is_none() && saved_state.changed);
    command(&mut window, Key::Z);
    assert_eq!(scenario(&window), before);
    assert!(!window.state().saved_state().changed);
}

#[test]
fn words_filter_the_cards_in_any_order_and_case() {
    let mut window = window();
    open(&mut window);
    type_text(&mut window, "MINIMA");
    let minima = cards(&window);
    assert!(minima.len() > 5 && minima.len() < 30, "{minima:?}");
    window.get_by_label(&format!("{} found", minima.len()));
    type_text(&mut window, " himmelblau");
    assert_eq!(cards(&window), ["Himmelblau", "Lesson: Himmelblau: four minima, one start"]);
    type_text(&mut window, " nowhere");
    assert!(cards(&window).is_empty());
    window.get_by_label_contains("Nothing is found for");
    window.get_by_label("Show everything").click();
    window.run();
    assert_eq!(cards(&window).len(), BUILT_INS.len() + examples().len());
    assert_eq!(focused(&window), FIELD);
    type_text(&mut window, "(x+2*y-7)^2");
    assert_eq!(cards(&window), ["Booth"]);
    window.get_by_label("Clear").click();
    window.run();
    assert_eq!(focused(&window), FIELD);
    assert_eq!(cards(&window).len(), BUILT_INS.len() + examples().len());
}

#[test]
fn arrows_move_among_the_cards_as_they_lie_and_enter_chooses() {
    let mut window = window();
    open(&mut window);
    let place = |window: &Window<'_>| window.get_by(|node| node.is_focused()).rect();
    let names = cards(&window);
    press(&mut window, Key::ArrowDown);
    assert_eq!(focused(&window), names[0]);
    press(&mut window, Key::ArrowRight);
    assert_eq!(focused(&window), names[1]);
    let second = place(&window);
    press(&mut window, Key::ArrowDown);
    let below = place(&window);
    assert!(below.top() > second.bottom() && below.left() == second.left(), "{second} {below}");
    press(&mut window, Key::ArrowUp);
    assert_eq!(focused(&window), names[1]);
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowUp);
    assert_eq!(focused(&window), FIELD);
    // All the way down: the card that has the focus stays in sight.
    for _ in 0..40 {
        press(&mut window, Key::ArrowDown);
        let (seen, at) = (egui::Rect::from_min_size(egui::Pos2::ZERO, vec2(1024.0, 768.0)), place(&window));
        assert!(seen.contains_rect(at), "{at}");
    }
    let last = focused(&window);
    assert!(last.starts_with("Lesson: "), "{last}");
    // What is typed on a card goes into the field, and Enter there takes the first card.
    type_text(&mut window, "Booth");
    assert_eq!(focused(&window), FIELD);
    assert_eq!(cards(&window), ["Booth"]);
    press(&mut window, Key::Tab);
    press(&mut window, Key::ArrowDown);
    assert!(window.state().shows_gallery());
    window.get_by_role_and_label(Role::TextInput, FIELD).focus();
    window.run();
    press(&mut window, Key::ArrowDown);
    assert_eq!(focused(&window), "Booth");
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(scenario(&window), Scenario::of_built_in(find("booth").unwrap()));
}

#[test]
fn everything_in_the_gallery_can_be_chosen_by_its_whole_name() {
    let mut window = window();
    for (name, expected) in names() {
        window.key_press_modifiers(Modifiers::COMMAND, Key::G);
        window.step();
        window.event(Event::Text(expected.title.clone()));
        window.step();
        window.step();
        let card = window.query_by_role_and_label(Role::Button, &name);
        card.unwrap_or_else(|| panic!("{name} is not found by its name")).focus();
        window.step();
        window.key_press(Key::Enter);
        settle(&mut window);
        assert_eq!(scenario(&window), expected, "{name}");
        assert!(window.state().session().formula_error().is_none(), "{name}");
    }
}

#[test]
fn pictures_are_drawn_when_they_are_seen_and_kept() {
    let mut window = window();
    assert_eq!(window.state().thumbnails_made(), 0);
    open(&mut window);
    let first = window.state().thumbnails_made();
    assert!((4..=12).contains(&first), "{first} pictures for what is seen at first");
    press(&mut window, Key::Escape);
    open(&mut window);
    assert_eq!(window.state().thumbnails_made(), first, "what was drawn is kept");
    window.get_by_label_contains(&format!("Lessons {}", examples().len())).click();
    window.run();
    let with_lessons = window.state().thumbnails_made();
    assert!(with_lessons > first);
    assert!((with_lessons as usize) < BUILT_INS.len(), "what was scrolled past may be drawn, not everything");
    // Other colors: what is seen is drawn anew.
    window.ctx.set_theme(Theme::Light);
    let mut before = with_lessons;
    for _ in 0..2 {
        window.step();
        let made = window.state().thumbnails_made();
        assert!(made - before <= 3, "{} pictures in one frame", made - before);
        before = made;
    }
    window.run();
    let light = window.state().thumbnails_made();
    window.run_steps(4);
    assert_eq!(window.state().thumbnails_made(), light, "a picture waited for a frame that nobody asked for");
    assert!(light > with_lessons && light < with_lessons + 16, "{light} after {with_lessons}");
}

#[test]
fn it_fits_small_and_large_windows() {
    for (size, columns) in [(vec2(800.0, 560.0), 3), (vec2(1024.0, 768.0), 4), (vec2(1920.0, 1080.0), 5)] {
        let mut window = window_of(Scenario::default(), size);
        open(&mut window);
        let card = |name: &str| window.get_by_role_and_label(Role::Button, name).rect();
        let rects: Vec<egui::Rect> = BUILT_INS
            .iter()
            .filter(|row| row.group.title() == "Curved valleys")
            .map(|row| card(row.name))
            .collect();
        let in_first_row = rects.iter().filter(|rect| rect.top() == rects[0].top()).count();
        assert_eq!(in_first_row, columns, "{size}");
        assert!(rects.iter().all(|rect| rect.width() >= 210.0 && rect.size() == rects[0].size()));
        assert!(rects.iter().all(|rect| rect.left() > 0.0 && rect.right() < size.x));
        let field = window.get_by_role_and_label(Role::TextInput, FIELD).rect();
        assert!(field.left() > 0.0 && field.top() > 0.0);
        let close = window.get_by_label("Close").rect();
        assert!(close.right() < size.x && field.right() < close.left());
    }
}
