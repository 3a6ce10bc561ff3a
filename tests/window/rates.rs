//! The rates that theory knows, as marks along the sliders of the cards and in their menus, and what comes of each rate.

use downhill::scenario::Scenario;
use downhill::session::RATES;
use egui::{Key, Modifiers, Pos2, Rect, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, learning_rate, press_with, retype, scenario, type_into, window, window_of};

const RATE: &str = "Gradient descent: learning rate";

/// Gradient descent and momentum on a quadratic with a constant.
fn quadratic() -> Scenario {
    let mut scenario = Scenario::of_formula("x^2 + k*y^2");
    scenario.cost.constants = vec![("k".to_owned(), 10.0)];
    scenario.optimizers.truncate(2);
    scenario
}

fn click_at(window: &mut Window<'_>, at: Pos2) {
    window.hover_at(at);
    window.run();
    window.drag_at(at);
    window.run();
    window.drop_at(at);
    window.run();
}

fn mark(window: &Window<'_>, words: &str) -> Rect {
    window.get_by_label_contains(words).rect()
}

/// Frames at rest until every rate is tried.
fn fill(window: &mut Window<'_>) {
    let rates = |window: &Window<'_>| window.state().session().recomputed().rates;
    // Those at rest before the first rate, then a slice in each.
    for _ in 0..10 {
        window.step();
    }
    let mut before = 0;
    while rates(window) != before {
        before = rates(window);
        (0..5).for_each(|_| window.step());
    }
}

/// Every text that is seen.
fn is_said(window: &Window<'_>, words: &str) -> bool {
    window.query_all_by_role(Role::Label).any(|label| {
        let node = label.accesskit_node();
        node.label().or_else(|| node.value()).is_some_and(|text| text.contains(words))
    })
}

#[test]
fn a_mark_says_what_it_is_and_a_click_takes_its_value_as_one_step_of_undo() {
    let mut window = window_of(quadratic(), vec2(1024.0, 768.0));
    window.run_steps(20);
    let before = learning_rate(&window, 0);
    let limit = "Gradient descent: rate 0.1, stability limit 2/λmax at the minimum";
    let at = mark(&window, limit).center();
    window.hover_at(at);
    window.run_steps(20);
    assert!(is_said(&window, "α = 2/λmax = 0.1\nλmin 2.000, λmax 20.00"));
    assert!(!is_said(&window, "Double click: back to"), "the slider speaks too");
    click_at(&mut window, at);
    assert_eq!(learning_rate(&window, 0), 0.1);
    window.run_steps(20);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(learning_rate(&window, 0), before);
    // The other one is a rate with many digits.
    let at = mark(&window, "Gradient descent: rate 0.09091, fastest").center();
    click_at(&mut window, at);
    assert_eq!(learning_rate(&window, 0), 2.0 / 22.0);
}

#[test]
fn marks_are_chosen_from_the_menu_of_a_card_and_a_pair_is_taken_whole() {
    let mut window = window_of(quadratic(), vec2(1024.0, 768.0));
    window.get_by_label("Menu of Momentum").click();
    window.run();
    window.get_by_label("Rate by theory").click();
    window.run();
    window.get_by_label_contains("fastest on a quadratic, 4/(√λmin + √λmax)²").click();
    window.run();
    let settings = &scenario(&window).optimizers[1].settings;
    assert!((settings.real("learning_rate") - 0.115_443_078_510_203_5).abs() < 1e-15);
    assert!((settings.real("beta") - 0.269_873_863_612_238_36).abs() < 1e-15);
    assert!(window.query_by_label_contains("fastest on a quadratic, 4").is_none(), "the menu stays open");
}

#[test]
fn marks_follow_a_constant_that_changes_and_are_absent_with_a_reason_at_a_saddle() {
    let mut window = window_of(quadratic(), vec2(1024.0, 768.0));
    let here = mark(&window, "Gradient descent: rate 0.1, stability limit").center();
    type_into(&mut window, "k", "100");
    let there = mark(&window, "Gradient descent: rate 0.01, stability limit").center();
    assert!(there.x < here.x - 10.0 && (there.y - here.y).abs() < 0.1);
    retype(&mut window, "x^2 - y^2");
    assert!(window.query_by_label_contains("stability limit").is_none());
    let slider = window.get_by_role_and_label(Role::Slider, RATE).rect();
    window.hover_at(slider.center());
    window.run_steps(20);
    assert!(is_said(&window, "there the Hessian is not positive definite, with eigenvalues"));
}

