//! Files in the window: nothing is lost by forgetting to save, by dropping the wrong file, or by another program.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use downhill::scenario::{self, Scenario};
use downhill::ui::{App, Choice, Chooser, Purpose};
use egui::{Event, Key, Modifiers, Role, vec2};
use egui_kittest::kittest::Queryable as _;

use super::drive::{self, Window, press_with as press, window_of_app};

pub fn window<'a>(app: App) -> Window<'a> {
    let mut window = window_of_app(app, vec2(1024.0, 768.0));
    press(&mut window, Modifiers::NONE, Key::End);
    window
}

/// The window on the scenario `x^2 + 3*y^2` in a file of `folder`.
pub fn window_on_file<'a>(folder: &Path) -> (Window<'a>, PathBuf) {
    let path = write(folder, "mine.toml", "x^2 + 3*y^2");
    (window(App::new(Scenario::of_formula("x^2 + 3*y^2"), Some(path.clone()))), path)
}

/// Writes a scenario with a formula.
pub fn write(folder: &Path, name: &str, formula: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, scenario::write(&Scenario::of_formula(formula))).unwrap();
    path
}

pub fn click(window: &mut Window<'_>, label: &str) {
    window.get_by_role_and_label(Role::Button, label).click();
    window.step();
    press(window, Modifiers::NONE, Key::End);
}

fn choose(window: &mut Window<'_>, item: &str) {
    window.get_by_label("File").click();
    window.run();
    window.get_by_label(item).click();
    window.step();
    press(window, Modifiers::NONE, Key::End);
}

/// Types a formula, and gives the keys back to the window.
fn retype(window: &mut Window<'_>, text: &str) {
    drive::retype(window, text);
    window.key_press(Key::Escape);
    window.run_steps(20);
}

pub fn formula<'a>(window: &'a Window<'_>) -> &'a str {
    window.state().session().scenario().cost.formula()
}

pub fn on_disk(path: &Path) -> Scenario {
    scenario::read(&std::fs::read_to_string(path).unwrap(), "").unwrap()
}

pub fn says(window: &Window<'_>, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

/// Lets the file be looked at, as the window does when it gets the focus.
pub fn focus(window: &mut Window<'_>) {
    window.event(Event::WindowFocused(true));
    window.step();
    window.run();
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

pub fn drop_files(window: &mut Window<'_>, paths: &[&Path]) {
    for path in paths {
        window.input_mut().dropped_files.push(Arc::new(Dropped((*path).to_owned())));
    }
    window.step();
    press(window, Modifiers::NONE, Key::End);
}

#[test]
fn a_session_goes_on_with_its_changes_its_file_and_a_formula_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let (mut first, path) = window_on_file(folder.path());
    retype(&mut first, "x^2 + 4*y^2");
    let before = first.state().work();
    retype(&mut first, "x^2 + (4");
    assert!(first.state().work() != before, "what is half typed would not be kept");
    let work = first.state().work();
    assert!(first.state().work() == work);
    let saved_state = serde_json::to_string(&first.state().saved_state()).unwrap();
    let saved_state = serde_json::from_str(&saved_state).unwrap();
    let mut second = window(App::restored(&saved_state).unwrap());
    assert_eq!(formula(&second), "x^2 + 4*y^2");
    assert_eq!(second.state().session().formula_text(), "x^2 + (4");
    assert!(second.state().work() == work, "{:?} is not {work:?}", second.state().work());
    // The changes are still asked about, and still saved to the same file.
    press(&mut second, Modifiers::COMMAND, Key::N);
    click(&mut second, "Save changes");
    assert_eq!(on_disk(&path).cost.formula(), "x^2 + 4*y^2");
    assert_ne!(formula(&second), "x^2 + 4*y^2");
}

#[test]
fn a_formula_that_is_half_typed_is_not_thrown_away_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = window_on_file(folder.path());
    // In one frame, so that nothing right was seen on the way.
    retype(&mut window, "x^2 + sin(");
    assert!(!window.state().saved_state().changed);
    press(&mut window, Modifiers::COMMAND, Key::N);
    assert!(window.state().is_asking());
    click(&mut window, "Keep working");
    assert_eq!(window.state().session().formula_text(), "x^2 + sin(");
    press(&mut window, Modifiers::COMMAND, Key::N);
    click(&mut window, "Save changes");
    assert_eq!(*window.state().session().scenario(), Scenario::default());
}

#[test]
fn work_without_a_file_is_asked_for_one_before_it_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(App::new(Scenario::default(), None));
    retype(&mut window, "x^4 + y^2");
    press(&mut window, Modifiers::COMMAND, Key::N);
    window.get_by_label("Save changes").click();
    window.run();
    let field = || egui_kittest::kittest::By::new().role(Role::TextInput).label_contains("a path");
    window.get(field()).focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    let path = folder.path().join("new.toml");
    window.get(field()).type_text(path.to_str().unwrap());
    window.run();
    click(&mut window, "Save");
    assert_eq!(on_disk(&path).cost.formula(), "x^4 + y^2");
    assert_eq!(*window.state().session().scenario(), Scenario::default());
    assert!(!window.state().is_asking());
}

