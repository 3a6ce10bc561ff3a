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
    for size in [vec2(1024.0, 768.0), vec2(1280.0, 800.0), vec2(1920.0, 1080.0)] {
        let mut window = window_of(Scenario::default(), size);
        let alone = window.state().projection().unwrap().frame;
        toggle(&mut window);
        let (frame, chart) = (window.state().projection().unwrap().frame, chart(&window, AT_FIRST));
        assert!(chart.top() >= frame.bottom() && chart.height() > 90.0, "{size}: {frame} above {chart}");
        assert!(frame.height() > 240.0, "{size}: {frame} of {alone}");
        toggle(&mut window);
        assert!(window.query_by_role_and_label(Role::GraphicsObject, AT_FIRST).is_none());
        assert_eq!(window.state().projection().unwrap().frame, alone);
    }
}

#[test]
fn in_a_small_window_charts_and_plot_are_tabs() {
    let mut window = window_of(Scenario::default(), vec2(800.0, 560.0));
    toggle(&mut window);
    assert!(chart(&window, AT_FIRST).height() > 90.0);
    assert!(window.query_by_role_and_label(Role::GraphicsObject, "Contour plot").is_none());
    window.get_by_label("Plot").click();
    window.run_steps(3);
    window.get_by_role_and_label(Role::GraphicsObject, "Contour plot");
    assert!(window.query_by_role_and_label(Role::GraphicsObject, AT_FIRST).is_none());
    // What is behind comes to the front before it is closed.
    toggle(&mut window);
    chart(&window, AT_FIRST);
    toggle(&mut window);
    window.get_by_role_and_label(Role::GraphicsObject, "Contour plot");
    assert!(window.query_by_label("Close").is_none());
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
    assert!(
        !kept.habits.arrangement.views.is_plot_alone()
            && kept.habits.charts[0].quantity == Quantity::Velocity
    );
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
        for quantity in ["excess J − J*", "sharpness λmax", "angle to −∇J", "m corrected", "cost J"] {
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

/// What a hand does with the wheel over a place.
fn wheel(window: &mut Window<'_>, at: egui::Pos2, delta: egui::Vec2) {
    window.hover_at(at);
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    window.run_steps(20);
}

#[test]
fn the_wheel_zooms_along_the_axis_around_the_pointer_and_a_double_click_shows_all_again() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    toggle(&mut window);
    let rect = chart(&window, AT_FIRST);
    let at = |share: f32| rect.left_center() + vec2(62.0 + share * (rect.width() - 82.0), 0.0);
    let step_at = |window: &mut Window<'_>, share: f32| {
        drag(window, at(share) + vec2(0.0, 4.0), at(share));
        window.state().playback().step
    };
    let [left, middle, right] = [0.25, 0.5, 0.75].map(|share| step_at(&mut window, share));
    for _ in 0..6 {
        wheel(&mut window, at(0.5), vec2(0.0, 60.0));
    }
    let near = [0.25, 0.5, 0.75].map(|share| step_at(&mut window, share));
    assert!(near[1].abs_diff(middle) <= 2, "{near:?}");
    assert!(near[2] - near[0] < (right - left) / 3, "{near:?} of {left}..{right}");
    // Turned sideways it moves.
    wheel(&mut window, at(0.5), vec2(200.0, 0.0));
    assert!(step_at(&mut window, 0.5) + 5 < middle);
    super::drive::double_click(&mut window, at(0.5));
    let again = [0.25, 0.75].map(|share| step_at(&mut window, share));
    assert!(again[0].abs_diff(left) <= 2 && again[1].abs_diff(right) <= 2, "{again:?}");
}

#[test]
fn several_charts_stand_over_one_axis() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 1000.0));
    toggle(&mut window);
    window.get_by_label("+ chart").click();
    window.run_steps(4);
    let second = chart(&window, "Chart of cost J of 7 runs against step");
    let first = chart(&window, AT_FIRST);
    assert!(second.top() >= first.bottom() && (first.left() - second.left()).abs() < 1.0);
    choose(&mut window, "quantity of chart 2", "gradient ‖∇J‖");
    choose(&mut window, "against in the chart", "gradients evaluated");
    chart(&window, "Chart of excess J − J* of 7 runs against gradients evaluated, by powers of ten");
    chart(&window, "Chart of gradient ‖∇J‖ of 7 runs against gradients evaluated, by powers of ten");
    for _ in 0..5 {
        if window.query_by_label("Remove chart 4").is_none() {
            window.get_by_label("+ chart").click();
            window.run_steps(4);
        }
    }
    assert_eq!(window.query_all_by_label_contains("Chart of ").count(), 4);
    window.get_by_label("Remove chart 2").click();
    window.run_steps(4);
    assert_eq!(window.state().saved_state().habits.charts.len(), 3);
}

/// Drags what keeps the window drawing while it is held.
fn drag_slowly(window: &mut Window<'_>, from: egui::Pos2, to: egui::Pos2) {
    window.hover_at(from);
    window.run_steps(2);
    window.drag_at(from);
    window.run_steps(2);
    for part in 1..=8 {
        window.hover_at(from.lerp(to, part as f32 / 8.0));
        window.run_steps(3);
    }
    window.drop_at(to);
    window.run_steps(8);
}

#[test]
fn a_view_is_dragged_by_its_title_and_resized_at_its_edge() {
    let mut window = window_of(Scenario::default(), vec2(1920.0, 1080.0));
    toggle(&mut window);
    let (plot, before) = (window.state().projection().unwrap().frame, chart(&window, AT_FIRST));
    let gap = egui::pos2(plot.center().x, before.top() - 34.0);
    // The edge is between the axis of the plot and the head of the chart.
    let grabbed = (0..60).map(|up| gap - vec2(0.0, up as f32)).find(|at| {
        window.hover_at(*at);
        window.run_steps(2);
        window.output().platform_output.cursor_icon == egui::CursorIcon::ResizeVertical
    });
    let edge = grabbed.expect("an edge that can be dragged");
    drag_slowly(&mut window, edge, edge - vec2(0.0, 80.0));
    let higher = chart(&window, AT_FIRST);
    assert!((higher.height() - before.height() - 80.0).abs() < 8.0, "{before} {higher}");

    let title = window.get_by_role_and_label(Role::Label, "Charts").rect().center();
    drag_slowly(&mut window, title, plot.right_center() - vec2(40.0, 0.0));
    let (plot, beside) = (window.state().projection().unwrap().frame, chart(&window, AT_FIRST));
    assert!(beside.left() > plot.right(), "{plot} beside {beside}");
    // That is a habit, and comes back.
    let kept = serde_json::to_string(&window.state().saved_state()).unwrap();
    let again = App::restored(&serde_json::from_str(&kept).unwrap()).unwrap();
    let mut again = window_of_app(again, vec2(1920.0, 1080.0));
    again.run_steps(6);
    assert!((chart(&again, AT_FIRST).left() - beside.left()).abs() < 2.0);
}
