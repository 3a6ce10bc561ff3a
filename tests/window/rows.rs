//! The rows of data beside the plot, and what is added to the cost and taken of its rows.

use downhill::scenario::{self, Scenario, examples};
use egui::{Event, Key, Modifiers, Pos2, Rect, Role, vec2};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use super::drive::{Window, click, drag, fill_in, press, press_with, scenario, window_of};

/// The window on the lecture's regression, with its rows beside the plot.
fn regression<'a>() -> Window<'a> {
    let lesson = examples().iter().find(|example| example.id == "rows-of-data").unwrap();
    let mut window = window_of(lesson.scenario.clone(), vec2(1280.0, 800.0));
    press_with(&mut window, Modifiers::COMMAND, Key::Num5);
    window.run_steps(5);
    window
}

/// Where the rows are drawn, by the margins around the axes.
fn frame(window: &Window<'_>) -> Rect {
    let rect = window.get_by_role_and_label(Role::GraphicsObject, &rows_words(window)).rect();
    Rect::from_min_max(rect.min + vec2(56.0, 20.0), rect.max - vec2(14.0, 36.0))
}

fn rows_words(window: &Window<'_>) -> String {
    format!("Rows of data: {}", rows(window).len())
}

fn rows(window: &Window<'_>) -> Vec<Vec<f64>> {
    let data = scenario(window).cost.data.as_ref().unwrap();
    (0..data.table().rows()).map(|row| data.table().row(row)).collect()
}

/// Where a place of the rows of the lecture is on the screen: x from 1 to 5 and y from 2 to 5, with 8 % around.
fn place(window: &Window<'_>, x: f64, y: f64) -> Pos2 {
    let share = |value: f64, low: f64, high: f64| ((value - low) / (high - low) + 0.08) / 1.16;
    let frame = frame(window);
    let across = frame.left() + share(x, 1.0, 5.0) as f32 * frame.width();
    Pos2::new(across, frame.bottom() - share(y, 2.0, 5.0) as f32 * frame.height())
}

#[test]
fn a_row_is_dragged_added_and_removed_and_each_is_undone() {
    let mut window = regression();
    let before = rows(&window);
    let (from, to) = (place(&window, 4.0, 4.0), place(&window, 4.0, 2.5));
    drag(&mut window, from, to);
    window.run_steps(80);
    let moved = rows(&window);
    assert!((moved[2][0] - 4.0).abs() < 0.05 && (moved[2][1] - 2.5).abs() < 0.05, "{moved:?}");
    assert_eq!((&moved[..2], &moved[3]), (&before[..2], &before[3]));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    window.run_steps(5);
    assert_eq!(rows(&window), before, "one drag is one step of undo");
    let empty = place(&window, 2.0, 4.5);
    window.hover_at(empty);
    window.run_steps(2);
    window.drag_at(empty);
    window.run_steps(1);
    window.drop_at(empty);
    window.run_steps(5);
    let added = rows(&window);
    assert!(
        added.len() == 5 && (added[4][0] - 2.0).abs() < 0.05 && (added[4][1] - 4.5).abs() < 0.05,
        "{added:?}"
    );
    window.hover_at(place(&window, 1.0, 2.0));
    window.run_steps(3);
    window.get_by_label_contains("row 1: x 1.000, y 2.000   loss ");
    press(&mut window, Key::Delete);
    window.run_steps(5);
    assert_eq!(rows(&window).len(), 4);
    assert_eq!(rows(&window)[0], before[1]);
}

#[test]
fn rows_are_typed_as_a_text_and_a_slip_leaves_the_last_good_ones() {
    let mut window = regression();
    let before = rows(&window);
    press_with(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::E);
    window.run_steps(5);
    let text = |window: &Window<'_>| {
        let field = window.get_by_role_and_label(Role::MultilineTextInput, "Rows as text");
        field.accesskit_node().value().unwrap()
    };
    assert_eq!(text(&window), "x, y\n1, 2\n2, 3\n4, 4\n5, 5\n");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Paste("x;y\n1;2\n2;3,5".to_owned()));
    window.run_steps(60);
    assert_eq!(rows(&window), [[1.0, 2.0], [2.0, 3.5]]);
    for letter in ["0", "a"] {
        window.event(Event::Text(letter.to_owned()));
        window.run_steps(60);
    }
    window.get_by_label_contains("line 3, column `y`: `3,50a` is no number");
    assert_eq!((rows(&window).len(), text(&window).as_str()), (2, "x;y\n1;2\n2;3,50a"));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    window.run_steps(5);
    assert_eq!((rows(&window), text(&window).lines().count()), (before, 5), "an edit is one step of undo");
    assert!(window.query_by_label_contains("is no number").is_none());
}

