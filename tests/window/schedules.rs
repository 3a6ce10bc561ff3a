//! The schedule of a run on its card, and a learning rate for each variable.

use downhill::optimizer::{ParameterValue, Schedule, ScheduleKind};
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use super::drive::{Window, click, drag, press_with, scenario, window};

fn schedule(window: &Window<'_>) -> Option<Schedule> {
    scenario(window).optimizers[0].settings.schedule().cloned()
}

fn kind(window: &Window<'_>) -> Option<ScheduleKind> {
    schedule(window).map(|schedule| schedule.form.kind())
}

#[test]
fn a_schedule_is_chosen_on_a_card_seen_as_a_curve_typed_and_undone() {
    let mut window = window();
    click(&mut window, "Menu of Gradient descent");
    click(&mut window, "Schedule…");
    assert_eq!(kind(&window), Some(ScheduleKind::InverseTime));
    let decay = "Gradient descent: decay";
    let slider = window.get_by_role_and_label(Role::Slider, decay).rect();
    let before = schedule(&window);
    drag(&mut window, slider.center(), slider.center() - egui::vec2(20.0, 0.0));
    assert_ne!(schedule(&window), before);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(schedule(&window), before, "a drag is one step");
    // The curve closes what it has opened.
    for is_open in [false, true] {
        click(&mut window, "Schedule of Gradient descent: inverse time");
        assert_eq!(window.query_by_role_and_label(Role::Slider, decay).is_some(), is_open);
    }
    window.get_by_role_and_label(Role::ComboBox, "Gradient descent: schedule").click();
    window.run();
    click(&mut window, "formula in t");
    let good = schedule(&window);
    assert_eq!(kind(&window), Some(ScheduleKind::Formula));
    let field = || By::new().role(Role::TextInput).label("Schedule of Gradient descent");
    let retype = |window: &mut Window<'_>, text: &str| {
        window.get(field()).focus();
        window.run();
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.get(field()).type_text(text);
        window.run();
    };
    retype(&mut window, "1/(1 + k t)");
    window.get_by_label_contains("unknown name `k`");
    assert_eq!(schedule(&window), good, "the last good one stays");
    retype(&mut window, "1/(1 + t)");
    assert_ne!(schedule(&window), good);
    assert!(window.query_by_label_contains("unknown name").is_none());
    let rates: Vec<f64> = window
        .state()
        .session()
        .trajectory(0)
        .unwrap()
        .0
        .rates_of_steps()
        .flat_map(|r| r.numbers())
        .collect();
    assert_eq!(rates[..3], [0.001, 0.0005, 0.001 / 3.0]);
    click(&mut window, "Remove the schedule of Gradient descent");
    assert_eq!(schedule(&window), None);
    assert!(window.query(field()).is_none());
}

#[test]
fn a_rate_for_each_variable_is_two_sliders_that_are_named_by_them() {
    let mut window = window();
    click(&mut window, "Menu of Gradient descent");
    click(&mut window, "rate for each variable");
    press_with(&mut window, Modifiers::NONE, Key::Escape);
    let rates = |window: &Window<'_>| scenario(window).optimizers[0].settings.get("learning_rate").unwrap();
    assert_eq!(rates(&window), ParameterValue::PerVariable([0.001, 0.001]));
    let of = |window: &Window<'_>, name: &str| {
        let name = format!("Gradient descent: learning rate {name}");
        let slider = window.get_by_role_and_label(Role::Slider, &name);
        slider.accesskit_node().numeric_value()
    };
    assert_eq!([of(&window, "x"), of(&window, "y")], [Some(0.001); 2]);
    let y = window.get_by_role_and_label(Role::Slider, "Gradient descent: learning rate y");
    y.set_value_accesskit(0.002);
    window.run();
    assert_eq!(rates(&window), ParameterValue::PerVariable([0.001, 0.002]));
    let stages = window.state().session().trajectory(0).unwrap().0.stages(0).unwrap();
    let end = stages.last().unwrap().formula(None).text;
    assert_eq!(end, "θ ← θ − α ⊙ g");
    // All rates are multiplied, each by itself.
    window.get_by_role_and_label(Role::Slider, "All learning rates").set_value_accesskit(0.5);
    window.run();
    assert_eq!(rates(&window), ParameterValue::PerVariable([0.0005, 0.001]));
    click(&mut window, "Menu of Gradient descent");
    click(&mut window, "rate for each variable");
    assert_eq!(rates(&window), ParameterValue::Real(0.0005));
}
