//! Cards: another order by dragging and by keys, a snippet for another file, pinned paths.

use downhill::optimizer::Trajectory;
use downhill::scenario;
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;

use super::drive::{Window, copied_by, drag, press, press_with, scenario, window};

fn order(window: &Window<'_>) -> Vec<String> {
    scenario(window).optimizers.iter().map(|run| run.name()).collect()
}

#[test]
fn a_card_is_dragged_to_another_place_and_back_by_undo() {
    let mut window = window();
    let begin = order(&window);
    let versions = |window: &Window<'_>| {
        let mut versions: Vec<u64> =
            (0..7).map(|index| window.state().session().trajectory(index).unwrap().1).collect();
        versions.sort_unstable();
        versions
    };
    let runs = versions(&window);
    let grip = window.get_by_label("Move Gradient descent").rect().center();
    let target = window.get_by_label("Move Nesterov").rect().center();
    drag(&mut window, grip, target + egui::vec2(0.0, 30.0));
    assert_eq!(order(&window)[..3], ["Momentum", "Nesterov", "Gradient descent"]);
    assert_eq!(versions(&window), runs, "another order is no new run");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(order(&window), begin);
}

#[test]
fn a_card_is_moved_by_arrow_keys_and_keeps_the_focus() {
    let mut window = window();
    window.get_by_label("Move Adam").focus();
    window.run();
    for _ in 0..2 {
        press(&mut window, Key::ArrowUp);
    }
    assert_eq!(order(&window).iter().position(|name| name == "Adam"), Some(3));
    press(&mut window, Key::ArrowDown);
    assert_eq!(order(&window).iter().position(|name| name == "Adam"), Some(4));
}

#[test]
fn settings_are_copied_as_a_block_that_a_scenario_file_takes() {
    let mut window = window();
    window.get_by_label("Menu of Adam").click();
    window.run();
    let copied = copied_by(&mut window, "Copy settings");
    let file = format!("[cost]\nformula = \"x^2 + y^2\"\n\n{}", copied.unwrap());
    let read = scenario::read(&file, "pasted").unwrap();
    assert_eq!(read.optimizers, [scenario(&window).optimizers[5].clone()]);
}

#[test]
fn pinned_paths_stay_while_the_runs_change_and_say_what_was() {
    let mut window = window();
    press_with(&mut window, Modifiers::COMMAND, Key::P);
    let points = |path: &Trajectory| path.points().collect::<Vec<_>>();
    let before = points(window.state().session().trajectory(0).unwrap().0);
    assert!(window.query_all_by_label_contains("pinned").next().is_none(), "nothing differs yet");
    let slider = window.get_by_role_and_label(Role::Slider, "Gradient descent: learning rate").rect();
    drag(&mut window, slider.center(), slider.center() - egui::vec2(30.0, 0.0));
    let pinned = window.state().session().pinned().unwrap();
    assert_eq!(points(&pinned.get(0).unwrap().trajectory), before);
    assert_ne!(points(window.state().session().trajectory(0).unwrap().0), before);
    assert_eq!(window.query_all_by_label_contains("pinned").count(), 1);
    press_with(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::P);
    assert!(window.state().session().pinned().is_none());
    press_with(&mut window, Modifiers::COMMAND, Key::P);
    press_with(&mut window, Modifiers::COMMAND, Key::N);
    window.get_by_label("Discard changes").click();
    window.step();
    press(&mut window, Key::End);
    assert!(window.state().session().pinned().is_none(), "another cost has other paths");
}