#[test]
fn a_strip_fills_at_rest_says_what_comes_of_each_rate_and_is_then_left_alone() {
    let mut window = window_of(quadratic(), vec2(1024.0, 768.0));
    fill(&mut window);
    let done = window.state().session().recomputed();
    assert_eq!(done.rates, 2 * RATES as u64);
    window.run_steps(30);
    assert_eq!(window.state().session().recomputed(), done, "untouched frames made something again");
    let strip = window.get_by_label_contains("What comes of each rate of Gradient descent").rect();
    let words = "converged from 0.00";
    window.get_by_label_contains(words);
    window.get_by_label_contains("; diverged from 0.1");
    // The strip stands below its slider, as long as what a handle can reach.
    let slider = window.get_by_role_and_label(Role::Slider, RATE).rect();
    assert!(slider.contains_rect(strip) && strip.top() > slider.center().y, "{strip} in {slider}");
    let at = strip.left_center() + vec2(0.7 * strip.width(), 0.0);
    click_at(&mut window, at);
    let tried = window.state().session().rate_strip(0).unwrap().rates[(0.7 * RATES as f32) as usize];
    assert_eq!(learning_rate(&window, 0), tried);
    // What the strip says of a rate stands above the same rate of the slider.
    let at = strip.left_center() + vec2(0.3 * strip.width(), 0.0);
    click_at(&mut window, Pos2::new(at.x, slider.center().y));
    let piece = window.state().session().rate_strip(0).unwrap().rates[(0.3 * RATES as f32) as usize];
    let ratio = learning_rate(&window, 0) / piece;
    assert!((0.85..1.18).contains(&ratio), "{ratio}");
    // So do the marks: on the rail below one a click gives about the same. It reaches six points to the right.
    let tip = mark(&window, "Gradient descent: rate 0.1, stability limit").right() - 6.0;
    click_at(&mut window, Pos2::new(tip, slider.center().y));
    let ratio = learning_rate(&window, 0) / 0.1;
    assert!((0.93..1.07).contains(&ratio), "{ratio}");
    window.hover_at(at);
    window.run_steps(20);
    assert!(is_said(&window, "A click takes this rate."));
    // The rates that were tried are those of a scenario that stands.
    assert_eq!(window.state().session().recomputed().rates, done.rates);
    type_into(&mut window, "k", "100");
    fill(&mut window);
    assert_eq!(window.state().session().recomputed().rates, 4 * RATES as u64);
}

#[test]
fn hidden_runs_have_no_strip_and_runs_that_are_removed_leave_none() {
    let mut window = window();
    window.get_by_label("Show Adam").click();
    window.get_by_label("Remove Momentum").click();
    window.run();
    fill(&mut window);
    assert!(window.query_by_label_contains("What comes of each rate of Adam").is_none());
    assert!(window.query_by_label_contains("What comes of each rate of Momentum").is_none());
    assert_eq!(window.query_all_by_label_contains("What comes of each rate of").count(), 5);
    window.get_by_label("Show Adam").click();
    window.run();
    let tried = window.state().session().recomputed().rates;
    fill(&mut window);
    assert_eq!(window.state().session().recomputed().rates, tried + RATES as u64);
}

#[test]
fn in_small_windows_and_with_large_text_marks_and_strips_keep_to_their_sliders() {
    for (size, zoom) in [(vec2(800.0, 560.0), 1.0), (vec2(800.0, 560.0), 1.5), (vec2(1280.0, 800.0), 1.5)] {
        let mut window = window_of(quadratic(), size);
        window.ctx.set_zoom_factor(zoom);
        window.run_steps(4);
        fill(&mut window);
        let sliders: Vec<Rect> = window
            .query_all_by_role(Role::Slider)
            .filter(|slider| {
                slider.accesskit_node().label().is_some_and(|name| name.ends_with("learning rate"))
            })
            .map(|slider| slider.rect())
            .collect();
        assert_eq!(sliders.len(), 2);
        for slider in &sliders {
            assert!(slider.width() > 60.0, "{size} {zoom}: {slider}");
        }
        let parts = window
            .query_all_by_label_contains("stability limit")
            .chain(window.query_all_by_label_contains("What comes of each rate of"));
        for part in parts {
            let rect = part.rect();
            assert!(
                sliders.iter().any(|slider| slider.expand(0.1).contains_rect(rect)),
                "{size} {zoom}: {rect} in {sliders:?}"
            );
        }
    }
}
