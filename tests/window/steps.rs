//! The table of the steps of a run: opened, read, gone through, copied, and followed wherever its run goes.

use downhill::optimizer::{Entry, Trajectory};
use downhill::scenario::Scenario;
use downhill::ui::App;
use egui::{Key, Modifiers, MouseWheelUnit, Role, TouchPhase, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{
    Window, click, copied_by, drag, press, press_with, scenario, window, window_of, window_of_app,
};

/// The name of the run that the table shows, while it is open.
fn shown(window: &Window<'_>) -> Option<String> {
    window.query_by_label("Run of the table")?.accesskit_node().value()
}

/// Clicks the entry for the table of the menu that is open, which stands below the button of that name.
fn choose_table(window: &mut Window<'_>) {
    let entries = window.get_all_by_label("Table");
    entries.max_by(|a, b| a.rect().top().total_cmp(&b.rect().top())).unwrap().click();
    window.run();
}

/// The rows in sight, as they are read out, with whether each is marked.
fn rows(window: &Window<'_>) -> Vec<(String, bool)> {
    let rows = window.query_all_by_role(Role::Row);
    rows.map(|row| {
        let node = row.accesskit_node();
        (node.label().unwrap(), node.toggled().is_some_and(|on| on == egui::accesskit::Toggled::True))
    })
    .collect()
}

fn marked(window: &Window<'_>) -> String {
    let marked: Vec<String> = rows(window).into_iter().filter(|(_, is)| *is).map(|(row, _)| row).collect();
    assert_eq!(marked.len(), 1, "{:?}", rows(window));
    marked.into_iter().next().unwrap()
}

fn step(window: &Window<'_>) -> u32 {
    window.state().playback().step
}

fn path<'a>(window: &'a Window<'_>, index: usize) -> &'a Trajectory {
    window.state().session().trajectory(index).unwrap().0
}

/// The window with the table of the first run, at step 100.
fn table<'a>() -> Window<'a> {
    let mut window = window();
    press_with(&mut window, Modifiers::COMMAND, Key::T);
    press(&mut window, Key::Home);
    for _ in 0..100 {
        window.key_press(Key::ArrowRight);
    }
    window.run();
    window
}

fn choose(window: &mut Window<'_>, name: &str) {
    click(window, "Run of the table");
    window.get_by_role_and_label(Role::Button, name).click();
    window.run();
}

#[test]
fn a_table_opens_by_two_keys_the_menu_of_a_card_and_that_of_views_and_closes_by_key_and_cross() {
    let mut window = window();
    assert_eq!(shown(&window), None);
    for key in [Key::T, Key::Num4] {
        press_with(&mut window, Modifiers::COMMAND, key);
        assert_eq!(shown(&window).as_deref(), Some("Gradient descent"));
        press_with(&mut window, Modifiers::COMMAND, key);
        assert_eq!(shown(&window), None);
    }
    click(&mut window, "Menu of Adam");
    choose_table(&mut window);
    assert_eq!(shown(&window).as_deref(), Some("Adam"));
    click(&mut window, "Close Table");
    assert_eq!(shown(&window), None);
    click(&mut window, "View");
    choose_table(&mut window);
    assert_eq!(shown(&window).as_deref(), Some("Adam"), "the run that was chosen last");
    press_with(&mut window, Modifiers::COMMAND, Key::Num1);
    assert_eq!(shown(&window), None);
}

#[test]
fn the_key_opens_the_table_of_the_run_that_is_pointed_at() {
    let mut window = window();
    window.get_by_label("Show Newton").hover();
    window.run();
    press_with(&mut window, Modifiers::COMMAND, Key::T);
    assert_eq!(shown(&window).as_deref(), Some("Newton"));
    window.get_by_label("Show Nesterov").hover();
    window.run();
    press_with(&mut window, Modifiers::COMMAND, Key::T);
    assert_eq!(shown(&window).as_deref(), Some("Nesterov"));
    press_with(&mut window, Modifiers::COMMAND, Key::T);
    assert_eq!(shown(&window), None);
}

#[test]
fn the_row_of_the_step_is_marked_and_says_the_numbers_of_the_run() {
    let mut window = table();
    click(&mut window, "all digits");
    let path = path(&window, 0);
    let Entry { at, value, gradient } = path.entry(100).unwrap();
    let numbers = format!(
        "step 100, x {:?}, y {:?}, J {:?}, ∂J/∂x {:?}, ∂J/∂y {:?}, ‖∇J‖ {:?}",
        at.x,
        at.y,
        value,
        gradient.x,
        gradient.y,
        path.gradient_norm(100).unwrap()
    );
    assert_eq!(marked(&window), numbers.replace('-', "\u{2212}"));
    click(&mut window, "all digits");
    assert!(marked(&window).starts_with("step 100, x \u{2212}0.9"), "{}", marked(&window));
    assert!(rows(&window).len() < 40, "only the rows in sight are made");
    let head = window.get_by_role_and_label(Role::ColumnHeader, "y").rect();
    let row = window.get_all_by_role(Role::Row).find(|row| row.rect().top() > head.bottom()).unwrap();
    let step: usize = {
        let words = row.accesskit_node().label().unwrap();
        words.trim_start_matches("step ").split(',').next().unwrap().parse().unwrap()
    };
    let cell = egui::pos2(head.right() - 10.0, row.rect().center().y);
    window.hover_at(cell);
    window.run_steps(30);
    let y = format!("{:?}", window.state().session().trajectory(0).unwrap().0.point(step).unwrap().y);
    window.get_by_label(&format!("step {step}: y = {}", y.replace('-', "\u{2212}")));
}

#[test]
fn a_click_on_a_row_goes_to_its_step_and_keys_go_through_the_rows() {
    let mut window = table();
    let row = |window: &Window<'_>, start: &str| {
        window
            .get_all_by_role(Role::Row)
            .find(|row| row.accesskit_node().label().unwrap().starts_with(start))
            .unwrap()
            .rect()
    };
    let at = row(&window, "step 97,").center();
    window.hover_at(at);
    window.drag_at(at);
    window.step();
    window.drop_at(at);
    window.run();
    assert_eq!(step(&window), 97);
    assert!(!window.state().playback().playing && marked(&window).starts_with("step 97,"));
    press(&mut window, Key::ArrowDown);
    assert_eq!(step(&window), 98);
    press(&mut window, Key::PageDown);
    let page = step(&window) - 98;
    assert!((5..40).contains(&page), "a page is {page} rows");
    press(&mut window, Key::PageUp);
    press(&mut window, Key::ArrowUp);
    assert_eq!(step(&window), 97);
    press(&mut window, Key::End);
    let last = window.state().session().longest_run();
    assert!(step(&window) == last && marked(&window).starts_with(&format!("step {last},")));
    press(&mut window, Key::PageDown);
    assert_eq!(step(&window), last);
}

