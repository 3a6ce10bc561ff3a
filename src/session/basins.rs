//! Where every start of what is looked at leads, for the runs whose maps are shown; and a start that is tried.

use std::num::NonZeroUsize;

use super::finer::Finer;
use super::{Good, Session};
use crate::landscape::Region;
use crate::objective::Point;
use crate::optimizer::{Plan, Run, Trajectory};
use crate::survey::{BasinMap, BasinSearch};
use crate::work::Progress;

/// How many starts there are along each axis, at first and then.
pub const BASIN_SIZES: [usize; 4] = [16, 64, 256, 1024];
/// The most steps of each.
pub const MOST_BASIN_STEPS: u32 = 10_000;

/// What a map depends on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    /// The version of the problem.
    problem: u64,
    /// The plan, whose own start does not matter.
    plan: Plan,
    region: Region,
}

/// The maps of the runs that are looked at, by the places of these, and a start that is tried.
#[derive(Debug, Default)]
pub(super) struct BasinStages {
    maps: Vec<(usize, Finer<Key, BasinSearch, BasinMap>)>,
    /// How many maps were found, of whatever run.
    made: u64,
    /// A run from a start that is tried, with the version of the problem and its plan.
    trial: Option<((u64, Plan), Trajectory)>,
}

impl BasinStages {
    /// The map of a run as it stands.
    pub fn get(&self, run: usize) -> Option<Basins<'_>> {
        let (_, map) = self.maps.iter().find(|(place, _)| *place == run)?;
        map.found().map(|(map, version)| Basins { map, version })
    }

    /// What was tried last.
    pub fn trial(&self) -> Option<&Trajectory> {
        self.trial.as_ref().map(|(_, path)| path)
    }
}

/// A map as it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Basins<'s> {
    /// The finest that was found; perhaps of what was there before.
    pub map: &'s BasinMap,
    /// A number that no other map of the session has.
    pub version: u64,
}

/// How many cores work on a map.
pub(super) fn cores() -> NonZeroUsize {
    NonZeroUsize::new(rayon::current_num_threads()).unwrap_or(NonZeroUsize::MIN)
}

impl Session {
    /// Goes on with the map of a run over a region, up to one of [`BASIN_SIZES`], by one slice. Returns whether nothing is left
    /// to be found.
    pub fn look_for_basins(&mut self, run: usize, region: Region, finest: usize) -> bool {
        let Some(mut plan) = self.scenario.plans().nth(run) else { return true };
        let Some(Good { problem, version, .. }) = &self.last_good else { return true };
        if problem.cost.is_of_one_variable() {
            return true;
        }
        plan.start = Point::zeros();
        plan.limits.steps = plan.limits.steps.min(MOST_BASIN_STEPS);
        let BasinStages { maps, made, .. } = &mut self.basins;
        let place = maps.iter().position(|(known, _)| *known == run).unwrap_or_else(|| {
            maps.push((run, Finer::default()));
            maps.len() - 1
        });
        let begin = |Key { plan, region, .. }: &Key, fineness: usize| {
            BasinSearch::new(problem, plan, *region, [BASIN_SIZES[fineness]; 2], cores())
        };
        let key = Key { problem: *version, plan, region };
        maps[place].1.advance(made, key, finest.min(BASIN_SIZES.len() - 1), begin, BasinSearch::map)
    }

    /// All of the map of a run, as fine as one of [`BASIN_SIZES`].
    pub fn finish_basins(&mut self, run: usize, region: Region, finest: usize) {
        while !self.look_for_basins(run, region, finest) {}
    }

    /// The map of a run as it stands.
    pub fn basins(&self, run: usize) -> Option<Basins<'_>> {
        self.basins.get(run)
    }

    /// How far the map of a run is that is being found, and how many starts it has along each axis.
    pub fn basins_progress(&self, run: usize) -> Option<(Progress, usize)> {
        let (_, map) = self.basins.maps.iter().find(|(place, _)| *place == run)?;
        map.progress().map(|(progress, fineness)| (progress, BASIN_SIZES[fineness]))
    }

    /// Tries a run from another start, unless that is what was tried last.
    pub(super) fn try_from(&mut self, trial: Option<(usize, Point)>) {
        let Some((run, start)) = trial else { return };
        let (Some(plan), Some(good)) = (self.scenario.plans().nth(run), &self.last_good) else { return };
        let mut plan = Plan { start, ..plan };
        plan.limits.steps = plan.limits.steps.min(MOST_BASIN_STEPS);
        let key = (good.version, plan);
        if self.basins.trial.as_ref().is_none_or(|(known, _)| *known != key) {
            let mut tried = Run::new(&good.problem, &key.1);
            tried.finish();
            self.basins.trial = Some((key, tried.into_trajectory()));
        }
    }

    /// Lets the maps go but those of these runs: nobody looks at them any longer.
    pub fn keep_basins_of(&mut self, runs: &[usize]) {
        self.basins.maps.retain(|(run, _)| runs.contains(run));
        if runs.is_empty() {
            self.basins.trial = None;
        }
    }
}
