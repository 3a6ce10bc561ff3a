//! What the window remembers from one start to the next.

use std::path::PathBuf;

use super::super::files::{Document, add_recent};
use super::super::playback::Playback;
use super::super::saved_state::{Place, SavedState, Work};
use super::App;
use crate::scenario;

impl App {
    /// Begins where the last session was left. `None` if it cannot be read any more.
    pub fn restored(saved_state: &SavedState) -> Option<Self> {
        let scenario = scenario::read(&saved_state.scenario, "the last session").ok()?;
        let (file, seen, changed) = (saved_state.file.clone(), saved_state.seen, saved_state.changed);
        let document =
            Document::remembered(file, seen, changed, &scenario).of_picture(saved_state.picture.clone());
        let mut app = Self { document, ..Self::new(scenario, None) };
        app.take_habits(saved_state);
        app.session.set_formula_text(&saved_state.formula);
        let pinned =
            saved_state.pinned.as_deref().and_then(|text| scenario::read(text, "the pinned paths").ok());
        app.pin_of(pinned);
        app.go_to_place(saved_state.place);
        Some(app)
    }

    /// Shows what was shown, and stands still: a document that is opened again does not begin to play by itself.
    fn go_to_place(&mut self, place: Place) {
        if let Some(speed) = place.steps_per_second.filter(|speed| Playback::SPEEDS.contains(speed)) {
            self.playback.steps_per_second = speed;
        }
        self.playback.hold_at(place.step);
        self.mathematics.hides_cost = place.hides_mathematics;
        self.mathematics.shows_derivatives = place.shows_derivatives;
        if let Some(index) = place.steps_of {
            self.steps.open(index, &self.session.scenario().optimizers);
        }
    }

    /// Where in the work the person is.
    fn place(&self) -> Place {
        Place {
            step: self.playback.step,
            steps_per_second: Some(self.playback.steps_per_second),
            hides_mathematics: self.mathematics.hides_cost,
            shows_derivatives: self.mathematics.shows_derivatives,
            steps_of: self.steps.run(),
        }
    }

    /// What is to be remembered for the next time.
    pub fn saved_state(&self) -> SavedState {
        self.work().into_saved_state()
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
            place: self.place(),
            pinned: self.pinned_scenario().cloned(),
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
            && work.place == Place { step: self.step_to_keep(work.place.step), ..self.place() }
            && work.pinned.as_ref() == self.pinned_scenario()
    }

    /// The step that is to be kept. While it moves by itself the one that is kept already will do, so that nothing is
    /// written for it all the time.
    fn step_to_keep(&self, kept: u32) -> u32 {
        if self.playback.playing { kept } else { self.playback.step }
    }

    /// Takes over the habits of another session: how plot and window look, and what was open lately.
    pub fn take_habits(&mut self, other: &SavedState) {
        self.look = other.look;
        self.arrangement = other.arrangement;
        self.figure_choices = other.figure.clone();
        add_recent(&mut self.filing.recent, other.recent.clone());
    }
}
