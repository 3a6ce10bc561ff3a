//! The graph of the cost beside the plot.

use downhill::scenario::Scenario;
use egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, press, press_with, window_of};

fn open() -> Window<'static> {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    press_with(&mut window, Modifiers::COMMAND, Key::Num8);
    window
}

/// What the nodes of the graph say, in the order of reading.
fn nodes(window: &Window<'_>) -> Vec<String> {
    let buttons = window.get_all_by_role(Role::Button);
    let words = buttons.map(|button| button.accesskit_node().label().unwrap_or_default());
    words.filter(|words| words.contains(", value ")).collect()
}

#[test]
fn the_graph_follows_the_playback() {
    let mut window = open();
    let at_end = nodes(&window);
    let is_result = |words: &&String| words.starts_with("J = ");
    assert!(at_end.len() >= 8 && at_end.iter().filter(is_result).count() == 1, "{at_end:?}");
    press(&mut window, Key::Home);
    let at_start = nodes(&window);
    assert_eq!(at_start.len(), at_end.len());
    let j = at_start.iter().find(is_result).unwrap();
    assert!(j.contains("value 24.2"), "J at (-1.2, 1) is 24.2: {j}");
    assert!(at_start.iter().any(|words| words.starts_with("x, value −1.2, ∂J/∂x = −215.6")), "{at_start:?}");
    press_with(&mut window, Modifiers::COMMAND, Key::Num8);
    assert!(nodes(&window).is_empty());
}
