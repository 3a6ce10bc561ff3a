//! A rule of one's own on its card: made of a method, typed, mended, steered and undone.

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;

use super::drive::{Window, click, press_with, retype_in, scenario, window};

fn lines(window: &Window<'_>) -> Vec<String> {
    let settings = &scenario(window).optimizers[1].settings;
    settings.own_rule().map(|rule| rule.lines().to_vec()).unwrap_or_default()
}

fn retype(window: &mut Window<'_>, text: &str) {
    retype_in(window, Role::TextInput, "Rule of Your own rule", text);
}

#[test]
fn a_method_becomes_a_rule_that_is_typed_mended_and_undone() {
    let mut window = window();
    click(&mut window, "Menu of Momentum");
    click(&mut window, "Edit its rule");
    let first = ["v = beta*v + alpha*g", "theta = theta - v"];
    assert_eq!(lines(&window), first);
    window.get_by_role_and_label(Role::Slider, "Your own rule: beta");
    retype(&mut window, "theta = theta - alpha*g/w");
    window.get_by_label_contains("line 1: unknown name `w`");
    assert_eq!(lines(&window), first, "the last good one stays");
    click(&mut window, "Mend the rule: make w a parameter");
    assert_eq!(lines(&window), ["theta = theta - alpha*g/w"]);
    window.get_by_role_and_label(Role::Slider, "Your own rule: w");
    assert!(window.query_by_label_contains("unknown name").is_none());
    // The text is let go of, so that the keys are the window's.
    press_with(&mut window, Modifiers::NONE, Key::Escape);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(lines(&window), first);
    click(&mut window, "Menu of Nesterov");
    click(&mut window, "Edit its rule");
    assert_eq!(scenario(&window).optimizers[2].settings.own_rule().unwrap().state(), ["v"]);
}
