//! Sliders: keys, wheel, double click, editable ends, and one for all learning rates.

use egui::{Event, Key, Modifiers, MouseWheelUnit, Pos2, Role, TouchPhase, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{
    Window, double_click, drag, learning_rate, press, press_with, retype, scenario, type_into, window,
};

const RATE: &str = "Gradient descent: learning rate";

fn place(window: &Window<'_>, name: &str) -> Pos2 {
    window.get_by_role_and_label(Role::Slider, name).rect().center()
}

fn turn_wheel(window: &mut Window<'_>, notches: f32, modifiers: Modifiers) {
    window.event(Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: vec2(0.0, notches),
        phase: TouchPhase::Move,
        modifiers,
        source: egui::MouseWheelSource::Unknown,
    });
    window.run();
}

fn click_at(window: &mut Window<'_>, at: Pos2) {
    window.hover_at(at);
    window.step();
    window.drag_at(at);
    window.step();
    window.drop_at(at);
    window.hover_at(at);
    window.run();
}

#[test]
fn arrow_keys_step_a_slider_that_has_the_focus_and_shift_makes_the_steps_fine() {
    let mut window = window();
    window.get_by_role_and_label(Role::Slider, RATE).focus();
    window.run();
    press(&mut window, Key::ArrowRight);
    assert_eq!(learning_rate(&window, 0), 0.00125);
    press(&mut window, Key::ArrowLeft);
    press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(learning_rate(&window, 0), 0.00101);
    let step = window.state().playback().step;
    assert_eq!(step, window.state().session().longest_run(), "the arrow moved the step too");
}

#[test]
fn the_wheel_steps_the_slider_that_was_clicked_and_no_other() {
    let mut window = window();
    window.hover_at(place(&window, RATE));
    window.run();
    for _ in 0..3 {
        turn_wheel(&mut window, 1.0, Modifiers::NONE);
    }
    assert_eq!(learning_rate(&window, 0), 0.001, "it has only passed under the pointer");
    let knob = place(&window, RATE);
    click_at(&mut window, knob);
    let clicked = learning_rate(&window, 0);
    turn_wheel(&mut window, 1.0, Modifiers::NONE);
    assert!(learning_rate(&window, 0) > clicked);
    turn_wheel(&mut window, -1.0, Modifiers::SHIFT);
    let stepped = learning_rate(&window, 0);
    // Beside the slider the wheel scrolls what is there, whoever has the keyboard.
    let card = window.get_by_label("Show Gradient descent").rect().center();
    window.hover_at(card);
    window.run();
    turn_wheel(&mut window, -1.0, Modifiers::NONE);
    assert_eq!(learning_rate(&window, 0), stepped);
}

#[test]
fn space_plays_after_a_slider_was_clicked_and_arrows_belong_to_the_slider() {
    let mut window = window();
    press(&mut window, Key::Home);
    let knob = place(&window, RATE);
    click_at(&mut window, knob);
    let clicked = learning_rate(&window, 0);
    press(&mut window, Key::ArrowRight);
    assert!(learning_rate(&window, 0) > clicked);
    assert_eq!(window.state().playback().step, 0);
    window.key_press(Key::Space);
    window.run_steps(3);
    assert!(window.state().playback().playing);
    window.key_press(Key::Space);
    window.run_steps(3);
    assert!(!window.state().playback().playing);
}

#[test]
fn a_double_click_brings_back_what_was_suggested() {
    let mut window = window();
    let suggested = learning_rate(&window, 0);
    let rate = place(&window, RATE);
    drag(&mut window, rate, rate + vec2(30.0, 0.0));
    assert_ne!(learning_rate(&window, 0), suggested);
    double_click(&mut window, rate);
    assert_eq!(learning_rate(&window, 0), suggested);
    let b = place(&window, "b");
    drag(&mut window, b, b + vec2(30.0, 0.0));
    assert_ne!(scenario(&window).cost.constants[1].1, 100.0);
    double_click(&mut window, b);
    assert_eq!(scenario(&window).cost.constants[1].1, 100.0);
}

#[test]
fn the_ends_of_a_constants_slider_are_typed_kept_and_undone() {
    let mut window = window();
    retype(&mut window, "k*x^2 + y^2");
    window.run_steps(20);
    type_into(&mut window, "k to", "40");
    window.run_steps(20);
    let [from, to] = scenario(&window).slider_range("k").unwrap();
    assert_eq!((from, to), (-1.0, 40.0));
    let slider = window.get_by_role_and_label(Role::Slider, "k").rect();
    drag(&mut window, slider.center(), slider.right_center());
    assert!(scenario(&window).cost.constants[0].1 > 35.0);
    // Ends in the wrong order are no range.
    type_into(&mut window, "k from", "50");
    assert_eq!(scenario(&window).slider_range("k"), Some([-1.0, 40.0]));
    for _ in 0..2 {
        press_with(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(scenario(&window).slider_range("k"), None);
    assert_eq!(scenario(&window).cost.constants[0].1, 1.0);
}

#[test]
fn all_learning_rates_are_changed_together_and_brought_back() {
    let mut window = window();
    let all = |window: &Window<'_>| (0..7).map(|index| learning_rate(window, index)).collect::<Vec<_>>();
    let before = all(&window);
    type_into(&mut window, "All learning rates", "2");
    let doubled: Vec<f64> = before.iter().map(|rate| 2.0 * rate).collect();
    assert_eq!(all(&window), doubled);
    let all_rates = place(&window, "All learning rates");
    double_click(&mut window, all_rates);
    assert_eq!(all(&window), before);
    type_into(&mut window, RATE, "0.25");
    window.get_by_label("Menu of Gradient descent").click();
    window.run();
    window.get_by_label("Same rate for all").click();
    window.run();
    assert_eq!(all(&window), [0.25; 7]);
    let factor = window.get_by_role_and_label(Role::Slider, "All learning rates");
    assert_eq!(factor.accesskit_node().numeric_value(), Some(1.0));
}

#[test]
fn the_step_is_typed_stepped_and_brought_back_and_the_speed_as_well() {
    let mut window = window();
    let step = |window: &Window<'_>| window.state().playback().step;
    type_into(&mut window, "step", "42");
    assert_eq!(step(&window), 42);
    let scrubber = place(&window, "step of all runs");
    window.get_by_role_and_label(Role::Slider, "step of all runs").focus();
    window.hover_at(scrubber);
    window.run();
    turn_wheel(&mut window, -1.0, Modifiers::NONE);
    assert_eq!(step(&window), 41);
    press(&mut window, Key::ArrowRight);
    assert_eq!(step(&window), 42);
    double_click(&mut window, scrubber);
    assert_eq!(step(&window), 0);
    type_into(&mut window, "speed", "5000");
    assert_eq!(window.state().playback().steps_per_second, 1000.0);
    let speed = place(&window, "speed");
    double_click(&mut window, speed);
    assert_eq!(window.state().playback().steps_per_second, 30.0);
}
