//! Number fields, typed into as people type: one key every quarter of a second, with frames between in which the window
//! plays, repaints and changes values by itself.

use downhill::objective::Derivatives;
use downhill::optimizer::{Settings, method};
use downhill::scenario::{OptimizerChoice, Scenario};
use egui::{Event, Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, learning_rate, press, press_with, scenario, window, window_of};

pub const RATE: &str = "Gradient descent: learning rate";

/// Seconds of a frame are 0.05: as many frames as pass between two keys of a person.
pub const FRAMES_BETWEEN_KEYS: usize = 5;

/// Lets frames pass, whether or not the window wants any.
pub fn wait(window: &mut Window<'_>, frames: usize) {
    for _ in 0..frames {
        window.step();
    }
}

pub fn focus(window: &mut Window<'_>, field: &str) {
    window.get_by_role_and_label(Role::SpinButton, field).click();
    wait(window, FRAMES_BETWEEN_KEYS);
}

/// Presses the keys of a text one after the other.
pub fn press_keys(window: &mut Window<'_>, text: &str, frames_between: usize) {
    for character in text.chars() {
        window.event(Event::Text(character.to_string()));
        wait(window, frames_between);
    }
}

fn type_slowly(window: &mut Window<'_>, field: &str, text: &str) {
    focus(window, field);
    press_keys(window, text, FRAMES_BETWEEN_KEYS);
    window.key_press(Key::Enter);
    wait(window, FRAMES_BETWEEN_KEYS);
}

/// What assistive technology reads of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: String,
    pub value: f64,
    pub text: String,
    is_whole: bool,
    pub range: [Option<f64>; 2],
}

impl Field {
    /// The nearest number that the field takes.
    fn clamped(&self, number: f64) -> f64 {
        let [least, most] = self.range;
        number.max(least.unwrap_or(f64::NEG_INFINITY)).min(most.unwrap_or(f64::INFINITY))
    }
}

pub fn fields(window: &Window<'_>) -> Vec<Field> {
    let nodes = window.get_all_by_role(Role::SpinButton);
    nodes
        .map(|node| {
            let node = node.accesskit_node();
            Field {
                name: node.label().unwrap(),
                value: node.numeric_value().unwrap(),
                text: node.value().unwrap(),
                is_whole: node.numeric_value_step() == Some(1.0),
                range: [node.min_numeric_value(), node.max_numeric_value()],
            }
        })
        .collect()
}

pub fn field(window: &Window<'_>, name: &str) -> Field {
    fields(window).into_iter().find(|field| field.name == name).unwrap()
}

/// Types into these fields, and holds each to what it shows of itself.
///
/// `leave` is the key that ends the typing.
fn type_into_every(window: &mut Window<'_>, fields_before: &[Field], leave: Key) {
    for before in fields_before {
        let name = before.name.as_str();
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * b.abs();
        focus(window, name);
        // Every text between may be a number that the field does not take, or one that it does.
        let (text, number) = match before.is_whole {
            true => ("12", 12.0),
            // Beyond the other end of a slider.
            false if name.ends_with(" to") => ("7.0203", 7.0203),
            false => ("0.0203", 0.0203),
        };
        for (end, character) in text.char_indices().map(|(at, c)| (at + c.len_utf8(), c)) {
            press_keys(window, &character.to_string(), 2);
            assert_eq!(field(window, name).text, text[..end], "{name}");
        }
        window.key_press(leave);
        wait(window, 2);
        let typed = field(window, name);
        assert!(near(typed.value, typed.clamped(number)), "{name}: {typed:?} after {text}");

        focus(window, name);
        press_keys(window, "1/", 2);
        window.key_press(Key::Escape);
        wait(window, 2);
        assert_eq!(field(window, name), typed, "{name}: Escape");

        focus(window, name);
        press_keys(window, "abc", 1);
        window.key_press(Key::Tab);
        wait(window, 2);
        let refused = field(window, name);
        assert_eq!((refused.value, refused.text.as_str()), (typed.value, "abc"), "{name}");
        window.get_by_label_contains("`abc` is no number");
        focus(window, name);
        window.key_press(Key::Escape);
        wait(window, 2);
        assert_eq!(field(window, name), typed, "{name}: Escape after a text that was refused");
    }
}

