//! Work that takes longer than a frame: done a slice at a time, on a thread or between two frames, and left off by being
//! dropped.

use std::fmt;

/// Work that is done in slices.
pub trait Work {
    /// Does some more: about `budget` operations of formulas, as [`crate::objective::Objective::work`] counts them, but at
    /// least the smallest part that can be done by itself. Returns whether all of it is done.
    fn advance(&mut self, budget: u64) -> bool;

    /// How far it is.
    fn progress(&self) -> Progress;
}

/// A budget of about a third of a frame.
pub const PART_OF_A_FRAME: u64 = 20_000_000;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Steps of all runs.
    Steps,
    /// Frames of a film.
    Frames,
    /// Starts that something is searched from.
    Starts,
    /// Learning rates that are tried.
    Rates,
}

/// How far work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is counted.
    pub of: Counted,
    /// So many are done.
    pub done: u64,
    /// So many there will be, or at most.
    pub total: u64,
}

impl Progress {
    /// The seconds that are left if it goes on as before; nothing while nothing is done.
    pub fn seconds_left(self, elapsed_secs: f64) -> Option<f64> {
        let left = self.total.saturating_sub(self.done) as f64;
        (self.done > 0).then(|| elapsed_secs / self.done as f64 * left)
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.of {
            Counted::Steps => "steps",
            Counted::Frames => "frames",
            Counted::Starts => "starts",
            Counted::Rates => "rates",
        };
        write!(f, "{} of {} {unit}", self.done, self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_goes_by_what_is_done() {
        let progress = Progress { of: Counted::Steps, done: 250, total: 1000 };
        assert_eq!(progress.to_string(), "250 of 1000 steps");
        assert_eq!(progress.seconds_left(2.0), Some(6.0));
        assert_eq!(Progress { done: 0, ..progress }.seconds_left(2.0), None);
        assert_eq!(Progress { done: 2000, ..progress }.seconds_left(2.0), Some(0.0));
    }
}
