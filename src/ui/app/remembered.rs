//! What the window remembers from one start to the next.

use std::path::PathBuf;

use super::App;
use crate::scenario::{self, NoTables, SeriesSource, Tables, TimeSeries};
use crate::ui::app::saved_state::{Place, SavedState, Snapshot};
use crate::ui::desktop::document::Document;
use crate::ui::panels::playback::Playback;

impl App {
    /// Begins where the last session was left. `None` if it cannot be read any more.
    pub fn restored(saved_state: &SavedState) -> Option<Self> {
        Self::restored_with(saved_state, &NoTables)
    }

    /// As [`App::restored`], of a session that has its tables among these.
    pub fn restored_with(saved_state: &SavedState, tables: &dyn Tables) -> Option<Self> {
        let mut scenario = scenario::read_with(&saved_state.scenario, "the last session", tables).ok()?;
        if let Some(data) = &mut scenario.cost.data {
            data.file.clone_from(&saved_state.table);
        }
        if let Some(series) = &mut scenario.series {
            let place = saved_state.table.clone().zip(saved_state.column.clone());
            *series = match place {
                Some((file, column)) => series.in_file(file, column),
                None => series.inline(),
            };
        }
        let (file, seen, changed) = (saved_state.file.clone(), saved_state.seen, saved_state.changed);
        let document =
            Document::remembered(file, seen, changed, &scenario).of_picture(saved_state.picture.clone());
        let mut app = Self { document, ..Self::new(scenario, None) };
        app.take_habits(saved_state);
        app.session.set_formula_text(&saved_state.formula);
        let pinned = saved_state.pinned.as_deref();
        let pinned = pinned.and_then(|text| scenario::read_with(text, "the pinned paths", tables).ok());
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
        self.views.mathematics.hides_cost = place.hides_mathematics;
        self.views.mathematics.shows_derivatives = place.shows_derivatives;
        if let Some(index) = place.run {
            self.views.chosen.choose(index, &self.session.scenario().optimizers);
        }
    }

    /// Where in the work the person is.
    fn place(&self) -> Place {
        Place {
            step: self.playback.step_to_keep(),
            steps_per_second: Some(self.playback.steps_per_second),
            hides_mathematics: self.views.mathematics.hides_cost,
            shows_derivatives: self.views.mathematics.shows_derivatives,
            run: self.views.chosen.index(),
        }
    }

    /// What is to be remembered for the next time.
    pub fn saved_state(&self) -> SavedState {
        self.work().into_saved_state()
    }

    /// What is to be remembered, by value. While the step moves by itself it is that from which it began to, so that
    /// nothing is written for it all the time.
    pub fn work(&self) -> Snapshot {
        let scenario = self.session.scenario();
        let rows = scenario.cost.data.as_ref().and_then(|data| data.file.clone());
        let (table, column) = match scenario.series.as_ref().map(TimeSeries::source) {
            Some(SeriesSource::File { file, column }) => (Some(file.clone()), Some(column.clone())),
            _ => (rows, None),
        };
        Snapshot {
            scenario: scenario.clone(),
            formula: self.session.formula_text().to_owned(),
            file: self.document.path().map(PathBuf::from),
            picture: self.document.picture().map(PathBuf::from),
            changed: self.document.is_changed(scenario),
            seen: self.document.seen(),
            place: self.place(),
            table,
            column,
            pinned: self.pinned_scenario().cloned(),
            habits: self.habits.to_keep(),
        }
    }

    /// Takes over the habits of another session: how plot and window look, and what was open lately.
    pub fn take_habits(&mut self, other: &SavedState) {
        self.habits.take(other.habits.clone());
        self.arrange();
    }

    /// Stands still at the step that is shown.
    pub fn pause(&mut self) {
        self.playback.playing = false;
    }
}
