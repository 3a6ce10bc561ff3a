//! What the window remembers from one start to the next.

use std::path::PathBuf;

use super::super::files::{Document, add_recent};
use super::super::memento::{Memento, Work};
use super::App;
use crate::scenario;

impl App {
    /// Begins where the last session was left. `None` if it cannot be read any more.
    pub fn restored(memento: &Memento) -> Option<Self> {
        let scenario = scenario::read(&memento.scenario, "the last session").ok()?;
        let (file, seen, changed) = (memento.file.clone(), memento.seen, memento.changed);
        let document =
            Document::remembered(file, seen, changed, &scenario).of_picture(memento.picture.clone());
        let mut app = Self { document, ..Self::new(scenario, None) };
        app.take_habits(memento);
        app.session.set_formula_text(&memento.formula);
        Some(app)
    }

    /// What is to be remembered for the next time.
    pub fn memento(&self) -> Memento {
        self.work().into_memento()
    }

    /// What is to be remembered, by value.
    pub fn work(&self) -> Work {
        Work {
            scenario: self.session.scenario().clone(),
            formula: self.session.formula_text().to_owned(),
            file: self.document.path().map(PathBuf::from),
            picture: self.document.picture().map(PathBuf::from),
            changed: self.document.is_changed(self.session.scenario()),
            seen: self.document.seen(),
            look: self.look,
            arrangement: self.arrangement.to_keep(),
            figure: self.figure_choices.clone(),
            recent: self.filing.recent.clone(),
        }
    }

    /// Whether [`App::work`] is still as it was; nothing is copied to find out.
    pub fn is_still(&self, work: &Work) -> bool {
        work.scenario == *self.session.scenario()
            && work.formula == self.session.formula_text()
            && work.file.as_deref() == self.document.path()
            && work.picture.as_deref() == self.document.picture()
            && work.changed == self.document.is_changed(self.session.scenario())
            && work.seen == self.document.seen()
            && work.look == self.look
            && work.recent == self.filing.recent
            && work.arrangement == self.arrangement.to_keep()
            && work.figure == self.figure_choices
    }

    /// Takes over the habits of another session: how plot and window look, and what was open lately.
    pub fn take_habits(&mut self, other: &Memento) {
        self.look = other.look;
        self.arrangement = other.arrangement;
        self.figure_choices = other.figure.clone();
        add_recent(&mut self.filing.recent, other.recent.clone());
    }
}
