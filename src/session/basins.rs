//! Where every start of what is looked at leads, found while it is shown: coarse first, then finer, and anew as soon as anything
//! that it depends on changes.

use std::num::NonZeroUsize;

use super::{Good, Session};
use crate::landscape::Region;
use crate::objective::Point;
use crate::optimizer::{Plan, Run, Trajectory};
use crate::survey::{BasinMap, BasinSearch};
use crate::work::{Progress, Work as _};

/// How many starts there are along each axis, at first and then.
pub const BASIN_SIZES: [usize; 4] = [16, 64, 256, 1024];
/// The most steps of each.
pub const MOST_BASIN_STEPS: u32 = 10_000;
/// The work of one slice on each core: about a quarter of a frame.
const SLICE: u64 = 12_000_000;

/// What a map depends on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    /// The version of the problem.
    problem: u64,
    /// The plan, whose own start does not matter.
    plan: Plan,
    region: Region,
}

/// The maps of the runs that are looked at, and a start that is tried.
#[derive(Debug, Default)]
pub(super) struct BasinStages {
    stages: Vec<Stage>,
    made: u64,
    /// A run from a start that is tried, with the version of the problem and its plan.
    trial: Option<((u64, Plan), Trajectory)>,
}

/// The map of one run.
#[derive(Debug, Default)]
struct Stage {
    /// The place of the run.
    run: usize,
    key: Option<Key>,
    /// Under way, the place of its size among all.
    search: Option<(usize, BasinSearch)>,
    /// The place of the finest size that was found for this key.
    done: Option<usize>,
    /// The finest that was found, and a number that changes with it.
    found: Option<(BasinMap, u64)>,
}

impl BasinStages {
    /// The map of a run as it stands.
    pub fn get(&self, run: usize) -> Option<Basins<'_>> {
        let stage = self.stages.iter().find(|stage| stage.run == run)?;
        stage.found.as_ref().map(|(map, version)| Basins { map, version: *version })
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
    /// A number that changes with it.
    pub version: u64,
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
        let BasinStages { stages, made, .. } = &mut self.basins;
        let place = stages.iter().position(|stage| stage.run == run).unwrap_or_else(|| {
            stages.push(Stage { run, ..Stage::default() });
            stages.len() - 1
        });
        let stage = &mut stages[place];
        let key = Key { problem: *version, plan, region };
        let size = |level: usize| [BASIN_SIZES[level]; 2];
        let cores = NonZeroUsize::new(rayon::current_num_threads()).unwrap_or(NonZeroUsize::MIN);
        let begin = |level: usize, key: &Key| {
            (level, BasinSearch::new(problem, &key.plan, key.region, size(level), cores))
        };
        if stage.key.as_ref() != Some(&key) {
            stage.search = Some(begin(0, &key));
            (stage.key, stage.done) = (Some(key), None);
        } else if stage.search.is_none() {
            let next = stage.done.map_or(0, |level| level + 1);
            if next > finest.min(BASIN_SIZES.len() - 1) {
                return true;
            }
            stage.search = stage.key.as_ref().map(|key| begin(next, key));
        }
        let Some((level, search)) = &mut stage.search else { return true };
        if search.advance(SLICE) {
            *made += 1;
            stage.done = Some(*level);
            if let Some(map) = search.map() {
                stage.found = Some((map, *made));
            }
            stage.search = None;
        }
        false
    }

    /// All of the map of a run, as fine as one of [`BASIN_SIZES`].
    pub fn finish_basins(&mut self, run: usize, region: Region, finest: usize) {
        while !self.look_for_basins(run, region, finest) {}
    }

    /// The map of a run as it stands.
    pub fn basins(&self, run: usize) -> Option<Basins<'_>> {
        self.basins.get(run)
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

    /// How far the map of a run is that is being found, and how many starts it has along each axis.
    pub fn basins_progress(&self, run: usize) -> Option<(Progress, usize)> {
        let stage = self.basins.stages.iter().find(|stage| stage.run == run)?;
        let (level, search) = stage.search.as_ref()?;
        Some((search.progress(), BASIN_SIZES[*level]))
    }

    /// Lets the maps go but those of these runs: nobody looks at them any longer.
    pub fn keep_basins_of(&mut self, runs: &[usize]) {
        self.basins.stages.retain(|stage| runs.contains(&stage.run));
        if runs.is_empty() {
            self.basins.trial = None;
        }
    }
}