#[test]
fn revert_is_one_step_that_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = window_on_file(folder.path());
    let begin = window.state().session().scenario().clone();
    retype(&mut window, "x^2 + 4*y^2");
    retype(&mut window, "x^2 + 5*y^2");
    choose(&mut window, "Revert");
    assert_eq!(*window.state().session().scenario(), begin);
    assert!(!window.state().saved_state().changed);
    window.get_by_label("Edit").click();
    window.run();
    window.get_by_label_contains("Undo revert").click();
    window.run();
    assert_eq!(formula(&window), "x^2 + 5*y^2");
    assert!(window.state().saved_state().changed);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(formula(&window), "x^2 + 4*y^2");
}

#[test]
fn files_that_were_open_lately_are_opened_from_the_menu_and_leave_it_when_they_are_gone() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, mine) = window_on_file(folder.path());
    let others = ["a.toml", "b.toml"].map(|name| write(folder.path(), name, "x^4 + y^2"));
    for path in &others {
        drop_files(&mut window, &[path]);
    }
    let [a, b] = others;
    assert_eq!(window.state().saved_state().habits.recent, [b.clone(), a.clone(), mine.clone()]);
    let open_recent = |window: &mut Window<'_>, name: &str| {
        window.get_by_label("File").click();
        window.run();
        window.get_by_label_contains("Open recent").click();
        window.run();
        window.get_by_label_contains(name).click();
        window.step();
        press(window, Modifiers::NONE, Key::End);
    };
    open_recent(&mut window, "mine.toml");
    assert_eq!(formula(&window), "x^2 + 3*y^2");
    assert_eq!(window.state().saved_state().habits.recent, [mine.clone(), b.clone(), a.clone()]);
    std::fs::remove_file(&a).unwrap();
    open_recent(&mut window, "a.toml");
    assert!(says(&window, "no longer there") && says(&window, "a.toml: cannot be read"));
    assert_eq!(formula(&window), "x^2 + 3*y^2");
    assert_eq!(window.state().saved_state().habits.recent, [mine, b]);
}

#[test]
fn the_first_scenario_among_dropped_files_opens() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = window_on_file(folder.path());
    let bad = folder.path().join("bad.toml");
    std::fs::write(&bad, "nonsense").unwrap();
    let good = write(folder.path(), "good.toml", "x^4 + y^2");
    let other = write(folder.path(), "other.toml", "x^6 + y^2");
    drop_files(&mut window, &[&bad, &good, &other]);
    assert_eq!(formula(&window), "x^4 + y^2");
    assert_eq!(window.state().saved_state().file, Some(good));
    assert!(says(&window, "opened good.toml; 2 other files dropped with it were left"));
    // Changes are asked about first.
    retype(&mut window, "x^4 + 7*y^2");
    drop_files(&mut window, &[&other]);
    assert_eq!(formula(&window), "x^4 + 7*y^2");
    click(&mut window, "Keep working");
    assert_eq!(formula(&window), "x^4 + 7*y^2");
    drop_files(&mut window, &[&other]);
    click(&mut window, "Discard changes");
    assert_eq!(formula(&window), "x^6 + y^2");
}

#[test]
fn a_dropped_file_that_is_no_scenario_says_where_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = window_on_file(folder.path());
    let bad = folder.path().join("bad.toml");
    std::fs::write(&bad, "[cost]\nfunction = \"rosenbrok\"\n").unwrap();
    let before = window.state().work();
    drop_files(&mut window, &[&bad]);
    let place = format!("{}:2:12: unknown function", bad.display());
    assert!(says(&window, &place), "the line and the column are not said");
    assert!(window.state().work() == before);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!says(&window, &place));
    drop_files(&mut window, &[&bad, folder.path()]);
    assert!(says(&window, &place));
    window.get_by_label("Copy").click();
    window.step();
    let copied = |commands: &[egui::OutputCommand]| {
        commands.iter().any(|c| matches!(c, egui::OutputCommand::CopyText(text) if text.contains(&place)))
    };
    assert!(copied(&window.output().platform_output.commands));
    click(&mut window, "Dismiss");
    assert!(!says(&window, &place));
}

#[test]
fn a_file_that_another_program_changed_is_reloaded_on_demand_and_that_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, path) = window_on_file(folder.path());
    retype(&mut window, "x^2 + 4*y^2");
    write(folder.path(), "mine.toml", "x^4 + 10*y^2");
    focus(&mut window);
    assert!(says(&window, "Another program has changed mine.toml"));
    assert!(says(&window, "unsaved changes here, too"));
    assert_eq!(formula(&window), "x^2 + 4*y^2");
    click(&mut window, "Reload");
    assert_eq!(formula(&window), "x^4 + 10*y^2");
    assert!(!says(&window, "Another program") && !window.state().saved_state().changed);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(formula(&window), "x^2 + 4*y^2");
    assert!(window.state().saved_state().changed);
    // What cannot be read is not taken, and the work stays.
    std::fs::write(&path, "nonsense").unwrap();
    focus(&mut window);
    click(&mut window, "Reload");
    assert!(says(&window, "the work stays as it is") && says(&window, "mine.toml:1:"));
    assert_eq!(formula(&window), "x^2 + 4*y^2");
}

