//! One run for each optimizer of the scenario, kept under everything its path depends on.

use std::sync::Arc;

use crate::objective::Problem;
use crate::optimizer::{Plan, Run, Trajectory};

/// Everything the path of one run depends on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    problem: u64,
    plan: Plan,
}

/// The runs of a scenario, in the order of its optimizers.
#[derive(Debug, Default)]
pub(super) struct Runs {
    held: Vec<Held>,
    made: u64,
}

#[derive(Debug)]
struct Held {
    key: Key,
    walk: Walk,
    version: u64,
}

/// A run as far as it has come.
#[derive(Debug)]
enum Walk {
    Going(Box<Run>),
    /// Its path, which may be pinned too.
    Over(Arc<Trajectory>),
}

impl Walk {
    fn of(run: Box<Run>) -> Self {
        if run.is_over() { Self::Over(Arc::new(run.into_trajectory())) } else { Self::Going(run) }
    }

    fn path(&self) -> &Trajectory {
        match self {
            Self::Going(run) => run.trajectory(),
            Self::Over(path) => path,
        }
    }

    fn is_over(&self) -> bool {
        matches!(self, Self::Over(_))
    }
}

impl Runs {
    /// Keeps the runs whose key still stands, wherever it stands now, and begins the others.
    pub(super) fn update(&mut self, problem: &Problem, version: u64, plans: impl Iterator<Item = Plan>) {
        let mut before = std::mem::take(&mut self.held);
        for plan in plans {
            let key = Key { problem: version, plan };
            let kept = before.iter().position(|held| held.key == key).map(|at| before.swap_remove(at));
            self.held.push(kept.unwrap_or_else(|| {
                self.made += 1;
                let walk = Walk::of(Box::new(Run::new(problem, &key.plan)));
                Held { key, walk, version: self.made }
            }));
        }
    }

    /// Takes at most `budget` steps, all runs together. Returns whether every run is over.
    pub(super) fn advance(&mut self, mut budget: u32) -> bool {
        let held = std::mem::take(&mut self.held).into_iter().map(|held| match held.walk {
            Walk::Going(mut run) => {
                budget -= run.advance(budget);
                Held { walk: Walk::of(run), ..held }
            }
            Walk::Over(_) => held,
        });
        self.held = held.collect();
        self.held.iter().all(|held| held.walk.is_over())
    }

    /// The paths, to be made smaller. Nobody else may hold one, or there will be two.
    pub(super) fn paths_mut(&mut self) -> impl Iterator<Item = &mut Trajectory> {
        self.held.iter_mut().map(|held| match &mut held.walk {
            Walk::Going(run) => run.trajectory_mut(),
            Walk::Over(path) => Arc::make_mut(path),
        })
    }

    /// The path of the run at `index`, to be kept beside what it becomes.
    pub(super) fn shared(&self, index: usize) -> Option<Arc<Trajectory>> {
        Some(match &self.held.get(index)?.walk {
            Walk::Going(run) => Arc::new(run.trajectory().clone()),
            Walk::Over(path) => Arc::clone(path),
        })
    }

    /// The run whose path this is.
    pub(super) fn of_path(&self, path: &Arc<Trajectory>) -> Option<usize> {
        let is_this = |held: &Held| matches!(&held.walk, Walk::Over(own) if Arc::ptr_eq(own, path));
        self.held.iter().position(is_this)
    }

    /// The paths.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Trajectory> {
        self.held.iter().map(|held| held.walk.path())
    }

    /// Whether the runs are those of these plans, and over.
    pub(super) fn are_over(&self, version: u64, plans: impl Iterator<Item = Plan>) -> bool {
        let mut held = self.held.iter();
        let are_these = plans
            .map(|plan| Key { problem: version, plan })
            .all(|key| held.next().is_some_and(|held| held.key == key && held.walk.is_over()));
        are_these && held.next().is_none()
    }

    /// How many steps are taken, and how many there are at most: of a run that is over, those that it took.
    pub(super) fn steps(&self) -> (u64, u64) {
        self.held.iter().fold((0, 0), |(taken, total), Held { key, walk, .. }| {
            let own = walk.path().steps() as u64;
            (taken + own, total + if walk.is_over() { own } else { key.plan.limits.steps.into() })
        })
    }

    /// The path of the run at `index`, and a number that changes whenever another run takes its place.
    pub(super) fn get(&self, index: usize) -> Option<(&Trajectory, u64)> {
        self.held.get(index).map(|held| (held.walk.path(), held.version))
    }

    /// How often a run was begun.
    pub(super) fn made(&self) -> u64 {
        self.made
    }
}
