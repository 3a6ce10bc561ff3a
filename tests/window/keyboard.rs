//! The window by the keyboard alone: the formula, the menus, the tour.

use downhill::optimizer::METHODS;
use egui::{Event, Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, press, press_with, scenario, window};

fn focused(window: &Window<'_>) -> Option<String> {
    let nodes = window.query_all_by(|node| node.is_focused());
    nodes.filter_map(|node| node.accesskit_node().label()).next_back()
}

#[test]
fn f4_leads_to_the_formula_from_anywhere_and_selects_it() {
    let mut window = window();
    for place in ["nothing", "a number", "a slider", "a closed panel"] {
        match place {
            "a number" => window.get_by_role_and_label(Role::SpinButton, "steps").focus(),
            "a slider" => window.get_by_role_and_label(Role::Slider, "b").focus(),
            "a closed panel" => window.key_press(Key::F6),
            _ => {}
        }
        window.run();
        press(&mut window, Key::F4);
        window.run();
        assert_eq!(focused(&window).as_deref(), Some("Cost formula"), "from {place}");
        window.event(Event::Text("x^2 + 3y^2".to_owned()));
        window.run();
        assert_eq!(scenario(&window).cost.formula(), "x^2 + 3y^2", "from {place}");
        window.event(Event::Text("1".to_owned()));
        press(&mut window, Key::Escape);
        press_with(&mut window, Modifiers::COMMAND, Key::Z);
    }
}

/// Presses Alt alone and lets it go, in the events in which the desktop tells of it, a frame for each change.
fn tap_alt(window: &mut Window<'_>) {
    for events in alt_events() {
        window.input_mut().events.extend(events);
        window.step();
    }
    window.run();
}

/// What the desktop tells when Alt is pressed, held and released.
fn alt_events() -> [Vec<Event>; 4] {
    let key = |pressed, modifiers| Event::Key {
        key: Key::AltLeft,
        physical_key: Some(Key::AltLeft),
        pressed,
        repeat: false,
        modifiers,
    };
    let press = vec![key(true, Modifiers::NONE), Event::ModifiersChanged(Modifiers::ALT)];
    let repeat = vec![key(true, Modifiers::ALT)];
    let release = vec![key(false, Modifiers::ALT), Event::ModifiersChanged(Modifiers::NONE)];
    [press, repeat.clone(), repeat, release]
}

#[test]
fn alt_opens_the_menus_and_arrow_keys_go_through_them() {
    let mut window = window();
    let before = scenario(&window).clone();
    press_with(&mut window, Modifiers::ALT, Key::V);
    window.run();
    assert_eq!(focused(&window).as_deref(), Some("Reset view"));
    press(&mut window, Key::ArrowDown);
    assert_eq!(focused(&window).as_deref(), Some("Fit paths"));
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowUp);
    assert_ne!(focused(&window).as_deref(), Some("Reset view"), "round to the last entry");
    press(&mut window, Key::ArrowRight);
    window.run();
    assert_eq!(focused(&window).as_deref(), Some("Tour"), "the menu on the right");
    assert!(window.query_by_label("Unpin paths").is_none());
    press(&mut window, Key::ArrowLeft);
    window.run();
    assert_eq!(focused(&window).as_deref(), Some("Reset view"), "back on the left");
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Unpin paths").is_none());
    tap_alt(&mut window);
    assert_eq!(focused(&window).as_deref(), Some("New"));
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert!(window.state().shows_gallery(), "Enter chooses");
    assert_eq!(*scenario(&window), before, "no key was typed into anything");
}

#[test]
fn arrow_keys_lead_from_a_menu_of_one_entry_to_the_next() {
    let mut window = window();
    let step = window.state().playback().step;
    press_with(&mut window, Modifiers::ALT, Key::E);
    window.run();
    assert_eq!(focused(&window).as_deref(), Some("Constraint"), "there is nothing to undo");
    press(&mut window, Key::ArrowRight);
    window.run();
    assert_eq!(focused(&window).as_deref(), Some("Play or pause"), "the menu on the right");
    assert_eq!(window.state().playback().step, step, "the arrow was for the menu");
}

#[test]
fn a_method_is_chosen_by_keys_and_each_says_what_it_does() {
    let mut window = window();
    let before = scenario(&window).optimizers.len();
    window.get_by_label("Add optimizer").focus();
    window.run();
    press(&mut window, Key::Enter);
    window.run();
    assert_eq!(focused(&window).as_deref(), Some(METHODS[0].name));
    for method in METHODS {
        window.get_by_label(method.summary);
    }
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    let chosen = focused(&window).unwrap();
    assert_ne!(chosen, METHODS[0].name);
    press(&mut window, Key::Enter);
    window.run();
    let added = &scenario(&window).optimizers[before..];
    assert_eq!(added.iter().map(|run| run.settings.method().name).collect::<Vec<_>>(), [chosen]);
    assert_eq!(focused(&window).as_deref(), Some("Add optimizer"));
}

#[test]
fn alt_closes_what_it_opened_and_means_nothing_with_the_wheel() {
    let mut window = window();
    let is_open = |window: &Window<'_>| window.query_by_label_contains("Save as").is_some();
    tap_alt(&mut window);
    assert!(is_open(&window));
    tap_alt(&mut window);
    assert!(!is_open(&window));
    window.hover_at(egui::pos2(300.0, 400.0));
    window.event(Event::ModifiersChanged(Modifiers::ALT));
    window.step();
    window.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: egui::vec2(0.0, 1.0),
        phase: egui::TouchPhase::Move,
        modifiers: Modifiers::ALT,
        source: egui::MouseWheelSource::Unknown,
    });
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    window.run();
    assert!(!is_open(&window));
}

