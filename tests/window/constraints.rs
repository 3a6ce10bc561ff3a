//! Constraints, typed beside the cost.

use downhill::objective::Relation;
use downhill::optimizer::TreatmentKind;
use downhill::scenario::{Scenario, examples};
use egui::{Event, Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use super::drive::{
    Window, click, drag, on_screen, press, press_with, scenario, type_into, window, window_of,
};

/// Types a text over that of a constraint, a key at a time.
fn type_over(window: &mut Window<'_>, field: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run();
    press_with(window, Modifiers::COMMAND, Key::A);
    for key in text.chars() {
        window.event(Event::Text(key.to_string()));
        window.step();
    }
    window.run_steps(2);
}

#[test]
fn what_stands_on_the_board_is_typed_a_key_at_a_time_and_becomes_formula_relation_and_level() {
    let mut window = window();
    press_with(&mut window, Modifiers::COMMAND, Key::L);
    assert_eq!(scenario(&window).constraints.len(), 1);
    type_over(&mut window, "First constraint", "x^2 + y^2 <= 12");
    let constraint = scenario(&window).constraints[0].clone();
    assert_eq!((constraint.formula.as_str(), constraint.level), ("x^2 + y^2", 12.0));
    assert_eq!(constraint.relation, Relation::AtMost);
    // While it is typed it stands as it is typed, and as it is kept once the keyboard is elsewhere.
    assert_eq!(window.state().session().constraint_text(0), "x^2 + y^2 <= 12");
    press(&mut window, Key::Escape);
    window.run_steps(3);
    assert_eq!(window.state().session().constraint_text(0), "x^2 + y^2");
}

#[test]
fn a_wrong_constraint_is_explained_beside_the_last_good_one() {
    let mut window = window();
    press_with(&mut window, Modifiers::COMMAND, Key::L);
    for (typed, sentence) in [
        ("x + (y", "this `(` is never closed"),
        ("2 + 3", "neither x nor y is in it"),
        ("x + z", "third variable"),
    ] {
        type_over(&mut window, "First constraint", typed);
        if sentence != "third variable" {
            window.get_by_label_contains(sentence);
        }
        assert!(window.state().session().constraint_error(0).is_some(), "{typed}");
        // The x of what is being typed is the last that could be read.
        assert_eq!(scenario(&window).constraints[0].formula, "x", "{typed}");
        assert_eq!(window.state().session().constraint_text(0), typed);
    }
}

#[test]
fn a_third_constraint_is_refused_and_taking_all_away_can_be_undone() {
    let mut window = window();
    for _ in 0..3 {
        press_with(&mut window, Modifiers::COMMAND, Key::L);
    }
    assert_eq!(scenario(&window).constraints.len(), 2);
    window.get_by_label_contains("at most 2 constraints");
    click(&mut window, "Remove the second constraint");
    click(&mut window, "Remove the first constraint");
    assert!(scenario(&window).constraints.is_empty());
    window.run_steps(60);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(!scenario(&window).constraints.is_empty(), "undo brings them back");
}

#[test]
fn solutions_stand_beside_the_plot_with_the_multiplier_at_the_level() {
    let lesson = examples().iter().find(|example| example.id == "linear-on-circle").unwrap();
    let mut window = window_of(lesson.scenario.clone(), vec2(1280.0, 800.0));
    press_with(&mut window, Modifiers::COMMAND, Key::Num6);
    window.run_steps(40);
    window.get_by_label("λ* 0.5000");
    window.get_by_role_and_label(Role::Button, "Solution 1: maximum at (1.000, 2.000)").click();
    window.run_steps(3);
    let region = window.state().projection().unwrap().region;
    assert!((0.5 * (region.x[0] + region.x[1]) - 1.0).abs() < 1e-6, "{region:?}");
    window.get_by_role_and_label(Role::Button, "Solution 2: minimum at (−1.000, −2.000)");
}

#[test]
fn a_treatment_that_does_not_fit_all_runs_is_not_offered_for_them() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    press_with(&mut window, Modifiers::COMMAND, Key::L);
    window.get_by_role_and_label(Role::ComboBox, "Treatment").click();
    window.run();
    click(&mut window, "Quadratic penalty");
    assert_eq!(scenario(&window).treatment.kind, TreatmentKind::Penalty);
    window.get_by_role_and_label(Role::ComboBox, "Treatment").click();
    window.run();
    click(&mut window, "Lagrange-Newton");
    assert_eq!(
        scenario(&window).treatment.kind,
        TreatmentKind::Penalty,
        "seven methods cannot take its step"
    );
}

