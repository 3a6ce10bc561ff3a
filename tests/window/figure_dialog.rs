//! The dialog of a figure: the view, the title, Enter, and what goes wrong.

use downhill::figure::embedded::extract;
use downhill::scenario::Scenario;
use downhill::ui::App;
use egui::{Event, Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, click, press, press_with, retype, scenario, window, window_of};
use super::figures::{open, save};

#[test]
fn exactly_the_view_of_the_window_is_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window_of(Scenario::default(), vec2(1400.0, 700.0));
    let seen = window.state().projection().unwrap().region;
    open(&mut window);
    click(&mut window, "exactly this view");
    let path = folder.path().join("view.svg");
    window.get_by_role_and_label(Role::Button, "SVG").click();
    window.run();
    save(&mut window, &path);
    let kept = extract(&std::fs::read(&path).unwrap()).unwrap().unwrap().figure.unwrap();
    let view = kept.view.unwrap();
    assert!(kept.is_exact);
    for (kept, seen) in view.x.into_iter().chain(view.y).zip(seen.x.into_iter().chain(seen.y)) {
        assert!((kept - seen).abs() < 1e-12, "{kept} {seen}");
    }
}

fn title(window: &Window<'_>) -> String {
    window.get_by_role_and_label(Role::TextInput, "title").accesskit_node().value().unwrap()
}

#[test]
fn the_title_is_that_of_the_scenario_is_typed_there_and_undone() {
    let mut window = window();
    open(&mut window);
    assert_eq!(title(&window), "Rosenbrock");
    window.get_by_role_and_label(Role::TextInput, "title").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text("A valley".to_owned()));
    window.run();
    assert_eq!(scenario(&window).title, "A valley");
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    window.run_steps(20);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(scenario(&window).title, "Rosenbrock");
}

#[test]
fn enter_saves_from_every_field_but_not_over_what_is_refused() {
    let mut window = window();
    let is_asked = |window: &Window<'_>| window.query_by_label_contains("a path; ~ is").is_some();
    for (role, name) in
        [(Role::TextInput, "title"), (Role::SpinButton, "Figure width"), (Role::SpinButton, "Type size")]
    {
        open(&mut window);
        window.get_by_role_and_label(role, name).click();
        window.run();
        press(&mut window, Key::Enter);
        window.run();
        assert!(is_asked(&window), "{name}");
        press(&mut window, Key::Escape);
        press(&mut window, Key::Escape);
    }
    open(&mut window);
    window.get_by_role_and_label(Role::SpinButton, "Figure width").click();
    window.run();
    window.event(Event::Text("wide".to_owned()));
    window.run();
    press(&mut window, Key::Enter);
    assert!(!is_asked(&window));
}

#[test]
fn the_path_is_selected_and_a_name_alone_is_in_the_folder_that_stands_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.toml");
    std::fs::write(&file, "[cost]\nfunction = \"himmelblau\"\n[run]\nsteps = 5\n").unwrap();
    let mut window = window();
    super::figures::open_file(&mut window, &file);
    open(&mut window);
    click(&mut window, "Save figure…");
    // Typed over what is selected.
    window.event(Event::Text("slide".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    wait_for(&mut window, "Saved ");
    assert!(folder.path().join("slide.png").is_file());
}

/// Lets frames pass until a label is there.
fn wait_for(window: &mut Window<'_>, label: &str) {
    for _ in 0..2000 {
        window.step();
        if window.query_by_label_contains(label).is_some() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("no {label}");
}

#[cfg(unix)]
#[test]
fn an_error_stays_in_the_dialog_and_goes_with_the_next_success() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    let mut window = window();
    open(&mut window);
    click(&mut window, "Save figure…");
    window.event(Event::Text(missing.join("plot.png").display().to_string()));
    window.run();
    window.key_press(Key::Enter);
    wait_for(&mut window, "was not written");
    window.get_by_label("Save figure…");
    assert!(window.query_by_label_contains(".part").is_none());
    window.run_steps(80);
    window.get_by_label_contains("was not written");
    std::fs::create_dir(&missing).unwrap();
    save(&mut window, &missing.join("plot.png"));
    window.run();
    open(&mut window);
    assert!(window.query_by_label_contains("was not written").is_none());
}

#[test]
fn no_frame_of_the_dialog_takes_all_steps_of_long_runs() {
    let mut scenario = Scenario::default();
    scenario.run.steps = 1_000_000;
    scenario.run.tolerance = 0.0;
    let mut window = egui_kittest::Harness::builder()
        .with_size(vec2(1024.0, 768.0))
        .with_max_steps(1)
        .with_context_setup(downhill::ui::prepare)
        .build_ui_state(|ui, app: &mut App| app.show_ui(ui), App::new(scenario, None));
    let taken = |window: &Window<'_>| -> usize {
        let session = window.state().session();
        (0..7).filter_map(|index| session.trajectory(index)).map(|(path, _)| path.len()).sum()
    };
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    window.step();
    for _ in 0..3 {
        let before = taken(&window);
        window.step();
        assert!(taken(&window) - before < 1_000_000, "{before} to {}", taken(&window));
    }
    window.get_by_label("The preview comes when all steps have been taken.");
    window.get_by_label("Save figure…");
    // Saving hands the steps over, and copying waits for them.
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::C);
    window.step();
    assert!(taken(&window) < 7_000_000);
}

#[test]
fn pinned_paths_of_long_runs_come_back_in_slices() {
    let mut scenario = Scenario::default();
    scenario.run.steps = 1_000_000;
    scenario.run.tolerance = 0.0;
    let opened = downhill::files::Opened { pinned: Some(scenario), ..downhill::files::Opened::default() };
    let app = App::of_opened(opened);
    assert!(app.session().pinned().is_none(), "seven million steps at once");
    // Nothing is lost meanwhile.
    assert!(app.saved_state().pinned.is_some());
}

#[test]
fn the_cost_is_the_title_of_a_figure_without_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window();
    retype(&mut window, "x^2 + 3y^2");
    assert!(scenario(&window).title.is_empty());
    open(&mut window);
    window.get_by_role_and_label(Role::Button, "SVG").click();
    window.run();
    let path = folder.path().join("own.svg");
    save(&mut window, &path);
    let svg = std::fs::read_to_string(&path).unwrap();
    assert!(svg.contains("<title>J(x, y) = x^2 + 3y^2</title>"));
}
