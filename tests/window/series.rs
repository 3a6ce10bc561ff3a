//! Series: a file of one is the whole window, and a run's gradient is sent to one beside the plot.

use downhill::scenario::{self, Scenario, TimeSeries};
use downhill::ui::App;
use egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::Queryable as _;

use super::drive::{Window, click, press, press_with, retype_in, scenario as shown, window_of_app};

fn series<'a>(window: &'a Window<'_>) -> &'a TimeSeries {
    shown(window).series.as_ref().unwrap()
}

fn retype(window: &mut Window<'_>, text: &str) {
    retype_in(window, Role::MultilineTextInput, "Numbers of the series", text);
}

#[test]
fn a_series_is_the_whole_window_and_is_typed_undone_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("numbers.toml");
    let begin = Scenario::of_series(TimeSeries::new(vec![10.0, 12.0]));
    std::fs::write(&path, scenario::write(&begin)).unwrap();
    let app = App::new(begin.clone(), Some(path.clone()));
    let mut window = window_of_app(app, vec2(1024.0, 768.0));
    press(&mut window, Key::End);
    assert!(
        window.query_by_label("Cost formula").is_none() && window.query_by_label("Add optimizer").is_none()
    );
    window.get_by_label("Series of 2 numbers with averages for β = 0.9, at t = 2");
    // Above the curves, and among the first steps.
    assert_eq!(window.query_all_by_label("v_2 = 0.9·1 + 0.1·12 = 2.1").count(), 2);
    press(&mut window, Key::ArrowLeft);
    window.get_by_label("Series of 2 numbers with averages for β = 0.9, at t = 1");
    retype(&mut window, "10, 12, x");
    window.get_by_label_contains("line 1, column 9: `x` is no number");
    assert_eq!(series(&window).values()[..], [10.0, 12.0], "the last good ones stay");
    retype(&mut window, "10 12 11");
    assert_eq!(series(&window).values()[..], [10.0, 12.0, 11.0]);
    assert!(window.query_by_label_contains("is no number").is_none());
    press(&mut window, Key::Escape);
    window.run_steps(20);
    window.get_by_role_and_label(Role::Slider, "β 1").set_value_accesskit(0.5);
    window.run_steps(20);
    click(&mut window, "Add β");
    assert_eq!(series(&window).betas, [0.5, 0.9]);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(series(&window).betas, [0.9]);
    press_with(&mut window, Modifiers::COMMAND, Key::S);
    window.run_steps(20);
    let saved = scenario::read(&std::fs::read_to_string(&path).unwrap(), "").unwrap();
    assert_eq!(&saved, shown(&window));
    press_with(&mut window, Modifiers::COMMAND, Key::L);
    window.get_by_label("this is a series: it has no cost and no runs");
    assert_eq!(&saved, shown(&window), "nothing is added to it");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(series(&window), begin.series.as_ref().unwrap());
}

#[test]
fn a_gradient_is_sent_as_a_copy_and_the_scenario_stays() {
    let mut window = super::drive::window();
    let before = shown(&window).clone();
    press_with(&mut window, Modifiers::COMMAND, Key::Num3);
    click(&mut window, "Send to EWMA");
    click(&mut window, "∂J/∂y, step by step");
    let (path, _) = window.state().session().trajectory(0).unwrap();
    window.get_by_label_contains(&format!("Series of {} numbers with averages", path.steps()));
    window.get_by_label("∂J/∂y of Gradient descent");
    assert_eq!(shown(&window), &before);
    // The same key closes what it opens.
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::W);
    assert!(window.query_by_label_contains("Series of").is_none());
    assert_eq!(shown(&window), &before);
}

#[test]
fn a_column_of_a_table_is_taken_and_another_one_and_a_bad_table_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("prices.csv");
    std::fs::write(&table, "day,price,rent\n1,10,7\n2,12,8\n3,11,9\n").unwrap();
    let words = folder.path().join("words.csv");
    std::fs::write(&words, "name\na\nb\n").unwrap();
    let begin = Scenario::of_series(TimeSeries::new(vec![4.0, 5.0]));
    let mut window = window_of_app(App::new(begin.clone(), None), vec2(1024.0, 768.0));
    let drop = |window: &mut Window<'_>, path: &std::path::Path| {
        super::files::drop_files(window, &[path]);
        window.run_steps(20);
    };
    drop(&mut window, &words);
    assert_eq!(shown(&window), &begin);
    window.get_by_label_contains("words.csv could not be used");
    click(&mut window, "Dismiss");
    drop(&mut window, &table);
    assert_eq!(series(&window).values()[..], [1.0, 2.0, 3.0]);
    window.get_by_label("Column of the table").click();
    window.run_steps(4);
    click(&mut window, "rent");
    assert_eq!(series(&window).values()[..], [7.0, 8.0, 9.0]);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(shown(&window), &begin);
    // The window's own dialog asks for one too.
    click(&mut window, "Numbers of a table…");
    window.get_by_label("Take the numbers of a table");
}
