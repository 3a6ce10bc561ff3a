//! What a drawing reads of a session.

use super::{Boundary, Good, Path, Pinned, Session, Surface, paths_of};
use crate::landscape::{Region, Solutions};
use crate::objective::Point;
use crate::scenario::Scenario;
use crate::session::Detail;

/// A session as it is drawn: nothing of it can be changed from here.
#[derive(Debug)]
pub struct Picture<'s> {
    /// The scenario.
    pub scenario: &'s Scenario,
    /// Every run in the order of the optimizers, with its path as far as it has been taken.
    pub paths: Vec<Path<'s>>,
    /// The paths that were pinned, and a number that changes whenever others are.
    pub pinned: Option<(&'s Pinned, u64)>,
    /// The optima that are known.
    pub optima: Vec<Point>,
    /// The surface over what is looked at; nothing while there is no cost that can be evaluated.
    pub surface: Option<Surface<'s>>,
    /// The solutions, where they were looked for and found.
    pub solutions: Option<&'s Solutions>,
    /// The constraints over it.
    pub boundaries: Vec<Boundary<'s>>,
}

impl Session {
    /// The session as it is drawn over `region`, its surface as finely as asked for.
    pub fn picture(&mut self, region: Region, detail: Detail) -> Picture<'_> {
        let optima = self.known_optima();
        let solutions_key = self.solutions_key();
        let Self {
            scenario, runs, surface, boundaries, solutions, last_good, pinned, pinned_version, ..
        } = self;
        let surface = last_good.as_ref().map(|Good { problem, of_cost, .. }| {
            surface.get(&problem.cost, *of_cost, region, detail, scenario.levels)
        });
        Picture {
            scenario,
            paths: paths_of(scenario, runs).collect(),
            pinned: pinned.as_ref().map(|pinned| (pinned, *pinned_version)),
            optima,
            solutions: solutions.found_for(solutions_key),
            surface,
            boundaries: last_good.as_ref().map_or_else(Vec::new, |good| boundaries.get(good, region, detail)),
        }
    }
}
