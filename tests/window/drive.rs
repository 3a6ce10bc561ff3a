//! The window in a test: how it is opened, pressed, typed into and dragged in.

use downhill::scenario::Scenario;
use downhill::ui::{App, prepare};
use egui::{Event, Key, Modifiers, OutputCommand, Pos2, Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, Queryable as _};

pub type Window<'a> = Harness<'a, App>;

/// The window on Rosenbrock's valley, paused at its last step.
pub fn window<'a>() -> Window<'a> {
    window_of(Scenario::default(), vec2(1024.0, 768.0))
}

pub fn window_of<'a>(scenario: Scenario, size: egui::Vec2) -> Window<'a> {
    let mut window = window_of_app(App::new(scenario, None), size);
    press(&mut window, Key::End);
    window
}

pub fn window_of_app<'a>(app: App, size: egui::Vec2) -> Window<'a> {
    Harness::builder()
        .with_size(size)
        .with_max_steps(64)
        .with_step_dt(0.05)
        .with_context_setup(prepare)
        .build_ui_state(|ui, app: &mut App| app.show_ui(ui), app)
}

pub fn press(window: &mut Window<'_>, key: Key) {
    press_with(window, Modifiers::NONE, key);
}

pub fn press_with(window: &mut Window<'_>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.step();
    window.run();
}

/// Clicks on what has this label, and lets the window settle.
pub fn click(window: &mut Window<'_>, label: &str) {
    window.get_by_label(label).click();
    window.run();
}

/// Clicks on what has this label and takes what was copied.
pub fn copied_by(window: &mut Window<'_>, label: &str) -> Option<String> {
    window.get_by_label(label).click();
    window.step();
    let text = window.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    window.run();
    text
}

pub fn retype(window: &mut Window<'_>, text: &str) {
    retype_in(window, Role::TextInput, "Cost formula", text);
}

/// Types another text into a field.
pub fn retype_in(window: &mut Window<'_>, role: Role, label: &str, text: &str) {
    let field = || By::new().role(role).label(label);
    window.get(field()).focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    if text.is_empty() {
        window.key_press(Key::Delete);
    } else {
        window.get(field()).type_text(text);
    }
    window.run();
}

/// Types a number into the field of this name, and presses Enter.
pub fn type_into(window: &mut Window<'_>, name: &str, text: &str) {
    fill(window, name, text);
    press(window, Key::Enter);
}

/// Types a number into the field of this name and leaves it, where Enter means more.
pub fn fill_in(window: &mut Window<'_>, name: &str, text: &str) {
    fill(window, name, text);
    press(window, Key::Tab);
}

fn fill(window: &mut Window<'_>, name: &str, text: &str) {
    window.get_by_role_and_label(Role::SpinButton, name).click();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text(text.to_owned()));
    window.run();
}

pub fn drag(window: &mut Window<'_>, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.run();
    window.drag_at(from);
    window.run();
    for part in 1..=4 {
        window.hover_at(from.lerp(to, part as f32 / 4.0));
        window.run();
    }
    window.drop_at(to);
    window.run();
}

/// Two clicks in quick succession.
pub fn double_click(window: &mut Window<'_>, at: Pos2) {
    window.hover_at(at);
    window.run();
    for _ in 0..2 {
        window.drag_at(at);
        window.step();
        window.drop_at(at);
        window.step();
    }
    window.run();
}

pub fn scenario<'a>(window: &'a Window<'_>) -> &'a Scenario {
    window.state().session().scenario()
}

pub fn learning_rate(window: &Window<'_>, index: usize) -> f64 {
    scenario(window).optimizers[index].settings.real("learning_rate")
}

pub fn on_screen(window: &Window<'_>, point: [f64; 2]) -> Pos2 {
    window.state().projection().unwrap().to_pos(point).unwrap()
}
