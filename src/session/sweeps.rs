//! What each pair of two parameters makes of a run, while it is shown.

use super::basins::cores;
use super::finer::Finer;
use super::{Good, Session};
use crate::optimizer::{Bowl, ParameterValue, Plan, nearest_minimum};
use crate::survey::{Range, Sweep, SweepSearch, SweepTheory};

/// How many values there are along each axis, at first and then.
const SIZES: [usize; 3] = [16, 64, 256];
/// The most steps of each run.
pub const MOST_SWEEP_STEPS: u32 = 10_000;

/// What a sweep depends on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    /// The version of the problem.
    problem: u64,
    plan: Plan,
    ranges: [Range; 2],
}

/// The sweep that is looked at.
#[derive(Debug, Default)]
pub(super) struct SweepStage {
    sweep: Finer<Key, SweepSearch, Sweep>,
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
            let _ = plan.settings.set(&range.parameter, ParameterValue::Real(range.ends[0]));
        }
        let SweepStage { sweep, theory, made } = &mut self.sweep;
        let key = Key { problem: *version, plan, ranges: ranges.clone() };
        if sweep.is_of_another(&key) {
            let minimum = nearest_minimum(problem, &key.plan, key.plan.start);
            let bowl = minimum.and_then(|minimum| Bowl::at(problem, &key.plan, minimum.at).ok());
            let known = bowl.map(|bowl| SweepTheory::of(&key.plan.settings, ranges, bowl));
            *theory = known.unwrap_or_default();
        }
        let begin = |Key { plan, ranges, .. }: &Key, fineness: usize| {
            SweepSearch::new(problem, plan, ranges.clone(), [SIZES[fineness]; 2], cores())
        };
        sweep.advance(made, key, SIZES.len() - 1, begin, SweepSearch::sweep)
    }

    /// The sweep as it stands.
    pub fn swept(&self) -> Option<Swept<'_>> {
        let SweepStage { sweep, theory, .. } = &self.sweep;
        sweep.found().map(|(sweep, version)| Swept { sweep, theory, version })
    }

    /// Lets the sweep go: nobody looks at it any longer.
    pub fn forget_sweep(&mut self) {
        self.sweep = SweepStage { made: self.sweep.made, ..SweepStage::default() };
    }
}
