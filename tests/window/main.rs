//! The window, driven through its accessibility tree and its pointer, without a display and without a graphics card.
#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod budget;
mod cards;
mod charts;
mod constraints;
mod data;
mod drive;
mod figure_dialog;
mod figures;
mod files;
mod formulas;
mod gallery;
mod graph;
mod keyboard;
mod looks;
mod map;
mod mathematics;
mod notes;
mod number_fields;
mod number_hands;
mod own_rules;
mod pictures;
mod playing;
mod race;
mod rates;
mod reading;
mod rows;
mod scaling;
mod schedules;
mod series;
mod sliders;
mod step_view;
mod steps;
#[cfg(unix)]
mod streams;
mod suiting;
mod suspended;
mod whole;

use downhill::landscape::LevelScale;
use downhill::objective::Goal;
use downhill::optimizer::ParameterValue;
use downhill::scenario::{MAX_OPTIMIZERS, Scenario};
use downhill::session::Recomputed;
use downhill::ui::{Action, App};
use egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use drive::{Window, drag, learning_rate, on_screen, press, retype, window, window_of};

fn recomputed(window: &Window<'_>) -> Recomputed {
    window.state().session().recomputed()
}

#[test]
fn a_typed_formula_is_walked_on_at_once() {
    let mut window = window();
    retype(&mut window, "x^2 + 3y^2");
    let session = window.state().session();
    assert_eq!(session.scenario().cost.formula(), "x^2 + 3y^2");
    assert!(session.scenario().cost.constants.is_empty());
    let start = session.scenario().run.start;
    let (path, _) = session.trajectory(0).unwrap();
    assert_eq!(path.value(0).unwrap(), start[0].powi(2) + 3.0 * start[1].powi(2));
}

#[test]
fn a_wrong_formula_is_explained_and_the_last_good_picture_stays() {
    let mut window = window();
    let before = recomputed(&window);
    retype(&mut window, "x^2 + (y");
    window.get_by_label_contains("this `(` is never closed");
    let session = window.state().session();
    assert_eq!(session.formula_text(), "x^2 + (y");
    assert_eq!(session.formula_error().unwrap().span, 6..7);
    assert_eq!(recomputed(&window).runs, before.runs);
    assert_eq!(session.trajectory(0).unwrap().0.value(0).unwrap(), 24.199999999999996);
    retype(&mut window, "x^2 + (y)^2");
    assert!(window.query_by_label_contains("never closed").is_none());
}

#[test]
fn a_slip_that_is_taken_back_leaves_a_built_in_cost_as_it_was() {
    let mut window = window();
    let formula = window.state().session().formula_text().to_owned();
    retype(&mut window, &format!("{formula}+"));
    assert!(window.state().session().formula_error().is_some());
    retype(&mut window, &formula);
    let session = window.state().session();
    assert!(session.formula_error().is_none() && session.built_in().is_some());
    assert_eq!(session.known_optima().len(), 1);
}

#[test]
fn a_free_letter_becomes_a_slider_and_keeps_its_value() {
    let mut window = window();
    retype(&mut window, "k*x^2 + y^2");
    window.get_by_role_and_label(Role::Slider, "k").set_value_accesskit(7.0);
    window.run();
    assert_eq!(window.state().session().scenario().cost.constants, [("k".to_owned(), 7.0)]);
    retype(&mut window, "x^2 + y^2");
    assert!(window.query_by_role_and_label(Role::Slider, "k").is_none());
    retype(&mut window, "k*x^2 + y^2");
    assert_eq!(window.state().session().scenario().cost.constants, [("k".to_owned(), 7.0)]);
    window.get_by_role_and_label(Role::Slider, "k").set_value_accesskit(1e308);
    window.run();
    assert_eq!(window.state().session().scenario().cost.constants, [("k".to_owned(), 1e308)]);
    retype(&mut window, "k*x^2 + z^2");
    window.get_by_label_contains("third variable");
}

#[test]
fn a_run_can_be_hidden_removed_and_added_twice() {
    let mut window = window();
    window.get_by_label("Show Adam").click();
    window.run();
    let adam = |window: &Window<'_>| {
        let optimizers = &window.state().session().scenario().optimizers;
        optimizers.iter().filter(|o| o.settings.method().id == "adam").map(|o| o.visible).collect::<Vec<_>>()
    };
    assert_eq!(adam(&window), [false]);
    for expected in [2, 3] {
        window.get_by_label("Add optimizer").click();
        window.run();
        window.get_by_role_and_label(Role::Button, "Adam").click();
        window.run();
        assert_eq!(adam(&window).len(), expected);
    }
    window.get_by_label("Remove Momentum").click();
    window.run();
    assert!(window.query_by_label("Show Momentum").is_none());
}