/// The window on a lesson, with its solutions beside the plot.
fn lesson(id: &str) -> Window<'_> {
    let lesson = examples().iter().find(|example| example.id == id).unwrap();
    let mut window = window_of(lesson.scenario.clone(), vec2(1280.0, 800.0));
    press_with(&mut window, Modifiers::COMMAND, Key::Num6);
    window.run_steps(20);
    window
}

/// J at the point that is held on a curve, as the strip tells it.
fn told_along(window: &Window<'_>) -> f64 {
    let strip = window.get_by_label_contains("at the point J is");
    let label = strip.accesskit_node().label().unwrap();
    label.rsplit(' ').next().unwrap().replace('\u{2212}', "-").parse().unwrap()
}

#[test]
fn a_point_is_dragged_along_the_curve_and_goes_on_by_keys() {
    let mut window = lesson("linear-on-circle");
    let (before, seen) = (scenario(&window).clone(), window.state().projection().unwrap().region);
    let radius = 5.0_f64.sqrt();
    let [left, top] = [[-radius, 0.0], [0.0, radius]].map(|at| on_screen(&window, at));
    // Where the hand leaves the curve, the point stays on it.
    drag(&mut window, left, top - vec2(0.0, 40.0));
    assert_eq!(*scenario(&window), before, "neither start nor view has moved");
    assert_eq!(window.state().projection().unwrap().region, seen);
    assert!((told_along(&window) - 2.0 * radius).abs() < 2e-3, "{}", told_along(&window));
    let handle = || By::new().role(Role::Button).label("Point of the constraint");
    window.get(handle()).focus();
    window.run();
    // Along the circle to the right, until J = x + 2y rises no longer.
    let mut values = vec![told_along(&window)];
    for _ in 0..12 {
        press(&mut window, Key::ArrowRight);
        values.push(told_along(&window));
    }
    let most = values.iter().copied().fold(f64::MIN, f64::max);
    assert!(values[1] > values[0] && (4.99..=5.0).contains(&most), "{values:?}");
    press(&mut window, Key::Escape);
    assert!(window.query(handle()).is_none());
}

#[test]
fn the_point_stays_on_a_curve_that_moves_shrinks_to_nothing_and_comes_back() {
    let mut window = lesson("linear-on-circle");
    let radius = 5.0_f64.sqrt();
    let [left, top] = [[-radius, 0.0], [0.0, radius]].map(|at| on_screen(&window, at));
    drag(&mut window, left, top);
    for (level, height) in [("9", Some(3.0)), ("1", Some(1.0)), ("-1", None), ("4", Some(2.0))] {
        type_into(&mut window, "Level of the first constraint", level);
        press(&mut window, Key::Enter);
        window.run_steps(20);
        match height {
            Some(height) => {
                assert!((told_along(&window) - 2.0 * height).abs() < 0.05, "{level}: {}", told_along(&window))
            }
            None => {
                window.get_by_label_contains("not in sight");
                window.get_by_label_contains("There is none in the window");
            }
        }
    }
}

#[test]
fn each_condition_of_a_solution_is_told() {
    let window = lesson("active-or-not");
    for words in ["stationary: holds", "feasible: holds", "sign: holds", "complementary: holds"] {
        window.get_by_label(words);
    }
    // Where the sign is wrong, J gets better inside.
    let wrong = window.query_all_by_label("Not all conditions hold").count();
    let all = window.query_all_by_label("All conditions hold").count();
    assert!(all > 0, "{all} hold, {wrong} do not");
}

#[test]
fn the_optima_of_a_typed_cost_are_found_and_runs_are_measured_by_them() {
    let mut window = window_of(Scenario::of_formula("(x-1)^2 + 2*(y+0.5)^2"), vec2(1280.0, 800.0));
    window.run_steps(20);
    let optima = window.state().session().optima();
    assert_eq!(optima.len(), 1);
    assert!((optima[0] - downhill::objective::Point::new(1.0, -0.5)).norm() < 1e-9, "{optima:?}");
}
