//! What is played when something changes, and what comes back when the program is started again.

use downhill::scenario::Scenario;
use downhill::ui::{App, SavedState};
use egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::Queryable as _;

use super::drive::{Window, drag, on_screen, press, press_with, retype, scenario, window, window_of_app};

fn short() -> Scenario {
    let mut scenario = Scenario::default();
    scenario.run.steps = 20;
    scenario
}

/// Plays to the end.
fn play_out(window: &mut Window<'_>) {
    window.key_press(Key::Space);
    for _ in 0..60 {
        window.step();
    }
    let playback = window.state().playback();
    assert_eq!((playback.step, playback.playing), (20, false));
}

fn at_start<'a>() -> Window<'a> {
    let mut window = super::drive::window_of(short(), vec2(1024.0, 768.0));
    press(&mut window, Key::Home);
    window
}

/// Whether it has begun anew within a second.
fn plays_again(window: &mut Window<'_>) -> bool {
    (0..20).any(|_| {
        window.step();
        window.state().playback().playing && window.state().playback().step < 20
    })
}

#[test]
fn another_cost_or_start_is_played_from_its_beginning_once_a_run_was_played_out() {
    type Change = fn(&mut Window<'_>);
    let changes: [(&str, Change); 4] = [
        ("formula", |window| {
            window.get_by_label("Cost formula").focus();
            window.step();
            window.key_press_modifiers(Modifiers::COMMAND, Key::A);
            window.event(egui::Event::Text("x^2 + 2y^2".to_owned()));
        }),
        ("start", |window| {
            let place = on_screen(window, [0.4, 1.2]);
            window.hover_at(place);
            window.step();
            window.drag_at(place);
            window.step();
            window.drop_at(place);
        }),
        ("start by keys", |window| {
            window.get_by_role_and_label(Role::SpinButton, "x").set_value_accesskit(0.25);
        }),
        ("goal", |window| {
            window.get_by_label("Goal").click();
            window.step();
            window.step();
            window.get_by_label("maximize").click();
        }),
    ];
    for (name, change) in changes {
        let mut window = at_start();
        play_out(&mut window);
        change(&mut window);
        assert!(plays_again(&mut window), "{name}");
    }
}

#[test]
fn a_step_that_was_gone_to_stays_whatever_changes() {
    let mut window = at_start();
    for _ in 0..3 {
        press(&mut window, Key::ArrowRight);
    }
    retype(&mut window, "x^2 + 2y^2");
    window.run_steps(20);
    assert_eq!((window.state().playback().step, window.state().playback().playing), (3, false));
    press(&mut window, Key::Escape);
    press(&mut window, Key::End);
    let [from, to] = [scenario(&window).run.start, [0.4, 1.2]].map(|point| on_screen(&window, point));
    drag(&mut window, from, to);
    assert!(!plays_again(&mut window), "the paths follow the hand at their end");
}

#[test]
fn a_rate_that_changes_does_not_begin_anew() {
    let mut window = at_start();
    play_out(&mut window);
    window.get_by_role_and_label(Role::Slider, "Adam: learning rate").set_value_accesskit(0.2);
    assert!(!plays_again(&mut window));
}

/// The window after the program was ended and started again.
fn started_again<'a>(window: &Window<'_>) -> Window<'a> {
    let kept = serde_json::to_string(&window.state().saved_state()).unwrap();
    let saved_state: SavedState = serde_json::from_str(&kept).unwrap();
    let mut window = window_of_app(App::restored(&saved_state).unwrap(), vec2(1024.0, 768.0));
    window.run();
    window
}

#[test]
fn what_was_shown_comes_back_and_nothing_plays() {
    let mut window = window();
    press_with(&mut window, Modifiers::COMMAND, Key::P);
    window.get_by_role_and_label(Role::Slider, "Adam: learning rate").set_value_accesskit(0.2);
    window.run();
    window.get_by_label("derivatives").click();
    window.run();
    press_with(&mut window, Modifiers::COMMAND, Key::T);
    press(&mut window, Key::Home);
    for _ in 0..7 {
        press(&mut window, Key::ArrowRight);
    }
    assert!(window.state().session().pinned().is_some());
    let again = started_again(&window);
    assert_eq!((again.state().playback().step, again.state().playback().playing), (7, false));
    assert_eq!(again.state().session().pinned(), window.state().session().pinned());
    again.get_by_label("methods use");
    assert!(again.query_by_label_contains("Copy table").is_some(), "the table of steps");
    assert!(again.state().work() == window.state().work());
}

#[test]
fn a_session_of_an_earlier_version_comes_back_at_its_start_and_stands_still() {
    let kept = serde_json::to_value(window().state().saved_state()).unwrap();
    let mut old = kept.as_object().unwrap().clone();
    for later in ["place", "pinned"] {
        assert!(old.remove(later).is_some(), "{later}");
    }
    let saved_state: SavedState = serde_json::from_value(old.into()).unwrap();
    let mut again = window_of_app(App::restored(&saved_state).unwrap(), vec2(1024.0, 768.0));
    again.run();
    assert!(!again.state().playback().playing);
}

#[test]
fn while_it_plays_the_session_is_not_written_for_every_step() {
    let mut window = at_start();
    window.key_press(Key::Space);
    window.step();
    let work = window.state().work();
    window.run_steps(5);
    assert!(window.state().work() == work);
    window.key_press(Key::Space);
    window.run_steps(2);
    assert!(window.state().work() != work, "the step at which it was paused is kept");
}