#[test]
fn no_more_runs_are_added_than_a_file_may_hold() {
    let mut scenario = Scenario::default();
    scenario.run.steps = 1;
    scenario.optimizers = vec![scenario.optimizers[0].clone(); MAX_OPTIMIZERS - 1];
    let mut window = window_of(scenario, vec2(1024.0, 768.0));
    for _ in 0..2 {
        window.get_by_label("Add optimizer").click();
        window.run();
        if let Some(adam) = window.query_by_role_and_label(Role::Button, "Adam") {
            adam.click();
            window.run();
        }
    }
    assert_eq!(window.state().session().scenario().optimizers.len(), MAX_OPTIMIZERS);
    assert!(App::restored(&window.state().saved_state()).is_some());
}

#[test]
fn dragging_a_learning_rate_reruns_that_path_alone_and_keeps_the_step() {
    let mut window = window();
    for _ in 0..3 {
        press(&mut window, Key::ArrowLeft);
    }
    let (step, before, rate) =
        (window.state().playback().step, recomputed(&window), learning_rate(&window, 0));
    let last_point =
        |window: &Window<'_>| window.state().session().trajectory(0).unwrap().0.point(50).unwrap();
    let point = last_point(&window);
    let slider = window.get_by_role_and_label(Role::Slider, "Gradient descent: learning rate").rect();
    drag(&mut window, slider.center(), slider.left_center() + vec2(20.0, 0.0));
    let after = recomputed(&window);
    assert!(learning_rate(&window, 0) < rate);
    assert_ne!(last_point(&window), point);
    assert_eq!(window.state().playback().step, step);
    assert!(after.runs > before.runs);
    assert_eq!(
        (after.objectives, after.fields, after.isolines),
        (before.objectives, before.fields, before.isolines)
    );
    for other in 1..7 {
        assert_eq!(
            window.state().session().trajectory(other).unwrap().1,
            other as u64 + 1,
            "run {other} was rerun"
        );
    }
}

#[test]
fn a_typed_setting_may_lie_beyond_its_slider_and_nonsense_changes_nothing() {
    let mut window = window();
    let type_into = |window: &mut Window<'_>, text: &str| {
        let name = "Gradient descent: learning rate";
        let field = window.get_by_role_and_label(Role::SpinButton, name).rect().center();
        window.hover_at(field);
        window.get_by_role_and_label(Role::SpinButton, name).click();
        window.run();
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.event(egui::Event::Text(text.to_owned()));
        window.run();
        press(window, Key::Enter);
    };
    type_into(&mut window, "25");
    assert_eq!(learning_rate(&window, 0), 25.0);
    type_into(&mut window, "-1");
    assert_eq!(learning_rate(&window, 0), 25.0);
    type_into(&mut window, "abc");
    assert_eq!(learning_rate(&window, 0), 25.0);
}

#[test]
fn playing_moves_the_heads_and_the_scrubber_reaches_every_step() {
    let mut window = window();
    let last = window.state().session().longest_run();
    assert_eq!(window.state().playback().step, last);
    press(&mut window, Key::Home);
    assert_eq!(window.state().playback().step, 0);
    window.get_by_label("Play").click();
    window.run_steps(6);
    let playback = window.state().playback();
    assert!(playback.playing && playback.step > 5, "{playback:?}");
    window.get_by_label("Pause").click();
    window.run();
    let held = window.state().playback().step;
    window.run_steps(3);
    assert_eq!(window.state().playback().step, held);
    press(&mut window, Key::ArrowRight);
    assert_eq!(window.state().playback().step, held + 1);
    let scrubber = window
        .get_all_by_role(Role::Slider)
        .find(|s| s.accesskit_node().label().is_some_and(|l| l.starts_with("step")));
    scrubber.unwrap().set_value_accesskit(42.0);
    window.run();
    assert_eq!(window.state().playback().step, 42);
    window.key_press(Key::Space);
    window.run_steps(3);
    assert!(window.state().playback().playing);
}

