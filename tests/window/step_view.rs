//! A step taken apart: opened, gone through by keys and by itself, followed by the plot, and said where there is none.

use downhill::scenario::Scenario;
use downhill::ui::App;
use egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, click, press, press_with, retype, scenario, window_of, window_of_app};

fn open(window: &mut Window<'_>) {
    press_with(window, Modifiers::COMMAND, Key::Num3);
}

/// What each stage says, with whether it is the one that is spoken of.
fn stages(window: &Window<'_>) -> Vec<(String, bool)> {
    let found = window.query_all_by_label_contains("Stage ").filter_map(|stage| {
        let node = stage.accesskit_node();
        let label = node.label()?;
        let is_spoken_of = node.toggled() == Some(egui::accesskit::Toggled::True);
        label.strip_prefix("Stage ").map(|text| (text.to_owned(), is_spoken_of))
    });
    found.collect()
}

fn spoken_of(window: &Window<'_>) -> usize {
    stages(window).iter().position(|(_, is)| *is).unwrap()
}

fn choose(window: &mut Window<'_>, name: &str) {
    click(window, "Run of the step");
    window.get_all_by_role_and_label(Role::Button, name).last().unwrap().click();
    window.run();
}

#[test]
fn every_method_is_taken_apart_into_its_stages_with_a_verdict() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    press(&mut window, Key::Home);
    open(&mut window);
    for (name, fewest) in [
        ("Gradient descent", 3),
        ("Momentum", 5),
        ("Nesterov", 5),
        ("AdaGrad", 5),
        ("RMSProp", 6),
        ("Adam", 8),
        ("Newton", 4),
    ] {
        if name != "Gradient descent" {
            choose(&mut window, name);
        }
        let found = stages(&window);
        assert!(found.len() >= fewest, "{name}: {found:?}");
        assert!(found.last().unwrap().1, "{name}: the whole step is shown first");
        let path = window.state().session().trajectory(0).unwrap().0;
        assert!(path.steps() > 0);
        window.get_by_label_contains("Step 1. J 24.2 → ");
    }
}

#[test]
fn keys_go_through_the_stages_and_on_to_the_next_step_and_back() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    press(&mut window, Key::Home);
    open(&mut window);
    press(&mut window, Key::OpenBracket);
    assert_eq!(spoken_of(&window), 1);
    press(&mut window, Key::CloseBracket);
    press(&mut window, Key::CloseBracket);
    assert_eq!((spoken_of(&window), window.state().playback().step), (0, 1));
    press(&mut window, Key::OpenBracket);
    assert_eq!((spoken_of(&window), window.state().playback().step), (2, 0));
    // A step that is gone to keeps the stage.
    press(&mut window, Key::OpenBracket);
    press(&mut window, Key::ArrowRight);
    assert_eq!((spoken_of(&window), window.state().playback().step), (1, 1));
    window.get_by_label_contains("Stage 3").click();
    window.run();
    assert_eq!(spoken_of(&window), 2);
}

#[test]
fn stages_play_by_themselves_and_stop_at_the_end() {
    let mut scenario = Scenario::of_formula("x^2 + y^2");
    scenario.optimizers.truncate(1);
    scenario.run.steps = 2;
    let mut window = window_of(scenario, vec2(1280.0, 800.0));
    press(&mut window, Key::Home);
    open(&mut window);
    window.get_by_label_contains("Stage 1").click();
    window.run();
    click_once(&mut window, "Play the stages");
    // 1.5 s a stage, 20 frames a second.
    window.run_steps(32);
    assert_eq!(spoken_of(&window), 1);
    window.run_steps(200);
    assert_eq!((spoken_of(&window), window.state().playback().step), (2, 1));
    window.get_by_label("Play the stages");
}

fn click_once(window: &mut Window<'_>, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(2);
}

#[test]
fn the_plot_looks_at_the_step_from_near_by_while_that_is_asked_for() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    press(&mut window, Key::Home);
    open(&mut window);
    let wide = window.state().projection().unwrap().region;
    click(&mut window, "zoom to it");
    let first = window.state().projection().unwrap().region;
    assert!(first.width() < 0.5 * wide.width(), "at once: {first:?} of {wide:?}");
    press(&mut window, Key::ArrowRight);
    let near = window.state().projection().unwrap().region;
    assert!(near.width() < 0.2 * wide.width(), "{near:?} of {wide:?}");
    let path = window.state().session().trajectory(0).unwrap().0;
    assert!(near.contains(path.entry(1).unwrap().at) && near.contains(path.entry(2).unwrap().at));
}