#[test]
fn alt_pressed_and_released_within_a_slow_frame_leads_in_and_out() {
    let mut window = window();
    let is_open = |window: &Window<'_>| window.query_by_label_contains("Save as").is_some();
    // What of the four changes falls into the same frame.
    for frames in [vec![4], vec![1, 3], vec![3, 1], vec![2, 2]] {
        for opens in [true, false] {
            let mut events = alt_events().into_iter();
            for changes in &frames {
                window.input_mut().events.extend(events.by_ref().take(*changes).flatten());
                window.step();
            }
            window.run();
            assert_eq!(is_open(&window), opens, "{frames:?}");
        }
    }
}

#[test]
fn f1_lists_the_keys_that_lead_to_formula_menus_and_through_the_tour() {
    let mut window = window();
    press(&mut window, Key::F1);
    window.run();
    for words in ["Formula", "F4", "The menus", "The next stop of the tour"] {
        assert!(window.query_all_by_label(words).next().is_some(), "{words}");
    }
}

#[test]
fn a_letter_with_alt_is_typed_into_nothing() {
    let mut window = window();
    press(&mut window, Key::F4);
    window.run();
    let key = Event::Key {
        key: Key::H,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::ALT,
    };
    // Together, as they come from the keyboard.
    let events = [Event::ModifiersChanged(Modifiers::ALT), key, Event::Text("h".to_owned())];
    window.input_mut().events.extend(events);
    window.step();
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    window.run();
    assert_eq!(focused(&window).as_deref(), Some("Tour"));
    let formula = scenario(&window).cost.formula().to_owned();
    assert_eq!(formula, scenario(&super::drive::window()).cost.formula());
}

#[test]
fn enter_goes_on_in_the_tour_to_its_end() {
    let mut window = window();
    press(&mut window, Key::F2);
    for stop in 1..=6 {
        window.get_by_label(&format!("{stop} of 6"));
        press(&mut window, Key::Enter);
    }
    assert!(window.query_by_label("6 of 6").is_none());
}

#[test]
fn menus_mark_what_is_on() {
    let mut window = window();
    let marked = |window: &mut Window<'_>, label: &str| {
        press_with(window, Modifiers::ALT, Key::V);
        window.run();
        // Another control of this name may stand in the window.
        let nodes = window.query_all_by_role_and_label(Role::Button, label);
        let marks: Vec<bool> = nodes
            .filter_map(|node| node.accesskit_node().toggled())
            .map(|t| t == egui::accesskit::Toggled::True)
            .collect();
        press(window, Key::Escape);
        marks.into_iter().last()
    };
    for (label, key) in [("Cost", Key::F6), ("Optimizers", Key::F7), ("Playback", Key::F8)] {
        assert_eq!(marked(&mut window, label), Some(true), "{label}");
        press(&mut window, key);
        window.run_steps(20);
        assert_eq!(marked(&mut window, label), Some(false), "{label}");
    }
    press_with(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::L);
    assert_eq!([marked(&mut window, "Light"), marked(&mut window, "Dark")], [Some(true), Some(false)]);
}

#[test]
fn only_entries_that_can_be_on_are_announced_as_switches() {
    let mut window = window();
    let switches = |window: &Window<'_>| -> Vec<String> {
        let nodes = window.query_all_by_role(Role::Button).filter(|n| n.accesskit_node().toggled().is_some());
        nodes.filter_map(|node| node.accesskit_node().label()).collect()
    };
    let before = switches(&window);
    let mut found = Vec::new();
    for letter in [Key::F, Key::E, Key::P, Key::V, Key::H] {
        press_with(&mut window, Modifiers::ALT, letter);
        window.run();
        found.extend(switches(&window).into_iter().filter(|label| !before.contains(label)));
        press(&mut window, Key::Escape);
        window.run();
    }
    let expected = ["Notes", "Cost", "Optimizers", "Playback", "Series", "Dark", "Light", "As the system"];
    found.sort();
    let mut expected = expected.map(str::to_owned).to_vec();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_menu_without_entries_rests_until_it_is_closed() {
    let mut window = window();
    // It waits until nothing is drawn anew.
    press_with(&mut window, Modifiers::ALT, Key::E);
    window.get_by_label("Nothing to undo");
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Nothing to undo").is_none());
}

#[test]
fn about_says_version_and_licence_and_quit_closes_the_window() {
    let mut window = window();
    press_with(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::I);
    window.get_by_label(&format!("Version {}", env!("CARGO_PKG_VERSION")));
    window.get_by_label_contains("MIT or Apache-2.0");
    press(&mut window, Key::Escape);
    assert!(window.query_by_label_contains("MIT or Apache-2.0").is_none());
    let key = Event::Key {
        key: Key::Q,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    };
    window.input_mut().events.extend([Event::ModifiersChanged(Modifiers::COMMAND), key]);
    window.step();
    let mut commands = window.output().viewport_output.values().flat_map(|viewport| &viewport.commands);
    assert!(commands.any(|command| *command == egui::ViewportCommand::Close));
}
