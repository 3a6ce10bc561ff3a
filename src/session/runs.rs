//! One run for each optimizer of the scenario, kept under everything its path depends on.

use crate::objective::Problem;
use crate::optimizer::{Plan, Run, Trajectory};

/// Everything the path of one run depends on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    problem: u64,
    plan: Plan,
}

/// What the paths of a session take at the most, but for the points of many very long ones.
const MOST_BYTES: usize = 512 << 20;

/// The runs of a scenario, in the order of its optimizers.
#[derive(Debug, Default)]
pub(super) struct Runs {
    held: Vec<(Key, Run, u64)>,
    made: u64,
}

impl Runs {
    /// Keeps the runs whose key still stands, wherever it stands now, and begins the others.
    pub(super) fn update(&mut self, problem: &Problem, version: u64, plans: impl Iterator<Item = Plan>) {
        let mut before = std::mem::take(&mut self.held);
        for plan in plans {
            let key = Key { problem: version, plan };
            let kept = before.iter().position(|(held, ..)| *held == key).map(|at| before.swap_remove(at));
            self.held.push(kept.unwrap_or_else(|| {
                self.made += 1;
                let run = Run::new(problem, &key.plan);
                (key, run, self.made)
            }));
        }
    }

    /// Takes at most `budget` steps, all runs together. Returns whether every run is over.
    pub(super) fn advance(&mut self, mut budget: u32) -> bool {
        for (_, run, _) in &mut self.held {
            budget -= run.advance(budget);
        }
        self.keep_at_most(MOST_BYTES);
        self.held.iter().all(|(_, run, _)| run.is_over())
    }

    /// Lets go of early steps what is not drawn, evenly, where the paths take more than so many bytes together.
    fn keep_at_most(&mut self, most: usize) {
        let taken: usize = self.held.iter().map(|(_, run, _)| run.trajectory().bytes()).sum();
        if taken <= most {
            return;
        }
        // Those of short runs take less than their share and leave the rest to the others.
        let mut runs: Vec<&mut Run> = self.held.iter_mut().map(|(_, run, _)| run).collect();
        runs.sort_by_key(|run| run.trajectory().bytes());
        let (mut left, mut sharing) = (most, runs.len());
        for run in runs {
            run.keep_at_most(left / sharing);
            left = left.saturating_sub(run.trajectory().bytes());
            sharing -= 1;
        }
    }

    /// Whether the runs are those of these plans, and over.
    pub(super) fn are_over(&self, version: u64, plans: impl Iterator<Item = Plan>) -> bool {
        let mut held = self.held.iter();
        let are_these = plans
            .map(|plan| Key { problem: version, plan })
            .all(|key| held.next().is_some_and(|(held, run, _)| *held == key && run.is_over()));
        are_these && held.next().is_none()
    }

    /// How many steps are taken, and how many there are at most: of a run that is over, those that it took.
    pub(super) fn steps(&self) -> (u64, u64) {
        self.held.iter().fold((0, 0), |(taken, total), (key, run, _)| {
            let own = run.trajectory().points.len().saturating_sub(1) as u64;
            (taken + own, total + if run.is_over() { own } else { key.plan.limits.steps.into() })
        })
    }

    /// The path of the run at `index`, and a number that changes whenever another run takes its place.
    pub(super) fn get(&self, index: usize) -> Option<(&Trajectory, u64)> {
        self.held.get(index).map(|(_, run, version)| (run.trajectory(), *version))
    }

    /// How often a run was begun.
    pub(super) fn made(&self) -> u64 {
        self.made
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn long_paths_share_the_room_that_short_ones_leave() {
        let mut scenario = Scenario::default();
        (scenario.run.steps, scenario.run.tolerance) = (20_000, 0.0);
        let problem = scenario.problem().unwrap();
        let mut runs = Runs::default();
        runs.update(&problem, 1, scenario.plans());
        while !runs.advance(u32::MAX) {}
        let bytes =
            |runs: &Runs| runs.held.iter().map(|(_, run, _)| run.trajectory().bytes()).collect::<Vec<_>>();
        let (all, points) = (bytes(&runs), 7 * 20_001 * size_of::<crate::objective::Point>());
        let most = points + (all.iter().sum::<usize>() - points) / 2;
        let whole: Vec<_> = (0..7).map(|index| runs.get(index).unwrap().0.clone()).collect();
        runs.keep_at_most(most);
        let kept: usize = bytes(&runs).iter().sum();
        assert!(kept <= most && 10 * kept > 9 * most, "{kept} of {most}");
        assert!((0..7).all(|index| *runs.get(index).unwrap().0 == whole[index]));
        // What is kept already is kept on.
        runs.keep_at_most(most);
        assert_eq!(bytes(&runs).iter().sum::<usize>(), kept);
        // A short run lets go nothing, and the others have what it leaves.
        scenario.optimizers[0].settings =
            crate::optimizer::Settings::defaults(crate::optimizer::method("newton").unwrap());
        scenario.run.tolerance = 1e-6;
        let mut runs = Runs::default();
        runs.update(&problem, 1, scenario.plans());
        while !runs.advance(u32::MAX) {}
        let short = bytes(&runs)[0];
        runs.keep_at_most(points);
        assert_eq!(bytes(&runs)[0], short);
    }
}