#[test]
fn the_table_follows_the_step_unless_a_hand_scrolls_while_it_plays() {
    let mut window = table();
    window.key_press(Key::Space);
    window.run_steps(40);
    assert!(step(&window) > 130 && window.state().playback().playing);
    marked(&window);
    let over = window.get_all_by_role(Role::Row).nth(3).unwrap().rect().center();
    let view = window.state().projection().unwrap();
    window.hover_at(over);
    for _ in 0..6 {
        window.event(egui::Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, 100.0),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        window.step();
    }
    window.run_steps(20);
    let follow = window.get_by_label("follow the step");
    assert_eq!(follow.accesskit_node().toggled(), Some(egui::accesskit::Toggled::False));
    let top = rows(&window)[0].0.clone();
    window.run_steps(20);
    assert_eq!(rows(&window)[0].0, top, "what a hand has scrolled to stays");
    assert!(rows(&window).iter().all(|(_, is_marked)| !is_marked));
    assert_eq!(window.state().projection().unwrap().region, view.region, "the plot below does not zoom");
    window.get_by_label("follow the step").click();
    window.run_steps(3);
    marked(&window);
}

#[test]
fn what_is_copied_reads_back_as_every_number_of_the_run() {
    let mut window = table();
    for (index, name) in [(0, "Gradient descent"), (2, "Nesterov"), (6, "Newton")] {
        choose(&mut window, name);
        assert_eq!(shown(&window).as_deref(), Some(name));
        let text = copied_by(&mut window, "Copy table").unwrap();
        let path = path(&window, index);
        let mut lines = text.lines();
        let columns = lines.next().unwrap().split('\t').count();
        assert_eq!(columns, if index == 2 { 9 } else { 7 });
        let norms: Vec<f64> = path.gradient_norms().collect();
        for (row, norm) in norms.iter().enumerate() {
            let line = lines.next().unwrap().split('\t').map(|field| field.parse().unwrap());
            let Entry { at, value, gradient } = path.entry(row).unwrap();
            let mut numbers = vec![row as f64, at.x, at.y, value, gradient.x, gradient.y, *norm];
            numbers.extend(path.more(row));
            assert_eq!(line.collect::<Vec<f64>>(), numbers);
        }
        assert_eq!(lines.next(), None);
        window.get_by_label(&format!("copied {} rows", norms.len()));
    }
    let with_points = copied_by(&mut window, "Copy table").unwrap();
    click(&mut window, "decimal comma");
    let with_commas = copied_by(&mut window, "Copy table").unwrap();
    assert!(with_points.contains('.') && !with_commas.contains('.'));
    assert_eq!(with_commas.replace(',', "."), with_points);
}

