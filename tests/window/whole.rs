//! The window as a whole: panels that close, the size of text, the list of actions, the tour.

use downhill::ui::{Action, App};
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, click, double_click, drag, press, press_with, scenario, window, window_of_app};

#[test]
fn each_panel_closes_and_opens_again_and_the_plot_takes_its_room() {
    let mut window = window();
    let size = |window: &Window<'_>| window.state().projection().unwrap().frame.size();
    let before = size(&window);
    for (key, inside) in [(Key::F6, "Cost formula"), (Key::F7, "All learning rates"), (Key::F8, "To the end")]
    {
        press(&mut window, key);
        window.run_steps(20);
        assert!(window.query_all_by_label(inside).next().is_none(), "{inside} is still there");
        let open = size(&window);
        assert!(open.x > before.x + 40.0 || open.y > before.y + 20.0, "{inside}: {before} {open}");
        press(&mut window, key);
        window.run_steps(20);
        assert!(window.query_all_by_label(inside).next().is_some(), "{inside} did not come back");
    }
    assert!((size(&window) - before).length() < 2.0);
}

#[test]
fn text_grows_and_shrinks_within_its_bounds_and_everything_stays_within_reach() {
    let mut window = window();
    for _ in 0..12 {
        press_with(&mut window, Modifiers::COMMAND, Key::Plus);
    }
    window.run_steps(10);
    assert_eq!(window.ctx.zoom_factor(), 2.5);
    let frame = window.state().projection().unwrap().frame;
    assert!(frame.width() > 100.0 && frame.height() > 60.0, "{frame}");
    for _ in 0..14 {
        press_with(&mut window, Modifiers::COMMAND, Key::Minus);
    }
    assert_eq!(window.ctx.zoom_factor(), 0.75);
    press_with(&mut window, Modifiers::COMMAND, Key::Num0);
    assert_eq!(window.ctx.zoom_factor(), 1.0);
}