#[test]
fn the_file_is_looked_at_every_two_seconds_while_the_window_has_the_focus() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = window_on_file(folder.path());
    write(folder.path(), "mine.toml", "x^4 + 10*y^2");
    window.input_mut().focused = false;
    window.run_steps(60);
    assert!(!says(&window, "Another program"));
    window.input_mut().focused = true;
    window.run_steps(60);
    assert!(says(&window, "Another program"));
    assert!(!window.ctx.has_requested_repaint());
}

#[test]
fn keeping_ones_own_overwrites_the_file_without_another_question() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, path) = window_on_file(folder.path());
    write(folder.path(), "mine.toml", "x^4 + 10*y^2");
    focus(&mut window);
    click(&mut window, "Keep mine");
    assert!(!says(&window, "Another program") && window.state().saved_state().changed);
    focus(&mut window);
    assert!(!says(&window, "Another program"));
    press(&mut window, Modifiers::COMMAND, Key::S);
    assert!(!window.state().is_asking());
    assert_eq!(on_disk(&path).cost.formula(), "x^2 + 3*y^2");
    assert!(!window.state().saved_state().changed);
}

#[test]
fn saving_over_what_another_program_wrote_asks_first() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, path) = window_on_file(folder.path());
    retype(&mut window, "x^2 + 4*y^2");
    // It is seen at once, though no look was due.
    write(folder.path(), "mine.toml", "x^4 + 10*y^2");
    press(&mut window, Modifiers::COMMAND, Key::S);
    assert!(window.state().is_asking());
    click(&mut window, "Cancel");
    assert_eq!(on_disk(&path).cost.formula(), "x^4 + 10*y^2");
    // Also on the way to another document.
    press(&mut window, Modifiers::COMMAND, Key::N);
    click(&mut window, "Save changes");
    assert_eq!(on_disk(&path).cost.formula(), "x^4 + 10*y^2");
    click(&mut window, "Overwrite");
    assert_eq!(on_disk(&path).cost.formula(), "x^2 + 4*y^2");
    assert_eq!(*window.state().session().scenario(), Scenario::default());
}

#[test]
fn a_file_that_is_gone_is_said_and_can_be_saved_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, path) = window_on_file(folder.path());
    std::fs::remove_file(&path).unwrap();
    focus(&mut window);
    assert!(says(&window, "mine.toml is no longer where it was") && window.state().saved_state().changed);
    click(&mut window, "Dismiss");
    focus(&mut window);
    assert!(!says(&window, "no longer where it was") && window.state().saved_state().changed);
    press(&mut window, Modifiers::COMMAND, Key::S);
    assert_eq!(on_disk(&path).cost.formula(), "x^2 + 3*y^2");
    std::fs::remove_file(&path).unwrap();
    focus(&mut window);
    click(&mut window, "Save again");
    assert!(
        path.exists() && !window.state().saved_state().changed && !says(&window, "no longer where it was")
    );
}

/// A system that answers with the next of its choices, a frame late.
struct Fake {
    choices: Vec<Choice>,
    asked: u32,
}

impl Chooser for Fake {
    fn ask(&mut self, _purpose: Purpose, _proposed: &Path) {
        self.asked = 2;
    }

    fn answer(&mut self) -> Option<Choice> {
        self.asked = self.asked.saturating_sub(1);
        (self.asked == 0).then(|| self.choices.remove(0))
    }
}

#[test]
fn the_dialog_of_the_system_is_used_and_where_it_fails_the_windows_own_opens() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = window_on_file(folder.path());
    let good = write(folder.path(), "good.toml", "x^4 + y^2");
    let choices = vec![
        Choice::Cancelled,
        Choice::File(good),
        Choice::File(folder.path().join("plain")),
        Choice::Unavailable("no portal".to_owned()),
    ];
    window.state_mut().set_chooser(Box::new(Fake { choices, asked: 0 }));
    let keys = |window: &mut Window<'_>, modifiers: Modifiers, key: Key| {
        window.key_press_modifiers(modifiers, key);
        window.run_steps(6);
        press(window, Modifiers::NONE, Key::End);
    };
    keys(&mut window, Modifiers::COMMAND, Key::O);
    assert!(!window.state().is_asking() && formula(&window) == "x^2 + 3*y^2");
    keys(&mut window, Modifiers::COMMAND, Key::O);
    assert!(!window.state().is_asking() && formula(&window) == "x^4 + y^2");
    let save_as = Modifiers::COMMAND.plus(Modifiers::SHIFT);
    keys(&mut window, save_as, Key::S);
    assert_eq!(on_disk(&folder.path().join("plain.toml")).cost.formula(), "x^4 + y^2");
    keys(&mut window, Modifiers::COMMAND, Key::O);
    assert!(window.state().is_asking());
    assert!(says(&window, "Open a scenario"));
    click(&mut window, "Cancel");
    // A path can be typed all the same.
    choose(&mut window, "Open a path…");
    assert!(says(&window, "Open a scenario"));
}
