//! The solutions of the problem in the scenario's window, found in slices while nothing changes.

use super::{Good, Session};
use crate::landscape::{Candidate, Region, SolutionKind, SolutionSearch, Solutions, followed};
use crate::objective::{Goal, Point};
use crate::work::{PART_OF_A_FRAME, Work};

/// The optima of a cost that is more work than this are looked for only where somebody asks for solutions: a grid of 256² of
/// its slopes takes seconds.
const MOST_WORK: u64 = 4_000;

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
    /// The best one that was found last, with the cost and the constraints that it belongs to, whatever their levels.
    last: Option<((u64, Vec<String>), Candidate)>,
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
        let (best, family) = (self.found_best().cloned(), self.family());
        let Some(Good { problem, .. }) = &self.last_good else { return true };
        let SolutionStages { key: held, search, found, last, made } = &mut self.solutions;
        if let Some(best) = best {
            *last = family.map(|family| (family, best));
        }
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
        self.best_solution()?.multipliers.as_ref()?.get(place).copied()
    }

    /// The best of the solutions. While a level moves, and they are not looked for again, what has become of the one that was
    /// found last.
    pub fn best_solution(&self) -> Option<Candidate> {
        if self.solutions().is_some() {
            return self.found_best().cloned();
        }
        let (family, last) = self.solutions.last.as_ref()?;
        let problem = self.problem().filter(|_| self.family().as_ref() == Some(family))?;
        followed(problem, self.scenario.window, last).filter(|now| now.kind == last.kind)
    }

    fn found_best(&self) -> Option<&Candidate> {
        let kind = self.kind_of_goal();
        self.solutions()?.candidates.iter().find(|candidate| candidate.kind == kind)
    }

    /// What stays the same while levels move: the cost, and the formulas of the constraints.
    fn family(&self) -> Option<(u64, Vec<String>)> {
        let good = self.last_good.as_ref()?;
        let formulas = good.constraints.2.iter().map(|choice| choice.formula.clone());
        Some((good.of_cost, formulas.collect()))
    }

    /// Whether nothing is known of where the solutions are, so that they are to be looked for unasked.
    pub fn wants_solutions(&self) -> bool {
        let is_light = || self.problem().is_some_and(|problem| problem.cost.work() <= MOST_WORK);
        self.scenario.enabled_constraints().next().is_some() || self.known_optima().is_empty() && is_light()
    }

    /// The optima that runs are measured by: those that are known, else the solutions of the goal's kind that are found.
    pub fn optima(&self) -> Vec<Point> {
        if self.wants_solutions() {
            self.solutions().map_or_else(Vec::new, |found| self.of_goal(found))
        } else {
            self.known_optima()
        }
    }

    fn of_goal(&self, found: &Solutions) -> Vec<Point> {
        let kind = self.kind_of_goal();
        found.candidates.iter().filter(|one| one.kind == kind).map(|one| one.point).collect()
    }

    fn kind_of_goal(&self) -> SolutionKind {
        match self.scenario.cost.goal {
            Goal::Minimize => SolutionKind::Minimum,
            Goal::Maximize => SolutionKind::Maximum,
            Goal::Zero => SolutionKind::Root,
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
