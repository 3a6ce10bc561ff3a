//! The map beside the plot: where every start leads, and what pairs of parameters make of a run.

use downhill::scenario::{self, Scenario};
use egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::Queryable as _;

use super::drive::{Window, click, on_screen, press_with, scenario as shown, window_of};

const HIMMELBLAU: &str = "[cost]\nformula = \"(x^2+y-11)^2 + (x+y^2-7)^2\"\n[window]\nx = [-5.0, 5.0]\ny = [-5.0, 5.0]\n\
    [run]\nstart = [0.0, 0.0]\nsteps = 300\ntolerance = 1e-6\n[[optimizer]]\nmethod = \"momentum\"\nlearning_rate = 0.005\n\
    [[optimizer]]\nmethod = \"gd\"\nlearning_rate = 0.01\n[[optimizer]]\nmethod = \"newton\"\n";

fn himmelblau<'a>() -> Window<'a> {
    let mut window = window_of(scenario::read(HIMMELBLAU, "").unwrap(), vec2(1280.0, 800.0));
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    window.run_steps(60);
    window
}

#[test]
fn the_map_of_the_chosen_run_names_its_optima_and_a_click_makes_a_start() {
    let mut window = himmelblau();
    let map = window.get_by_label("Map of basins of Momentum").rect();
    window.get_by_label_contains("(3.584, \u{2212}1.848)  J 0");
    window.get_by_label_contains("256 × 256 starts");
    // Pointed at, a start says where it leads.
    window.hover_at(map.center() + vec2(30.0, 0.0));
    window.run_steps(4);
    let state = window.state();
    let path = state.session().trajectory(0).unwrap().0.steps();
    assert!(path > 10);
    window.drag_at(map.center() + vec2(40.0, -40.0));
    window.drop_at(map.center() + vec2(40.0, -40.0));
    window.run_steps(6);
    assert_ne!(shown(&window).run.start, [0.0, 0.0]);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(shown(&window).run.start, [0.0, 0.0]);
    let start = on_screen(&window, [0.0, 0.0]);
    assert!(start.x < map.left(), "the plot is beside it");
}

#[test]
fn each_map_of_a_session_has_a_number_of_its_own() {
    let mut session = downhill::session::Session::new(scenario::read(HIMMELBLAU, "").unwrap());
    let window = session.scenario().window;
    let mut numbers = std::collections::HashSet::new();
    for run in [0, 1, 0, 1] {
        // What is drawn is made again wherever the number is another.
        session.keep_basins_of(&[run]);
        session.finish_basins(run, window, 0);
        assert!(numbers.insert(session.basins(run).unwrap().version), "{run}");
    }
}

#[test]
fn maps_stand_side_by_side_and_another_run_has_its_own() {
    let mut window = himmelblau();
    click(&mut window, "side by side");
    window.run_steps(60);
    for name in ["Momentum", "Gradient descent", "Newton"] {
        window.get_by_label(&format!("Map of basins of {name}"));
    }
    assert!(window.query_all_by_label_contains("reach an optimum").count() >= 2);
    let before: Scenario = shown(&window).clone();
    // What is looked at is the plot's: a map of a window without minima says so.
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    assert!(window.query_by_label_contains("Map of basins").is_none());
    assert_eq!(shown(&window), &before);
}

#[test]
fn a_click_into_the_sweep_sets_both_parameters_as_one_step_of_undo() {
    let mut window = himmelblau();
    click(&mut window, "Sweep");
    window.run_steps(40);
    let before = shown(&window).clone();
    let sweep = window.get_by_role_and_label(Role::GraphicsObject, "Sweep of Momentum over α and β").rect();
    let at = sweep.center() + vec2(20.0, 30.0);
    window.drag_at(at);
    window.drop_at(at);
    window.run_steps(6);
    let settings = &shown(&window).optimizers[0].settings;
    assert_ne!(settings.real("learning_rate"), before.optimizers[0].settings.real("learning_rate"));
    assert_ne!(settings.real("beta"), before.optimizers[0].settings.real("beta"));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(shown(&window), &before);
}

#[test]
fn what_has_no_map_says_so() {
    let line = "[cost]\nformula = \"x^2\"\nvariables = [\"x\"]\n[[optimizer]]\nmethod = \"gd\"\n";
    let mut window = window_of(scenario::read(line, "").unwrap(), vec2(1280.0, 800.0));
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    window.get_by_label("A map needs a cost of two variables.");
    let bowl = "[cost]\nformula = \"x^2 + y^2\"\n[[optimizer]]\nmethod = \"gd\"\n";
    let mut window = window_of(scenario::read(bowl, "").unwrap(), vec2(1280.0, 800.0));
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    window.run_steps(20);
    click(&mut window, "Sweep");
    window.get_by_label_contains("A sweep needs two parameters");
    // A formula that is being typed leaves the last map, and one of another kind ends it.
    super::drive::retype(&mut window, "x^2 + y^2 + ");
    window.run_steps(5);
    super::drive::retype(&mut window, "x^4 - x^2 + y^2");
    window.run_steps(20);
}

#[test]
fn a_file_arranges_the_window_and_leaves_the_habit_alone() {
    let mut window = super::drive::window();
    press_with(&mut window, Modifiers::COMMAND, Key::Num7);
    assert!(window.query_by_label("Best rate for each").is_some());
    let habits = window.state().saved_state().habits;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("basins.toml");
    // So few steps that all of the sweep is soon found.
    let himmelblau = HIMMELBLAU.replace("steps = 300", "steps = 20");
    let text = format!(
        "{himmelblau}[view]\nopen = [\"map\"]\nmap = {{ kind = \"sweep\", run = 1 }}\nrelief = 0.7\n"
    );
    std::fs::write(&path, &text).unwrap();
    super::files::drop_files(&mut window, &[&path]);
    window.run_steps(60);
    window.get_by_role_and_label(Role::GraphicsObject, "Sweep of Momentum over α and β");
    assert!(window.query_by_label("Best rate for each").is_none());
    let kept = window.state().saved_state().habits;
    assert_eq!((&kept.arrangement, kept.look), (&habits.arrangement, habits.look));
    // What is open is kept with the view, and taken back with it.
    press_with(&mut window, Modifiers::COMMAND, Key::Num2);
    let before = shown(&window).clone();
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    let view = shown(&window).view.clone().unwrap();
    assert_eq!(view.open, [scenario::OpenView::Charts, scenario::OpenView::Map]);
    assert_eq!((view.map, view.relief), (before.view.as_ref().unwrap().map, 0.7));
    assert_eq!(scenario::read(&scenario::write(shown(&window)), "").unwrap().view, Some(view));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(shown(&window).view, before.view);
    // A file that says nothing has what the person likes.
    let plain = folder.path().join("plain.toml");
    std::fs::write(&plain, himmelblau).unwrap();
    super::files::drop_files(&mut window, &[&plain]);
    window.run_steps(20);
    assert!(window.query_by_label("Best rate for each").is_some());
    assert!(window.query_by_label_contains("Sweep of").is_none());
}
