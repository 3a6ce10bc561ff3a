//! What each pair of two parameters makes of a run, found while it is shown: coarse first, then finer.

use std::num::NonZeroUsize;

use super::{Good, Session};
use crate::optimizer::{Bowl, ParameterValue, Plan, nearest_minimum};
use crate::survey::{Range, Sweep, SweepSearch, SweepTheory};
use crate::work::{Progress, Work as _};

/// How many values there are along each axis, at first and then.
const SIZES: [usize; 3] = [16, 64, 256];
/// The most steps of each run.
pub const MOST_SWEEP_STEPS: u32 = 10_000;
/// The work of one slice on each core: about a quarter of a frame.
const SLICE: u64 = 12_000_000;

/// What a sweep depends on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    problem: u64,
    plan: Plan,
    ranges: [Range; 2],
}

/// The sweep that is looked at.
#[derive(Debug, Default)]
pub(super) struct SweepStage {
    key: Option<Key>,
    /// Under way, the place of its size among all.
    search: Option<(usize, SweepSearch)>,
    done: Option<usize>,
    found: Option<(Sweep, u64)>,
    theory: SweepTheory,
    made: u64,
}

/// A sweep as it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Swept<'s> {
    /// The finest that was found; perhaps of what was there before.
    pub sweep: &'s Sweep,
    /// What theory knows of it.
    pub theory: &'s SweepTheory,
    /// A number that changes with it.
    pub version: u64,
}

impl Session {
    /// Goes on with the sweep of a run over these values by one slice. Returns whether nothing is left to be found.
    pub fn look_for_sweep(&mut self, run: usize, ranges: &[Range; 2]) -> bool {
        let Some(mut plan) = self.scenario.plans().nth(run) else { return true };
        let Some(Good { problem, version, .. }) = &self.last_good else { return true };
        plan.limits.steps = plan.limits.steps.min(MOST_SWEEP_STEPS);
        // The two parameters are those of the sweep, whatever the run has.
        for range in ranges {
            let least = ParameterValue::Real(range.ends[0]);
            let _ = plan.settings.set(&range.parameter, least);
        }
        let stage = &mut self.sweep;
        let key = Key { problem: *version, plan, ranges: ranges.clone() };
        let cores = NonZeroUsize::new(rayon::current_num_threads()).unwrap_or(NonZeroUsize::MIN);
        let begin = |level: usize, key: &Key| {
            let size = [SIZES[level]; 2];
            (level, SweepSearch::new(problem, &key.plan, key.ranges.clone(), size, cores))
        };
        if stage.key.as_ref() != Some(&key) {
            let bowl = nearest_minimum(problem, &key.plan, key.plan.start);
            let bowl = bowl.and_then(|minimum| Bowl::at(problem, &key.plan, minimum.at).ok());
            stage.theory = bowl
                .map_or_else(SweepTheory::default, |bowl| SweepTheory::of(&key.plan.settings, ranges, bowl));
            stage.search = Some(begin(0, &key));
            (stage.key, stage.done) = (Some(key), None);
        } else if stage.search.is_none() {
            let next = stage.done.map_or(0, |level| level + 1);
            if next >= SIZES.len() {
                return true;
            }
            stage.search = stage.key.as_ref().map(|key| begin(next, key));
        }
        let Some((level, search)) = &mut stage.search else { return true };
        if search.advance(SLICE) {
            stage.made += 1;
            stage.done = Some(*level);
            if let Some(sweep) = search.sweep() {
                stage.found = Some((sweep, stage.made));
            }
            stage.search = None;
        }
        false
    }

    /// The sweep as it stands.
    pub fn swept(&self) -> Option<Swept<'_>> {
        let SweepStage { found, theory, .. } = &self.sweep;
        found.as_ref().map(|(sweep, version)| Swept { sweep, theory, version: *version })
    }

    /// How far the one that is being found is.
    pub fn sweep_progress(&self) -> Option<Progress> {
        self.sweep.search.as_ref().map(|(_, search)| search.progress())
    }

    /// Lets the sweep go: nobody looks at it any longer.
    pub fn forget_sweep(&mut self) {
        self.sweep = SweepStage::default();
    }
}