#[test]
fn where_there_is_no_step_it_is_said_and_a_failing_step_is_shown_with_its_numbers() {
    let mut at_optimum = Scenario::of_formula("x^2 + y^2");
    at_optimum.run.start = [0.0, 0.0];
    let mut window = window_of(at_optimum, vec2(1024.0, 768.0));
    open(&mut window);
    window.get_by_label_contains("There is no step to explain: converged");
    assert!(stages(&window).is_empty());

    let mut undefined = Scenario::of_formula("ln(x) + y^2");
    undefined.run.start = [0.05, 1.0];
    undefined.optimizers.truncate(1);
    let mut window = window_of(undefined, vec2(1024.0, 768.0));
    open(&mut window);
    window.get_by_label_contains("The run ends in this step: ");
    assert_eq!(stages(&window).len(), 3);

    let mut window = window_of(Scenario::default(), vec2(1024.0, 768.0));
    open(&mut window);
    choose(&mut window, "Newton");
    window.get_by_label_contains("The run is over, converged");
    window.get_by_label("Go to this step").click();
    window.run();
    let steps = window.state().session().trajectory(6).unwrap().0.steps() as u32;
    assert_eq!(window.state().playback().step, steps - 1);
}

#[test]
fn runs_that_are_hidden_changed_removed_or_run_away_break_nothing() {
    for size in [vec2(800.0, 560.0), vec2(1280.0, 800.0)] {
        let mut window = window_of(Scenario::default(), size);
        open(&mut window);
        for formula in ["x^4 + y^4", "ln(x - 3) + y", "exp(exp(x^2 + y^2))", "x^2 - y^2", "5", "x^2 + (y"] {
            retype(&mut window, formula);
            for key in [Key::Home, Key::CloseBracket, Key::End, Key::OpenBracket] {
                press(&mut window, key);
            }
        }
        retype(&mut window, "x^2 + 3y^2");
        click(&mut window, "Show Gradient descent");
        press(&mut window, Key::CloseBracket);
        while !scenario(&window).optimizers.is_empty() {
            let name = format!("Remove {}", scenario(&window).optimizers[0].name());
            window.get_by_label(&name).click();
            window.run_steps(4);
        }
        window.get_by_label("There is no run: add an optimizer.");
    }
}

#[test]
fn which_views_are_open_is_kept_and_the_run_too() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    press(&mut window, Key::Home);
    open(&mut window);
    choose(&mut window, "Adam");
    let kept = serde_json::to_string(&window.state().saved_state()).unwrap();
    let again = serde_json::from_str(&kept).unwrap();
    let mut window = window_of_app(App::restored(&again).unwrap(), vec2(1280.0, 800.0));
    window.run_steps(4);
    assert!(stages(&window).len() >= 8);
    let run = window.get_by_label("Run of the step");
    assert_eq!(run.accesskit_node().value().as_deref(), Some("Adam"));
    press_with(&mut window, Modifiers::COMMAND, Key::Num1);
    assert!(stages(&window).is_empty());
}

#[test]
fn a_click_on_a_card_chooses_the_run_that_is_spoken_of() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    press(&mut window, Key::Home);
    open(&mut window);
    let slider = window.get_by_role_and_label(Role::Slider, "Nesterov: learning rate").rect();
    let name = slider.left_top() - vec2(0.0, 30.0);
    window.hover_at(name);
    window.run();
    window.drag_at(name);
    window.step();
    window.drop_at(name);
    window.run();
    let run = window.get_by_label("Run of the step");
    assert_eq!(run.accesskit_node().value().as_deref(), Some("Nesterov"));
}

#[test]
fn a_figure_of_a_stage_is_offered_and_the_next_figure_is_that_of_the_plot_again() {
    let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
    press(&mut window, Key::Home);
    open(&mut window);
    for entry in ["This stage…", "All stages…"] {
        click(&mut window, "Figure");
        click(&mut window, entry);
        assert!(window.state().is_asking());
        window.get_by_label("Save figure…");
        click(&mut window, "GIF");
        window.get_by_label("each stage for 2 s");
        click(&mut window, "PNG");
        click(&mut window, "Cancel");
    }
    press_with(&mut window, Modifiers::COMMAND, Key::E);
    click(&mut window, "GIF");
    assert!(window.query_by_label("each stage for 2 s").is_none());
}

#[test]
fn a_step_of_a_million_is_taken_apart_like_any_other() {
    let mut scenario = Scenario::of_formula("(x^2-1)^2/8 + y^2/3");
    scenario.optimizers.truncate(1);
    (scenario.run.steps, scenario.run.tolerance) = (1_000_000, 0.0);
    let mut window = window_of(scenario, vec2(1024.0, 768.0));
    open(&mut window);
    press(&mut window, Key::End);
    window.get_by_label_contains("The run is over, ");
    assert_eq!(stages(&window).len(), 3);
    press(&mut window, Key::ArrowLeft);
    window.get_by_label_contains("Step 1000000. J ");
}
