//! The race: a table of what came of each run, sorted, copied, and tuned.

use downhill::scenario::Scenario;
use egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, click, copied_by, press_with, scenario, window_of};

fn open() -> Window<'static> {
    open_with(Scenario::default())
}

fn open_with(scenario: Scenario) -> Window<'static> {
    let mut window = window_of(scenario, vec2(1280.0, 800.0));
    press_with(&mut window, Modifiers::COMMAND, Key::Num7);
    window
}

/// The numbers of the runs as their rows stand, from the top.
fn order(window: &Window<'_>) -> Vec<String> {
    let rows = window.query_all_by_role(Role::Row);
    let mut rows: Vec<(f32, String)> = rows
        .map(|row| (row.rect().top(), row.accesskit_node().label().unwrap_or_default()))
        .filter(|(_, words)| words.starts_with("# "))
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, words)| words[2..3].to_owned()).collect()
}

fn rates(window: &Window<'_>) -> Vec<f64> {
    scenario(window).optimizers.iter().map(|run| run.settings.real("learning_rate")).collect()
}

/// Lets the search go on to its end.
fn finish_tuning(window: &mut Window<'_>) {
    for _ in 0..2000 {
        if window.query_by_label("Cancel").is_none() {
            return;
        }
        window.step();
    }
    panic!("the search does not end");
}

#[test]
fn a_click_on_a_head_sorts_and_the_order_is_remembered() {
    let mut window = open();
    assert_eq!(order(&window), ["1", "2", "3", "4", "5", "6", "7"]);
    let head = |window: &Window<'_>, words: &str| window.query_by_label(words).is_some();
    click(&mut window, "gradients");
    let counts: Vec<u64> =
        (window.state().session().paths()).map(|path| path.trajectory.evaluations.gradient).collect();
    let count = |number: &String| counts[number.parse::<usize>().unwrap() - 1];
    let sorted = order(&window);
    assert!(sorted.is_sorted_by_key(count), "{sorted:?} of {counts:?}");
    assert!(head(&window, "gradients, smallest first"));
    click(&mut window, "gradients, smallest first");
    assert!(order(&window).is_sorted_by_key(|number| u64::MAX - count(number)));
    let turned = order(&window);
    // Closed and opened again it is as it was.
    press_with(&mut window, Modifiers::COMMAND, Key::Num7);
    assert!(order(&window).is_empty());
    press_with(&mut window, Modifiers::COMMAND, Key::Num7);
    assert_eq!(order(&window), turned);
    let copied = copied_by(&mut window, "Copy table").unwrap();
    let lines: Vec<&str> = copied.lines().collect();
    assert!(lines[0].starts_with("run\tmethod\tlabel\tlearning_rate\tsteps\tgradients\t"), "{copied}");
    let runs: Vec<&str> = lines[1..].iter().map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!(runs, turned);
}

#[test]
fn best_rates_are_one_step_that_can_be_undone_and_cancelling_changes_nothing() {
    // So many steps that the search is not over before a hand is at the button.
    let mut long = Scenario::default();
    (long.run.steps, long.run.tolerance) = (100_000, 0.0);
    let mut window = open_with(long);
    let before = rates(&window);
    window.get_by_label("Best rate for each").click();
    window.run_steps(2);
    window.get_by_label("Cancel").click();
    window.run_steps(2);
    assert!(window.query_by_label("Cancel").is_none());
    assert_eq!(rates(&window), before);
    let mut window = open();
    window.get_by_label("Best rate for each").click();
    window.run_steps(2);
    finish_tuning(&mut window);
    window.run();
    let tuned = rates(&window);
    assert!(tuned != before && window.state().session().rates_are_tuned());
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(rates(&window), before);
    assert!(!window.state().session().rates_are_tuned());
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(rates(&window), tuned);
    assert!(window.state().session().rates_are_tuned());
}
