//! Constraints, typed beside the cost.

use downhill::objective::Relation;
use downhill::optimizer::TreatmentKind;
use downhill::scenario::{Scenario, examples};
use egui::{Event, Key, Modifiers, Role, vec2};
use egui_kittest::kittest::Queryable as _;

use super::drive::{Window, click, press, press_with, scenario, window, window_of};

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