#[test]
fn the_contours_before_scaling_stand_beside_those_after_it() {
    let mut window = regression();
    press_with(&mut window, Modifiers::COMMAND, Key::Num5);
    press_with(&mut window, Modifiers::COMMAND, Key::U);
    window.run_steps(5);
    window.get_by_label_contains("No column has a scale");
    let lesson = examples().iter().find(|example| example.id == "rows-of-data").unwrap();
    let text =
        scenario::write(&lesson.scenario).replace("[window]", "scale = { x = \"standardize\" }\n[window]");
    let mut window = window_of(scenario::read(&text, "scaled").unwrap(), vec2(1280.0, 800.0));
    press_with(&mut window, Modifiers::COMMAND, Key::U);
    window.run_steps(5);
    let at =
        window.get_by_role_and_label(Role::GraphicsObject, "Contour plot before scaling").rect().center();
    window.hover_at(at);
    window.run_steps(3);
    window.get_by_label_contains(" per sd of x = ");
}

#[test]
fn the_model_answers_to_features_that_are_typed() {
    let mut window = regression();
    press(&mut window, Key::End);
    window.run_steps(30);
    fill_in(&mut window, "predict: x", "10");
    window.run_steps(3);
    // Gradient descent is nearly at (1.4, 0.7): 1.4 + 7.
    window.get_by_label_contains("\u{2192} y 8.4");
}

#[test]
fn rows_are_offered_where_there_are_some() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    assert!(window.query_by_role_and_label(Role::Button, "Data").is_none());
    press_with(&mut window, Modifiers::COMMAND, Key::Num5);
    window.run_steps(3);
    window.get_by_label_contains("There are no rows");
}

#[test]
fn a_penalty_is_added_weighed_and_taken_away() {
    let mut window = regression();
    press_with(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::N);
    window.run_steps(5);
    assert_eq!(scenario(&window).cost.penalty.unwrap().l2, 0.1);
    fill_in(&mut window, "Weight l1", "0.25");
    fill_in(&mut window, "Weight l2", "0");
    click(&mut window, "The penalty counts \u{3b8}\u{2080}");
    let penalty = scenario(&window).cost.penalty.unwrap();
    assert_eq!((penalty.l1, penalty.l2, penalty.counts), (0.25, 0.0, [false, true]));
    let text = scenario::write(scenario(&window));
    assert!(text.contains("l1 = 0.25") && text.contains("regularize = [\"theta1\"]"), "{text}");
    window.get_by_label("Remove the penalty").click();
    window.run_steps(3);
    assert_eq!(scenario(&window).cost.penalty, None);
    window.run_steps(60);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(scenario(&window).cost.penalty.is_some());
}

#[test]
fn batches_make_gradient_descent_stochastic_and_the_dice_another_run() {
    let mut window = regression();
    fill_in(&mut window, "batch", "1");
    window.run_steps(5);
    assert_eq!(scenario(&window).run.batch, Some(1));
    let name = window.state().session().scenario().run_name(0);
    assert!(name.starts_with("SGD"), "{name}");
    window.get_by_label("epoch");
    let last = |window: &Window<'_>| window.state().session().trajectory(0).unwrap().0.last().unwrap();
    let before = last(&window);
    click(&mut window, "Another seed");
    window.run_steps(10);
    assert_ne!(last(&window), before);
    fill_in(&mut window, "batch", "4");
    assert_eq!(scenario(&window).run.batch, None, "all rows");
    assert!(!window.state().session().scenario().run_name(0).starts_with("SGD"));
}

#[test]
fn a_column_is_called_otherwise_in_the_formula_too_and_undone_in_one_step() {
    let mut window = regression();
    let before = scenario(&window).cost.clone();
    let field = || By::new().role(Role::TextInput).label("Name of x");
    window.get_by_role_and_label(Role::ComboBox, "Scale of x").click();
    window.run_steps(3);
    click(&mut window, "Rename\u{2026}");
    let name = |window: &mut Window<'_>, name: &str| {
        window.get(field()).focus();
        window.run_steps(2);
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.get(field()).type_text(name);
        window.run_steps(2);
        press(window, Key::Enter);
        window.run_steps(3);
    };
    for (wrong, words) in [
        ("y", "`y` is a column already"),
        ("theta1", "`theta1` is a variable already"),
        ("1x", "`1x` cannot name a column"),
    ] {
        name(&mut window, wrong);
        window.get_by_label_contains(words);
        assert_eq!(scenario(&window).cost, before, "{wrong}");
    }
    name(&mut window, "area");
    assert!(window.query(field()).is_none());
    let cost = &scenario(&window).cost;
    assert_eq!(cost.data.as_ref().unwrap().names(), ["area", "y"]);
    assert_eq!(cost.formula(), before.formula().replace('x', "area"));
    window.get_by_role_and_label(Role::ComboBox, "Scale of area");
    window.run_steps(60);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    window.run_steps(3);
    assert_eq!(scenario(&window).cost, before, "one step of undo");
}