#[test]
fn the_start_is_clicked_dragged_and_typed() {
    let mut window = window();
    let start = |window: &Window<'_>| window.state().session().scenario().run.start;
    let target = on_screen(&window, [0.5, 2.0]);
    window.hover_at(target);
    window.run();
    window.drag_at(target);
    window.drop_at(target);
    window.run();
    let clicked = start(&window);
    assert!((clicked[0] - 0.5).abs() < 0.01 && (clicked[1] - 2.0).abs() < 0.01, "{clicked:?}");
    let (from, to) = (on_screen(&window, clicked), on_screen(&window, [-0.5, 0.5]));
    let runs = recomputed(&window).runs;
    drag(&mut window, from, to);
    let dragged = start(&window);
    assert!((dragged[0] + 0.5).abs() < 0.01 && (dragged[1] - 0.5).abs() < 0.01, "{dragged:?}");
    assert!(recomputed(&window).runs >= runs + 7);
    for index in 0..7 {
        assert_eq!(window.state().session().trajectory(index).unwrap().0.point(0).unwrap().x, dragged[0]);
    }
}

#[test]
fn wheel_drag_and_double_click_move_the_view_and_nothing_else() {
    let mut window = window();
    let (start, before) = (window.state().session().scenario().run.start, recomputed(&window));
    let seen = window.state().projection().unwrap().region;
    let pointer = on_screen(&window, [1.5, 0.0]);
    window.hover_at(pointer);
    window.run();
    let under = window.state().projection().unwrap().to_plane(pointer);
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, 120.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    window.run();
    let nearer = window.state().projection().unwrap();
    assert!(nearer.region.width() < 0.8 * seen.width());
    let now = nearer.to_plane(pointer);
    assert!((now[0] - under[0]).abs() < 1e-9 && (now[1] - under[1]).abs() < 1e-9);
    drag(&mut window, pointer, pointer + vec2(60.0, 40.0));
    assert_ne!(window.state().projection().unwrap().region, nearer.region);
    let after = recomputed(&window);
    assert_eq!((after.runs, after.objectives), (before.runs, before.objectives));
    assert!(after.fields > before.fields);
    for _ in 0..2 {
        window.drag_at(pointer);
        window.drop_at(pointer);
    }
    window.run();
    assert_eq!(window.state().projection().unwrap().region, seen);
    assert_eq!(window.state().session().scenario().run.start, start);
}

#[test]
fn an_untouched_frame_recomputes_nothing_and_asks_for_no_other() {
    let mut window = window();
    window.hover_at(on_screen(&window, [0.0, 1.0]));
    window.run();
    let before = recomputed(&window);
    for _ in 0..5 {
        window.step();
        assert!(!window.ctx.has_requested_repaint());
    }
    assert_eq!(recomputed(&window), before);
}

#[test]
fn the_goal_turns_every_run_around() {
    let mut window = window();
    window.get_by_label("Goal").click();
    window.run();
    window.get_by_label("maximize").click();
    window.run();
    let session = window.state().session();
    assert_eq!(session.scenario().cost.goal, Goal::Maximize);
    let values = session.trajectory(0).unwrap().0.values().collect::<Vec<_>>();
    assert!(values[1] > values[0]);
}

#[test]
fn a_built_in_cost_brings_its_window_start_and_rates() {
    let mut window = window();
    window.get_by_label("Costs…").click();
    window.run();
    window.event(egui::Event::Text("himmelblau".to_owned()));
    window.run();
    window.get_by_role_and_label(Role::Button, "Himmelblau").click();
    window.step();
    press(&mut window, Key::End);
    let row = downhill::builtin::find("himmelblau").unwrap();
    let scenario = window.state().session().scenario();
    assert_eq!(scenario.run.start, row.start);
    assert_eq!([scenario.window.x, scenario.window.y], row.window);
    assert_eq!(learning_rate(&window, 0), downhill::optimizer::METHODS[0].rate_among(row.rates).unwrap());
}