fn short_scenario() -> Scenario {
    let mut scenario = Scenario::default();
    scenario.run.steps = 40;
    scenario.optimizers.truncate(2);
    scenario.cost.derivatives = Derivatives::CentralDifference { step: 1e-5 };
    scenario
}

#[test]
fn every_number_field_of_the_panels_takes_what_is_typed_slowly() {
    let mut window = window_of(short_scenario(), vec2(1400.0, 1000.0));
    for switch in ["all parameters", "derivatives"] {
        window.get_by_label(switch).click();
        wait(&mut window, 3);
    }
    // Playing all the while: every frame has another step.
    window.key_press(Key::Space);
    let all = fields(&window);
    assert!(all.len() >= 18, "{} fields", all.len());
    type_into_every(&mut window, &all, Key::Enter);
}

#[test]
fn every_number_field_of_the_figure_dialog_takes_what_is_typed_slowly() {
    let mut window = window_of(short_scenario(), vec2(1400.0, 1000.0));
    let behind = fields(&window).len();
    press_with(&mut window, Modifiers::COMMAND, Key::E);
    for (kind, least) in [("PNG", 4), ("GIF", 9)] {
        window.get_by_role_and_label(Role::Button, kind).click();
        wait(&mut window, 3);
        let inside = fields(&window).split_off(behind);
        assert!(inside.len() >= least, "{} fields", inside.len());
        type_into_every(&mut window, &inside, Key::Tab);
        assert!(window.state().is_asking(), "Escape closed the dialog");
    }
}

#[test]
fn small_rates_are_typed_while_the_paths_are_played() {
    let mut window = window();
    press(&mut window, Key::Home);
    window.key_press(Key::Space);
    window.step();
    let texts = [
        ("0.02", 0.02),
        ("0.0003", 0.0003),
        ("0,05", 0.05),
        ("1,5", 1.5),
        ("1/3", 1.0 / 3.0),
        ("1e-3", 0.001),
        ("2*pi", 2.0 * std::f64::consts::PI),
        ("sqrt(2)", 2.0_f64.sqrt()),
    ];
    for (text, value) in texts {
        type_slowly(&mut window, RATE, text);
        assert_eq!(learning_rate(&window, 0), value, "{text}");
    }
    type_slowly(&mut window, "x", "\u{2212}0.5");
    assert_eq!(scenario(&window).run.start[0], -0.5);
}

#[test]
fn typing_is_one_step_of_undo_and_none_after_escape() {
    let mut window = window();
    let begin = scenario(&window).clone();
    focus(&mut window, RATE);
    press_keys(&mut window, "0.02", 14);
    assert_eq!(learning_rate(&window, 0), 0.02, "applied while it is typed");
    window.key_press(Key::Escape);
    wait(&mut window, 15);
    assert_eq!(*scenario(&window), begin);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*scenario(&window), begin);

    type_slowly(&mut window, RATE, "0.02");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*scenario(&window), begin);
    press_with(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    assert_eq!(learning_rate(&window, 0), 0.02);

    // Undo while it is still being typed takes the typing back, and the field shows what stands.
    focus(&mut window, RATE);
    press_keys(&mut window, "0.5", FRAMES_BETWEEN_KEYS);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    wait(&mut window, 2);
    assert_eq!((learning_rate(&window, 0), field(&window, RATE).text.as_str()), (0.02, "0.02"));
}

