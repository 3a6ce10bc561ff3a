//! Paths are pinned when all of their steps have been taken, which long runs do in slices, frame by frame.

use super::App;
use crate::scenario::Scenario;
use crate::session::Session;

/// Paths that are to be pinned.
pub(super) enum Pinning {
    /// Those that are shown, once they are whole.
    Shown,
    /// Those of another scenario, which are stepped here.
    Of(Box<Session>),
}

impl App {
    /// Pins the paths that are shown.
    pub(super) fn pin_shown(&mut self) {
        self.pinning = Some(Pinning::Shown);
        self.go_on_pinning();
        if self.pinning.is_some() {
            self.say("the paths are pinned when all steps have been taken".to_owned());
        }
    }

    /// Pins the paths of a scenario, or none.
    pub(super) fn pin_of(&mut self, scenario: Option<Scenario>) {
        self.session.set_pinned(None);
        self.pinning = scenario.map(|scenario| Pinning::Of(Box::new(Session::new(scenario))));
        self.go_on_pinning();
    }

    /// The scenario whose paths are pinned, or will be.
    pub(super) fn pinned_scenario(&self) -> Option<&Scenario> {
        match &self.pinning {
            Some(Pinning::Of(session)) => Some(session.scenario()),
            _ => self.session.pinned().map(|pinned| &pinned.scenario),
        }
    }

    /// Takes a slice of the steps. Returns whether nothing is left to be pinned.
    pub(super) fn go_on_pinning(&mut self) -> bool {
        let is_over = match &mut self.pinning {
            None => return true,
            // Where nothing is drawn, no steps are taken.
            Some(_) if self.is_suspended => return true,
            Some(Pinning::Shown) => self.session.is_stepped(),
            Some(Pinning::Of(session)) => session.update(),
        };
        if is_over {
            match self.pinning.take() {
                Some(Pinning::Of(session)) => self.session.set_pinned(Some(session.into_pinned())),
                _ => self.session.pin(),
            }
        }
        is_over
    }
}
