//! A typed cost whose minimum is elsewhere: one click shows it, and one step takes that back.

use downhill::objective::Point;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::drive::{Window, press_with, retype, scenario, window};

/// Asks for the view, and lets the frames pass in which the minimum is searched.
fn fit(window: &mut Window<'_>) {
    window.get_by_label("Fit to cost").click();
    for _ in 0..200 {
        window.step();
    }
}

#[test]
fn the_minimum_of_a_typed_cost_is_shown_by_one_click() {
    let mut window = window();
    assert!(window.query_by_label("Fit to cost").is_none(), "a built-in cost has its own view");
    retype(&mut window, "(x-20)^2 + 3*(y+30)^2");
    let before = scenario(&window).clone();
    fit(&mut window);
    let after = scenario(&window).clone();
    let minimum = Point::new(20.0, -30.0);
    assert!(after.window.contains(minimum) && window.state().projection().unwrap().region.contains(minimum));
    assert!(after.window.contains(after.run.start.into()));
    let (path, _) = window.state().session().trajectory(0).unwrap();
    assert!((path.last().unwrap() - minimum).norm() < 1e-3, "{:?}", path.outcome);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*scenario(&window), before, "one step");
    // The next cost is shown likewise: what the first click brought was chosen by nobody.
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    retype(&mut window, "(x+70)^2 + (y-1)^2");
    fit(&mut window);
    assert!(scenario(&window).window.contains(Point::new(-70.0, 1.0)));
    retype(&mut window, "x + y");
    fit(&mut window);
    window.get_by_label_contains("no minimum of J was found");
}

#[test]
fn a_cost_that_has_only_a_saddle_is_shown_with_it() {
    let mut window = window();
    let saddle = Point::new(40.0, -7.0);
    retype(&mut window, "(x-40)*(y+7)");
    fit(&mut window);
    assert!(scenario(&window).window.contains(saddle));
    window.get_by_label("no minimum of J was found: this is the saddle at (40, −7)");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(!scenario(&window).window.contains(saddle));
}
