//! The charts below the plot: opened and closed, chosen, gone through, and kept.

use downhill::record::quantity::Quantity;
use downhill::scenario::Scenario;
use downhill::ui::App;
use egui::{Key, Modifiers, Rect, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, drag, press, press_with, retype, window_of, window_of_app};

const AT_FIRST: &str = "Chart of excess J − J* of 7 runs against step, by powers of ten";

fn chart(window: &Window<'_>, sentence: &str) -> Rect {
    window.get_by_role_and_label(Role::GraphicsObject, sentence).rect()
}

fn toggle(window: &mut Window<'_>) {
    press_with(window, Modifiers::COMMAND, Key::Num2);
    window.run_steps(4);
}

fn choose(window: &mut Window<'_>, of: &str, name: &str) {
    window.get_by_role_and_label(Role::ComboBox, of).click();
    window.run_steps(3);
    window.get_all_by_label(name).last().unwrap().click();
    window.run_steps(3);
}

#[test]
fn charts_open_below_the_plot_which_keeps_its_room_and_close_again() {
    for size in [vec2(800.0, 560.0), vec2(1024.0, 768.0), vec2(1920.0, 1080.0)] {
        let mut window = window_of(Scenario::default(), size);
        let alone = window.state().projection().unwrap().frame;
        let edges = |window: &Window<'_>| window.query_all_by_label("Resize panel").count();
        let edges_alone = edges(&window);
        toggle(&mut window);
        let (frame, chart) = (window.state().projection().unwrap().frame, chart(&window, AT_FIRST));
        assert!(chart.top() >= frame.bottom() && chart.height() > 90.0, "{size}: {frame} above {chart}");
        assert!(frame.height() > 0.3 * alone.height(), "{size}: {frame} of {alone}");
        toggle(&mut window);
        assert!(window.query_by_role_and_label(Role::GraphicsObject, AT_FIRST).is_none());
        assert_eq!(window.state().projection().unwrap().frame, alone);
        assert_eq!(edges(&window), edges_alone, "Tab stops at the edge of what is closed");
    }
}

#[test]
fn dragging_in_a_chart_goes_through_the_steps_and_a_click_goes_to_one() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    toggle(&mut window);
    press(&mut window, Key::Home);
    let last = window.state().session().longest_run();
    let rect = chart(&window, AT_FIRST);
    let at = |share: f32| rect.left_center() + vec2(share * rect.width(), 0.0);
    drag(&mut window, at(0.2), at(0.5));
    let step = window.state().playback().step;
    assert!((0.35..0.6).contains(&(f64::from(step) / f64::from(last))), "{step} of {last}");
    // Arrow keys still take single steps, and Space plays.
    press(&mut window, Key::ArrowRight);
    assert_eq!(window.state().playback().step, step + 1);
    drag(&mut window, at(0.5), at(2.0));
    assert_eq!(window.state().playback().step, last);
}

#[test]
fn what_a_chart_follows_is_chosen_and_kept_and_a_scenario_is_not_changed_by_it() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    toggle(&mut window);
    choose(&mut window, "quantity of the chart", "gradient ‖∇J‖");
    choose(&mut window, "against in the chart", "gradients evaluated");
    let sentence = "Chart of gradient ‖∇J‖ of 7 runs against gradients evaluated, by powers of ten";
    chart(&window, sentence);
    window.get_by_label("log").click();
    window.run_steps(3);
    chart(&window, "Chart of gradient ‖∇J‖ of 7 runs against gradients evaluated");
    choose(&mut window, "quantity of the chart", "velocity ‖v‖");
    chart(&window, "Chart of velocity ‖v‖ of 2 runs against gradients evaluated");
    let kept = window.state().saved_state();
    assert!(kept.habits.arrangement.charts && kept.habits.chart.quantity == Quantity::Velocity);
    assert!(!kept.changed);
    let again = serde_json::from_str(&serde_json::to_string(&kept).unwrap()).unwrap();
    let mut window = window_of_app(App::restored(&again).unwrap(), vec2(1280.0, 800.0));
    window.run_steps(3);
    chart(&window, "Chart of velocity ‖v‖ of 2 runs against gradients evaluated");
}

#[test]
fn a_curve_under_the_pointer_is_read_and_its_card_marked() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    toggle(&mut window);
    choose(&mut window, "quantity of the chart", "distance to the optimum");
    let rect = chart(&window, "Chart of distance to the optimum of 7 runs against step, by powers of ten");
    // Somewhere along the middle of the chart a curve is met.
    let is_read = (0..120).any(|place| {
        window.hover_at(rect.center_top() + vec2(0.0, rect.height() * place as f32 / 120.0));
        window.run_steps(3);
        window.query_all_by_role(Role::Label).any(|label| {
            let text = label.accesskit_node().label().or_else(|| label.accesskit_node().value());
            text.is_some_and(|text| text.contains("\n‖θ − θ*‖ "))
        })
    });
    assert!(is_read);
}

#[test]
fn charts_of_costs_that_run_away_or_are_undefined_or_have_no_runs_break_nothing() {
    let mut window = window_of(Scenario::default(), vec2(1024.0, 768.0));
    toggle(&mut window);
    for formula in ["x^4 + y^4", "ln(x - 3) + y", "exp(exp(x^2 + y^2))", "-x^2 - y^2", "5", "x^2 + (y"] {
        retype(&mut window, formula);
        for quantity in ["excess J − J*", "sharpness λmax", "angle to −∇J", "m̂", "cost J"] {
            choose(&mut window, "quantity of the chart", quantity);
            press(&mut window, Key::End);
        }
    }
    retype(&mut window, "x^2 + y^2");
    for name in ["Gradient descent", "Momentum", "Nesterov", "AdaGrad", "RMSProp", "Adam", "Newton"] {
        window.get_by_label(&format!("Show {name}")).click();
        window.run_steps(2);
    }
    window.get_by_label("No visible run has this: cost J.");
}
