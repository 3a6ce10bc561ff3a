//! Files are read beside the frames: what comes next waits until a file is there, or is called off.

use std::path::Path;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use egui::{Panel, Ui};

use super::super::files::{LOOK_EVERY, PATIENCE};
use super::App;
use crate::files::Errand;

/// What is done with what was read.
type Then = Box<dyn FnOnce(&mut App) + Send>;

/// A file that is being read.
pub(super) struct Reading {
    name: String,
    errand: Errand<Then>,
}

impl App {
    /// Does `work` with the file at `path` without holding up the window for long, and `then` what follows from it. What
    /// was read before and is not there yet is called off.
    pub(super) fn read<T: Send + 'static>(
        &mut self,
        path: &Path,
        work: impl FnOnce(&Path) -> T + Send + 'static,
        then: impl FnOnce(&mut Self, T) + Send + 'static,
    ) {
        let there = path.to_owned();
        let errand = Errand::begin(move || {
            let read = work(&there);
            Box::new(move |app: &mut Self| then(app, read)) as Then
        });
        self.go_on_with(Reading { name: path.display().to_string(), errand }, PATIENCE);
    }

    fn go_on_with(&mut self, reading: Reading, patience: Duration) {
        self.filing.reading = None;
        match reading.errand.answer(patience) {
            Ok(then) => then(self),
            Err(RecvTimeoutError::Timeout) => self.filing.reading = Some(reading),
            Err(RecvTimeoutError::Disconnected) => {
                self.report(format!("{} could not be read", reading.name), "no thread reads it".to_owned());
            }
        }
    }

    /// Whether a file is being read.
    pub(super) fn is_reading(&self) -> bool {
        self.filing.reading.is_some()
    }

    /// Goes on with a file that is there by now; else a row says what is waited for.
    pub(super) fn reading_ui(&mut self, ui: &mut Ui) {
        if let Some(reading) = self.filing.reading.take() {
            self.go_on_with(reading, Duration::ZERO);
        }
        let Some(Reading { name, .. }) = &self.filing.reading else { return };
        let text = format!("Reading {name}");
        let called_off = Panel::top("reading").show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(text);
                ui.button("Call off").on_hover_text("Go on without it").clicked()
            })
        });
        if called_off.inner.inner {
            self.filing.reading = None;
            self.say("called off; the work stays as it is".to_owned());
        }
        ui.request_repaint_after(LOOK_EVERY);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn what_never_comes_is_waited_for_in_a_row_and_called_off() {
        let (_end, ends) = channel::<()>();
        let mut app = App::new(Scenario::default(), None);
        app.read(Path::new("dead/a.toml"), move |_| ends.recv().is_ok(), |_, _| panic!("it was never read"));
        assert!(app.is_reading());
        let mut window = Harness::builder()
            .with_size(egui::vec2(1024.0, 768.0))
            .with_context_setup(crate::ui::prepare)
            .build_ui_state(|ui, app: &mut App| app.show_ui(ui), app);
        // The window goes on meanwhile.
        window.key_press(egui::Key::End);
        window.run_steps(3);
        assert_eq!(window.state().playback.step, window.state().session.longest_run());
        window.get_by_label("Reading dead/a.toml");
        window.get_by_label("Call off").click();
        window.run_steps(3);
        assert!(!window.state().is_reading() && window.query_by_label("Call off").is_none());
        window.get_by_label_contains("called off; the work stays as it is");
    }

    #[test]
    fn what_is_read_next_calls_off_what_was_waited_for() {
        let (_end, ends) = channel::<()>();
        let mut app = App::new(Scenario::default(), None);
        app.read(Path::new("dead/a.toml"), move |_| ends.recv().is_ok(), |_, _| panic!("it was never read"));
        app.read(Path::new("b.toml"), |path| path.exists(), |app, exists| app.say(format!("{exists}")));
        assert!(!app.is_reading());
        assert_eq!(app.message.map(|message| message.text).as_deref(), Some("false"));
    }

    #[test]
    fn a_file_that_comes_late_is_opened_then() {
        let (come, comes) = channel::<()>();
        let mut app = App::new(Scenario::default(), None);
        let work = move |_: &Path| comes.recv().map(|()| Scenario::of_formula("x^2 + 7*y^2"));
        app.read(Path::new("late/a.toml"), work, |app, read| {
            let scenario = read.unwrap();
            app.begin_or_ask(crate::files::Opened { scenario, ..Default::default() });
        });
        let mut window = Harness::builder()
            .with_context_setup(crate::ui::prepare)
            .build_ui_state(|ui, app: &mut App| app.show_ui(ui), app);
        window.run_steps(2);
        assert!(window.state().is_reading());
        come.send(()).unwrap();
        while window.state().is_reading() {
            window.step();
        }
        assert_eq!(window.state().session.scenario().cost.formula(), "x^2 + 7*y^2");
    }
}
