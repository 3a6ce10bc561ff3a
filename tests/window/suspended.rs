//! A scenario that ended the program when it was drawn: it is there, and not drawn until that is asked for.

use downhill::scenario::Scenario;
use downhill::ui::App;
use egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::Queryable as _;

use super::drive::{click, press, press_with, retype, scenario, window_of_app};

#[test]
fn what_ended_the_program_is_not_drawn_until_that_is_asked_for() {
    let first = App::new(Scenario::of_formula("x^2 + 3*y^2"), None).saved_state();
    let suspended = || {
        let mut app = App::restored(&first).unwrap();
        app.suspend_drawing();
        window_of_app(app, vec2(1024.0, 768.0))
    };
    let mut window = suspended();
    let made = window.state().session().recomputed();
    assert_eq!((made.fields, made.isolines), (0, 0));
    window.get_by_label_contains("Downhill ended while it drew this");
    assert!(window.query_by_role_and_label(Role::GraphicsObject, "Contour plot").is_none());
    assert_eq!(window.state().drawn(), None);
    // It can be changed, undone and looked through meanwhile.
    retype(&mut window, "x^2 + 5*y^2");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Key::End);
    assert_eq!(window.state().session().recomputed().fields, 0);
    click(&mut window, "Draw it");
    window.get_by_role_and_label(Role::GraphicsObject, "Contour plot");
    assert_eq!(window.state().drawn(), Some(scenario(&window)));
    // Another document is drawn at once.
    let mut window = suspended();
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.step();
    press(&mut window, Key::End);
    window.get_by_role_and_label(Role::GraphicsObject, "Contour plot");
}