#[test]
fn what_a_field_does_not_take_is_said_and_kept() {
    let mut window = window();
    let rate = learning_rate(&window, 0);
    for (text, said) in [
        ("-5", "a number above 0 and at most 1000000"),
        ("0", "a number above 0"),
        ("abc", "`abc` is no number"),
        ("1/0", "is not finite"),
        ("1 5", "an operator is missing before `5`"),
        ("", "type a number"),
    ] {
        focus(&mut window, RATE);
        window.key_press(Key::Delete);
        press_keys(&mut window, text, FRAMES_BETWEEN_KEYS);
        window.key_press(Key::Enter);
        wait(&mut window, FRAMES_BETWEEN_KEYS);
        window.get_by_label_contains(said);
        assert_eq!((learning_rate(&window, 0), field(&window, RATE).text.as_str()), (rate, text));
        window.key_press(Key::Escape);
        wait(&mut window, FRAMES_BETWEEN_KEYS);
        assert!(window.query_by_label_contains(said).is_none(), "{text}");
        assert_eq!(field(&window, RATE).value, rate);
    }
    for (name, text, taken, said) in [
        ("speed", "5000", 1000.0, "at most 1000: that is taken"),
        ("steps", "0", 1.0, "at least 1: that is taken"),
        ("count", "1,000", 60.0, "at most 60: that is taken"),
        ("steps", "1,000", 1000.0, "read as 1000"),
    ] {
        type_slowly(&mut window, name, text);
        assert_eq!(field(&window, name).value, taken, "{name}");
        window.get_by_label_contains(said);
    }
    type_slowly(&mut window, "steps", "2.5");
    window.get_by_label_contains("2.5 is no whole number");
    assert_eq!(scenario(&window).run.steps, 1000);
}

#[test]
fn what_lbfgs_cannot_remember_is_said_on_its_card_and_not_taken() {
    const MEMORY: &str = "L-BFGS: memory";
    let mut lbfgs = short_scenario();
    lbfgs.optimizers = vec![OptimizerChoice::new(Settings::defaults(method("lbfgs").unwrap()))];
    let mut window = window_of(lbfgs, vec2(1400.0, 1000.0));
    window.get_by_role_and_label(Role::CheckBox, "all parameters").click();
    wait(&mut window, FRAMES_BETWEEN_KEYS);
    let memory = |window: &Window<'_>| scenario(window).optimizers[0].settings.real("memory");
    for (text, said, taken) in [
        ("7", "", 7.0),
        ("2.5", "2.5 is no whole number", 7.0),
        ("0", "at least 1: that is taken", 1.0),
        ("1e300", "at most 100: that is taken", 100.0),
    ] {
        type_slowly(&mut window, MEMORY, text);
        assert_eq!(memory(&window), taken, "{text}");
        assert!(said.is_empty() || window.query_by_label_contains(said).is_some(), "{text}");
        window.key_press(Key::Escape);
        wait(&mut window, FRAMES_BETWEEN_KEYS);
    }
}

#[test]
fn all_digits_of_a_number_are_there_to_be_edited() {
    let mut scenario_of_file = Scenario::default();
    scenario_of_file.run.start = [123_456.789_012, 0.25];
    let mut window = window_of(scenario_of_file, vec2(1024.0, 768.0));
    focus(&mut window, "x");
    window.key_press(Key::End);
    press_keys(&mut window, "5", FRAMES_BETWEEN_KEYS);
    window.key_press(Key::Enter);
    wait(&mut window, 2);
    assert_eq!(scenario(&window).run.start[0], 123_456.789_012_5);
}

#[test]
fn a_value_set_elsewhere_is_shown_and_does_not_disturb_what_is_typed() {
    let mut window = window();
    focus(&mut window, RATE);
    press_keys(&mut window, "0.0", FRAMES_BETWEEN_KEYS);
    window.get_by_role_and_label(Role::Slider, RATE).set_value_accesskit(0.5);
    wait(&mut window, 3);
    assert_eq!((learning_rate(&window, 0), field(&window, RATE).text.as_str()), (0.5, "0.0"));
    press_keys(&mut window, "2", FRAMES_BETWEEN_KEYS);
    window.key_press(Key::Enter);
    wait(&mut window, 2);
    assert_eq!(learning_rate(&window, 0), 0.02);
    window.get_by_role_and_label(Role::Slider, RATE).set_value_accesskit(0.25);
    wait(&mut window, 3);
    assert_eq!(field(&window, RATE).text, "0.25");
}
