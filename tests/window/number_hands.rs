//! Number fields under the pointer, the keyboard and assistive technology: how they are reached, dragged and stepped.

use egui::{Event, Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, drag, learning_rate, press, scenario, window};
use super::number_fields::{FRAMES_BETWEEN_KEYS, RATE, field, fields, focus, press_keys, wait};

/// Presses and releases the button as a hand does, with frames between.
fn click_slowly(window: &mut Window<'_>, name: &str) {
    let at = window.get_by_role_and_label(Role::SpinButton, name).rect().center();
    window.hover_at(at);
    wait(window, 3);
    window.drag_at(at);
    wait(window, 2);
    window.drop_at(at);
    wait(window, FRAMES_BETWEEN_KEYS);
}

/// Presses Tab until the field has the keyboard.
fn reach_by_tab(window: &mut Window<'_>, name: &str) {
    for _ in 0..120 {
        window.key_press(Key::Tab);
        wait(window, 3);
        if window.get_by_role_and_label(Role::SpinButton, name).accesskit_node().is_focused() {
            return;
        }
    }
    panic!("Tab does not reach {name}");
}

#[test]
fn a_click_selects_all_of_a_field_however_it_was_reached() {
    let mut window = window();
    for name in ["x", "steps", "tolerance", RATE] {
        for (round, way) in
            ["by a click", "by Tab", "after Escape", "by Tab and a step"].into_iter().enumerate()
        {
            match round {
                0 => {}
                1 => reach_by_tab(&mut window, name),
                3 => {
                    reach_by_tab(&mut window, name);
                    window.key_press(Key::ArrowUp);
                    wait(&mut window, FRAMES_BETWEEN_KEYS);
                }
                _ => {
                    focus(&mut window, name);
                    window.key_press(Key::Escape);
                    wait(&mut window, FRAMES_BETWEEN_KEYS);
                }
            }
            click_slowly(&mut window, name);
            let digits = ["7", "6", "5", "4"][round];
            press_keys(&mut window, digits, FRAMES_BETWEEN_KEYS);
            assert_eq!(field(&window, name).text, digits, "{name} {way}");
            window.key_press(Key::Enter);
            wait(&mut window, FRAMES_BETWEEN_KEYS);
            assert_eq!(field(&window, name).value, digits.parse::<f64>().unwrap(), "{name} {way}");
        }
    }
}

#[test]
fn a_second_click_puts_the_cursor_into_the_text() {
    let mut window = window();
    click_slowly(&mut window, "steps");
    wait(&mut window, 20);
    click_slowly(&mut window, "steps");
    window.key_press(Key::End);
    press_keys(&mut window, "0", FRAMES_BETWEEN_KEYS);
    assert_eq!(field(&window, "steps").text, "10000");
}

#[test]
fn keys_that_come_in_one_slow_frame_are_not_lost() {
    let mut window = window();
    let place = window.get_by_role_and_label(Role::SpinButton, RATE).rect().center();
    let button = |pressed| Event::PointerButton {
        pos: place,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let tab = Event::Key {
        key: Key::Tab,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    // The harness gives every event that it is told of a frame; these come together.
    let events = &mut window.input_mut().events;
    events.extend([Event::PointerMoved(place), button(true), button(false)]);
    events.extend(["0", ".", "0", "2", "5"].map(|text| Event::Text(text.to_owned())));
    events.push(tab);
    wait(&mut window, 5);
    assert_eq!(learning_rate(&window, 0), 0.025);
}

#[test]
fn assistive_technology_sets_and_steps_every_field() {
    let mut window = window();
    window.get_by_role_and_label(Role::SpinButton, RATE).set_value_accesskit(0.25);
    wait(&mut window, 2);
    assert_eq!(learning_rate(&window, 0), 0.25);
    for before in fields(&window) {
        window.get_by_role_and_label(Role::SpinButton, &before.name).increment_accesskit();
        wait(&mut window, 2);
        let after = field(&window, &before.name);
        let is_at_its_end = before.range[1] == Some(before.value);
        assert!(after.value > before.value || is_at_its_end, "{before:?} {after:?}");
    }
}

#[test]
fn a_field_that_has_the_keyboard_shows_what_assistive_technology_sets() {
    let mut window = window();
    for name in ["x", "steps", RATE] {
        focus(&mut window, name);
        let before = field(&window, name).value;
        window.get_by_role_and_label(Role::SpinButton, name).set_value_accesskit(3.0);
        wait(&mut window, FRAMES_BETWEEN_KEYS);
        assert_eq!((field(&window, name).text.as_str(), field(&window, name).value), ("3", 3.0), "{name}");
        window.key_press(Key::Escape);
        wait(&mut window, FRAMES_BETWEEN_KEYS);
        assert_eq!(field(&window, name).value, before, "{name}: Escape brings back what was");
    }
}

#[test]
fn a_number_is_dragged_and_a_click_is_no_drag() {
    let mut window = window();
    let place = window.get_by_role_and_label(Role::SpinButton, "steps").rect().center();
    let before = scenario(&window).run.steps;
    drag(&mut window, place, place + vec2(20.0, 0.0));
    let dragged = scenario(&window).run.steps;
    assert!((before + 50..before + 150).contains(&dragged), "{dragged}");
    focus(&mut window, "steps");
    press(&mut window, Key::Escape);
    assert_eq!(scenario(&window).run.steps, dragged);
    let rate = scenario(&window).optimizers[0].settings.real("learning_rate");
    let place = window.get_by_role_and_label(Role::SpinButton, RATE).rect().center();
    drag(&mut window, place, place - vec2(200.0, 0.0));
    let dragged = learning_rate(&window, 0);
    assert!(dragged > 0.0 && dragged < rate, "{dragged}");
}
