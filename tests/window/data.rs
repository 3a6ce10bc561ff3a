//! Costs over rows of data, in the window.

use downhill::data::Scaling;
use downhill::objective::{Point, Reduce};
use downhill::scenario::{Scenario, examples};
use egui::{Event, Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, click, press, press_with, retype, scenario, window_of};

/// The window on the lecture's regression.
fn regression<'a>() -> Window<'a> {
    let lesson = examples().iter().find(|example| example.id == "rows-of-data").unwrap();
    window_of(lesson.scenario.clone(), vec2(1280.0, 800.0))
}

fn choose(window: &mut Window<'_>, combo: &str, entry: &str) {
    window.get_by_role_and_label(Role::ComboBox, combo).click();
    window.run();
    click(window, entry);
}

/// Where J is least, as it is found.
fn best(window: &mut Window<'_>) -> Point {
    window.run_steps(30);
    window.state().session().optima()[0]
}

#[test]
fn the_row_of_data_says_what_j_is_made_of_and_changes_it() {
    let mut window = regression();
    window.get_by_label("over 4 rows");
    assert!((best(&mut window) - Point::new(1.4, 0.7)).norm() < 1e-9);
    choose(&mut window, "Mean or sum", "sum");
    assert_eq!(scenario(&window).cost.data.as_ref().unwrap().reduce, Reduce::Sum);
    choose(&mut window, "Scale of x", "standardize");
    let data = scenario(&window).cost.data.clone().unwrap();
    assert_eq!(data.scale(), [Some(Scaling::Standardize), None]);
    // The mean of y, and its slope for one standard deviation of x.
    let scaled = best(&mut window);
    assert!((scaled - Point::new(3.5, 0.7 * 2.5_f64.sqrt())).norm() < 1e-9, "{scaled}");
    window.run_steps(60);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(scenario(&window).cost.data.as_ref().unwrap().scale() == [None, None], "undo");
}

#[test]
fn another_loss_is_typed_in_the_same_columns() {
    let mut window = regression();
    retype(&mut window, "abs(theta0 + c*theta1*x - y)");
    let cost = &scenario(&window).cost;
    assert_eq!(
        cost.constants.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["c"],
        "no column is a slider"
    );
    assert!(cost.data.is_some());
    let here = window.state().session().objective().unwrap().evaluator().value(Point::new(0.0, 1.0));
    assert!((here - 0.5).abs() < 1e-15, "the mean of 1, 1, 0, 0: {here}");
    retype(&mut window, "J(x, y) = x^2 + y^2");
    window.get_by_label_contains("is a column of the data, so it cannot be a variable too");
    retype(&mut window, "(theta0 + theta1*x - z)^2");
    assert!(window.state().session().formula_error().is_some());
    assert!(window.state().session().objective().is_some(), "the last good one stays");
}

#[test]
fn without_its_rows_the_formula_stays_and_undo_brings_them_back() {
    let mut window = regression();
    click(&mut window, "Remove the data");
    let cost = &scenario(&window).cost;
    assert!(cost.data.is_none() && cost.objective().is_ok(), "{cost:?}");
    assert_eq!(cost.constants, [("x".to_owned(), 1.0), ("y".to_owned(), 2.0)]);
    window.run_steps(60);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(scenario(&window).cost.data.is_some());
}

/// Puts a text into the field of the dialog.
fn paste(window: &mut Window<'_>, text: &str) {
    window.get_by_role_and_label(Role::MultilineTextInput, "Rows").focus();
    window.run();
    press_with(window, Modifiers::COMMAND, Key::A);
    match text {
        "" => press(window, Key::Backspace),
        _ => window.event(Event::Paste(text.to_owned())),
    }
    window.run_steps(3);
}

#[test]
fn rows_are_pasted_and_become_the_cost_with_a_view_that_suits_them() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    let before = scenario(&window).clone();
    press_with(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::T);
    window.get_by_label_contains("4 rows of x, y");
    paste(&mut window, "name;h;passed\nAda;0,5;0\nBob;1,5;1\nCleo;2;0\nDan;3;1\n");
    window.get_by_label_contains("4 rows of h, passed; left out, since it is text: name");
    window.get_by_role_and_label(Role::ComboBox, "Loss").click();
    window.run();
    click(&mut window, "logistic, labels 0 and 1");
    window.get_by_label_contains("softplus(w*h + b) - passed*(w*h + b)");
    window.get_by_role_and_label(Role::Button, "Use these rows").click();
    window.run_steps(200);
    let best = window.state().session().optima()[0];
    assert!(scenario(&window).window.contains(best), "{best} is in sight");
    let first = window.state().session().trajectory(0).unwrap().0;
    assert!(first.value(1) < first.value(0), "the first run goes down");
    for _ in 0..2 {
        // It plays meanwhile.
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run_steps(60);
    }
    assert_eq!(*scenario(&window), before, "the view, then the cost is taken back");
}

#[test]
fn what_is_wrong_with_pasted_rows_is_said_and_nothing_is_lost() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    let before = scenario(&window).clone();
    press_with(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::T);
    for (text, words) in [
        ("x,y\n1,2\n3,four\n", "line 3, column `y`: `four` is no number"),
        ("x,y\n1\n", "line 2 has 1 cells"),
        ("exp,y\n1,2\n", "`exp` cannot name a column"),
        ("", "there are no rows"),
    ] {
        paste(&mut window, text);
        window.get_by_label_contains(words);
        let button = window.get_by_role_and_label(Role::Button, "Use these rows");
        assert!(button.accesskit_node().is_disabled(), "{text}");
    }
    paste(&mut window, &"1,2\n".repeat(70_000));
    window.get_by_label_contains("and at most 256 can be pasted: save them as a file, and open that");
    click(&mut window, "Cancel");
    assert_eq!(*scenario(&window), before);
}