#[test]
fn a_scenario_is_saved_changed_and_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lecture.toml");
    let mut window = window();
    let give_path = |window: &mut Window<'_>, path: &std::path::Path| {
        window.run();
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.event(egui::Event::Text(path.display().to_string()));
        window.run();
        window.key_press(Key::Enter);
        window.run_steps(3);
    };
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    give_path(&mut window, &path);
    assert!(!window.state().is_asking());
    let saved = window.state().session().scenario().clone();
    retype(&mut window, "x^4 + y^4");
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    give_path(&mut window, &folder.path().join("missing.toml"));
    window.get_by_label_contains("cannot be read");
    assert_eq!(window.state().session().scenario().cost.formula(), "x^4 + y^4");
    give_path(&mut window, &path);
    // What is typed is in no file: it is not thrown away without a question.
    window.get_by_label("Keep working").click();
    window.run();
    assert_eq!(window.state().session().scenario().cost.formula(), "x^4 + y^4");
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    give_path(&mut window, &path);
    window.get_by_label("Discard changes").click();
    window.run_steps(2);
    press(&mut window, Key::End);
    assert_eq!(*window.state().session().scenario(), saved);
}

#[test]
fn the_last_session_comes_back_with_its_half_typed_formula() {
    let mut window = window();
    retype(&mut window, "c*x^2 + (y");
    let saved_state = window.state().saved_state();
    let restored = App::restored(&saved_state).unwrap();
    assert_eq!(restored.session().formula_text(), "c*x^2 + (y");
    assert_eq!(restored.session().scenario(), window.state().session().scenario());
}

#[test]
fn every_parameter_of_every_method_has_its_control() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 1600.0));
    window.get_by_label("all parameters").click();
    window.run();
    let optimizers = window.state().session().scenario().optimizers.clone();
    for choice in &optimizers {
        for (parameter, value) in choice.settings.iter() {
            let words = parameter.id.replace('_', " ");
            let name = format!("{}: {words}", choice.name());
            match value {
                ParameterValue::Real(number) => {
                    let slider = window.get_by_role_and_label(Role::Slider, &name);
                    assert_eq!(slider.accesskit_node().numeric_value(), Some(number), "{name}");
                }
                ParameterValue::PerVariable(_) => panic!("{name} is one number where nobody chose"),
                ParameterValue::Choice(_) => assert!(window.query_by_label(&name).is_some(), "{name}"),
                ParameterValue::Switch(_) => assert!(window.query_by_label(&words).is_some(), "{name}"),
                ParameterValue::Interval(_) => {
                    assert!(window.query_by_label(&format!("{name} from")).is_some(), "{name}");
                }
            }
        }
    }
}

#[test]
fn light_and_dark_can_be_chosen() {
    let mut window = window();
    for (action, theme) in [(Action::Light, egui::Theme::Light), (Action::Dark, egui::Theme::Dark)] {
        window.get_by_label("View").click();
        window.run();
        window.get_by_label(action.label()).click();
        window.run();
        assert_eq!(window.ctx.theme(), theme);
    }
}

#[test]
fn a_drag_is_undone_in_one_step_and_done_again() {
    let mut window = window();
    let begin = window.state().session().scenario().clone();
    let slider = window.get_by_role_and_label(Role::Slider, "Gradient descent: learning rate").rect();
    drag(&mut window, slider.center(), slider.left_center() + vec2(20.0, 0.0));
    let dragged = window.state().session().scenario().clone();
    assert_ne!(dragged, begin);
    window.get_by_label("Edit").click();
    window.run();
    window.get_by_label_contains("Undo learning rate of Gradient descent").click();
    window.run();
    assert_eq!(*window.state().session().scenario(), begin);
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    window.run();
    assert_eq!(*window.state().session().scenario(), dragged);
}

#[test]
fn typing_and_a_choice_of_cost_are_undone_by_keys_back_to_the_beginning() {
    let mut window = window();
    let begin = window.state().session().scenario().clone();
    retype(&mut window, "x^2 + k*y^2");
    window.run_steps(20);
    window.get_by_label("Costs…").click();
    window.run();
    window.event(egui::Event::Text("himmelblau".to_owned()));
    window.run();
    window.get_by_role_and_label(Role::Button, "Himmelblau").click();
    window.step();
    press(&mut window, Key::End);
    let undo = |window: &mut Window<'_>| {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run();
    };
    undo(&mut window);
    assert_eq!(window.state().session().formula_text(), "x^2 + k*y^2");
    undo(&mut window);
    assert_eq!(*window.state().session().scenario(), begin);
    undo(&mut window);
    assert_eq!(*window.state().session().scenario(), begin);
}