#[test]
fn a_million_steps_are_shown_and_what_no_clipboard_takes_is_said() {
    let mut scenario = Scenario::of_formula("(x^2-1)^2/8 + y^2/3");
    scenario.optimizers.truncate(1);
    (scenario.run.steps, scenario.run.tolerance) = (1_000_000, 0.0);
    let mut window = window_of(scenario, vec2(1024.0, 768.0));
    press_with(&mut window, Modifiers::COMMAND, Key::T);
    press(&mut window, Key::End);
    assert_eq!(step(&window), 1_000_000);
    assert!(marked(&window).starts_with("step 1000000,"), "{}", marked(&window));
    let bottom = rows(&window).last().unwrap().0.clone();
    assert_eq!(bottom, marked(&window));
    assert!(rows(&window).len() < 40);
    assert_eq!(copied_by(&mut window, "Copy table"), None);
    window.get_by_label("The table was not copied");
    window.get_by_label_contains("1000001 rows are more than the 16 MB");
}

#[test]
fn a_table_goes_with_its_run_and_shows_the_first_when_that_is_removed() {
    let mut window = table();
    choose(&mut window, "Momentum");
    window.get_by_label("Move Momentum").focus();
    window.run();
    press(&mut window, Key::ArrowDown);
    assert_eq!(scenario(&window).optimizers[2].name(), "Momentum");
    assert_eq!(shown(&window).as_deref(), Some("Momentum"));
    let slider = window.get_by_role_and_label(Role::Slider, "Momentum: learning rate").rect();
    drag(&mut window, slider.center(), slider.center() - vec2(20.0, 0.0));
    assert_eq!(shown(&window).as_deref(), Some("Momentum"));
    click(&mut window, "Remove Adam");
    click(&mut window, "Remove Gradient descent");
    assert_eq!(shown(&window).as_deref(), Some("Momentum"));
    assert!(marked(&window).contains(&format!("step {},", step(&window))));
    click(&mut window, "Remove Momentum");
    assert_eq!(shown(&window).as_deref(), Some("Nesterov"));
    while !scenario(&window).optimizers.is_empty() {
        let name = format!("Remove {}", scenario(&window).optimizers[0].name());
        click(&mut window, &name);
    }
    assert_eq!(shown(&window), None);
    window.get_by_label("There is no run: add an optimizer.");
}

#[test]
fn a_run_that_ends_early_keeps_its_last_row_marked() {
    let mut window = window();
    window.get_by_label("Show Newton").hover();
    window.run();
    press_with(&mut window, Modifiers::COMMAND, Key::T);
    let last = path(&window, 6).steps();
    assert!(step(&window) > last as u32);
    assert!(marked(&window).starts_with(&format!("step {last},")));
    window.get_by_label_contains(&format!("{} rows; converged: |gradient|", last + 1));
}

#[test]
fn the_offer_of_the_tour_does_not_lie_over_the_table() {
    let mut app = App::new(Scenario::default(), None);
    app.offer_tour();
    let mut window = window_of_app(app, vec2(1024.0, 768.0));
    press(&mut window, Key::End);
    let offered = |window: &Window<'_>| window.query_by_label("Take the tour").is_some();
    assert!(offered(&window));
    press_with(&mut window, Modifiers::COMMAND, Key::T);
    assert!(shown(&window).is_some() && !offered(&window));
    press_with(&mut window, Modifiers::COMMAND, Key::T);
    assert!(shown(&window).is_none() && offered(&window));
}