#[test]
fn any_action_is_found_by_typing_and_done_by_enter() {
    let mut window = window();
    press_with(&mut window, Modifiers::COMMAND, Key::K);
    window.event(egui::Event::Text("light".to_owned()));
    window.run();
    press(&mut window, Key::Enter);
    assert_eq!(window.ctx.theme(), egui::Theme::Light);
    press_with(&mut window, Modifiers::COMMAND, Key::K);
    window.event(egui::Event::Text("himmel".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.step();
    press(&mut window, Key::End);
    assert_eq!(window.state().session().built_in().unwrap().id, "himmelblau");
    press_with(&mut window, Modifiers::COMMAND, Key::K);
    window.event(egui::Event::Text("add".to_owned()));
    window.run();
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert_eq!(scenario(&window).optimizers[7].name(), "Momentum");
    press_with(&mut window, Modifiers::COMMAND, Key::K);
    press(&mut window, Key::Escape);
    assert!(window.query_by_label_contains("Find an action").is_none());
    press(&mut window, Key::Home);
    assert_eq!(window.state().playback().step, 0, "keys belong to the window again");
}

#[test]
fn every_action_has_a_key_and_stands_in_the_list() {
    let mut window = window();
    press(&mut window, Key::F1);
    for action in Action::all() {
        assert!(action.shortcut().is_some(), "{action:?} has no key");
        // In the list and, some of them, also behind it.
        let label = action.label().trim_end_matches('…');
        assert!(window.query_all_by_label(label).next().is_some(), "{action:?} is not listed");
    }
}

#[test]
fn the_tour_is_offered_once_taken_or_skipped() {
    let mut app = App::new(Default::default(), None);
    app.offer_tour();
    let mut window = window_of_app(app, vec2(1024.0, 768.0));
    press(&mut window, Key::End);
    click(&mut window, "Take the tour");
    window.get_by_label("One start, seven ways down");
    // Work goes on beside it.
    press(&mut window, Key::Home);
    assert_eq!(window.state().playback().step, 0);
    for _ in 0..5 {
        click(&mut window, "Next");
    }
    click(&mut window, "Done");
    assert!(window.query_by_label_contains("Take it along").is_none());
    assert!(window.state().saved_state().habits.arrangement.tour_answered);
    let mut again = App::restored(&window.state().saved_state()).unwrap();
    again.offer_tour();
    let mut window = window_of_app(again, vec2(1024.0, 768.0));
    press(&mut window, Key::End);
    assert!(window.query_by_label("Take the tour").is_none());
    press(&mut window, Key::F2);
    click(&mut window, "Skip the tour");
    assert!(window.query_by_label("Next").is_none());
}

#[test]
fn the_start_and_the_view_are_moved_by_keys_alone() {
    let mut window = window();
    let begin = scenario(&window).run.start;
    window.get_by_label("Start point").focus();
    window.run();
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::ArrowUp);
    let moved = scenario(&window).run.start;
    assert!(moved[0] > begin[0] && moved[1] > begin[1], "{begin:?} {moved:?}");
    press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    let finely = scenario(&window).run.start[0] - moved[0];
    assert!(finely > 0.0 && finely < 0.2 * (moved[0] - begin[0]), "{finely}");
    let step = window.state().playback().step;
    let region = |window: &Window<'_>| window.state().projection().unwrap().region;
    let seen = region(&window);
    window.get_by_label("Contour plot").focus();
    window.run();
    press(&mut window, Key::ArrowRight);
    window.run_steps(10);
    assert!(region(&window).x[0] > seen.x[0] && region(&window).y == seen.y);
    press(&mut window, Key::Plus);
    window.run_steps(10);
    assert!(region(&window).width() < 0.9 * seen.width());
    assert_eq!(window.state().playback().step, step, "the keys moved the step too");
    press(&mut window, Key::Escape);
    press_with(&mut window, Modifiers::COMMAND, Key::R);
    assert_eq!(region(&window), seen);
}

/// What assistive technology calls the control that has the keyboard.
fn focused(window: &Window<'_>) -> Option<String> {
    let mut nodes = window.query_all_by_label_contains("");
    nodes.find(|node| node.accesskit_node().is_focused()).and_then(|node| node.accesskit_node().label())
}

fn tab(window: &mut Window<'_>, modifiers: Modifiers) -> Option<String> {
    window.key_press_modifiers(modifiers, Key::Tab);
    window.run_steps(3);
    focused(window)
}

#[test]
fn tab_goes_through_the_window_as_it_is_read_and_back() {
    let mut window = window();
    let mut stops: Vec<String> = Vec::new();
    while let Some(stop) = tab(&mut window, Modifiers::NONE).filter(|stop| stops.first() != Some(stop)) {
        stops.push(stop);
        assert!(stops.len() < 100, "{stops:?}");
    }
    let read = [
        "File",
        "Help",
        "Costs…",
        "Goal",
        "Cost formula",
        "b",
        "b to",
        "levels",
        "count",
        "Fit paths",
        "Contour plot",
        "x",
        "tolerance",
        "Add optimizer",
        "All learning rates",
        "Show Gradient descent",
        "Gradient descent: learning rate",
        "Show Adam",
        "Adam: learning rate",
        "Show Newton",
        "Play",
        "step",
        "speed",
    ];
    let places: Vec<Option<usize>> =
        read.iter().map(|name| stops.iter().position(|stop| stop == name)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} of {stops:?}");
    let of_adam = stops.iter().filter(|stop| stop.contains("Adam")).count();
    assert!(of_adam <= 3, "{stops:?}");
    let back: Vec<String> = (0..5).filter_map(|_| tab(&mut window, Modifiers::SHIFT)).collect();
    assert_eq!(back, stops.iter().rev().take(5).cloned().collect::<Vec<_>>());
}

#[test]
fn arrow_keys_reach_what_tab_passes_over() {
    let mut window = window();
    window.get_by_label("Show Adam").focus();
    window.run();
    for (key, name) in [
        (Key::ArrowRight, "Menu of Adam"),
        (Key::ArrowRight, "Remove Adam"),
        (Key::ArrowLeft, "Menu of Adam"),
        (Key::ArrowLeft, "Show Adam"),
        (Key::ArrowLeft, "Move Adam"),
    ] {
        press(&mut window, key);
        assert_eq!(focused(&window).as_deref(), Some(name));
    }
    // Tab goes on from there, and what it leads to is scrolled to.
    window.set_size(vec2(1024.0, 420.0));
    window.run();
    for _ in 0..8 {
        tab(&mut window, Modifiers::NONE);
    }
    let panel = window.get_by_label("Add optimizer").rect();
    let here = focused(&window).unwrap();
    let rect = window.query_all_by_label(&here).next().unwrap().rect();
    assert!(rect.top() > panel.bottom() && rect.bottom() < 420.0, "{here} at {rect:?}");
}

#[test]
fn the_panel_of_the_cost_is_resized_by_its_edge_and_by_keys() {
    let mut window = window();
    let height = |window: &Window<'_>| window.state().projection().unwrap().frame.height();
    let (before, edge) = (height(&window), window.get_by_label("Height of the cost panel").rect().center());
    drag(&mut window, edge, edge + vec2(0.0, 60.0));
    let lower = before - height(&window);
    assert!((50.0..70.0).contains(&lower), "{lower}");
    window.get_by_label("Height of the cost panel").focus();
    window.run();
    press(&mut window, Key::ArrowUp);
    let upper = before - height(&window);
    assert!((8.0..12.0).contains(&(lower - upper)), "{lower} {upper}");
    let edge = window.get_by_label("Height of the cost panel").rect().center();
    double_click(&mut window, edge);
    assert!((height(&window) - before).abs() < 1.0);
}
