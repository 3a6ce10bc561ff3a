//! Many runs of which only the ends are wanted, in slices, on one core or several: which one took a run makes no difference to it.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{IntoParallelRefMutIterator as _, ParallelIterator as _};

use crate::objective::{Minimum, Point, Problem};
use crate::optimizer::{End, Ends, OutcomeKind, Plan, Task, minimum_finder};
use crate::work::{Counted, Progress};

/// Polishes an end to the minimum that lies downhill of it.
type Polish = Box<dyn FnMut(Point) -> Option<Minimum> + Send>;

/// A minimum that lies downhill of an end, and the value of what is minimized there.
pub(super) type Polished = (Point, f64);

/// A run that has ended, with what its end was polished to.
pub(super) type Found = (End, Option<Polished>);

/// Runs numbered from 0.
pub(super) struct Crowd {
    workers: Vec<Worker>,
    /// What came of each.
    pub found: Vec<Option<Found>>,
    /// How many have been begun, and how many are done.
    begun: AtomicUsize,
    done: usize,
    /// The work of a step.
    work: u64,
}

/// What takes some of the runs.
struct Worker {
    ends: Ends,
    polish: Option<Polish>,
}

impl Crowd {
    /// So many runs of a plan but for what each is asked with, on so many cores. Ends are polished where they lie at the bottom of
    /// something smooth.
    pub fn new(problem: &Problem, plan: &Plan, count: usize, is_smooth: bool, cores: NonZeroUsize) -> Self {
        let worker = || Worker {
            ends: Ends::new(problem, plan),
            polish: is_smooth.then(|| Box::new(minimum_finder(problem, plan)) as Polish),
        };
        Self {
            workers: (0..cores.get()).map(|_| worker()).collect(),
            found: vec![None; count],
            begun: AtomicUsize::new(0),
            done: 0,
            work: 4 * problem.cost.work() + 16,
        }
    }

    /// Does about so much of the work on each core; `task` says what a run is asked with, or that there is none of this number.
    /// Returns whether all are done.
    pub fn advance(&mut self, budget: u64, task: &(dyn Fn(usize) -> Option<Task> + Sync)) -> bool {
        let steps = (budget / self.work).max(1);
        let (begun, count) = (&self.begun, self.found.len());
        let next = || loop {
            let number = begun.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return None;
            }
            if let Some(task) = task(number) {
                return Some(task);
            }
        };
        let found: Vec<(bool, Vec<(u32, Found)>)> = match self.workers.as_mut_slice() {
            [alone] => vec![alone.advance(steps, &next)],
            // Where there are no threads, as on a page, these take turns.
            workers => workers.par_iter_mut().map(|worker| worker.advance(steps, &next)).collect(),
        };
        let mut is_over = true;
        for (is_idle, found) in found {
            is_over &= is_idle;
            self.done += found.len();
            for (number, found) in found {
                if let Some(slot) = self.found.get_mut(number as usize) {
                    *slot = Some(found);
                }
            }
        }
        is_over && *self.begun.get_mut() >= count
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        Progress { of: Counted::Starts, done: self.done as u64, total: self.found.len() as u64 }
    }
}

impl Worker {
    /// Takes about so many steps. Returns whether it has no run under way, and what it found.
    fn advance(&mut self, steps: u64, next: &(dyn Fn() -> Option<Task> + Sync)) -> (bool, Vec<(u32, Found)>) {
        let mut found = Vec::new();
        let polish = &mut self.polish;
        let mut take = |number: u32, end: End| {
            let is_optimum = end.kind == OutcomeKind::Converged;
            let polished = polish.as_mut().filter(|_| is_optimum).and_then(|polish| polish(end.at));
            let polished = polished.map(|Minimum { at, value, .. }| (at, value));
            found.push((number, (end, polished)));
        };
        let is_idle = self.ends.advance(steps, &mut || next(), &mut take);
        (is_idle, found)
    }
}
