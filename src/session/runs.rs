//! One run for each optimizer of the scenario, kept under everything its path depends on.

use crate::objective::Objective;
use crate::optimizer::{Plan, Run, Trajectory};

/// Everything the path of one run depends on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    objective: u64,
    plan: Plan,
}

/// The runs of a scenario, in the order of its optimizers.
#[derive(Debug, Default)]
pub(super) struct Runs {
    held: Vec<(Key, Run, u64)>,
    made: u64,
}

impl Runs {
    /// Keeps the runs whose key still stands, wherever it stands now, and begins the others.
    pub(super) fn update(&mut self, objective: &Objective, version: u64, plans: impl Iterator<Item = Plan>) {
        let mut before = std::mem::take(&mut self.held);
        for plan in plans {
            let key = Key { objective: version, plan };
            let kept = before.iter().position(|(held, ..)| *held == key).map(|at| before.swap_remove(at));
            self.held.push(kept.unwrap_or_else(|| {
                self.made += 1;
                let run = Run::new(objective, &key.plan);
                (key, run, self.made)
            }));
        }
    }

    /// Takes at most `budget` steps, all runs together. Returns whether every run is over.
    pub(super) fn advance(&mut self, mut budget: u32) -> bool {
        for (_, run, _) in &mut self.held {
            budget -= run.advance(budget);
        }
        self.held.iter().all(|(_, run, _)| run.is_over())
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
