//! The size of everything, and what is to be read when the cards are closed.

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;

use super::drive::{Window, drag, press, press_with, window};

/// How wide the panel of the runs is, by the left edge of what is in it, in points.
fn edge(window: &Window<'_>) -> f32 {
    window.get_by_label("Show Gradient descent").rect().left()
}

#[test]
fn panels_return_to_their_width_after_larger_text() {
    let mut window = window();
    let usual = edge(&window);
    // Wider by hand.
    let handle = egui::pos2(usual - 28.0, 300.0);
    drag(&mut window, handle, handle - egui::vec2(60.0, 0.0));
    let wide = edge(&window);
    for _ in 0..4 {
        press_with(&mut window, Modifiers::COMMAND, Key::Plus);
        window.run();
    }
    press_with(&mut window, Modifiers::COMMAND, Key::Num0);
    window.run();
    assert!((edge(&window) - wide).abs() < 1.0, "{usual} {wide} {}", edge(&window));
}

#[test]
fn the_plot_has_a_legend_while_the_cards_are_closed() {
    let mut window = window();
    assert!(window.query_by_label_contains("Legend: ").is_none());
    press(&mut window, Key::F7);
    window.run_steps(20);
    window.get_by_label_contains("Legend: GD: J 0.454");
    press(&mut window, Key::F7);
    window.run_steps(20);
    assert!(window.query_by_label_contains("Legend: ").is_none());
}

#[test]
fn nothing_of_the_panels_is_clipped_at_one_and_a_half() {
    let mut window = window();
    for _ in 0..3 {
        press_with(&mut window, Modifiers::COMMAND, Key::Plus);
        window.run();
    }
    let page = window.ctx.content_rect();
    for name in ["Costs…", "derivatives", "Reset view", "Pin paths", "Add optimizer", "Play", "To the end"]
    {
        let rect = window.get_by_role_and_label(Role::Button, name).rect();
        assert!(page.contains_rect(rect), "{name}: {rect:?} in {page:?}");
    }
    for name in ["step", "speed", "x", "y", "tolerance", "a", "b"] {
        for node in window.get_all_by_role_and_label(Role::SpinButton, name) {
            assert!(page.contains_rect(node.rect()), "{name}: {:?} in {page:?}", node.rect());
        }
    }
}
