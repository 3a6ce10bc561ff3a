//! The solutions of the problem in the scenario's window, found in slices while nothing changes.

use super::{Good, Session};
use crate::landscape::{Region, SolutionKind, SolutionSearch, Solutions};
use crate::objective::{Goal, Point};
use crate::work::{PART_OF_A_FRAME, Work};

/// What solutions depend on: the version of the problem, and the window.
pub(super) type Key = (u64, Region);

/// The solutions, as far as they are found.
#[derive(Debug, Default)]
pub(super) struct SolutionStages {
    /// What they are asked of.
    key: Option<Key>,
    /// None before the first slice, so that a level that is dragged begins none.
    search: Option<Box<SolutionSearch>>,
    found: Option<Solutions>,
    made: u64,
}

impl Session {
    /// The solutions of the problem that is shown, once they are found.
    pub fn solutions(&self) -> Option<&Solutions> {
        self.solutions.found_for(self.solutions_key())
    }

    /// Looks for them some more. Returns whether there is nothing more to look for.
    pub fn look_for_solutions(&mut self) -> bool {
        let Some(key) = self.solutions_key() else { return true };
        let Some(Good { problem, .. }) = &self.last_good else { return true };
        let SolutionStages { key: held, search, found, made } = &mut self.solutions;
        if *held != Some(key) {
            (*held, *search, *found) = (Some(key), None, None);
            return false;
        }
        if found.is_some() {
            return true;
        }
        let mut going = search.take().unwrap_or_else(|| {
            *made += 1;
            Box::new(SolutionSearch::new(problem, key.1))
        });
        if going.advance(PART_OF_A_FRAME) {
            *found = Some(going.told());
        } else {
            *search = Some(going);
        }
        found.is_some()
    }

    /// The multiplier of a constraint at the best of the solutions that are found, where it is active.
    pub fn best_multiplier(&self, index: usize) -> Option<f64> {
        let scenario = &self.scenario;
        if !scenario.constraints.get(index)?.enabled {
            return None;
        }
        let place = scenario.constraints[..index].iter().filter(|choice| choice.enabled).count();
        let kind = self.kind_of_goal();
        let best = self.solutions()?.candidates.iter().find(|candidate| candidate.kind == kind)?;
        best.multipliers.as_ref()?.get(place).copied()
    }

    /// The optima that runs are measured by: with constraints the solutions of the goal's kind that are found, else those that
    /// are known.
    pub fn optima(&self) -> Vec<Point> {
        if self.scenario.enabled_constraints().next().is_none() {
            return self.known_optima();
        }
        let kind = self.kind_of_goal();
        let candidates = self.solutions().map_or(&[][..], |solutions| &solutions.candidates);
        candidates.iter().filter(|one| one.kind == kind).map(|one| one.point).collect()
    }

    fn kind_of_goal(&self) -> SolutionKind {
        match self.scenario.cost.goal {
            Goal::Minimize => SolutionKind::Minimum,
            Goal::Maximize => SolutionKind::Maximum,
        }
    }

    /// Finds all of them.
    pub fn finish_solutions(&mut self) {
        while !self.look_for_solutions() {}
    }

    /// Lets them go: nobody asks for them any longer.
    pub fn forget_solutions(&mut self) {
        let made = self.solutions.made;
        self.solutions = SolutionStages { made, ..SolutionStages::default() };
    }

    pub(super) fn solutions_key(&self) -> Option<Key> {
        self.last_good.as_ref().map(|good| (good.version, self.scenario.window))
    }
}

impl SolutionStages {
    /// Those of this key.
    pub fn found_for(&self, key: Option<Key>) -> Option<&Solutions> {
        self.found.as_ref().filter(|_| key.is_some() && self.key == key)
    }

    /// How often they were looked for.
    pub fn made(&self) -> u64 {
        self.made
    }
}