#[test]
fn a_card_is_named_duplicated_shown_alone_and_reset_from_its_menu() {
    let mut window = window();
    let choose = |window: &mut Window<'_>, card: &str, item: &str| {
        window.get_by_label(&format!("Menu of {card}")).click();
        window.run();
        window.get_by_label(item).click();
        window.run();
    };
    window.get_by_label("Menu of Momentum").click();
    window.run();
    window.get_by_role_and_label(Role::TextInput, "Name").focus();
    window.run();
    window.get_by_role_and_label(Role::TextInput, "Name").type_text("Heavy ball");
    window.run();
    press(&mut window, Key::Escape);
    choose(&mut window, "Heavy ball", "Duplicate");
    let names = |window: &Window<'_>| {
        let runs = &window.state().session().scenario().optimizers;
        runs.iter().map(|o| (o.name(), o.visible)).collect::<Vec<_>>()
    };
    assert_eq!(names(&window)[1..3], [("Heavy ball".to_owned(), true), ("Heavy ball".to_owned(), true)]);
    choose(&mut window, "Adam", "Show only this");
    assert_eq!(names(&window).iter().filter(|(_, visible)| *visible).count(), 1);
    choose(&mut window, "Adam", "Show all");
    assert!(names(&window).iter().all(|(_, visible)| *visible));
    choose(&mut window, "Adam", "Move up");
    assert_eq!(names(&window)[5].0, "Adam");
    let suggested = learning_rate(&window, 0);
    window.get_by_role_and_label(Role::Slider, "Gradient descent: learning rate").set_value_accesskit(0.5);
    window.run();
    choose(&mut window, "Gradient descent", "Reset settings");
    assert_eq!(learning_rate(&window, 0), suggested);
}

#[test]
fn the_list_of_keys_opens_and_closes_and_paths_can_be_seen_whole() {
    let mut window = window();
    press(&mut window, Key::F1);
    assert!(window.query_by_label("Step by step").is_some());
    window.get_by_label("Close").click();
    window.run();
    assert!(window.query_by_label("Step by step").is_none());
    window.get_by_label("Fit paths").click();
    window.run();
    let seen = window.state().projection().unwrap().region;
    for index in 0..7 {
        let (path, _) = window.state().session().trajectory(index).unwrap();
        assert!(path.points().all(|point| seen.contains(point)), "path {index} is not whole");
    }
    window.get_by_label("Reset view").click();
    window.run();
    assert!(window.state().projection().unwrap().region.height() < seen.height());
}

#[test]
fn what_a_file_may_say_is_shown_as_it_stands() {
    let mut scenario = Scenario::default();
    scenario.levels.count = *downhill::scenario::LEVEL_COUNT.end();
    scenario.run.tolerance = 1e12;
    scenario.run.steps = *downhill::scenario::STEPS.end();
    scenario.run.start = [123_456.789, -1e-7];
    scenario.optimizers.truncate(1);
    scenario.optimizers[0].settings.set("learning_rate", ParameterValue::Real(1e5)).unwrap();
    let window = window_of(scenario.clone(), vec2(1024.0, 768.0));
    assert_eq!(*window.state().session().scenario(), scenario);
}

#[test]
fn levels_speed_and_the_form_of_a_method_are_chosen() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 1600.0));
    let choose = |window: &mut Window<'_>, control: &str, option: &str| {
        window.get_by_role_and_label(Role::ComboBox, control).click();
        window.run();
        window.get_by_role_and_label(Role::Button, option).click();
        window.run();
    };
    for (option, scale) in [("linear", LevelScale::Linear), ("quantile", LevelScale::Quantile)] {
        let before = recomputed(&window);
        choose(&mut window, "levels", option);
        assert_eq!(window.state().session().scenario().levels.scale, scale);
        assert!(recomputed(&window).isolines > before.isolines);
        assert_eq!(recomputed(&window).runs, before.runs);
    }
    let speed = |window: &Window<'_>| window.state().playback().steps_per_second;
    for (asked, reached) in [(250.0, 250.0), (0.1, 1.0), (5000.0, 1000.0)] {
        window.get_by_role_and_label(Role::Slider, "speed").set_value_accesskit(asked);
        window.run();
        assert_eq!(speed(&window), reached);
    }
    window.get_by_label("all parameters").click();
    window.run();
    choose(&mut window, "Momentum: form", "ewma: v ← βv + (1−β)g");
    choose(&mut window, "Newton: variant", "modified: |λ| in place of λ");
    let optimizers = &window.state().session().scenario().optimizers;
    assert_eq!(optimizers[1].settings.choice("form"), "ewma");
    assert_eq!(optimizers[6].settings.choice("variant"), "modified");
}
