//! Files are read and written beside the frames: what comes next waits until that is done, or is called off.

use std::path::Path;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use egui::{Panel, Ui};

use super::App;
use crate::ui::desktop::{Errand, Wanted};
use crate::ui::desktop::{LOOK_EVERY, PATIENCE};

/// What is done with what came of it.
type Then = Box<dyn FnOnce(&mut App) + Send>;

/// A file that is being read or written.
pub(super) struct Away {
    name: String,
    way: Way,
    errand: Errand<Then>,
}

/// What is done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Read,
    Write,
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
        self.send(path, Way::Read, move |_| work(&there), then);
    }

    /// Does `work`, which writes the file at `path` while it is wanted, without holding up the window for long, and `then`
    /// what follows from it.
    pub(super) fn write<T: Send + 'static>(
        &mut self,
        path: &Path,
        work: impl FnOnce(&Wanted) -> T + Send + 'static,
        then: impl FnOnce(&mut Self, T) + Send + 'static,
    ) {
        self.send(path, Way::Write, work, then);
    }

    fn send<T: Send + 'static>(
        &mut self,
        path: &Path,
        way: Way,
        work: impl FnOnce(&Wanted) -> T + Send + 'static,
        then: impl FnOnce(&mut Self, T) + Send + 'static,
    ) {
        if let Some(writing) = self.filing.away.as_ref().filter(|_| self.is_writing()) {
            // What is being saved is not given up for something else.
            return self.say(format!("{} is still being written: wait, or call it off", writing.name));
        }
        let errand = Errand::begin(move |wanted| {
            let done = work(wanted);
            Box::new(move |app: &mut Self| then(app, done)) as Then
        });
        self.go_on_with(Away { name: path.display().to_string(), way, errand }, PATIENCE);
    }

    fn go_on_with(&mut self, away: Away, patience: Duration) {
        self.filing.away = None;
        match away.errand.answer(patience) {
            Ok(then) => then(self),
            Err(RecvTimeoutError::Timeout) => self.filing.away = Some(away),
            Err(RecvTimeoutError::Disconnected) => {
                let [done, does] = match away.way {
                    Way::Read => ["read", "reads"],
                    Way::Write => ["written", "writes"],
                };
                self.report(format!("{} could not be {done}", away.name), format!("no thread {does} it"));
            }
        }
    }

    /// Whether a file is being read or written.
    pub(super) fn is_away(&self) -> bool {
        self.filing.away.is_some()
    }

    /// Whether a file is being written that what comes next must wait for.
    pub(super) fn is_writing(&self) -> bool {
        self.filing.away.as_ref().is_some_and(|away| away.way == Way::Write)
    }

    /// Goes on with a file that is there by now; else a row says what is waited for.
    pub(super) fn away_ui(&mut self, ui: &mut Ui) {
        if let Some(away) = self.filing.away.take() {
            self.go_on_with(away, Duration::ZERO);
        }
        let Some(Away { name, way, .. }) = &self.filing.away else { return };
        let (text, explanation) = match way {
            Way::Read => (format!("Reading {name}"), "Go on without it"),
            Way::Write => (format!("Writing {name}"), "Leave the file as it is, and go on"),
        };
        let called_off = Panel::top("away").show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(text);
                ui.button("Call off").on_hover_text(explanation).clicked()
            })
        });
        if called_off.inner.inner {
            self.filing.away = None;
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
        assert!(app.is_away());
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
        assert!(!window.state().is_away() && window.query_by_label("Call off").is_none());
        window.get_by_label_contains("called off; the work stays as it is");
    }

    #[test]
    fn what_is_read_next_calls_off_what_was_waited_for() {
        let (_end, ends) = channel::<()>();
        let mut app = App::new(Scenario::default(), None);
        app.read(Path::new("dead/a.toml"), move |_| ends.recv().is_ok(), |_, _| panic!("it was never read"));
        app.read(Path::new("b.toml"), |path| path.exists(), |app, exists| app.say(format!("{exists}")));
        assert!(!app.is_away());
        assert_eq!(app.message.map(|message| message.text).as_deref(), Some("false"));
    }

    #[test]
    fn what_is_being_written_is_not_given_up_for_something_else_and_called_off_by_hand() {
        let (end, ends) = channel::<()>();
        let (say, said) = channel();
        let mut app = App::new(Scenario::default(), None);
        let work = move |wanted: &Wanted| {
            let _ = ends.recv();
            let _ = say.send(wanted.is_still());
        };
        app.write(Path::new("dead/a.toml"), work, |_, ()| panic!("it was called off"));
        app.read(Path::new("b.toml"), |_| (), |_, ()| panic!("it was not read"));
        let words = app.message.as_ref().map(|message| message.text.as_str()).unwrap_or_default();
        assert!(words.starts_with("dead/a.toml is still being written"), "{words}");
        let scenario = Scenario::of_formula("x^2 + 7*y^2");
        app.begin_or_ask(crate::ui::desktop::Opened { scenario, ..Default::default() });
        assert!(app.is_writing() && app.filing.waiting.is_some());
        let mut window = Harness::builder()
            .with_context_setup(crate::ui::prepare)
            .build_ui_state(|ui, app: &mut App| app.show_ui(ui), app);
        window.run_steps(2);
        window.get_by_label("Writing dead/a.toml");
        window.get_by_label("Call off").click();
        window.run_steps(3);
        drop(end);
        assert_eq!(said.recv_timeout(Duration::from_secs(60)), Ok(false));
        // Nothing has changed here, so the next document is not asked about.
        assert_eq!(window.state().session.scenario().cost.formula(), "x^2 + 7*y^2");
    }

    #[test]
    fn a_file_that_comes_late_is_opened_then() {
        let (come, comes) = channel::<()>();
        let mut app = App::new(Scenario::default(), None);
        let work = move |_: &Path| comes.recv().map(|()| Scenario::of_formula("x^2 + 7*y^2"));
        app.read(Path::new("late/a.toml"), work, |app, read| {
            let scenario = read.unwrap();
            app.begin_or_ask(crate::ui::desktop::Opened { scenario, ..Default::default() });
        });
        let mut window = Harness::builder()
            .with_context_setup(crate::ui::prepare)
            .build_ui_state(|ui, app: &mut App| app.show_ui(ui), app);
        window.run_steps(2);
        assert!(window.state().is_away());
        come.send(()).unwrap();
        while window.state().is_away() {
            window.step();
        }
        assert_eq!(window.state().session.scenario().cost.formula(), "x^2 + 7*y^2");
    }
}
